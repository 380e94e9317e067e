"""Holds: what may not be disposed of, placed for a request, an appeal or a claim, and lifted with a reason."""

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from candour.incidents.actions import holding
from candour.incidents.queries import retention as queries
from candour.rules import retention as rules
from candour.rules.refusals import NotThere, Refusal, WrongInput
from candour.rules.rights import Deed
from candour.web import forms, visits

KINDS = {
    "request": "A request for information",
    "appeal": "An internal review or an appeal",
    "litigation": "A claim or an inquiry",
    "other": "Something else",
}


class Hold(django_forms.Form):
    """What is to be kept, for what, and why."""

    kind = forms.Choice("What it is for", list(KINDS.items()))
    case = forms.Text("Reference of the request, appeal or claim", longest=100)
    reference = forms.Text("Incident")
    logged_from = forms.Day("Logged from")
    logged_until = forms.Day("Logged until")
    reason = forms.Text("Why it has to be kept", required=True, longest=500)

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal at the field that it is about, or over the form."""
        text = str(refusal)
        field = "reference" if isinstance(refusal, NotThere) else "logged_until" if "day" in text else None
        self.add_error(field, text[:1].upper() + text[1:])


@visits.may(Deed.PLACE_HOLD, Deed.SEE_ORGANISATION)
def holds(request: HttpRequest) -> HttpResponse:
    """Show every hold, and place another."""
    visit = visits.of(request)
    form = Hold(request.POST if request.method == "POST" else None)
    if form.is_valid() and _placed(visit, form):
        return redirect("holds")
    found = queries.holds(visit.body, by=visit.person, today=visit.today)
    shown = {"form": form, "holds": found, "kinds": KINDS, "note": rules.NOT_TO_BE_DESTROYED}
    return render(request, "retention/holds.html", shown, status=422 if form.errors else 200)


def _placed(visit: visits.Visit, form: Hold) -> bool:
    said = form.cleaned_data
    try:
        scope = holding.Scope(said["reference"].strip(), said["logged_from"], said["logged_until"])
        holding.place_hold(
            visit.body,
            scope,
            kind=said["kind"],
            reason=said["reason"],
            case=said["case"].strip(),
            by=visit.person,
            at=visit.at,
        )
    except (WrongInput, NotThere) as refusal:
        form.refuse(refusal)
        return False
    return True


class Lifting(django_forms.Form):
    """Why a hold ends."""

    reason = forms.Text("Why it need not be kept any longer", required=True, longest=500)


@visits.may(Deed.LIFT_HOLD)
def lift(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why a hold ends, and lift it."""
    visit = visits.of(request)
    found = next(
        (one for one in queries.holds(visit.body, by=visit.person, today=visit.today) if one.number == number), None
    )
    if found is None:
        raise NotThere(f"there is no hold {number}")
    form = Lifting(request.POST if request.method == "POST" else None)
    if form.is_valid():
        holding.lift_hold(visit.body, number, reason=form.cleaned_data["reason"], by=visit.person, at=visit.at)
        return redirect("holds")
    shown = {"form": form, "hold": found, "kinds": KINDS}
    return render(request, "retention/lift.html", shown, status=422 if form.errors else 200)


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("retention/holds/", holds, name="holds"),
        path("retention/holds/<int:number>/lift/", lift, name="hold-lift"),
    ]
