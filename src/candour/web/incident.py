"""The page of one incident: how it stands, or stood on a day, and what differs between any two moments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.incidents import queries
from candour.incidents.actions import access
from candour.incidents.queries import codings, comparing
from candour.incidents.queries.lines import HOUR, Clock, Line
from candour.incidents.queries.one import Whole
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.reading import days
from candour.rules import markings, years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import assessing, changing, forms, visits, working
from candour.web.handling import linking, steps

HOURS = 72
"""What Art. 33(1) UK GDPR gives from becoming aware."""


class Standpoint(forms.Asked):
    """As at which day, and as known at which number of the record."""

    as_at = forms.Day("Day")
    record = forms.Whole("Record number")


@dataclass(frozen=True)
class Bar:
    """The 72 hours as a bar: how many have gone, how many are left, and the next thing to do about it."""

    clock: Clock
    gone: int
    left: int
    next: tuple[str, str] | None


def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one incident as it stands, or as it stood at the end of a day that somebody asks for.

    Who may see it is asked of the incident itself: somebody may be named for it whatever role they hold.
    """
    visit = visits.of(request)
    form = Standpoint(request.GET, {})
    head = visit.now
    at = _standpoint(visit, form, head)
    found = queries.whole(visit.body, reference, at, by=visit.person, today=visit.today, now=at == head)
    if found.confidential:
        access.look(visit.body, reference, by=visit.person, at=visit.at)
    shown = {
        "form": form,
        "incident": found.incident,
        "whole": found,
        "work": found.work,
        "line": found.line,
        "marking": markings.higher(found.marking, visit.marks.incidents),
        "looking_back": at != head,
        "changes": changing.addresses(visit, reference) if found.line else {},
        "policies": working.policies(visit, found.work),
        "causes": {one.code: one.label for one in codings.causes(visit.today)},
        "whom": assessing.WHOM,
        "now": visit.at,
    }
    return render(request, "incident.html", {**shown, **_at_work(visit, found)})


def _standpoint(visit: visits.Visit, form: Standpoint, head: AsAt) -> AsAt:
    """The coordinates that are asked for; the present ones where the form says what is wrong with them."""
    if not form.is_valid() or not (form.cleaned_data["as_at"] or form.cleaned_data["record"] is not None):
        return head
    day, number = form.cleaned_data["as_at"] or visit.today, form.cleaned_data["record"]
    try:
        return ledger.coordinates(visit.body.pk, day, number, today=visit.today)
    except WrongInput as refusal:
        form.refuse(refusal, "as_at")
        return head


def _at_work(visit: visits.Visit, found: Whole) -> dict[str, Any]:
    """What can be done now, and the clock that runs; nothing of an earlier standpoint."""
    line = found.line
    if line is None:
        return {"offered": [], "bar": None, "unlinks": False}
    offered = working.offered(visit, line) if visit.may(Deed.SEE_INCIDENTS) else []
    unlinks = any(linking.can_end(one) for one in found.linked) and steps.may(visit, line, "unlink")
    return {"offered": offered + steps.offered(visit, line), "bar": _bar(visit, line, found), "unlinks": unlinks}


def _bar(visit: visits.Visit, line: Line, found: Whole) -> Bar | None:
    if line.clock is None:
        return None
    gone = int((visit.at - line.clock.starts).total_seconds() // HOUR)
    return Bar(line.clock, max(0, min(HOURS, gone)), line.clock.hours_left(visit.at), _next(visit, line, found))


def _next(visit: visits.Visit, line: Line, found: Whole) -> tuple[str, str] | None:
    """The first thing that stands between this incident and a decision, among what this person may do."""
    for deed, is_open, address, words in _to_decide(line, found):
        if is_open and visit.may(deed):
            return address, words
    return None


def _to_decide(line: Line, found: Whole) -> Iterator[tuple[Deed, bool, str, str]]:
    about = {"reference": line.reference}
    work, is_new = found.work, line.state == "new"
    decided = work.decision("ico") is not None
    yield Deed.ACCEPT, is_new, reverse("incident-triage", kwargs=about), "Look at it and take it up"
    assess = reverse("self-assessment", kwargs=about)
    yield Deed.ASSESS, not is_new and not work.assessments and not decided, assess, "Answer the ICO’s self-assessment"
    ico = {**about, "about": "ico"}
    advice = reverse("advice", kwargs=ico)
    yield (
        Deed.ADVISE,
        not is_new and work.advised("ico") is None and not decided,
        advice,
        "Advise whether to tell the ICO",
    )
    decide = reverse("decision", kwargs=ico)
    yield Deed.DECIDE_TO_NOTIFY, not is_new and not decided, decide, "Decide whether to tell the ICO"
    yield Deed.CHANGE, decided, reverse("told", kwargs=ico), "Record the day on which the ICO was told"


class Moments(forms.Asked):
    """Two moments: each a day, or a number of the record."""

    first = forms.Text("First moment", required=True)
    second = forms.Text("Second moment", required=True)

    def __init__(self, given: Any, visit: visits.Visit) -> None:
        super().__init__(given, {"second": years.spoken(visit.today)})
        self.visit = visit
        self.is_bound = "first" in given

    def clean_first(self) -> AsAt:
        return self._moment("first")

    def clean_second(self) -> AsAt:
        return self._moment("second")

    def _moment(self, name: str) -> AsAt:
        text = self.cleaned_data[name].strip()
        number = text.lower().removeprefix("no.").removeprefix("no").strip()
        try:
            day = self.visit.today if number.isdecimal() else _day(text)
            known = int(number) if number.isdecimal() else None
            return ledger.coordinates(self.visit.body.pk, day, known, today=self.visit.today)
        except (WrongInput, days.NotUnderstood) as fault:
            raise ValidationError(forms.sentence(fault)) from fault


def _day(text: str) -> date:
    return days.read(text).day


def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what differs in an incident between two moments."""
    visit = visits.of(request)
    head = visit.now
    found = queries.whole(visit.body, reference, head, by=visit.person, today=visit.today, now=False)
    if found.confidential:
        access.look(visit.body, reference, by=visit.person, at=visit.at)
    form, differences = Moments(request.GET, visit), None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        both = said["first"], said["second"]
        differences = comparing.compare(visit.body, reference, *both, by=visit.person, today=visit.today)
    marking = markings.higher(found.marking, visit.marks.incidents)
    shown = {"form": form, "reference": reference, "differences": differences, "marking": marking}
    return render(request, "compare.html", shown)


def paths() -> list[URLPattern]:
    """The addresses of these pages; the incident's own comes last, for it takes whatever is left."""
    return [
        *changing.paths(),
        path("register/<path:reference>/compare/", compare, name="incident-compare"),
        path("register/<path:reference>/", incident, name="incident"),
    ]
