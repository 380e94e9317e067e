"""Looks at tables that leave: small numbers, hidden cells that can be worked out, and totals that do not add up.

The body's own threshold is handed in. Without one, counts of incidents are left alone, and small counts of people are
pointed out: a count is no person by itself (Miller [2018] UKUT 229).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from candour.screening.findings import Check, Finding, Grid, Known, Severity, told

TOTAL = Check(
    "table.total",
    Severity.WARN,
    "A total is not the sum of what it stands under or beside",
    "Find out which number is wrong, or say in a note why they differ",
)
WORKED_OUT = Check(
    "table.worked-out",
    Severity.BLOCK,
    "A hidden number can be worked out from its total and the numbers beside it",
    "Hide one more number of the same row and column, or the total",
)
SMALL = Check(
    "table.small-number",
    Severity.BLOCK,
    "The table shows numbers under the threshold that the body has set",
    "Hide or round them, or combine rows",
)
PEOPLE = Check(
    "table.few-people",
    Severity.WARN,
    "The table shows small numbers of people",
    "Consider whether anybody could tell who they are; hide, round or combine where so",
)
CHECKS = (TOTAL, WORKED_OUT, SMALL, PEOPLE)

LONGEST = 2_000
"""Rows from which on a table is data and no statistics; nobody adds it up by eye."""
FEW_PEOPLE = 5

_MARK = re.compile(r"\*|\[?[cx]\]|[~‡]|(?:<|fewer than|less than|under)\s*(\d+)|suppressed|withheld", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")
_TOTAL = re.compile(r"\W*(?:(?:grand |sub-?|overall )?totals?|all|sum)\b(?!\s+(?:of|time)).{0,30}", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:people|persons?|pupils?|child(?:ren)?|patients?|staff|employees?|residents?|claimants?|students?|officers?|"
    r"women|men|girls|boys|deaths|victims|offenders|tenants|service users)\b",
    re.IGNORECASE,
)
_MOST = 5


class Hidden(NamedTuple):
    """A suppressed cell; `most` is what its mark says it is at most."""

    most: int | None


Cell = Decimal | Hidden | None


class Line(NamedTuple):
    """Cells that a total adds up, and that total: a row, or a column."""

    where: str
    parts: list[Cell]
    total: Cell


def look(grids: Iterable[Grid], known: Known) -> Iterator[Finding]:
    """Yield what is wrong with the tables of one file, under the body's threshold (`known.threshold`)."""
    for grid in grids:
        if 1 < len(grid.rows) <= LONGEST:
            yield from _sums(grid)
            yield from _small(grid, known.threshold)


def cell(text: str) -> Cell:
    """Read a cell: a number, a mark that hides one, or neither (a name, a percentage, nothing)."""
    plain = text.strip()
    if _NUMBER.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    mark = _MARK.fullmatch(plain)
    return Hidden(int(mark[1]) - 1 if mark[1] else None) if mark else None


def _sums(grid: Grid) -> Iterator[Finding]:
    for line in _lines(grid):
        if isinstance(line.total, Decimal) and None not in line.parts:
            yield from _check(line, line.total, grid)


def _check(line: Line, total: Decimal, grid: Grid) -> Iterator[Finding]:
    hidden = [part for part in line.parts if isinstance(part, Hidden)]
    shown = [part for part in line.parts if isinstance(part, Decimal)]
    left = total - sum(shown)
    place = f"{grid.where}, {line.where}"
    if hidden and _forced(hidden, left):
        yield told(WORKED_OUT, place, f"{len(hidden)} hidden, {total} in all")
    elif not hidden and left and not _rounded([*shown, total]):
        yield told(TOTAL, place, f"they come to {sum(shown)}, and it says {total}")


def _forced(hidden: Sequence[Hidden], left: Decimal) -> bool:
    """Say whether the hidden numbers, each at least 1, can be only one way."""
    mosts = [one.most for one in hidden]
    at_most = sum(most for most in mosts if most is not None) if None not in mosts else None
    return len(hidden) == 1 or left <= len(hidden) or left == at_most


def _rounded(values: Iterable[Decimal]) -> bool:
    """Numbers that were each rounded to five or ten need not add up."""
    return all(value % 5 == 0 for value in values)


def _lines(grid: Grid) -> Iterator[Line]:
    """Yield each row with the column that is its total, and each column with the row that is its total."""
    cells = [[cell(text) for text in row] for row in grid.rows]
    across = _total_of(grid.rows[0])
    down = _total_of([row[0] if row else "" for row in grid.rows])
    if across is not None:
        for number, row in enumerate(cells[1:], 2):
            if len(row) > across and len(row[1:across]) > 1:
                yield Line(f"row {number}", row[1:across], row[across])
    if down is not None and down > 2:  # noqa: PLR2004 - a header and two rows at least
        for column in range(1, min(map(len, cells[1 : down + 1]))):
            yield Line(f"column {column + 1}", [row[column] for row in cells[1:down]], cells[down][column])


def _total_of(labels: Sequence[str]) -> int | None:
    """Return which label says total, where one alone does and it comes after what it adds up."""
    found = [place for place, label in enumerate(labels) if _TOTAL.fullmatch(label.strip())]
    return found[0] if len(found) == 1 and found[0] > 1 else None


def _small(grid: Grid, threshold: int | None) -> Iterator[Finding]:
    if threshold is None and not _counts_people(grid):
        return
    limit = threshold or FEW_PEOPLE
    small = [
        f"row {down} column {across}"
        for down, row in enumerate(grid.rows[1:], 2)
        for across, text in enumerate(row[1:], 2)
        if text.strip().isdecimal() and 0 < int(text) < limit
    ]
    if small:
        sample = f"{len(small)} under {limit}, such as in {small[0]}"
        yield told(PEOPLE if threshold is None else SMALL, grid.where, sample)


def _counts_people(grid: Grid) -> bool:
    labels = " ".join([grid.where, *grid.rows[0]])
    return _PEOPLE.search(labels) is not None
