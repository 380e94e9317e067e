"""Requests for information: what runs out when, and each request beside its answer as drafted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from candour.figures import rendering
from candour.foi import leaving, queries
from candour.organisation import queries as organisation
from candour.rules import answers, clocks
from candour.rules.rights import Deed
from candour.web import visits, wording

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
AT_ONCE = 50
STEPS = {
    Deed.ASK_CLEARANCE: "asked for clearance",
    Deed.CLEAR: "cleared it",
    Deed.RETURN: "gave it back",
    Deed.RELEASE: "released it",
    Deed.WITHDRAW: "withdrew it",
}
"""What somebody did with a reply, in words."""
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-same-origin"
"""What a letter may do when it is shown in a page: be read, in the style of the day it was written; nothing else."""


@dataclass(frozen=True)
class Day:
    """A square in the strip: a working day with its number, or a weekday that is skipped (number None) and why."""

    day: date
    number: int | None
    why: str
    is_past: bool
    is_today: bool


def strip(account: clocks.Account, today: date) -> list[Day]:
    """Return the weekdays of a clock in order, as they stand today."""
    counted = [Day(day, number, "", day < today, day == today) for number, day in enumerate(account.counted, 1)]
    skipped = [Day(one.date, None, one.why, one.date < today, one.date == today) for one in account.skipped]
    return sorted(counted + skipped, key=lambda one: one.day)


@visits.may(Deed.SEE_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests, the newest first; `before` is the number of the last one on the page before."""
    visit = visits.of(request)
    given = request.GET.get("before", "")
    before = int(given) if given.isdecimal() else None
    rows = queries.cases(visit.body, by=visit.person, today=visit.today, before=before, limit=AT_ONCE)
    older = rows[-1].number if len(rows) == AT_ONCE else None
    return render(request, "requests.html", {"rows": rows, "older": older, "first": before is None})


@visits.may(Deed.SEE_REQUESTS)
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one request, each question beside its answer."""
    return page(request, reference)


def address(reference: str) -> str:
    """Return the address of a request's page."""
    return reverse("request", args=[reference])


def page(request: HttpRequest, reference: str, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Return the page of a request, with what could not be done just now."""
    visit = visits.of(request)
    view = queries.case(visit.body, reference, by=visit.person, today=visit.today)
    questions = list(_drafted(view.answers) if view.answers else _asked(view.request))
    shown = {"view": view, "questions": questions, "days": strip(view.clock, visit.today), "today": visit.today}
    out = leaving.leaving(visit.body, reference, by=visit.person, at=visit.at, today=visit.today)
    shown |= {"out": out, "problem": problem, "words": STEPS}
    return render(request, "request.html", shown, status=status)


@visits.may(Deed.SEE_REQUESTS)
@xframe_options_sameorigin
def file(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Give one file of the last draft: the letter as a page to be looked at, everything else to be kept."""
    visit = visits.of(request)
    content = queries.file(visit.body, reference, name, by=visit.person, today=visit.today)
    kind = name.rpartition(".")[2].lower()
    headers = {"Content-Disposition": f'attachment; filename="{organisation.file_name(visit.body.pk, name)}"'}
    if kind == "html" and "keep" not in request.GET:
        headers = {"Content-Security-Policy": LETTER_POLICY}
    return HttpResponse(content, content_type=TYPES.get(kind, "application/octet-stream"), headers=headers)


def _asked(request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions of a request to which nothing was drafted yet."""
    for question in request["questions"]:
        yield {**question, "open": [], "parts": []}


def _drafted(drafted: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions with their answers, every figure in words."""
    for question in drafted["questions"]:
        answer = question["answer"]
        yield {**question, "open": answer["open"], "parts": [_part(part) for part in answer["parts"]]}


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    figures = part["figures"]
    says = wording.STATUSES[part["status"]]
    return {**part, "says": says, "table": _grid(figures) if figures else None}


def _grid(figures: Mapping[str, Any]) -> dict[str, Any]:
    """A table of the draft: its periods and its rows in words."""
    groups = figures["groups"]
    return {
        "title": figures["title"],
        "periods": [cell["period"] for cell in groups[0]["cells"]] if groups else [],
        "rows": [(wording.group(group["key"]), [_words(cell) for cell in group["cells"]]) for group in groups],
        "named": any(group["key"] for group in groups),
    }


def _words(cell: Mapping[str, Any]) -> str:
    return rendering.short(answers.from_json(cell))
