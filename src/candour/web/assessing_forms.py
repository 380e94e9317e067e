"""What people fill in to judge a risk, to advise, to decide, and to record that somebody was told."""

from typing import Any

from django.urls import reverse

from candour.incidents.actions import assessing
from candour.incidents.queries.lines import Line
from candour.rules import severity
from candour.web import forms, visits
from candour.web.deciding import OneOf, SomeOf, Words
from candour.web.handling.forms import Decided

KNOWN_NOW = "What is known now that was not when it was assessed before"
OUTCOMES = (("tell", "Tell them"), ("do-not-tell", "Do not tell them"))


class OfRisk(Decided):
    """A decision after which somebody goes back to risk and decisions."""

    @property
    def then(self) -> str:
        return reverse("risk", kwargs={"reference": self.line.reference})


class Judged(OfRisk):
    """An assessment; the next one by the same method takes a reason."""

    reason = Words(KNOWN_NOW)

    def __init__(self, visit: visits.Visit, line: Line, data: Any, *, again: bool) -> None:
        super().__init__(visit, line, data)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])
        if not again:
            del self.fields["reason"]

    def assess(self, method: str, answers: dict[str, Any]) -> object:
        """Keep what was judged."""
        reason = self.cleaned_data.get("reason", "")
        return self.act(assessing.assess, method, answers, reason=reason)


class Keep(Judged):
    """The self-assessment, its answers given on the pages before."""

    def __init__(
        self, visit: visits.Visit, line: Line, data: Any, method: str, answers: dict[str, str], *, again: bool
    ) -> None:
        self.method, self.answers = method, answers
        super().__init__(visit, line, data, again=again)

    def carry_out(self) -> object:
        return self.assess(self.method, self.answers)


def _weights(kind: str) -> forms.Choices:
    usual = severity.BASE[kind]
    words = {1: "1, hardly revealing", 2: "2", 3: "3", 4: "4, most revealing"}
    rows = [(str(weight), f"{said}{' (usual)' if weight == usual else ''}") for weight, said in words.items()]
    return [("", "not among them"), *rows]


class Enisa(Judged):
    """The parts of SE = DPC × EI + CB."""

    simple = forms.Choice("Simple data: identity, contact, education, job", _weights("simple"), required=False)
    behavioural = forms.Choice("Behaviour: location, traffic, habits", _weights("behavioural"), required=False)
    financial = forms.Choice("Money: income, accounts, bills", _weights("financial"), required=False)
    sensitive = forms.Choice("Sensitive data: health, beliefs, criminal", _weights("sensitive"), required=False)
    identification = OneOf(
        "How easily do they tell who somebody is?",
        [
            ("negligible", "Hardly"),
            ("limited", "With effort"),
            ("significant", "Easily, for those who know them"),
            ("maximum", "At once"),
        ],
    )
    confidentiality = OneOf(
        "Who saw them?",
        [
            ("none", "Nobody, as far as is known"),
            ("known-recipients", "People we know"),
            ("unknown-recipients", "People we do not know, or anybody"),
        ],
    )
    integrity = OneOf(
        "Were they altered?",
        [
            ("none", "No, or put right before anybody used them"),
            ("recoverable", "Yes, and they can be put right"),
            ("not-recoverable", "Yes, and they cannot"),
        ],
    )
    availability = OneOf(
        "Were they out of reach?",
        [
            ("none", "No, or got back easily"),
            ("temporary", "For a time"),
            ("permanent", "They are gone"),
        ],
    )
    more = SomeOf(
        "What else is so?",
        [
            ("malicious", "Somebody meant harm"),
            ("unintelligible", "Others cannot read them: they are encrypted"),
        ],
    )
    people = forms.Whole("People affected")

    def carry_out(self) -> object:
        said = self.cleaned_data
        data = {kind: int(said[kind]) - usual for kind, usual in severity.BASE.items() if said[kind]}
        names = ("identification", "confidentiality", "integrity", "availability", "people")
        flags = {name: name in said["more"] for name in ("malicious", "unintelligible")}
        return self.assess(severity.ENISA, {"data": data, **{name: said[name] for name in names}, **flags})


def _rows(words: tuple[str, ...]) -> forms.Choices:
    return [(str(number), f"{number}: {said}") for number, said in enumerate(words, 1)]


class Grid(Judged):
    """Likelihood and effect."""

    likelihood = OneOf("How likely is it that harm occurred?", _rows(severity.LIKELIHOODS))
    effect = OneOf("How bad is the effect?", _rows(severity.EFFECTS))
    more = SomeOf(
        "What else is so?",
        [("vulnerable", "A vulnerable group is affected"), ("contained", "It was contained")],
    )

    def carry_out(self) -> object:
        said = self.cleaned_data
        numbers = {name: int(said[name]) for name in ("likelihood", "effect")}
        flags = {name: name in said["more"] for name in ("vulnerable", "contained")}
        return self.assess(severity.GRID, {**numbers, **flags})


class About(OfRisk):
    """Something about telling the ICO, or the people."""

    def __init__(self, visit: visits.Visit, line: Line, data: Any, about: str) -> None:
        self.about = about
        super().__init__(visit, line, data)


class Advise(About):
    """The data protection officer's advice."""

    advises = OneOf("I advise to", OUTCOMES)
    words = Words("Advice, and what it rests on", required=True)

    def carry_out(self) -> object:
        said = self.cleaned_data
        return self.act(assessing.advise, self.about, said["advises"], words=said["words"])


class Decide(About):
    """A decision with its grounds; without advice it takes the reason why."""

    outcome = OneOf("Decision", OUTCOMES)
    grounds = Words("Grounds", required=True)
    without_advice = Words("Why it is decided without advice", required=True)
    on = forms.Day("Decided on, if not today")

    def __init__(self, visit: visits.Visit, line: Line, data: Any, about: str, *, advised: bool) -> None:
        super().__init__(visit, line, data, about)
        if advised:
            del self.fields["without_advice"]

    def carry_out(self) -> object:
        said = self.cleaned_data
        grounds = assessing.Grounds(said["grounds"], said["on"], said.get("without_advice", ""))
        return self.act(assessing.decide, self.about, said["outcome"], grounds=grounds)


class Told(About):
    """The day on which somebody was told."""

    on = forms.Day("Told on", required=True)
    ico_reference = forms.Text("The ICO’s reference")

    def settle(self) -> None:
        if self.about != assessing.ICO:
            del self.fields["ico_reference"]

    def carry_out(self) -> object:
        said = self.cleaned_data
        reference = said.get("ico_reference", "")
        return self.act(assessing.record_told, self.about, said["on"], ico_reference=reference)
