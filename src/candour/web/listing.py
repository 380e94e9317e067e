"""The list of incidents as it may be published: by default a month, a tier and a category; more by a decision."""

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from candour.figures import list_writing, listing
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import figures, forms, takeaway, visits, wording

SHOWN = 50
"""Lines on a page; the files have them all."""
KINDS = ("csv", "ods", "xlsx", "json", "pdf")
COLUMNS = tuple((name, "Day" if name == "day" else wording.fact(name)) for name in listing.MORE)


class Asked(figures.Question):
    """Which incidents are listed; unasked, all of this financial year. What more a line shows stands in `more`."""

    more = django_forms.MultipleChoiceField(
        label="Show more in a line", choices=COLUMNS, required=False, widget=django_forms.CheckboxSelectMultiple
    )

    def __init__(self, given: QueryDict, visit: visits.Visit) -> None:
        asked = given.copy()
        asked.setdefault("start", years.spoken(years.containing("financial-year", visit.today).start))
        asked.update({"by": "span", "group": "", "second": ""})
        super().__init__(asked, visit)
        self.data = {**self.data, "more": given.getlist("more")}

    def asked(self) -> listing.Asked | None:
        """What is asked for; None where the form says what is wrong."""
        if not self.is_valid():
            return None
        return listing.Asked(self.cleaned_data["question"], tuple(self.cleaned_data["more"]))


class Decide(django_forms.Form):
    """Why a line may show more."""

    reason = forms.Text("Why this tells nothing of a person", required=True, longest=2000)


@visits.may(Deed.SEE_FIGURES)
def incident_list(request: HttpRequest) -> HttpResponse:
    """Show the first lines of a list; where more is asked for, ask why, record the decision and go to its list."""
    visit = visits.of(request)
    form = Asked(request.GET, visit)
    asked = form.asked()
    deciding = Decide(request.POST if request.method == "POST" else None)
    takes = listing.takes(visit.body, asked, form.cleaned_data["at"]) if asked else ()
    if asked and takes and deciding.is_valid():
        reason, at = deciding.cleaned_data["reason"], form.cleaned_data["at"]
        number = listing.decide(visit.body, asked, at, reason=reason, by=visit.person, at=visit.at)
        return redirect("incident-list-decided", number)
    shown: dict[str, Any] = {"form": form, "deciding": deciding, "asked": request.GET.urlencode()}
    shown["takes"] = [dict(COLUMNS).get(name, name) for name in takes]
    if asked and not takes:
        shown |= _shown(request, form, visit, asked)
    return render(request, "listing.html", shown, status=422 if deciding.errors else 200)


def _shown(request: HttpRequest, form: Asked, visit: visits.Visit, asked: listing.Asked) -> dict[str, Any]:
    try:
        at = form.cleaned_data["at"]
        return _list(listing.listed(visit.body, asked, at, by=visit.person, at=visit.at), request)
    except WrongInput as refusal:
        form.refuse(refusal)
        return {}


def _list(found: listing.Listed, request: HttpRequest) -> dict[str, Any]:
    """Some lines as a page says them, and the address of the next."""
    page = found.page(request.GET.get("after", ""), SHOWN)
    given = request.GET.copy()
    given["after"] = page.next
    return {
        "found": found,
        "header": [list_writing.heading(name) for name in found.asked.header],
        "lines": [list_writing.said(found.asked.header, line) for line in page.rows],
        "kinds": KINDS,
        "next": f"{request.path}?{given.urlencode()}" if page.next else "",
        "first": not request.GET.get("after"),
    }


@visits.may(Deed.SEE_FIGURES)
def decided(request: HttpRequest, number: int) -> HttpResponse:
    """Show the first lines of the list that a decision allows, as it was when it was decided."""
    visit = visits.of(request)
    found = listing.decided(visit.body, number, by=visit.person, at=visit.at)
    return render(request, "listing.html", {"number": number, **_list(found, request)})


@visits.may(Deed.SEE_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the list as a file."""
    visit = visits.of(request)
    form = Asked(request.GET, visit)
    asked = form.asked()
    if asked is None:
        raise WrongInput(form.problems)
    return _file(visit, listing.listed(visit.body, asked, form.cleaned_data["at"], by=visit.person, at=visit.at), kind)


@visits.may(Deed.SEE_FIGURES)
def download_decided(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Give the list that a decision allows as a file."""
    visit = visits.of(request)
    return _file(visit, listing.decided(visit.body, number, by=visit.person, at=visit.at), kind)


def _file(visit: visits.Visit, found: listing.Listed, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise NotThere(f"a list is not written as {kind}")
    at = found.table.as_at
    stem = f"incident-list-{found.table.measure.slug}-as-at-{at.day}-record-{at.number}"
    return takeaway.file(visit, stem, kind, list_writing.written(found, kind, sender=visit.body.name))


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("figures/list/", incident_list, name="incident-list"),
        path("figures/list/incidents.<str:kind>", download, name="incident-list-download"),
        path("figures/list/<int:number>/", decided, name="incident-list-decided"),
        path("figures/list/<int:number>/incidents.<str:kind>", download_decided, name="incident-list-decided-download"),
    ]
