"""Double-entry bookkeeping of versions, by which the head is counted in a moment, whatever the day and the size.

A version that is believed now comes on the day it holds from, and goes on the day it holds until; it is late until the
day it came to be known here. Each is entered by the day and by the month of both, the day logged and the day held, so
that what counts on a day is the sum of the months before it and of the days of its own; for whole months logged, and
for days at the ends of a period. Written in the transaction of the versions, under the chain's lock.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Subquery

from candour.incidents import models
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.ledger.rows import in_parts
from candour.rules import years

TABLE = models.Balance._meta.db_table
DAY, MONTH = "day", "month"
NO_DAY = date(1, 1, 2)
"""What was logged on no day stands beside the months, as if one began on this day; none does."""
NEVER = OPEN.isoformat()

KEY = {"standing": "text", "logged_in": "text", "held_in": "text", "tier": "text", "logged": "date", "held": "date"}
SUMS = ("incidents", "people", "stating", "late")

COUNTED = ("standing", "tier", "logged_on", "people_affected", "held_from", "held_until")
"""What the books take from a version."""

Turn = tuple[int, int, int, int]
"""What is added to each of the SUMS."""


@dataclass
class Book:
    """What the versions of one transaction add to the balances of a body, and take away."""

    body: int
    _sums: dict[tuple[str, str, str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 4))

    def take(self, versions: Iterable[Sequence[Any]], known_on: date) -> None:
        """Enter versions, in the order of COUNTED, that came to be known on a London day."""
        for version in versions:
            self._enter(version, known_on.isoformat(), 1)

    def take_back(self, keys: Sequence[int], today: date) -> None:
        """Take out versions that are closed; what is not yet in the ledger came to be known today."""
        entry = ledger.Entry.objects.filter(body=OuterRef("body"), number=OuterRef("opened")).values("at")
        for some in in_parts(keys):
            versions = models.Version.objects.filter(pk__in=some).annotate(at=Subquery(entry))
            for *version, at in versions.values_list(*COUNTED, "at"):
                self._enter(version, (years.london_day(at) if at else today).isoformat(), -1)

    def _enter(self, version: Sequence[Any], known_on: str, sign: int) -> None:
        standing, tier, logged, people, since, until = version
        logged = str(logged or NO_DAY)
        for held, turn in turns(str(since), str(until), people, known_on):
            sums = self._sums[standing, tier, logged, held]
            for place, one in enumerate(turn):
                sums[place] += sign * one

    def write(self) -> None:
        """Add everything to what stands, one statement."""
        rows = [{**row, **dict(zip(SUMS, sums, strict=True))} for row, sums in self._rolled_up() if any(sums)]
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(_ADD[connection.vendor], [self.body, json.dumps(rows)])

    def _rolled_up(self) -> Iterator[tuple[dict[str, str], list[int]]]:
        rolled: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * 4)
        for (standing, tier, logged, held), sums in self._sums.items():
            for logged_in, day in stretches(logged):
                for held_in, first in stretches(held):
                    kept = rolled[standing, logged_in, held_in, tier, day, first]
                    kept[:] = map(int.__add__, kept, sums)
        return ((dict(zip(KEY, key, strict=True)), sums) for key, sums in sorted(rolled.items()))


def turns(since: str, until: str, people: int | None, known_on: str) -> Iterator[tuple[str, Turn]]:
    """Yield the days, as ISO text, on which a version comes and goes, and what each adds to the sums."""
    if since < until:
        late = int(since < known_on)
        incident = 1, people or 0, int(people is not None)
        yield since, (*incident, late)
        if until != NEVER:
            yield until, (-incident[0], -incident[1], -incident[2], 0)
        if late:
            yield min(until, known_on), (0, 0, 0, -1)


def stretches(day: str) -> Iterator[tuple[str, str]]:
    """Yield a day, as ISO text, and the first of its month."""
    if day == NO_DAY.isoformat():
        yield MONTH, day
    else:
        yield DAY, day
        yield MONTH, f"{day[:8]}01"


_NAMES = ", ".join(["body", *KEY, *SUMS])
_OWN = ", ".join([*KEY, *SUMS])
_SAID = ", ".join(f"json_extract(value, '$.{name}')" for name in (*KEY, *SUMS))
_TYPED = ", ".join(f"{name} {kind}" for name, kind in {**KEY, **dict.fromkeys(SUMS, "bigint")}.items())
_SUMMED = ", ".join(f"sum({name})" for name in SUMS)
_MORE = ", ".join(f"{name} = {TABLE}.{name} + excluded.{name}" for name in SUMS)
_ADD = {
    vendor: f"insert into {TABLE} ({_NAMES}) {rows} on conflict ({', '.join(['body', *KEY])}) do update set {_MORE}"
    for vendor, rows in {
        "sqlite": f"select %s, {_SAID} from json_each(%s) where true",
        "postgresql": f"select %s, {_OWN} from json_to_recordset(%s) as added({_TYPED})",
    }.items()
}
"""Adds rows, given as JSON, to those that stand: one statement and two values, however many rows there are."""


class Standing(NamedTuple):
    """What counts on a day of one tier and one stretch of days logged, which begins on `logged` (ISO text)."""

    tier: str
    logged_in: str
    logged: str
    incidents: int
    people: int
    stating: int
    late: int


def on(
    body: int, day: date, standing: str, tiers: Sequence[str], asked: Mapping[str, Sequence[date]]
) -> list[Standing]:
    """Return what counts at the head as at a day, of the days and months logged that are asked for by their first day.

    Two statements for months and two for days: what was held in the months before comes apart from what was held since.
    Each stretch is looked up by itself: what was held in one month lies together within it. (Asked in one statement,
    PostgreSQL would start workers for it, which takes longer than the whole.)
    """
    month = day.replace(day=1)
    bounds = {MONTH: ("held < %s", [month]), DAY: ("held between %s and %s", [month, day])}
    found: list[Standing] = []
    with connection.cursor() as cursor:
        for logged_in, firsts in asked.items():
            for held_in, (held, its) in bounds.items():
                cursor.execute(
                    f"select tier, logged_in, logged, {_SUMMED} from {TABLE} where body = %s and standing = %s "
                    f"and logged_in = %s and held_in = %s and tier in ({_places(tiers)}) "
                    f"and logged in ({_places(firsts)}) and {held} group by tier, logged_in, logged",
                    [body, standing, logged_in, held_in, *tiers, *firsts, *its],
                )
                rows = cursor.fetchall()
                found += (Standing(tier, in_, str(first), *map(int, sums)) for tier, in_, first, *sums in rows)
    return found


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
