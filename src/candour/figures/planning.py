"""How a question is counted: which days of which period for which tier, and what coverage makes of each count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from candour.figures import counting, grouping, measures
from candour.figures.coverage import DAY, Knowledge, Span
from candour.figures.questions import Question
from candour.figures.statements import Filter, Key, Term
from candour.figures.values import How
from candour.incidents.facts import FACTS, Kind
from candour.ledger.coordinates import AsAt
from candour.rules import answers, years

Middles = Mapping[tuple[int, Key], float]
"""Medians by the place of a period and the key of a row."""

BEGINNING = date(1900, 1, 1)
"""From when on what is open may have been logged."""

MOMENTS = {fact.column: fact.name for fact in FACTS if fact.kind is Kind.DAY and fact.column != "logged_on"}
"""The facts by whose day a period may be decided, by their columns; that of logging is always known."""

NOT_STATED = "not stated"
"""How a group is named whose fact nobody stated."""

NONE_STATED = "no incident states a number"


@dataclass(frozen=True)
class Group:
    """One row: the facts that name it, and a cell for each period."""

    key: Mapping[str, str | None]
    cells: tuple[answers.Answer, ...]

    @property
    def name(self) -> str:
        return " · ".join(value or NOT_STATED for value in self.key.values())


@dataclass(frozen=True)
class Plan:
    """Which days of which period are counted for which tier, and what each count then means."""

    question: Question
    as_at: AsAt
    known: Knowledge

    @property
    def filter_(self) -> Filter:
        question, measure = self.question, self.question.measure
        return Filter(question.column, question.group, question.only, measure.standing, measure.value)

    @property
    def terms(self) -> list[Term]:
        """One term for each tier and part of a period that the register covers, and for what has no date."""
        return [*self.dated, *self.undated]

    @property
    def dated(self) -> list[Term]:
        return [
            Term(at, tier, span, self._end(self.question.periods[place]) if self.of_open else None)
            for at, (place, tier, span) in enumerate(self.parts)
        ]

    @property
    def undated(self) -> list[Term]:
        return [Term(counting.UNDATED, tier, None) for tier in self.tiers]

    @property
    def of_open(self) -> bool:
        """Whether the measure counts what is open at the end of a period."""
        return self.question.measure.gives.how is How.OPEN

    @property
    def beside(self) -> str | None:
        """A fact that the table is filtered by, of which one reading tells also for how many incidents it is known.

        A table in whose rows an incident may stand several times does not tell that.
        """
        facts = sorted(set(self.question.only) - {"tier"})
        return None if self.question.overlaps or not facts else facts[0]

    def _end(self, period: years.Period) -> date:
        """The last day of a period that is not to come."""
        return min(period.end, self.as_at.day)

    @cached_property
    def parts(self) -> list[tuple[int, str, Span]]:
        """What is counted apart: the place of a period, a tier, and days that are covered wholly or not at all."""
        question = self.question
        return [
            (place, tier, part)
            for place, period in enumerate(question.periods)
            if period.start <= self.as_at.day
            for tier in self.tiers
            for part in self.known.parts(
                question.measure.slug, tier, question.only, question.group, self._days(period), self._uses
            )
        ]

    def _days(self, period: years.Period) -> Span:
        """The days on which what a period counts was logged (or whatever else is the basis)."""
        return Span(BEGINNING if self.of_open else period.start, self._end(period))

    def covers(self, row: counting.Count) -> bool:
        """Say whether what was counted lies in days that the register covers for its own group."""
        place, _, part = self.parts[row.place]
        return self.covers_days(place, row.tier, part, row.key)

    def covers_days(self, place: int, tier: str, part: Span, key: Key) -> bool:
        """Say whether the register covers days of a period for a tier and a row of the table.

        Of what is open at the end of a period there is no number unless that end is covered, too.
        """
        spans = self._covered(tier, self._facts(key))
        if spans is None:
            return True
        end = self._end(self.question.periods[place])
        days = (part, Span(end, end)) if self.of_open else (part,)
        return all(any(one.within(span) == one for span in spans) for one in days)

    def covered(self, counts: Sequence[counting.Count]) -> list[Term]:
        """The terms again, each without the rows of the table that its days do not cover."""
        out: dict[int, list[Key]] = {}
        for row in counts:
            if row.place != counting.UNDATED and not self.covers(row):
                out.setdefault(row.place, []).append(row.key)
        return [replace(term, without=tuple(out.get(term.place, ()))) for term in self.dated]

    def of_row(self, key: Key) -> list[Term]:
        """The terms whose days the register covers for one row of the table."""
        parts = zip(self.dated, self.parts, strict=True)
        return [term for term, (place, tier, part) in parts if self.covers_days(place, tier, part, key)]

    def _facts(self, key: Key) -> dict[str, str]:
        named = zip(self.question.group, key, strict=True)
        return {**self.question.only, **{name: value for name, value in named if value}}

    @property
    def tiers(self) -> tuple[str, ...]:
        asked = self.question.only.get("tier")
        return tuple(tier for tier in self.question.measure.tiers if asked in {None, tier})

    def _covered(self, tier: str, facts: Mapping[str, str]) -> tuple[Span, ...] | None:
        """The days covered for a tier and facts: worked out once, though every count of a row asks."""
        asked = tier, frozenset(facts.items())
        if asked not in self._spans:
            self._spans[asked] = self.known.spans(self.question.measure.slug, tier, facts, self._uses)
        return self._spans[asked]

    @cached_property
    def _spans(self) -> dict[tuple[str, frozenset[tuple[str, str]]], tuple[Span, ...] | None]:
        return {}

    @property
    def _uses(self) -> tuple[str, ...]:
        """The fact whose numbers the measure takes, and the moment that decides the period.

        Where one of them was not recorded, there is no number.
        """
        names = (self.question.measure.gives.fact, MOMENTS.get(self.question.column))
        return tuple(name for name in names if name)

    def groups(self, counts: Iterable[counting.Count], middles: Middles) -> list[Group]:
        by_key: dict[Key, dict[tuple[int, str], counting.Count]] = {key: {} for key in self._expected()}
        merged: dict[tuple[Key, int, str], counting.Count] = {}
        for row in counts:
            place = (row.key, self.parts[row.place][0], row.tier)
            merged[place] = _added(merged[place], row) if place in merged else row
        for (key, period, tier), row in merged.items():
            by_key.setdefault(key, {})[period, tier] = row
        return [self._group(key, by_key[key], middles) for key in sorted(by_key, key=self._order)]

    def _expected(self) -> list[Key]:
        """The rows that stand in the table also when nothing is in them: the one row, or every tier."""
        if not self.question.group:
            return [()]
        return [(tier,) for tier in self.tiers] if self.question.group == ("tier",) else []

    def _order(self, key: Key) -> tuple[object, ...]:
        return tuple(grouping.rank(name, value) for name, value in zip(self.question.group, key, strict=True))

    def _group(self, key: Key, found: Mapping[tuple[int, str], counting.Count], middles: Middles) -> Group:
        named = dict(zip(self.question.group, key, strict=True))
        mine = (named["tier"] or "",) if "tier" in named else self.tiers
        cells = []
        for place, period in enumerate(self.question.periods):
            answer = self._cell(period, [(tier, found.get((place, tier))) for tier in mine], self._facts(key))
            if self.question.measure.gives.how is How.MEDIAN:
                answer = _middle(answer, middles.get((place, key)))
            cells.append(self._told(answer, period))
        return Group(named, tuple(cells))

    def _cell(
        self, period: years.Period, parts: Sequence[tuple[str, counting.Count | None]], facts: Mapping[str, str]
    ) -> answers.Answer:
        if period.start > self.as_at.day:
            return answers.NotApplicable(note="not yet")
        found = [self._part(period, tier, count, facts) for tier, count in parts]
        if len(found) == 1:
            return found[0]
        return answers.total(found, [measures.OF_TIER.get(tier, tier) for tier, _ in parts])

    def _part(
        self, period: years.Period, tier: str, count: counting.Count | None, facts: Mapping[str, str]
    ) -> answers.Answer:
        """What coverage makes of a count (interfaces, "Coverage decides the cells"); what is open, on the last day."""
        value = self._value(count)
        spans = self._covered(tier, facts)
        if spans is None:
            return (
                answers.Held(value, note="coverage not stated") if value else self._unknown(period, tier, None, facts)
            )
        whole = Span(self._end(period), self._end(period)) if self.of_open else Span(period.start, period.end)
        inside = [part for span in spans if (part := span.within(whole))]
        if not inside:
            later = [span.start for span in spans if span.start > period.end]
            return self._unknown(period, tier, min(later, default=None), facts)
        if inside == [whole]:
            return answers.Held(value)
        return _partly(value, inside, whole)

    def _value(self, count: counting.Count | None) -> int:
        """The number of a part; of a median how many state one, for its number is not made of parts."""
        if count is None:
            return 0
        how = self.question.measure.gives.how
        return {How.SUM: count.amount, How.MEDIAN: count.stating}.get(how, count.incidents)

    def _unknown(self, period: years.Period, tier: str, since: date | None, facts: Mapping[str, str]) -> answers.Answer:
        search = self.known.search(tier, period, facts, self.question.measure.slug)
        if search is None:
            return answers.NotInRegister(since)
        return answers.NotHeld(f"{search.places}, on {years.spoken(search.searched_on)}")

    def _told(self, answer: answers.Answer, period: years.Period) -> answers.Answer:
        """Add what the day and an earlier statement say about a cell; a statement fills only what is not covered."""
        if period.start > self.as_at.day:
            return answer
        of_all = not (self.question.group or self.question.where)
        statement = self.known.statement(self.question.measure.slug, period, self.as_at.day) if of_all else None
        if isinstance(answer, answers.NotInRegister | answers.NotHeld):
            if statement is None:
                return answer
            source = {"what": statement.document, "said_on": statement.said_on.isoformat()}
            return answers.Held(statement.value, source=source, note=f"as published: {statement.document}")
        if statement is not None and statement.value != answer.value:
            said = f"{statement.document} said {statement.value} on {years.spoken(statement.said_on)}"
            answer = replace(answer, note=_both(answer.note, said))
        if self.as_at.day < period.end:
            answer = replace(answer, note=_both(f"to {years.spoken(self.as_at.day)}", answer.note))
        return answer


def _middle(answer: answers.Answer, median: float | None) -> answers.Answer:
    """Put the median in the place of how many state a number; where none does there is no middle one."""
    if answer.value is None:
        return answer
    if median is None:
        return answers.NotApplicable(note=_both(NONE_STATED, answer.note))
    return replace(answer, value=int(median) if median == int(median) else median)


def _both(first: str | None, second: str | None) -> str:
    return "; ".join(note for note in (first, second) if note)


def _added(first: counting.Count, second: counting.Count) -> counting.Count:
    return replace(
        first,
        incidents=first.incidents + second.incidents,
        amount=first.amount + second.amount,
        stating=first.stating + second.stating,
    )


def _partly(value: int, inside: Sequence[Span], whole: Span) -> answers.Answer:
    first, last = inside[0].start, inside[-1].end
    gaps = [
        f"nothing from {years.spoken(before.end + DAY)} to {years.spoken(after.start - DAY)}"
        for before, after in pairwise(inside)
    ]
    since, until = (first if first > whole.start else None), (last if last < whole.end else None)
    return answers.HeldSince(value, since, until, note="; ".join(gaps) or None)
