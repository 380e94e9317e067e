"""Text boxes and shapes of sheets, and those that lie far away from the cells."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.xlsx import rows
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.scan import FAR_COLUMNS, FAR_ROWS
from candour.screening.office.xlsx.workbooks import Sheet, Workbook

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


@XLSX.check(
    "text-box", Severity.WARN, says="A text box lies over the cells", do="Read it, and delete it if it may not leave"
)
def text_boxes(book: Workbook) -> Iterator[Seen]:
    for where, part in book.drawings():
        for one in elements.named(book.package.xml(part), "txBody"):
            if text := elements.text_of(one, "t").strip():
                yield Seen(where, masked(text))


@XLSX.check(
    "far-shape",
    Severity.BLOCK,
    says="A shape or a picture lies far away from the cells that a person sees",
    do="Go there (Selection Pane), and delete it or move it next to the table",
)
def far_shapes(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for part in book.package.related(sheet.part, "drawing"):
            for anchor in elements.named(book.package.xml(part), *_ANCHORS):
                if place := _far(sheet, anchor):
                    yield Seen(sheet.at(place))


@XLSX.check(
    "anchor-without-size",
    Severity.BLOCK,
    says="A shape, a picture or a chart is drawn so small that it is not seen",
    do="Go there (Selection Pane), and delete it or make it larger",
)
def anchors_without_size(book: Workbook) -> Iterator[Seen]:
    for where, part in book.drawings():
        for anchor in elements.named(book.package.xml(part), "twoCellAnchor"):
            start, end = _corner(elements.child(anchor, "from")), _corner(elements.child(anchor, "to"))
            if start[:2] == end[:2] and end[2] - start[2] < _POINT and end[3] - start[3] < _POINT:
                yield Seen(where)


_POINT = 12_700
"""English Metric Units."""


def _corner(corner: Element | None) -> tuple[int, ...]:
    """Return the column, the row and the distances from their edges of a corner of an anchor."""
    return tuple(elements.whole(elements.text_of(elements.child(corner, name))) for name in _PLACE)


_PLACE = ("col", "row", "colOff", "rowOff")


def _far(sheet: Sheet, anchor: Element) -> str:
    """Say where an anchor is, if that is far from the cells or off the sheet; else ""."""
    position = elements.child(anchor, "pos")
    if position is not None and min(elements.whole(elements.value(position, axis)) for axis in "xy") < 0:
        return "outside of the sheet"
    start = elements.child(anchor, "from")
    if start is None:
        return ""
    row = elements.whole(elements.text_of(elements.child(start, "row"))) + 1
    column = elements.whole(elements.text_of(elements.child(start, "col"))) + 1
    right = max((rows.column_number(one) for one in sheet.scan.filled), default=1)
    far = row > sheet.scan.bottom + FAR_ROWS or column > right + FAR_COLUMNS
    return f"{rows.column_letters(column)}{row}" if far else ""
