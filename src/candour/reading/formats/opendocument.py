"""Reads the paragraphs of an OpenDocument text (.odt), with the list numbers its styles describe."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from candour.reading.formats import archive, counters
from candour.rules import refusals

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MOST_SPACES = 200
_LEFT_OUT = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation", f"{_TEXT}sequence-decls"}

Lists = dict[tuple[str, int], tuple[str, str, str, int]]
"""(style, level from 1) -> what stands before the number, its form, what stands after it, its start."""


def lines(data: bytes) -> list[str]:
    """Return the lines of the headers, the body and the footers, an empty line after each paragraph."""
    with archive.opened(data) as opened:
        content = archive.part(opened, "content.xml")
        styles = archive.part(opened, "styles.xml")
    if content is None:
        raise refusals.WrongInput("The document has no text in it; open it, save it anew and try again.")
    lists: Lists = {**_lists(styles), **_lists(content)}
    return [
        *(line for furniture in _furniture(styles, "header") for line in _Reader(lists).lines(furniture)),
        *(line for body in content.iter(f"{_OFFICE}text") for line in _Reader(lists).lines(body)),
        *(line for furniture in _furniture(styles, "footer") for line in _Reader(lists).lines(furniture)),
    ]


def _furniture(styles: Element | None, which: str) -> Iterator[Element]:
    if styles is not None:
        yield from styles.iter(f"{_STYLE}{which}")


def _lists(root: Element | None) -> Lists:
    lists: Lists = {}
    for style in root.iter(f"{_TEXT}list-style") if root is not None else ():
        for level in style:
            form = level.get(f"{_STYLE}num-format", "") if level.tag.endswith("number") else "bullet"
            shown = level.get(f"{_STYLE}num-prefix", ""), form, level.get(f"{_STYLE}num-suffix", "")
            depth = _whole(level.get(f"{_TEXT}level", "1"))
            lists[style.get(f"{_STYLE}name", ""), depth] = (*shown, _whole(level.get(f"{_TEXT}start-value", "1")))
    return lists


class _Reader:
    """Walks one stretch of text in reading order and counts its lists."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counters: dict[str, counters.Counter] = {}

    def lines(self, element: Element, style: str = "", depth: int = 0) -> Iterator[str]:
        """Yield the lines below an element; `style` and `depth` (from 1) say which list it stands in."""
        for child in element:
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                yield from (*_shown(child).split("\n"), "")
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, child.get(f"{_TEXT}style-name", style), depth + 1)
            elif child.tag == f"{_TABLE}table-row":
                yield from self._row(child)
            elif child.tag not in _LEFT_OUT:
                yield from self.lines(child, style, depth)

    def _list(self, element: Element, style: str, depth: int) -> Iterator[str]:
        if depth == 1 and element.get(f"{_TEXT}continue-numbering") != "true" and _continued(element) is None:
            self._counters.pop(style, None)
        for item in element:
            label = self._label(style, depth) if item.tag == f"{_TEXT}list-item" and _begins_with_text(item) else ""
            for line in self.lines(item, style, depth):
                yield f"{label} {line}" if label else line
                label = ""

    def _label(self, style: str, depth: int) -> str:
        before, form, after, start = self._lists.get((style, depth), ("", "bullet", "", 1))
        number = self._counters.setdefault(style, counters.Counter()).next(depth, start)
        return before + counters.shown(number, form) + after if form else ""

    def _row(self, row: Element) -> Iterator[str]:
        cells = [[line.strip() for line in self.lines(cell) if line.strip()] for cell in row]
        if all(len(cell) <= 1 for cell in cells):
            yield "\t".join("".join(cell) for cell in cells)
        else:
            yield from (line for cell in cells for text in cell for line in (text, ""))


def _continued(element: Element) -> str | None:
    return element.get(f"{_TEXT}continue-list")


def _begins_with_text(item: Element) -> bool:
    first = next(iter(item), None)
    return first is not None and first.tag in (f"{_TEXT}p", f"{_TEXT}h")


def _shown(element: Element) -> str:
    """Return the text of a paragraph; spaces, tabs and breaks are elements of their own in this format."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * min(_whole(child.get(f"{_TEXT}c", "1")), _MOST_SPACES))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag not in _LEFT_OUT:
            pieces.append(_shown(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _whole(text: str) -> int:
    return min(int(text), 10_000) if text.isdecimal() else 1
