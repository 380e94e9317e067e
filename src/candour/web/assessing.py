"""Risk and decisions: assessments, advice, the decisions to tell the ICO and the people, and that they were told."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode

from candour.incidents import methods
from candour.incidents.actions import assessing
from candour.incidents.queries.judgements import Work
from candour.incidents.queries.lines import Line
from candour.rules import self_assessment, severity
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed
from candour.web import forms, visits, working
from candour.web.assessing_forms import Advise, Decide, Enisa, Grid, Keep, Told
from candour.web.handling.steps import Step

WHOM = {assessing.ICO: "the Information Commissioner", assessing.PEOPLE: "the people"}


def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how risky an incident was judged to be, what was advised, what was decided, and who was told."""
    visit = visits.of(request)
    found = working.whole(visit, reference)
    used = [(method, methods.TITLES[method]) for method in _methods(visit)]
    shown = {"work": found.work, "methods": used, "whom": WHOM}
    return working.page(request, found.line, "assessing/risk.html", shown)


def _methods(visit: visits.Visit) -> tuple[str, ...]:
    return assessing.methods(visit.body, visit.now)


class Question(forms.Asked):
    """One question of the self-assessment; it comes in the address, with the answers before it."""

    def __init__(self, question: self_assessment.Question, given: Mapping[str, Any]) -> None:
        super().__init__(given if given.get("asked") == question.name else {}, {})
        self.is_bound = given.get("asked") == question.name
        self.fields["answer"] = forms.Choice(question.words, question.answers)
        self.fields["answer"].error_messages["required"] = "Choose an answer"


def self_assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the questions of the ICO's self-assessment one by one, then show what they come to and keep it."""
    visit = visits.of(request)
    opened = working.whole(visit, reference, Deed.ASSESS)
    line = opened.line
    answers = {one.name: request.GET[one.name] for one in self_assessment.QUESTIONS if one.name in request.GET}
    question = self_assessment.next_question(answers)
    if question:
        return _ask(request, line, question, answers)
    found = self_assessment.outcome(answers)
    before = _present(opened.work, self_assessment.METHOD)
    form = Keep(visit, line, working.data(request), self_assessment.METHOD, answers, again=before)
    step = Step(Deed.ASSESS, "What it comes to", found.why, "Keep this assessment", Keep, "assessing/outcome.html")
    said = [(one, dict(one.answers)[answers[one.name]]) for one in self_assessment.QUESTIONS if one.name in answers]
    return working.answer(request, line, step, form, said=said)


def _ask(
    request: HttpRequest, line: Line, question: self_assessment.Question, answers: Mapping[str, str]
) -> HttpResponse:
    form = Question(question, request.GET)
    if form.is_bound and form.is_valid():
        answered = {**answers, question.name: form.cleaned_data["answer"]}
        response = HttpResponse(status=302)
        response["Location"] = f"{request.path}?{urlencode(answered)}"
        return response
    unchecked = question.name in self_assessment.UNCHECKED
    shown = {"form": form, "question": question, "answers": answers, "unchecked": unchecked}
    return working.page(request, line, "assessing/question.html", shown)


def _present(work: Work, method: str) -> bool:
    return any(one.method == method for one in work.assessments)


SCORES = {
    severity.ENISA: Step(
        Deed.ASSESS,
        methods.TITLES[severity.ENISA],
        "The score presumes; the law’s own tests decide. Where the decision goes another way, its grounds say why.",
        "Keep this assessment",
        Enisa,
    ),
    severity.GRID: Step(Deed.ASSESS, methods.TITLES[severity.GRID], severity.GRID_NOTE, "Keep this assessment", Grid),
}


def score(request: HttpRequest, reference: str, method: str) -> HttpResponse:
    """Judge an incident by a method of scoring that the body uses."""
    visit = visits.of(request)
    opened = working.whole(visit, reference, Deed.ASSESS)
    line = opened.line
    if method not in SCORES or method not in _methods(visit):
        raise NotThere("there is no such method here")
    step = SCORES[method]
    kind: Any = step.form
    before = _present(opened.work, method)
    return working.answer(request, line, step, kind(visit, line, working.data(request), again=before))


def advice(request: HttpRequest, reference: str, about: str) -> HttpResponse:
    """Give the data protection officer's advice, in a field of its own before any decision."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.ADVISE)
    title = f"Advice: telling {_whom(about)}"
    says = "Whoever decides reads your advice first. It stands in the history under your name."
    step = Step(Deed.ADVISE, title, says, "Give this advice", Advise)
    return working.answer(request, line, step, Advise(visit, line, working.data(request), about))


def decision(request: HttpRequest, reference: str, about: str) -> HttpResponse:
    """Decide whether to tell, with the assessment and the advice in sight."""
    visit = visits.of(request)
    opened = working.whole(visit, reference, Deed.DECIDE_TO_NOTIFY)
    line, found = opened.line, opened.work
    title = f"Decide whether to tell {_whom(about)}"
    advised = found.advised(about)
    says = "Deciding tells nobody: once they were told, the day is recorded."
    step = Step(Deed.DECIDE_TO_NOTIFY, title, says, "Decide", Decide, "assessing/decision.html")
    form = Decide(visit, line, working.data(request), about, advised=advised is not None)
    return working.answer(request, line, step, form, worked=found, advised=advised)


def told(request: HttpRequest, reference: str, about: str) -> HttpResponse:
    """Record that somebody was told, on a day."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CHANGE)
    title = f"Record that {_whom(about)} {'were' if about == assessing.PEOPLE else 'was'} told"
    says = "The tier follows from it: an incident of which the Commissioner was told counts as reported."
    step = Step(Deed.CHANGE, title, says if about == assessing.ICO else "", "Record it", Told)
    return working.answer(request, line, step, Told(visit, line, working.data(request), about))


def _whom(about: str) -> str:
    if about not in WHOM:
        raise NotThere("there is nobody of that name to tell")
    return WHOM[about]


def of_incident(reference: str) -> str:
    """The address of the page of risk and decisions."""
    return reverse("risk", kwargs={"reference": reference})


def paths() -> list[URLPattern]:
    """The addresses of these pages; they stand before the incident's own."""
    return [
        path("register/<path:reference>/risk/", risk, name="risk"),
        path(f"register/<path:reference>/risk/{self_assessment.METHOD}/", self_assess, name="self-assessment"),
        path("register/<path:reference>/risk/<slug:method>/", score, name="score"),
        path("register/<path:reference>/advice/<slug:about>/", advice, name="advice"),
        path("register/<path:reference>/decision/<slug:about>/", decision, name="decision"),
        path("register/<path:reference>/told/<slug:about>/", told, name="told"),
    ]
