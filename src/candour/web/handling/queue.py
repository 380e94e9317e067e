"""The queue of those who work on incidents, who still holds what, and handing work over."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.incidents.actions import assigning
from candour.incidents.queries import holding, queue
from candour.organisation import people
from candour.rules.rights import Deed
from candour.web import deciding, forms, visits
from candour.web.deciding import Words
from candour.web.handling import choices

MONTHS = 12
"""How far back the page of who holds what goes."""


@visits.may(Deed.ACCEPT)
def everything(request: HttpRequest) -> HttpResponse:
    """Show the whole queue."""
    visit = visits.of(request)
    found = queue.queue(visit.body, by=visit.person, today=visit.today)
    return render(request, "handling/queue.html", {"queue": found, "now": visit.at})


@visits.may(Deed.SEE_INCIDENTS)
def holders(request: HttpRequest) -> HttpResponse:
    """Show who holds what, at the end of a month or now."""
    visit = visits.of(request)
    days = list(_month_ends(visit.today))
    asked = request.GET.get("at", "")
    day = next((one for one in days if one.isoformat() == asked), visit.today)
    found = holding.holders(visit.body, day, by=visit.person, today=visit.today)
    return render(request, "handling/holders.html", {"holders": found, "day": day, "days": days})


def _month_ends(today: date) -> list[date]:
    """Today, and the last day of each of the months before, the latest first."""
    ends = [today]
    for _ in range(MONTHS):
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends


class HandOver(deciding.Decision):
    """From whom, to whom."""

    leaver = forms.Choice("Whose work?", [])
    to = forms.Choice("Who takes it over?", [])
    reason = Words("Why")

    def __init__(self, visit: visits.Visit, data: Any, **initial: Any) -> None:
        super().__init__(visit, data, **initial)
        self.fields["leaver"].choices = [choices.NOBODY, *choices.everybody(visit)]  # type: ignore[attr-defined]
        self.fields["to"].choices = [choices.NOBODY, *choices.handlers(visit)]  # type: ignore[attr-defined]


@visits.may(Deed.HAND_OVER)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Give all open work of one person to another."""
    visit = visits.of(request)
    form = HandOver(visit, request.POST if request.method == "POST" else None, leaver=request.GET.get("from"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        leaver, to = (people.person(visit.body, said[name]) for name in ("leaver", "to"))

        def deed() -> object:
            return assigning.hand_over(visit.body, leaver, to, reason=said["reason"], by=visit.person, at=visit.at)

        answer = deciding.decide(request, form, None, deed, reverse("holders"))
        if answer is not None:
            return answer
    return render(request, "handling/hand-over.html", {"form": form}, status=422 if form.errors else 200)
