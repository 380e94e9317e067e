"""What an incident counts as: the tier and why, and a page for each scheme in which somebody gives it a code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from candour.incidents.actions import categorising
from candour.incidents.queries import codings
from candour.incidents.queries.codings import Choice
from candour.incidents.queries.lines import Line
from candour.rules import tiers
from candour.rules.rights import Deed
from candour.web import visits, wording, working
from candour.web.deciding import OneOf, SomeOf, Words
from candour.web.handling.forms import WHY, Decided
from candour.web.handling.steps import Step

NONE = "-"
"""What stands for no category; no code begins with a hyphen."""

FACTS = "facts"


class Code(Decided):
    """The code of an incident in one scheme."""

    code = OneOf("Category", ())
    correction = SomeOf("Was it never so?", [("yes", "It was never that: correct it from the first day")])
    reason = Words(WHY)

    def __init__(self, visit: visits.Visit, line: Line, data: Any, choice: Choice) -> None:
        self.choice = choice
        super().__init__(visit, line, data, code=choice.now.code)

    def settle(self) -> None:
        now = self.choice.now.code
        taken_away = [(NONE, "None of these: take the category away")] if now else []
        rows = [(row.code, codings.said(row.code, row.label)) for row in self.choice.categories]
        self.fields["code"].choices = [*rows, *taken_away]  # type: ignore[attr-defined]
        if now is None:
            del self.fields["correction"], self.fields["reason"]

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Headings with their categories (code, words, why it is suggested); what is suggested comes first."""
        why = {one.code: "; ".join(one.why) for one in self.choice.suggested}
        words = dict(self.fields["code"].choices)  # type: ignore[attr-defined]
        found = {"Suggested": [(code, words[code], f"Because {reason}.") for code, reason in why.items()]}
        for row in self.choice.categories:
            if row.code not in why:
                found.setdefault(row.group or "All categories", []).append((row.code, words[row.code], ""))
        if NONE in words:
            found["Or"] = [(NONE, words[NONE], "")]
        return [(heading, rows) for heading, rows in found.items() if rows]

    def carry_out(self) -> object:
        code = self.cleaned_data["code"]
        chosen = {self.choice.scheme.slug: None if code == NONE else code}
        more = {"reason": self.cleaned_data.get("reason", ""), "correction": bool(self.cleaned_data.get("correction"))}
        return self.act(categorising.categorise, chosen, **more)

    @property
    def then(self) -> str:
        return reverse("categories", kwargs={"reference": self.line.reference})


class Tier(Decided):
    """The tier that a person decides."""

    tier = OneOf("It counts as", ())
    reason = Words(WHY, required=True)

    def settle(self) -> None:
        rows = [(slug, wording.tier(slug)) for slug in tiers.TIERS]
        self.fields["tier"].choices = [(FACTS, "What follows from its facts"), *rows]  # type: ignore[attr-defined]

    def carry_out(self) -> object:
        chosen, why = self.cleaned_data["tier"], self.cleaned_data["reason"]
        if chosen == FACTS:
            return self.act(categorising.follow_facts, reason=why)
        return self.act(categorising.decide_tier, chosen, reason=why)

    @property
    def then(self) -> str:
        return reverse("categories", kwargs={"reference": self.line.reference})


def categories(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what an incident counts as: its tier with why, and what each scheme says."""
    visit = visits.of(request)
    found = working.whole(visit, reference)
    shown = {"incident": found.incident, "codings": found.work.codings}
    return working.page(request, found.line, "categorising/categories.html", shown)


def code(request: HttpRequest, reference: str, scheme: str) -> HttpResponse:
    """Give an incident a code in one scheme, with what speaks for which."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CATEGORISE)
    choice = codings.choice(visit.body, line, scheme, visit.now, by=visit.person, today=visit.today)
    form = Code(visit, line, working.data(request), choice)
    says = "Look at what is suggested and decide yourself: nothing is chosen for you."
    step = Step(Deed.CATEGORISE, choice.scheme.title, says, "Save", Code, "categorising/code.html")
    return working.answer(request, line, step, form, choice=choice)


TIER = Step(
    Deed.CATEGORISE,
    "Decide the tier",
    "The tier follows from the facts. Decide otherwise only where they do not tell all; where a fact is wrong, "
    "change the fact.",
    "Save",
    Tier,
)


def tier(request: HttpRequest, reference: str) -> HttpResponse:
    """Let an incident count under a tier that a person decides, or follow from the facts again."""
    visit = visits.of(request)
    line = working.looked_at(visit, reference, Deed.CATEGORISE)
    return working.answer(request, line, TIER, Tier(visit, line, working.data(request)))


def paths() -> list[URLPattern]:
    """The addresses of these pages; they stand before the incident's own."""
    return [
        path("register/<path:reference>/categories/", categories, name="categories"),
        path("register/<path:reference>/categories/<slug:scheme>/", code, name="category"),
        path("register/<path:reference>/tier/", tier, name="tier"),
    ]
