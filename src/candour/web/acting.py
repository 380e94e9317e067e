"""Act and learn, close and reopen: actions with their owners and days, root cause and lesson, what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from candour.incidents.queries import codings, completeness, tasks
from candour.incidents.queries.judgements import Task, Work
from candour.organisation import people
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed
from candour.web import visits, working
from candour.web.acting_forms import Change, Close, End, Learn, Plan, PlanProposed, Reopen
from candour.web.handling.steps import Step


def actions(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the actions and lessons of an incident; plan those that the body's templates propose."""
    visit = visits.of(request)
    found = working.whole(visit, reference)
    proposed = tasks.proposed(visit.body, found.work, visit.now)
    form = PlanProposed(visit, found.line, working.data(request), proposed)
    says = "Planned for you, by the day shown."
    step = Step(Deed.PLAN_ACTION, "Actions and lessons", says, "Plan these", PlanProposed, "acting/actions.html")
    causes = {cause.code: cause.label for cause in codings.causes(visit.today)}
    policies = working.policies(visit, found.work)
    return working.answer(request, found.line, step, form, work=found.work, causes=causes, policies=policies)


def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan an action."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.PLAN_ACTION)
    says = "Say what has to be done, who does it, and by when. Write no names of people affected."
    step = Step(Deed.PLAN_ACTION, "Plan an action", says, "Plan it", Plan)
    return working.answer(request, line, step, Plan(visit, line, working.data(request)))


def end(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that an action is done, or need not be done."""
    visit = visits.of(request)
    opened = working.whole(visit, reference, Deed.END_ACTION)
    line, task = opened.line, _task(opened.work, number)
    step = Step(Deed.END_ACTION, "End an action", task.words, "Save", End)
    return working.answer(request, line, step, End(visit, line, working.data(request), task))


def change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give an action to somebody else, or another day."""
    visit = visits.of(request)
    opened = working.whole(visit, reference, Deed.PLAN_ACTION)
    line, task = opened.line, _task(opened.work, number)
    step = Step(Deed.PLAN_ACTION, "Change an action", task.words, "Save", Change)
    return working.answer(request, line, step, Change(visit, line, working.data(request), task))


def _task(work: Work, number: int) -> Task:
    found = next((task for task in work.open_actions if task.number == number), None)
    if found is None:
        raise NotThere("there is no such open action")
    return found


def learn(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the root cause and the lesson."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.LEARN)
    says = "Look past who did it to why it could happen. Write no names."
    step = Step(Deed.LEARN, "Root cause and lesson", says, "Save", Learn)
    return working.answer(request, line, step, Learn(visit, line, working.data(request)))


_SETTLED = {
    "ico-undecided": ("risk", "Risk and decisions"),
    "people-undecided": ("risk", "Risk and decisions"),
    "ico-not-told": ("risk", "Record the day"),
    "people-not-told": ("risk", "Record the day"),
    "not-assessed": ("self-assessment", "Answer it"),
    "no-tier": ("categories", "See which fact"),
    "no-category": ("categories", "Give it one"),
    "open-actions": ("actions", "End them, or see who has them"),
    "owed": ("incident-supplier", "Say that it has come"),
    "no-answer": ("incident", "Look at what was asked"),
}
"""For each thing that may be missing: the page on which it is settled, and the words of the link there."""


def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what is missing, and close the work on an incident."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CLOSE)
    missing = completeness.missing(visit.body, line.incident)
    blocked = any(not one.waived for one in missing)
    says = "Nothing is missing." if not missing else "Before it is closed, these are missing:"
    button = "" if blocked else "Close it"
    step = Step(Deed.CLOSE, "Close the incident", says, button, Close, "acting/close.html")
    form = Close(visit, line, working.data(request), missing)
    return working.answer(request, line, step, form, missing=[(one, *_SETTLED[one.code]) for one in missing])


REOPEN = Step(Deed.REOPEN, "Open it again", "The work goes on where it stopped; nothing is lost.", "Open it", Reopen)


def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Take up again the work on an incident."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.REOPEN)
    return working.answer(request, line, REOPEN, Reopen(visit, line, working.data(request)))


@visits.may(Deed.END_ACTION)
def due(request: HttpRequest) -> HttpResponse:
    """Show the open actions of whoever looks, and, asked for, of everybody."""
    visit = visits.of(request)
    everybody = request.GET.get("of") == "everybody"
    owner = None if everybody else visit.person
    found = tasks.due(visit.body, by=visit.person, today=visit.today, owner=owner)
    names = {person.number: person.name for person, _ in people.everyone(visit.body, visit.today)}
    return render(request, "acting/due.html", {"found": found, "names": names, "everybody": everybody})


def paths() -> list[URLPattern]:
    """The addresses of these pages; they stand before the incident's own."""
    return [
        path("actions/", due, name="actions-due"),
        path("register/<path:reference>/actions/", actions, name="actions"),
        path("register/<path:reference>/actions/add/", plan, name="action-add"),
        path("register/<path:reference>/actions/<int:number>/end/", end, name="action-end"),
        path("register/<path:reference>/actions/<int:number>/change/", change, name="action-change"),
        path("register/<path:reference>/lessons/", learn, name="lessons"),
        path("register/<path:reference>/close/", close, name="close"),
        path("register/<path:reference>/reopen/", reopen, name="reopen"),
    ]
