"""What a web page shows, as plain blocks: no program, no comment, nothing hidden, nothing fetched from elsewhere."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from lxml import etree

from candour.documents.plain_document import Block, Paragraph, Picture, Piece, Table
from candour.rules.plurals import plural
from candour.screening import web_pages
from candour.screening.cleaning import pictures, plain
from candour.screening.findings import Unreadable
from candour.screening.web_pages import WebPage

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS,
))  # fmt: skip
_BOLD, _ITALIC = frozenset(("b", "strong", "th", "dt")), frozenset(("i", "em", "cite"))
_PIXEL = 25.4 / 96
"""Millimetres of a pixel, as style sheets count."""


class Look(NamedTuple):
    """How text stands: as a heading of a level, as an item of a list, bold, italic, with its gaps as they are."""

    level: int = 0
    bullet: bool = False
    bold: bool = False
    italic: bool = False
    gaps: bool = False


class Shown:
    """A web page as blocks; `pictures` are those that lie beside it, by the address that the page shows them under."""

    def __init__(self, page: WebPage, beside: Mapping[str, bytes] | None = None) -> None:
        self.page, self.beside = page, beside or {}
        self._hidden = set(page.hidden)
        self.fetched = 0
        """Pictures and frames that the page would fetch from elsewhere, or that cannot be drawn."""

    def blocks(self) -> list[Block]:
        return list(self._joined())

    def left_out(self) -> Iterator[str]:
        if self.page.unseen:
            yield f"{plural(len(self.page.unseen), 'element')} not shown"
        if self.page.comments:
            yield plural(len(self.page.comments), "comment")
        if self.fetched:
            yield f"{self.fetched} pictures or frames that come from elsewhere or cannot be drawn"

    def _joined(self) -> Iterator[Block]:
        """Join the pieces between two edges of blocks to paragraphs."""
        pieces: list[Piece] = []
        at = Look()
        for one in [*self._within(self.page.root, Look()), Look()]:
            if isinstance(one, Piece):
                pieces.append(one)
                continue
            if any(piece.text.strip() for piece in pieces):
                yield Paragraph(tuple(pieces), at.level, at.bullet)
            pieces = []
            if isinstance(one, Look):
                at = one
            else:
                yield one

    def _within(self, one: etree._Element, look: Look) -> Iterator[Piece | Block | Look]:
        """Yield the pieces and blocks in an element; a Look marks the edge of a block, and how the next one stands."""
        tag = str(one.tag)
        inner = _look(tag, look)
        edge = tag in _BLOCKS
        if edge:
            yield inner
        if special := self._special(one, tag):
            yield from special
        else:
            yield from _piece(one.text, inner)
            for child in one:
                if not callable(child.tag) and child.tag not in web_pages.SILENT and child not in self._hidden:
                    yield from self._within(child, inner)
                yield from _piece(child.tail, inner)
        if edge:
            yield look

    def _special(self, one: etree._Element, tag: str) -> list[Piece | Block]:
        """Return what stands for an element that says more than its text; nothing for all others."""
        if tag == "br":
            return [Piece("\n")]
        if tag in ("img", "iframe", "frame", "object", "embed", "audio", "video", "svg", "canvas"):
            return list(self._picture(one)) or [Piece("")]
        if tag == "input":
            shown = str(one.get("type", "text")).lower() in ("text", "email", "tel", "date", "number", "submit")
            return [Piece(str(one.get("value", "")) if shown else "")]
        if tag == "select":
            chosen = [option for option in one.iter("option") if option.get("selected") is not None]
            return [Piece(" ".join(web_pages.words(option) for option in chosen))]
        return [Table(rows)] if tag == "table" and (rows := self._rows(one)) else []

    def _rows(self, table: etree._Element) -> tuple[tuple[str, ...], ...]:
        """Return the cells of a table of data; nothing for one that only places other things."""
        if table.get("role") == "presentation" or next(table.iter("img"), None) is not None or _holds_table(table):
            return ()
        rows = [row for row in table.iter("tr") if row not in self._hidden and self._is_shown(row)]
        told = (tuple(self._cell(cell) for cell in row.iter("td", "th") if self._is_shown(cell)) for row in rows)
        cells = tuple(row for row in told if row)
        return cells if cells and max(map(len, cells)) > 1 else ()

    def _is_shown(self, one: etree._Element) -> bool:
        return one not in self._hidden and not any(above in self._hidden for above in one.iterancestors())

    def _cell(self, cell: etree._Element) -> str:
        return plain.seen(" ".join(web_pages.shown(cell, self._hidden, tail=False).split()))

    def _picture(self, one: etree._Element) -> Iterator[Picture]:
        address = str(one.get("src") or one.get("data") or "")
        content = self.beside.get(address) or web_pages.data_of(address)
        with suppress(Unreadable):
            if content is not None:
                _, drawn = pictures.redrawn(content)
                yield Picture(drawn, pictures.width_of(drawn, str(one.get("width", ""))) * _PIXEL)
                return
        self.fetched += 1


def _holds_table(table: etree._Element) -> bool:
    return any(inner is not table for inner in table.iter("table"))


def _look(tag: str, look: Look) -> Look:
    return Look(
        _HEADINGS.get(tag, 0 if tag in _BLOCKS else look.level),
        tag == "li" or (look.bullet and tag not in _BLOCKS),
        look.bold or tag in _BOLD,
        look.italic or tag in _ITALIC,
        look.gaps or tag == "pre",
    )


def _piece(text: str | None, look: Look) -> Iterator[Piece]:
    said = plain.seen(text or "")
    if not look.gaps:
        said = re.sub(r"\s+", " ", said)
    if said:
        yield Piece(said, look.bold, look.italic)
