"""Words and areas are removed from a file that somebody offers on the drop page; nothing of it is kept.

So the page carries the file itself from step to step, or, where it is too large for that, asks for it again.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.screening import apart
from candour.screening.arrivals import clean_name
from candour.web import areas, forms, visits
from candour.web.releasing import handed_out

CARRIED = 1_500_000
"""Bytes of the largest file that a page carries: written as text it has to pass the limit on a form's fields."""


@dataclass(frozen=True)
class Standing:
    """How far a person has come: the page that is shown, the areas and words that are to go, and what went wrong."""

    number: int = 1
    chosen: Sequence[str] = ()
    words: str = ""
    form: areas.AnArea | None = None
    problem: str = ""


@visits.may(Deed.SCREEN, Deed.SEE_INCIDENTS, Deed.SEE_REQUESTS, Deed.SEE_FIGURES)
def redact(request: HttpRequest) -> HttpResponse:
    """Take one step with a file: turn to a page, mark an area or keep it, or hand out the file without them all."""
    name = clean_name(request.POST.get("name", ""))
    content = _content(request)
    if content is None:
        return redirect("screen")
    if hashlib.sha256(content).hexdigest() != request.POST.get("sha256", ""):
        return page(request, content, name, _asked(request, f"This is another file than {name} was. Begin again"))
    if request.POST.get("step") == "remove":
        return _removed(request, content, name)
    return page(request, content, name, _stepped(request))


def page(request: HttpRequest, content: bytes, name: str, now: Standing | None = None) -> HttpResponse:
    """Show a page of a PDF under its grid with what is chosen; of a text, only words are asked for."""
    now, drawn = now or Standing(), None
    form = now.form or areas.AnArea()
    if content.startswith(b"%PDF-"):
        try:
            drawn = apart.page(content, name, now.number, [areas.read(one) for one in now.chosen])
        except WrongInput as refusal:
            now = Standing(problem=forms.sentence(refusal), words=now.words)
    context: dict[str, Any] = {
        "name": name, "sha256": hashlib.sha256(content).hexdigest(), "drawn": drawn, "form": form, "now": now,
        "picture": f"data:image/png;base64,{base64.b64encode(drawn.content).decode()}" if drawn else "",
        "held": base64.b64encode(content).decode() if len(content) <= CARRIED else "",
        "chosen": [areas.told(one) for one in now.chosen],
    }  # fmt: skip
    return render(request, "screening/redact_here.html", context, status=422 if now.problem or form.errors else 200)


def _content(request: HttpRequest) -> bytes | None:
    """Return the file that the page carried, or that was chosen again; None where there is none."""
    if given := request.FILES.get("file"):
        return bytes(given.read())
    try:
        return base64.b64decode(request.POST.get("held", ""), validate=True) or None
    except binascii.Error:
        return None


def _asked(request: HttpRequest, problem: str = "") -> Standing:
    number = areas.number(request.POST.get("page", ""))
    return Standing(number, areas.chosen(request.POST), request.POST.get("words", ""), problem=problem)


def _stepped(request: HttpRequest) -> Standing:
    now = _asked(request)
    step, _, place = request.POST.get("step", "").partition(":")
    if step == "page":
        return Standing(areas.number(place), now.chosen, now.words)
    if step == "keep":
        return Standing(now.number, [one for one in now.chosen if one != place], now.words)
    form = areas.AnArea(request.POST)
    if form.is_valid() and len(now.chosen) < areas.MOST:
        return Standing(now.number, [*now.chosen, form.on_page(now.number)], now.words)
    return Standing(now.number, now.chosen, now.words, form)


def _removed(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    now = _asked(request)
    if not now.chosen and not now.words.split():
        return page(request, content, name, _asked(request, "Mark an area, or enter the words to remove"))
    try:
        left = apart.redacted(content, name, now.words.splitlines(), [areas.read(one) for one in now.chosen])
    except WrongInput as refusal:
        return page(request, content, name, _asked(request, forms.sentence(refusal)))
    return handed_out(left.content, left.name)
