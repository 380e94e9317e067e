"""What was decided about disclosure, for whoever sees figures: the list, and one decision with its test and answers."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.figures import decisions as figures_decisions
from candour.figures.decisions import Decision
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import visits


@visits.may(Deed.SEE_FIGURES)
def decisions(request: HttpRequest) -> HttpResponse:
    """List what was decided, the latest first."""
    visit = visits.of(request)
    before = request.GET.get("before", "")
    if before and not before.isdecimal():
        raise WrongInput("decisions are listed before the number of one, for example 418")
    page = figures_decisions.decisions(visit.body, before=int(before) if before else None)
    return render(request, "decisions/listed.html", {"page": page})


@visits.may(Deed.SEE_FIGURES)
def decision(request: HttpRequest, number: int) -> HttpResponse:
    """Show one decision with everything that was kept of it."""
    found = figures_decisions.decision(visits.of(request).body, number)
    return render(request, "decisions/one.html", {"one": found, "about": _address(found)})


def _address(one: Decision) -> str:
    """The page on which what was decided about is seen again, at the same coordinates."""
    if one.of_list:
        return reverse("incident-list-decided", args=(one.number,))
    periods, measure = one.asked["periods"], one.asked["measure"]
    group = (*one.asked["group"], "", "")
    asked = {
        "measure": measure["slug"],
        "by": periods[0]["kind"],
        "group": group[0],
        "second": group[1],
        "start": periods[0]["start"],
        "end": periods[-1]["end"],
        "where": [f"{name}={value}" for name, value in one.asked["where"].items()],
        "basis": one.asked["basis"],
        "as_at": one.as_at.isoformat(),
        "record": one.record_number,
        "merge": one.asked.get("merged", []),
        "protect": one.choice,
    }
    return f"{reverse('safely')}?{urlencode(asked, doseq=True)}"


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("figures/decisions/", decisions, name="decisions"),
        path("figures/decisions/<int:number>/", decision, name="decision"),
    ]
