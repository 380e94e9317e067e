"""Publishing a table: what it would say, where it differs from what was published, and the way out."""

from collections.abc import Iterator
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse

from candour.figures import actions, printed, protecting, publishing
from candour.figures import queries as figures_queries
from candour.rules import years
from candour.rules.disclosure_control import choice
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed
from candour.web import figures, forms, quoted, safely, visits


class Publish(django_forms.Form):
    """Which document the table stands in, and why it says otherwise than before."""

    document = forms.Text("The document that it stands in", required=True, longest=200)
    on = forms.Day("Published on", required=True)
    explanation = forms.Text("Why it is not what was published before", longest=2000)
    reason = forms.Text("Why small numbers are left bare, or so protected", longest=2000)

    def refuse(self, refusal: Exception) -> None:
        self.add_error("on" if "still to come" in str(refusal) else None, forms.sentence(refusal))


class Withdraw(django_forms.Form):
    """Why a published table is withdrawn."""

    reason = forms.Text("Why it is withdrawn", required=True, longest=500)


@visits.may(Deed.PUBLISH)
def publish(request: HttpRequest) -> HttpResponse:
    """Show a table as it would leave, with every disagreement, and let it out."""
    visit = visits.of(request)
    asked = figures.Question(request.GET, visit)
    table = asked.table()
    if table is None:
        raise WrongInput(asked.problems)
    protect = request.GET.get("protect", choice.AUTO)
    ready = publishing.prepare(visit.body, table, protect, by=visit.person, at=visit.at)
    form = Publish(request.POST if request.method == "POST" else None, initial={"on": years.spoken(visit.today)})
    if form.is_valid() and _published(visit, table, protect, form):
        return redirect("published")
    shown = {
        "form": form,
        "table": figures.shown_table(ready.table, behind=visit.may(Deed.SEE_INCIDENTS)),
        "ready": ready,
        "earlier": _earlier(visit, ready),
        "protections": list(_protections(request, protect, people=protecting.speaks_of_people(table))),
        "asked": request.GET.urlencode(),
    }
    return render(request, "publishing/publish.html", shown, status=422 if form.errors else 200)


def _earlier(visit: visits.Visit, ready: publishing.Prepared) -> dict[int, str]:
    """Where each disagreement leads, by the entry of what was said: a paper's own link, or the statements quoted."""
    links = {
        row.number: reverse("released", args=[row.link]) for row in figures_queries.published(visit.body) if row.link
    }
    replies = {
        one.before.entry: reverse("request", args=[one.before.document])
        for one in ready.disagreements
        if one.before.paper == printed.REPLY
    }
    table = ready.table
    periods = {period.label: period for period in table.question.periods}
    quotes = {
        one.before.entry: quoted.address_of(table.measure.slug, periods[one.period], table.as_at)
        for one in ready.disagreements
        if one.period in periods
    }
    return {**quotes, **links, **replies}


def _protections(request: HttpRequest, chosen: str, *, people: bool) -> Iterator[tuple[str, str | None]]:
    """The protections that can be chosen, each with the address of the same page under it; the chosen one has none.

    `people`: the table speaks of them; of one that does not, a rule is for everything or does not fit.
    """
    there = list(_offered(people=people))
    for said, words in there:
        given = request.GET.copy()
        given["protect"] = said
        yield words, None if chosen == said else f"{request.path}?{given.urlencode()}"
    if chosen not in dict(there):
        yield safely.in_words(chosen), None


def _offered(*, people: bool) -> Iterator[tuple[str, str]]:
    for slug, words in safely.RULES:
        fits = people or slug in {choice.AUTO, choice.NONE}
        yield (slug, words) if fits else (f"{slug},{safely.EVERYTHING}", words)


def _published(visit: visits.Visit, table: Any, protect: str, form: Publish) -> bool:
    said = form.cleaned_data
    where = publishing.Publication(said["document"], said["on"], said["explanation"], said["reason"])
    try:
        actions.publish(visit.body, table, where, protect, by=visit.person, at=visit.at)
    except (Conflict, WrongInput) as refusal:
        form.refuse(refusal)
        return False
    return True


@visits.may(Deed.SEE_FIGURES)
def published(request: HttpRequest) -> HttpResponse:
    """List everything that was published, the latest first, with its files and the links it is read at."""
    visit = visits.of(request)
    return render(request, "publishing/published.html", {"rows": figures_queries.published(visit.body)})


@visits.may(Deed.WITHDRAW_FIGURES)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why a published table is withdrawn, and withdraw it."""
    visit = visits.of(request)
    row = figures_queries.publication(visit.body, number)
    form = Withdraw(request.POST if request.method == "POST" else None)
    if form.is_valid():
        publishing.withdraw(visit.body, number, reason=form.cleaned_data["reason"], by=visit.person, at=visit.at)
        return redirect("published")
    return render(request, "publishing/withdraw.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def address(asked: str) -> str:
    """The page on which a table, asked as on the figures page, is published."""
    return f"{reverse('publish')}?{asked}"


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("figures/publish/", publish, name="publish"),
        path("figures/published/", published, name="published"),
        path("figures/published/<int:number>/withdraw/", withdraw, name="published-withdraw"),
    ]
