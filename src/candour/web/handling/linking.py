"""What handlers fill in to link, split and join incidents."""

import re
from typing import Any

from candour.incidents import facts as vocabulary
from candour.incidents import queries
from candour.incidents.actions import linking, splitting
from candour.incidents.queries import codings, seeing
from candour.web import forms
from candour.web.deciding import OneOf, Words
from candour.web.handling.forms import WHY, Decided

BOTH, FIRST, SECOND = "both", "first", "second"
_SHARED = ((BOTH, "with both"), (FIRST, "with this one"), (SECOND, "with the new part"))
_ONE = ((FIRST, "with this one"), (SECOND, "with the new part"))


def can_end(link: seeing.Linked) -> bool:
    """Say whether a link is one that somebody made and may end; a split and a join stay."""
    return link.kind.removeprefix("has-") in linking.KINDS


class Link(Decided):
    """A link to another incident."""

    other = forms.Text("Reference of the other incident", required=True)
    kind = OneOf(
        "How do they belong together?",
        [("duplicate", "This one repeats the other: a duplicate"), ("related", "They are related, and both count")],
    )
    reason = Words(WHY)

    def carry_out(self) -> object:
        said = self.cleaned_data
        return self.act(linking.link, said["other"].strip(), said["kind"], reason=said["reason"])


class Unlink(Decided):
    """The end of a link."""

    other = forms.Choice("Which link?", [])
    reason = Words(WHY, required=True)

    def settle(self) -> None:
        found = seeing.links(self.visit.body, self.line.incident, by=self.visit.person, today=self.visit.today)
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            (one.reference, f"{one.reference}: {one.kind.replace('-', ' ')}") for one in found if can_end(one)
        ]

    def carry_out(self) -> object:
        return self.act(linking.unlink, self.cleaned_data["other"], reason=self.cleaned_data["reason"])


class Split(Decided):
    """What goes with this one, and what with the new part."""

    description = Words("What the new part is about", required=True)
    first_description = Words("What this one is about from now on (leave empty to keep it)")
    first_people = forms.Whole("People affected in this one")
    second_people = forms.Whole("People affected in the new part")
    published_first = forms.Text("Published figures that count this one")
    published_second = forms.Text("Published figures that count the new part")
    reason = Words(WHY, required=True)

    def settle(self) -> None:
        visit = self.visit
        found = queries.facts(visit.body, self.line.reference, visit.now, by=visit.person, today=visit.today)
        with_all = {*splitting.WITH_EVERY_PART, *splitting.NEVER_ALONG, *splitting.ONE_BY_ONE}
        self.facts = list[str]()
        for shown in found:
            column = vocabulary.column(shown.name)
            if shown.stated and column not in with_all:
                ways = _SHARED[:2] if column in vocabulary.MOMENTS else _SHARED
                self._add(f"fact-{column}", f"{shown.label}: {shown.words}", ways, self.facts)
        for coded in codings.codings(visit.body, self.line.incident, visit.now):
            if coded.code:
                self._add(f"fact-{coded.scheme}", f"{coded.title}: {coded.said}", _SHARED, self.facts)
        self._add_things()

    def _add_things(self) -> None:
        visit, self.things = self.visit, list[str]()
        for number, words in seeing.reports(visit.body, self.line.incident):
            self._add(f"report-{number}", words, _ONE, self.things)
        for one in seeing.links(visit.body, self.line.incident, by=visit.person, today=visit.today):
            if one.kind == "has-duplicate":
                self._add(f"duplicate-{one.reference}", f"Duplicate {one.reference}", _ONE, self.things)

    def _add(self, name: str, label: str, ways: forms.Choices, names: list[str]) -> None:
        self.fields[name] = forms.Choice(label, ways)
        self.initial[name] = ways[0][0]
        names.append(name)

    def carry_out(self) -> object:
        said = self.cleaned_data
        parts = [self._part(FIRST, said["first_description"]), self._part(SECOND, said["description"])]
        return self.act(splitting.split, parts, reason=said["reason"])

    def _part(self, which: str, description: str) -> splitting.Part:
        said = self.cleaned_data
        keeps = {name.removeprefix("fact-") for name in self.facts if said[name] in {BOTH, which}}
        mine = [name for name in self.things if said[name] == which]
        return splitting.Part(
            frozenset(keeps),
            {"people_affected": said[f"{which}_people"]},
            description,
            tuple(int(name.removeprefix("report-")) for name in mine if name.startswith("report-")),
            tuple(name.removeprefix("duplicate-") for name in mine if name.startswith("duplicate-")),
            tuple(part.strip() for part in said[f"published_{which}"].split(",") if part.strip()),
        )


class Join(Decided):
    """Which others are joined into this one."""

    others = forms.Text("References of the others, with commas between them", required=True)
    people_affected = forms.Whole("People affected in all of them (leave empty to keep the number)")
    reason = Words(WHY, required=True)

    def carry_out(self) -> object:
        said: dict[str, Any] = self.cleaned_data
        others = [name for name in re.split(r"[,;\s]+", said["others"]) if name]
        people = said["people_affected"]
        states = {} if people is None else {"people_affected": people}
        return self.act(splitting.join, others, states=states, reason=said["reason"])
