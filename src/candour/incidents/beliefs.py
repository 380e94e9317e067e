"""One incident under change or correction: what is believed from now on, or what was never so."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Q

from candour.incidents import facts as vocabulary
from candour.incidents import models, writing
from candour.ledger.beliefs import Range
from candour.ledger.models import OPEN
from candour.reading import register
from candour.rules.refusals import NotThere

CODE = "code:"
"""What an entry puts before the name of a scheme, to name the code of it among facts."""

AT_ONCE = 500
"""Incidents in one question; databases limit how many values a statement carries."""

Dated = TypeVar("Dated", models.Version, models.Coding)


@dataclass(frozen=True)
class Present:
    """The open rows of one incident, read under the chain's lock, by their days."""

    incident: models.Incident
    versions: list[models.Version]
    codings: list[models.Coding]

    @property
    def rows(self) -> list[models.Version | models.Coding]:
        return [*self.versions, *self.codings]

    @property
    def first_day(self) -> date:
        return min(row.held_from for row in self.versions)

    def at(self, number: int | None = None) -> "Present":
        """Keep, of rows read with their past, what was believed at a ledger number, by default the head."""
        return Present(self.incident, _known(self.versions, number), _known(self.codings, number))

    def on(self, day: date) -> dict[str, Any]:
        """Return the facts believed for a day, the latest where the day comes before the first."""
        row = next((row for row in self.versions if row.held_from <= day < row.held_until), self.versions[-1])
        return writing.stated(row)

    def codes(self, scheme: str) -> list[models.Coding]:
        return [row for row in self.codings if row.scheme == scheme]


def _known(rows: Iterable[Dated], number: int | None) -> list[Dated]:
    if number is None:
        return [row for row in rows if row.closed is None]
    return [row for row in rows if row.opened <= number and (row.closed is None or row.closed > number)]


def present(body: int, reference: str) -> Present:
    """Read what is believed now of an incident; NotThere where there is none of that reference."""
    found = presents(body, [reference])
    if not found:
        raise NotThere(f"there is no incident {reference}")
    return found[reference]


def presents(body: int, references: Sequence[str], *, past: bool = False) -> dict[str, Present]:
    """Read what is believed now of each incident that is there, `past`: and ever was; three queries for every 500."""
    found: dict[str, Present] = {}
    for start in range(0, len(references), AT_ONCE):
        some = models.Incident.objects.filter(body=body, reference__in=references[start : start + AT_ONCE])
        by_number = {row.number: Present(row, [], []) for row in some}
        mine = Q(body=body, incident__in=list(by_number)) & (Q() if past else Q(closed=None))
        for version in models.Version.objects.filter(mine).order_by("held_from"):
            by_number[version.incident].versions.append(version)
        for coding in models.Coding.objects.filter(mine).order_by("held_from"):
            by_number[coding.incident].codings.append(coding)
        found |= {one.incident.reference: one for one in by_number.values()}
    return found


@dataclass(frozen=True)
class Anew:
    """What is stated anew: facts by column, codes by scheme; by field how sure, and the time of day. None takes away.

    A fact that is stated anew loses the mark and the time it had.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, str | None] = field(default_factory=dict)
    marks: Mapping[str, str | None] = field(default_factory=dict)
    times: Mapping[str, str | None] = field(default_factory=dict)

    def of(self, held: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts as they are now: what was held, what is stated anew, and what follows from both."""
        lost = {fact.name: None for fact in vocabulary.FACTS if fact.column in self.facts}
        marked = {
            "precision": _with(held["precision"], {**lost, **self.marks}),
            "times": _with(held["times"], {**lost, **self.times}),
        }
        return vocabulary.settle({**held, **self.facts, **marked})


def _with(text: str | None, anew: Mapping[str, str | None]) -> str | None:
    """Add marks or times to those of a version, which are JSON text; None takes one away."""
    if not anew:
        return text
    held = {**json.loads(text or "{}"), **anew}
    left = {name: said for name, said in sorted(held.items()) if said is not None}
    return register.canonical(left) if left else None


@dataclass(frozen=True)
class Piece:
    """One range of days: the version that spoke of it, and what is believed instead."""

    row: models.Version
    days: Range
    facts: dict[str, Any]

    @property
    def moved(self) -> dict[str, list[Any]]:
        """Each fact that is believed otherwise: [from, to], as an entry keeps them."""
        before = writing.stated(self.row)
        return {
            name: [_plain(before[name]), _plain(now)] for name, now in self.facts.items() if before.get(name) != now
        }


@dataclass(frozen=True)
class Revision:
    """What is stated anew of an incident from `day` on.

    With `begins` the incident itself is known from `day` on and not before: a correction of the day it was logged.
    """

    now: Present
    anew: Anew
    day: date
    begins: bool = False

    @cached_property
    def pieces(self) -> list[Piece]:
        return [Piece(row, days, self.anew.of(writing.stated(row))) for row, days in self._relaid(self.now.versions)]

    @cached_property
    def content(self) -> dict[str, Any]:
        """What an entry keeps, enough to believe it again without any rule: `from`, `changes`, and what `follows`.

        `changes` name what was stated anew, fact to [from, to]; `follows` by the first day of a range what moved
        besides: a tier that follows from facts, marks and times.
        """
        found: dict[str, Any] = {"from": self.day.isoformat(), "changes": self._changes()}
        if self.begins:
            found["begins"] = [self.now.first_day.isoformat(), self.day.isoformat()]
        follows = {piece.days.held_from.isoformat(): _without(piece.moved, self.anew.facts) for piece in self.pieces}
        follows = {day: moved for day, moved in follows.items() if moved}
        return found | ({"follows": follows} if follows else {})

    @property
    def empty(self) -> bool:
        """Say whether nothing would be believed otherwise; to decide a tier that is believed already is nothing."""
        changes = self.content["changes"]
        decided_again = list(changes) == ["tier_basis"] and changes["tier_basis"][1] == "overridden"
        return not self.begins and "follows" not in self.content and (not changes or decided_again)

    def _changes(self) -> dict[str, list[Any]]:
        changes: dict[str, list[Any]] = {}
        for piece in self.pieces:
            changes = {name: both for name, both in piece.moved.items() if name in self.anew.facts} | changes
        for scheme, code in self.anew.codes.items():
            others = [held for held in self._held(scheme) if held != code]
            changes |= {f"{CODE}{scheme}": [others[0], code]} if others else {}
        return changes

    def _held(self, scheme: str) -> list[str | None]:
        """The codes held from the day on, None among them where some day has none."""
        laid = self._relaid(self.now.codes(scheme))
        days = sum((range_.held_until - range_.held_from).days for _, range_ in laid)
        return [*([None] if days < (OPEN - self.day).days else []), *(row.code for row, _ in laid)]

    def _relaid(self, rows: Iterable[Dated]) -> list[tuple[Dated, Range]]:
        """Each row that reaches beyond the day, with its days from there on; the first begins with the incident."""
        by_then = max(self.now.first_day, self.day)
        return [
            (row, Range(self.day if row.held_from <= by_then else row.held_from, row.held_until))
            for row in rows
            if row.held_until > self.day
        ]

    def write(self, sheet: writing.Sheet, number: int) -> None:
        """Close what is believed otherwise from ledger `number` on; write the new belief and the rest of the old."""
        for piece in self.pieces:
            if self.begins or piece.moved:
                self._close(sheet, piece.row, number)
                days = piece.days.held_from, piece.days.held_until
                sheet.version(piece.row.incident, piece.facts, number, days)
        if self.begins:
            for row in self.now.versions:
                if row.held_until <= self.day:
                    sheet.close(row, number)
        self._write_codes(sheet, number)

    def _write_codes(self, sheet: writing.Sheet, number: int) -> None:
        moved = {name.removeprefix(CODE) for name in self.content["changes"] if name.startswith(CODE)}
        if self.begins:
            moved |= {row.scheme for row in self.now.codings}
        for scheme in sorted(moved):
            held = self.now.codes(scheme)
            for row in held:
                if self.begins or row.held_until > self.day:
                    self._close(sheet, row, number)
            for code, days in self._codes(scheme, held):
                incident = self.now.incident.number
                sheet.coding(incident, scheme, code, number, (days.held_from, days.held_until))

    def _close(self, sheet: writing.Sheet, row: models.Version | models.Coding, number: int) -> None:
        """Close a row; its days before the day stay as they were, unless the incident begins there."""
        sheet.close(row, number)
        if not self.begins:
            _keep_before(sheet, row, self.day, number)

    def _codes(self, scheme: str, held: Sequence[models.Coding]) -> list[tuple[str, Range]]:
        if scheme in self.anew.codes:
            code = self.anew.codes[scheme]
            return [(code, Range(self.day))] if code else []
        return [(row.code, days) for row, days in self._relaid(held)]


def _keep_before(sheet: writing.Sheet, row: models.Version | models.Coding, day: date, number: int) -> None:
    for rest in Range(row.held_from, row.held_until).without(Range(day)):
        sheet.again(row, rest, number)


def restore(sheet: writing.Sheet, now: Present, then: Present, day: date, number: int) -> None:
    """Believe again from `day` on, from ledger `number` on, what was believed `then`."""
    for row in now.rows:
        if row.held_until > day:
            sheet.close(row, number)
            _keep_before(sheet, row, day, number)
    for row in then.rows:
        if row.held_until > day:
            sheet.again(row, Range(max(row.held_from, day), row.held_until), number)


def correction(now: Present, anew: Anew) -> Revision:
    """State of an incident what was never otherwise: from its first day, which is the day it was logged."""
    logged = anew.facts.get("logged_on") or now.first_day
    return Revision(now, anew, logged, begins=logged != now.first_day)


def change(now: Present, anew: Anew, day: date) -> Revision:
    """State of an incident what is different from a day on."""
    return Revision(now, anew, max(now.first_day, day))


def _without(moved: Mapping[str, list[Any]], names: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {name: both for name, both in moved.items() if name not in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
