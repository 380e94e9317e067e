"""Need to know: who may see which incident, as a join and never a check per row."""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from candour.incidents import models
from candour.organisation import people
from candour.organisation.models import Person
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed

Rows = TypeVar("Rows", bound="QuerySet[Any]")


def visible(found: Rows, by: Person, today: date) -> Rows:
    """Keep, of rows that have `body` and `incident`, those a person may see; NotThere without the right to see any.

    A confidential incident is seen only by those named for it, whatever role they hold.
    """
    require(by, today)
    mine: dict[str, Any] = {"body": OuterRef("body"), "incident": OuterRef("incident")}
    confidential = models.Handling.objects.filter(**mine, confidential=True)
    named = models.Access.objects.filter(**mine, closed=None).filter(_me(by))
    return found.filter(~Exists(confidential) | Exists(named))


def _me(by: Person) -> Q:
    return Q(person=by.number)


def require(by: Person, today: date) -> None:
    """Raise NotThere for somebody who may see no incidents: it looks as if there were none."""
    if not people.may(by, Deed.SEE_INCIDENTS, today):
        raise NotThere("there is nothing here for you")


def check(by: Person, incident: int, reference: str, today: date) -> None:
    """Raise NotThere where a person may not see an incident; the same sentence as where there is none."""
    one = models.Version.objects.filter(body=by.body_id, incident=incident, closed=None)
    if not visible(one, by, today).exists():
        raise NotThere(f"there is no incident {reference}")
