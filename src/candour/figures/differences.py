"""Why two tables of one question differ: incident by incident, between two ledger numbers, adding up exactly."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from candour.figures import questions
from candour.figures.coverage import Span, knowledge
from candour.figures.questions import Question
from candour.incidents import access, models
from candour.ledger import models as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.rows import in_parts
from candour.organisation.models import Person

DEEDS = {
    "incident.recorded": "recorded late",
    "incident.changed": "changed",
    "incident.corrected": "corrected",
    "incident.voided": "voided",
    "incident.categorised": "categorised",
    "incident.accepted": "taken up",
    "incident.dismissed": "found not to be an incident",
    "incident.reported": "reported",
    "incident.linked": "linked",
    "incident.unlinked": "no longer linked",
    "incident.split": "split",
    "incident.joined": "joined",
    "incident.restored": "brought back",
    "incident.closed": "closed",
    "incident.reopened": "opened again",
}


@dataclass(frozen=True)
class Place:
    """Where an incident counts in a table: the period, the group and how much (1, or its people)."""

    period: str
    group: tuple[str | None, ...]
    tier: str
    value: int

    def words(self) -> str:
        return " · ".join([self.tier, *(part or "not stated" for part in self.group if part != self.tier)])


@dataclass(frozen=True)
class Difference:
    """One incident that counts otherwise at the later number: from where, to where, by which deed and why.

    `was` and `became` say its tier or standing also where the table does not count it; None: not in the record.
    """

    reference: str
    before: Place | None
    after: Place | None
    was: str | None
    became: str | None
    why: str
    ledger_number: int

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `figures --against`; a period is named once where it did not move."""
        periods = dict.fromkeys(place.period for place in (self.before, self.after) if place)
        return {
            "reference": self.reference,
            "period": " → ".join(periods),
            "from": self.before.words() if self.before else self.was,
            "to": self.after.words() if self.after else self.became,
            "value_from": self.before.value if self.before else 0,
            "value_to": self.after.value if self.after else 0,
            "why": self.why,
            "ledger_number": self.ledger_number,
        }


@dataclass(frozen=True)
class Seen:
    """The differences that somebody may see, and how many more there are."""

    rows: list[Difference]
    unseen: int


def seen(body: int, question: Question, as_at: AsAt, against: int, *, by: Person, today: date) -> Seen:
    """Return `differences` as somebody may see them: of other incidents only how many count otherwise."""
    found = differences(body, question, as_at, against)
    mine = models.Incident.objects.filter(body=body)
    numbers: dict[str, int] = {}
    for some in in_parts([one.reference for one in found]):
        numbers |= dict(mine.filter(reference__in=some).values_list("reference", "number"))
    visible = access.among(body, list(numbers.values()), by, today)
    rows = [one for one in found if numbers[one.reference] in visible]
    return Seen(rows, len(found) - len(rows))


def differences(body: int, question: Question, as_at: AsAt, against: int) -> list[Difference]:
    """Name every incident that counts otherwise at `as_at.number` than at ledger number `against`, same day.

    Whoever may see it is not looked at here: a door asks `seen`. The order of the two numbers does not matter to who is
    named; `before` is always at `against`.
    """
    low, high = sorted((as_at.number, against))
    touched = Q(opened__gt=low, opened__lte=high) | Q(closed__gt=low, closed__lte=high)
    numbers = set(models.Version.objects.filter(touched, body=body).values_list("incident", flat=True))
    numbers |= set(models.Coding.objects.filter(touched, body=body).values_list("incident", flat=True))
    numbers |= _covered_otherwise(body, question, as_at, against)
    earlier = _Reader(body, question, replace(as_at, number=against))
    later = _Reader(body, question, as_at)
    return sorted(_compared(body, sorted(numbers), earlier, later, (low, high)), key=lambda one: one.reference)


def _covered_otherwise(body: int, question: Question, as_at: AsAt, against: int) -> set[int]:
    """Where coverage changed between the numbers, every incident in the table's days is looked at."""
    before, after = (
        {row.pk for rows in knowledge(body, number).covered.values() for row in rows}
        for number in (against, as_at.number)
    )
    if before == after:
        return set()
    days = {f"{question.column}__range": (question.periods[0].start, question.periods[-1].end)}
    return set(models.Version.objects.filter(body=body, **days).values_list("incident", flat=True))


class _Reader:
    """Where incidents count in the table of a question at two coordinates."""

    def __init__(self, body: int, question: Question, as_at: AsAt) -> None:
        self.body, self.question, self.as_at = body, question, as_at
        self.known = knowledge(body, as_at.number)

    def places(self, numbers: Sequence[int]) -> dict[int, tuple[Place | None, str]]:
        """For each incident in the record: its place, None where it does not count here, and its tier or standing."""
        mine: dict[str, Any] = {"body": self.body, "incident__in": numbers}
        codes = self._codes(mine)
        found = {}
        for row in models.Version.objects.filter(**mine).as_at(self.as_at):
            counted = row.standing == self.question.measure.standing
            place = self._place(row, codes.get(row.incident, {})) if counted else None
            found[row.incident] = (place, row.tier if counted else row.standing)
        return found

    def _codes(self, mine: Mapping[str, Any]) -> dict[int, dict[str, str]]:
        """The codes of each incident, by scheme."""
        found: dict[int, dict[str, str]] = {}
        rows = models.Coding.objects.filter(**mine).as_at(self.as_at)
        for incident, scheme, code in rows.values_list("incident", "scheme", "code"):
            found.setdefault(incident, {})[scheme] = code
        return found

    def _fact(self, row: models.Version, codes: Mapping[str, str], name: str) -> str | None:
        scheme = questions.scheme(name)
        value: str | None = codes.get(scheme) if scheme else getattr(row, questions.COLUMNS[name])
        return value

    def _place(self, row: models.Version, codes: Mapping[str, str]) -> Place | None:
        question = self.question
        day: date | None = getattr(row, question.column)
        if row.tier not in question.measure.tiers or day is None:
            return None
        facts = {name: self._fact(row, codes, name) for name in (*question.group, *question.where)}
        if any(facts[name] != value for name, value in question.where.items()):
            return None
        group = {name: said for name in question.group if (said := facts[name])}
        if not self._covered(row.tier, day, {**question.where, **group}):
            return None
        period = next((one for one in question.periods if one.start <= day <= one.end), None)
        if period is None or period.start > self.as_at.day:
            return None
        value = (row.people_affected or 0) if question.measure.unit == "people" else 1
        return Place(period.label, tuple(facts[name] for name in question.group), row.tier, value)

    def _covered(self, tier: str, day: date, facts: Mapping[str, str]) -> bool:
        spans = self.known.spans(self.question.measure.slug, tier, facts)
        return spans is None or any(span.within(Span(day, day)) for span in spans)


_AT_ONCE = 5000


def _compared(
    body: int, numbers: Sequence[int], earlier: _Reader, later: _Reader, between: tuple[int, int]
) -> Iterator[Difference]:
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        before, after = earlier.places(some), later.places(some)
        moved = [number for number in some if _place(before, number) != _place(after, number)]
        names = dict(models.Incident.objects.filter(body=body, number__in=moved).values_list("number", "reference"))
        reasons = _reasons(body, set(names.values()), between)
        for number in moved:
            (was, tier_was), (now, tier_now) = (places.get(number, NOT_THERE) for places in (before, after))
            why, entry = reasons.get(names[number], ("coverage changed", between[1]))
            yield Difference(names[number], was, now, tier_was, tier_now, why, entry)


NOT_THERE: tuple[Place | None, str | None] = (None, None)


def _place(places: dict[int, tuple[Place | None, str]], number: int) -> Place | None:
    return places.get(number, NOT_THERE)[0]


def _moves(content: str) -> bool:
    """Say whether an entry changes what is believed of an incident: a note, or who may see it, explains no figure."""
    facts = json.loads(content)["facts"]
    return bool({"changes", "said", "as_at"} & set(facts))


def _reasons(body: int, references: set[str], between: tuple[int, int]) -> dict[str, tuple[str, int]]:
    """For each incident the last deed between the numbers that moved what is believed: what was done and why."""
    low, high = between
    entries = ledger.Entry.objects.filter(body=body, subject__in=references, number__gt=low, number__lte=high)
    rows = entries.values_list("number", "subject", "deed", "content")
    deeds = {number: (subject, deed) for number, subject, deed, content in rows if _moves(content)}
    words = ledger.Words.objects.filter(body=body, number__in=deeds, field="reason").values_list("number", "text")
    reasons = dict(words)
    found: dict[str, tuple[str, int]] = {}
    for number in sorted(deeds):
        subject, deed = deeds[number]
        said = DEEDS.get(deed, deed)
        found[subject] = (f"{said}: {reasons[number]}" if reasons.get(number) else said, number)
    return found
