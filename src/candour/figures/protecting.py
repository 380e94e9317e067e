"""A table made safe to publish: small numbers hidden or rounded, so that nobody can work them out.

Outsiders are taken to know every total of the table that is not small itself: whoever may ask for a table may ask for
its totals. What they know from earlier publications comes in as `earlier.Published`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from candour.figures import earlier, merges
from candour.figures.earlier import Cell, Published, Values
from candour.figures.tables import Group, Table
from candour.figures.values import How
from candour.organisation import queries as organisation
from candour.organisation.models import Body
from candour.rules import answers, vocabularies, years
from candour.rules.disclosure_control import audit, control, procedure, protecting
from candour.rules.disclosure_control.rule import PEOPLE, Rule
from candour.rules.disclosure_control.sums import Counts, Name, Sum
from candour.rules.refusals import WrongInput

SINGLES_OUT = ("data_subjects", "department", "disciplinary", "staff_group")
"""Facts that say something about people who could be found."""

NOBODY = {"data_subjects": {term.label for term in vocabularies.terms("data-subjects") if not term.findable}}
"""Values of them that lead to nobody."""

UNITS = ("department",)
"""Facts whose values are units with a number of people."""


@dataclass(frozen=True)
class Safe:
    """A table as it may be published, with the proof for those who decide; `done` knows the true numbers."""

    table: Table
    done: protecting.Protected

    @property
    def beside(self) -> int:
        """How many cells are hidden to protect the small ones."""
        return len(self.done.hidden - self.done.small)

    def ranges(self) -> Iterator[tuple[Cell, audit.Range]]:
        """What outsiders can work out of each hidden cell, in the order of the table."""
        for group in self.table.groups:
            for period in self.table.question.periods:
                cell = name(group, period)
                if cell in self.done.ranges:
                    yield cell, self.done.ranges[cell]


def protect(
    table: Table,
    rule: Rule,
    *,
    published: Iterable[Published] = (),
    hide_totals: bool = False,
    method: str | None = None,
) -> Safe:
    """Hide and round as a rule says, and what protects that; `hide_totals`: no total of the table will be published.

    CannotBeMet says what can be done instead. Nothing but the numbers of the table is looked at.
    WrongInput for a median: the middle one may be one person's number.
    """
    if not table.measure.gives.adds_up:
        raise WrongInput("a median may be the number of one person; publish the counts that it rests on instead")
    values = counted(table)
    before = _earlier(table, values, rule, published)
    known = () if hide_totals else totals(table, values, rule)
    try:
        done = protecting.protect(Counts(values), rule, earlier=[*known, *before], method=method)
    except protecting.CannotBeMet as refused:
        raise _with_offers(refused, values, rule, before, method, hide_totals=hide_totals) from refused
    said = tuple(dict.fromkeys(one.said for one in before if one.said))
    undated = rule.hides(table.date_not_known)
    return Safe(printed(table, control.Control(rule, said, undated), done.hidden), done)


def _with_offers(
    refused: protecting.CannotBeMet, values: Values, rule: Rule, before: Sequence[Sum], method: str | None,
    *, hide_totals: bool,
) -> protecting.CannotBeMet:  # fmt: skip
    """Offer to publish no total only where that helps."""
    if hide_totals:
        return refused
    try:
        protecting.protect(Counts(values), rule, earlier=before, method=method)
    except protecting.CannotBeMet:
        return refused
    return protecting.CannotBeMet((protecting.HIDE_TOTALS, *refused.offers))


def _earlier(table: Table, values: Values, rule: Rule, published: Iterable[Published]) -> tuple[Sum, ...]:
    """What earlier figures tell of the cells; of a merged table they are looked up before its merges.

    WrongInput where something that was published by itself, taken away from what was merged, leaves a small number.
    """
    if table.unmerged is None:
        return earlier.sums(table.question, values, published)
    parts = counted(table.unmerged)
    rows = {tuple(group.key.values()): _row(table, group) for group in table.unmerged.groups}
    whole: dict[Cell, set[Cell]] = {}
    for cell in parts:
        period = next(one for one in table.question.periods if one.start <= cell[1] and cell[2] <= one.end)
        whole.setdefault((rows[cell[0]], period.start, period.end), set()).add(cell)
    found = (_lifted(whole, parts, rule, one) for one in earlier.sums(table.unmerged.question, parts, published))
    return tuple(one for one in found if one)


def _row(table: Table, group: Group) -> tuple[str | None, ...]:
    """The key of the row of a merged table that a row of the table before went into."""
    return next(
        tuple(one.key.values())
        for one in table.groups
        if all(value in merges.parts(table.merged, fact, one.key[fact]) for fact, value in group.key.items())
    )


def _lifted(whole: Mapping[Cell, set[Cell]], parts: Values, rule: Rule, one: Sum) -> Sum | None:
    """A sum of cells as one of merged cells; None where it speaks of parts of them only, and leaves nothing small.

    What parts come to at least, the whole comes to as well.
    """
    given = set(one.parts)
    touched = {place: cells for place, cells in whole.items() if cells & given}
    rest = set[Cell]().union(*touched.values()) - given
    if not rest:
        return Sum(dict.fromkeys(touched, 1), one.least, one.most, one.said)
    far = one.most > 2 * sum(parts.values())
    if far:
        return Sum(dict.fromkeys(touched, 1), one.least, one.most, one.said)
    if one.least and rule.hides(sum(parts[cell] for cell in rest)):
        raise WrongInput(f"{one.said} gives a part of what is merged by itself; what is left is small. Merge otherwise")
    return None


def name(group: Group, period: years.Period) -> Cell:
    """Return the name of a cell."""
    return tuple(group.key.values()), period.start, period.end


def counted(table: Table) -> dict[Cell, int]:
    """Return the numbers of a table that were counted; what is quoted from a document is public as it is."""
    return {
        name(group, period): cell.value
        for group in table.groups
        for period, cell in zip(table.question.periods, group.cells, strict=True)
        if isinstance(cell.value, int) and cell.source is None
    }


def totals(table: Table, values: Values, rule: Rule) -> tuple[Sum, ...]:
    """Every total over rows, over periods and over both, of rows that share some of their facts, that is not small.

    What is open at the end of a period is open in the next one, too, and is not added up over periods.
    """
    width, open_ = len(table.question.group), table.measure.gives.how is How.OPEN
    shared = [places for size in range(width + 1) for places in combinations(range(width), size)]
    found = {
        frozenset(cells): _total(cells, values, rule)
        for places in shared
        for by_period in (True, *(() if open_ else (False,)))
        for cells in _together(values, places, by_period=by_period)
        if len(cells) > 1
    }
    return tuple(one for one in found.values() if not rule.hides(one.of(values)))


def _together(values: Values, places: Sequence[int], *, by_period: bool) -> Iterable[list[Cell]]:
    """Cells whose rows agree in the facts at `places`, and that are of one period where `by_period`."""
    parts: dict[object, list[Cell]] = {}
    for cell in values:
        agreed = tuple(cell[0][place] for place in places), cell[1:] if by_period else ()
        parts.setdefault(agreed, []).append(cell)
    return parts.values()


def _total(cells: Sequence[Cell], values: Values, rule: Rule) -> Sum:
    value = sum(values[cell] for cell in cells)
    shown = rule.shown(value)
    return Sum(dict.fromkeys(cells, 1), shown.least, value if shown.most is None else shown.most)


def printed(table: Table, said: control.Control, hidden: Collection[Name]) -> Table:
    """Return the table with these cells hidden and the rest printed by the rule: the same for the same cells, for ever.

    A table that was published so is made again by this, without any search for cells.
    """
    rule, values = said.rule, counted(table)
    groups = tuple(
        Group(
            group.key,
            tuple(
                _answer(rule, cell, hidden=name(group, period) in hidden) if name(group, period) in values else cell
                for period, cell in zip(table.question.periods, group.cells, strict=True)
            ),
        )
        for group in table.groups
    )
    undated = 0 if said.undated else rule.rounded(table.date_not_known)
    known = {} if hidden or rule.base else table.completeness
    # what lies outside coverage is for those inside: its small numbers are under no rule
    return replace(table, groups=groups, control=said, date_not_known=undated, completeness=known, early=())


def _answer(rule: Rule, cell: answers.Answer, *, hidden: bool) -> answers.Answer:
    """The cell as it is printed: what stood beside the number is said only where the number is."""
    after = rule.answer(int(cell.value or 0), hidden=hidden)
    if isinstance(after, answers.Held):
        return cell
    return replace(after, note=f"held only {cell.extent()}" if isinstance(cell, answers.HeldSince) else None)


def circumstances(
    table: Table, body: Body, *, rule: Rule, published: Iterable[Published] = ()
) -> procedure.Circumstances:  # fmt: skip
    """Say what the decision procedure asks of a table."""
    values = counted(table)
    small = [cell for cell, value in values.items() if rule.hides(value)]
    before = _earlier(table, values, rule, published)
    return procedure.Circumstances(
        people=table.measure.unit == PEOPLE,
        singles_out=_singles_out(table),
        published=_published(small, before),
        populations=tuple(_populations(table, body)),
        small=len(small) + _small_halves(table, rule) + _small_beside(table, rule),
        whole=tuple(_whole(table, values)),
    )


def _small_halves(table: Table, rule: Rule) -> int:
    """How many medians lie half-way between two numbers of which the lower is small."""
    halves = (cell.value for group in table.groups for cell in group.cells if isinstance(cell.value, float))
    return sum(rule.hides(int(value)) for value in halves)


def _small_beside(table: Table, rule: Rule) -> int:
    """How many small numbers stand beside the cells: what has no date, and what lies outside coverage."""
    return sum(rule.hides(value) for value in (table.date_not_known, *(one.incidents for one in table.early)))


def _published(small: Sequence[Cell], before: Sequence[Sum]) -> str:
    """Where every small number was published by itself, or nothing."""
    alone = {cell: one.said for one in before if len(one.parts) == 1 and one.least == one.most for cell in one.parts}
    if not small or any(cell not in alone for cell in small):
        return ""
    return "; ".join(dict.fromkeys(alone[cell] for cell in small))


def _populations(table: Table, body: Body) -> Iterator[tuple[str, int | None]]:
    """The units that rows and filter name, with how many people belong to each as the body stated."""
    units = {value for fact in UNITS for group in table.groups if (value := group.key.get(fact))}
    units |= {value for fact in UNITS if (value := table.question.where.get(fact))}
    if units:
        sizes = {one.name: one.staff for one in organisation.departments(body, table.as_at)}
        yield from ((unit, _size(table, unit, sizes)) for unit in sorted(units))


def _size(table: Table, unit: str, sizes: Mapping[str, int | None]) -> int | None:
    """How many people belong to a unit, or to all that were merged; None where that is not known of one of them."""
    found = [sizes.get(part or "") for fact in UNITS for part in merges.parts(table.merged, fact, unit)]
    return None if None in found else sum(size or 0 for size in found)


def _whole(table: Table, values: Values) -> Iterator[str]:
    """The periods in which everything counted lies in one row of several that speak of people."""
    if len(table.groups) < 2 or not set(_singles_out(table)) & set(table.question.group):  # noqa: PLR2004
        return
    for period in table.question.periods:
        found = [group.name for group in table.groups if values.get(name(group, period))]
        if len(found) == 1:
            yield f"{period.label}: {found[0]}"


def advise(table: Table, body: Body, *, rule: Rule, published: Iterable[Published] = ()) -> procedure.Advice:
    """Go through the decision procedure for a table."""
    return procedure.advise(circumstances(table, body, rule=rule, published=published))


def speaks_of_people(table: Table) -> bool:
    """Say whether cells count people, or rows or filter single out people who could be found."""
    return table.measure.unit == PEOPLE or bool(_singles_out(table))


def _singles_out(table: Table) -> tuple[str, ...]:
    """The facts of the rows and of the filter that say something of people who could be found."""
    return tuple(fact for fact in SINGLES_OUT if any(_leads(table, fact, value) for value in _values(table, fact)))


def _values(table: Table, fact: str) -> Iterator[str | None]:
    if fact in table.question.group:
        yield from (group.key[fact] for group in table.groups)
    yield table.question.only.get(fact)


def _leads(table: Table, fact: str, value: str | None) -> bool:
    """Whether a value leads to somebody; one that was merged does where a part of it does."""
    parts = merges.parts(table.merged, fact, value)
    return any(part is not None and part not in NOBODY.get(fact, ()) for part in parts)
