"""What the register's list shows of incidents: one statement, written out.

Django's way to the same rows takes four times as long to word the question as a database takes to answer it, and a list
is what everybody asks for all day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from candour.incidents import access, models
from candour.incidents import facts as vocabulary
from candour.incidents.lifecycle import State
from candour.incidents.queries import telling
from candour.ledger import models as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.models import OPEN
from candour.organisation.models import Body


@dataclass(frozen=True)
class Row:
    """One incident in the list, as it is or was believed; what a confidential one is about, only its own page says."""

    number: int
    reference: str
    tier: str
    category: str | None
    logged_on: date | None
    occurred_on: date | None
    department: str | None
    description: str
    source: str | None
    standing: str
    confidential: bool
    state: str


@dataclass(frozen=True)
class Shown:
    """Which incidents are shown: those in sight, as at the coordinates (None: now), with these facts and work."""

    body: Body
    sight: access.Sight
    as_at: AsAt | None
    facts: Mapping[str, str]
    work: Mapping[str, str | int]

    def among(self, numbers: Sequence[int]) -> dict[int, Row]:
        """Return those of some incidents that are shown, by number; of an earlier day in three statements."""
        names, values = self._named()
        conditions, more = zip(*self._conditions(numbers), strict=True)
        statement = f"{_SELECT.format(**names)} where {' and '.join(conditions)}"
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, *(value for some in more for value in some)])
            rows = [_row(found) for found in cursor.fetchall()]
        return {row.number: row for row in (self._told(rows) if self.as_at else rows)}

    def _named(self) -> tuple[dict[str, str], list[Any]]:
        """The parts of the statement before its conditions that depend on the coordinates, with their values."""
        believed, values = then("c", self.as_at)
        return {"then": believed, "told": "null" if self.as_at else TOLD}, [vocabulary.SCHEME, *values]

    def _conditions(self, numbers: Sequence[int]) -> Iterator[tuple[str, list[Any]]]:
        marks = ", ".join(["%s"] * len(numbers))
        yield f"v.body = %s and v.incident in ({marks})", [self.body.pk, *numbers]
        yield then("v", self.as_at)
        yield access.stated(self.sight, joined=True)
        for name, value in self.facts.items():
            yield f"v.{name} = %s", [value]
        for name, wanted in self.work.items():
            yield f"coalesce(w.{name}, %s) = %s", [State.KEPT if name == "state" else 0, wanted]

    def _told(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Rows of an earlier day with what was written of them then."""
        told = telling.descriptions(self.body, [row.reference for row in rows if not row.confidential], self.as_at)
        for row in rows:
            yield Row(**{**vars(row), "description": told.get(row.reference) or ""})


def then(alias: str, as_at: AsAt | None) -> tuple[str, list[Any]]:
    """What of a table with history was believed then, as in `KnownQuerySet.as_at`; None: what is believed now."""
    if as_at is None:
        return f"{alias}.closed is null and {alias}.held_until = %s", [OPEN]
    known = f"{alias}.opened <= %s and ({alias}.closed is null or {alias}.closed > %s)"
    held = f"{alias}.held_from <= %s and {alias}.held_until > %s"
    return f"{known} and {held}", [as_at.number, as_at.number, as_at.day, as_at.day]


def _row(found: Sequence[Any]) -> Row:
    number, reference, tier, category, logged, occurred, department, told, source, standing, confidential, state = found
    about = "" if confidential else told or ""
    what = number, reference, tier, category, logged, occurred, department, about, source, standing
    return Row(*what, bool(confidential), state or State.KEPT)


_VERSIONS, _INCIDENTS = models.Version._meta.db_table, models.Incident._meta.db_table
_WORK, _CODES = models.Handling._meta.db_table, models.Coding._meta.db_table
_ENTRIES, _WORDS = ledger.Entry._meta.db_table, ledger.Words._meta.db_table
TOLD = (
    f"(select t.text from {_ENTRIES} e join {_WORDS} t on t.body = e.body and t.number = e.number "
    "where e.body = v.body and e.subject = n.reference and t.field = 'description' order by e.number desc limit 1)"
)
"""The last description, walked to from the last entry about the incident."""

_SELECT = (
    "select v.incident, n.reference, v.tier, c.code, v.logged_on, v.occurred_on, v.department, {told}, v.source, "
    f"v.standing, w.confidential, w.state from {_VERSIONS} v "
    f"join {_INCIDENTS} n on n.body = v.body and n.number = v.incident "
    f"left join {_WORK} w on w.body = v.body and w.incident = v.incident "
    f"left join {_CODES} c on c.body = v.body and c.incident = v.incident and c.scheme = %s and {{then}}"
)
