"""Change one fact of an incident, or correct what was never so; held against what the person saw."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from candour.incidents import facts as vocabulary
from candour.incidents import queries
from candour.incidents.actions import amending, marking
from candour.incidents.facts import Fact, Kind
from candour.incidents.queries.lines import Line
from candour.reading import days, fields, register
from candour.rules import markings
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import forms, visits, working
from candour.web.deciding import OneOf, Words
from candour.web.environment import address
from candour.web.handling.forms import WHY, Decided
from candour.web.handling.steps import Step

ELSEWHERE = {
    "our_role": "incident-role",
    "supplier": "incident-supplier",
    "supplier_knew_on": "incident-supplier",
    "supplier_told_us_on": "incident-supplier",
    "recipient_confirmed_on": "incident-recipient",
}
"""Facts that have a page of their own, by its name."""

BY_ITSELF = frozenset({"closed_on", "triaged", "source", "category"})
"""Facts that other deeds move: closing, triage, categorising; and where the incident came from."""

EXACT, ABOUT, UNKNOWN = "exact", "about", "unknown"
SURE = ((EXACT, "Exact"), (ABOUT, "About: it is approximate"), (UNKNOWN, "Not known"))
CHANGED, NEVER = "changed", "never"
HOW = ((CHANGED, "It has changed: from today on"), (NEVER, "It was never so: correct it from the first day"))


class Changing(Decided):
    """A fact anew; how sure it is, whether it changed or was never so, and why."""

    value = forms.Text("It is")
    sure = OneOf("How sure is it?", SURE)
    how = OneOf("What happened?", HOW)
    reason = Words(WHY, required=True)

    def __init__(self, visit: visits.Visit, line: Line, data: Any, fact: Fact, **initial: Any) -> None:
        self.fact = fact
        super().__init__(visit, line, data, sure=EXACT, how=CHANGED, **initial)

    def settle(self) -> None:
        known = fields_by_name.get(self.fact.name)
        label = self.fact.label
        self.fields["value"].label = label
        if known and known.choices:
            choices = [("", "not stated"), *((word, word.replace("-", " ")) for word in known.choices)]
            self.fields["value"] = forms.Choice(label, choices, required=False)
        if self.fact.kind is Kind.TEXT:
            del self.fields["sure"]

    def carry_out(self) -> object:
        said = self.cleaned_data
        changes, marks, times = _read(self.fact, said["value"], said.get("sure", EXACT), self.visit)
        given = {"reason": said["reason"], "correction": said["how"] == NEVER, "marks": marks, "times": times}
        return self.act(amending.amend, changes, **given)


fields_by_name = {field.name: field for field in fields.FIELDS}


def _read(
    fact: Fact, text: str, sure: str, visit: visits.Visit
) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """Read what was typed as a cell of a register is read: the fact, how sure it is, and its time of day."""
    if sure == UNKNOWN:
        return {fact.name: None}, {fact.name: "unknown"}, {}
    if fact.name in register.BY_NAME:
        typed = f"about {text}" if sure == ABOUT and text else text
        stated = register.parse(fact.name, typed, today=visit.today)
        return dict(stated.facts), dict(stated.precision), dict(stated.times)
    marks = {fact.name: "approximate"} if sure == ABOUT and text else {}
    return {fact.name: _plain(fact, text) if text else None}, marks, {}


def _plain(fact: Fact, text: str) -> Any:
    """Read a fact that no register from elsewhere has."""
    if fact.kind is Kind.NUMBER:
        if not text.replace(",", "").isdecimal():
            raise WrongInput(f"{fact.label}: give a whole number, for example 40")
        return int(text.replace(",", ""))
    if fact.kind is Kind.DAY:
        try:
            return days.read(text).day.isoformat()
        except days.NotUnderstood as fault:
            raise WrongInput(str(fault)) from fault
    return text


class Describing(Decided):
    """What happened, told anew."""

    description = Words("What happened", required=True)
    how = OneOf("What happened to the description?", HOW)
    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        said = self.cleaned_data
        given = {"reason": said["reason"], "correction": said["how"] == NEVER}
        return self.act(amending.amend, {"description": said["description"]}, **given)


class Marking(Decided):
    """How it is marked."""

    marking = OneOf("Marking", [(one_, one_) for one_ in markings.MARKINGS])
    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        return self.act(marking.mark, self.cleaned_data["marking"], reason=self.cleaned_data["reason"])


def fact(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Change or correct one fact."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CHANGE)
    chosen = vocabulary.BY_NAME.get(name)
    if chosen is None or name in BY_ITSELF or name in ELSEWHERE:
        raise NotThere("there is no such fact to change")
    says = f"It says now: {_now(visit, reference, name)}."
    step = Step(Deed.CHANGE, f"Change: {chosen.label}", says, "Save", Changing)
    return working.answer(request, line, step, Changing(visit, line, working.data(request), chosen))


def _now(visit: visits.Visit, reference: str, name: str) -> str:
    found = queries.facts(visit.body, reference, visit.now, by=visit.person, today=visit.today)
    return next(shown.words for shown in found if shown.name == name)


def description(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell anew what happened."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CHANGE)
    form = Describing(visit, line, working.data(request), description=line.about, how=CHANGED)
    says = "Write no names of people affected. What it said before stays in the record until it is disposed of."
    return working.answer(request, line, Step(Deed.CHANGE, "Describe it anew", says, "Save", Describing), form)


def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark an incident."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CHANGE)
    says = "Its pages and mails carry it. Anything higher cannot be kept here: take it to your security officer."
    step = Step(Deed.CHANGE, "Mark it", says, "Mark it", Marking)
    return working.answer(request, line, step, Marking(visit, line, working.data(request)))


def addresses(visit: visits.Visit, reference: str) -> dict[str, str]:
    """Where each fact is changed, by its name; nothing for somebody who may not."""
    if not visit.may(Deed.CHANGE):
        return {}
    about = {"reference": reference}
    found = {
        name: address("incident-change", **about, name=name)
        for name in vocabulary.BY_NAME
        if name not in BY_ITSELF and name not in ELSEWHERE
    }
    found |= {name: address(page, **about) for name, page in ELSEWHERE.items()}
    return {**found, "description": address("incident-describe", **about), "marking": address("incident-mark", **about)}


def paths() -> list[URLPattern]:
    """The addresses of these pages; they stand before the incident's own."""
    return [
        path("register/<path:reference>/change/<slug:name>/", fact, name="incident-change"),
        path("register/<path:reference>/describe/", description, name="incident-describe"),
        path("register/<path:reference>/mark/", mark, name="incident-mark"),
    ]
