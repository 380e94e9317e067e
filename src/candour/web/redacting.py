"""Words and areas are removed from a file of a reply: chosen on a page with a grid, looked at, and then gone for good.

The areas chosen stand in the address until they are removed, so that nothing is kept of what was only tried; words do
not, for addresses are logged.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render

from candour.foi import enclosing
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed
from candour.screening import apart
from candour.screening.cleaning.made import Area, Drawn
from candour.web import forms, requests, visits

MOST = 50
"""Areas that are removed at once."""
_LARGEST = 5_080
"""Millimetres of the largest page that PDF allows."""
_EDGES = ("left", "top", "right", "bottom")


def _millimetres(label: str) -> django_forms.FloatField:
    wrong = f"{label} must be millimetres on the grid, for example 35"
    said = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    said["required"] = f"Enter {label.lower()} in millimetres, for example 35"
    return django_forms.FloatField(label=label, min_value=0, max_value=_LARGEST, error_messages=said)


class AnArea(django_forms.Form):
    """The edges of an area on the page that is shown, in millimetres from its top left."""

    left, top = _millimetres("Left edge"), _millimetres("Top edge")
    right, bottom = _millimetres("Right edge"), _millimetres("Bottom edge")

    def clean(self) -> dict[str, Any]:
        """Each edge lies beyond the one before it."""
        said: dict[str, Any] = super().clean() or {}
        for less, more, what in (("left", "right", "right of the left"), ("top", "bottom", "below the top")):
            if less in said and more in said and said[more] <= said[less]:
                self.add_error(more, f"{self.fields[more].label} must lie {what} edge")
        return said


@visits.may(Deed.SCREEN)
def redact(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Show a page of a file under a grid, take areas and words, and with POST remove them."""
    visit = visits.of(request)
    paper = enclosing.paper(visit.body, reference, sha256, by=visit.person, at=visit.at)
    given = request.POST if request.method == "POST" else request.GET
    chosen, words, problem = _chosen(given), request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            enclosing.redact(
                visit.body, reference, sha256, words=words.splitlines(), areas=[_area(one) for one in chosen],
                by=visit.person, at=visit.at,
            )  # fmt: skip
        except (Conflict, WrongInput) as refusal:
            problem = forms.sentence(refusal)
        else:
            return redirect(requests.address(reference) + "#leaving")
    form = AnArea(given) if "add" in given else AnArea()
    number = _number(given.get("page", ""))
    if form.is_bound and form.is_valid() and len(chosen) < MOST:
        edges = ",".join(f"{form.cleaned_data[edge]:g}" for edge in _EDGES)
        return HttpResponseRedirect(f"{request.path}?{_query(number, [*chosen, f'{number}:{edges}'])}")
    shown = _shown(paper.content, paper.name, number)
    context = {
        "reference": reference, "sha256": sha256, "name": paper.name, "form": form, "number": number, "words": words,
        "drawn": shown, "chosen": [_told(one, chosen, number) for one in chosen], "problem": problem,
        "query": _query(number, chosen), "raw": chosen,
        "other_pages": [(page, _query(page, chosen)) for page in (number - 1, number + 1)],
    }  # fmt: skip
    return render(request, "screening/redact.html", context, status=422 if problem or form.errors else 200)


@visits.may(Deed.SCREEN)
def picture(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Give a page of a file as a picture under its grid, with the areas that were chosen."""
    visit = visits.of(request)
    paper = enclosing.paper(visit.body, reference, sha256, by=visit.person, at=visit.at)
    areas = [_area(one) for one in _chosen(request.GET)]
    drawn = apart.page(paper.content, paper.name, _number(request.GET.get("page", "")), areas)
    return HttpResponse(drawn.content, content_type="image/png")


def _shown(content: bytes, name: str, number: int) -> Drawn | None:
    """Return the page of a PDF; None for a text, of which only words are removed. Raises WrongInput."""
    return apart.page(content, name, number) if content.startswith(b"%PDF-") else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) <= len("10000") else 1


def _chosen(given: QueryDict) -> list[str]:
    """Return the areas that stand in an address (`1:10,20,100,35`), those that are none left out."""
    return [text for text in given.getlist("area")[:MOST] if _numbers(text)]


def _numbers(text: str) -> list[float]:
    page, _, edges = text.partition(":")
    try:
        found = [float(page), *(float(edge) for edge in edges.split(","))]
    except ValueError:
        return []
    right = len(found) == 1 + len(_EDGES) and all(0 <= one <= _LARGEST for one in found)
    return found if right and found[0].is_integer() and found[3] > found[1] and found[4] > found[2] else []


def _area(text: str) -> Area:
    page, *edges = _numbers(text)
    return Area.of_millimetres(int(page), *edges)


def _told(text: str, chosen: Sequence[str], number: int) -> dict[str, str]:
    """Say an area in words, with the address at which it is chosen no more."""
    page, left, top, right, bottom = _numbers(text)
    said = f"page {page:g}: {left:g} to {right:g} mm across, {top:g} to {bottom:g} mm down"
    return {"said": said, "without": _query(number, [one for one in chosen if one != text])}


def _query(number: int, chosen: Sequence[str]) -> str:
    return urlencode([("page", str(number)), *(("area", one) for one in chosen)])
