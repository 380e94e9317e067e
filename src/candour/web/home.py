"""The first page: what somebody in these roles comes for, and nothing else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.foi import queries as requests
from candour.incidents import queries as incidents
from candour.incidents.queries import queue
from candour.ledger import queries as ledger
from candour.rules import tiers
from candour.rules.rights import Deed
from candour.web import dashboard, visits

LINES = 5


def home(request: HttpRequest) -> HttpResponse:
    visit = visits.of(request)
    return render(request, "home.html", {"head": ledger.head(visit.body.pk), **_sections(visit)})


def _sections(visit: visits.Visit) -> dict[str, Any]:
    """What each right brings to the page."""
    found: dict[str, Any] = {}
    if visit.may(Deed.DECIDE_TO_NOTIFY):
        found |= dashboard.top(visit)
    if visit.may(Deed.SEE_REQUESTS):
        rows = requests.cases(visit.body, by=visit.person, today=visit.today)
        found["cases"] = sorted(rows, key=lambda row: (row.due < visit.today, row.due))[:LINES]
    if visit.may(Deed.ACCEPT):
        found |= {"queue": queue.queue(visit.body, by=visit.person, today=visit.today, limit=LINES)}
    elif visit.may(Deed.ADVISE) or visit.owned:
        found |= {"open": _incidents(visit, {"tier": tiers.UNDETERMINED}), "latest": _incidents(visit, {})}
    return found


def _incidents(visit: visits.Visit, filters: dict[str, str]) -> list[incidents.Row]:
    found = incidents.page(visit.body, by=visit.person, today=visit.today, filters=filters, limit=LINES)
    return found.rows
