"""Several bodies side by side: those that a sponsor may see, and those that ended in a body, each by its own record."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from candour.figures import (
    across,
    asking,
    differences,
    inherited,
    kinds,
    leaflet,
    lines,
    measures,
    middles,
    neighbours,
    questions,
    rendering,
    taken_over,
)
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import answers, years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import figures, forms, quoted, takeaway, visits

SPONSORED, JOINED = "sponsored", "joined"
SETS = ((SPONSORED, "the bodies we sponsor"), (JOINED, "us, and the bodies that became part of us"))
YEARS_SHOWN = 5
KINDS = ("csv", "ods", "xlsx", "json", "svg", "pdf")
MOST_DRAWN = 40


class Question(forms.Asked):
    """Which bodies, what is counted and over which periods; unasked, five financial years of what is shared."""

    of = forms.Choice("Bodies", SETS)
    measure = forms.Choice("Count", [(one.slug, one.title) for one in measures.STANDARD])
    by = forms.Choice("By", figures.KINDS)
    start = forms.Day("From", required=True)
    end = forms.Day("To", required=True)
    as_at = forms.Day("As at")
    only = forms.Choice("Only where", figures.GROUPS, required=False)
    value = forms.Text("is")
    against = forms.Whole("Compared with record no.")

    def __init__(self, given: QueryDict, visit: visits.Visit) -> None:
        self.visit = visit
        self.shared = neighbours.shared_measures(visit.body, visit.today)
        first = years.containing("financial-year", visit.today - timedelta(days=366 * (YEARS_SHOWN - 1))).start
        days = {"start": years.spoken(first), "end": given.get("as_at") or years.spoken(visit.today)}
        measure = min(self.shared, default="all-incidents")
        of = SPONSORED if self.shared else JOINED
        super().__init__(given, {"of": of, "measure": measure, "by": "financial-year", **days})

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.errors:
            return said
        try:
            body, day, today = self.visit.body, said["as_at"] or self.visit.today, self.visit.today
            said["at"] = ledger.coordinates(body.pk, day, None, today=today)
            periods = asking.periods(body, said["by"], said["start"], said["end"], said["at"])
            where = asking.written(body, {said["only"]: said["value"]} if said["only"] else {}, said["at"].number)
            said["question"] = questions.question(said["measure"], periods, where=where)
            said["found"] = across.across(self._lines(said), said["question"], day)
            said["changed"] = self._changed(said)
        except WrongInput as refusal:
            self.refuse(refusal)
        return said

    def _lines(self, said: dict[str, Any]) -> list[across.Line]:
        visit = self.visit
        if said["of"] == SPONSORED:
            return neighbours.sponsored(visit.body, said["measure"], visit.today)
        return neighbours.with_predecessors(visit.body, visit.now.number)

    def _changed(self, said: dict[str, Any]) -> differences.Seen | None:
        """The incidents that count otherwise at another record number; a sponsor sees none of them."""
        if said["against"] is None:
            return None
        if said["of"] == SPONSORED:
            raise WrongInput("A sponsor sees numbers, not which incidents are behind them; leave the other record out")
        visit = self.visit
        there = ledger.coordinates(visit.body.pk, said["at"].day, said["against"], today=visit.today)
        return taken_over.seen(visit.body, said["question"], said["at"], there, by=visit.person, today=visit.today)


@dataclass(frozen=True)
class Cell:
    """A cell as it is printed: its words, its state, and the address of the references behind it."""

    words: str
    status: str
    behind: str | None


@visits.may(Deed.SEE_FIGURES)
def bodies(request: HttpRequest) -> HttpResponse:
    """Show the form and the table of bodies."""
    visit = visits.of(request)
    form = Question(request.GET, visit)
    found: across.Across | None = form.cleaned_data["found"] if form.is_valid() else None
    shown: dict[str, Any] = {"form": form, "found": found, "shared": form.shared, "kinds": KINDS}
    if found:
        shown |= {
            "title": lines.title(found), "provenance": lines.provenance(found), "about": lines.about(found),
            "notes": lines.notes(found), "header": lines.grid(found)[0],
            "rows": list(_rows(found, form.cleaned_data["of"], visit)),
            "charts": _charts(found),
            "asked": request.GET.urlencode(), "changed": form.cleaned_data["changed"], "kinds_of": kinds.KINDS,
            "there": form.cleaned_data["against"],
            "no_sum": "" if found.question.measure.gives.adds_up else middles.SAYS,
        }  # fmt: skip
    return render(request, "bodies.html", shown)


def _charts(found: across.Across) -> tuple[str, str] | None:
    """The chart for a wide screen and for a narrow one; none of more lines than can be looked at."""
    return (lines.chart(found, headed=False), lines.narrow_chart(found)) if 0 < len(found.rows) <= MOST_DRAWN else None


def _rows(found: across.Across, of: str, visit: visits.Visit) -> Iterator[tuple[str, list[Cell]]]:
    """Each line, and the total; a number leads to its incidents, else to what it rests on, a total to its parts."""
    for row in found.rows:
        pairs = zip(found.question.periods, row.cells, strict=True)
        yield (
            row.line.body.name,
            [
                _cell(
                    cell, behind(found, row.line, period, cell, visit) or parts(found, of, period, row.line.body.slug)
                )
                for period, cell in pairs
            ],
        )
    if len(found.rows) > 1:
        pairs = zip(found.question.periods, found.total, strict=True)
        yield lines.TOGETHER, [_cell(cell, parts(found, of, period)) for period, cell in pairs]


def _cell(cell: answers.Answer, address: str) -> Cell:
    return Cell(rendering.short(cell), cell.status, address if cell.value else None)


def behind(
    found: across.Across, line: across.Line, period: years.Period, cell: answers.Answer, visit: visits.Visit
) -> str | None:
    """The address of the incidents behind a number, or of the document it is quoted from.

    Who may see incidents is led to our own and to those of a body that ended in us; nobody to those of another.
    """
    ours = line.body == visit.body
    if cell.source:
        as_at = AsAt(found.day, line.number)
        return quoted.address_of(found.question.measure.slug, period, as_at) if ours else None
    leads = _ours if ours else _theirs
    return leads(found, line, period) if cell.value and visit.may(Deed.SEE_INCIDENTS) else None


def parts(found: across.Across, of: str, period: years.Period, slug: str = "") -> str:
    """The address of what a number is made of: a total, or the part that one body has in it."""
    asked = {
        "of": of, "measure": found.question.measure.slug, "by": "span", "start": period.start.isoformat(),
        "end": period.end.isoformat(), "as_at": found.day.isoformat(), **_where(found),
    }  # fmt: skip
    return f"{reverse('bodies-parts')}?{urlencode(asked)}{'#' + slug if slug else ''}"


def _where(found: across.Across) -> dict[str, str]:
    return next(({"only": name, "value": value} for name, value in found.question.where.items()), {})


def _ours(found: across.Across, line: across.Line, period: years.Period) -> str | None:
    cut = across.counted_in(line, replace(found.question, periods=(period,)))
    return figures.address_of(cut, AsAt(found.day, line.number), [], cut.periods[0]) if cut else None


def _theirs(found: across.Across, line: across.Line, period: years.Period) -> str | None:
    if not line.note:
        return None
    asked = {
        "from": line.body.slug, "of": JOINED, "measure": found.question.measure.slug, "by": period.kind,
        "start": period.start.isoformat(), "end": period.end.isoformat(), "as_at": found.day.isoformat(),
        **_where(found),
    }  # fmt: skip
    return f"{reverse('bodies-behind')}?{urlencode(asked)}"


@visits.may(Deed.SEE_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the same table as a file."""
    if kind not in KINDS:
        raise NotThere(f"bodies side by side are not written as {kind}")
    form = Question(request.GET, visits.of(request))
    if not form.is_valid():
        raise WrongInput(form.problems)
    found: across.Across = form.cleaned_data["found"]
    body = form.visit.body
    stem = f"{found.question.measure.slug}-by-body-as-at-{found.day}"
    return takeaway.file(form.visit, stem, kind, _written(found, kind, body.name))


def _written(found: across.Across, kind: str, sender: str) -> bytes:
    if kind == "json":
        return json.dumps(found.as_json(), indent=2).encode()
    return leaflet.of_bodies(found, sender=sender) if kind == "pdf" else lines.written(found, kind)


@visits.may(Deed.SEE_INCIDENTS)
def references(request: HttpRequest) -> HttpResponse:
    """List the references behind a number of a body that ended in this one, with the prefix they have here."""
    visit = visits.of(request)
    form = Question(request.GET, visit)
    if not form.is_valid():
        raise WrongInput(form.problems)
    question = form.cleaned_data["question"]
    slug, at = request.GET.get("from", ""), form.cleaned_data["at"]
    found = inherited.inherited(visit.body, slug, question, at, by=visit.person, today=visit.today)
    return render(request, "inherited.html", {"question": question, "found": found})
