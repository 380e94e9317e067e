"""What handlers fill in about one incident, and the deed that each form decides."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from candour.incidents import queries
from candour.incidents.actions import assigning, linking, triage, voiding
from candour.incidents.actions import reporting as reports
from candour.incidents.queries import reporting
from candour.incidents.queries.lines import Line
from candour.organisation import people
from candour.web import deciding, forms, visits
from candour.web.deciding import OneOf, Words
from candour.web.handling import choices

if TYPE_CHECKING:
    from candour.organisation.models import Person

WHY = "Why"


class Decided(deciding.Decision):
    """A decision about one incident; `carry_out` is its deed."""

    def __init__(self, visit: visits.Visit, line: Line, data: Any, **initial: Any) -> None:
        super().__init__(visit, data, **initial)
        self.visit, self.line = visit, line
        self.settle()

    def settle(self) -> None:
        """Fill in what can be chosen, where that depends on the body or the incident."""

    def decide(self, request: HttpRequest) -> HttpResponse | None:
        """Do the deed, as the incident was when the page was drawn."""
        return deciding.decide(request, self, self.line.reference, self.carry_out, self.then)

    def carry_out(self) -> object:
        """Do what was decided; each form says what that is."""

    @property
    def then(self) -> str:
        """The page that follows."""
        return reverse("incident", kwargs={"reference": self.line.reference})

    def act(self, deed: Callable[..., object], *said: Any, **more: Any) -> object:
        """Do a deed on the incident, as who is here, now."""
        return deed(self.visit.body, self.line.reference, *said, **more, by=self.visit.person, at=self.visit.at)

    def need(self, sentences: Mapping[str, str]) -> None:
        """Say at each of some fields, with its sentence, that what was chosen needs it."""
        for name, sentence in sentences.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def person(self, name: str) -> "Person | None":
        """The person chosen in a field."""
        number = self.cleaned_data.get(name)
        return people.person(self.visit.body, number) if number else None


class AsTold(Decided):
    """A decision about what somebody told us, with all they said in sight."""

    def settle(self) -> None:
        here: dict[str, Any] = {"by": self.visit.person, "today": self.visit.today}
        found = queries.facts(self.visit.body, self.line.reference, self.visit.now, **here)
        self.facts = [fact for fact in found if fact.stated and fact.name not in _NOT_TOLD]
        self.reports, self.thread = reporting.told(self.visit.body, self.line.reference, **here)


_NOT_TOLD = {"triaged", "source", "logged_on"}
"""Facts that say nothing about what was reported."""


class Ask(AsTold):
    """A question to whoever reported it."""

    question = Words("What do you want to know?", required=True)

    def carry_out(self) -> object:
        return self.act(reports.ask, self.cleaned_data["question"])


class Triage(AsTold):
    """The first look at what was reported."""

    what = OneOf(
        "What is it?",
        [
            ("accept", "An incident: take it up"),
            ("dismiss", "Not an incident"),
            ("duplicate", "The same as another one"),
            ("not-ours", "Another body’s data that reached us"),
            ("exercise", "An exercise"),
        ],
    )
    assign_to = forms.Choice("Who works on it?", [choices.NOBODY], required=False)
    personal_data = forms.Choice(
        "Are personal data affected?", [("", "leave as it is"), *choices.PERSONAL], required=False
    )
    information_lost = forms.Choice(
        "Was information lost, disclosed, altered or made unavailable?",
        [("", "leave as it is"), *choices.KNOWN],
        required=False,
    )
    other = forms.Text("Reference of the other incident")
    passed_on_to = forms.Text("Passed on to")
    passed_on_on = forms.Day("Passed on, on")
    reason = Words(WHY)

    def settle(self) -> None:
        super().settle()
        self.fields["assign_to"].choices = choices.handlers(self.visit)  # type: ignore[attr-defined]
        self.initial["assign_to"] = str(self.visit.person.number)

    def clean(self) -> dict[str, Any]:
        needs = {
            "dismiss": {"reason": "Say why it is not an incident"},
            "exercise": {"reason": "Say which exercise it is"},
            "duplicate": {"other": "Enter the reference of the incident that this one repeats"},
            "not-ours": PASSED_ON,
        }
        self.need(needs.get(self.cleaned_data.get("what", ""), {}))
        return self.cleaned_data

    def carry_out(self) -> object:
        said = self.cleaned_data
        if said["what"] == "accept":
            facts = {name: said[name] for name in ("personal_data", "information_lost") if said[name]}
            return self.act(triage.accept, assign_to=self.person("assign_to"), facts=facts)
        if said["what"] == "dismiss":
            return self.act(triage.dismiss, reason=said["reason"])
        if said["what"] == "duplicate":
            other = said["other"].strip()
            return self.act(linking.link, other, linking.DUPLICATE, reason=said["reason"])
        self.act(triage.accept)
        if said["what"] == "exercise":
            return self.act(triage.mark_exercise, reason=said["reason"])
        return self.act(triage.set_role, "recipient", passed=_passed_on(said), reason=said["reason"])


PASSED_ON = {
    "passed_on_to": "Say to whom it was passed on",
    "passed_on_on": "Say when it was passed on, for example 31 March 2016",
}
"""What has to be said of another body's data that reached us."""


def _passed_on(said: Mapping[str, Any]) -> triage.PassedOn:
    return triage.PassedOn(said["passed_on_to"], said["passed_on_on"])


class OurRole(Decided):
    """Whose breach it is."""

    role = OneOf("What are we in it?", choices.OUR_ROLES)
    passed_on_to = forms.Text("If it is another body’s: passed on to")
    passed_on_on = forms.Day("Passed on, on")
    reason = Words(WHY)

    def settle(self) -> None:
        self.initial["role"] = self.line.our_role

    def clean(self) -> dict[str, Any]:
        self.need(PASSED_ON if self.cleaned_data.get("role") == "recipient" else {})
        return self.cleaned_data

    def carry_out(self) -> object:
        said = self.cleaned_data
        passed = _passed_on(said) if said["role"] == "recipient" else None
        return self.act(triage.set_role, said["role"], passed=passed, reason=said["reason"])


class Supplier(Decided):
    """A supplier's incident: who, when they knew and told us, and what they owe us."""

    supplier = forms.Text("Supplier")
    contract = forms.Text("Contract")
    supplier_knew_on = forms.Day("The supplier knew on")
    supplier_told_us_on = forms.Day("The supplier told us on")
    owes = Words("What the supplier still owes us")
    due_on = forms.Day("By when")
    received = deciding.SomeOf("Has it come?", [("yes", "Everything that the supplier owed us has come")])

    def carry_out(self) -> object:
        said = self.cleaned_data
        names = ("supplier", "contract", "supplier_knew_on", "supplier_told_us_on")
        facts = {name: said[name] for name in names if said[name]}
        owed = {"owes": said["owes"], "due_on": said["due_on"], "received": bool(said["received"])}
        return self.act(triage.tell_supplier, facts, **owed)


class Recipient(Decided):
    """What the wrong recipient confirmed."""

    how = OneOf("What did the recipient write?", [("deleted", "It was deleted"), ("returned", "It was returned")])
    on = forms.Day("Day of the letter or mail", required=True)

    def carry_out(self) -> object:
        said = self.cleaned_data
        return self.act(triage.confirm_by_recipient, said["on"], how=said["how"])


class Assign(Decided):
    """Who works on it."""

    to = forms.Choice("Who works on it?", [choices.NOBODY])
    reason = Words(WHY)

    def settle(self) -> None:
        self.fields["to"].choices = [choices.NOBODY, *choices.handlers(self.visit)]  # type: ignore[attr-defined]

    def carry_out(self) -> object:
        to = self.person("to") or self.visit.person
        return self.act(assigning.assign, to, reason=self.cleaned_data["reason"])


class Note(Decided):
    """A note."""

    text = Words("Note", required=True)

    def carry_out(self) -> object:
        return self.act(triage.note, self.cleaned_data["text"])


class Void(Decided):
    """That it was never so."""

    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        return self.act(voiding.void, reason=self.cleaned_data["reason"])


class Restore(Decided):
    """That it counts again."""

    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        return self.act(voiding.restore, reason=self.cleaned_data["reason"])
