"""The people of the body with their roles, and a new sign-in link for whoever forgot the password or lost the app."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.organisation import actions, people
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed
from candour.web import visits

if TYPE_CHECKING:
    from candour.organisation.models import Person


@visits.may(Deed.RENEW_SIGN_IN)
def everybody(request: HttpRequest) -> HttpResponse:
    """List everybody with the roles held today."""
    visit = visits.of(request)
    rows = [
        (person, [people.title(role) for role in roles], _may_renew(visit, person))
        for person, roles in people.everyone(visit.body, visit.today)
        if person.number != people.OPERATOR
    ]
    return render(request, "people/people.html", {"rows": rows})


def _may_renew(visit: visits.Visit, person: "Person") -> bool:
    return bool(person.is_active and person.email and person.number != visit.person.number)


@visits.may(Deed.RENEW_SIGN_IN)
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a new link ends, then make it; it is shown this once."""
    visit = visits.of(request)
    person = people.person(visit.body, str(number))
    if person.number == people.OPERATOR or not _may_renew(visit, person):
        raise NotThere("there is nobody to give a new link to")
    address = ""
    if request.method == "POST":
        token = actions.renew_sign_in(person, by=visit.person, at=visit.at)
        address = settings.SITE_URL + reverse("welcome", kwargs={"token": token})
    return render(request, "people/link.html", {"person": person, "address": address})


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("people/", everybody, name="people"),
        path("people/<int:number>/link/", link, name="person-link"),
    ]
