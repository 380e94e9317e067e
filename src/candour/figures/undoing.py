"""Whether a table that is to leave would undo what was hidden in one that left before.

Each earlier table is counted again at its own coordinates, and its hidden numbers are looked at once more, with the
numbers and the marks of the new table beside all that was public.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from candour.figures import asides, earlier, frozen, models, protecting
from candour.figures.earlier import Cell, Published, Values
from candour.figures.tables import NOT_STATED, Table
from candour.rules.disclosure_control import audit, exact, rule
from candour.rules.disclosure_control.sums import Counts, Name, Sum
from candour.rules.refusals import Conflict

NAMED = 3
MEND = (
    "ask for the same rows and periods as that table, merge rows or periods, or protect this one by its rule, or by a "
    "rule with a higher threshold or one that rounds"
)


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

    def __init__(self, undone: Sequence[Undone], mend: str = MEND) -> None:
        """Take what is undone, and what can be done instead."""
        self.undone = tuple(undone)
        said = " · ".join(one.words() for one in undone)
        super().__init__(f"with this a number could be worked out that was published only as a mark ({said}); {mend}")


def told(table: Table, values: Values) -> tuple[Published, ...]:
    """Return all that a table tells which is to leave; `values` are its true numbers."""
    beside = asides.of_completeness((table.unmerged or table).question, table.completeness, "")
    return (*earlier.of_table(table, "", values), *beside)


def undone(
    before: Iterable[models.Told], known: Sequence[Published], new: Sequence[Published]
) -> tuple[Undone, ...]:  # fmt: skip
    """Return what new figures undo of tables that left before; `known` is what else is public.

    A count for each of those tables that hid something of what the figures count.
    """
    found, kinds = list[Undone](), {(one.basis, one.gives) for one in new}
    for row in before:
        hidden = frozenset(frozen.hidden(row.told))
        if row.rule and hidden and _alike(row, kinds):
            table = frozen.counted(row)
            cells = _exposed(table, rule.from_json(row.rule), hidden, known, new)
            if cells:
                found.append(Undone(row.document, tuple(_named(table, cells))))
    return tuple(found)


def _alike(row: models.Told, kinds: Collection[tuple[str, str | None]]) -> bool:
    """Whether figures of some kinds (basis, value) can tell anything of a table's numbers."""
    asked = row.told["asked"]
    mine = asked["measure"]["value"]
    values = earlier.TOLD_BY.get(mine, {mine})
    return any(basis == asked["basis"] and value in values for basis, value in kinds)


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
