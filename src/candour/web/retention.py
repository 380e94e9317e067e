"""Retention: the list of what is due comes first; one person proposes it, a second one approves it."""

from collections.abc import Sequence

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from candour.incidents.actions import disposing
from candour.incidents.queries import due as due_queries
from candour.incidents.queries import retention as queries
from candour.organisation import queries as organisation
from candour.rules import retention as rules
from candour.rules.refusals import Conflict, Refusal, WrongInput
from candour.rules.rights import Deed, two_people
from candour.web import forms, visits


class Leaving(django_forms.Form):
    """What is left out of a proposal, and why; `entries` are those of the list that somebody looked at."""

    reason = forms.Text("Why what you leave out is kept for now", longest=500)
    leave_out = django_forms.TypedMultipleChoiceField(label="Leave out", required=False, coerce=int)

    def __init__(self, given: QueryDict | None, rows: Sequence[due_queries.Due]) -> None:
        super().__init__(given)
        self.entries = _numbers(given) if given is not None else [row.entry for row in rows]
        choices = django_forms.TypedMultipleChoiceField(
            label="Leave out", required=False, coerce=int, choices=[(entry, entry) for entry in self.entries]
        )
        self.fields["leave_out"] = choices

    def clean(self) -> None:
        """Ask for a reason where something is left out."""
        if self.cleaned_data.get("leave_out") and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Enter why what you leave out is kept for now")

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal over the form."""
        text = str(refusal)
        self.add_error(None, text[:1].upper() + text[1:])

    @property
    def left_out(self) -> set[int]:
        """What is ticked, also while something else is wrong."""
        return {int(entry) for entry in self["leave_out"].value() or [] if str(entry).isdecimal()}


def _numbers(given: QueryDict) -> list[int]:
    return [int(entry) for entry in given.getlist("entry") if entry.isdecimal()]


@visits.may(Deed.PROPOSE_DISPOSAL)
def retention(request: HttpRequest) -> HttpResponse:
    """Show what is due and what is held, and take a proposal."""
    visit = visits.of(request)
    listed = due_queries.due(visit.body, by=visit.person, today=visit.today)
    form = Leaving(request.POST if request.method == "POST" else None, listed.rows)
    if form.is_valid():
        number = _proposed(visit, form)
        if number:
            return redirect("proposal", number)
    holds = {hold.number: hold for hold in queries.holds(visit.body, by=visit.person, today=visit.today)}
    at = visit.now
    shown = {
        "form": form,
        "listed": listed,
        "holds": holds,
        "note": rules.NOT_TO_BE_DESTROYED,
        "schedule": organisation.retention(visit.body, at),
        "waiting": queries.open_proposal(visit.body),
        "disposals": queries.disposals(visit.body, by=visit.person, today=visit.today),
    }
    return render(request, "retention/list.html", shown, status=422 if form.errors else 200)


def _proposed(visit: visits.Visit, form: Leaving) -> int | None:
    """Propose; where that cannot be, say so over the form, beside the list as it is now."""
    try:
        return disposing.propose(
            visit.body,
            form.entries,
            left_out=form.cleaned_data["leave_out"],
            reason=form.cleaned_data["reason"],
            by=visit.person,
            at=visit.at,
        )
    except (Conflict, WrongInput) as refusal:
        form.refuse(refusal)
        return None


class Sure(django_forms.Form):
    """The second person says that they looked."""

    sure = django_forms.BooleanField(
        label="I have looked at the list. Its words, names and files are to be erased for good.",
        error_messages={"required": "Tick the box when you have looked at the list, or leave it as it is"},
    )


@visits.may(Deed.PROPOSE_DISPOSAL, Deed.DISPOSE, Deed.SEE_ORGANISATION)
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show a proposal with its list, and let a second person approve it."""
    visit = visits.of(request)
    found = queries.proposal(visit.body, number, by=visit.person, today=visit.today)
    if request.method == "POST" and found.disposal:
        return redirect("disposal", found.disposal)
    form = Sure(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = disposing.approve(visit.body, number, by=visit.person, at=visit.at)
        disposing.finish()
        return redirect("disposal", done)
    may_approve = visit.may(Deed.DISPOSE) and two_people(found.person, visit.person.number)
    shown = {"form": form, "proposal": found, "may_approve": found.open and may_approve}
    return render(request, "retention/proposal.html", shown, status=422 if form.errors else 200)


@visits.may(Deed.PROPOSE_DISPOSAL, Deed.SEE_ORGANISATION)
def disposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a disposal did, in numbers."""
    visit = visits.of(request)
    found = queries.disposal(visit.body, number, by=visit.person, today=visit.today)
    return render(request, "retention/disposal.html", {"disposal": found})


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("retention/", retention, name="retention"),
        path("retention/proposals/<int:number>/", proposal, name="proposal"),
        path("retention/disposals/<int:number>/", disposal, name="disposal"),
    ]
