"""The columns of a sheet, its merged areas and ranges of cells, as the file's XML tells them."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.xlsx import rows

USUAL = 9.0
"""Characters of width of a column that is not set."""
_POINTS = 5.25
"""Points of a character's width: seven dots."""
NARROWEST = 2.0
"""Characters of width, or points of height, below which nothing can be read."""
LAST_ROW = 1_048_576
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?(?::\$?([A-Z]{1,3})?\$?([0-9]{1,7})?)?")


class Column(NamedTuple):
    """A run of columns that are set alike; numbers from 1."""

    first: int
    last: int
    hidden: bool
    narrow: bool
    collapsed: bool
    width: float = USUAL

    @property
    def letters(self) -> str:
        first, last = rows.column_letters(self.first), rows.column_letters(self.last)
        return first if first == last else f"{first}:{last}"


class Area(NamedTuple):
    """A rectangle of cells; numbers from 1, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


def columns(frame: Element | None) -> list[Column]:
    """Return the columns of a sheet that are set in any way."""
    return [_column(one) for one in elements.named(elements.child(frame, "cols"), "col")]


def _column(col: Element) -> Column:
    first = elements.whole(elements.value(col, "min"), 1)
    width = elements.value(col, "width")
    narrow = bool(width) and elements.decimal(width, NARROWEST) < NARROWEST
    grouped = elements.whole(elements.value(col, "outlineLevel")) > 0 and elements.is_on(col, "hidden")
    return Column(
        first,
        min(elements.whole(elements.value(col, "max"), first), rows.LAST_COLUMN),
        elements.is_on(col, "hidden"),
        narrow,
        grouped or elements.is_on(col, "collapsed"),
        elements.decimal(width, USUAL),
    )


def are_hidden(found: Iterable[Column], number: int) -> bool:
    """Say whether a column is hidden, or too narrow to be read."""
    return any(one.first <= number <= one.last for one in found if one.hidden or one.narrow)


def points(found: Iterable[Column], first: int, last: int, usual: float) -> float:
    """Return how many points wide a run of columns is; those that are not set are `usual` characters wide."""
    others, letters = last - first + 1, 0.0
    for one in found:
        shared = max(0, min(one.last, last) - max(one.first, first) + 1)
        others, letters = others - shared, letters + shared * one.width
    return (letters + others * usual) * _POINTS


def area(reference: str) -> Area | None:
    """Read a range such as `A1`, `$A$1:C9`, `A:C` or `1:9`; None where it is none."""
    found = _AREA.fullmatch(reference.strip())
    if found is None or not any(found.groups()):
        return None
    left, top, right, bottom = found.groups()
    alone = ":" not in reference
    return Area(
        int(top) if top else 1,
        rows.column_number(left) if left else 1,
        int(top if alone else bottom or 0) or LAST_ROW,
        rows.column_number(left if alone else right or "") or rows.LAST_COLUMN,
    )


def areas(frame: Element | None, element: str, attribute: str = "ref") -> list[Area]:
    """Return the ranges that elements of a sheet name; an attribute may name several, with spaces between."""
    texts = (text for one in elements.named(frame, element) for text in elements.value(one, attribute).split())
    return [found for text in texts if (found := area(text))]


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of rising numbers: 1 2 3 7 8 are (1, 3) and (7, 8)."""
    first = last = None
    for number in numbers:
        if first is not None and last is not None and number != last + 1:
            yield first, last
            first = number
        first = number if first is None else first
        last = number
    if first is not None and last is not None:
        yield first, last


def named_run(first: int, last: int, what: str) -> str:
    """Say a run of rows: `row 4`, `rows 4 to 9`."""
    return f"{what} {first}" if first == last else f"{what}s {first} to {last}"
