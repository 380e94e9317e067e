"""What is behind a figure that is quoted from a document, and not counted: the statements and tables it comes from."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.figures import definitions, quoted
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import forms, visits


class Asked(forms.Asked):
    """Which figure: of a measure, for days, of ourselves or of somebody else, as at a day and record number."""

    measure = forms.Text("Measure", required=True)
    start = forms.Day("First day", required=True)
    end = forms.Day("Last day", required=True)
    about = forms.Text("Whose")
    as_at = forms.Day("As at")
    record = forms.Whole("Record number")


@visits.may(Deed.SEE_FIGURES)
def statements(request: HttpRequest) -> HttpResponse:
    """List what was published of a measure and a period, with its source."""
    visit, form = visits.of(request), Asked(request.GET, {})
    if not form.is_valid():
        raise WrongInput(form.problems)
    said = form.cleaned_data
    at = ledger.coordinates(visit.body.pk, said["as_at"] or visit.today, said["record"], today=visit.today)
    measure = definitions.measure(visit.body.pk, said["measure"], at.number)
    days = said["start"], said["end"]
    shown = {
        "measure": measure,
        "days": days,
        "about": said["about"],
        "at": at,
        "rows": quoted.statements(visit.body, measure.slug, days, at, said["about"]),
        "tables": [] if said["about"] else list(quoted.tables(visit.body, measure.slug, days)),
    }
    return render(request, "quoted.html", shown)


def address_of(measure: str, period: years.Period, as_at: AsAt, about: str = "") -> str:
    """The address of what was published of a measure and a period."""
    asked = {
        "measure": measure, "start": period.start.isoformat(), "end": period.end.isoformat(),
        "as_at": as_at.day.isoformat(), "record": as_at.number, **({"about": about} if about else {}),
    }  # fmt: skip
    return f"{reverse('quoted')}?{urlencode(asked)}"


def paths() -> list[URLPattern]:
    """The address of this page."""
    return [path("figures/quoted/", statements, name="quoted")]
