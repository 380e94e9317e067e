"""Entered for somebody else: told by telephone or in person, from a paper form or a mail; one page, as people talk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.incidents import codes
from candour.incidents import said as sayings
from candour.incidents.actions import reporting
from candour.organisation import queries as organisation
from candour.reading import days, texts
from candour.rules import receipts, years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import visits
from candour.web.reporting.answers import (
    Answer,
    Asking,
    Got,
    Harm,
    Information,
    Line,
    Noticed,
    People,
    What,
    When,
    Where,
)
from candour.web.reporting.phrases import Phrases

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

CHANNELS = (
    ("telephone", "Telephone"),
    ("in-person", "In person"),
    ("paper", "Paper form"),
    ("mail", "Email"),
)
TONGUES = (("en", "English"), ("cy", "Welsh"))


class Call(forms.Form):
    """How and when we were told: the moment drives the clocks, and the moment of typing is kept beside it."""

    channel = forms.ChoiceField(label="How were we told?", choices=CHANNELS)
    language = forms.ChoiceField(label="The reporter’s language", choices=TONGUES)
    told_on = Line(required=True)
    told_time = Line(required=True)
    moment: datetime | None = None

    def __init__(self, given: Any, now: datetime, initial: Any = None) -> None:
        super().__init__(given, initial=initial)
        self.now = now
        self.fields["told_on"].label, self.fields["told_time"].label = "On which day were we told?", "At what time?"
        self.fields["told_on"].error_messages["required"] = "Enter the day on which we were told"
        self.fields["told_time"].error_messages["required"] = "Enter the time at which we were told, for example 14:20"

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"told_on", "told_time"} <= said.keys():
            try:
                self.moment = days.read(f"{said['told_on']} {said['told_time']}").at
                days.check(years.london_day(self.moment or self.now), years.london_day(self.now))
            except days.NotUnderstood as fault:
                self.add_error("told_on", str(fault))
            if self.moment is None and not self.errors:
                self.add_error("told_time", "Enter a time, for example 14:20")
        return said


class Caller(Answer):
    """Who tells us, as far as they want to say."""

    name = "contact"
    reporter = Line()
    reach = Line()

    def part(self) -> dict[str, Any]:
        return {"reporter": self.cleaned_data["reporter"], "contact": self.cleaned_data["reach"]}


class Until(Answer):
    """The last day, where it went on for a while."""

    name = "until"
    until = Line()

    def clean_until(self) -> date | None:
        try:
            return days.read(self.cleaned_data["until"]).day if self.cleaned_data["until"] else None
        except days.NotUnderstood as fault:
            raise forms.ValidationError(str(fault)) from fault

    def part(self) -> dict[str, Any]:
        return {"occurred_until": self.cleaned_data["until"]}


SECTIONS: tuple[type[Answer], ...] = (Harm, What, Where, When, Until, Noticed, Information, People, Got, Caller)
"""In the order in which people talk."""

MUST = {"harm", "what"}
"""What has to be said; everything else may be asked for later."""


@dataclass
class Sheet:
    """The whole page: how we were told, and every section."""

    call: Call
    sections: dict[str, Answer]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.call, *self.sections.values()]

    def is_valid(self) -> bool:
        """Look at every form, so that all faults show at once."""
        found = [form.is_valid() for form in self.forms]
        return all(found)

    def said(self) -> sayings.Said:
        parts: dict[str, Any] = {}
        for form in self.sections.values():
            parts |= form.part()
        return sayings.Said(**parts)


def sheet(visit: visits.Visit, given: Any = None, initial: dict[str, dict[str, Any]] | None = None) -> Sheet:
    """Make the page; the moment at which we were told is now, unless something else is known."""
    here, known = visit.at.astimezone(years.LONDON), initial or {}
    told = {"told_on": years.spoken(here.date()), "told_time": f"{here:%H:%M}", **known.get("call", {})}
    call = Call(given, visit.at, told)
    day = years.london_day(call.moment) if given and call.is_valid() and call.moment else visit.today
    return Sheet(call, dict(_sections(Asking(Phrases(), day, visit.at), given, known)))


def _sections(asking: Asking, given: Any, known: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Answer]]:
    for section in SECTIONS:
        form = section(given, asking, prefix=section.name, initial=known.get(section.name))
        form.fields[form.first].required = section.name in MUST
        yield section.name, form


@never_cache
@sensitive_post_parameters()
@visits.may(Deed.ASK_REPORTER)
def told_us(request: HttpRequest) -> HttpResponse:
    """Record what somebody told us; sent twice, it is one report, because the page carries its code."""
    visit = visits.of(request)
    page = sheet(visit, request.POST or None)
    code = _code(request)
    if request.method == "POST" and page.is_valid():
        try:
            receipt = _record(visit, page, code)
        except WrongInput as refusal:
            page.call.add_error("told_on", str(refusal)[:1].upper() + str(refusal)[1:])
        else:
            return render(request, "reporting/told-us-done.html", {"receipt": receipt, "code": code})
    return _shown(request, page, code, fault=request.method == "POST")


def _record(visit: visits.Visit, page: Sheet, code: str) -> reporting.Receipt:
    how = page.call.cleaned_data
    way = reporting.Way(channel=how["channel"], language=how["language"], told_at=page.call.moment)
    return reporting.report(visit.body, page.said(), code=code, way=way, by=visit.person, at=visit.at)


@never_cache
@visits.may(Deed.ASK_REPORTER)
def mail(request: HttpRequest) -> HttpResponse:
    """Read a mail into the page, for a person to look at; nothing is recorded yet, and the file is not kept."""
    visit = visits.of(request)
    try:
        said, at = _read(request.FILES.get("mail"))
    except WrongInput as refusal:
        return _shown(request, sheet(visit), codes.new(), fault=False, mail_fault=str(refusal))
    return _shown(request, sheet(visit, initial=_known(said, at)), codes.new(), fault=False)


def _read(file: "UploadedFile[bytes] | None") -> tuple[sayings.Said, datetime | None]:
    if file is None or (file.size or 0) > texts.LARGEST:
        raise WrongInput("choose a mail saved as .eml, of at most 5 MB")
    return sayings.of_mail(texts.read(file.read(), file.name or ""))


def _known(said: sayings.Said, at: datetime | None) -> dict[str, dict[str, Any]]:
    call = {"channel": "mail"}
    if at:
        here = at.astimezone(years.LONDON)
        call |= {"told_on": years.spoken(here.date()), "told_time": f"{here:%H:%M}"}
    caller = {"reporter": said.reporter, "reach": said.contact}
    return {"call": call, "what": {"description": said.description}, "contact": caller}


def _shown(request: HttpRequest, page: Sheet, code: str, **more: Any) -> HttpResponse:
    visit = visits.of(request)
    settings = organisation.reporting(visit.body, visit.today)
    shown = {"page": page, "code": code, "settings": settings, "say": Phrases(), **more}
    return render(request, "reporting/told-us.html", shown)


def _code(request: HttpRequest) -> str:
    """The code that the page was given out with, so that sending it twice makes one report."""
    try:
        return receipts.read(request.POST.get("code", ""))
    except WrongInput:
        return codes.new()
