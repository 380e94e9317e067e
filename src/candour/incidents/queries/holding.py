"""Who still holds what, or held at a month's end: roles, open work, actions, and incidents people are named for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from candour.incidents import access, models
from candour.incidents.queries import telling
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.models import Body, Person, RoleHeld


@dataclass
class Holder:
    """One person and what they hold: roles, incidents they work on, incidents they are named for, actions to do."""

    name: str
    number: int
    is_active: bool
    email: str = ""
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

    Whether somebody can sign in is as it is now. Only incidents are named that the asker may see. Ten queries.
    """
    number = ledger.number_at_end_of(body.pk, day)
    found = {
        one.number: Holder(one.name, one.number, one.is_active, one.email or "")
        for one in Person.objects.filter(body=body).exclude(number=people.OPERATOR)
    }
    for person, role in RoleHeld.objects.filter(body=body.pk).as_at(AsAt(day, number)).values_list("person", "role"):
        if person in found:
            found[person].roles.append(people.title(role))
    _add_incidents(body, AsAt(day, number), found, by, today)
    return sorted(
        (one for one in found.values() if one.roles or one.work or one.named or one.actions),
        key=lambda one: (not one.needs_a_look, one.name),
    )


def _add_incidents(body: Body, as_at: AsAt, found: dict[int, Holder], by: Person, today: date) -> None:
    number = as_at.number
    work, named, tasks = _work(body, number), _named(body, as_at, found), _actions(body, number)
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


def _named(body: Body, as_at: AsAt, found: Mapping[int, Holder]) -> dict[int, list[int]]:
    """The incidents people are named for: by themselves, or as asset owner of a department that is named."""
    rows = list(models.Access.objects.filter(body=body.pk).known(as_at.number))
    owners = _owners(body, as_at, found) if any(row.department for row in rows) else {}
    by_themselves = [(row.person, row.incident) for row in rows if row.person]
    as_owners = [(owner, row.incident) for row in rows for owner in owners.get(row.department or "", ())]
    return _by_person(sorted({*by_themselves, *as_owners}))


def _owners(body: Body, as_at: AsAt, found: Mapping[int, Holder]) -> dict[str, list[int]]:
    """The numbers of those who own the information of each department, by its name."""
    numbers = {holder.email.casefold(): number for number, holder in found.items() if holder.email}
    named = [(one.name, numbers.get(one.owner.casefold())) for one in organisation.departments(body, as_at)]
    return {name: [number] for name, number in named if number is not None}


def _actions(body: Body, number: int) -> dict[int, list[int]]:
    rows = models.Action.objects.filter(body=body.pk, state="open").known(number)
    return _by_person(rows.values_list("owner", "incident"))


def _by_person(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for person, incident in pairs:
        found[person].append(incident)
    return found
