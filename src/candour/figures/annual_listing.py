"""Table 1 of an Annual Report: the incidents of which the Information Commissioner was told, a row for each."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from candour.figures import behind
from candour.figures.questions import Question
from candour.incidents import models
from candour.incidents.facts import SCHEME
from candour.ledger.coordinates import AsAt
from candour.organisation.classification import Classification
from candour.organisation.models import Body
from candour.rules import years

ICO_TYPE = "ico-type"
NOT_STATED = "not stated"
COLUMNS = (
    "incident", "occurred_on", "logged_on", "held_from", "incident_type", "data_types", "people_affected",
    "people_affected_at_most", "told_ico_on", "told_people_on", "told_sponsor_on", "secret",
)  # fmt: skip
"""What is read of an incident, and no more."""


@dataclass(frozen=True)
class Listed:
    """A row of Table 1: nothing that points at a person, and a month instead of a day."""

    month: str
    nature: str
    data: str
    people: str
    notification: str


def listed(
    body: Body, question: Question, as_at: AsAt, classes: Classification, most: int | None = None
) -> Iterator[Listed]:
    """Yield the rows in the order in which it happened; `most`: the first of them. Two queries.

    A confidential one is left out of what is told, and not out of the table.
    """
    secret = models.Handling.objects.filter(body=body.pk, incident=OuterRef("incident"), confidential=True)
    counted = behind.counted(body.pk, question, as_at, 0, {}).annotate(secret=Exists(secret))
    found = counted.order_by("occurred_on", "logged_on", "incident")[:most]
    rows = list(found.values_list(*COLUMNS, named=True))
    codes = _codes(body, [row.incident for row in rows] if most else counted.values("incident"), as_at)
    for row in rows:
        told = ("left out", "left out") if row.secret else (_nature(row, codes, classes), row.data_types or NOT_STATED)
        yield Listed(_month(row), *told, _people(row), _notification(row))


def _codes(body: Body, incidents: Collection[int] | Any, as_at: AsAt) -> Mapping[tuple[int, str], str]:
    rows = models.Coding.objects.filter(body=body.pk, incident__in=incidents, scheme__in=(SCHEME, ICO_TYPE))
    return {
        (incident, scheme): code
        for incident, scheme, code in rows.as_at(as_at).values_list("incident", "scheme", "code")
    }


def _month(row: Any) -> str:
    day = row.occurred_on or row.logged_on
    if day is None:
        return "not known"
    said = f"{years.MONTHS[day.month - 1]} {day.year}"
    return said if row.occurred_on else f"not known; logged in {said}"


def _nature(row: Any, codes: Mapping[tuple[int, str], str], classes: Classification) -> str:
    """The ICO's type where a person gave one, else the Cabinet Office category, else the body's own type."""
    for scheme in (ICO_TYPE, SCHEME):
        if code := codes.get((row.incident, scheme)):
            return classes.scheme(scheme).label(code, row.logged_on or row.held_from)
    return row.incident_type or NOT_STATED


def _people(row: Any) -> str:
    if row.people_affected is not None:
        return f"{row.people_affected:,}"
    return f"at most {row.people_affected_at_most:,}" if row.people_affected_at_most is not None else "not known"


def _notification(row: Any) -> str:
    told = [
        (row.told_ico_on, "Information Commissioner"),
        (row.told_people_on, "the people affected"),
        (row.told_sponsor_on, "the sponsor department"),
    ]
    named = [whom for day, whom in told if day]
    said = f"Told: {', '.join(named)}" if named else "Nobody was told on a day that is known"
    return said if row.told_people_on else f"{said}. The people affected were not told"
