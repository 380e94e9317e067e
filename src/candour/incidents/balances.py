"""Double-entry bookkeeping of versions, by which the head is counted in a moment, whatever the day and the size.

A version that is believed now comes on the day it holds from, and goes on the day it holds until. Each turn is
entered by the day, the month and the year held, so that what counts on a day is the sum of the years before it, of
the months of its year and of the days of its month; and by the day and the month logged, for whole months, and for
days at the ends of a period. Beside it stands what the record itself knew at the end of each day, by which a table
knows whether it is reconstructed. Written in the transaction of the versions, under the chain's lock.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import chain
from operator import add
from typing import Any, NamedTuple

import orjson
from django.db import connection

from candour.incidents import models
from candour.ledger import background
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.ledger.rows import in_parts, together
from candour.rules import years

TABLE = models.Balance._meta.db_table
DAY, MONTH, YEAR = "day", "month", "year"
NO_DAY = date(1, 1, 2)
"""What was logged on no day stands beside the months, as if one began on this day; none does."""
_UNDATED = NO_DAY.isoformat()
NEVER = OPEN.isoformat()

KEY = {"standing": "text", "logged_in": "text", "held_in": "text", "tier": "text", "logged": "date", "held": "date"}
SUMS = ("incidents", "people", "stating", "recorded", "same", "alike")
OF_PEOPLE = {"people", "stating", "alike"}

COUNTED = ("standing", "tier", "logged_on", "people_affected", "held_from", "held_until")
"""What the books take from a version."""

Cell = tuple[str, str, str]
"""Standing, tier, and the day logged as ISO text: where a version counts."""

Turn = tuple[int, ...]
"""What is added to each of the SUMS on one day."""

Turned = tuple[Cell, str, Turn]
"""Where something turned, the day held, and what that adds."""

Key = tuple[str, str, str, str, str, str]
"""Standing, logged in, held in, tier, logged, held: KEY."""


class Belief(NamedTuple):
    """A version as the books see it; days are ISO text, `opened` and `closed` the London days of its entries."""

    key: int
    cell: Cell
    people: int | None
    since: str
    until: str
    opened: str
    closed: str = NEVER


@dataclass
class Book:
    """What deeds of one London day, in one transaction, add to the balances of a body and take away."""

    body: int
    today: date
    _before: dict[int, list[Belief]] = field(default_factory=lambda: defaultdict(list))
    _turned: Counter[Turned] = field(default_factory=Counter)

    def remember(self, incidents: Iterable[int]) -> None:
        """Read all that was ever believed of incidents, before it is written otherwise: one statement for every 500."""
        for some in in_parts(sorted(incidents)):
            with connection.cursor() as cursor:
                cursor.execute(f"{_EVER} ({', '.join(['%s'] * len(some))})", [self.body, *some])
                for incident, key, number, opened_at, closed_at, *said in cursor.fetchall():
                    ended = self._day(closed_at) if number else NEVER
                    self._before[incident].append(_belief(key, said, self._day(opened_at), ended))

    def _day(self, at: datetime | None) -> str:
        """The London day of an entry (a driver's moment without a zone is UTC's); of one not yet written, today."""
        if at is None:
            return self.today.isoformat()
        return years.london_day(at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()

    def enter(self, written: Iterable[tuple[int, Sequence[Any]]], closed: Container[int] = ()) -> None:
        """Enter what is written today, by incident and in the order of COUNTED, and which keys are closed today."""
        today, after = self.today.isoformat(), defaultdict(list)
        for incident, version in written:
            after[incident].append(_belief(0, version, today, NEVER))
        for incident, before in self._before.items():
            self._turned.subtract(turns(before))
            after[incident] += [one._replace(closed=today) if one.key in closed else one for one in before]
        self._turned.update(chain.from_iterable(map(turns, after.values())))

    def write(self) -> None:
        """Add everything to what stands: on PostgreSQL by one statement, on SQLite by one for every 100 rows."""
        rows = [(self.body, *key, *sums) for key, sums in sorted(self._rolled_up().items()) if any(sums)]
        if connection.vendor == "sqlite":
            together(_INTO, rows, _ONTO)
        elif rows:
            said = [dict(zip((*KEY, *SUMS), row[1:], strict=True)) for row in rows]
            background.execute(_ADD_JSON, [self.body, orjson.dumps(said).decode()])

    def _rolled_up(self) -> dict[Key, Turn]:
        """The sums by the day, month and year held, and of all of them by the month logged."""
        days = _summed((_of_days(cell, held), _times(turn, many)) for (cell, held, turn), many in self._turned.items())
        months = _by_held(days, MONTH, _first)
        held = days | months | _by_held(months, YEAR, _new_year)
        return held | _summed(
            ((standing, MONTH, held_in, tier, _first(logged), day), turn)
            for (standing, logged_in, held_in, tier, logged, day), turn in held.items()
            if logged_in == DAY
        )


def _by_held(sums: Mapping[Key, Turn], held_in: str, first: Callable[[str], str]) -> dict[Key, Turn]:
    """Add sums up by a longer stretch held, each named by its first day."""
    return _summed(
        ((standing, logged_in, held_in, tier, logged, first(held)), turn)
        for (standing, logged_in, _, tier, logged, held), turn in sums.items()
    )


def _summed(turns_: Iterable[tuple[Key, Turn]]) -> dict[Key, Turn]:
    sums: dict[Key, Turn] = {}
    for key, turn in turns_:
        there = sums.get(key)
        sums[key] = turn if there is None else tuple(map(add, there, turn))
    return sums


def _of_days(cell: Cell, held: str) -> Key:
    standing, tier, logged = cell
    return standing, MONTH if logged == _UNDATED else DAY, DAY, tier, logged, held


def _times(turn: Turn, many: int) -> Turn:
    return turn if many == 1 else tuple(many * one for one in turn)


def _first(day: str) -> str:
    """The first day of a day's month, as ISO text."""
    return f"{day[:8]}01"


def _new_year(day: str) -> str:
    """The first day of a day's year, as ISO text."""
    return f"{day[:5]}01-01"


def _belief(key: int, version: Sequence[Any], opened: str, closed: str) -> Belief:
    standing, tier, logged, people, since, until = version
    return Belief(key, (standing, tier, str(logged or NO_DAY)), people, str(since), str(until), opened, closed)


def turns(beliefs: Sequence[Belief]) -> Iterator[Turned]:
    """Give where one incident comes to count and ceases to, on which days, and what that adds to the sums.

    Beside what is believed now stands what the record itself knew at the end of each day, and where both are the same.
    """
    if len(beliefs) == 1 and beliefs[0].closed == NEVER:
        return _once(beliefs[0])
    return _several(beliefs)


def _once(one: Belief) -> Iterator[Turned]:
    """What was believed once and still is: the record knows it from the day it was entered."""
    known = max(one.since, one.opened)
    yield from _range(one.cell, one.since, one.until, (1, one.people or 0, int(one.people is not None), 0, 0, 0))
    yield from _range(one.cell, known, one.until, (0, 0, 0, 1, 1, 1))


def _several(beliefs: Sequence[Belief]) -> Iterator[Turned]:
    now = [one for one in beliefs if one.closed == NEVER]
    for one in now:
        yield from _range(one.cell, one.since, one.until, (1, one.people or 0, int(one.people is not None), 0, 0, 0))
    for then in beliefs:
        since, until = max(then.since, then.opened), min(then.until, then.closed)
        if since < until:
            yield from _range(then.cell, since, until, (0, 0, 0, 1, 0, 0))
            for one in now:
                if one.cell == then.cell:
                    both = max(since, one.since), min(until, one.until)
                    yield from _range(one.cell, *both, (0, 0, 0, 0, 1, int(one.people == then.people)))


def _range(cell: Cell, since: str, until: str, turn: Turn) -> Iterator[Turned]:
    if since < until:
        yield cell, since, turn
        if until != NEVER:
            yield cell, until, _times(turn, -1)


_ENTRY = ledger.Entry._meta.db_table
_EVER = (
    f"select v.incident, v.id, v.closed, o.at, c.at, {', '.join(f'v.{name}' for name in COUNTED)} "
    f"from {models.Version._meta.db_table} v "
    f"left join {_ENTRY} o on o.body = v.body and o.number = v.opened "
    f"left join {_ENTRY} c on c.body = v.body and c.number = v.closed where v.body = %s and v.incident in"
)
_NAMES = ", ".join([*KEY, *SUMS])
_TYPED = ", ".join(f"{name} {kind}" for name, kind in {**KEY, **dict.fromkeys(SUMS, "bigint")}.items())
_MORE = ", ".join(f"{name} = {TABLE}.{name} + excluded.{name}" for name in SUMS)
_ONTO = f"on conflict (body, {', '.join(KEY)}) do update set {_MORE}"
_INTO = f"{TABLE} (body, {_NAMES})"
_ADD_JSON = f"insert into {_INTO} select %s, {_NAMES} from json_to_recordset(%s) as added({_TYPED}) {_ONTO}"


class Standing(NamedTuple):
    """What counts on a day of one tier and one stretch of days logged, which begins on `logged` (ISO text)."""

    tier: str
    logged_in: str
    logged: str
    incidents: int
    people: int
    stating: int
    recorded: int
    same: int
    alike: int


def on(
    body: int, day: date, standing: str, tiers: Sequence[str], asked: Mapping[str, Sequence[date]], *, people: bool
) -> list[Standing]:
    """Return what counts at the head as at a day, of the days and months logged that are asked for by their first day.

    Without `people` what says something of them is 0: to add up half as much takes an eighth less time.

    Three statements for months logged and three for days: what was held in the years before, in the months of this
    year, and in the days of this month. Each stretch is looked up by itself: what was held in one year lies together
    within it. (Asked in one statement, PostgreSQL would start workers for it, which takes longer than the whole.)
    """
    month = day.replace(day=1)
    year = month.replace(month=1)
    sums = ", ".join(f"sum({name})" if people or name not in OF_PEOPLE else "0" for name in SUMS)
    bounds = {
        YEAR: ("held < %s", [year]),
        MONTH: ("held >= %s and held < %s", [year, month]),
        DAY: ("held between %s and %s", [month, day]),
    }
    found: list[Standing] = []
    with connection.cursor() as cursor:
        for logged_in, firsts in asked.items():
            for held_in, (held, its) in bounds.items():
                cursor.execute(
                    f"select tier, logged_in, logged, {sums} from {TABLE} where body = %s and standing = %s "
                    f"and logged_in = %s and held_in = %s and tier in ({_places(tiers)}) "
                    f"and logged in ({_places(firsts)}) and {held} group by tier, logged_in, logged",
                    [body, standing, logged_in, held_in, *tiers, *firsts, *its],
                )
                rows = cursor.fetchall()
                found += (Standing(tier, in_, str(first), *map(int, sums)) for tier, in_, first, *sums in rows)
    return found


def _places(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
