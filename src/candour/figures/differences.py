"""Why two tables of one question differ: incident by incident, between any two coordinates, adding up exactly."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from django.db.models import Q

from candour.figures import grouping, kinds
from candour.figures.coverage import knowledge
from candour.figures.explaining import Change, Setting
from candour.figures.places import Place, Reader
from candour.figures.questions import Question
from candour.figures.values import How
from candour.incidents import access, models
from candour.ledger import models as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.rows import in_parts
from candour.organisation.models import Person
from candour.rules import years

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
NO_DEED = {"coverage-changed": "coverage changed", "definition-changed": "definition changed"}
"""What is said where no deed moved the incident itself."""


@dataclass(frozen=True)
class Difference:
    """One incident that counts otherwise in the later table: from where, to where, of which kind, by which deed, why.

    `was` and `became` say its tier or standing also where the table does not count it; None: not in the record.
    """

    reference: str
    before: Place | None
    after: Place | None
    was: str | None
    became: str | None
    kind: str
    why: str
    ledger_number: int
    periods: tuple[years.Period, ...] = ()

    @property
    def before_period(self) -> str:
        return self.periods[self.before.period].label if self.before else ""

    @property
    def after_period(self) -> str:
        return self.periods[self.after.period].label if self.after else ""

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `figures --against`; a period is named once where it did not move."""
        named = dict.fromkeys(label for label in (self.before_period, self.after_period) if label)
        return {
            "reference": self.reference,
            "period": " → ".join(named),
            "from": _words(self.before) or self.was,
            "to": _words(self.after) or self.became,
            "value_from": (self.before.value or 0) if self.before else 0,
            "value_to": (self.after.value or 0) if self.after else 0,
            "kind": self.kind,
            "why": self.why,
            "ledger_number": self.ledger_number,
        }


def _words(place: Place | None) -> str:
    if place is None:
        return ""
    return " · ".join([place.tier, *(part or "not stated" for part in place.group if part != place.tier)])


@dataclass(frozen=True)
class Seen:
    """The differences that somebody may see, and how many more there are."""

    rows: list[Difference]
    unseen: int

    def __add__(self, other: "Seen") -> "Seen":
        return Seen(self.rows + other.rows, self.unseen + other.unseen)


def seen(
    body: int, question: Question, as_at: AsAt, against: AsAt | int, *, by: Person, today: date,
    before: Question | None = None,
) -> Seen:  # fmt: skip
    """Return `differences` as somebody may see them: of other incidents only how many count otherwise."""
    found = differences(body, question, as_at, against, before=before)
    mine = models.Incident.objects.filter(body=body)
    numbers: dict[str, int] = {}
    for some in in_parts([one.reference for one in found]):
        numbers |= dict(mine.filter(reference__in=some).values_list("reference", "number"))
    visible = access.among(body, list(numbers.values()), by, today)
    rows = [one for one in found if numbers[one.reference] in visible]
    return Seen(rows, len(found) - len(rows))


def differences(
    body: int, question: Question, as_at: AsAt, against: AsAt | int, *, before: Question | None = None
) -> list[Difference]:
    """Name every incident that counts otherwise at `as_at` than at `against`, another day, ledger number or both.

    A number alone is the same day at that number. `before` is the question as it was understood there, where its
    measure was worded otherwise. Whoever may see it is not looked at here: a door asks `seen`. The order of the two
    does not matter to who is named; what was `before` is always at `against`.
    """
    there = replace(as_at, number=against) if isinstance(against, int) else against
    pair = _Pair(body, Reader(body, before or question, there), Reader(body, question, as_at))
    return sorted(pair.differences(), key=lambda one: (one.reference, str(one.before), str(one.after)))


_AT_ONCE = 500


@dataclass(frozen=True)
class _Pair:
    """Two tables of one question, compared."""

    body: int
    before: Reader
    after: Reader

    def differences(self) -> Iterator[Difference]:
        numbers = sorted(self._looked_at())
        for start in range(0, len(numbers), _AT_ONCE):
            yield from self._compared(numbers[start : start + _AT_ONCE])

    @property
    def between(self) -> tuple[AsAt, AsAt]:
        """The two coordinates, the one that the record reached first before the other."""
        one, other = sorted((self.before.as_at, self.after.as_at), key=lambda at: (at.number, at.day))
        return one, other

    @property
    def days(self) -> tuple[date, date]:
        first, last = sorted((self.before.as_at.day, self.after.as_at.day))
        return first, last

    def _looked_at(self) -> set[int]:
        """The incidents that may count otherwise: whatever was moved between the two, or came to lie in the table."""
        low, high = (at.number for at in self.between)
        touched = Q(opened__gt=low, opened__lte=high) | Q(closed__gt=low, closed__lte=high)
        first, last = self.days
        touched |= Q(held_from__gt=first, held_from__lte=last) | Q(held_until__gt=first, held_until__lte=last)
        found: set[int] = set()
        for model in (models.Version, models.Coding):
            found |= set(model.objects.filter(touched, body=self.body).values_list("incident", flat=True))
        for days in self._also():
            found |= set(models.Version.objects.filter(days, body=self.body).values_list("incident", flat=True))
        return found

    def _also(self) -> Iterator[Q]:
        """Where more than single incidents changed, every incident in the days concerned is looked at."""
        question, (first, last) = self.after.question, self.days
        periods = question.periods
        column = question.column
        if self.coverage or self.definition:
            start = {} if self._of_open else {f"{column}__gte": periods[0].start}
            yield Q(**{f"{column}__lte": periods[-1].end}, **start)
        if first == last:
            return
        if self._of_open:
            yield Q(**{f"{column}__lte": last}) & (Q(closed_on=None) | Q(closed_on__gt=first))
        yield Q(**{f"{column}__gt": first, f"{column}__lte": last})

    @property
    def _of_open(self) -> bool:
        return How.OPEN in {reader.question.measure.gives.how for reader in (self.before, self.after)}

    @property
    def definition(self) -> bool:
        return self.before.question.measure != self.after.question.measure

    @property
    def coverage(self) -> bool:
        before, after = (
            {row.pk for rows in knowledge(self.body, reader.as_at.number).covered.values() for row in rows}
            for reader in (self.before, self.after)
        )
        return before != after

    def _compared(self, numbers: Sequence[int]) -> Iterator[Difference]:
        was, now = self.before.places(numbers), self.after.places(numbers)
        moved = [number for number in numbers if was.get(number) != now.get(number)]
        if not moved:
            return
        story = _Story.of(self.body, moved, self)
        for number in moved:
            gone = sorted(was.get(number, frozenset()) - now.get(number, frozenset()), key=str)
            come = sorted(now.get(number, frozenset()) - was.get(number, frozenset()), key=str)
            for before, after in zip_longest(gone, come):
                yield story.difference(number, before, after)


@dataclass(frozen=True)
class _Story:
    """What happened to some incidents between two tables."""

    pair: _Pair
    names: Mapping[int, str]
    before: Mapping[int, models.Version]
    after: Mapping[int, models.Version]
    codes: tuple[Mapping[int, Any], Mapping[int, Any]]
    deeds: Mapping[str, list[tuple[int, str, str]]]
    sources: frozenset[str]

    @classmethod
    def of(cls, body: int, numbers: Sequence[int], pair: _Pair) -> "_Story":
        names = dict(models.Incident.objects.filter(body=body, number__in=numbers).values_list("number", "reference"))
        mine: dict[str, Any] = {"body": body, "incident__in": numbers}
        before, after = (
            {row.incident: row for row in models.Version.objects.filter(**mine).as_at(reader.as_at)}
            for reader in (pair.before, pair.after)
        )
        codes = tuple(_codes(mine, reader) for reader in (pair.before, pair.after))
        low, high = (at.number for at in pair.between)
        opened = {row.opened for row in (*before.values(), *after.values())}
        deeds = _deeds(body, set(names.values()), (low, high), opened)
        return cls(pair, names, before, after, codes, deeds, _new_sources(body, low))  # type: ignore[arg-type]

    def difference(self, number: int, before: Place | None, after: Place | None) -> Difference:
        name = self.names[number]
        then, now = self.before.get(number), self.after.get(number)
        low = self.pair.between[0].number
        between = [one for one in self.deeds.get(name, ()) if one[0] > low]
        periods = self.pair.after.question.periods
        ended = all(periods[place.period].end <= self.pair.days[0] for place in (before, after) if place)
        kind = self._kind(number, then, now, [deed for _, deed, _ in between], ended=ended)
        why, entry = self._why(kind, between, [row.opened for row in (then, now) if row])
        return Difference(name, before, after, self._said(then), self._said(now), kind, why, entry, periods)

    def _kind(self, number: int, then: Any, now: Any, deeds: Sequence[str], *, ended: bool) -> str:
        """The kind is that of the way forward, whichever of the two tables is asked to be explained."""
        forward = self.pair.between[0] == self.pair.before.as_at
        rows = (then, now) if forward else (now, then)
        source = rows[1].source if rows[1] else None
        codes = self.codes[0].get(number) != self.codes[1].get(number)
        setting = Setting(self.pair.after.question, self.pair.days[0], self.pair.definition, self.pair.coverage)
        return setting.kind(Change(rows[0], rows[1], deeds, source in self.sources, codes, ended))

    def _why(self, kind: str, between: Sequence[tuple[int, str, str]], opened: Sequence[int]) -> tuple[str, int]:
        """The last deed between the two that moved it, with its reason; else what its kind says."""
        high = self.pair.between[1].number
        if kind in NO_DEED:
            return NO_DEED[kind], high
        if not between:
            return kinds.KINDS[kind].rstrip("."), max(opened, default=high)
        number, deed, reason = between[-1]
        said = DEEDS.get(deed, deed)
        return f"{said}: {reason}" if reason else said, number

    def _said(self, row: models.Version | None) -> str | None:
        if row is None:
            return None
        return row.tier if row.standing == self.pair.after.question.measure.standing else row.standing


def _codes(mine: Mapping[str, Any], reader: Reader) -> dict[int, frozenset[tuple[str, str]]]:
    """The codes of incidents in the schemes that a table rests on."""
    schemes = [scheme for name in (*reader.question.group, *reader.question.only) if (scheme := grouping.scheme(name))]
    if not schemes:
        return {}
    found: dict[int, set[tuple[str, str]]] = {}
    rows = models.Coding.objects.filter(**mine, scheme__in=schemes).as_at(reader.as_at)
    for incident, scheme, code in rows.values_list("incident", "scheme", "code"):
        found.setdefault(incident, set()).add((scheme, code))
    return {incident: frozenset(codes) for incident, codes in found.items()}


def _new_sources(body: int, number: int) -> frozenset[str]:
    """The registers that were loaded since a ledger number, and of which nothing had been loaded before."""
    loads = models.Load.objects.filter(body=body).values_list("begun", "source")
    known = {source for begun, source in loads if begun <= number}
    return frozenset(source for _, source in loads) - known


def _moves(content: str) -> bool:
    """Say whether an entry changes what is believed of an incident: a note, or who may see it, explains no figure."""
    facts = json.loads(content)["facts"]
    return bool({"changes", "said", "as_at"} & set(facts))


def _deeds(
    body: int, references: set[str], between: tuple[int, int], opened: set[int]
) -> dict[str, list[tuple[int, str, str]]]:
    """For each incident the deeds that moved what is believed: between the numbers, or that opened what is."""
    low, high = between
    entries = ledger.Entry.objects.filter(body=body, subject__in=references)
    rows = entries.filter(Q(number__gt=low, number__lte=high) | Q(number__in=opened)).order_by("number")
    found = [row[:3] for row in rows.values_list("number", "subject", "deed", "content") if _moves(row[3])]
    words = ledger.Words.objects.filter(body=body, number__in=[row[0] for row in found], field="reason")
    reasons = dict(words.values_list("number", "text"))
    deeds: dict[str, list[tuple[int, str, str]]] = {}
    for number, subject, deed in found:
        deeds.setdefault(subject, []).append((number, deed, reasons.get(number) or ""))
    return deeds
