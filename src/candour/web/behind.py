"""The incidents behind a number of a table, each as it stood at the table's coordinates."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from candour.figures import ages, counting, measures, merges
from candour.figures import behind as figures_behind
from candour.ledger import queries as ledger
from candour.rules.refusals import WrongInput
from candour.web import figures, forms, visits, wording

MOST_DIGITS = 19
"""Digits of a number that a database still holds."""


def behind(request: HttpRequest) -> HttpResponse:
    """List the incidents that one cell counts; the cell is a question of one period, and the key of its row.

    To somebody who may see none of them the page is not there.
    """
    visit = visits.of(request)
    form = figures.Question(request.GET, visit)
    if not form.is_valid():
        raise WrongInput(form.problems)
    question, at = form.cleaned_data["question"], form.cleaned_data["at"]
    rows = _rows(request.GET)
    found = figures_behind.page(question, at, 0, *rows, by=visit.person, today=visit.today, after=_after(request))
    shown = {
        "what": f"{question.measure.title}, {question.periods[0].label}",
        "at": at,
        "says": f"Counted {measures.basis(question.basis)[1]}",
        "narrowed": list(_narrowed(question.where, rows)),
        "found": found,
        "next": _next(request, found.next),
    }
    return render(request, "behind.html", shown)


class Open(forms.Asked):
    """Which open incidents: logged between so many days before a day, as it was then."""

    first = forms.Whole("Days, from")
    last = forms.Whole("Days, to")
    as_at = forms.Day("As at")
    record = forms.Whole("Record number")


def still_open(request: HttpRequest) -> HttpResponse:
    """List the incidents that were open at the end of a day, by how many days before they were logged."""
    visit, form = visits.of(request), Open(request.GET, {})
    if not form.is_valid():
        raise WrongInput(form.problems)
    said = form.cleaned_data
    first, last, day = said["first"] or 0, said["last"], said["as_at"] or visit.today
    at = ledger.coordinates(visit.body.pk, day, said["record"], today=visit.today)
    found = ages.page(at, first, last, by=visit.person, today=visit.today, after=_after(request))
    logged = f"{first} to {last} days" if last is not None else f"{first} days or more"
    shown = {"what": "Open incidents", "at": at, "says": f"Open that day, and logged {logged} before", "narrowed": []}
    return render(request, "behind.html", {**shown, "found": found, "next": _next(request, found.next)})


def _after(request: HttpRequest) -> int:
    """The number of the last incident of the page before; 0 for the first page."""
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < MOST_DIGITS else 0


def _rows(given: QueryDict) -> list[dict[str, str | None]]:
    """The rows of the table that a number counts: one, or those that were merged into one."""
    values: dict[str, list[str | None]] = {}
    for name, value in (*figures.pairs(given.getlist("key")), *((name, None) for name in given.getlist("unstated"))):
        values.setdefault(name, []).append(value)
    if math.prod(map(len, values.values())) > counting.MOST_ROWS:
        raise WrongInput(f"more than {counting.MOST_ROWS} rows are not listed together")
    return [dict(zip(values, row, strict=True)) for row in itertools.product(*values.values())]


def _narrowed(where: Mapping[str, str], rows: Sequence[Mapping[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Each fact by which a number is narrowed, with its value or its values."""
    yield from ((wording.fact(name), wording.tier(value)) for name, value in where.items())
    for name in rows[0]:
        values = dict.fromkeys(wording.group({name: row[name]}) for row in rows)
        yield wording.fact(name), merges.AND.join(values)


def _next(request: HttpRequest, after: int | None) -> str | None:
    """The address of the incidents after these."""
    if after is None:
        return None
    asked = request.GET.copy()
    asked["after"] = str(after)
    return f"{request.path}?{asked.urlencode()}"
