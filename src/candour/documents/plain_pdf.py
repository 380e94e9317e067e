"""Plain blocks as a tagged PDF (PDF/UA-1): text as text, pictures from their pixels, and nothing under either."""

import base64
import json
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from candour.documents import characters, typesetting
from candour.documents.plain_document import Block, Paragraph, Picture, Piece, Table

_HIGH, _WIDE = (170, 250), (250, 160)
"""Millimetres of a page, upright and lying, that a picture may be wide and high."""
_LARGEST, _SMALLEST = 11, 5
"""Points of the letters of a table, by how many columns it has."""
_MOST_COLUMNS = 40
_EDGE = 2_000
"""Pixels of the longer edge of a picture, at most."""


def pdf(parts: Sequence[Sequence[Block]], *, lying: bool = False) -> bytes:
    """Return parts of blocks as a PDF of A4 pages, each part begun on a new one; the same parts give the same bytes.

    `lying` turns the pages on their side. A character that no typeface has stands as its name or a mark.
    """
    told = {"wide": lying, "parts": [list(_part(part, *(_WIDE if lying else _HIGH))) for part in parts]}
    return typesetting.in_our_letters("plain.typ", "document", json.dumps(told, ensure_ascii=False))


def _part(blocks: Sequence[Block], wide: float, high: float) -> Iterator[dict[str, Any]]:
    """Tell the blocks of a part; a heading is at most one level below the one before it, as PDF/UA asks."""
    level, pictures = 0, 0
    for block in blocks:
        match block:
            case Paragraph(pieces, wanted, bullet, label):
                level = min(wanted, level + 1) if wanted else level
                said = (Piece(f"{label} "), *pieces) if label else pieces
                kind = "heading" if wanted else "item" if bullet else "paragraph"
                yield {"kind": kind, "level": level, "pieces": [_piece(vars(piece), wide) for piece in said]}
            case Table(rows):
                yield from _table(rows, wide)
            case Picture():
                pictures += 1
                yield _picture(block, f"Picture {pictures}", wide, high)


def _piece(piece: dict[str, Any], wide: float) -> dict[str, Any]:
    return {**piece, "text": _broken(characters.printable(piece["text"]), int(wide / 3.6))}


def _broken(text: str, most: int) -> str:
    """Break what has no gap and would run off its place."""
    return re.sub(rf"\S{{{most}}}(?=\S)", lambda found: f"{found[0]}\n", text)


def _table(rows: Sequence[Sequence[str]], wide: float) -> Iterator[dict[str, Any]]:
    """Tell a table; one of very many columns as lines, for its cells would be too narrow to read."""
    columns = max(map(len, rows))
    if columns > _MOST_COLUMNS:
        for row in rows:
            text = " | ".join(row)
            yield {"kind": "paragraph", "pieces": [_piece({"text": text, "bold": False, "italic": False}, wide)]}
        return
    size = min(_LARGEST, max(_SMALLEST, 90 // columns))
    letters = max(2, int((wide / columns - 4) / (0.33 * size)))
    cells = [_broken(characters.printable(text), letters) for row in rows for text in _padded(row, columns)]
    yield {"kind": "table", "columns": columns, "size": size, "cells": cells}


def _padded(row: Sequence[str], columns: int) -> list[str]:
    return [*row, *[""] * (columns - len(row))]


def _picture(picture: Picture, alt: str, wide: float, high: float) -> dict[str, Any]:
    """Tell a picture, inside an SVG, which is text: a list of its bytes would be four times as long."""
    with Image.open(BytesIO(picture.content)) as drawn:
        drawn.thumbnail((_EDGE, _EDGE))
        kind = "JPEG" if drawn.format == "JPEG" else "PNG"
        made = BytesIO()
        drawn.save(made, kind)
        width, height = drawn.size
    href = f"data:image/{kind.lower()};base64,{base64.b64encode(made.getvalue()).decode()}"
    size = f'width="{width}" height="{height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{href}"/></svg>'
    widest = min(wide, high * width / height)
    return {"kind": "picture", "svg": svg, "alt": alt, "width": picture.width, "widest": widest}
