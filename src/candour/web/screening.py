"""Is this file safe to send? A page that needs no case and keeps nothing."""

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.organisation import known
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.screening import apart, kinds
from candour.screening.arrivals import clean_name
from candour.screening.cleaning.made import can_be_redacted, instead
from candour.web import dropped, forms, visits
from candour.web.releasing import compared, handed_out

WAYS = (
    ("look", "Say what it holds, and compare it with a clean rendition"),
    ("clean", "Give me the clean rendition"),
    ("redact", "Remove words or areas of it (a PDF or a text)"),
)


class Given(django_forms.Form):
    """A file, and what is to be done with it."""

    file = django_forms.FileField(
        label="File",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "invalid": "Choose the file again"},
    )
    way = forms.Choice("What to do", WAYS)


@visits.may(Deed.SCREEN, Deed.SEE_INCIDENTS, Deed.SEE_REQUESTS, Deed.SEE_FIGURES)
def screen(request: HttpRequest) -> HttpResponse:
    """Look into a file that somebody offers; nothing of it is kept."""
    form = Given(request.POST or {"way": "look"}, request.FILES or None) if request.method == "POST" else Given()
    shown: dict[str, Any] = {}
    if form.is_valid():
        given = form.cleaned_data["file"]
        answer = _answered(request, form, given.read(), given.name)
        if isinstance(answer, HttpResponse):
            return answer
        shown = answer
    return render(request, "screening/screen.html", {"form": form, **shown}, status=422 if form.errors else 200)


def _answered(request: HttpRequest, form: Given, content: bytes, name: str) -> HttpResponse | dict[str, Any]:
    way, visit = form.cleaned_data["way"], visits.of(request)
    if way == "look":
        about = known.of(visit.body, visit.today, sees=[deed for deed in known.TOLD if visit.may(deed)])
        report = apart.look(content, name, about)
        return {**compared(content, name), "report": report}
    if way == "redact" and can_be_redacted(name):
        return dropped.page(request, content, clean_name(name))
    if way == "redact":
        form.add_error("file", "Only a PDF or a text can be redacted; make a clean rendition first")
        return {}
    try:
        made = apart.clean(content, name)
    except WrongInput as refusal:
        form.add_error("file", forms.sentence(refusal))
        return {}
    if made is None:
        kind = kinds.seen(content, name) if content else None
        form.add_error("file", instead(kind.slug if kind else ""))
        return {}
    return handed_out(made.content, made.name)
