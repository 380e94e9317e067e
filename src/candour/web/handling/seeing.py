"""Who may see an incident: the page that says so, and the forms that change it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.incidents.actions import access
from candour.incidents.queries import lines
from candour.incidents.queries import seeing as queries
from candour.rules.refusals import WrongInput
from candour.web import forms, visits
from candour.web.deciding import SomeOf, Words
from candour.web.handling import choices
from candour.web.handling.forms import WHY, Decided


def sight(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who may see an incident and who looked at it."""
    visit = visits.of(request)
    line = lines.line(visit.body, reference, by=visit.person, today=visit.today)
    if line.confidential:
        access.look(visit.body, reference, by=visit.person, at=visit.at)
    found = queries.sight(visit.body, line)
    return render(request, "handling/access.html", {"line": line, "sight": found})


class Restrict(Decided):
    """Who still sees it."""

    persons = SomeOf("Who may see it, besides you?")
    departments = SomeOf("Asset owners of")
    reason = Words(WHY, required=True)

    def settle(self) -> None:
        me = str(self.visit.person.number)
        self.fields["persons"].choices = [one for one in choices.everybody(self.visit) if one[0] != me]  # type: ignore[attr-defined]
        self.fields["departments"].choices = choices.departments(self.visit)  # type: ignore[attr-defined]
        if not self.fields["departments"].choices:  # type: ignore[attr-defined]
            del self.fields["departments"]

    def carry_out(self) -> object:
        said = self.cleaned_data
        named = [int(number) for number in said["persons"]]
        given = {"persons": named, "departments": said.get("departments", []), "reason": said["reason"]}
        return self.act(access.restrict, **given)


class OpenUp(Decided):
    """That everybody sees it again."""

    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        return self.act(access.open_up, reason=self.cleaned_data["reason"])


PERSON, DEPARTMENT = "person:", "department:"


class Name(Decided):
    """Somebody more who sees it."""

    who = forms.Choice("Who may see it?", [])
    reason = Words(WHY)

    def settle(self) -> None:
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            choices.NOBODY,
            *((PERSON + number, words) for number, words in choices.everybody(self.visit)),
            *((DEPARTMENT + name, f"The asset owner of {name}") for name, _ in choices.departments(self.visit)),
        ]

    def carry_out(self) -> object:
        given = {"reason": self.cleaned_data["reason"], **_chosen(self.cleaned_data["who"])}
        return self.act(access.grant, **given)


class Unname(Decided):
    """Somebody who does not see it any more."""

    who = forms.Choice("Whose name is taken off?", [])
    reason = Words(WHY, required=True)

    def settle(self) -> None:
        found = queries.sight(self.visit.body, self.line)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (f"{PERSON}{one.person}" if one.person else f"{DEPARTMENT}{one.department}", one.name)
            for one in found.named
        ]

    def carry_out(self) -> object:
        given = {"reason": self.cleaned_data["reason"], **_chosen(self.cleaned_data["who"])}
        return self.act(access.revoke, **given)


def _chosen(value: str) -> dict[str, int | str]:
    if value.startswith(PERSON):
        return {"person": int(value.removeprefix(PERSON))}
    if value.startswith(DEPARTMENT):
        return {"department": value.removeprefix(DEPARTMENT)}
    raise WrongInput("choose somebody from the list")
