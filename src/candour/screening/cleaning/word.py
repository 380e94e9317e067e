"""What is seen of a Word document, as plain blocks: no change, comment or hidden word."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from candour.documents.plain_document import PAGE, PAGES, Around, Block, Paragraph, Picture, Piece, Table
from candour.screening.cleaning import pictures
from candour.screening.cleaning.numbering import BULLET, Counts, Level
from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.docx import looks
from candour.screening.office.docx.documents import Document
from candour.screening.office.elements import Element

_EMU = 36_000
"""English Metric Units in a millimetre."""
_GONE = {
    "del", "moveFrom", "sdtPr", "instrText", "delText", "pict", "object", "pPr", "rPr", "tblPr", "Fallback", "sectPr",
}  # fmt: skip
_FORMS = {
    "decimal": "1", "decimalZero": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FIELDS = {"PAGE": PAGE, "NUMPAGES": PAGES, "SECTIONPAGES": PAGES}


class Word:
    """A Word document as it is read; `gone` counts what is left out, once its blocks are made."""

    def __init__(self, document: Document) -> None:
        self.document, self.styles = document, document.styles
        self.gone: Counter[str] = Counter()
        self._counts = Counts()
        self._stories: dict[str, list[Block]] = {}

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the body, then those of the notes that it refers to."""
        yield from self.among(elements.child(self.document.root, "body"), self.document.part)
        for kind in ("footnote", "endnote"):
            used = {elements.value(one, "id") for one in elements.named(self.document.root, f"{kind}Reference")}
            for note in elements.named(self.document.package.xml(f"word/{kind}s.xml"), kind):
                if elements.value(note, "id") in used:
                    yield from self.among(note, f"word/{kind}s.xml")

    def around(self) -> Around:
        """Return what stands above and below the first section's text; what differs later is left out."""
        sections = list(elements.named(self.document.root, "sectPr"))
        if not sections:
            return Around()
        own_first = elements.is_set(elements.child(sections[0], "titlePg"))
        shown = {
            (place, kind): tuple(self._story(sections[0], f"{place}Reference", kind))
            for place in ("header", "footer")
            for kind in ("default", "first")
        }
        told = {blocks for (_, kind), blocks in shown.items() if blocks and (own_first or kind == "default")}
        others = {
            tuple(self._story(section, f"{place}Reference", kind))
            for section in sections
            for place in ("header", "footer")
            for kind in self._kinds(section)
        }
        self.gone["headers and footers of even pages or of later sections"] += len(
            {one for one in others if one} - told
        )
        return Around(
            shown["header", "default"],
            shown["footer", "default"],
            shown["header", "first"] if own_first else None,
            shown["footer", "first"] if own_first else None,
        )

    def _kinds(self, section: Element) -> Iterator[str]:
        """Yield which headers of a section some page shows."""
        yield "default"
        if elements.is_set(elements.child(section, "titlePg")):
            yield "first"
        if elements.is_set(elements.child(self.document.settings, "evenAndOddHeaders")):
            yield "even"

    def _story(self, section: Element, name: str, kind: str) -> Iterator[Block]:
        for one in section.iterchildren(f"{{*}}{name}"):
            if elements.value(one, "type", "default") == kind:
                part = self.document.package.target(self.document.part, elements.value(one, "id"))
                if part not in self._stories:
                    self._stories[part] = list(self.among(self.document.package.xml(part) if part else None, part))
                yield from self._stories[part]

    def among(self, parent: Element | None, part: str) -> Iterator[Block]:
        """Yield the blocks below an element of a part."""
        for one in parent if parent is not None else ():
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
        style = elements.value(elements.child(settings, "pStyle"), "val").lower().replace(" ", "")
        level = elements.whole(style.removeprefix("heading"), 1) if style.startswith(("heading", "title")) else 0
        pieces = tuple(self._pieces(paragraph, paragraph, _page_numbers(paragraph)))
        if any(piece.text.strip() or piece.stands_for for piece in pieces):
            listed, label = self._label(settings)
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

    def _label(self, settings: Element | None) -> tuple[bool, str]:
        """Say whether a paragraph stands in a list, and what number stands before it."""
        numbered = elements.child(settings, "numPr")
        if numbered is None:
            numbered = self._numbered_styles.get(elements.value(elements.child(settings, "pStyle"), "val"))
        name = elements.value(elements.child(numbered, "numId"), "val")
        if numbered is None or name in ("", "0"):
            return False, ""
        depth = elements.whole(elements.value(elements.child(numbered, "ilvl"), "val"))
        abstract = self._lists.get(name, "")
        if name in self._restarting:
            self._restarting.remove(name)
            self._counts.restart(abstract or name)
        return True, self._counts.label(abstract or name, self._levels.get(abstract, {}), depth)

    @cached_property
    def _numbering(self) -> Element | None:
        return self.document.package.xml("word/numbering.xml")

    @cached_property
    def _lists(self) -> dict[str, str]:
        """By the number of a list, the kind of list that it is one of."""
        return {
            elements.value(one, "numId"): elements.value(elements.child(one, "abstractNumId"), "val")
            for one in elements.named(self._numbering, "num")
        }

    @cached_property
    def _restarting(self) -> set[str]:
        """The lists that begin to count anew, and have not begun yet."""
        lists = elements.named(self._numbering, "num")
        return {elements.value(one, "numId") for one in lists if elements.first(one, "startOverride") is not None}

    @cached_property
    def _levels(self) -> dict[str, dict[int, Level]]:
        return {
            elements.value(kind, "abstractNumId"): {
                elements.whole(elements.value(one, "ilvl")): _level(one) for one in kind.iterchildren("{*}lvl")
            }
            for kind in elements.named(self._numbering, "abstractNum")
        }

    @cached_property
    def _numbered_styles(self) -> dict[str, Element]:
        """By its id, how a style of paragraphs is numbered; those that are not are not in it."""
        styles = next(iter(self.document.package.related(self.document.part, "styles")), "word/styles.xml")
        found = {
            elements.value(one, "styleId"): elements.child(elements.child(one, "pPr"), "numPr")
            for one in elements.named(self.document.package.xml(styles), "style")
        }
        return {name: numbered for name, numbered in found.items() if numbered is not None}

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
        for row in table.iterchildren("{*}tr"):
            about = elements.child(row, "trPr")
            if any(elements.first(about, name) is not None for name in ("del", "hidden")):
                self.gone["hidden or deleted rows of tables"] += 1
            else:
                yield tuple(text for cell in row.iterchildren("{*}tc") for text in self._cells(cell))

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

    def left_out(self) -> Iterator[str]:
        """Yield what is left out, with its number."""
        comments = (
            len(list(elements.named(self.document.package.xml(part), "comment")))
            for part in self.document.package.matching(r"word/comments\d*\.xml")
        )
        self.gone["comments"] = sum(comments)
        yield from (f"{count} {what}" for what, count in self.gone.items() if count)


def _level(level: Element) -> Level:
    form = elements.value(elements.child(level, "numFmt"), "val", "decimal")
    start = elements.whole(elements.value(elements.child(level, "start"), "val"), 1)
    pattern = elements.value(elements.child(level, "lvlText"), "val")
    return Level(_FORMS[form], start, pattern) if form in _FORMS and "%" in pattern else BULLET


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


def _is_hidden(drawing: Element) -> bool:
    return elements.is_on(elements.first(drawing, "docPr"), "hidden")


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Yield elements of a name that stand in nothing that is gone."""
    for one in parent:
        if elements.local(one) == name:
            yield one
        elif elements.local(one) not in _GONE - {"rPr"}:
            yield from _within(one, name)
