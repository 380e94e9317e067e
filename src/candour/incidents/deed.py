"""The shape of every deed on one incident: its entry, what is believed from a day on, its codes, in one transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import beliefs, writing
from candour.incidents import facts as vocabulary
from candour.ledger import chain
from candour.ledger.beliefs import Range
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.reading import register
from candour.rules import years
from candour.rules.rights import Deed

Words = Mapping[str, str | None]


@dataclass(frozen=True)
class Change:
    """What a deed says of an incident: columns of a version, codes by scheme, words, and what else the entry keeps.

    `marks` say of a moment "approximate" or "unknown". From `from_` on (by default today), or, as a correction, from
    the incident's first day.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, str | None] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    also: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    correction: bool = False
    from_: date | None = None


@dataclass(frozen=True)
class Done:
    """The entry's ledger number, the incident's number, and what moved: fact to [from, to]; codes as `code:SCHEME`."""

    number: int
    incident: int
    moved: Mapping[str, list[Any]]


class Nothing(Exception):  # noqa: N818 - a sentence to the caller, who words it for the person
    """The incident says so already; nothing would change."""


@transaction.atomic
def do(
    body: Body,
    reference: str,
    deed: Deed,
    change: Change,
    *,
    by: Person,
    at: datetime,
    empty: bool = True,
) -> Done:
    """Enter a deed on an incident and believe what it changes; with `empty` False raise Nothing where nothing moves.

    The rows are read under the chain's lock. Raises NotAllowed, NotThere, Conflict (the clock).
    """
    actor = people.require(by, deed, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        now = beliefs.present(body.pk, reference)
        from_ = now.first_day if change.correction else max(now.first_day, change.from_ or years.london_day(end.at))
        facts = {**change.facts, **_precision(now.on(from_), change)}
        moved = _moved(now, facts, change.codes, from_)
        words = {name: text for name, text in change.words.items() if text}
        if not moved and not empty and not set(words) - {"reason"}:
            raise Nothing(reference)
        said = {"from": from_.isoformat(), "changes": moved, **change.also} if moved else {**change.also}
        number = end.enter(deed, reference, said, words)
        _believe(now, facts, moved, beliefs.from_day(from_), number)
    return Done(number, now.incident.number, moved)


def _believe(
    now: beliefs.Present, facts: Mapping[str, Any], moved: Mapping[str, list[Any]], days: Range, number: int
) -> None:
    sheet = writing.Sheet(now.incident.body)
    if any(not name.startswith("code:") for name in moved):
        beliefs.believe(sheet, now, facts, days, number)
    for name, (_, code) in moved.items():
        if name.startswith("code:"):
            beliefs.code(sheet, now, name.removeprefix("code:"), code, days, number)
    sheet.write()


def _precision(held: Mapping[str, Any], change: Change) -> dict[str, str | None]:
    """Return the marks of the moments: what is stated anew loses its old mark and takes its new one."""
    before: dict[str, str] = json.loads(held["precision"] or "{}")
    stated = {fact.name for fact in vocabulary.FACTS if fact.column in change.facts}
    after = {name: mark for name, mark in before.items() if name not in stated} | dict(change.marks)
    return {"precision": register.canonical(after) if after else None} if after != before else {}


def _moved(
    now: beliefs.Present, facts: Mapping[str, Any], codes: Mapping[str, str | None], day: date
) -> dict[str, list[Any]]:
    held = now.on(day)
    moved = {name: [plain(held.get(name)), plain(value)] for name, value in facts.items() if held.get(name) != value}
    for scheme, code in codes.items():
        coded = now.code_on(day, scheme)
        if code != coded:
            moved[f"code:{scheme}"] = [coded, code]
    return {} if set(moved) == {"tier_basis"} else moved


def plain(value: Any) -> Any:
    """Return a value as an entry holds it: a day as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
