"""A table: every cell with its state, and the table with everything that is needed to make it again."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from candour.figures import counting, measures, recorded, statements
from candour.figures.coverage import Knowledge, knowledge
from candour.figures.planning import NOT_STATED, Group, Middles, Plan
from candour.figures.questions import Question
from candour.figures.values import How
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.rules import answers, tiers, years
from candour.rules.disclosure_control.control import Control

if TYPE_CHECKING:
    from candour.figures.merges import Merge

__all__ = ["NOT_STATED", "Group", "Table", "table"]


@dataclass(frozen=True)
class Table:
    """What was asked, at which coordinates, and what the register answers.

    `merged`: which rows and periods were merged, one after the other (see merges.py), `unmerged`: the table before.
    """

    question: Question
    as_at: AsAt
    digest: str
    groups: tuple[Group, ...]
    reconstructed: bool
    date_not_known: int
    breaks: tuple[dict[str, str], ...]
    completeness: Mapping[str, dict[str, int]]
    training: bool = False
    control: Control | None = None
    coverage: tuple[recorded.Recorded, ...] = ()
    early: tuple[recorded.Early, ...] = ()
    merged: "tuple[Merge, ...]" = ()
    unmerged: "Table | None" = None

    @property
    def measure(self) -> measures.Measure:
        return self.question.measure

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `figures`; besides, `training` of a body for practice, and how it was protected."""
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
            "coverage": [one.as_json() for one in self.coverage],
            "before_coverage": [one.as_json() for one in self.early],
            "breaks": list(self.breaks),
            "completeness": {name: dict(counts) for name, counts in self.completeness.items()},
            **({"merged": [str(merge) for merge in self.merged]} if self.merged else {}),
            **({"disclosure_control": self.control.as_json()} if self.control else {}),
        }


def _cell(period: years.Period, answer: answers.Answer) -> dict[str, Any]:
    days = {"period": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return days | ({"part": True} if period.part else {}) | answer.as_json()


@dataclass(frozen=True)
class Ground:
    """What every table of a body rests on at one ledger number: what it knows of its own knowing, and the digest."""

    known: Knowledge
    digest: str
    training: bool


def ground(body: int, number: int) -> Ground:
    """Return what tables of a body rest on, to be handed to several of them; six queries."""
    return Ground(knowledge(body, number), ledger.digest(body, number), organisation.practice(body) is not None)


def table(body: int, question: Question, as_at: AsAt, on: Ground | None = None) -> Table:
    """Answer a question at two coordinates; the same question and coordinates give the same table for ever.

    `on`: what tables at this ledger number rest on, where several are made.
    """
    on = on or ground(body, as_at.number)
    known = on.known
    plan = Plan(question, as_at, known)
    filter_ = plan.filter_
    asked = replace(filter_, beside=plan.beside)
    read = counting.count(body, [*plan.terms, *recorded.outside(plan)], asked, as_at)
    found = [row for row in read if row.incidents or not row.beside]
    counts = [row for row in found if row.place < len(plan.parts)]
    dated = [row for row in counts if row.place != counting.UNDATED and plan.covers(row)]
    covered = plan.covered(counts)
    return Table(
        question,
        as_at,
        on.digest,
        tuple(plan.groups(dated, _middles(body, plan, covered))),
        reconstructed=counting.known_otherwise(body, covered, filter_, as_at, counts),
        date_not_known=_undated(body, plan, counts),
        breaks=_breaks(question, known),
        completeness=dict(sorted({**_completeness(body, plan, dated, covered), **_beside(plan, read)}.items())),
        training=on.training,
        coverage=recorded.recorded(plan),
        early=recorded.early(plan, found),
    )


def _middles(body: int, plan: Plan, covered: Sequence[statements.Term]) -> Middles:
    """The medians, by the place of a period and row; none where the measure asks for none."""
    if plan.question.measure.gives.how is not How.MEDIAN:
        return {}
    terms = [replace(term, place=plan.parts[term.place][0]) for term in covered]
    return counting.middles([statements.Rows("v", body, term, plan.filter_, plan.as_at) for term in terms])


def _undated(body: int, plan: Plan, counts: Sequence[counting.Count]) -> int:
    if plan.question.overlaps:
        return counting.known(body, plan.undated, plan.filter_, (), plan.as_at)[0]
    return sum(row.incidents for row in counts if row.place == counting.UNDATED)


def _breaks(question: Question, known: Knowledge) -> tuple[dict[str, str], ...]:
    first, last = question.periods[0].start, question.periods[-1].end
    rows = known.breaks_of(question.measure, first, last)
    return tuple({"measure": row.measure, "day": row.day.isoformat(), "note": row.note} for row in rows)


def _completeness(
    body: int, plan: Plan, counts: Sequence[counting.Count], covered: Sequence[statements.Term]
) -> dict[str, dict[str, int]]:
    """For each fact the table rests on: known for how many of how many incidents.

    A fact that is filtered by is looked for among what the other filters leave.
    """
    question = plan.question
    found = _of_rows(question, counts)
    if question.overlaps:
        names = tuple(found)
        of, *known = counting.known(body, covered, plan.filter_, names, plan.as_at)
        found = {name: {"known": one, "of": of} for name, one in zip(names, known, strict=True)}
    for name in set(question.only) - {"tier", plan.beside}:
        others = {other: value for other, value in question.only.items() if other != name}
        wider = replace(plan.filter_, where=others)
        terms = plan.covered(counting.count(body, plan.dated, wider, plan.as_at, most=sys.maxsize))
        of, known_ = counting.known(body, terms, wider, (name,), plan.as_at)
        found[name] = {"known": known_, "of": of}
    return found


def _beside(plan: Plan, read: Sequence[counting.Count]) -> dict[str, dict[str, int]]:
    """For how many the fact is known that was looked at beside."""
    if plan.beside is None:
        return {}
    rows = [row.beside for row in read if 0 <= row.place < len(plan.parts) and row.beside and plan.covers(row)]
    of, known_ = (sum(row[at] for row in rows) for at in (0, 1))
    return {plan.beside: {"known": known_, "of": of}}


def _of_rows(question: Question, counts: Sequence[counting.Count]) -> dict[str, dict[str, int]]:
    of = sum(row.incidents for row in counts)
    known = {
        name: sum(row.incidents for row in counts if row.key[place] is not None)
        for place, name in enumerate(question.group)
    }
    if "tier" in known or len(question.measure.tiers) > 1:
        known["tier"] = sum(row.incidents for row in counts if row.tier != tiers.UNDETERMINED)
    if fact := question.measure.gives.fact:
        known[fact] = sum(row.stating for row in counts)
    return {name: {"known": count, "of": of} for name, count in known.items()}
