"""Shares of a table's columns or rows, in per cent, where every number that a share is made of is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from candour.figures.tables import Table
from candour.figures.values import How
from candour.rules import answers
from candour.rules.refusals import WrongInput

OF = ("column", "row")


@dataclass(frozen=True)
class Shares:
    """For each row of the table, by its key, the share of each cell; None where there is none to be said."""

    of: str
    rows: tuple[tuple[Mapping[str, str | None], tuple[float | None, ...]], ...]

    def as_json(self) -> dict[str, Any]:
        return {"of": self.of, "groups": [{"key": dict(key), "values": list(values)} for key, values in self.rows]}


def shares(table: Table, of: str) -> Shares:
    """Work out shares of the column (each period's total) or of the row; one decimal, halves up.

    A line in which any cell is not wholly held has no shares, so that none tells what a hidden cell is: a table whose
    small numbers were suppressed is handed over as it is then. WrongInput for what does not add up to a whole.
    """
    if of not in OF:
        raise WrongInput(f"{of!r} is not a whole; shares are of the {' or the '.join(OF)}")
    if not table.measure.gives.adds_up:
        raise WrongInput("a median is not a part of a whole; ask for shares of a count")
    if of == "row" and table.measure.gives.how is How.OPEN:
        raise WrongInput(
            "what is open at the end of a period is open in the next one, too; ask for shares of the column"
        )
    if table.question.overlaps:
        raise WrongInput("categories overlap, so that they are not parts of a whole; ask without shares")
    cells = [group.cells for group in table.groups]
    if of == "row":
        found = [_line(row) for row in cells]
    else:
        columns = [_line(column) for column in zip(*cells, strict=True)]
        found = [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in cells]
    return Shares(of, tuple((group.key, tuple(row)) for group, row in zip(table.groups, found, strict=True)))


def _line(cells: Sequence[answers.Answer]) -> list[float | None]:
    numbers = [cell.value for cell in cells if isinstance(cell, answers.Held) and not cell.source]
    whole = sum(number for number in numbers if isinstance(number, int))
    if len(numbers) < len(cells) or not whole:
        return [None] * len(cells)
    return [_per_cent(number, whole) for number in numbers if isinstance(number, int)]


def _per_cent(number: int, whole: int) -> float:
    return float((Decimal(number) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))
