"""Double-entry bookkeeping of versions, by which the head is counted in a moment, whatever the day and the size.

A version that is believed now comes on the day it holds from, and goes on the day it holds until; it is late until the
day it came to be known here. Each is entered by the day and by the month of both, the day logged and the day held, so
that what counts on a day is the sum of the months before it and of the days of its own; for whole months logged, and
for days at the ends of a period. Written in the transaction of the versions, under the chain's lock.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
DAY, MONTH, NONE = "day", "month", "none"
NEVER = OPEN.isoformat()
NO_DAY = date.min
"""Where what was logged on no day stands."""

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
    _sums: dict[tuple[str, str, str, str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 4))

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
        logged_in, logged = (DAY, str(logged)) if logged else (NONE, NO_DAY.isoformat())
        for held, turn in turns(str(since), str(until), people, known_on):
            sums = self._sums[standing, tier, logged_in, logged, held]
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
        for (standing, tier, logged_in, logged, held), sums in self._sums.items():
            for of, day in stretches(logged_in, logged):
                for held_in, first in stretches(DAY, held):
                    kept = rolled[standing, of, held_in, tier, day, first]
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


def stretches(in_: str, day: str) -> Iterator[tuple[str, str]]:
    """Yield a day, as ISO text, and its month; what has no day is neither."""
    yield in_, day
    if in_ == DAY:
        yield MONTH, f"{day[:8]}01"


_NAMES = ", ".join(["body", *KEY, *SUMS])
_OWN = ", ".join([*KEY, *SUMS])
_SAID = ", ".join(f"json_extract(value, '$.{name}')" for name in (*KEY, *SUMS))
_TYPED = ", ".join(f"{name} {kind}" for name, kind in {**KEY, **dict.fromkeys(SUMS, "bigint")}.items())
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


@dataclass(frozen=True)
class Asked:
    """Which days logged: months that begin between two days, days by themselves, and what was logged on none."""

    months: tuple[date, date] | None = None
    days: Sequence[date] = ()
    undated: bool = False

    def conditions(self) -> Iterator[tuple[str, str, Sequence[date]]]:
        """Yield for each kind of stretch what is said of `logged`, with its values."""
        if self.months:
            yield MONTH, "between %s and %s", self.months
        if self.days:
            yield DAY, f"in ({', '.join(['%s'] * len(self.days))})", self.days
        if self.undated:
            yield NONE, "= %s", [NO_DAY]


def on(body: int, day: date, standing: str, tiers: Sequence[str], asked: Asked) -> list[Standing]:
    """Return what counts at the head as at a day: one statement; a stretch may come in two parts."""
    selects: list[str] = []
    values: list[Any] = []
    month = day.replace(day=1)
    for logged_in, logged, own in asked.conditions():
        for held_in, held, bounds in ((MONTH, "< %s", [month]), (DAY, "between %s and %s", [month, day])):
            selects.append(
                f"select tier, logged_in, logged, {', '.join(f'sum({name})' for name in SUMS)} from {TABLE} "
                f"where body = %s and standing = %s and logged_in = %s and held_in = %s "
                f"and tier in ({', '.join(['%s'] * len(tiers))}) and logged {logged} and held {held} "
                f"group by tier, logged_in, logged"
            )
            values += [body, standing, logged_in, held_in, *tiers, *own, *bounds]
    if not (selects and tiers):
        return []
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(selects), values)
        return [Standing(tier, in_, str(first), *map(int, sums)) for tier, in_, first, *sums in cursor.fetchall()]
