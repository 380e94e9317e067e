"""The first page: what somebody in these roles comes for, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.figures import questions, rendering, tables
from candour.foi import queries as requests
from candour.incidents import queries as incidents
from candour.incidents.queries import queue
from candour.ledger import queries as ledger
from candour.rules import tiers, years
from candour.rules.rights import Deed
from candour.web import figures, visits, wording

LINES = 5
OVERSEEN = ("all-incidents", "incidents-reported-to-ico", "other-incidents", "near-misses")
"""The four numbers of whoever answers for the risk."""


def home(request: HttpRequest) -> HttpResponse:
    visit = visits.of(request)
    return render(request, "home.html", {"head": ledger.head(visit.body.pk), **_sections(visit)})


def _sections(visit: visits.Visit) -> dict[str, Any]:
    """What each right brings to the page."""
    found: dict[str, Any] = {}
    if visit.may(Deed.DECIDE_TO_NOTIFY):
        found |= {"numbers": list(_numbers(visit)), "chart": _chart(visit)}
    if visit.may(Deed.SEE_REQUESTS):
        rows = requests.cases(visit.body, by=visit.person, today=visit.today)
        found["cases"] = sorted(rows, key=lambda row: (row.due < visit.today, row.due))[:LINES]
    if visit.may(Deed.ACCEPT):
        found |= {"queue": queue.queue(visit.body, by=visit.person, today=visit.today, limit=LINES)}
    elif visit.may(Deed.ADVISE):
        found |= {"open": _incidents(visit, {"tier": tiers.UNDETERMINED}), "latest": _incidents(visit, {})}
    return found


def _incidents(visit: visits.Visit, filters: dict[str, str]) -> list[incidents.Row]:
    found = incidents.page(visit.body, by=visit.person, today=visit.today, filters=filters, limit=LINES)
    return found.rows


@dataclass(frozen=True)
class Number:
    """One figure since 1 April beside the same days of the year before."""

    title: str
    now: figures.Cell
    before: figures.Cell


def _numbers(visit: visits.Visit) -> Iterator[Number]:
    start = years.containing("financial-year", visit.today).start
    before = years.containing("financial-year", start - timedelta(days=1)).start
    periods = (years.span(before, visit.today - (start - before)), years.span(start, visit.today))
    for slug in OVERSEEN:
        shown = figures.shown_table(_table(visit, slug, periods), behind=visit.may(Deed.SEE_INCIDENTS))
        earlier, now = shown.rows[0][1]
        yield Number(shown.title.partition(",")[0], now, earlier)


def _chart(visit: visits.Visit) -> str:
    start = years.containing("financial-year", visit.today).start
    return rendering.chart(
        _table(visit, "all-incidents", years.periods("month", start, visit.today), ("tier",)),
        words=wording.TIERS,
        headed=False,
    )


def _table(
    visit: visits.Visit, measure: str, periods: tuple[years.Period, ...], group: tuple[str, ...] = ()
) -> tables.Table:
    at = visit.now
    return tables.table(visit.body.pk, questions.question(measure, periods, group=group), at)
