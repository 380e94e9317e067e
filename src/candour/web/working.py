"""One deed on one incident, a page each: what every page of categorising, assessing, acting and closing shares."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.incidents import lifecycle, queries
from candour.incidents.actions import access
from candour.incidents.lifecycle import WORKED_ON
from candour.incidents.queries.judgements import Work
from candour.incidents.queries.lines import Line
from candour.organisation import queries as organisation
from candour.organisation.kinds import Policy
from candour.rules.refusals import NotAllowed, NotThere
from candour.rules.rights import Deed
from candour.web import visits
from candour.web.handling import steps
from candour.web.handling.forms import Decided
from candour.web.handling.steps import Step


def looked_at(visit: visits.Visit, reference: str, deed: Deed = Deed.SEE_INCIDENTS) -> Line:
    """Return an incident as work, for somebody who may do a deed on it; to others it is not there.

    A page is not opened for what cannot be done in the incident's state (Conflict): nobody answers questions in vain.
    What is sent is left to the deed, which knows a form that was sent twice.
    """
    _require(visit, deed)
    line = steps.looked_at(visit, reference)
    _require_state(visit, line, deed)
    return line


def _require(visit: visits.Visit, deed: Deed) -> None:
    if not visit.may(deed):
        raise NotAllowed(f"{visit.person} may not do this ({deed.value})")


def _require_state(visit: visits.Visit, line: Line, deed: Deed) -> None:
    if visit.only_opens:
        lifecycle.require(line.reference, deed, line.standing, line.state)


@dataclass(frozen=True)
class Opened:
    """An incident with all that was worked out about it, read at once."""

    incident: queries.Incident
    line: Line
    work: Work


def whole(visit: visits.Visit, reference: str, deed: Deed = Deed.SEE_INCIDENTS) -> Opened:
    """Return an incident with all that was worked out about it; who may, and when, and the look as by `looked_at`."""
    _require(visit, deed)
    asks: Any = {"by": visit.person, "today": visit.today, "now": True, "beside": False}
    found = queries.whole(visit.body, reference, visit.now, **asks)
    if found.line is None:
        raise NotThere(f"there is no incident {reference}")
    if found.confidential:
        access.look(visit.body, reference, by=visit.person, at=visit.at)
    _require_state(visit, found.line, deed)
    return Opened(found.incident, found.line, found.work)


def policies(visit: visits.Visit, work: Work) -> dict[tuple[str, str], Policy]:
    """The policies that lessons refer to, by slug and version; nothing is asked where no lesson refers to one."""
    if not any(lesson.paragraphs for lesson in work.lessons):
        return {}
    return organisation.policy_versions(visit.body, visit.now.number)


PAGES = (
    (Deed.SEE_INCIDENTS, "categories", "What it counts as"),
    (Deed.SEE_INCIDENTS, "risk", "Risk and decisions"),
    (Deed.SEE_INCIDENTS, "actions", "Actions and lessons"),
    (Deed.CLOSE, "close", "Close the incident"),
    (Deed.REOPEN, "reopen", "Open it again"),
)
"""The pages of this work: who may open each, its name, and its words."""


def offered(visit: visits.Visit, line: Line) -> list[tuple[str, str]]:
    """The pages of this work that a person may open for an incident as it stands: address and words."""
    left_out = {"reopen"} if line.state in WORKED_ON else {"close"}
    return [
        (reverse(name, kwargs={"reference": line.reference}), words)
        for deed, name, words in PAGES
        if name not in left_out and visit.may(deed)
    ]


def data(request: HttpRequest) -> Any:
    """What was sent, None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def answer(request: HttpRequest, line: Line, step: Step, form: Decided, **shown: Any) -> HttpResponse:
    """Do what a form decided and go on, or show it, with what is wrong."""
    if request.method == "POST" and form.is_valid():
        done = form.decide(request)
        if done is not None:
            return done
    return page(request, line, step.template, {"form": form, "step": step, **shown})


def page(request: HttpRequest, line: Line, template: str, shown: dict[str, Any]) -> HttpResponse:
    """Show a page about one incident."""
    visit = visits.of(request)
    given = {"line": line, "offered": offered(visit, line) + steps.offered(visit, line), "now": visit.at, **shown}
    form = shown.get("form")
    return render(request, template, given, status=steps.UNPROCESSABLE if form and form.errors else steps.UNCHANGED)
