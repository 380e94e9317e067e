"""Who may see an incident, and who looked at it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When

from candour.incidents import access, models
from candour.incidents.queries import lines, telling
from candour.ledger.models import OPEN
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years


@dataclass(frozen=True)
class Named:
    """Somebody named for an incident: a person by number, or the asset owner of a department."""

    name: str
    person: int | None
    department: str | None


@dataclass(frozen=True)
class Looked:
    """One look at a confidential incident."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Sight:
    """Who may see an incident; `looks` the latest first."""

    confidential: bool
    named: list[Named]
    looks: list[Looked]


def sight(body: Body, line: lines.Line, *, limit: int = 100) -> Sight:
    """Return who may see an incident and who looked at it; `line` is the incident as somebody was shown it."""
    number = line.incident
    named = list(models.Access.objects.filter(body=body.pk, incident=number, closed=None).order_by("opened", "pk"))
    looks = list(models.Look.objects.filter(body=body.pk, incident=number).order_by("-at", "-pk")[:limit])
    names = people.names(body, {one.person for one in (*named, *looks) if one.person})
    return Sight(
        line.confidential,
        [Named(names.get(one.person or 0, one.department or ""), one.person, one.department) for one in named],
        [Looked(names.get(look.person, "somebody"), look.at) for look in looks],
    )


@dataclass(frozen=True)
class Linked:
    """One link as it is seen from an incident; `kind` is of BACK, on either side of it."""

    reference: str
    kind: str
    about: str


BACK = {"duplicate": "has-duplicate", "related": "related", "split-from": "split-into", "joined-into": "joined-from"}


def links(body: Body, incident: int, *, by: Person, today: date) -> list[Linked]:
    """Return the open links of an incident that a person may see, from its own side."""
    return links_in(body, incident, access.sight(by, today))


def links_in(body: Body, incident: int, sight_: access.Sight) -> list[Linked]:
    """Return the open links of an incident to others in sight, from its own side; one query.

    What a confidential one is about, only its own page says.
    """
    rows = models.Link.objects.filter(Q(incident=incident) | Q(other=incident), body=body.pk, closed=None)
    far = rows.annotate(far=Case(When(incident=incident, then="other"), default="incident"))
    its: dict[str, Any] = {"body": OuterRef("body"), "incident": OuterRef("far")}
    version = access.within(models.Version.objects.filter(**its, closed=None, held_until=OPEN), sight_)
    names = models.Incident.objects.filter(body=OuterRef("body"), number=OuterRef("far")).values("reference")
    secret = models.Handling.objects.filter(**its, confidential=True)
    seen = far.filter(Exists(version)).annotate(reference=Subquery(names), secret=Exists(secret))
    told = seen.annotate(about=telling.last_description()).order_by("far", "incident")
    found = {row.far: row for row in told}
    return [
        Linked(row.reference, _seen_from(row, incident), "" if row.secret else row.about or "")
        for row in found.values()
    ]


def _seen_from(row: Any, incident: int) -> str:
    """The kind of a link as one of the two incidents sees it."""
    kind: str = row.kind
    return kind if row.incident == incident else BACK[kind]


def reports(body: Body, incident: int) -> list[tuple[int, str]]:
    """Return the reports of an incident: the ledger number of each, and how and when it reached us."""
    rows = models.Report.objects.filter(body=body.pk, incident=incident, closed=None).order_by("number")
    return [(row.number, f"Report by {row.channel}, {years.spoken(years.london_day(row.told_at))}") for row in rows]


def confidential(body: Body, names: Collection[str]) -> frozenset[str]:
    """Return which of these references are of confidential incidents: a list names them, and says no more."""
    mine = models.Incident.objects.filter(body=body.pk, reference__in=list(names))
    numbers = dict(mine.values_list("number", "reference"))
    return frozenset(numbers[number] for number in telling.confidential(body, numbers))


def hidden(body: Body, names: Collection[str], *, by: Person) -> frozenset[str]:
    """Return which of these references are of confidential incidents for which a person is not named."""
    mine = models.Incident.objects.filter(body=body.pk, reference__in=list(names))
    numbers = dict(mine.values_list("number", "reference"))
    named = models.Access.objects.filter(body=body.pk, person=by.number, closed=None, incident__in=list(numbers))
    closed = telling.confidential(body, numbers) - set(named.values_list("incident", flat=True))
    return frozenset(numbers[number] for number in closed)
