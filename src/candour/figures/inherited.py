"""The incidents behind a number of a body that ended in this one: by reference, with the prefix that it has here."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from candour.figures import across, behind
from candour.figures.neighbours import predecessor_lines
from candour.figures.questions import Question
from candour.incidents import models
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed

MOST = 200


@dataclass(frozen=True)
class Inherited:
    """References as they read here, each with its tier; `unseen` more are counted: confidential, or too many."""

    name: str
    at: AsAt
    rows: tuple[tuple[str, str], ...]
    unseen: int


def inherited(body: Body, slug: str, question: Question, as_at: AsAt, *, by: Person, today: date) -> Inherited:
    """Return what the first period of a question counts of a predecessor, as its sealed record says.

    What happened is not told: the words stay in the record of the body that wrote them. NotThere for who may see no
    incidents, or where no such body ended in this one.
    """
    found = next((pair for pair in predecessor_lines(body, as_at.number) if pair[0].slug == slug), None)
    if found is None or found[1].elsewhere or by.body_id != body.pk or not people.may(by, Deed.SEE_INCIDENTS, today):
        raise NotThere("there is nothing here for you")
    one, line = found
    cut = across.counted_in(line, replace(question, periods=question.periods[:1]))
    at = AsAt(as_at.day, line.number)
    counted = models.Version.objects.none()
    if cut:
        for place in range(len(cut.periods)):
            counted |= behind.counted(line.body.pk, cut, at, place, {})
    rows = _named(counted)
    seen = tuple((f"{one.prefix}{row.reference}", row.tier) for row in rows[:MOST])
    return Inherited(one.name, at, seen, counted.count() - len(seen))


def _named(counted: Any) -> list[Any]:
    mine: dict[str, Any] = {"body": OuterRef("body"), "incident": OuterRef("incident")}
    secret = models.Handling.objects.filter(**mine, confidential=True)
    names = models.Incident.objects.filter(body=OuterRef("body"), number=OuterRef("incident")).values("reference")
    return list(counted.filter(~Exists(secret)).annotate(reference=Subquery(names)).order_by("reference")[:MOST])
