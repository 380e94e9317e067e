"""The incidents behind one number of a table, at the table's own coordinates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import RawSQL

from candour.figures import statements, values
from candour.figures.coverage import Span, knowledge
from candour.figures.planning import Plan
from candour.figures.questions import Question
from candour.figures.statements import Rows, Term
from candour.figures.values import How
from candour.incidents import access, models
from candour.incidents.queries import telling
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Person
from candour.rules import tiers
from candour.rules.refusals import NotThere


@dataclass(frozen=True)
class Row:
    """One incident that the cell counts, as it stood then; what a confidential one is about, only its own page says.

    `value`: what is counted of it, where the measure does not count incidents; None: it states no number.
    """

    reference: str
    tier: str
    description: str
    confidential: bool
    value: int | None


@dataclass(frozen=True)
class Page:
    """Some of the incidents behind a number; `next` is the key that `after` takes, None at the end.

    `counted` are all of them; `unit` says what their values are, "" where incidents are counted, and `amount` what the
    values add up to, where they do. `unseen` of them the asker may not see: they are counted all the same.
    """

    rows: list[Row]
    next: str | None
    counted: int
    unseen: int
    unit: str
    amount: int | None


def page(
    question: Question,
    as_at: AsAt,
    place: int,
    key: Mapping[str, str | None],
    *,
    by: Person,
    today: date,
    after: str = "",
    limit: int = 100,
) -> Page:
    """Return the incidents that the cell of period `place` and group `key` counts, by reference, `after` one.

    Raises NotThere for somebody who may see none, or a cell that the table does not have.
    """
    if not 0 <= place < len(question.periods):
        raise NotThere("there is nothing here for you")
    body, gives = by.body, question.measure.gives
    found = counted(body.pk, question, as_at, place, key)
    seen = access.visible(found, by, today)
    names = models.Incident.objects.filter(body=OuterRef("body"), number=OuterRef("incident")).values("reference")
    secret = models.Handling.objects.filter(body=OuterRef("body"), incident=OuterRef("incident"), confidential=True)
    named = seen.annotate(reference=Subquery(names), secret=Exists(secret)).order_by("reference")
    rows = list(named.filter(reference__gt=after)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    told = telling.descriptions(body, [row.reference for row in rows if not row.secret], as_at)
    total = found.aggregate(many=Count("pk"), amount=Sum("gives"))
    return Page(
        [_row(row, told, counts=gives.fact is None) for row in rows],
        rows[-1].reference if more else None,
        total["many"],
        total["many"] - seen.count(),
        gives.unit if gives.fact else "",
        int(total["amount"] or 0) if gives.how is How.SUM else None,
    )


def _row(row: Any, told: Mapping[str, str | None], *, counts: bool) -> Row:
    value = None if counts or row.gives is None else int(row.gives)
    return Row(row.reference, row.tier, told.get(row.reference) or "", row.secret, value)


NOTHING = Term(0, tiers.UNDETERMINED, Span(date.max, date.min))
"""A term that counts nothing: the register covers none of the days."""


def counted(
    body: int, question: Question, as_at: AsAt, place: int, key: Mapping[str, str | None]
) -> "QuerySet[models.Version]":
    """The versions that a cell counts, with what each gives: those its table's own statement counts there."""
    of_row = replace(question, periods=(question.periods[place],), group=tuple(key))
    plan, row = Plan(of_row, as_at, knowledge(body, as_at.number)), tuple(key.values())
    terms = plan.of_row(row) or [NOTHING]
    selects = [statements.versions(Rows("v", body, term, plan.filter_, as_at), row) for term in terms]
    among = RawSQL(*statements.together(selects))  # noqa: S611 - names come from the table of facts, the rest is values
    gives = RawSQL(values.expression(question.measure.value, "incidents_version"), ())  # noqa: S611 - likewise
    found: QuerySet[models.Version] = models.Version.objects.filter(pk__in=among).annotate(gives=gives)
    return found
