"""Several bodies side by side: each under its own coverage at its own ledger number, all counted by one statement.

So a sponsor sees its bodies, and a body those that came before it, as separate lines with a total that says what it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from candour.figures import counting, everywhere, grouping, named, recorded
from candour.figures.coverage import DAY, Knowledge, of_bodies
from candour.figures.planning import Middles, Plan
from candour.figures.questions import Question
from candour.figures.values import How
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.models import Body
from candour.rules import answers, schemes, years
from candour.rules.refusals import WrongInput

Days = tuple[date, date]
"""A first and a last day, both inclusive."""

NO_TOTAL = "the middle of several bodies is not made of their middles"
LATE = "dated after its last day in its own register"


@dataclass(frozen=True)
class Line:
    """One body of a table: read at its own ledger number, for some days only (none: for all), and why so.

    `ended`: it ended after its days, and what its register holds from later on is counted all the same. `elsewhere`:
    who has its figures, which are not counted here.
    """

    body: Body
    number: int
    days: tuple[Days, ...] = ()
    outside: str = ""
    note: str = ""
    ended: bool = False
    elsewhere: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table, counted: a cell for each period, and what its coverage leaves out."""

    line: Line
    digest: str
    cells: tuple[answers.Answer, ...]
    early: tuple[recorded.Early, ...] = ()

    def as_json(self, periods: Sequence[years.Period]) -> dict[str, Any]:
        body = self.line.body
        days = [{"from": first.isoformat(), "to": last.isoformat()} for first, last in self.line.days]
        coordinates = {"ledger_number": self.line.number, "digest": self.digest, "days": days}
        cells = [_cell(*pair) for pair in zip(periods, self.cells, strict=True)]
        said = {"note": self.line.note or None, "before_coverage": [one.as_json() for one in self.early]}
        return {"body": body.slug, "name": body.name, **coordinates, **said, "cells": cells}


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
    """A table of bodies, with the total of each period; it names what the total lacks.

    `training`: a body of it is made for practice.
    """

    question: Question
    day: date
    rows: tuple[Row, ...]
    total: tuple[answers.Answer, ...]
    breaks: tuple[Broken, ...] = ()
    training: bool = False

    def as_json(self) -> dict[str, Any]:
        """Give the measure and its basis, the day, each body with its own coordinates, and the total."""
        measure, periods = self.question.measure, self.question.periods
        return {
            **({"training": True} if self.training else {}),
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

    WrongInput for what cannot stand side by side: a grouped table, a filter by the code of a body's own scheme. The
    middle values of several bodies have no total.
    """
    _check(question)
    numbers = {line.body.pk: line.number for line in lines}
    named.require(numbers, question.where)
    known, digests = of_bodies(numbers), ledger.digests(numbers)
    plans = {line.body.pk: plan for line in lines if (plan := _plan(line, question, day, known[line.body.pk]))}
    counts = everywhere.counted(numbers, plans)
    middles = everywhere.middles(plans, counts)
    rows = tuple(_row(line, digests[line.body.pk], question, plans, counts, middles) for line in lines)
    breaks = tuple(broken for line in lines for broken in _breaks(line, question, known[line.body.pk]))
    training = bool(organisation.practices() & numbers.keys())
    return Across(question, day, rows, tuple(_total(rows, question)), breaks, training)


def _row(
    line: Line,
    digest: str,
    question: Question,
    plans: Mapping[int, Plan],
    counts: Mapping[int, Sequence[counting.Count]],
    middles: Mapping[int, Middles],
) -> Row:
    body, plan = line.body.pk, plans.get(line.body.pk)
    if plan is None:
        return Row(line, digest, tuple(_cells(line, question, ())))
    inside = [row for row in counts[body] if row.place < len(plan.parts) and plan.covers(row)]
    answered = plan.groups(inside, middles[body])[0].cells
    return Row(line, digest, tuple(_cells(line, question, answered)), recorded.early(plan, counts[body]))


def _total(rows: Sequence[Row], question: Question) -> Iterator[answers.Answer]:
    names = [row.line.body.name for row in rows]
    for at in range(len(question.periods)):
        if not rows:
            yield answers.NotInRegister()
        elif question.measure.gives.adds_up:
            yield answers.total([row.cells[at] for row in rows], names)
        else:
            yield answers.NotApplicable(note=NO_TOTAL)


def _breaks(line: Line, question: Question, known: Knowledge) -> Iterator[Broken]:
    """The breaks of one body that the table spans, in the days for which it stands in it."""
    first, last = question.periods[0].start, question.periods[-1].end
    for row in known.breaks_of(question.measure, first, last):
        if not line.days or any(start < row.day <= end for start, end in line.days):
            yield Broken(line.body, row.day, row.note)


def _check(question: Question) -> None:
    if question.group:
        raise WrongInput("a table of bodies has one line for each body; it cannot be grouped besides")
    own = [name for name in question.only if (scheme := grouping.scheme(name)) and scheme not in schemes.slugs()]
    if own:
        raise WrongInput(f"{own[0]} is a body's own scheme, by which several bodies cannot be filtered at once")


def _plan(line: Line, question: Question, day: date, known: Knowledge) -> Plan | None:
    """How one body is counted: its periods cut to the days it stands in the table for; None where none is left."""
    cut = counted_in(line, question)
    return Plan(cut, AsAt(day, line.number), known) if cut else None


def counted_in(line: Line, question: Question) -> Question | None:
    """Return what is asked of one body: the question with its periods cut; None where nothing of it is counted."""
    cut = tuple(part for period in question.periods for part in _parts(line, question, period))
    return replace(question, periods=cut) if cut and not line.elsewhere else None


def _parts(line: Line, question: Question, period: years.Period) -> tuple[years.Period, ...]:
    """The parts of a period that are counted of a body: its own days, and what it logged after them, apart.

    A middle value is not made of parts.
    """
    if not _goes_on(line, question):
        return tuple(part for part in (_within(period, line.days),) if part)
    last = line.days[-1][1]
    if not question.measure.gives.adds_up or not period.start <= last < period.end:
        return (period,)
    return replace(period, end=last), replace(period, start=last + DAY)


def _goes_on(line: Line, question: Question) -> bool:
    """Whether what a body that ended logged later is counted, too; what was open that day is open on no later one."""
    return line.ended and question.measure.gives.how is not How.OPEN


def _within(period: years.Period, days: Sequence[Days]) -> years.Period | None:
    """The part of a period in which a body stands in the table; the first such, where there are several."""
    if not days:
        return period
    parts = [(max(first, period.start), min(last, period.end)) for first, last in days]
    found = next(((first, last) for first, last in parts if first <= last), None)
    return replace(period, start=found[0], end=found[1]) if found else None


def _cells(line: Line, question: Question, counted: Sequence[answers.Answer]) -> Iterator[answers.Answer]:
    """A cell for each period asked about; outside a body's days there is nothing of it to show but what came late."""
    answered = iter(counted)
    for period in question.periods:
        inside = _within(period, line.days)
        if line.elsewhere:
            yield answers.Elsewhere(line.elsewhere) if inside else answers.NotApplicable(note=line.outside or None)
            continue
        found = [next(answered) for _ in _parts(line, question, period)]
        if inside:
            cell = _of_part(found[0], period, inside)
            yield _with_late(cell, found[1]) if len(found) > 1 else cell
        else:
            late = found and found[0].value
            yield _late(found[0]) if late else answers.NotApplicable(note=line.outside or None)


def _with_late(cell: answers.Answer, late: answers.Answer) -> answers.Answer:
    """What a body counts in its own days of a period, and what it logged after them."""
    if not late.value:
        return cell
    if cell.value is None:
        return _late(late)
    more = f"{late.value} of them {LATE}"
    return replace(
        cell, value=int(cell.value) + int(late.value), note="; ".join(part for part in (cell.note, more) if part)
    )


def _late(answer: answers.Answer) -> answers.Answer:
    return replace(answer, note="; ".join(part for part in (LATE, answer.note) if part))


def _of_part(answer: answers.Answer, period: years.Period, part: years.Period) -> answers.Answer:
    """What is held of a part of a period says which."""
    since = part.start if part.start > period.start else None
    until = part.end if part.end < period.end else None
    if isinstance(answer, answers.HeldSince):
        return replace(answer, since=answer.since or since, until=answer.until or until)
    if isinstance(answer, answers.Held) and (since or until):
        return answers.HeldSince(answer.value, since, until, note=answer.note, source=answer.source)
    return answer
