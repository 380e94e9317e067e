"""Actions across incidents: what somebody has to do, what is overdue, and what templates propose for one incident."""

from dataclasses import dataclass
from datetime import date, timedelta

from candour.incidents import access, models
from candour.incidents.queries import telling
from candour.incidents.queries.judgements import Work
from candour.ledger import models as ledger_models
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_classifying import ActionTemplate
from candour.organisation.models import Body, Person

AT_MOST = 200


@dataclass(frozen=True)
class Due:
    """An open action in a list."""

    number: int
    reference: str
    words: str
    owner: int
    due_on: date
    overdue: bool


def due(body: Body, *, by: Person, today: date, owner: Person | None = None, limit: int = 50) -> list[Due]:
    """Return open actions on incidents that a person may see, the earliest day first; of an `owner`, or of all."""
    rows = models.Action.objects.filter(body=body.pk, state="open", closed=None)
    if owner:
        rows = rows.filter(owner=owner.number)
    found = list(access.visible(rows, by, today).order_by("due_on", "number")[: min(limit, AT_MOST)])
    names = telling.references(body, {row.incident for row in found})
    words = ledger_models.Words.objects.filter(
        body=body.pk, number__in=[row.number for row in found], field="action"
    ).values_list("number", "text")
    texts = dict(words)
    return [
        Due(
            row.number,
            names[row.incident],
            texts.get(row.number) or "",
            row.owner,
            row.due_on,
            row.due_on < today,
        )
        for row in found
    ]


@dataclass(frozen=True)
class Proposed:
    """An action that a template proposes, with the day it would be due."""

    slug: str
    words: str
    due_on: date


def proposed(body: Body, work: Work, as_at: AsAt) -> list[Proposed]:
    """Return the actions that the body's templates propose for an incident's codes, those planned already left out."""
    carried = {one.scheme: one.code for one in work.codings if one.code}
    templates = organisation.Particulars(body, as_at, [ActionTemplate]).all(ActionTemplate)
    planned = {task.words for task in work.actions}
    return [
        Proposed(one.slug, one.words, as_at.day + timedelta(days=one.days))
        for one in templates
        if one.fits(carried) and one.words not in planned
    ]
