"""A reply on its way out: files are enclosed and screened, clearance is asked and given, what was cleared leaves."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import re_path
from django.urls.resolvers import URLPattern
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from candour.foi import actions, enclosing, releasing
from candour.organisation import exits
from candour.organisation import queries as organisation
from candour.rules.refusals import Conflict, NotAllowed, WrongInput
from candour.rules.rights import Deed
from candour.screening import apart, catalogue
from candour.screening.cleaning.made import instead
from candour.screening.findings import Known
from candour.screening.looking import Report
from candour.web import forms, redacting, requests, visits

_Step = Callable[[visits.Visit, str, HttpRequest], Any]


def _enclose(visit: visits.Visit, case: str, request: HttpRequest) -> None:
    if not (given := request.FILES.get("file")):
        raise WrongInput("choose a file")
    enclosing.enclose(
        visit.body, case, content=given.read(), name=given.name or "file", as_letter=request.POST.get("as") == "letter",
        by=visit.person, at=visit.at,
    )  # fmt: skip


STEPS: dict[str, _Step] = {
    "screen": lambda visit, case, _: releasing.screen(visit.body, case, by=visit.person, at=visit.at),
    "ask": lambda visit, case, request: releasing.ask_clearance(
        visit.body, case, letter=request.POST.get("letter") or None, reason=request.POST.get("reason", ""),
        by=visit.person, at=visit.at,
    ),
    "clear": lambda visit, case, _: releasing.clear(visit.body, case, by=visit.person, at=visit.at),
    "give-back": lambda visit, case, request: releasing.give_back(
        visit.body, case, reason=request.POST.get("reason", ""), by=visit.person, at=visit.at
    ),
    "release": lambda visit, case, _: actions.release(visit.body, case, by=visit.person, at=visit.at),
    "withdraw": lambda visit, case, request: releasing.withdraw(
        visit.body, case, reason=request.POST.get("reason", ""), by=visit.person, at=visit.at
    ),
    "enclose": _enclose,
}  # fmt: skip
"""The steps that a page may take with a reply; each deed checks its own rights."""

WITH_A_FILE: dict[str, Callable[[visits.Visit, str, str, HttpRequest], Any]] = {
    "clean": lambda visit, case, sha256, _: enclosing.clean(visit.body, case, sha256, by=visit.person, at=visit.at),
    "take-out": lambda visit, case, sha256, _: enclosing.take_out(
        visit.body, case, sha256, by=visit.person, at=visit.at
    ),
    "let-go": lambda visit, case, sha256, request: exits.let_go(
        visit.body, enclosing.paper(visit.body, case, sha256, by=visit.person, at=visit.at),
        reason=request.POST.get("reason", ""), by=visit.person, at=visit.at,
    ),
}  # fmt: skip
"""What a page may do with one file of a reply."""


@require_POST
@visits.may(Deed.SEE_REQUESTS)
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Take a step with a reply; where it cannot be taken the request's page says why."""
    return _done(request, reference, lambda visit: STEPS[name](visit, reference, request))


@require_POST
@visits.may(Deed.SEE_REQUESTS)
def with_file(request: HttpRequest, reference: str, sha256: str, name: str) -> HttpResponse:
    """Do something with one file of a reply."""
    return _done(request, reference, lambda visit: WITH_A_FILE[name](visit, reference, sha256, request))


def _done(request: HttpRequest, reference: str, deed: Callable[[visits.Visit], Any]) -> HttpResponse:
    try:
        deed(visits.of(request))
    except (Conflict, WrongInput) as refusal:
        return requests.page(request, reference, problem=forms.sentence(refusal), status=refusal.http)
    except NotAllowed as refusal:
        if "clearance" not in str(refusal):
            raise
        return requests.page(request, reference, problem=forms.sentence(refusal), status=409)
    return redirect(requests.address(reference) + "#leaving")


@visits.may(Deed.SCREEN)
def compare(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Show a file beside its clean rendition: what was found in each, and what each says."""
    visit = visits.of(request)
    paper = enclosing.paper(visit.body, reference, sha256, by=visit.person, at=visit.at)
    shown = {"reference": reference, "sha256": sha256, **compared(paper.content, paper.name)}
    return render(request, "screening/compare.html", shown)


def compared(content: bytes, name: str, about: Known | None = None) -> dict[str, Any]:
    """Return a file and its clean rendition, each as looked into and as read; `after` None where it has none."""
    with apart.Lookers(1, about) as lookers:
        before = _side(lookers, content, name)
        made = lookers.clean(content, name)
        after = _side(lookers, made.content, made.name) | {"how": made.how, "left_out": made.left_out} if made else None
    gone = _gone(before["report"], after["report"]) if after else []
    return {"before": before, "after": after, "gone": gone, "instead": instead(before["report"].type)}


def _side(lookers: apart.Lookers, content: bytes, name: str) -> dict[str, Any]:
    return {"report": lookers.look(content, name), "texts": lookers.read(content, name), "size": len(content)}


def _gone(before: Report, after: Report) -> list[tuple[str, int]]:
    """Return what was found in a file and not in its rendition: in the words of each check, with how often."""
    left = {one.code for one in after.findings}
    counts = Counter(one.code for one in before.findings if one.code not in left)
    says = {check.code: check.says for checks in catalogue.every().values() for check in checks}
    return [(says.get(code, code), count) for code, count in counts.items()]


@visits.may(Deed.SEE_REQUESTS)
def paper(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Give a file of a reply as a download."""
    visit = visits.of(request)
    found = enclosing.paper(visit.body, reference, sha256, by=visit.person, at=visit.at)
    return handed_out(found.content, organisation.file_name(visit.body.pk, found.name))


def handed_out(content: bytes, name: str) -> HttpResponse:
    """Hand out a file to be kept, with nothing in it allowed to act in the site."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def paths() -> list[URLPattern]:
    """The addresses of these pages; a reference may hold slashes."""
    case = r"^requests/(?P<reference>.+)"
    file = rf"{case}/papers/(?P<sha256>[0-9a-f]{{64}})"
    return [
        re_path(rf"{case}/steps/(?P<name>{'|'.join(STEPS)})/$", step, name="reply-step"),
        re_path(rf"{file}/compare/$", compare, name="paper-compare"),
        re_path(rf"{file}/redact/page\.png$", redacting.picture, name="paper-page"),
        re_path(rf"{file}/redact/$", redacting.redact, name="paper-redact"),
        re_path(rf"{file}/(?P<name>{'|'.join(WITH_A_FILE)})/$", with_file, name="paper-step"),
        re_path(rf"{file}/$", paper, name="paper"),
    ]
