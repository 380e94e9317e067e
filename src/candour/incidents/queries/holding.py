"""Who still holds what, or held at a month's end: roles, open work, actions, and incidents people are named for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from candour.incidents import access, models
from candour.incidents.queries import telling
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation.models import Body, Person, RoleHeld


@dataclass
class Holder:
    """One person and what they hold: roles, incidents they work on, incidents they are named for, actions to do."""

    name: str
    number: int
    is_active: bool
    roles: list[str] = field(default_factory=list)
    work: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    actions: int = 0

    @property
    def needs_a_look(self) -> str:
        """Why somebody should look at this line; empty where nothing speaks for it."""
        if not self.is_active:
            return "cannot sign in any more"
        return "" if self.roles else "holds no role"


def holders(body: Body, day: date, *, by: Person, today: date) -> list[Holder]:
    """Return everybody who held something at the end of a London day, by name: roles, work, names for incidents.

    Whether somebody can sign in is as it is now. Only incidents are named that the asker may see. Nine queries.
    """
    number = ledger.number_at_end_of(body.pk, day)
    found = {
        one.number: Holder(one.name, one.number, one.is_active)
        for one in Person.objects.filter(body=body).exclude(number=people.OPERATOR)
    }
    for person, role in RoleHeld.objects.filter(body=body.pk).as_at(AsAt(day, number)).values_list("person", "role"):
        if person in found:
            found[person].roles.append(people.title(role))
    _add_incidents(body, number, found, by, today)
    return sorted(
        (one for one in found.values() if one.roles or one.work or one.named or one.actions),
        key=lambda one: (not one.needs_a_look, one.name),
    )


def _add_incidents(body: Body, number: int, found: dict[int, Holder], by: Person, today: date) -> None:
    work, named, tasks = _work(body, number), _named(body, number), _actions(body, number)
    everything = {incident for held in (work, named, tasks) for pairs in held.values() for incident in pairs}
    rows = models.Version.objects.filter(body=body.pk, closed=None, incident__in=everything)
    seen = set(access.visible(rows, by, today).values_list("incident", flat=True))
    names = telling.references(body, seen)
    for person, holder in found.items():
        holder.work = sorted(names[one] for one in work[person] if one in seen)
        holder.named = sorted(names[one] for one in named[person] if one in seen)
        holder.actions = sum(one in seen for one in tasks[person])


def _work(body: Body, number: int) -> dict[int, list[int]]:
    return _by_person(models.Assigned.objects.filter(body=body.pk).known(number).values_list("person", "incident"))


def _named(body: Body, number: int) -> dict[int, list[int]]:
    rows = models.Access.objects.filter(body=body.pk).known(number).exclude(person=None)
    return _by_person(rows.values_list("person", "incident"))


def _actions(body: Body, number: int) -> dict[int, list[int]]:
    rows = models.Action.objects.filter(body=body.pk, state="open").known(number)
    return _by_person(rows.values_list("owner", "incident"))


def _by_person(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for person, incident in pairs:
        found[person].append(incident)
    return found
