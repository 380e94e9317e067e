"""What is seen of a Word document or an OpenDocument text, as plain blocks: no change, comment or hidden word."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from candour.documents.plain_document import Block, Paragraph, Picture, Piece, Table
from candour.screening.cleaning import pictures
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements
from candour.screening.office.docx import looks
from candour.screening.office.docx.documents import Document
from candour.screening.office.elements import Element
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.odf.styles import points

_EMU = 36_000
"""English Metric Units in a millimetre."""
_POINTS = 72 / 25.4
"""Points in a millimetre."""
_GONE = {"del", "moveFrom", "sdtPr", "instrText", "delText", "pict", "object", "pPr", "rPr", "tblPr", "Fallback"}
_ODF_GONE = {
    "tracked-changes", "annotation", "hidden-text", "hidden-paragraph", "conditional-text", "forms", "note",
    "variable-decls", "sequence-decls", "user-field-decls", "object", "object-ole", "desc", "title", "placeholder",
}  # fmt: skip


def of_docx(content: bytes, inside: Inside) -> list[Block]:
    """Return the blocks of a Word document's body, its notes after it. Raises Unreadable."""
    return list(_Word(Document(content, inside)).blocks())


class _Word:
    def __init__(self, document: Document) -> None:
        self.document, self.styles = document, document.styles

    def blocks(self) -> Iterator[Block]:
        yield from self._among(elements.child(self.document.root, "body"), self.document.part)
        for kind in ("footnote", "endnote"):
            used = {elements.value(one, "id") for one in elements.named(self.document.root, f"{kind}Reference")}
            for note in elements.named(self.document.package.xml(f"word/{kind}s.xml"), kind):
                if elements.value(note, "id") in used:
                    yield from self._among(note, f"word/{kind}s.xml")

    def _among(self, parent: Element | None, part: str) -> Iterator[Block]:
        for one in parent if parent is not None else ():
            name = elements.local(one)
            if name == "p":
                yield from self._paragraph(one, part)
            elif name == "tbl":
                if rows := tuple(self._rows(one)):
                    yield Table(rows)
            elif name not in _GONE:
                yield from self._among(one, part)

    def _paragraph(self, paragraph: Element, part: str) -> Iterator[Block]:
        settings = elements.child(paragraph, "pPr")
        style = elements.value(elements.child(settings, "pStyle"), "val").lower().replace(" ", "")
        level = elements.whole(style.removeprefix("heading"), 1) if style.startswith(("heading", "title")) else 0
        pieces = tuple(self._pieces(paragraph, paragraph))
        if any(piece.text.strip() for piece in pieces):
            yield Paragraph(pieces, min(level, 6), bullet=not level and elements.first(settings, "numPr") is not None)
        for drawing in _within(paragraph, "drawing"):
            yield from self._picture(drawing, part)
            for box in elements.named(drawing, "txbxContent"):
                yield from self._among(box, part)

    def _pieces(self, parent: Element, paragraph: Element) -> Iterator[Piece]:
        for one in parent:
            name = elements.local(one)
            if name == "r":
                if text := self._seen(one, paragraph):
                    own = elements.child(one, "rPr")
                    bold, italic = (elements.is_set(elements.child(own, mark)) for mark in ("b", "i"))
                    yield Piece(text, bold, italic)
            elif name not in _GONE and name != "drawing":
                yield from self._pieces(one, paragraph)

    def _seen(self, run: Element, paragraph: Element) -> str:
        if looks.of_run(run, paragraph, self.styles).why_unseen:
            return ""
        signs = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
        named = ((elements.local(one), one.text or "") for one in run)
        return "".join(text if name == "t" else signs.get(name, "") for name, text in named)

    def _rows(self, table: Element) -> Iterator[tuple[str, ...]]:
        for row in table.iterchildren("{*}tr"):
            about = elements.child(row, "trPr")
            if not any(elements.first(about, name) is not None for name in ("del", "hidden")):
                yield tuple(self._cell(cell) for cell in row.iterchildren("{*}tc"))

    def _cell(self, cell: Element) -> str:
        lines = ("".join(piece.text for piece in self._pieces(one, one)) for one in elements.named(cell, "p"))
        return "\n".join(lines)

    def _picture(self, drawing: Element, part: str) -> Iterator[Picture]:
        blip = elements.first(drawing, "blip")
        if elements.first(drawing, "pic") is None or blip is None:
            return
        target = self.document.package.target(part, elements.value(blip, "embed"))
        with suppress(Unreadable):
            edges = pictures.cropped(elements.first(drawing, "srcRect"))
            width = elements.whole(elements.value(elements.first(drawing, "extent"), "cx"), 100 * _EMU) / _EMU
            yield Picture(pictures.cut(self.document.package.read(target), edges), width)


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Yield elements of a name that stand in nothing that is gone."""
    for one in parent:
        if elements.local(one) == name:
            yield one
        elif elements.local(one) not in _GONE - {"rPr"}:
            yield from _within(one, name)


def of_odt(content: bytes, inside: Inside) -> list[Block]:
    """Return the blocks of an OpenDocument text. Raises Unreadable."""
    opened = OpenDocument(content, inside)
    return list(Open(opened).among(elements.first(opened.content, "text"), bullet=False))


class Open:
    """The texts, tables and pictures that are seen in a part of an OpenDocument file."""

    def __init__(self, opened: OpenDocument) -> None:
        self.opened = opened

    def among(self, parent: Iterable[Element] | None, *, bullet: bool) -> Iterator[Block]:
        """Yield the blocks among some elements; `bullet` says that they stand in a list."""
        for one in parent if parent is not None else ():
            name = elements.local(one)
            if name in _ODF_GONE or elements.value(one, "display") in ("none", "condition"):
                continue
            if name in ("p", "h"):
                yield from self._paragraph(one, bullet=bullet)
            elif name == "table":
                if rows := tuple(self._rows(one)):
                    yield Table(rows)
            else:
                if name == "frame":
                    yield from self._frame(one)
                yield from self.among(one, bullet=bullet or name == "list")

    def _paragraph(self, paragraph: Element, *, bullet: bool) -> Iterator[Block]:
        level = elements.whole(elements.value(paragraph, "outline-level"), 1) if elements.local(paragraph) == "h" else 0
        pieces = tuple(piece for piece in self._pieces(paragraph, "paragraph") if piece.text)
        if any(piece.text.strip() for piece in pieces):
            yield Paragraph(pieces, min(level, 6), bullet=bullet)
        for frame in elements.named(paragraph, "frame"):
            yield from self._frame(frame)

    def _pieces(self, one: Element, family: str, *, bold: bool = False, italic: bool = False) -> Iterator[Piece]:
        style = elements.value(one, "style-name")
        if self.opened.styles.why_unseen(family, style):
            return
        bold = bold or (family == "text" and self.opened.styles.said("text", style, "font-weight") == "bold")
        italic = italic or (family == "text" and self.opened.styles.said("text", style, "font-style") == "italic")
        yield Piece(one.text or "", bold, italic)
        for child in one:
            name = elements.local(child)
            if name in ("tab", "line-break", "s"):
                spaces = " " * min(elements.whole(elements.value(child, "c"), 1), 100)
                yield Piece({"tab": "\t", "line-break": "\n"}.get(name, spaces), bold, italic)
            elif name and name not in _ODF_GONE and name != "frame":
                yield from self._pieces(child, "text", bold=bold, italic=italic)
            yield Piece(child.tail or "", bold, italic)

    def _rows(self, table: Element) -> Iterator[tuple[str, ...]]:
        for row in elements.named(table, "table-row"):
            if elements.value(row, "visibility") not in ("collapse", "filter"):
                yield tuple(self._cell(cell) for cell in row.iterchildren("{*}table-cell"))

    def _cell(self, cell: Element) -> str:
        paragraphs = (self._pieces(one, "paragraph") for one in elements.named(cell, "p", "h"))
        lines = ("".join(piece.text for piece in pieces) for pieces in paragraphs)
        return "\n".join(lines)

    def _frame(self, frame: Element) -> Iterator[Picture]:
        image = elements.child(frame, "image")
        name = elements.value(image, "href")
        cropped = elements.value(frame, "style-name") in self.opened.styles.cropped
        if image is not None and name in self.opened.archive and not cropped:
            with suppress(Unreadable):
                width = points(elements.value(frame, "width"), 280) / _POINTS
                yield Picture(pictures.cut(self.opened.archive.read(name)), width)
