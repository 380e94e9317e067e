"""Text boxes and shapes of sheets, and those that lie far away from the cells."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.xlsx import rows
from candour.screening.office.xlsx.columns import Area
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
    "covered-cell",
    Severity.BLOCK,
    says="Cells with values lie under a picture, a chart or a filled shape",
    do="Move it aside, and delete the values that are not to leave",
)
def covered_cells(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        areas = [area for area, _ in _laid_over(book, sheet)]
        for row in rows.rows(sheet.data) if areas else ():
            for cell in row.cells:
                number = rows.column_number(cell[1])
                if (cell[3] or cell[4]) and any(_holds(area, row.number, number) for area in areas):
                    yield Seen(sheet.at(f"{cell[1]}{row.number}"))


def _laid_over(book: Workbook, sheet: Sheet) -> Iterator[tuple[Area, Element]]:
    """Yield the areas that pictures, charts and filled shapes cover wholly."""
    for part in book.package.related(sheet.part, "drawing"):
        for anchor in elements.named(book.package.xml(part), "twoCellAnchor", "oneCellAnchor"):
            if elements.first(anchor, "pic", "graphicFrame") is not None or _is_filled(anchor):
                yield _whole_cells(sheet, anchor), anchor


def _is_filled(anchor: Element) -> bool:
    drawn = elements.child(elements.first(anchor, "sp"), "spPr")
    fills = ("solidFill", "gradFill", "blipFill", "pattFill")
    return any(elements.child(drawn, fill) is not None for fill in fills)


def _whole_cells(sheet: Sheet, anchor: Element) -> Area:
    """Return the cells that lie wholly under an anchor, rows and columns from 1."""
    column, row, across, down = _corner(elements.child(anchor, "from"))
    end = elements.child(anchor, "to")
    if end is not None:
        right, bottom, *_ = _corner(end)
    else:
        size = elements.child(anchor, "ext")
        right = column + (elements.whole(elements.value(size, "cx")) + across) // _widest(sheet)
        bottom = row + (elements.whole(elements.value(size, "cy")) + down) // _ROW
    return Area(row + (2 if down > _ROW // 4 else 1), column + (2 if across > _ROW else 1), bottom, right)


_ROW, _LETTER = 190_500, 66_675
"""English Metric Units of a row of 15 points, and of a letter's width: seven dots."""


def _widest(sheet: Sheet) -> int:
    """Return the width of the widest column: an anchor that says its size covers so many columns at least."""
    return int(max((one.width for one in sheet.columns), default=9.0) * _LETTER) or 1


def _holds(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


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
