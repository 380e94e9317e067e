"""One deed on one incident, a page each: a table of steps, and the one page that shows any of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.incidents import lifecycle
from candour.incidents.actions import access
from candour.incidents.queries import lines
from candour.incidents.queries.lines import Line
from candour.rules.refusals import NotAllowed
from candour.rules.rights import Deed
from candour.web import visits
from candour.web.handling import forms, linking, seeing

UNCHANGED = 200
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Step:
    """A page: which deed it leads to, its heading, a sentence about what follows, its button, and its form."""

    deed: Deed
    title: str
    says: str
    button: str
    form: type[forms.Decided]
    template: str = "handling/step.html"


STEPS = {
    "triage": Step(
        Deed.ACCEPT, "Look at a new incident",
        "Say what it is. Whatever you choose stands in the history, and can be changed.", "Save",
        forms.Triage, "handling/triage.html",
    ),
    "ask": Step(
        Deed.ASK_REPORTER, "Ask whoever reported it",
        "They read it where they follow up their report, and are told by mail if they left an address. Until they "
        "answer it stands in the queue under what we wait for.", "Ask",
        forms.Ask, "handling/ask.html",
    ),
    "role": Step(
        Deed.CHANGE, "Whose incident it is",
        "Another body’s data that reached us is not ours: it is passed on, and counted on its own.", "Save",
        forms.OurRole,
    ),
    "supplier": Step(
        Deed.CHANGE, "A supplier’s incident",
        "What the supplier still owes us stands in the queue under what we wait for, until it has come.", "Save",
        forms.Supplier,
    ),
    "recipient": Step(
        Deed.CHANGE, "The recipient’s confirmation",
        "The day on which whoever received it wrongly wrote that it was deleted or returned.", "Save",
        forms.Recipient,
    ),
    "assign": Step(
        Deed.ASSIGN, "Give it to somebody", "It then waits for them.", "Give", forms.Assign,
    ),
    "note": Step(
        Deed.NOTE, "Add a note",
        "It stands in the history under your name. Write no names of people affected.", "Add the note", forms.Note,
    ),
    "link": Step(
        Deed.LINK, "Link to another incident",
        "A duplicate is counted once, in the other incident. Related incidents are both counted.", "Link",
        linking.Link,
    ),
    "unlink": Step(
        Deed.UNLINK, "End a link", "A duplicate counts again once its link has ended.", "End the link", linking.Unlink,
    ),
    "split": Step(
        Deed.SPLIT, "Split in two",
        "This one keeps its reference and dates. The new part is logged today, and known no later than this one.",
        "Split", linking.Split, "handling/split.html",
    ),
    "join": Step(
        Deed.JOIN, "Join others into this one",
        "This one goes on. The others stand, void, each with a link to this one.", "Join", linking.Join,
    ),
    "void": Step(
        Deed.VOID, "Void it: it was never so",
        "It stays in the register and counts on no day. For what is not an incident, use triage instead.", "Void",
        forms.Void,
    ),
    "restore": Step(
        Deed.RESTORE, "Bring it back", "It counts again.", "Bring back", forms.Restore,
    ),
    "confidential": Step(
        Deed.RESTRICT, "Make it confidential",
        "Only those named see it from then on, you among them. It counts as before.", "Make confidential",
        seeing.Restrict,
    ),
    "open": Step(
        Deed.RESTRICT, "End confidentiality", "Everybody whose role sees incidents sees it again.", "Open it",
        seeing.OpenUp,
    ),
    "name": Step(
        Deed.GRANT_ACCESS, "Name somebody for it", "They see it from then on, whatever role they hold.", "Name them",
        seeing.Name,
    ),
    "unname": Step(
        Deed.REVOKE_ACCESS, "Take a name off", "They see it from then on only if their role lets them.", "Take off",
        seeing.Unname,
    ),
}  # fmt: skip
"""Every step, by the last word of its address."""

LATER = ("role", "supplier", "recipient", "assign", "note", "link", "split", "join", "void", "restore")
"""The steps that are offered beside the work on an incident; the end of a link is offered beside the links."""


def step(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Show a step's form, or do what it decided."""
    visit, chosen = visits.of(request), STEPS[slug]
    if not visit.may(chosen.deed):
        raise NotAllowed(f"{visit.person} may not do this ({chosen.deed.value})")
    line = looked_at(visit, reference)
    if visit.only_opens:
        lifecycle.require(reference, chosen.deed, line.standing, line.state)
    form = chosen.form(visit, line, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = form.decide(request)
        if answer is not None:
            return answer
    shown = {"form": form, "line": line, "step": chosen, "offered": offered(visit, line), "now": visit.at}
    return render(request, chosen.template, shown, status=UNPROCESSABLE if form.errors else UNCHANGED)


def looked_at(visit: visits.Visit, reference: str) -> Line:
    """Return an incident as work, and record the look where it is confidential; NotThere where not theirs to see."""
    line = lines.line(visit.body, reference, by=visit.person, today=visit.today)
    if line.confidential:
        access.look(visit.body, reference, by=visit.person, at=visit.at)
    return line


def offered(visit: visits.Visit, line: Line) -> list[tuple[str, str]]:
    """The steps that a person may take with an incident as it stands: address and words."""
    slugs = [slug for slug in ("triage", *LATER) if may(visit, line, slug)]
    return [(reverse(f"incident-{slug}", kwargs={"reference": line.reference}), STEPS[slug].title) for slug in slugs]


def may(visit: visits.Visit, line: Line, slug: str) -> bool:
    """Say whether a person may take a step with an incident as it stands."""
    deed = STEPS[slug].deed
    return visit.may(deed) and not lifecycle.refusal(line.reference, deed, line.standing, line.state)


def paths() -> list[URLPattern]:
    """The addresses of all steps; they stand before the incident's own."""
    made = [path(f"register/<path:reference>/{slug}/", step, {"slug": slug}, name=f"incident-{slug}") for slug in STEPS]
    return [*made, path("register/<path:reference>/access/", seeing.sight, name="incident-access")]
