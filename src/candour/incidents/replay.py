"""What is believed of every incident, rebuilt from the ledger's entries alone and held against the tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef

from candour.incidents import beliefs, entries, models, writing
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.ledger.verification import Fault

AT_ONCE = 1000
"""Incidents that are held in memory at a time."""

FACTS = ""
"""The name of the line of facts, beside one for each scheme of codes."""

END = OPEN.isoformat()


class Stretch(NamedTuple):
    """What is believed for the days `since <= day < until`, which are ISO text."""

    since: str
    until: str
    what: Any


class Row(NamedTuple):
    """A row of a table: which line it is of, and between which ledger numbers it was believed."""

    name: str
    opened: int
    closed: int | None
    stretch: Stretch


PLACE = ("opened", "closed", "held_from", "held_until")
CODE = ("scheme", "code")

Line = tuple[Stretch, ...]
"""What is believed on one matter, by its days."""

Belief = Mapping[str, Line]
"""The line of facts, and one for each scheme in which the incident has a code."""


def compare(body: int) -> Fault | None:
    """Rebuild every belief of a body and name the first incident of which the tables say otherwise.

    They are compared at every ledger number, for every day. Memory is bounded by AT_ONCE incidents.
    """
    fault = _missing(body)
    last = 0
    while fault is None:
        batch = list(models.Incident.objects.filter(body=body, number__gt=last).order_by("number")[:AT_ONCE])
        upto = batch[-1].number if len(batch) == AT_ONCE else None
        fault = _batch(body, batch, last, upto)
        if upto is None:
            break
        last = upto
    return fault


def _missing(body: int) -> Fault | None:
    """Find the first entry about an incident that the register does not have."""
    there = models.Incident.objects.filter(body=body, reference=OuterRef("subject"))
    deeds = ledger.Entry.objects.filter(~Exists(there), body=body, deed__startswith=entries.GRAMMAR)
    first = deeds.order_by("number").values_list("number", "subject").first()
    return Fault(first[0], f"the register has no incident {first[1]}") if first else None


def _batch(body: int, batch: Sequence[models.Incident], after: int, upto: int | None) -> Fault | None:
    done = entries.about(body, [one.reference for one in batch])
    rows = _rows(body, after, upto)
    for one in batch:
        fault = _incident(one, done.get(one.reference, []), rows.pop(one.number, []))
        if fault:
            return fault
    nobodys = next(iter(rows), None)
    return Fault(nobodys, "there are facts of an incident that is not in the register") if nobodys else None


def _rows(body: int, after: int, upto: int | None) -> dict[int, list[Row]]:
    """Every version and coding of the incidents between two numbers, also of those that should not be there."""
    span = {"body": body, "incident__gt": after} | ({"incident__lte": upto} if upto else {})
    found: dict[int, list[Row]] = {}
    versions = models.Version.objects.filter(**span).order_by("held_from", "pk")
    for incident, opened, closed, since, until, *said in versions.values_list("incident", *PLACE, *writing.STATED):
        what = dict(zip(writing.STATED, map(_plain, said), strict=True))
        found.setdefault(incident, []).append(Row(FACTS, opened, closed, _stretch(since, until, what)))
    codings = models.Coding.objects.filter(**span).order_by("held_from", "pk")
    for incident, opened, closed, since, until, scheme, code in codings.values_list("incident", *PLACE, *CODE):
        found.setdefault(incident, []).append(Row(scheme, opened, closed, _stretch(since, until, code)))
    return found


def _stretch(since: date, until: date, what: Any) -> Stretch:
    return Stretch(since.isoformat(), until.isoformat(), what)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _incident(one: models.Incident, deeds: Sequence[entries.Done], rows: Sequence[Row]) -> Fault | None:
    if not deeds or deeds[0].number != one.number:
        return Fault(one.number, f"the register's number of {one.reference} is not that of its first entry")
    told = dict(rebuilt(deeds))
    moments = {*told, *(row.opened for row in rows), *(row.closed for row in rows if row.closed is not None)}
    belief: Belief = {}
    for number in sorted(moments):
        belief = told.get(number, belief)
        held = _held(rows, number)
        if belief != held and _joined(belief) != _joined(held):
            return Fault(number, f"what is held of {one.reference} is not what the entries say")
    return None


def rebuilt(deeds: Iterable[entries.Done]) -> Iterator[tuple[int, Belief]]:
    """Yield, after each deed on an incident, its ledger number and what is believed from then on."""
    past: list[tuple[int, Belief]] = []
    belief: Belief = {}
    for one in deeds:
        belief = _after(belief, one, past)
        past.append((one.number, belief))
        yield past[-1]


def _after(belief: Belief, one: entries.Done, past: Sequence[tuple[int, Belief]]) -> Belief:
    if one.records:
        return _recorded(one.facts)
    if "changes" in one.facts:
        return _changed(belief, one.facts)
    if one.back_to is not None:
        then: Belief = next((earlier for number, earlier in reversed(past) if number <= one.back_to), {})
        day = one.facts["from"]
        return {
            name: _before(belief.get(name, ()), day) + _since(then.get(name, ()), day) for name in {**belief, **then}
        }
    return belief


def _recorded(facts: Mapping[str, Any]) -> Belief:
    said: dict[str, Any] = facts["said"]
    since = said["logged_on"]
    codes = {scheme: (Stretch(since, END, code),) for scheme, code in facts["codes"].items()}
    return {FACTS: (Stretch(since, END, {name: said.get(name) for name in writing.STATED}),), **codes}


def _changed(belief: Belief, facts: Mapping[str, Any]) -> Belief:
    """Believe from the day on what was stated anew and what followed; where the incident begins anew, that first."""
    day, changes = facts["from"], {name: to for name, (_, to) in facts["changes"].items()}
    if "begins" in facts:
        belief = {name: _begun(line, *facts["begins"]) for name, line in belief.items()}
    codes = {name.removeprefix(beliefs.CODE): to for name, to in changes.items() if name.startswith(beliefs.CODE)}
    stated = {name: to for name, to in changes.items() if not name.startswith(beliefs.CODE)}
    follows = facts.get("follows", {})
    lines = {FACTS: tuple(left for part in belief[FACTS] for left in _anew(part, day, stated, follows))}
    for scheme, code in codes.items():
        lines[scheme] = _before(belief.get(scheme, ()), day) + ((Stretch(day, END, code),) if code else ())
    return {**belief, **lines}


def _anew(part: Stretch, day: str, stated: Mapping[str, Any], follows: Mapping[str, Any]) -> Line:
    """A stretch of days as it is stated anew from `day` on; whole, as the register keeps it, where that is the same."""
    late = _since((part,), day)
    follows_here = follows.get(late[0].since, {}) if late else {}
    what = {**part.what, **stated, **{name: to for name, (_, to) in follows_here.items()}}
    if not late or what == part.what:
        return (part,)
    return (*_before((part,), day), late[0]._replace(what=what))


def _begun(line: Line, old: str, new: str) -> Line:
    """Let what began with the incident begin on its new first day, and nothing before."""
    return tuple(
        part._replace(since=new if part.since == old else part.since)
        for part in (_since(line, new) if new > old else line)
    )


def _before(line: Line, day: str) -> Line:
    return tuple(part._replace(until=min(part.until, day)) for part in line if part.since < day)


def _since(line: Line, day: str) -> Line:
    return tuple(part._replace(since=max(part.since, day)) for part in line if part.until > day)


def _held(rows: Iterable[Row], number: int) -> Belief:
    """What the tables say was believed at a ledger number."""
    lines: dict[str, Line] = {}
    for row in rows:
        if row.opened <= number and (row.closed is None or row.closed > number):
            lines[row.name] = (*lines.get(row.name, ()), row.stretch)
    return lines


def _joined(belief: Belief) -> dict[str, list[Stretch]]:
    """Join what is the same from one stretch of days to the next, so that only what is believed is compared."""
    joined: dict[str, list[Stretch]] = {}
    for name, line in belief.items():
        for part in line:
            parts = joined.setdefault(name, [])
            if parts and parts[-1].until == part.since and parts[-1].what == part.what:
                parts[-1] = parts[-1]._replace(until=part.until)
            else:
                parts.append(part)
    return joined
