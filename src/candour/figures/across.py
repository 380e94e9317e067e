"""Several bodies side by side: each under its own coverage at its own ledger number, all counted by one statement.

So a sponsor sees its bodies, and a body those that came before it, as separate lines with a total that says what it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from candour.figures import counting, grouping, statements
from candour.figures.coverage import Knowledge, of_bodies
from candour.figures.planning import Plan
from candour.figures.questions import Question
from candour.figures.statements import Rows, Statement, Term
from candour.figures.values import How
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Body
from candour.rules import answers, years
from candour.rules.refusals import WrongInput

Days = tuple[date, date]
"""A first and a last day, both inclusive."""


@dataclass(frozen=True)
class Line:
    """One body of a table: read at its own ledger number, for some days only (none: for all), and why so."""

    body: Body
    number: int
    days: tuple[Days, ...] = ()
    outside: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table, counted: a cell for each period."""

    line: Line
    digest: str
    cells: tuple[answers.Answer, ...]

    def as_json(self, periods: Sequence[years.Period]) -> dict[str, Any]:
        body = self.line.body
        days = [{"from": first.isoformat(), "to": last.isoformat()} for first, last in self.line.days]
        coordinates = {"ledger_number": self.line.number, "digest": self.digest, "days": days}
        cells = [_cell(*pair) for pair in zip(periods, self.cells, strict=True)]
        return {"body": body.slug, "name": body.name, **coordinates, "note": self.line.note or None, "cells": cells}


@dataclass(frozen=True)
class Broken:
    """A day from which one body's figures compare with its earlier ones only with care, and why."""

    body: Body
    day: date
    note: str

    def as_json(self) -> dict[str, str]:
        return {"body": self.body.slug, "day": self.day.isoformat(), "note": self.note}


@dataclass(frozen=True)
class Across:
    """A table of bodies, with the total of each period; it names what the total lacks."""

    question: Question
    day: date
    rows: tuple[Row, ...]
    total: tuple[answers.Answer, ...]
    breaks: tuple[Broken, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give the measure and its basis, the day, each body with its own coordinates, and the total."""
        measure, periods = self.question.measure, self.question.periods
        return {
            "measure": measure.slug,
            "title": measure.title,
            "definition_version": measure.version,
            "unit": measure.unit,
            "basis": self.question.basis,
            "as_at": self.day.isoformat(),
            "where": dict(self.question.where),
            "bodies": [row.as_json(periods) for row in self.rows],
            "breaks": [one.as_json() for one in self.breaks],
            "total": [_cell(*pair) for pair in zip(periods, self.total, strict=True)],
        }


def _cell(period: years.Period, answer: answers.Answer) -> dict[str, Any]:
    days = {"period": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return days | answer.as_json()


def across(lines: Sequence[Line], question: Question, day: date) -> Across:
    """Count a measure for several bodies as at a day, each at its own ledger number; one statement counts them all.

    WrongInput for what cannot stand side by side: a grouped table, a median, a filter by the code of a scheme.
    """
    _check(question)
    numbers = {line.body.pk: line.number for line in lines}
    known, digests = of_bodies(numbers), ledger.digests(numbers)
    plans = {line.body.pk: _plan(line, question, day, known[line.body.pk]) for line in lines}
    counts = _counted(numbers, plans)
    rows = tuple(
        Row(line, digests[line.body.pk], tuple(_cells(line, question, plans[line.body.pk], counts))) for line in lines
    )
    names = [line.body.name for line in lines]
    total = tuple(
        answers.total([row.cells[at] for row in rows], names) if rows else answers.NotInRegister()
        for at in range(len(question.periods))
    )
    breaks = tuple(broken for line in lines for broken in _breaks(line, question, known[line.body.pk]))
    return Across(question, day, rows, total, breaks)


def _breaks(line: Line, question: Question, known: Knowledge) -> Iterator[Broken]:
    """The breaks of one body that the table spans, in the days for which it stands in it."""
    first, last = question.periods[0].start, question.periods[-1].end
    for row in known.breaks_of(question.measure, first, last):
        if not line.days or any(start < row.day <= end for start, end in line.days):
            yield Broken(line.body, row.day, row.note)


def _check(question: Question) -> None:
    if question.group:
        raise WrongInput("a table of bodies has one line for each body; it cannot be grouped besides")
    if question.measure.gives.how is How.MEDIAN:
        raise WrongInput(f"{question.measure.slug} is a middle value; those of several bodies have no total")
    coded = [name for name in question.only if grouping.scheme(name)]
    if coded:
        raise WrongInput(f"{coded[0]} is the code of a scheme, by which several bodies cannot be filtered at once")


def _plan(line: Line, question: Question, day: date, known: Knowledge) -> Plan | None:
    """How one body is counted: its periods cut to the days it stands in the table for; None where none is left."""
    cut = tuple(part for period in question.periods if (part := _within(period, line.days)))
    if not cut:
        return None
    return Plan(replace(question, periods=cut), AsAt(day, line.number), known)


def _within(period: years.Period, days: Sequence[Days]) -> years.Period | None:
    """The part of a period in which a body stands in the table; the first such, where there are several."""
    if not days:
        return period
    parts = [(max(first, period.start), min(last, period.end)) for first, last in days]
    found = next(((first, last) for first, last in parts if first <= last), None)
    return replace(period, start=found[0], end=found[1]) if found else None


@dataclass
class _Everywhere(Rows):
    """The versions that a term counts in several bodies, each as known at its own ledger number."""

    numbers: Mapping[int, int] = field(default_factory=dict)

    def _incident(self) -> tuple[list[str], list[Any]]:
        conditions, held = super()._incident()
        bodies = ", ".join("%s" for _ in self.numbers)
        return [f"{self.alias}.body in ({bodies})", *conditions[1:]], [*self.numbers, *held[1:]]

    def _known(self) -> tuple[list[str], list[Any]]:
        v, day = self.alias, self.at.day
        whens = " ".join("when %s then %s" for _ in self.numbers)
        number = f"case {v}.body {whens} end"
        own = [value for pair in self.numbers.items() for value in pair]
        conditions = [f"{v}.held_from <= %s", f"{v}.held_until > %s", f"{v}.opened <= {number}"]
        return [*conditions, f"({v}.closed is null or {v}.closed > {number})"], [day, day, *own, *own]


def _counted(numbers: Mapping[int, int], plans: Mapping[int, Plan | None]) -> dict[int, list[counting.Count]]:
    """Count every body's own terms; terms that bodies share are one select over all of them."""
    shared: dict[Term, dict[int, int]] = {}
    for body, plan in plans.items():
        for term in plan.dated if plan else ():
            shared.setdefault(replace(term, place=0), {})[body] = term.place
    terms = list(shared)
    found: dict[int, list[counting.Count]] = {body: [] for body in plans}
    some = next((plan for plan in plans.values() if plan), None)
    for start in range(0, len(terms) if some else 0, counting.AT_ONCE):
        selects = [
            _select(numbers, shared[term], replace(term, place=at), some)
            for at, term in enumerate(terms[start : start + counting.AT_ONCE], start)
        ]
        for place, body, tier, incidents, amount, stating in counting.asked(statements.together(selects)):
            own = shared[terms[place]][body]
            found[body].append(counting.Count(own, tier, (), incidents, int(amount or 0), stating))
    return found


def _select(numbers: Mapping[int, int], bodies: Iterable[int], term: Term, some: Any) -> Statement:
    own = {body: numbers[body] for body in bodies}
    rows = _Everywhere("v", 0, term, some.filter_, some.as_at, numbers=own)
    sql, held = rows.sql()
    value = rows.value
    amount = "0, 0" if value == "1" else f"sum({value}), count({value})"
    select = f"select {term.place} as place, v.body, v.tier, count(*), {amount}"
    return f"{select} from {sql} group by v.body, v.tier", held


def _cells(
    line: Line, question: Question, plan: Plan | None, counts: Mapping[int, list[counting.Count]]
) -> Iterator[answers.Answer]:
    """A cell for each period asked about; outside a body's days there is nothing of it to show."""
    groups = plan.groups(counts[line.body.pk], {}) if plan else []
    answered = iter(groups[0].cells if groups else ())
    cut = iter(plan.question.periods if plan else ())
    for period in question.periods:
        if _within(period, line.days) is None:
            yield answers.NotApplicable(note=line.outside or None)
        else:
            yield _of_part(next(answered), period, next(cut))


def _of_part(answer: answers.Answer, period: years.Period, part: years.Period) -> answers.Answer:
    """What is held of a part of a period says which."""
    since = part.start if part.start > period.start else None
    until = part.end if part.end < period.end else None
    if isinstance(answer, answers.HeldSince):
        return replace(answer, since=answer.since or since, until=answer.until or until)
    if isinstance(answer, answers.Held) and (since or until):
        return answers.HeldSince(answer.value, since, until, note=answer.note, source=answer.source)
    return answer
