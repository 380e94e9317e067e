"""The register: every incident in a list that can be searched."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from candour.incidents import queries
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import tiers, years
from candour.rules.refusals import WrongInput
from candour.web import forms, visits, wording

ANY = ("", "any")
STATES = (("new", "new"), ("open", "open"), ("closed", "closed"), ("kept", "nobody works on it"))


class Search(forms.Asked):
    """Which incidents somebody looks for."""

    words = forms.Text("Words or reference")
    period = forms.Text("Logged in")
    tier = forms.Choice("Tier", [ANY, *((slug, wording.tier(slug)) for slug in tiers.TIERS)], required=False)
    department = forms.Text("Department")
    state = forms.Choice("State", [ANY, *STATES], required=False)
    mine = forms.Choice("Assigned to", [ANY, ("yes", "me")], required=False)
    source = forms.Choice("Source register", [ANY], required=False)
    standing = forms.Choice("Standing", [ANY, *wording.STANDINGS.items()], required=False)
    as_at = forms.Day("As it stood on")

    def __init__(self, given: Mapping[str, Any], visit: visits.Visit) -> None:
        super().__init__(given, {})
        self.visit = visit
        sources = [(one, wording.source(one)) for one in queries.sources(visit.body.pk, visit.head)]
        self.fields["source"] = forms.Choice("Source register", [ANY, *sources], required=False)
        known = visit.frame.departments
        if known:
            kept = dict.fromkeys([*known, *([given["department"]] if given.get("department") else [])])
            self.fields["department"] = forms.Choice("Department", [ANY, *((one, one) for one in kept)], required=False)

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than the first row of the form says."""
        return any(self.data.get(name) for name in ("source", "standing", "state", "mine", "as_at"))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        said["filters"] = {name: said[name] for name in (*queries.FILTERS, "state") if said.get(name)}
        if said.get("mine"):
            said["filters"]["assigned_to"] = self.visit.person.number
        said["since"], said["until"] = self._days(said.get("period") or "")
        said["at"] = self._at(said.get("as_at"))
        return said

    def _days(self, text: str) -> tuple[date | None, date | None]:
        if not text:
            return None, None
        period = years.read(text)
        if period is None:
            self.add_error("period", "Enter a year or a period, for example 2014/15, 2014 or March 2016")
            return None, None
        return period.start, period.end

    def _at(self, day: date | None) -> AsAt | None:
        """The coordinates of an earlier day; None for how it stands now."""
        if day is None or day == self.visit.today:
            return None
        try:
            return ledger.coordinates(self.visit.body.pk, day, None, today=self.visit.today)
        except WrongInput as refusal:
            self.refuse(refusal, "as_at")
            return None

    def page(self, asked: QueryDict) -> queries.Page | None:
        """The page that is asked for; None where the form says what is wrong."""
        if not self.is_valid():
            return None
        said, turned = self.cleaned_data, {name: asked.get(name) for name in ("before", "after")}
        try:
            return queries.page(
                self.visit.body,
                by=self.visit.person,
                today=self.visit.today,
                filters=said["filters"],
                words=said["words"],
                since=said["since"],
                until=said["until"],
                as_at=said["at"],
                before=turned["before"],
                after=turned["after"],
            )
        except WrongInput as refusal:
            if any(turned.values()):
                raise
            self.refuse(refusal)
            return None


def register(request: HttpRequest) -> HttpResponse:
    """Show one page of the register, the latest logged first, by key; to whoever may see any incident."""
    visit = visits.of(request)
    form = Search(request.GET, visit)
    page = form.page(request.GET)
    shown = {"form": form, "page": page, "looking_back": form.cleaned_data.get("at")}
    return render(request, "register.html", {**shown, **_turned(request.GET, page)})


def _turned(asked: QueryDict, page: queries.Page | None) -> dict[str, str | None]:
    """The addresses of the pages before and after this one, with the same search."""
    keys = {"newer": ("after", page.newer), "older": ("before", page.older)} if page else {}
    return {name: _address(asked, way, key) if key else None for name, (way, key) in keys.items()}


def _address(asked: QueryDict, way: str, key: str) -> str:
    same = {name: value for name, value in asked.dict().items() if name not in {"before", "after"}}
    return f"{reverse('register')}?{urlencode({**same, way: key})}"
