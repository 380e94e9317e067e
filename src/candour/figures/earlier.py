"""Figures that left the building: what they let outsiders add up and take away from another table.

They are compared by what they count, not by the name of their measure. A number that was hidden tells what its mark
does; one over fewer days or fewer incidents is a least, one over more days or incidents a most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from math import ceil, floor

from candour.figures import merges, scopes
from candour.figures.coverage import DAY
from candour.figures.measures import BY_SLUG, Measure
from candour.figures.questions import Question
from candour.figures.scopes import Said, Scope
from candour.figures.tables import Table
from candour.figures.values import How
from candour.rules import answers
from candour.rules.disclosure_control.rule import Limits
from candour.rules.disclosure_control.sums import Sum

Key = tuple[str | None, ...]
Cell = tuple[Key, date, date]
"""How disclosure control names a cell: the values of its row, its first and its last day."""
Values = Mapping[Cell, int]
Days = tuple[date, date]
Keyed = tuple[Mapping[str, Said], Limits]

BETWEEN = ("people", "people-at-most")
"""What is never more than the other, number by number."""

MIDDLE = ("people-median", "people")
"""The median of numbers, and what they come to: of one number the same, of two numbers half of it."""

TOLD_BY = {"people": {"people", "people-at-most", "people-median"}, "people-at-most": set(BETWEEN)}
"""Which values tell of which, besides each of itself."""


@dataclass(frozen=True)
class Published:
    """One number as it was printed: what it counts, for which days (inclusive), and in which document.

    `facts` are all the facts it counts by: those of its row and of its filter. `limits`: what it says of the count
    where it was rounded or hidden; None: the number itself. `defined`: its measure, where that is the body's own.
    """

    measure: str
    basis: str
    start: date
    end: date
    value: int
    said: str
    facts: Mapping[str, Said] = field(default_factory=dict)
    limits: Limits | None = None
    defined: Measure | None = None

    @property
    def between(self) -> Limits:
        return self.limits or Limits(self.value, self.value)

    @property
    def gives(self) -> str | None:
        """Which value of its incidents it is (see values.py); None where its measure is not known."""
        measure = self.defined or BY_SLUG.get(self.measure)
        return measure.value if measure else None


def of_table(table: Table, said: str, values: Values | None = None) -> tuple[Published, ...]:
    """Return the numbers that a table prints, as `sums` takes them; `said` names its document.

    Of every period what rows with some of their facts alike come to together is among them. `values`: the true
    numbers; of a hidden one outsiders are then taken to know whether it is small.
    """
    return tuple(
        Published(
            table.measure.slug, table.question.basis, period.start, period.end, limits.least, said,
            {**table.question.where, **facts}, limits, table.measure,
        )
        for place, period in enumerate(table.question.periods)
        for facts, limits in together(table.question, list(_printed(table, place, values or {})))
    )  # fmt: skip


def _printed(table: Table, place: int, values: Values) -> Iterator[Keyed]:
    rule, period = table.control.rule if table.control else None, table.question.periods[place]
    for group in table.groups:
        cell, true = group.cells[place], values.get((tuple(group.key.values()), period.start, period.end))
        facts = parts(table.merged, group.key)
        if isinstance(cell, answers.Suppressed) and rule:
            yield facts, rule.marked(cell.mark) if true is None else rule.hidden(true)
        elif isinstance(cell.value, int | float):
            rounded = isinstance(cell, answers.Rounded) and rule is not None
            yield facts, rule.shown(int(cell.value)) if rounded and rule else exactly(cell.value)


def exactly(value: float) -> Limits:
    """What a number tells that is printed as it is: itself; of a middle between two, the two."""
    return Limits(floor(value), ceil(value))


def together(question: Question, rows: Sequence[Keyed]) -> Iterator[Keyed]:
    """Yield what is known of each row of a period, and of all rows together that agree in some of their facts."""
    yield from rows
    if question.overlaps or not question.measure.gives.adds_up:
        return
    shared = [names for size in range(len(question.group)) for names in combinations(question.group, size)]
    for names in shared:
        alike: dict[tuple[Said, ...], list[Limits]] = {}
        for facts, limits in rows:
            alike.setdefault(tuple(facts[name] for name in names), []).append(limits)
        for agreed, found in alike.items():
            if len(found) > 1:
                yield dict(zip(names, agreed, strict=True)), _added(found)


def _added(found: Iterable[Limits]) -> Limits:
    found = list(found)
    mosts = [one.most for one in found if one.most is not None]
    return Limits(sum(one.least for one in found), sum(mosts) if len(mosts) == len(found) else None)


def parts(merged: Iterable[merges.Merge], key: Mapping[str, str | None]) -> dict[str, Said]:
    """The values of a row; of a merged one all that it stands for."""
    found: dict[str, Said] = {}
    for name, value in key.items():
        values = merges.parts(merged, name, value)
        found[name] = values if len(values) > 1 else values[0]
    return found


@dataclass(frozen=True)
class Figure:
    """What is known of a number, in the terms of the table it is held against; `middle`: it is a median of numbers."""

    scope: Scope
    start: date
    end: date
    least: int
    most: int | None
    said: str
    middle: float | None = None

    @property
    def looseness(self) -> float:
        return float("inf") if self.most is None else self.most - self.least


def sums(question: Question, counts: Values, figures: Iterable[Published]) -> tuple[Sum, ...]:
    """Say what figures, one by one and in unbroken runs of days, tell of cells of a table together.

    A figure that differs from what is counted now still tells, to whoever takes the two for the same: it is reckoned
    with as if it did not differ.
    """
    found = list(filter(None, (_figure(question, one) for one in figures)))
    alike: dict[object, dict[Days, Figure]] = {}
    for one in (one for one in found if one.middle is None):
        series = alike.setdefault(frozenset(one.scope.items()), {})
        days = one.start, one.end
        series[days] = _both(series[days], one) if days in series else one
    runs = [run for series in alike.values() for run in _runs(question, series)]
    runs += [one for one in found if one.middle is not None]
    table, kept = _Cells(question, counts), dict[object, Sum]()
    for told in (told for run in runs for told in table.told(run, runs)):
        # a least and a most that meet were not published as one number: they stay two
        about = frozenset(told.parts), told.least > 0, told.most < table.far
        kept[about] = _closer(kept[about], told) if about in kept else told
    exact = {frozenset(one.parts) for one in kept.values() if one.least == one.most}
    return tuple(one for one in kept.values() if one.least == one.most or frozenset(one.parts) not in exact)


def _figure(question: Question, one: Published) -> Figure | None:
    """A figure by what it counts; None where it counts something else than the table does."""
    mine, its = question.measure, one.defined or BY_SLUG.get(one.measure)
    if its is None and one.measure == mine.slug:
        its = mine
    if its is None or (one.basis, its.standing) != (question.basis, mine.standing):
        return None
    known = _as_value(one.between, its.value, mine.value)
    if known is None:
        return None
    start = one.end if mine.gives.how is How.OPEN else one.start
    middle = None if its.gives.adds_up else (one.between.least + (one.between.most or 0)) / 2
    return Figure(scopes.scope(its, one.facts), start, one.end, known.least, known.most, one.said, middle)


def _as_value(known: Limits, its: str, mine: str) -> Limits | None:
    """What a number of one value tells of another: people are no more than people at most, no fewer than a median."""
    if (its, mine) == MIDDLE:
        return Limits(known.most or 0, None)
    if its == mine and its in _ADDED:
        return known
    if (mine, its) == BETWEEN:
        return Limits(0, known.most)
    return Limits(known.least, None) if (its, mine) == BETWEEN else None


_ADDED = frozenset({"incidents", "open", "people", "people-at-most", "devices", "cost"})


def _both(one: Figure, other: Figure) -> Figure:
    """What two publications of the same number tell together; where they differ, the later stands."""
    mosts = [most for most in (one.most, other.most) if most is not None]
    least, most = max(one.least, other.least), min(mosts, default=None)
    if most is not None and most < least:
        return other
    return replace(one, least=least, most=most, said=_said((one.said, other.said)))


def _said(documents: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for one in documents for part in one.split("; ") if part))


def _closer(one: Sum, other: Sum) -> Sum:
    return Sum(one.parts, max(one.least, other.least), min(one.most, other.most), _said((one.said, other.said)))


def _runs(question: Question, series: Mapping[Days, Figure]) -> Iterator[Figure]:
    """Each figure, and runs of them, each beginning the day after the last ended, that begin and end with periods."""
    yield from series.values()
    starts, ends = {one.start for one in question.periods}, {one.end for one in question.periods}
    by_start: dict[date, list[Figure]] = {}
    for one in sorted(series.values(), key=lambda one: (one.looseness, one.end)):
        by_start.setdefault(one.start, []).append(one)
    for first in sorted(starts & by_start.keys()):
        for head in by_start[first]:
            run = [head]
            while run and run[-1].end not in ends:
                follows = by_start.get(run[-1].end + DAY)
                run = [*run, follows[0]] if follows else []
            if len(run) > 1:
                known = _added(Limits(one.least, one.most) for one in run)
                documents = _said(one.said for one in run)
                yield Figure(head.scope, head.start, run[-1].end, known.least, known.most, documents)


class _Cells:
    """The cells of a table, by what they count, held against figures."""

    def __init__(self, question: Question, counts: Values) -> None:
        self.question, self.counts = question, counts
        self.far = 2 * sum(counts.values()) + 1000  # as good as no end
        self.whole = scopes.scope(question.measure, question.where)
        self.rows = {cell[0]: self._row(cell[0]) for cell in counts}
        self.periods = sorted({(one.start, one.end) for one in question.periods})
        self._relations: dict[object, tuple[set[Key], set[Key]]] = {}

    def _row(self, key: Key) -> Scope:
        facts = dict(zip(self.question.group, key, strict=True))
        return scopes.scope(self.question.measure, {**self.question.where, **facts})

    def told(self, one: Figure, others: Sequence[Figure]) -> Iterator[Sum]:
        """Yield what a figure tells: exactly what cells come to, or what they come to at least and at most."""
        touched, inside = self._touched(one), self._inside(one)
        covered = scopes.within(one.scope, self.whole) and self._covers(one)
        adds = len(inside) == 1 or not self.question.overlaps
        whole = bool(inside) and covered and adds and touched == inside
        if whole and one.middle is not None and sum(self.counts[cell] for cell in inside) in {
            one.middle, 2 * one.middle
        }:  # fmt: skip
            yield self._sum(inside, 0, 0, one.said)  # of one number or two, and how many there are may well be known
            return
        if whole and one.middle is None:
            yield self._sum(inside, one.least, one.most, one.said)
            return
        if covered and touched and one.least:
            yield self._sum(touched, one.least, None, one.said)
        for cells in [inside] if adds else [[cell] for cell in inside]:
            if cells and one.most is not None:
                whole = touched == inside and self._covers(one)
                yield from self._rest(one, cells, others, whole=whole)

    def _rest(self, one: Figure, cells: Sequence[Cell], others: Sequence[Figure], *, whole: bool) -> Iterator[Sum]:
        """What cells come to at most, as a part of a figure beside other parts of it that are public.

        Where those are all the rest there is, as an outsider may well guess, they tell how much it is, too.
        """
        besides = self._besides(one, cells, others)
        most = max(0, (one.most or 0) - besides.least)
        least = max(0, one.least - besides.most) if whole and besides.least and besides.most is not None else 0
        said = _said((one.said, besides.said))
        yield self._sum(cells, 0, most, said)
        if 0 < least <= sum(self.counts[cell] for cell in cells):
            yield self._sum(cells, least, None, said)

    def _sum(self, cells: Sequence[Cell], least: int, most: int | None, said: str) -> Sum:
        true = sum(self.counts[cell] for cell in cells)
        if least == most:
            least = most = true
        most = self.far if most is None else max(most, true)
        return Sum(dict.fromkeys(cells, 1), min(least, true), most, said)

    def _related(self, one: Figure) -> tuple[set[Key], set[Key]]:
        """The rows that a figure may share incidents with, and those it counts wholly."""
        known = frozenset(one.scope.items())
        if known not in self._relations:
            self._relations[known] = (
                {key for key, row in self.rows.items() if not scopes.apart(row, one.scope)},
                {key for key, row in self.rows.items() if scopes.within(row, one.scope)},
            )
        return self._relations[known]

    def _touched(self, one: Figure) -> list[Cell]:
        rows, days = self._related(one)[0], [at for at in self._days() if at[0] <= one.end and one.start <= at[1]]
        return self._named(rows, days)

    def _inside(self, one: Figure) -> list[Cell]:
        rows, days = self._related(one)[1], [at for at in self._days() if one.start <= at[0] and at[1] <= one.end]
        return self._named(rows, days)

    def _days(self) -> list[Days]:
        """The periods as days; what is open is a number of the last day, and of several periods no sum."""
        open_ = self.question.measure.gives.how is How.OPEN
        return [(end if open_ else start, end) for start, end in self.periods]

    def _named(self, rows: set[Key], days: Sequence[Days]) -> list[Cell]:
        wanted = {end for _, end in days}
        whole = [(start, end) for start, end in self.periods if end in wanted]
        return [cell for row in self.rows if row in rows for at in whole if (cell := (row, *at)) in self.counts]

    def _covers(self, one: Figure) -> bool:
        """Whether every day of a figure lies in a period of the table."""
        day = one.start
        for start, end in self._days():
            if start <= day <= end:
                day = end + DAY
        return day > one.end

    def _besides(self, whole: Figure, cells: Sequence[Cell], others: Sequence[Figure]) -> "Rest":
        """What is known to lie in a figure and in none of these cells: the same days, and other values of one fact."""
        by_fact: dict[str, dict[frozenset[str | None], Figure]] = {}
        for one in others:
            if (one.start, one.end) != (whole.start, whole.end) or len(one.scope) != len(whole.scope) + 1:
                continue
            if scopes.within(one.scope, whole.scope) and self._none_of(one, cells):
                (name,) = one.scope.keys() - whole.scope.keys()
                by_fact.setdefault(name, {})[one.scope[name]] = one
        found = [_apart(one) for one in by_fact.values()]
        return max(found, key=lambda one: one.least, default=Rest(0, 0, ""))

    def _none_of(self, one: Figure, cells: Iterable[Cell]) -> bool:
        return all(scopes.apart(self.rows[cell[0]], one.scope) for cell in cells)


@dataclass(frozen=True)
class Rest:
    """What is known of the other parts of a figure together, and from where."""

    least: int
    most: int | None
    said: str


def _apart(found: Mapping[frozenset[str | None], Figure]) -> Rest:
    """Add up what values of one fact have, each value once, the largest first."""
    taken, kept = set[str | None](), list[Figure]()
    for values, one in sorted(found.items(), key=lambda pair: -pair[1].least):
        if not taken & values:
            taken |= values
            kept.append(one)
    known = _added(Limits(one.least, one.most) for one in kept)
    return Rest(known.least, known.most, _said(one.said for one in kept))
