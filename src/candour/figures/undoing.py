"""Whether a table that is to leave would undo what was hidden in one that left before.

Each earlier table is counted again at its own coordinates, and its hidden numbers are looked at once more, with the
numbers and the marks of the new table beside all that was public.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from candour.figures import earlier, frozen, models, protecting
from candour.figures.earlier import Cell, Published, Values
from candour.figures.tables import NOT_STATED, Table
from candour.rules.disclosure_control import audit, exact, rule
from candour.rules.disclosure_control.sums import Counts, Name, Sum
from candour.rules.refusals import Conflict

NAMED = 3


@dataclass(frozen=True)
class Undone:
    """A published table of which hidden numbers could be worked out: its document, and which numbers."""

    document: str
    numbers: tuple[str, ...]

    def words(self) -> str:
        """Say which, such as "Annual Report: South, 2011/12"."""
        more = len(self.numbers) - NAMED
        return f"{self.document}: {'; '.join(self.numbers[:NAMED])}{f' and {more} more' if more > 0 else ''}"


class Undoes(Conflict):
    """A table that may not leave as it is, because it would undo what was hidden before."""

    def __init__(self, undone: Sequence[Undone]) -> None:
        self.undone = tuple(undone)
        said = " · ".join(one.words() for one in undone)
        super().__init__(
            f"with this table a number could be worked out that was published only as a mark ({said}); ask for the "
            "same rows and periods as that table, merge rows or periods, or protect this one by its rule, or by a rule "
            "with a higher threshold or one that rounds"
        )


def undone(body: int, table: Table, values: Values, known: Sequence[Published], number: int) -> tuple[Undone, ...]:
    """Return what is undone by a table as it would leave; `values` are its true numbers, `known` what is public.

    One query of the published tables, and a count for each that hid something of what this table counts.
    """
    new, found = earlier.of_table(table, "", values), list[Undone]()
    rows = models.Published.objects.filter(body=body, opened__lte=number).exclude(rule=None).order_by("pk")
    for row in rows:
        hidden = frozenset(frozen.hidden(row.told))
        if hidden and _alike(row, table):
            before = frozen.counted(row)
            cells = _exposed(before, rule.from_json(row.rule), hidden, known, new)
            if cells:
                found.append(Undone(row.document, tuple(_named(before, cells))))
    return tuple(found)


def _alike(row: models.Published, table: Table) -> bool:
    """Whether numbers of one table can tell anything of the other's."""
    asked = row.told["asked"]
    values = {asked["measure"]["value"], table.measure.value}
    return asked["basis"] == table.question.basis and (len(values) == 1 or values == set(earlier.BETWEEN))


def _exposed(
    table: Table, by: rule.Rule, hidden: Collection[Cell], known: Sequence[Published], new: Sequence[Published]
) -> set[Name]:  # fmt: skip
    """The small numbers of a table that can be worked out now, and could not before.

    They are looked at with every total of the table, and where they were not safe so, as when no total was to be
    published, without.
    """
    values = protecting.counted(table)
    hidden = frozenset(hidden) & values.keys()
    small: set[Name] = {cell for cell in hidden if by.hides(values[cell])}
    before = earlier.sums(table.question, values, known)
    after = earlier.sums(table.question, values, [*known, *new])
    if set(map(_plain, after)) <= set(map(_plain, before)):
        return set()
    found = set[Name]()
    for totals in (protecting.totals(table, values, by), ()):
        open_ = _open(values, by, hidden, [*totals, *after], small)
        there = _open(values, by, hidden, [*totals, *before], open_) if open_ else set()
        found |= open_ - there
        small = there
    return found


def _plain(one: Sum) -> tuple[frozenset[tuple[Name, int]], int, int]:
    return frozenset(one.parts.items()), one.least, one.most


def _open(
    values: Values, by: rule.Rule, hidden: Collection[Cell], sums: Sequence[Sum], targets: Collection[Name]
) -> set[Name]:  # fmt: skip
    what = audit.known(Counts(values).known(sums), by, hidden)
    solver = exact.Moves(what) if exact.available() else audit.plain(what)
    return set(audit.exposed(solver, sorted(targets, key=str), by.needed, audit.Possible()))


def _named(table: Table, cells: Collection[Name]) -> Iterator[str]:
    for group in table.groups:
        for period in table.question.periods:
            if protecting.name(group, period) in cells:
                yield ", ".join(part for part in (_row(group.key.values()), period.label) if part)


def _row(values: Collection[str | None]) -> str:
    return " · ".join(value or NOT_STATED for value in values)
