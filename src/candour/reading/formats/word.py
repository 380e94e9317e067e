"""Reads the paragraphs of a Word document (.docx), with the list numbers that Word keeps apart from the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from candour.reading.formats import archive, counters

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I", "bullet": "bullet"}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEVELS = 9


def lines(data: bytes) -> list[str]:
    """Return the lines of the headers, the body and the footers, an empty line after each paragraph."""
    with archive.opened(data) as opened:
        numbering = _Numbering.of(archive.part(opened, "word/numbering.xml"), archive.part(opened, "word/styles.xml"))
        parts = [
            *archive.names(opened, r"word/header\d*\.xml"),
            "word/document.xml",
            *archive.names(opened, r"word/footer\d*\.xml"),
        ]
        return [line for name in parts for line in _part(archive.part(opened, name), numbering)]


def _part(root: Element | None, numbering: "_Numbering") -> Iterator[str]:
    if root is not None:
        for block in _blocks(root):
            yield from _row(block) if block.tag == f"{_W}tr" else _paragraph(block, numbering)
            if block.tag == f"{_W}p":
                yield ""


def _blocks(element: Element) -> Iterator[Element]:
    """Yield the paragraphs and table rows in reading order."""
    for child in element:
        if child.tag in (f"{_W}p", f"{_W}tr"):
            yield child
        elif child.tag != _FALLBACK:
            yield from _blocks(child)


def _row(row: Element) -> Iterator[str]:
    """A row whose cells are one line each is one line with tabs; else the cells follow each other as paragraphs."""
    cells = [[_text(paragraph).strip() for paragraph in cell.iter(f"{_W}p")] for cell in row.iter(f"{_W}tc")]
    texts = [[text for text in cell if text] for cell in cells]
    if all(len(cell) <= 1 for cell in texts):
        yield "\t".join("".join(cell) for cell in texts)
    else:
        for cell in texts:
            yield from (line for text in cell for line in (*text.split("\n"), ""))


def _paragraph(paragraph: Element, numbering: "_Numbering") -> Iterator[str]:
    text = _text(paragraph)
    label = numbering.label(paragraph) if text.strip() else ""
    yield from (f"{label} {text}" if label else text).split("\n")


def _text(element: Element) -> str:
    """Return what is shown: deleted text of tracked changes stands in other elements and is left out."""
    pieces = []
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append("\f\n" if child.get(f"{_W}type") == "page" else _BREAKS[child.tag])
        elif child.tag not in (_FALLBACK, f"{_W}pPr", f"{_W}rPr"):
            pieces.append(_text(child))
    return "".join(pieces)


@dataclass(frozen=True)
class _Level:
    form: str
    pattern: str
    start: int


@dataclass
class _Numbering:
    """The lists of a document: what each level shows, and how far each list has counted."""

    levels: dict[tuple[str, int], _Level]
    styles: dict[str, tuple[str, int]]
    counted: dict[str, counters.Counter] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> "_Numbering":
        return cls(dict(_levels(numbering)), dict(_numbered_styles(styles)))

    def label(self, paragraph: Element) -> str:
        """Return what Word shows before this paragraph, "" where it is in no list; the list counts on."""
        place = self._place(paragraph)
        level = self.levels.get(place) if place else None
        if place is None or level is None:
            return ""
        counter = self.counted.setdefault(place[0], counters.Counter())
        number = counter.next(place[1], level.start)
        if level.form == "bullet":
            return counters.shown(number, "bullet")
        return re.sub(r"%([1-9])", lambda found: self._number(place[0], int(found[1]) - 1), level.pattern)

    def _number(self, name: str, depth: int) -> str:
        level = self.levels.get((name, depth))
        return counters.shown(self.counted[name].at(depth), level.form if level else "1")

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        return _list_place(own) if own is not None else self.styles.get(style)


def _levels(numbering: Element | None) -> Iterator[tuple[tuple[str, int], _Level]]:
    """Yield ((list, level), what it shows) of every list; a list (num) may override where its levels start."""
    if numbering is None:
        return
    abstract = {one.get(f"{_W}abstractNumId"): one for one in numbering.iter(f"{_W}abstractNum")}
    for one in numbering.iter(f"{_W}num"):
        name = one.get(f"{_W}numId", "")
        meant = abstract.get(_value(one.find(f"{_W}abstractNumId")))
        starts = {
            over.get(f"{_W}ilvl"): _value(over.find(f"{_W}startOverride")) for over in one.iter(f"{_W}lvlOverride")
        }
        for level in meant.iter(f"{_W}lvl") if meant is not None else ():
            depth = level.get(f"{_W}ilvl", "0")
            start = starts.get(depth) or _value(level.find(f"{_W}start"))
            form = _FORMS.get(_value(level.find(f"{_W}numFmt")), "1")
            yield (name, _whole(depth)), _Level(form, _value(level.find(f"{_W}lvlText")), _whole(start, 1))


def _numbered_styles(styles: Element | None) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        numbered = style.find(f"{_W}pPr/{_W}numPr")
        place = _list_place(numbered) if numbered is not None else None
        if place:
            yield style.get(f"{_W}styleId", ""), place


def _list_place(numbered: Element) -> tuple[str, int] | None:
    name = _value(numbered.find(f"{_W}numId"))
    return (name, _whole(_value(numbered.find(f"{_W}ilvl")))) if name not in ("", "0") else None


def _value(element: Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _whole(text: str, otherwise: int = 0) -> int:
    return min(int(text), 10_000) if text.isdecimal() else otherwise
