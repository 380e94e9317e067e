"""The incidents behind one number of a table, at the table's own coordinates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum

from candour.figures import questions
from candour.figures.coverage import Span, knowledge
from candour.figures.questions import Question
from candour.incidents import access, models
from candour.incidents.queries import telling
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Person
from candour.rules.refusals import NotThere


@dataclass(frozen=True)
class Row:
    """One incident that the cell counts, as it stood then; what a confidential one is about, only its own page says.

    `people`: how many of its people are counted, where the measure counts people.
    """

    reference: str
    tier: str
    description: str
    confidential: bool
    people: int | None


@dataclass(frozen=True)
class Page:
    """Some of the incidents behind a number; `next` is the key that `after` takes, None at the end.

    `counted` are all of them, and `people` theirs where the measure counts people; `unseen` of them the asker may not
    see: they are counted all the same.
    """

    rows: list[Row]
    next: str | None
    counted: int
    unseen: int
    people: int | None


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
    body, of_people = by.body, question.measure.unit == "people"
    found = _counted(body.pk, question, as_at, place, key)
    seen = access.visible(found, by, today)
    names = models.Incident.objects.filter(body=OuterRef("body"), number=OuterRef("incident")).values("reference")
    secret = models.Handling.objects.filter(body=OuterRef("body"), incident=OuterRef("incident"), confidential=True)
    named = seen.annotate(reference=Subquery(names), secret=Exists(secret)).order_by("reference")
    rows = list(named.filter(reference__gt=after)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    told = telling.descriptions(body, [row.reference for row in rows if not row.secret], as_at)
    total = found.aggregate(many=Count("pk"), people=Sum("people_affected"))
    return Page(
        [_row(row, told, of_people=of_people) for row in rows],
        rows[-1].reference if more else None,
        total["many"],
        total["many"] - seen.count(),
        (total["people"] or 0) if of_people else None,
    )


def _row(row: Any, told: Mapping[str, str | None], *, of_people: bool) -> Row:
    people = (row.people_affected or 0) if of_people else None
    return Row(row.reference, row.tier, told.get(row.reference) or "", row.secret, people)


def _counted(
    body: int, question: Question, as_at: AsAt, place: int, key: Mapping[str, str | None]
) -> QuerySet[models.Version]:
    """The versions that a cell counts, whoever asks."""
    found = models.Version.objects.filter(body=body, standing=question.measure.standing).as_at(as_at)
    facts = {**question.where, **key}
    found = found.filter(_days(body, question, as_at, place, {name: value for name, value in facts.items() if value}))
    for name, value in facts.items():
        found = found.filter(_fact(body, name, value, as_at))
    counted: QuerySet[models.Version] = found
    return counted


def _days(body: int, question: Question, as_at: AsAt, place: int, facts: Mapping[str, str]) -> Q:
    """The days of the period that are counted for each tier: those the register covers, all where nobody stated it."""
    known = knowledge(body, as_at.number)
    period = question.periods[place]
    whole = Span(period.start, period.end)
    chosen = Q(pk=None)
    for tier in question.measure.tiers:
        spans = known.spans(question.measure.slug, tier, facts)
        for span in spans if spans is not None else (whole,):
            if part := span.within(whole):
                chosen |= Q(tier=tier, **{f"{question.column}__range": (part.start, part.end)})
    return chosen


def _fact(body: int, name: str, value: str | None, as_at: AsAt) -> Q:
    scheme = questions.scheme(name)
    if scheme is None:
        column = questions.COLUMNS[name]
        return Q(**{column: value}) if value is not None else Q(**{f"{column}__isnull": True})
    codes: Any = models.Coding.objects.filter(body=body, scheme=scheme).as_at(as_at)
    if value is None:
        return ~Q(incident__in=codes.values("incident"))
    return Q(incident__in=codes.filter(code=value).values("incident"))
