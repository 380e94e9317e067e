"""The personal data incidents of a year as the Annual Report prints them: a draft to look at and to take away."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from candour.documents import letter
from candour.figures import annual, annual_paper, annual_publishing, annual_tables, publishing, undoing
from candour.figures.tables import Table
from candour.ledger import queries as ledger
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import figures, forms, takeaway, visits

WRITERS = {"pdf": letter.pdf, "docx": letter.docx, "odt": letter.odt, "html": letter.html}


SHOWN = 200
"""Rows of Table 1 that the page shows; the files have them all."""


class Year(forms.Asked):
    """Which year, and on the knowledge of which day."""

    year = forms.Text("Financial year", required=True)
    as_at = forms.Day("As at")
    record = forms.Whole("Record number")

    def __init__(self, request: HttpRequest) -> None:
        self.visit = visits.of(request)
        last = years.containing("financial-year", self.visit.today).start.year - 1
        super().__init__(request.GET, {"year": f"{last}/{(last + 1) % 100:02}"})

    def report(self, most: int | None = None) -> annual.Annual | None:
        """Make the tables, of Table 1 at `most` so many rows; None where the form says what is wrong."""
        if not self.is_valid():
            return None
        said, visit = self.cleaned_data, self.visit
        year = years.read(said["year"])
        if year is None or year.kind != "financial-year":
            self.add_error("year", "Enter a financial year, for example 2015/16")
            return None
        try:
            day = said["as_at"] or visit.today
            at = ledger.coordinates(visit.body.pk, day, said["record"], today=visit.today)
            return annual.annual(visit.body, year, at, most)
        except WrongInput as refusal:
            self.refuse(refusal)
            return None


@visits.may(Deed.SEE_FIGURES)
def report(request: HttpRequest) -> HttpResponse:
    """Show the tables of a year with what stands beside them."""
    form = Year(request)
    found = form.report(SHOWN)
    tables = annual_tables.tables(found) if found else ()
    shown: dict[str, Any] = {"form": form, "report": found, "tables": tables, "asked": request.GET.urlencode()}
    shown["behind"] = _behind(found) if found and form.visit.may(Deed.SEE_INCIDENTS) else {}
    return render(request, "publishing/annual.html", shown)


def _behind(found: annual.Annual) -> dict[str, Any]:
    """Where the numbers lead: all rows of Table 1 together, and each cell of Table 2 and 3 ("": nowhere)."""

    def leads(table: Table, key: Mapping[str, str | None], period: years.Period, count: object) -> str:
        return figures.incidents_behind(table, key, period) if count else ""

    year, rows = found.year, found.categories
    second = [["", "", leads(found.others, {"category": row.code or None}, year, row.total)] for row in rows]
    third = [
        ["", *(leads(table, {}, *pair) for pair in zip(table.question.periods, _values(table), strict=True))]
        for table in found.before
    ]
    return {
        "first": leads(found.reported, {}, year, found.listed),
        "second": [*second, ["", "", leads(found.others, {}, year, any(row.total for row in rows))]],
        "third": third,
    }


def _values(table: Table) -> list[object]:
    return [cell.value and not cell.source for cell in table.groups[0].cells]


@visits.may(Deed.SEE_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the draft as a file."""
    if kind not in WRITERS:
        raise NotThere(f"the tables are not written as {kind}")
    form = Year(request)
    found = form.report()
    if found is None:
        raise WrongInput(form.problems)
    body = form.visit.body
    stem = f"annual-report-{found.year.label.replace('/', '-')}"
    return takeaway.file(form.visit, stem, kind, WRITERS[kind](annual_paper.paper(body, found)))


class Publish(django_forms.Form):
    """Which document the tables stand in, and why they say otherwise than before."""

    document = forms.Text("The document that they stand in", required=True, longest=200)
    on = forms.Day("Published on", required=True)
    explanation = forms.Text("Why it is not what was published before", longest=2000)
    reason = forms.Text("Why it leaves although a hidden number can be worked out with it", longest=2000)

    undoes = False
    """Whether it was refused because a hidden number could be worked out, so that it takes a reason."""

    def refuse(self, refusal: Exception) -> None:
        self.add_error("on" if "still to come" in str(refusal) else None, forms.sentence(refusal))


@visits.may(Deed.PUBLISH_ANNUAL)
def publish(request: HttpRequest) -> HttpResponse:
    """Show what the tables of a year would say otherwise than before, and let them out."""
    asked = Year(request)
    found, visit = asked.report(), asked.visit
    if found is None:
        raise WrongInput(asked.problems)
    form = Publish(request.POST if request.method == "POST" else None, initial={"on": years.spoken(visit.today)})
    if form.is_valid() and _published(visit, found, form):
        return redirect("published")
    in_it = annual_publishing.printed_in(visit.body, found)
    differ = annual_publishing.disagreements(visit.body, in_it, by=visit.person, at=visit.at)
    shown = {"form": form, "report": found, "disagreements": differ, "asked": request.GET.urlencode()}
    return render(request, "publishing/annual-publish.html", shown, status=422 if form.errors else 200)


def _published(visit: visits.Visit, found: annual.Annual, form: Publish) -> bool:
    said = form.cleaned_data
    where = publishing.Publication(said["document"], said["on"], said["explanation"], said["reason"])
    try:
        annual_publishing.publish(visit.body, found, where, by=visit.person, at=visit.at)
    except undoing.Undoes as refusal:
        form.refuse(refusal)
        form.undoes = True
        return False
    except (Conflict, WrongInput) as refusal:
        form.refuse(refusal)
        return False
    return True


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("figures/annual-report/", report, name="annual-report"),
        path("figures/annual-report/publish/", publish, name="annual-report-publish"),
        path("figures/annual-report.<str:kind>", download, name="annual-report-download"),
    ]
