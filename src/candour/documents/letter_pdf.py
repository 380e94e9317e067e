"""A letter as a tagged PDF (PDF/UA-1): the same letter gives the same bytes."""

import json
from datetime import UTC, datetime, time
from typing import Any

from candour.documents import characters, setting, typesetting, wording
from candour.documents.blocks import Block, Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table

_LONGEST_WHOLE_QUESTION = 1500  # characters


def pdf(letter: Letter) -> bytes:
    """Return the letter as PDF/UA-1. A character that no typeface has is printed as its name or a mark."""
    letter = setting.prepared(letter)
    made = _compiled(letter)
    tables = [block.row_headers for block in letter.blocks if isinstance(block, Table)]
    if not any(tables):
        return made
    from candour.documents import pdf_tags  # noqa: PLC0415 - only a letter with such a table pays for it

    return pdf_tags.with_row_headers(made, tables)


def picture(svg: str, *, dots_per_inch: int = 200) -> bytes:
    """Return a chart as PNG, for formats whose readers do not show SVG."""
    return typesetting.compiled("chart.typ", {"svg": svg}, format="png", ppi=dots_per_inch)


def _compiled(letter: Letter) -> bytes:
    data = json.dumps(_as_data(letter), ensure_ascii=False)
    noon = datetime.combine(letter.dated, time(12), UTC)
    return typesetting.in_our_letters("letter.typ", "letter", data, timestamp=noon)


def _as_data(letter: Letter) -> dict[str, Any]:
    language, _, region = letter.language.partition("-")
    stays = setting.stays_with_next(letter)
    return {
        "title": letter.title,
        "lang": language,
        "region": region or None,
        "page_words": wording.page_words(letter.language),
        "sender_name": letter.sender_name,
        "letterhead": letter.letterhead,
        "references": [(label, characters.breakable(value, 24)) for label, value in letter.references],
        "running": " · ".join(value for _, value in letter.references[:1]) or letter.sender_name,
        "dated": wording.spoken(letter.dated, letter.language),
        "addressee": [characters.breakable(line, 36) for line in letter.addressee],
        "subject": characters.breakable(letter.subject, 40),
        "blocks": [_block(block, stays=keep) for block, keep in zip(letter.blocks, stays, strict=True)],
        "signature": [characters.breakable(line) for line in letter.signature],
        "footer": [characters.breakable(line) for line in letter.footer],
        "last_line": characters.breakable(letter.last_line, 100),
        "marking": letter.marking,
    }


def _block(block: Block, *, stays: bool) -> dict[str, Any]:
    data: dict[str, Any]
    match block:
        case Heading(text, level):
            data = {"kind": "heading", "text": characters.breakable(text, 40), "level": level}
        case Question(number, text):
            data = {"kind": "question", "number": number, "text": characters.breakable(text), "long": _is_long(text)}
        case Paragraph(parts):
            data = {"kind": "paragraph", "runs": _runs(parts), "stays": stays}
        case Bullets(items):
            data = {"kind": "bullets", "items": [_runs(item.runs) for item in items]}
        case Table():
            data = _table(block, stays=stays)
        case Note(text):
            data = {"kind": "note", "text": characters.breakable(text)}
        case Chart(svg, alt):
            data = {"kind": "chart", "svg": svg, "alt": alt, "stays": stays}
    return data


def _is_long(text: str) -> bool:
    return len(text) > _LONGEST_WHOLE_QUESTION


def _runs(parts: tuple[Run, ...]) -> list[dict[str, Any]]:
    return [{"text": characters.breakable(part.text), "link": part.link, "bold": part.bold} for part in parts]


def _table(table: Table, *, stays: bool) -> dict[str, Any]:
    width = len(table.header)
    fitting = max(6, 72 // width)
    return {
        "kind": "table",
        "caption": characters.breakable(table.caption),
        "header": [characters.breakable(cell, fitting) for cell in table.header],
        "rows": [[characters.breakable(cell, fitting) for cell in row] for row in table.rows],
        "row_headers": table.row_headers,
        "numeric": table.numeric,
        "widths": setting.widths(table),
        "long": setting.is_long(table),
        "stays": stays,
    }
