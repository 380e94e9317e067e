"""Standard tables at the head, added up from the balances: of each span whole months, and days at its ends."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from candour.figures.coverage import DAY, Span
from candour.incidents import balances
from candour.incidents.balances import Standing

BASIS = "logged_on"
"""The column of the moment by which balances stand: the standard measures' own basis."""

Part = tuple[str, date, date]
"""Months or days (as balances name them) that begin on or after one day, and before another."""

Sums = tuple[int, int, int, int]
"""Incidents, people in them, how many state people, and how many came to be known here after the day."""


def add_up(body: int, day: date, standing: str, spans: Sequence[tuple[str, Span | None]]) -> Iterator[Sums]:
    """Yield the sums of each tier and span (None: without a day of logging) as at a day."""
    parts = [(tier, list(_parts(span))) for tier, span in spans]
    tiers = sorted({tier for tier, _ in spans})
    asked = _asked(part for _, own in parts for part in own)
    found = sorted(balances.on(body, day, standing, tiers, asked)) if asked else []
    for tier, own in parts:
        yield _sum([row for part in own for row in _within(found, tier, part)])


def _parts(span: Span | None) -> Iterator[Part]:
    """Cut a span into its whole months, and the days before and after them."""
    if span is None:
        yield balances.MONTH, balances.NO_DAY, balances.NO_DAY + DAY
        return
    after = span.end + DAY
    first, until = _first_of_month(span.start), after.replace(day=1)
    if first >= until:
        first = until = after
    yield balances.MONTH, first, until
    yield balances.DAY, span.start, first
    yield balances.DAY, until, after


def _first_of_month(day: date) -> date:
    """The first day of a month that does not lie before a day."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _asked(parts: Iterable[Part]) -> dict[str, list[date]]:
    """Every month and day that some part has, once."""
    asked: dict[str, set[date]] = {}
    for in_, first, until in parts:
        while first < until:
            asked.setdefault(in_, set()).add(first)
            first = _first_of_month(first + DAY) if in_ == balances.MONTH else first + DAY  # noqa: PLW2901
    return {in_: sorted(days) for in_, days in asked.items()}


def _within(found: Sequence[Standing], tier: str, part: Part) -> Sequence[Standing]:
    in_, *days = part
    start, end = (bisect_left(found, (tier, in_, day.isoformat()), key=lambda row: row[:3]) for day in days)
    return found[start:end]


def _sum(rows: Sequence[Standing]) -> Sums:
    return (
        sum(row.incidents for row in rows),
        sum(row.people for row in rows),
        sum(row.stating for row in rows),
        sum(row.late for row in rows),
    )
