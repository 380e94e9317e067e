"""The incidents behind one number of a table, at the table's own coordinates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from candour.figures import questions
from candour.figures.coverage import Span, knowledge
from candour.figures.questions import Question
from candour.incidents import access, models
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Person
from candour.rules.refusals import NotThere


def references(
    question: Question,
    as_at: AsAt,
    place: int,
    key: Mapping[str, str | None],
    *,
    by: Person,
    today: date,
    limit: int = 500,
) -> list[str]:
    """Name the incidents that the cell of period `place` and group `key` counts, in order; at most `limit`.

    Those that the asker may not see are counted, and not named. Raises NotThere for somebody who may see none, or a
    cell that the table does not have.
    """
    if not 0 <= place < len(question.periods):
        raise NotThere("there is nothing here for you")
    body = by.body_id
    found = models.Version.objects.filter(body=body, standing=question.measure.standing).as_at(as_at)
    found = access.visible(found, by, today)
    facts = {**question.where, **key}
    found = found.filter(_days(body, question, as_at, place, {name: value for name, value in facts.items() if value}))
    for name, value in facts.items():
        found = found.filter(_fact(body, name, value, as_at))
    mine = models.Incident.objects.filter(body=body, number__in=found.values("incident"))
    return list(mine.order_by("reference").values_list("reference", flat=True)[:limit])


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
