"""What somebody was told, what they are asked to acknowledge, and when they want to be told."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from candour.incidents.actions import notices as actions
from candour.incidents.queries import notices as queries
from candour.rules.notices import CHOICES, Choice, Kind
from candour.rules.rights import Deed
from candour.web import forms, visits

KINDS = {
    Kind.URGENT: "An urgent report",
    Kind.CLOCK: "72 hours that run out",
    Kind.REPORT: "A new report",
    Kind.ANSWER: "A reporter wrote to us",
    Kind.QUESTION: "A question about my report",
    Kind.ASSIGNED: "Work that is given to me",
    Kind.OVERDUE: "An action of mine that is overdue",
    Kind.OUTCOME: "What came of my report",
    Kind.DISPOSAL: "A disposal that waits for a second person",
    Kind.HOLDERS: "Once a month, who still holds what",
}
WHEN = {
    Choice.AT_ONCE: "at once, in working hours",
    Choice.DIGEST: "once a day, all together",
    Choice.NONE: "not by mail",
}
OF_A_ROLE = {
    Kind.REPORT: Deed.ACCEPT,
    Kind.ANSWER: Deed.ACCEPT,
    Kind.DISPOSAL: Deed.DISPOSE,
    Kind.HOLDERS: Deed.HAND_OVER,
}
"""Kinds that only those are told of who may do this."""

WAYS = {"mail": "mail", "webhook": "the body’s chat", "sms": "text message"}


class Preferences(Form):
    """When a person wants to be told of each kind of thing that they may choose about."""

    def __init__(self, given: Any, present: dict[Kind, Choice]) -> None:
        super().__init__(given, initial={kind.value: choice.value for kind, choice in present.items()})
        for kind in present:
            offered = [(choice.value, WHEN[choice]) for choice in CHOICES[kind]]
            self.fields[kind.value] = forms.Choice(KINDS[kind], offered)


def mine(request: HttpRequest) -> HttpResponse:
    """Show what this person was told, who is on duty, and let them choose when they are told."""
    visit = visits.of(request)
    present = queries.preferences(visit.person)
    mine_ = {kind: choice for kind, choice in present.items() if kind not in OF_A_ROLE or visit.may(OF_A_ROLE[kind])}
    form = Preferences(request.POST or None, mine_)
    if form.is_valid():
        actions.prefer(visit.person, form.cleaned_data)
        return redirect("notices")
    handles = visit.may(Deed.ACKNOWLEDGE)
    shown = {
        "form": form,
        "lines": queries.mine(visit.person, visit.at),
        "kinds": KINDS,
        "duty": queries.on_duty(visit.body, visit.at) if handles else None,
        "ways": WAYS,
    }
    return render(request, "notices.html", shown)


def link(request: HttpRequest, number: int, token: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Lead from the link of a message to its notice; a link that was altered leads nowhere."""
    return redirect("notice", queries.by_token(number, token))


def notice(request: HttpRequest, number: int) -> HttpResponse:
    """Show one notice, with the button by which somebody takes it over."""
    visit = visits.of(request)
    if request.method == "POST":
        actions.acknowledge(visit.body, number, by=visit.person, at=visit.at)
        return redirect("notice", number)
    found = queries.notice(visit.body, number, by=visit.person, at=visit.at)
    return render(request, "notice.html", {"notice": found, "what": KINDS[found.kind], "ways": WAYS})
