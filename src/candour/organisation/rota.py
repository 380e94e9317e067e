"""The duty rota: who is called first on which days, who stands in, and who is away; today and from now on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from candour.ledger.models import OPEN
from candour.organisation import cells
from candour.organisation.kinds_of_notices import Absence, Duty
from candour.organisation.models import Body, Particular, Person


@dataclass(frozen=True)
class Turn:
    """Who is on duty from a day on, by name; `last` None: until something else is said. A deputy may be missing."""

    since: date
    last: date | None
    person: str
    deputy: str


@dataclass(frozen=True)
class Away:
    """Somebody is away; `key` names the row, `last` None: until they are back."""

    key: str
    person: str
    since: date
    last: date | None


@dataclass(frozen=True)
class Rota:
    """The turns and absences that are not over, the earliest first."""

    turns: tuple[Turn, ...]
    away: tuple[Away, ...]


def rota(body: Body, today: date) -> Rota:
    """Return the rota from a day on, as the record knows it now; two queries."""
    rows = Particular.objects.filter(body=body.pk, kind__in=(Duty.kind, Absence.kind), closed=None)
    found = list(rows.filter(held_until__gt=today).order_by("held_from", "key"))
    names = _names(body)
    duty = ((row, cells.read(Duty, {**Duty.names, **row.content})) for row in found if row.kind == Duty.kind)
    away = ((row, cells.read(Absence, {**Absence.names, **row.content})) for row in found if row.kind == Absence.kind)
    return Rota(
        tuple(Turn(*_days(row), names(one.person), names(one.deputy)) for row, one in duty),
        tuple(Away(row.key, names(one.person), *_days(row)) for row, one in away),
    )


def _days(row: Particular) -> tuple[date, date | None]:
    return row.held_from, None if row.held_until == OPEN else row.held_until - timedelta(days=1)


def _names(body: Body) -> Callable[[str], str]:
    """Name people by their addresses; an address that is nobody's any more stands for itself."""
    known = Person.objects.filter(body=body, email__isnull=False).values_list("email", "name")
    by_address = {str(email).casefold(): name for email, name in known}
    return lambda address: by_address.get(address.casefold(), address)


def free_key(body: Body, prefix: str = "away") -> str:
    """Return a key for one more absence that no absence has had, without a name in it."""
    taken: Iterable[str] = Particular.objects.filter(body=body.pk, kind=Absence.kind).values_list("key", flat=True)
    numbers = [int(key.removeprefix(f"{prefix}-")) for key in taken if key.removeprefix(f"{prefix}-").isdecimal()]
    return f"{prefix}-{max(numbers, default=0) + 1}"
