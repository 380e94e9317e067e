"""The one-time link by which somebody comes in for the first time: a password now, the second factor next."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.organisation import actions, people
from candour.organisation import queries as organisation
from candour.rules.refusals import NotThere, WrongInput
from candour.web.reporting import phrases


class FirstPassword(forms.Form):
    """A password, written twice so that no slip of the finger locks anybody out."""

    password = forms.CharField(strip=False)
    again = forms.CharField(strip=False)

    def __init__(self, say: phrases.Phrases, data: Any) -> None:
        super().__init__(data)
        self.say = say
        self.fields["password"].error_messages["required"] = say("welcome.missing")
        self.fields["again"].error_messages["required"] = say("welcome.again.missing")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"password", "again"} <= said.keys() and said["password"] != said["again"]:
            self.add_error("again", self.say("welcome.differ"))
        return said


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let the person of a one-time link choose a password and sign them in; a link that does not hold says so."""
    form = FirstPassword(phrases.of(request), request.POST or None)
    try:
        person = people.by_token(token, timezone.now())
        if form.is_valid():
            return _first_sign_in(request, token, form.cleaned_data["password"])
    except NotThere:
        return render(request, "used-link.html", status=404)
    except WrongInput:
        form.add_error("password", form.say("welcome.weak"))
    shown = {"form": form, "person": person, "practice": organisation.practice(person.body_id)}
    return render(request, "welcome.html", shown)


def _first_sign_in(request: HttpRequest, token: str, password: str) -> HttpResponse:
    person = actions.set_password(token, password, at=timezone.now())
    answer: HttpResponse = perform_password_login(request, {"email": person.email}, Login(user=person))
    return answer
