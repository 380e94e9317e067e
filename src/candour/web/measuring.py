"""What is counted: the standard measures and the body's own, with their versions; one kept from a table, or retired."""

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from candour.figures import defining, definitions, measures
from candour.figures.questions import Question
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import figures, forms, visits, wording


class Define(django_forms.Form):
    """How a measure is called, and what it says to a requester."""

    slug = forms.Text("Name", required=True, longest=60)
    title = forms.Text("Title", required=True)
    says = forms.Text("What is counted, in a sentence that a requester understands", required=True, longest=1000)

    def refuse(self, refusal: Exception) -> None:
        self.add_error("slug" if "name" in str(refusal) else None, forms.sentence(refusal))


class Retire(django_forms.Form):
    """Why a measure is retired."""

    reason = forms.Text("Why it is retired", required=True, longest=500)


@visits.may(Deed.SEE_FIGURES)
def listed(request: HttpRequest) -> HttpResponse:
    """List every measure in use, the standard ones first."""
    visit = visits.of(request)
    own = definitions.own(visit.body.pk, visit.now.number)
    return render(request, "measuring/listed.html", {"standard": measures.STANDARD, "own": own})


@visits.may(Deed.DEFINE_MEASURE)
def new(request: HttpRequest) -> HttpResponse:
    """Ask how the measure that a table counts by shall be called, and define it: its own filter and the table's."""
    visit = visits.of(request)
    asked = figures.Question(request.GET, visit)
    if not asked.is_valid():
        raise WrongInput(asked.problems)
    question = asked.cleaned_data["question"]
    own = question.measure.slug if question.measure.slug not in measures.BY_SLUG else ""
    drawn = {"slug": own, "title": question.measure.title if own else "", "says": question.measure.says if own else ""}
    form = Define(request.POST if request.method == "POST" else None, initial=drawn)
    if form.is_valid() and _defined(visit, question, form):
        return redirect("measure", form.cleaned_data["slug"])
    shown = {"form": form, "question": question, "only": _only(question), "asked": request.GET.urlencode()}
    return render(request, "measuring/new.html", shown, status=422 if form.errors else 200)


def _defined(visit: visits.Visit, question: Question, form: Define) -> bool:
    measure = question.measure
    try:
        defining.define(
            visit.body, **form.cleaned_data, tiers=measure.tiers, where=question.only, basis=question.basis,
            value=measure.value, by=visit.person, at=visit.at,
        )  # fmt: skip
    except WrongInput as refusal:
        form.refuse(refusal)
        return False
    return True


def _only(question: Question) -> list[tuple[str, str]]:
    return [(wording.fact(name), wording.group({name: value})) for name, value in question.only.items()]


@visits.may(Deed.SEE_FIGURES)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a measure of the body's own with its versions; retire it."""
    visit = visits.of(request)
    past = definitions.versions(visit.body.pk, slug)
    if not past:
        raise NotThere(f"the body has no measure {slug}")
    form = Retire(request.POST if request.method == "POST" else None)
    if form.is_valid():
        defining.retire(visit.body, slug, reason=form.cleaned_data["reason"], by=visit.person, at=visit.at)
        return redirect("measure", slug)
    shown: dict[str, Any] = {"versions": past, "measure": past[0].measure, "retired": past[0].until, "form": form}
    return render(request, "measuring/one.html", shown, status=422 if form.errors else 200)


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("figures/measures/", listed, name="measures"),
        path("figures/measures/new/", new, name="measure-new"),
        path("figures/measures/<slug:slug>/", one, name="measure"),
    ]
