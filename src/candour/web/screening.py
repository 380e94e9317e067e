"""Are these files safe to send? A page that needs no case and keeps nothing."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.documents import archive
from candour.organisation import known
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.screening import apart, kinds, looking
from candour.screening.arrivals import clean_name
from candour.screening.cleaning.made import Rendition, can_be_redacted, instead
from candour.screening.findings import Known, Verdict
from candour.web import dropped, forms, visits
from candour.web.releasing import compared, handed_out

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

WAYS = (
    ("look", "Say what it holds; one file is compared with its clean rendition"),
    ("clean", "Give me the clean rendition; those of several files come as a ZIP"),
    ("redact", "Remove words or areas of it (one PDF or text)"),
)
MOST = 50
"""Files of one visit."""
CHILDREN = 2
"""Files that are looked into side by side."""


class Given(django_forms.Form):
    """Files (of which this sees the last), and what is to be done with them."""

    file = django_forms.FileField(
        label="Files",
        max_length=255,
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "invalid": "Choose the file again"},
    )
    way = forms.Choice("What to do", WAYS)


@visits.may(Deed.SCREEN, Deed.SEE_INCIDENTS, Deed.SEE_REQUESTS, Deed.SEE_FIGURES)
def screen(request: HttpRequest) -> HttpResponse:
    """Look into files that somebody offers; nothing of them is kept."""
    form = Given(request.POST or {"way": "look"}, request.FILES or None) if request.method == "POST" else Given()
    shown: dict[str, Any] = {}
    if form.is_valid():
        given = request.FILES.getlist("file")
        answer = _of_many(request, form, given) if len(given) > 1 else _of_one(request, form, given[0])
        if isinstance(answer, HttpResponse):
            return answer
        shown = answer
    return render(request, "screening/screen.html", {"form": form, **shown}, status=422 if form.errors else 200)


def _of_one(request: HttpRequest, form: Given, given: "UploadedFile[bytes]") -> HttpResponse | dict[str, Any]:
    way, content, name = form.cleaned_data["way"], given.read(), given.name or "file"
    if way == "look":
        shown = compared(content, name, _about(request))
        return {**shown, "report": shown["before"]["report"]}
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


def _of_many(request: HttpRequest, form: Given, given: "list[UploadedFile[bytes]]") -> HttpResponse | dict[str, Any]:
    way = form.cleaned_data["way"]
    if len(given) > MOST:
        form.add_error("file", f"Choose {MOST} files at most; you chose {len(given)}")
        return {}
    if way == "redact":
        form.add_error("file", "Choose one file to remove words or areas of it")
        return {}
    with apart.Lookers(CHILDREN, _about(request)) as lookers:
        if way == "clean":
            return _cleaned(lookers, form, given)
        reports = list(lookers.each(lambda one: lookers.look(one.read(), one.name or "file"), given))
    return {"reports": sorted(reports, key=_weight), "counts": Counter(one.verdict.value for one in reports)}


def _cleaned(lookers: apart.Lookers, form: Given, given: "list[UploadedFile[bytes]]") -> HttpResponse | dict[str, Any]:
    """Hand out the clean renditions of several files as one archive, with a list of those that have none."""
    files: dict[str, bytes] = {}
    without = []
    for place, (one, made) in enumerate(lookers.each(lambda one: (one, _rendition(lookers, one)), given), 1):
        if made is None:
            without.append(one.name or "file")
        else:
            files[made.name if made.name not in files else f"{place} {made.name}"] = made.content
    if not files:
        form.add_error("file", "No clean rendition can be made of any of these files")
        return {}
    if without:
        files[_WITHOUT] = "\r\n".join(["No clean rendition can be made of:", *without, ""]).encode()
    return handed_out(archive.packed(files.items()), "clean.zip")


_WITHOUT = "left out.txt"


def _rendition(lookers: apart.Lookers, one: "UploadedFile[bytes]") -> Rendition | None:
    content = one.read()
    return lookers.clean(content, one.name or "file") if content else None


def _about(request: HttpRequest) -> Known:
    """Return what the register knows, of what this visitor may see."""
    visit = visits.of(request)
    return known.of(visit.body, visit.today, sees=[deed for deed in known.TOLD if visit.may(deed)])


def _weight(report: looking.Report) -> int:
    return (Verdict.BLOCK, Verdict.WARN, Verdict.CLEAR).index(report.verdict)
