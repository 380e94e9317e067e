"""One deed on one incident, a page each: what every page of categorising, assessing, acting and closing shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.incidents import lifecycle
from candour.incidents.lifecycle import WORKED_ON
from candour.incidents.queries import judgements
from candour.incidents.queries.judgements import Work
from candour.incidents.queries.lines import Line
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules.refusals import NotAllowed
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
    if not visit.may(deed):
        raise NotAllowed(f"{visit.person} may not do this ({deed.value})")
    line = steps.looked_at(visit, reference)
    if visit.only_opens and deed in lifecycle.STEPS:
        lifecycle.after(line.state, deed)
    return line


def work_on(visit: visits.Visit, line: Line) -> Work:
    """Return what was worked out about an incident so far."""
    now = AsAt(visit.today, ledger.head(visit.body.pk).number)
    return judgements.work(visit.body, line.incident, line.reference, now)


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
