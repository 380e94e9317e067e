"""Standard tables at the head, added up from the balances: of each span whole months, more or less days at its ends."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from candour.figures.coverage import DAY, Span
from candour.incidents import balances
from candour.incidents.balances import Standing

BASIS = "logged_on"
"""The column of the moment by which balances stand: the standard measures' own basis."""

Part = tuple[int, str, date, date]
"""1 or -1: added or taken away; months or days (as balances name them) from one day on, and before another."""


class Sums(NamedTuple):
    """Incidents, people in them, how many state people; what the record knew then; of it what is the same, alike."""

    incidents: int
    people: int
    stating: int
    recorded: int
    same: int
    alike: int

    def otherwise(self, *, people: bool) -> bool | None:
        """Whether the record itself could not count so at the end of that day; None where sums cannot tell.

        They cannot where as many came as went: an incident may only have moved from day to day within the span.
        """
        if self.incidents == self.recorded == (self.alike if people else self.same):
            return False
        return True if self.incidents != self.recorded else None


def add_up(
    body: int, day: date, standing: str, spans: Sequence[tuple[str, Span | None]], *, people: bool = True
) -> Iterator[Sums]:
    """Yield the sums of each tier and span (None: without a day of logging) as at a day; of `people` only if asked."""
    parts = [(tier, list(_parts(span))) for tier, span in spans]
    tiers = sorted({tier for tier, _ in spans})
    asked = _asked(part for _, own in parts for part in own)
    found = sorted(balances.on(body, day, standing, tiers, asked, people=people)) if asked else []
    for tier, own in parts:
        yield _sum([(part[0], row) for part in own for row in _within(found, tier, part)])


def _parts(span: Span | None) -> Iterator[Part]:
    """Cut a span into months, and at each end into the days it has beyond them, or has not: whichever are fewer."""
    if span is None:
        yield 1, balances.MONTH, balances.NO_DAY, balances.NO_DAY + DAY
        return
    after = span.end + DAY
    first, until = _nearest(span.start), _nearest(after)
    yield 1, balances.MONTH, first, until
    yield from _between(span.start, first)
    yield from _between(until, after)


def _between(one: date, other: date) -> Iterator[Part]:
    """The days from one day to before another, which are taken away where the other comes first."""
    if one != other:
        yield (1, balances.DAY, one, other) if one < other else (-1, balances.DAY, other, one)


def _nearest(day: date) -> date:
    """The first day of a month that lies nearest."""
    this, next_ = day.replace(day=1), _first_of_month(day)
    return this if day - this <= next_ - day else next_


def _first_of_month(day: date) -> date:
    """The first day of a month that does not lie before a day."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _asked(parts: Iterable[Part]) -> dict[str, list[date]]:
    """Every month and day that some part has, once."""
    asked: dict[str, set[date]] = {}
    for _, in_, first, until in parts:
        while first < until:
            asked.setdefault(in_, set()).add(first)
            first = _first_of_month(first + DAY) if in_ == balances.MONTH else first + DAY  # noqa: PLW2901
    return {in_: sorted(days) for in_, days in asked.items()}


def _within(found: Sequence[Standing], tier: str, part: Part) -> Sequence[Standing]:
    _, in_, *days = part
    start, end = (bisect_left(found, (tier, in_, day.isoformat()), key=lambda row: row[:3]) for day in days)
    return found[start:end]


def _sum(rows: Sequence[tuple[int, Standing]]) -> Sums:
    return Sums(*(sum(sign * getattr(row, name) for sign, row in rows) for name in balances.SUMS))
