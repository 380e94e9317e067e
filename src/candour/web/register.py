"""The register: every incident in a list that can be searched, and one incident with its facts and its history."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from candour.incidents import queries
from candour.ledger import queries as ledger
from candour.rules import tiers
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import forms, visits, wording
from candour.web.handling import steps

ANY = ("", "any")


class Search(forms.Asked):
    """Which incidents somebody looks for."""

    words = forms.Text("Words or reference")
    tier = forms.Choice("Tier", [ANY, *((slug, wording.tier(slug)) for slug in tiers.TIERS)], required=False)
    department = forms.Text("Department")
    source = forms.Choice("Source register", [ANY], required=False)
    standing = forms.Choice("Standing", [ANY, *wording.STANDINGS.items()], required=False)

    def __init__(self, given: Mapping[str, Any], sources: list[str]) -> None:
        super().__init__(given, {})
        self.fields["source"] = forms.Choice("Source register", [ANY, *((s, s) for s in sources)], required=False)

    @property
    def filters(self) -> dict[str, str]:
        """What the list is narrowed to, by the names that the register knows."""
        return {name: self.cleaned_data[name] for name in queries.FILTERS if self.cleaned_data[name]}


@visits.may(Deed.SEE_INCIDENTS, Deed.SEE_DEPARTMENT)
def register(request: HttpRequest) -> HttpResponse:
    """Show one page of the register, the latest logged first, by key."""
    visit = visits.of(request)
    form = Search(request.GET, queries.sources(visit.body))
    page = None
    if form.is_valid():
        page = queries.page(
            visit.body,
            by=visit.person,
            today=visit.today,
            filters=form.filters,
            words=form.cleaned_data["words"],
            before=request.GET.get("before"),
            after=request.GET.get("after"),
        )
    return render(request, "register.html", {"form": form, "page": page, **_turned(request.GET, page)})


def _turned(asked: QueryDict, page: queries.Page | None) -> dict[str, str | None]:
    """The addresses of the pages before and after this one, with the same search."""
    keys = {"newer": ("after", page.newer), "older": ("before", page.older)} if page else {}
    return {name: _address(asked, way, key) if key else None for name, (way, key) in keys.items()}


def _address(asked: QueryDict, way: str, key: str) -> str:
    same = {name: value for name, value in asked.dict().items() if name not in {"before", "after"}}
    return f"{reverse('register')}?{urlencode({**same, way: key})}"


class Standpoint(forms.Asked):
    """As at which day, and as known at which number of the record."""

    as_at = forms.Day("Day")
    record = forms.Whole("Record number")


def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one incident as it stands, or as it stood at the end of a day that somebody asks for.

    Who may see it is asked of the incident itself: somebody may be named for it whatever role they hold.
    """
    visit = visits.of(request)
    line = steps.looked_at(visit, reference)
    form = Standpoint(request.GET, {})
    now = ledger.coordinates(visit.body.pk, visit.today, None, today=visit.today)
    at = now
    if form.is_valid():
        day, number = form.cleaned_data["as_at"] or visit.today, form.cleaned_data["record"]
        try:
            at = ledger.coordinates(visit.body.pk, day, number, today=visit.today)
        except WrongInput as refusal:
            form.refuse(refusal, "as_at")
    found = queries.incident(visit.body, reference, at, by=visit.person, today=visit.today)
    shown = {"form": form, "incident": found, "looking_back": at != now, "line": line, "now": visit.at}
    return render(request, "incident.html", {**shown, "offered": steps.offered(visit, line)})
