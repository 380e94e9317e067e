"""Need to know: who may see which incident, as a join and never a check per row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.incidents import models
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.models import OPEN
from candour.ledger.rows import in_parts
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.models import Person
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed, acting_as

Rows = TypeVar("Rows", bound="QuerySet[Any]")

UNSEEN = frozenset({
    Deed.REPORTER_ANSWERS, Deed.PLACE_HOLD, Deed.LIFT_HOLD, Deed.PROPOSE_DISPOSAL, Deed.DISPOSE, Deed.NOTIFY,
})  # fmt: skip
"""Deeds done without seeing the incident: by a receipt code, a schedule, or for somebody who does."""

_MINE: dict[str, Any] = {"body": OuterRef("body"), "incident": OuterRef("incident")}


@dataclass(frozen=True)
class Sight:
    """What a person may see: every incident that is not confidential, those of some departments, those named for."""

    person: int
    everything: bool
    departments: tuple[str, ...]

    @property
    def named(self) -> Q:
        """Which rows of Access name this person or a department of theirs."""
        return Q(closed=None) & (Q(person=self.person) | Q(department__in=self.departments))


def sight(by: Person, today: date) -> Sight:
    """Work out what a person may see on a day; NotThere for somebody who may see no incident at all."""
    roles = people.roles(by, today) if by.is_active else frozenset()
    everything = acting_as(roles, Deed.SEE_INCIDENTS) is not None
    departments: tuple[str, ...] = ()
    if acting_as(roles, Deed.SEE_DEPARTMENT):
        departments = organisation.departments_of(by, AsAt(today, ledger.head(by.body_id).number))
    found = Sight(by.number, everything, departments)
    if everything or departments or (by.is_active and _is_named(by.body_id, found)):
        return found
    raise NotThere("there is nothing here for you")


def _is_named(body: int, sight_: Sight) -> bool:
    return models.Access.objects.filter(sight_.named, body=body).exists()


def visible(found: Rows, by: Person, today: date) -> Rows:
    """Keep, of rows that have `body` and `incident`, those a person may see; NotThere where they may see none at all.

    A confidential incident is seen only by those named for it, whatever role they hold. Whoever owns the information of
    a department sees its incidents. Whoever is named for one incident sees that one.
    """
    return within(found, sight(by, today))


def within(found: Rows, seen: Sight) -> Rows:
    """Keep, of rows that have `body` and `incident`, those in sight."""
    confidential = Exists(models.Handling.objects.filter(**_MINE, confidential=True))
    named = Exists(models.Access.objects.filter(seen.named, **_MINE))
    if seen.everything:
        return found.filter(~confidential | named)
    if not seen.departments:
        return found.filter(named)
    present = models.Version.objects.filter(**_MINE, closed=None, held_until=OPEN)
    mine = Exists(present.filter(department__in=seen.departments))
    return found.filter((mine & ~confidential) | named)


def stated(seen: Sight, *, joined: bool = False) -> tuple[str, list[Any]]:
    """Return what `within` keeps as SQL about versions `v`, `joined` to the work on them, `w`, or not; and values."""
    mine = "body = v.body and incident = v.incident"
    open_ = (
        "w.confidential is not true" if joined else f"not exists (select 1 from {_WORK} where {mine} and confidential)"
    )
    departments = f"department in ({', '.join(['%s'] * len(seen.departments))})" if seen.departments else ""
    who = " or ".join(["person = %s", *([departments] if departments else [])])
    named = f"exists (select 1 from {_ACCESSES} where {mine} and closed is null and ({who}))"
    values = [seen.person, *seen.departments]
    if seen.everything:
        return f"({open_} or {named})", values
    if not seen.departments:
        return named, values
    owned = f"exists (select 1 from {_VERSIONS} where {mine} and closed is null and held_until = %s and {departments})"
    return f"({owned} and {open_} or {named})", [OPEN, *seen.departments, *values]


_ACCESSES, _VERSIONS = models.Access._meta.db_table, models.Version._meta.db_table
_WORK = models.Handling._meta.db_table


def among(body: int, incidents: Collection[int], by: Person, today: date) -> frozenset[int]:
    """Return which of these incidents a person may see; none for somebody who may see no incident at all."""
    found: set[int] = set()
    for some in in_parts(list(incidents)):
        rows = models.Version.objects.filter(body=body, incident__in=some, closed=None)
        try:
            found |= set(visible(rows, by, today).values_list("incident", flat=True))
        except NotThere:
            return frozenset()
    return frozenset(found)


def check(by: Person, incident: int, reference: str, today: date) -> None:
    """Raise NotThere where a person may not see an incident; the same sentence as where there is none."""
    if not may_see(by, incident, today):
        raise NotThere(f"there is no incident {reference}")


def may_see(person: Person, incident: int, today: date) -> bool:
    """Say whether a person may see an incident."""
    one = models.Version.objects.filter(body=person.body_id, incident=incident, closed=None)
    try:
        return visible(one, person, today).exists()
    except NotThere:
        return False
