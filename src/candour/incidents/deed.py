"""The shape of every deed on one incident: its entry, what is believed from a day on, its codes, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import access, beliefs, lifecycle, working, writing
from candour.incidents.done import Done
from candour.ledger import chain
from candour.ledger.seal import Actor
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import NotAllowed, WrongInput
from candour.rules.rights import Deed, Role

Words = Mapping[str, str | None]

NOBODY = Actor(0, Role.REPORTER)
"""Who acts where a reporter has no account: the ledger names no person."""

WITH_A_CODE = frozenset({Deed.REPORT, Deed.TELL_MORE, Deed.REPORTER_ANSWERS, Deed.ATTACH})
"""What somebody without an account may do, on what they report themselves: the receipt code stands for them."""


@dataclass(frozen=True)
class Change:
    """What a deed says of an incident: columns of a version, codes by scheme, words, and what else the entry keeps.

    `marks` say of a fact "approximate" or "unknown", `times` the time of day as ISO text. From `from_` on (by default
    today), or, as a correction, from the incident's first day. `beside`: it is about something beside the incident,
    such as its marking or one action, and may be done wherever the incident stands.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    codes: Mapping[str, str | None] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    also: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    correction: bool = False
    from_: date | None = None
    beside: bool = False


class Nothing(Exception):  # noqa: N818 - a sentence to the caller, who words it for the person
    """The incident says so already; nothing would change."""


@transaction.atomic
def do(
    body: Body,
    reference: str,
    deed: Deed,
    change: Change,
    *,
    by: Person | None,
    at: datetime,
    empty: bool = True,
) -> Done:
    """Enter a deed on an incident and believe what it changes; with `empty` False raise Nothing where nothing moves.

    The rows are read under the chain's lock. `by` None: a reporter without an account, who does what their code allows.
    Raises NotAllowed, NotThere, Conflict (the clock; where the incident stands, see lifecycle.RULES).
    """
    actor = acting(body, deed, by=by, at=at)
    with chain.extend(body.pk, by=actor, at=at) as end:
        now = beliefs.present(body.pk, reference)
        if by is not None and deed not in access.UNSEEN:
            access.check(by, now.incident.number, reference, years.london_day(at))
        _require_allowed(now, deed, change)
        revision = _revision(now, change, end.at)
        words = {name: text for name, text in change.words.items() if text}
        if revision.empty and not empty and not set(words) - {"reason"}:
            raise Nothing(reference)
        content = {} if revision.empty else revision.content
        number = end.enter(deed, reference, {**content, **change.also}, words)
        _write(revision, number, end.day, change.words.get("description"))
    return Done(number, revision.now.incident.number, content.get("changes", {}))


def move(body: Body, reference: str, deed: Deed, change: Change, *, by: Person | None, at: datetime) -> Done:
    """Do a deed that has to change something of what is believed; WrongInput where the incident says so already."""
    try:
        return do(body, reference, deed, change, by=by, at=at, empty=False)
    except Nothing:
        raise WrongInput(f"{reference} says so already; nothing would change") from None


def acting(body: Body, deed: Deed, *, by: Person | None, at: datetime) -> Actor:
    """Return who an entry will name; a reporter without an account is nobody. Raises NotAllowed."""
    if by is not None:
        return people.require(by, deed, at, body)
    if deed not in WITH_A_CODE:
        raise NotAllowed(f"nobody without an account may do this ({deed.value})")
    return NOBODY


def _require_allowed(now: beliefs.Present, deed: Deed, change: Change) -> None:
    """Raise Conflict where the incident, or the work on it, stands so that this deed may not be done."""
    if change.beside:
        return
    incident, standing = now.incident, now.versions[-1].standing
    lifecycle.require(incident.reference, deed, standing, working.state(incident.body, incident.number))
    lifecycle.require_move(incident.reference, deed, standing, change.facts)


def _revision(now: beliefs.Present, change: Change, at: datetime) -> beliefs.Revision:
    _require_in_order(now, change.facts)
    anew = beliefs.Anew(change.facts, change.codes, change.marks, change.times)
    if change.correction:
        return beliefs.correction(now, anew)
    return beliefs.change(now, anew, change.from_ or years.london_day(at))


def _require_in_order(now: beliefs.Present, facts: Mapping[str, Any]) -> None:
    """Nothing ends before it begins: refuse a day that would make it so (WrongInput), whichever of the two is told."""
    told = {"occurred_on", "occurred_until"} & set(facts)
    begins, ends = (
        plain(facts.get(name, getattr(now.versions[-1], name))) for name in ("occurred_on", "occurred_until")
    )
    if told and begins and ends and ends < begins:
        raise WrongInput("it cannot have ended before it began; look at both days again")


def _write(revision: beliefs.Revision, number: int, today: date, description: str | None) -> None:
    incident = revision.now.incident
    sheet = writing.Sheet(incident.body, today)
    sheet.describe(incident.number, incident.reference, description, number)
    if not revision.empty:
        revision.write(sheet, number)
    sheet.write()


def plain(value: Any) -> Any:
    """Return a value as an entry holds it: a day as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
