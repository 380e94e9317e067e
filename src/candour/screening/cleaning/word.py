"""What is seen of a Word document, as plain blocks: no change, comment or hidden word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

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
from candour.screening.cleaning.word_lists import Lists
from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.docx import looks, unseen
from candour.screening.office.docx.documents import Document
from candour.screening.office.elements import Element

_EMU = 36_000
"""English Metric Units in a millimetre."""
_GONE = {
    "del", "moveFrom", "sdtPr", "instrText", "delText", "pict", "object", "pPr", "rPr", "tblPr", "Fallback", "sectPr",
}  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FIELDS = {"PAGE": PAGE, "NUMPAGES": PAGES, "SECTIONPAGES": PAGES}


class Word:
    """A Word document as it is read; `gone` counts what is left out, once its blocks are made."""

    def __init__(self, document: Document) -> None:
        self.document, self.styles = document, document.styles
        self.gone: Counter[str] = Counter()
        self._lists = Lists(document)
        self._wide = unseen.page_width(document)
        self._stories: dict[str, Story] = {}

    def sections(self) -> list[Section]:
        """Return the sections; where nothing around the text changes, they are one."""
        found: list[Section] = []
        stories: dict[tuple[str, str], Story] = {}
        for blocks, end in self._parted():
            around = self._around(end, stories)
            before = found.pop().blocks if found and found[-1].around == around else ()
            found.append(Section((*before, *blocks), around))
        return found

    def _parted(self) -> list[tuple[list[Block], Element | None]]:
        """Return the blocks of each section with what ends it; the notes referred to stand in the last."""
        parts: list[tuple[list[Block], Element | None]] = []
        blocks: list[Block] = []
        body = elements.child(self.document.root, "body")
        for one in body if body is not None else ():
            blocks += self.among([one], self.document.part)
            if (end := elements.first(one, "sectPr")) is not None:
                parts.append((blocks, end))
                blocks = []
        if blocks or not parts:
            parts.append((blocks, None))
        parts[-1][0].extend(self._notes())
        return parts

    def _notes(self) -> Iterator[Block]:
        for kind in ("footnote", "endnote"):
            used = {elements.value(one, "id") for one in elements.named(self.document.root, f"{kind}Reference")}
            for note in elements.named(self.document.package.xml(f"word/{kind}s.xml"), kind):
                if elements.value(note, "id") in used:
                    yield from self.among(note, f"word/{kind}s.xml")

    def _around(self, end: Element | None, stories: dict[tuple[str, str], Story]) -> Around:
        """Return what stands around the text of a section; what it does not say is as in those before (`stories`)."""
        for place in ("header", "footer"):
            for one in end.iterchildren(f"{{*}}{place}Reference") if end is not None else ():
                stories[place, elements.value(one, "type", "default")] = self._story(one)
        firsts = elements.is_set(elements.child(end, "titlePg"))
        evens = elements.is_set(elements.child(self.document.settings, "evenAndOddHeaders"))
        return Around(
            stories.get(("header", "default"), ()),
            stories.get(("footer", "default"), ()),
            stories.get(("header", "first"), ()) if firsts else None,
            stories.get(("footer", "first"), ()) if firsts else None,
            stories.get(("header", "even"), ()) if evens else None,
            stories.get(("footer", "even"), ()) if evens else None,
        )

    def _story(self, reference: Element) -> Story:
        part = self.document.package.target(self.document.part, elements.value(reference, "id"))
        if part not in self._stories:
            self._stories[part] = tuple(self.among(self.document.package.xml(part) if part else None, part))
        return self._stories[part]

    def among(self, some: Iterable[Element] | None, part: str) -> Iterator[Block]:
        """Yield the blocks among some elements of a part, such as those below another."""
        for one in some if some is not None else ():
            name = elements.local(one)
            if name == "p":
                yield from self._paragraph(one, part)
            elif name == "tbl":
                if rows := tuple(self._rows(one)):
                    yield Table(rows)
                for drawing in _within(one, "drawing"):
                    yield from self._drawn(drawing, part)
            elif name not in _GONE:
                yield from self.among(one, part)

    def _paragraph(self, paragraph: Element, part: str) -> Iterator[Block]:
        settings = elements.child(paragraph, "pPr")
        if unseen.is_off(settings, self._wide):
            self.gone["paragraphs outside of the page"] += bool(elements.text_of(paragraph, "t").strip())
            return
        style = elements.value(elements.child(settings, "pStyle"), "val").lower().replace(" ", "")
        level = elements.whole(style.removeprefix("heading"), 1) if style.startswith(("heading", "title")) else 0
        pieces = tuple(self._pieces(paragraph, paragraph, _page_numbers(paragraph)))
        if any(piece.text.strip() or piece.stands_for for piece in pieces):
            listed, label = self._lists.label(settings)
            bullet = listed and not label and not level
            yield Paragraph(pieces, min(level, 6), bullet=bullet, label=label)
        for drawing in _within(paragraph, "drawing"):
            yield from self._drawn(drawing, part)

    def _drawn(self, drawing: Element, part: str) -> Iterator[Block]:
        """Yield the picture of a drawing, and the texts of its boxes."""
        if _is_hidden(drawing):
            self.gone["hidden pictures and shapes"] += 1
            return
        yield from self._picture(drawing, part)
        for box in elements.named(drawing, "txbxContent"):
            yield from self.among(box, part)

    def _pieces(self, parent: Element, paragraph: Element, numbers: dict[Element, str]) -> Iterator[Piece]:
        for one in parent:
            name = elements.local(one)
            if name == "fldSimple" and (stands_for := _FIELDS.get(_first_word(elements.value(one, "instr")))):
                yield Piece("", stands_for=stands_for)
            elif name == "r":
                yield from self._run(one, paragraph, numbers)
            elif name in ("del", "moveFrom"):
                self.gone["tracked deletions"] += 1
            elif name not in _GONE and name != "drawing":
                yield from self._pieces(one, paragraph, numbers)

    def _run(self, run: Element, paragraph: Element, numbers: dict[Element, str]) -> Iterator[Piece]:
        own = elements.child(run, "rPr")
        bold, italic = (elements.is_set(elements.child(own, mark)) for mark in ("b", "i"))
        for name in ("pict", "object"):
            self.gone["embedded objects and drawings of older programs"] += elements.child(run, name) is not None
        if (stands_for := numbers.get(run)) is not None:
            yield from [Piece("", bold, italic, stands_for)] if stands_for else []
        elif text := self._seen(run, paragraph):
            yield Piece(text, bold, italic)

    def _seen(self, run: Element, paragraph: Element) -> str:
        if looks.of_run(run, paragraph, self.styles).why_unseen:
            self.gone["pieces of hidden, faint or tiny text"] += bool(elements.text_of(run, "t"))
            return ""
        named = ((elements.local(one), one.text or "") for one in run)
        return "".join(text if name == "t" else _SIGNS.get(name, "") for name, text in named)

    def _rows(self, table: Element) -> Iterator[tuple[str, ...]]:
        for row in _directly(table, "tr"):
            about = elements.child(row, "trPr")
            if any(elements.first(about, name) is not None for name in ("del", "hidden")) or unseen.is_flat(about):
                self.gone["hidden or deleted rows of tables"] += 1
            else:
                yield tuple(text for cell in _directly(row, "tc") for text in self._cells(cell))

    def _cells(self, cell: Element) -> Iterator[str]:
        """Yield the text of a cell, and blanks for the columns that it goes on over; nothing under a merged one."""
        about = elements.child(cell, "tcPr")
        merged = elements.child(about, "vMerge")
        under = merged is not None and elements.value(merged, "val", "continue") != "restart"
        paragraphs = () if under else elements.named(cell, "p")
        yield "\n".join("".join(piece.text for piece in self._pieces(one, one, {})) for one in paragraphs)
        yield from [""] * min(elements.whole(elements.value(elements.child(about, "gridSpan"), "val"), 1) - 1, 100)

    def _picture(self, drawing: Element, part: str) -> Iterator[Picture]:
        blip = elements.first(drawing, "blip")
        if elements.first(drawing, "pic") is None or blip is None:
            shape = elements.first(drawing, "txbxContent") is not None
            self.gone["charts, diagrams and shapes without text"] += not shape
            return
        target = self.document.package.target(part, elements.value(blip, "embed"))
        with suppress(Unreadable):
            edges = pictures.cropped(elements.first(drawing, "srcRect"))
            width = elements.whole(elements.value(elements.first(drawing, "extent"), "cx"), 100 * _EMU) / _EMU
            yield Picture(pictures.cut(self.document.package.read(target), edges), width)
            return
        self.gone["pictures that cannot be drawn"] += 1

    def left_out(self) -> tuple[str, ...]:
        """Return what is left out, with its number."""
        comments = (
            len(list(elements.named(self.document.package.xml(part), "comment")))
            for part in self.document.package.matching(r"word/comments\d*\.xml")
        )
        self.gone["comments"] = sum(comments)
        return counted(self.gone)


def _page_numbers(paragraph: Element) -> dict[Element, str]:
    """Return the runs that show the result of a page field: the first with what it stands for, the rest with ""."""
    found: dict[Element, str] = {}
    stands_for: str | None = None
    for run in elements.named(paragraph, "r"):
        state = elements.value(elements.child(run, "fldChar"), "fldCharType")
        said = elements.text_of(run, "instrText")
        if state == "end":
            stands_for = None
        elif said and (named := _FIELDS.get(_first_word(said))):
            stands_for = named
        elif stands_for is not None and state != "separate" and elements.first(run, "t") is not None:
            found[run], stands_for = stands_for, ""
    return found


def _first_word(text: str) -> str:
    return (text.split() or [""])[0].upper()


def _directly(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those that stand in a control of the page."""
    for one in parent:
        if elements.local(one) == name:
            yield one
        elif elements.local(one) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _directly(one, name)


def _is_hidden(drawing: Element) -> bool:
    return elements.is_on(elements.first(drawing, "docPr"), "hidden")


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Yield elements of a name that stand in nothing that is gone."""
    for one in parent:
        if elements.local(one) == name:
            yield one
        elif elements.local(one) not in _GONE - {"rPr"}:
            yield from _within(one, name)
