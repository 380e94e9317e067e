"""Make it safe to publish: the table before and after, what is hidden and why, what is left, and the decision."""

from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from candour.figures import safe
from candour.figures.tables import Table
from candour.ledger import queries as ledger
from candour.rules.disclosure_control import choice, rule
from candour.rules.disclosure_control.protecting import CannotBeMet
from candour.rules.refusals import NotThere, Refusal, WrongInput
from candour.rules.rights import Deed
from candour.web import figures, forms, merging, takeaway, visits, wording

RULES = (
    (choice.AUTO, "the standard rule, where the questions say so"),
    *((slug, one.title) for slug, one in rule.presets().items()),
    (choice.NONE, "no control"),
)
EVERYTHING = "scope=all"
"""What makes a rule for people one for everything that is counted."""


def in_words(said: str) -> str:
    """Say a choice of protection in words, with what was changed of its rule."""
    slug, _, changes = said.partition(",")
    words = dict(RULES).get(slug, slug)
    return f"{words}, with {changes.replace(',', ', ')}" if changes else words


class Protect(django_forms.Form):
    """Why the table is protected so, or not at all."""

    reason = forms.Text("How a number could lead to a person, or why none can", required=True, longest=2000)


@visits.may(Deed.SEE_FIGURES)
def safely(request: HttpRequest) -> HttpResponse:
    """Show a table as it would leave under a rule, with rows or periods merged first, and record the decision."""
    visit = visits.of(request)
    if request.method == "GET" and (merged := merging.with_merges(request.GET)):
        return redirect(f"{request.path}?{merged}")
    before, said = _asked(request, visit)
    form = Protect(request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {
        "form": form,
        "rules": RULES,
        "before": figures.shown_table(before, behind=visit.may(Deed.SEE_INCIDENTS)),
        "said": said,
    }
    shown |= {"merging": merging.of(before, request), "asked": urlencode(merging.kept(request.GET))}
    try:
        draft = safe.draft(visit.body, before, choice.read(said), number=ledger.head(visit.body.pk).number)
        shown |= {"draft": draft, "after": figures.shown_table(draft.table, behind=visit.may(Deed.SEE_INCIDENTS))}
        shown |= {"ranges": list(_ranges(draft)), "needed": draft.safe.done.rule.needed if draft.safe else 0}
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            shown["decided"] = safe.decide(visit.body, draft, reason=reason, by=visit.person, at=visit.at)
    except CannotBeMet as refused:
        shown |= {"refused": forms.sentence(refused), "hide": f"{said},totals=hide"}
    except safe.NotOfPeople as refused:
        shown |= {"refused": refused.said.capitalize(), "for_all": f"{said},{EVERYTHING}"}
    except Refusal as refused:
        shown["refused"] = forms.sentence(refused)
    return render(request, "safely.html", shown, status=422 if form.errors else 200)


def _asked(request: HttpRequest, visit: visits.Visit) -> tuple[Table, str]:
    asked = figures.Question(request.GET, visit)
    table = asked.table()
    if table is None:
        raise WrongInput(asked.problems)
    return table, request.GET.get("protect") or choice.AUTO


def _ranges(draft: safe.Draft) -> list[tuple[str, str]]:
    """Each hidden cell, and between which numbers an outsider must leave it."""
    if draft.safe is None:
        return []
    periods = {(one.start, one.end): one.label for one in draft.before.question.periods}
    names = draft.before.question.group
    return [
        (
            f"{wording.group(dict(zip(names, cell[0], strict=True))) or 'All'}, {periods[cell[1:]]}",
            f"{found.least:,} to {found.most:,}",
        )
        for cell, found in draft.safe.ranges()
    ]


@visits.may(Deed.SEE_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the protected table as a file."""
    if kind not in figures.KINDS_OF_FILE:
        raise NotThere(f"figures are not written as {kind}")
    visit = visits.of(request)
    before, said = _asked(request, visit)
    table = safe.draft(visit.body, before, choice.read(said), number=ledger.head(visit.body.pk).number).table
    stem = f"{table.measure.slug}-protected-as-at-{table.as_at.day}-record-{table.as_at.number}"
    return takeaway.file(visit, stem, kind, figures.written(table, kind, visit.body.name))


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("figures/safe/", safely, name="safely"),
        path("figures/safe/table.<str:kind>", download, name="safely-download"),
    ]
