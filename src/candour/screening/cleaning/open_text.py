"""What is seen of an OpenDocument text, as plain blocks: no change, comment or hidden word."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from io import BytesIO

from PIL import Image

from candour.documents.plain_document import (
    PAGE,
    PAGES,
    Around,
    Block,
    Paragraph,
    Picture,
    Piece,
    Section,
    Story,
    Table,
)
from candour.screening.cleaning import pictures
from candour.screening.cleaning.made import counted
from candour.screening.cleaning.numbering import BULLET, Counts, Level
from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.odf.styles import points

_POINTS = 72 / 25.4
"""Points in a millimetre."""
_DOTS = 96
"""Dots an inch of a picture that does not say how many it has, as office programs take it."""
_GONE = {
    "tracked-changes", "annotation", "hidden-text", "hidden-paragraph", "conditional-text", "forms", "note",
    "variable-decls", "sequence-decls", "user-field-decls", "object", "object-ole", "desc", "title", "placeholder",
}  # fmt: skip
_TOLD = {
    "annotation": "comments", "hidden-text": "hidden texts", "hidden-paragraph": "hidden paragraphs",
    "conditional-text": "texts shown on a condition", "deletion": "tracked deletions",
    "object": "embedded objects and charts", "object-ole": "embedded objects and charts",
}  # fmt: skip
_STORIES = ("header", "header-first", "header-left", "footer", "footer-first", "footer-left")
_NUMBERS = {"page-number": PAGE, "page-count": PAGES}


class Open:
    """The texts, tables and pictures that are seen in an OpenDocument file; `gone` counts what is left out."""

    def __init__(self, opened: OpenDocument) -> None:
        self.opened = opened
        self.gone: Counter[str] = Counter()
        self._counts = Counts()

    def sections(self) -> list[Section]:
        """Return the sections: a new one begins where a paragraph asks for another master page."""
        pages = {elements.value(one, "name"): one for one in elements.named(self.opened.master, "master-page")}
        found = [Section(tuple(blocks), self._around(pages, name)) for blocks, name in self._parted(pages)]
        text = elements.first(self.opened.content, "text")
        notes = [self.among(elements.child(note, "note-body")) for note in elements.named(text, "note")]
        last = found.pop()
        return [*found, Section((*last.blocks, *(block for note in notes for block in note)), last.around)]

    def _parted(self, pages: Mapping[str, Element]) -> list[tuple[list[Block], str]]:
        """Return the blocks of each section with the name of its master page."""
        parts: list[tuple[list[Block], str]] = [([], "Standard" if "Standard" in pages else next(iter(pages), ""))]
        text = elements.first(self.opened.content, "text")
        for one in text if text is not None else ():
            if (asked := self._asked_page(one)) in pages and asked != parts[-1][1]:
                parts = [*parts, ([], asked)] if parts[-1][0] else [*parts[:-1], ([], asked)]
            parts[-1][0].extend(self.among([one]))
        return parts

    def _asked_page(self, one: Element) -> str:
        first = elements.first(one, "p", "h", "table")
        family = "table" if first is not None and elements.local(first) == "table" else "paragraph"
        asked = self.opened.styles.named(family, elements.value(first, "style-name"))
        return elements.value(asked, "master-page-name")

    def _around(self, pages: Mapping[str, Element], name: str) -> Around:
        """Return what a master page shows around the text; the page that follows it may be another."""
        page = pages.get(name)
        then = pages.get(elements.value(page, "next-style-name") or name, page)
        shown = {kind: self._story(then, kind) for kind in _STORIES}
        first_header, first_footer = shown["header-first"], shown["footer-first"]
        if then is not page:
            first_header, first_footer = self._story(page, "header"), self._story(page, "footer")
        return Around(
            shown["header"] or (),
            shown["footer"] or (),
            *_own(first_header, first_footer),
            *_own(shown["header-left"], shown["footer-left"]),
        )

    def _story(self, page: Element | None, kind: str) -> Story | None:
        """Return a header or a footer of a page; None where it shows none of that kind."""
        story = elements.child(page, kind)
        return None if story is None or elements.value(story, "display") == "false" else tuple(self.among(story))

    def among(self, parent: Iterable[Element] | None, lists: tuple[str, ...] = ()) -> Iterator[Block]:
        """Yield the blocks among some elements, which stand in lists of these styles, one in another."""
        for one in parent if parent is not None else ():
            name = elements.local(one)
            if name in _GONE or elements.value(one, "display") in ("none", "condition"):
                self.gone["hidden sections"] += name == "section"
                continue
            if name in ("p", "h"):
                yield from self._paragraph(one, lists)
            elif name == "table":
                yield from self._table(one)
            elif name == "frame":
                yield from self._frame(one, lists)
            elif name == "list":
                style = elements.value(one, "style-name") or (lists[-1] if lists else "")
                goes_on = elements.is_on(one, "continue-numbering") or elements.value(one, "continue-list")
                if not lists and not goes_on:
                    self._counts.restart(style)
                yield from self.among(one, (*lists, style))
            else:
                yield from self.among(one, lists)

    def _paragraph(self, paragraph: Element, lists: tuple[str, ...]) -> Iterator[Block]:
        if any(elements.is_on(one, "is-hidden") for one in elements.named(paragraph, "hidden-paragraph")):
            return  # counted with all others of its kind
        level = elements.whole(elements.value(paragraph, "outline-level"), 1) if elements.local(paragraph) == "h" else 0
        pieces = tuple(piece for piece in self._pieces(paragraph, "paragraph") if piece.text or piece.stands_for)
        if any(piece.text.strip() or piece.stands_for for piece in pieces):
            label = self._label(paragraph, lists)
            yield Paragraph(pieces, min(level, 6), bullet=bool(lists) and not label and not level, label=label)
        for frame in _frames(paragraph):
            yield from self._frame(frame, ())

    def _label(self, paragraph: Element, lists: tuple[str, ...]) -> str:
        """Return the number of an item of a list, before its first paragraph only."""
        parent = paragraph.getparent()
        first = parent is not None and elements.first(parent, "p", "h") is paragraph
        if not lists or not first or parent is None or elements.local(parent) != "list-item":
            return ""
        return self._counts.label(lists[0], self._levels.get(lists[-1], {}), len(lists) - 1)

    @cached_property
    def _levels(self) -> dict[str, dict[int, Level]]:
        roots = (self.opened.master, self.opened.content)
        styles = (style for root in roots for style in elements.named(root, "list-style"))
        return {elements.value(style, "name"): {_depth(one): _level(one) for one in style} for style in styles}

    def _pieces(self, one: Element, family: str, *, bold: bool = False, italic: bool = False) -> Iterator[Piece]:
        style = elements.value(one, "style-name")
        if self.opened.styles.why_unseen(family, style):
            self.gone["pieces of hidden, faint or tiny text"] += bool(elements.text_of(one).strip())
            return
        bold = bold or (family == "text" and self.opened.styles.said("text", style, "font-weight") == "bold")
        italic = italic or (family == "text" and self.opened.styles.said("text", style, "font-style") == "italic")
        yield Piece(one.text or "", bold, italic)
        for child in one:
            name = elements.local(child)
            if name in ("tab", "line-break", "s"):
                spaces = " " * min(elements.whole(elements.value(child, "c"), 1), 100)
                yield Piece({"tab": "\t", "line-break": "\n"}.get(name, spaces), bold, italic)
            elif name in _NUMBERS:
                yield Piece("", bold, italic, _NUMBERS[name])
            elif name and name not in _GONE and name != "frame":
                yield from self._pieces(child, "text", bold=bold, italic=italic)
            yield Piece(child.tail or "", bold, italic)

    def _table(self, table: Element) -> Iterator[Block]:
        if rows := tuple(self._rows(table)):
            yield Table(rows)
        for frame in _frames(table):
            yield from self._frame(frame, ())

    def _rows(self, table: Element) -> Iterator[tuple[str, ...]]:
        for row in _directly(table):
            if elements.value(row, "visibility") in ("collapse", "filter"):
                self.gone["hidden rows of tables"] += 1
            else:
                cells = (one for one in row if elements.local(one) in ("table-cell", "covered-table-cell"))
                yield tuple(self._cell(cell) for cell in cells)

    def _cell(self, cell: Element) -> str:
        if elements.local(cell) == "covered-table-cell":
            return ""
        paragraphs = (self._pieces(one, "paragraph") for one in elements.named(cell, "p", "h"))
        lines = ("".join(piece.text for piece in pieces) for pieces in paragraphs)
        return "\n".join(lines)

    def _frame(self, frame: Element, lists: tuple[str, ...]) -> Iterator[Block]:
        """Yield the picture of a frame, or the blocks of its text box."""
        if elements.value(frame, "style-name") in self.opened.styles.hidden_shapes:
            self.gone["hidden pictures and shapes"] += 1
            return
        image = elements.child(frame, "image")
        if image is not None:
            yield from self._picture(frame, elements.value(image, "href"))
        yield from self.among((one for one in frame if elements.local(one) != "image"), lists)

    def _picture(self, frame: Element, name: str) -> Iterator[Picture]:
        with suppress(Unreadable):
            if name in self.opened.archive:
                content = self.opened.archive.read(name)
                edges = self._edges(content, elements.value(frame, "style-name"))
                width = points(elements.value(frame, "width"), 280) / _POINTS
                yield Picture(pictures.cut(content, edges), width)
                return
        self.gone["pictures that cannot be drawn"] += 1

    def _edges(self, content: bytes, style: str) -> tuple[float, ...]:
        """Return the shares of a picture that its style cuts off left, above, right and below.

        `fo:clip` says lengths of the picture at its own size, above first. Raises Unreadable.
        """
        styles = (self.opened.styles.said(family, style, "clip") for family in ("graphic", "presentation"))
        said = next(filter(None, styles), "")
        lengths = [points(one, 0) for one in re.findall(r"-?\d*\.?\d+[a-z]*", said)]
        if len(lengths) != 4 or not any(length > 0 for length in lengths):  # noqa: PLR2004 - the sides
            return ()
        above, right, below, left = lengths
        wide, high = _size(content)
        return left / wide, above / high, right / wide, below / high

    def left_out(self) -> tuple[str, ...]:
        """Return what is left out, with its number."""
        for name, what in _TOLD.items():
            self.gone[what] += len(list(elements.named(self.opened.content, name)))
        return counted(self.gone)


def _own(header: Story | None, footer: Story | None) -> tuple[Story | None, Story | None]:
    """Return both where there is one: pages with a header of their own have a footer of their own, if an empty one."""
    return (None, None) if header is None and footer is None else (header or (), footer or ())


def _directly(table: Element) -> Iterator[Element]:
    """Yield the rows of a table itself, not those of tables in its cells."""
    for one in table:
        if elements.local(one) == "table-row":
            yield one
        elif elements.local(one) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _directly(one)


def _frames(parent: Element) -> Iterator[Element]:
    """Yield the frames in an element that stand in no other frame and in nothing that is gone."""
    for one in parent:
        name = elements.local(one)
        if name == "frame":
            yield one
        elif name not in _GONE:
            yield from _frames(one)


def _depth(level: Element) -> int:
    return elements.whole(elements.value(level, "level"), 1) - 1


def _level(level: Element) -> Level:
    form = elements.value(level, "num-format")
    if elements.local(level) != "list-level-style-number" or not form:
        return BULLET
    depth = elements.whole(elements.value(level, "level"), 1)
    shown = range(max(depth - elements.whole(elements.value(level, "display-levels"), 1), 0) + 1, depth + 1)
    pattern = ".".join(f"%{one}" for one in shown)
    return Level(
        form,
        elements.whole(elements.value(level, "start-value"), 1),
        f"{elements.value(level, 'num-prefix')}{pattern}{elements.value(level, 'num-suffix')}",
    )


def _size(content: bytes) -> tuple[float, float]:
    """Return how wide and high a picture is at its own size, in points."""
    try:
        with Image.open(BytesIO(content)) as picture:
            dots = picture.info.get("dpi", (_DOTS, _DOTS))
            across, down = (float(one) or _DOTS for one in dots)
            return picture.width * 72 / across, picture.height * 72 / down
    except (OSError, ValueError, TypeError, Image.DecompressionBombError) as fault:
        raise Unreadable("the picture is damaged") from fault
