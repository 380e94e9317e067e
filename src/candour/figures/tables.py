"""A table: every cell with its state, and the table with everything that is needed to make it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from candour.figures import counting, measures
from candour.figures.coverage import DAY, Knowledge, Span, knowledge
from candour.figures.questions import Question
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.rules import answers, tiers, years

NOT_STATED = "not stated"
"""How a group is named whose fact nobody stated."""

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Group:
    """One row: the facts that name it, and a cell for each period."""

    key: Mapping[str, str | None]
    cells: tuple[answers.Answer, ...]

    @property
    def name(self) -> str:
        return " · ".join(value or NOT_STATED for value in self.key.values())


@dataclass(frozen=True)
class Table:
    """What was asked, at which coordinates, and what the register answers."""

    question: Question
    as_at: AsAt
    digest: str
    groups: tuple[Group, ...]
    reconstructed: bool
    date_not_known: int
    breaks: tuple[dict[str, str], ...]
    completeness: Mapping[str, dict[str, int]]
    training: bool = False

    @property
    def measure(self) -> measures.Measure:
        return self.question.measure

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `figures`; `training` besides, where the body is for practice."""
        periods = self.question.periods
        return {
            **({"training": True} if self.training else {}),
            "measure": self.measure.slug,
            "title": self.measure.title,
            "definition_version": self.measure.version,
            "counting_rule_version": measures.COUNTING_RULE_VERSION,
            "unit": self.measure.unit,
            "basis": self.question.basis,
            "as_at": self.as_at.day.isoformat(),
            "reconstructed": self.reconstructed,
            "ledger_number": self.as_at.number,
            "digest": self.digest,
            "where": dict(self.question.where),
            "groups": [
                {"key": dict(group.key), "cells": [_cell(*pair) for pair in zip(periods, group.cells, strict=True)]}
                for group in self.groups
            ],
            "date_not_known": self.date_not_known,
            "breaks": list(self.breaks),
            "completeness": {name: dict(counts) for name, counts in self.completeness.items()},
        }


def _cell(period: years.Period, answer: answers.Answer) -> dict[str, Any]:
    days = {"period": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return days | ({"part": True} if period.part else {}) | answer.as_json()


def table(body: int, question: Question, as_at: AsAt) -> Table:
    """Answer a question at two coordinates; the same question and coordinates give the same table for ever."""
    known = knowledge(body, as_at.number)
    plan = _Plan(question, as_at, known)
    filter_ = counting.Filter(question.column, question.group, question.where, question.measure.standing)
    counts = counting.count(body, plan.terms(), filter_, as_at)
    dated = [row for row in counts if row.place != counting.UNDATED and plan.covers(row)]
    end_of_day = ledger.number_at_end_of(body, as_at.day)
    return Table(
        question,
        as_at,
        ledger.digest(body, as_at.number),
        tuple(plan.groups(dated)),
        reconstructed=any(row.latest > end_of_day for row in dated),
        date_not_known=sum(row.incidents for row in counts if row.place == counting.UNDATED),
        breaks=_breaks(question, known),
        completeness=_completeness(question, dated),
        training=organisation.practice(body) is not None,
    )


def _breaks(question: Question, known: Knowledge) -> tuple[dict[str, str], ...]:
    first, last = question.periods[0].start, question.periods[-1].end
    rows = known.breaks_of(question.measure, first, last)
    return tuple({"measure": row.measure, "day": row.day.isoformat(), "note": row.note} for row in rows)


def _completeness(question: Question, counts: Sequence[counting.Count]) -> dict[str, dict[str, int]]:
    """For each fact the table rests on: known for how many of how many incidents."""
    of = sum(row.incidents for row in counts)
    known = {
        name: sum(row.incidents for row in counts if row.key[place] is not None)
        for place, name in enumerate(question.group)
    }
    if "tier" in known or len(question.measure.tiers) > 1:
        known["tier"] = sum(row.incidents for row in counts if row.tier != tiers.UNDETERMINED)
    if question.measure.unit == "people":
        known["people_affected"] = sum(row.stating for row in counts)
    return {name: {"known": count, "of": of} for name, count in sorted(known.items())}


@dataclass(frozen=True)
class _Plan:
    """How a question is counted: which days of which period for which tier, and what each count then means."""

    question: Question
    as_at: AsAt
    known: Knowledge

    def terms(self) -> list[counting.Term]:
        """One term for each tier and part of a period that the register covers, and for what has no date."""
        dated = [counting.Term(at, tier, span) for at, (_, tier, span) in enumerate(self.parts)]
        return [*dated, *(counting.Term(counting.UNDATED, tier, None) for tier in self.tiers)]

    @cached_property
    def parts(self) -> list[tuple[int, str, Span]]:
        """What is counted apart: the place of a period, a tier, and days that are covered wholly or not at all."""
        question = self.question
        return [
            (place, tier, part)
            for place, period in enumerate(question.periods)
            for tier in self.tiers
            for part in self.known.parts(
                question.measure.slug, tier, question.where, question.group, Span(period.start, period.end)
            )
        ]

    def covers(self, row: counting.Count) -> bool:
        """Say whether what was counted lies in days that the register covers for its own group."""
        _, _, part = self.parts[row.place]
        spans = self._covered(row.tier, self._facts(row.key))
        return spans is None or any(part.within(span) == part for span in spans)

    def _facts(self, key: Key) -> dict[str, str]:
        named = zip(self.question.group, key, strict=True)
        return {**self.question.where, **{name: value for name, value in named if value}}

    @property
    def tiers(self) -> tuple[str, ...]:
        asked = self.question.where.get("tier")
        return tuple(tier for tier in self.question.measure.tiers if asked in {None, tier})

    def _covered(self, tier: str, facts: Mapping[str, str]) -> tuple[Span, ...] | None:
        return self.known.spans(self.question.measure.slug, tier, facts)

    def groups(self, counts: Iterable[counting.Count]) -> list[Group]:
        by_key: dict[Key, dict[tuple[int, str], counting.Count]] = {key: {} for key in self._expected()}
        merged: dict[tuple[Key, int, str], counting.Count] = {}
        for row in counts:
            place = (row.key, self.parts[row.place][0], row.tier)
            merged[place] = _added(merged[place], row) if place in merged else row
        for (key, period, tier), row in merged.items():
            by_key.setdefault(key, {})[period, tier] = row
        return [self._group(key, by_key[key]) for key in sorted(by_key, key=self._order)]

    def _expected(self) -> list[Key]:
        """The rows that stand in the table also when nothing is in them: the one row, or every tier."""
        if not self.question.group:
            return [()]
        return [(tier,) for tier in self.tiers] if self.question.group == ("tier",) else []

    def _order(self, key: Key) -> tuple[object, ...]:
        ranks = {tier: rank for rank, tier in enumerate(tiers.TIERS)}
        return tuple((value is None, ranks.get(value or "", len(ranks)), value or "") for value in key)

    def _group(self, key: Key, found: Mapping[tuple[int, str], counting.Count]) -> Group:
        named = dict(zip(self.question.group, key, strict=True))
        mine = (named["tier"] or "",) if "tier" in named else self.tiers
        cells = tuple(
            self._cell(period, [(tier, found.get((place, tier))) for tier in mine], self._facts(key))
            for place, period in enumerate(self.question.periods)
        )
        return Group(named, cells)

    def _cell(
        self, period: years.Period, parts: Sequence[tuple[str, counting.Count | None]], facts: Mapping[str, str]
    ) -> answers.Answer:
        if period.start > self.as_at.day:
            return answers.NotApplicable(note="not yet")
        found = [self._part(period, tier, count, facts) for tier, count in parts]
        if len(found) == 1:
            answer = found[0]
        else:
            answer = answers.total(found, [measures.OF_TIER.get(tier, tier) for tier, _ in parts])
        return self._told(answer, period)

    def _part(
        self, period: years.Period, tier: str, count: counting.Count | None, facts: Mapping[str, str]
    ) -> answers.Answer:
        """What coverage makes of a count (interfaces, "Coverage decides the cells")."""
        value = self._value(count)
        spans = self._covered(tier, facts)
        if spans is None:
            return (
                answers.Held(value, note="coverage not stated") if value else self._unknown(period, tier, None, facts)
            )
        whole = Span(period.start, period.end)
        inside = [part for span in spans if (part := span.within(whole))]
        if not inside:
            return self._unknown(period, tier, min(spans).start if spans else None, facts)
        if inside == [whole]:
            return answers.Held(value)
        return _partly(value, inside, whole)

    def _value(self, count: counting.Count | None) -> int:
        if count is None:
            return 0
        return count.people if self.question.measure.unit == "people" else count.incidents

    def _unknown(self, period: years.Period, tier: str, since: Any, facts: Mapping[str, str]) -> answers.Answer:
        search = self.known.search(tier, period, facts, self.question.measure.slug)
        if search is None:
            return answers.NotInRegister(since)
        return answers.NotHeld(f"{search.places}, on {years.spoken(search.searched_on)}")

    def _told(self, answer: answers.Answer, period: years.Period) -> answers.Answer:
        """Add what the day and an earlier statement say about a cell; a statement fills only what is not covered."""
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


def _both(first: str | None, second: str | None) -> str:
    return "; ".join(note for note in (first, second) if note)


def _added(first: counting.Count, second: counting.Count) -> counting.Count:
    return replace(
        first,
        incidents=first.incidents + second.incidents,
        people=first.people + second.people,
        stating=first.stating + second.stating,
        latest=max(first.latest, second.latest),
    )


def _partly(value: int, inside: Sequence[Span], whole: Span) -> answers.Answer:
    first, last = inside[0].start, inside[-1].end
    gaps = [
        f"nothing from {years.spoken(before.end + DAY)} to {years.spoken(after.start - DAY)}"
        for before, after in pairwise(inside)
    ]
    since, until = (first if first > whole.start else None), (last if last < whole.end else None)
    return answers.HeldSince(value, since, until, note="; ".join(gaps) or None)
