"""The duty rota: who is called when it is urgent, who stands in and who is away; an administrator changes it."""

from datetime import date, timedelta
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.incidents.queries import notices
from candour.organisation import actions, people, rota
from candour.organisation.kinds_of_notices import Absence, Duty
from candour.rules import rights, years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import deciding, forms, visits
from candour.web.deciding import Decision

UNPROCESSABLE = 422
NOBODY = ("", "nobody")
CHOOSE = ("", "choose somebody")


class Stating(Decision):
    """Something that an administrator says of the rota, for some days from today on."""

    def __init__(self, visit: visits.Visit, data: Any) -> None:
        self.visit = visit
        super().__init__(visit, data, since=years.spoken(visit.today))
        self.settle(_on_call(visit))

    def settle(self, people_on_call: forms.Choices) -> None:
        """Fill in whom one may choose."""

    def clean(self) -> dict[str, Any]:
        """Ask for days that are still to come, in their order."""
        said = self.cleaned_data
        since, last = said.get("since"), said.get("last")
        if since and since < self.visit.today:
            self.add_error("since", "What is over stays as it was: enter today or a later day")
        elif since and last and last < since:
            self.add_error("last", "The last day comes before the first. Enter the same day or a later one")
        return said

    def say(self, stated: Duty | Absence) -> object:
        """State it for the days of the form."""
        last: date | None = self.cleaned_data["last"]
        days = {"from_": self.cleaned_data["since"], "until": last + timedelta(days=1) if last else None}
        return actions.say(self.visit.body, stated, **days, by=self.visit.person, at=self.visit.at)

    def carry_out(self) -> object:
        """Do what was decided; each form says what that is."""


class Turn(Stating):
    """Who is on duty."""

    person = forms.Choice("Who is called first?", [])
    deputy = forms.Choice("Who stands in?", [], required=False)
    since = forms.Day("First day", required=True)
    last = forms.Day("Last day, if it ends")

    def settle(self, people_on_call: forms.Choices) -> None:
        _choices(self.fields["person"], CHOOSE, people_on_call)
        _choices(self.fields["deputy"], NOBODY, people_on_call)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("person") and said.get("person") == said.get("deputy"):
            self.add_error("deputy", "Somebody else has to stand in. Choose another person, or nobody")
        return said

    def carry_out(self) -> object:
        return self.say(Duty(person=self.cleaned_data["person"], deputy=self.cleaned_data["deputy"]))


class Away(Stating):
    """That somebody is away."""

    person = forms.Choice("Who is away?", [])
    since = forms.Day("First day", required=True)
    last = forms.Day("Last day, if it is known")

    def settle(self, people_on_call: forms.Choices) -> None:
        _choices(self.fields["person"], CHOOSE, people_on_call)

    def carry_out(self) -> object:
        return self.say(Absence(slug=rota.free_key(self.visit.body), person=self.cleaned_data["person"]))


class Back(Decision):
    """That somebody is back."""

    since = forms.Day("Back on", required=True)

    def __init__(self, visit: visits.Visit, data: Any, away: rota.Away) -> None:
        self.visit, self.away = visit, away
        super().__init__(visit, data, since=years.spoken(max(visit.today, away.since)))

    def carry_out(self) -> object:
        day = self.cleaned_data["since"]
        if day < self.visit.today:
            raise WrongInput("what is over stays as it was: enter today or a later day")
        return actions.end(
            self.visit.body, Absence.kind, self.away.key, from_=day, by=self.visit.person, at=self.visit.at
        )


def _choices(field: django_forms.Field, first: tuple[str, str], rest: forms.Choices) -> None:
    field.choices = [first, *rest]  # type: ignore[attr-defined]


def _on_call(visit: visits.Visit) -> forms.Choices:
    """Everybody who can be called: with an address, and a role that may acknowledge."""
    found = people.everyone(visit.body, visit.today)
    able = [
        (str(person.email), f"{person.name} ({', '.join(map(people.title, roles))})")
        for person, roles in found
        if person.is_active and person.email and rights.acting_as(roles, Deed.ACKNOWLEDGE)
    ]
    return sorted(able, key=lambda row: row[1])


@visits.may(Deed.ACKNOWLEDGE, Deed.STATE)
def duty(request: HttpRequest) -> HttpResponse:
    """Show who is called today, the turns to come, and who is away."""
    visit = visits.of(request)
    shown = {"today": notices.on_duty(visit.body, visit.at), "rota": rota.rota(visit.body, visit.today)}
    return render(request, "duty/rota.html", shown)


@visits.may(Deed.STATE)
def turn(request: HttpRequest) -> HttpResponse:
    """Say who is on duty, from a day on or for some days."""
    says = "With a last day, it stands in for those days only, and the rota goes on as before after them."
    return _answer(request, Turn(visits.of(request), _data(request)), "Say who is on duty", says)


@visits.may(Deed.STATE)
def away(request: HttpRequest) -> HttpResponse:
    """Say that somebody is away."""
    says = "Whoever is away is passed over: the next one is asked at once."
    return _answer(request, Away(visits.of(request), _data(request)), "Say that somebody is away", says)


@visits.may(Deed.STATE)
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Say that somebody is back."""
    visit = visits.of(request)
    found = next((one for one in rota.rota(visit.body, visit.today).away if one.key == key), None)
    if found is None:
        raise NotThere("nobody is away under that name")
    form = Back(visit, _data(request), found)
    return _answer(request, form, f"{found.person} is back", "They are called again from that day on.")


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(request: HttpRequest, form: Stating | Back, title: str, says: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        done = deciding.decide(request, form, None, form.carry_out, reverse("duty"))
        if done is not None:
            return done
    shown = {"form": form, "title": title, "says": says}
    return render(request, "duty/form.html", shown, status=UNPROCESSABLE if form.errors else 200)


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("duty/", duty, name="duty"),
        path("duty/turn/", turn, name="duty-turn"),
        path("duty/away/", away, name="duty-away"),
        path("duty/away/<slug:key>/back/", back, name="duty-back"),
    ]
