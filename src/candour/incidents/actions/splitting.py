"""One incident that turns out to be two, and two that turn out to be one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import beliefs, deed, lifecycle, models, opening, working, writing
from candour.incidents import facts as vocabulary
from candour.incidents.actions import linking, recording, reporting
from candour.incidents.done import Done
from candour.incidents.lifecycle import State
from candour.ledger import queries as ledger
from candour.ledger.models import OPEN
from candour.organisation.models import Body, Person
from candour.reading import register
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

ONE_BY_ONE = ("people_affected", "people_affected_at_most", "devices", "cost_pounds")
"""Numbers that are not shared: each part states its own."""

WITH_EVERY_PART = ("occurred_on", "occurred_until", "discovered_on", "aware_on", "reported_on", "triaged")
"""What goes with every part: no part began, or was known, otherwise than the whole."""

NEVER_ALONG = ("logged_on", "closed_on", "source", "standing")
"""What only the first keeps: another part is logged here and now."""

_MOST = 10


@dataclass(frozen=True)
class Part:
    """One part of a split: which facts of the whole go with it (columns and schemes), and what it states of its own.

    `reports` are ledger numbers of reports, `duplicates` references, that go with it; `published` names the documents
    whose figures counted the whole and now count this part.
    """

    keeps: frozenset[str]
    states: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    reports: tuple[int, ...] = ()
    duplicates: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


@transaction.atomic
def split(
    body: Body, reference: str, parts: Sequence[Part], *, reason: str, by: Person, at: datetime
) -> tuple[str, ...]:
    """Make several incidents of one, and return their references, the first one's own first.

    The first keeps reference and dates; the others are logged today and aware no later than the whole. Raises
    WrongInput where a part lacks its description, is aware later, or a thing goes with two parts; Conflict where the
    incident is not counted.
    """
    why = opening.said(reason, opening.WHY)
    _require(parts)
    whole = opening.held(body, reference, by=by, at=at)
    held = writing.stated(whole.versions[-1])
    lifecycle.require(reference, Deed.SPLIT, held["standing"], working.state(body.pk, whole.incident.number))
    for part in parts:
        _require_no_later(held, part)
    others = [_made(body, whole, held, part, by=by, at=at) for part in parts[1:]]
    references = (reference, *(name for name, _ in others))
    done = _keep_first(body, whole, held, parts[0], references[1:], why, by=by, at=at)
    for (_, number), part in zip(others, parts[1:], strict=True):
        models.Link.objects.create(
            body=body.pk, incident=number, other=done.incident, kind=linking.SPLIT_FROM, opened=done.number
        )
        _carry(body, whole, part, number, done.number)
        _share_work(body, done.incident, number, done.number, by, at)
    return references


def _require(parts: Sequence[Part]) -> None:
    if not 2 <= len(parts) <= _MOST:  # noqa: PLR2004 - one part is the whole
        raise WrongInput(f"an incident is split into 2 to {_MOST} parts")
    if any(not part.description.strip() for part in parts[1:]):
        raise WrongInput("describe each new part in a sentence of its own")
    for things in ("reports", "duplicates", "published"):
        named = [one for part in parts for one in getattr(part, things)]
        if len(named) != len(set(named)):
            raise WrongInput(f"{things}: each goes with one part only")


def _require_no_later(held: Mapping[str, Any], part: Part) -> None:
    """The 72 hours of a part run from no later than those of the whole: splitting resets no clock."""
    whole, own = _clock(held), _clock({**held, **part.states})
    if whole and (own is None or own > whole):
        raise WrongInput(f"no part is known later than the whole; give {years.spoken(whole)} or an earlier day")


def _clock(facts: Mapping[str, Any]) -> date | None:
    found: date | None = facts.get("aware_on") or facts.get("discovered_on")
    return found


def _made(
    body: Body, whole: beliefs.Present, held: Mapping[str, Any], part: Part, *, by: Person, at: datetime
) -> tuple[str, int]:
    """Record a part as an incident of its own; return its reference and number."""
    along = (part.keeps | set(WITH_EVERY_PART)) - set(NEVER_ALONG) - set(ONE_BY_ONE)
    facts = {name: held[name] for name in vocabulary.COLUMNS if name in along and held[name] is not None}
    facts |= {"told_ico": held["told_ico"]} if "told_ico_on" in part.keeps else {}
    facts |= {name: _left(held[name], facts, part) for name in ("precision", "times")}
    if held["tier_basis"] != "derived":
        facts |= {name: held[name] for name in ("tier", "tier_basis")}
    codes = {row.scheme: row.code for row in whole.codings if row.held_until == OPEN and row.scheme in part.keeps}
    also = {"split_from": whole.incident.reference, **_goes_along(part)}
    words = {"description": part.description.strip(), **_words_of(body, part.reports)}
    name, done = recording.record(
        body, {**facts, **part.states}, words=words, by=by, at=at, kind=Deed.SPLIT, also=also, codes=codes
    )
    return name, done.incident


def _left(text: str | None, facts: Mapping[str, Any], part: Part) -> str | None:
    """The marks or times of the facts that go along and that the part does not state anew."""
    said: dict[str, str] = json.loads(text or "{}")
    left = {
        name: mark for name, mark in said.items() if (at := vocabulary.column(name)) in facts and at not in part.states
    }
    return register.canonical(left) if left else None


def _goes_along(part: Part) -> dict[str, Any]:
    things = {"reports": part.reports, "duplicates": part.duplicates, "published": part.published}
    return {name: list(found) for name, found in things.items() if found}


def _words_of(body: Body, reports: Sequence[int]) -> dict[str, str | None]:
    """Who reported, and how to reach them, of the last of some reports: they lie with the part from now on."""
    words = [ledger.event(body.pk, number).words for number in reports]
    return {name: said[name] for said in words for name in ("reporter", "contact") if said.get(name)}


def _keep_first(
    body: Body,
    whole: beliefs.Present,
    held: Mapping[str, Any],
    part: Part,
    others: Sequence[str],
    why: str,
    *,
    by: Person,
    at: datetime,
) -> Done:
    """Take from the first what does not go with it any more; its dates stay."""
    stays = part.keeps | set(vocabulary.MOMENTS) | set(WITH_EVERY_PART) | set(NEVER_ALONG)
    gone = {name: None for name in vocabulary.COLUMNS if name not in stays and held[name] is not None}
    codes = {row.scheme: None for row in whole.codings if row.held_until == OPEN and row.scheme not in part.keeps}
    words = {"reason": why, "description": part.description.strip()}
    change = deed.Change({**gone, **part.states}, codes, words, also={"into": list(others), **_goes_along(part)})
    return deed.do(body, whole.incident.reference, Deed.SPLIT, change, by=by, at=at)


def _carry(body: Body, whole: beliefs.Present, part: Part, number: int, at_number: int) -> None:
    """Let reports and duplicates go with a part: what led to the whole leads to the part."""
    mine = models.Report.objects.filter(body=body.pk, closed=None, incident=whole.incident.number)
    reporting.carry(mine.filter(number__in=part.reports), number, at_number)
    found = models.Incident.objects.filter(body=body.pk, reference__in=part.duplicates).values("number")
    move_duplicates(body, whole.incident.number, number, at_number, only=found)


def move_duplicates(body: Body, from_: int, to: int, at_number: int, *, only: Any = None) -> None:
    """Let duplicates of one incident (`only` those, where given) be duplicates of another from a ledger number on."""
    rows = models.Link.objects.filter(body=body.pk, closed=None, kind=linking.DUPLICATE, other=from_)
    for row in rows if only is None else rows.filter(incident__in=only):
        models.Link.objects.filter(pk=row.pk).update(closed=at_number)
        models.Link.objects.create(body=body.pk, incident=row.incident, other=to, kind=row.kind, opened=at_number)


def _share_work(body: Body, first: int, number: int, at_number: int, by: Person, at: datetime) -> None:
    """Work on a new part as on the first: the same person, the same marking, seen by the same people."""
    row = working.of(body.pk, first)
    part = models.Handling(
        body=body.pk,
        incident=number,
        state=State.NEW if row and row.state == State.NEW else State.OPEN,
        assigned_to=row.assigned_to if row else by.number,
        confidential=row.confidential if row else False,
        marking=row.marking if row else "OFFICIAL",
        opened_on=years.london_day(at),
        changed=at_number,
    )
    working.begin(part)
    for access in models.Access.objects.filter(body=body.pk, incident=first, closed=None):
        models.Access.objects.create(
            body=body.pk, incident=number, person=access.person, department=access.department, opened=at_number
        )


@transaction.atomic
def join(
    body: Body,
    survivor: str,
    others: Sequence[str],
    *,
    states: Mapping[str, Any] | None = None,
    reason: str,
    by: Person,
    at: datetime,
) -> int:
    """Make one incident of several: one goes on, the others stand, void, each with a link to it; return its number.

    Whoever reported one of the others follows up, with their code, the one that goes on.

    `states` are columns of a version that the one states from now on, such as the people of all. It is aware no later
    than any of them. Raises Conflict where one of them is not counted.
    """
    why = opening.said(reason, opening.WHY)
    if not others or survivor in others:
        raise WrongInput("give the references of the others, which are to be joined into this one")
    found = {name: opening.held(body, name, by=by, at=at) for name in (survivor, *others)}
    for name, one in found.items():
        lifecycle.require(name, Deed.JOIN, one.versions[-1].standing, working.state(body.pk, one.incident.number))
    facts, times = _earliest([found[name].versions[-1] for name in (survivor, *others)])
    change = deed.Change({**facts, **(states or {})}, words={"reason": why}, also={"joined": list(others)}, times=times)
    done = deed.do(body, survivor, Deed.JOIN, change, by=by, at=at)
    for name in others:
        _stand_void(body, name, survivor, done.incident, why, by=by, at=at)
    return done.number


def _earliest(rows: Sequence[models.Version]) -> tuple[dict[str, Any], dict[str, str]]:
    """Since when the one that goes on was known: the earliest of them all, where that is earlier than its own."""
    own, *others = [_clock(writing.stated(row)) for row in rows]
    known = [(day, row) for day, row in zip(others, rows[1:], strict=True) if day]
    if not known:
        return {}, {}
    day, row = min(known, key=lambda pair: pair[0])
    if own and own <= day:
        return {}, {}
    name = "aware_at" if row.aware_on else "discovered_at"
    time = json.loads(row.times or "{}").get(name)
    return {"aware_on": day}, {"aware_at": time} if time else {}


def _stand_void(
    body: Body, reference: str, survivor: str, survivor_number: int, why: str, *, by: Person, at: datetime
) -> None:
    facts = {"standing": vocabulary.VOID}
    change = deed.Change(facts, words={"reason": why}, also={"joined_into": survivor}, correction=True)
    done = deed.do(body, reference, Deed.JOIN, change, by=by, at=at)
    models.Link.objects.create(
        body=body.pk, incident=done.incident, other=survivor_number, kind=linking.JOINED_INTO, opened=done.number
    )
    move_duplicates(body, done.incident, survivor_number, done.number)
    mine = models.Report.objects.filter(body=body.pk, closed=None, incident=done.incident)
    reporting.carry(mine, survivor_number, done.number)
    working.rest(body.pk, done.incident, done.number)
