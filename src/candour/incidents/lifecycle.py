"""Which deed may be done on which incident, by where it stands and where the work on it stands: one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from candour.incidents.facts import COUNTED, DUPLICATE, EXERCISE, NO_INCIDENT, NOT_OURS, STANDINGS, VOID
from candour.rules.refusals import Conflict
from candour.rules.rights import Deed


class State(StrEnum):
    """Where the work on an incident stands; loaded incidents that nobody has taken up are KEPT."""

    KEPT = "kept"
    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


KEPT, NEW, OPEN, CLOSED = State
WORKED_ON = frozenset({NEW, OPEN})

ANYHOW = frozenset(STANDINGS)
AT_WORK = frozenset({COUNTED, EXERCISE, NOT_OURS})
"""Standings in which an incident is worked on: an exercise for practice, what is not ours until it is passed on."""


@dataclass(frozen=True)
class Rule:
    """When a deed may be done: the standings, the states of the work (asked `AT_WORK` only), and the state after it."""

    standings: frozenset[str] = AT_WORK
    states: frozenset[State] = frozenset(State)
    then: State | None = None


_ALWAYS, _WHILE_OPEN = Rule(ANYHOW), Rule(states=frozenset({OPEN}))
_COUNTED = Rule(frozenset({COUNTED}))

RULES: dict[Deed, Rule] = {
    Deed.REPORT: Rule(frozenset(), frozenset(), NEW),
    Deed.TELL_MORE: _ALWAYS,
    Deed.REPORTER_ANSWERS: _ALWAYS,
    Deed.ASK_REPORTER: Rule(AT_WORK | {DUPLICATE}, frozenset({NEW, OPEN, KEPT})),
    Deed.ACCEPT: Rule(states=frozenset({NEW, KEPT}), then=OPEN),
    Deed.DISMISS: Rule(frozenset({COUNTED, NOT_OURS}), WORKED_ON, CLOSED),
    Deed.ASSIGN: Rule(states=WORKED_ON),
    Deed.NOTE: _ALWAYS,
    Deed.CHANGE: Rule(ANYHOW - {VOID}),
    Deed.CORRECT: Rule(ANYHOW - {VOID}),
    Deed.LINK: Rule(ANYHOW - {VOID}),
    Deed.UNLINK: _ALWAYS,
    Deed.SPLIT: _COUNTED,
    Deed.JOIN: _COUNTED,
    Deed.VOID: Rule(ANYHOW - {VOID, EXERCISE}),
    Deed.RESTORE: Rule(frozenset({VOID, NO_INCIDENT, EXERCISE})),
    Deed.RESTRICT: _ALWAYS,
    Deed.GRANT_ACCESS: _ALWAYS,
    Deed.REVOKE_ACCESS: _ALWAYS,
    Deed.CATEGORISE: Rule(states=frozenset({NEW, OPEN, KEPT})),
    Deed.ASSESS: _WHILE_OPEN,
    Deed.ADVISE: _WHILE_OPEN,
    Deed.DECIDE_TO_NOTIFY: _WHILE_OPEN,
    Deed.PLAN_ACTION: _WHILE_OPEN,
    Deed.END_ACTION: _ALWAYS,
    Deed.LEARN: _WHILE_OPEN,
    Deed.CLOSE: Rule(states=frozenset({OPEN}), then=CLOSED),
    Deed.REOPEN: Rule(states=frozenset({CLOSED, KEPT}), then=OPEN),
    Deed.ATTACH: _ALWAYS,
    Deed.DETACH: _ALWAYS,
    Deed.OPEN_FILE: _ALWAYS,
}
"""Every deed on one incident. What a reporter says and sends is always kept; files, notes, names and the end of an
action or a link ask for nothing; facts of what is void are not amended; whatever judges, plans or closes needs work
under way."""

_STANDS = {
    COUNTED: "{} counts already; there is nothing to bring back",
    VOID: "{} is void; bring it back first, if it was an incident after all",
    NO_INCIDENT: "{} was found to be no incident; bring it back first, if it is one after all",
    DUPLICATE: "{} is a duplicate; do this in the incident that it repeats, or end the link between the two first",
    EXERCISE: "{} is an exercise and counts nowhere; bring it back first, if it was a real incident",
    NOT_OURS: "{} is another body's, passed on; say first that it is ours after all",
}
_WORK = {
    KEPT: "{} came from an older register and nobody works on it; look at it and take it up first",
    NEW: "nobody has taken up {} yet; look at it and take it up first",
    OPEN: "{} is open already; go on with it, or give it to somebody",
    CLOSED: "the work on {} is closed; open it again first, and say why",
}
"""What to do first where a deed may not be done, by what stands in its way."""

_ALREADY = {(Deed.VOID, VOID): "{} is void already", (Deed.DISMISS, NO_INCIDENT): "{} is dismissed already"}


def refusal(reference: str, deed: Deed, standing: str, state: str) -> str:
    """Return why a deed may not be done on an incident and what to do first; empty where it may be done."""
    rule = RULES.get(deed, _ALWAYS)
    if standing not in rule.standings:
        return _ALREADY.get((deed, standing), _STANDS[standing]).format(reference)
    if standing in AT_WORK and State(state) not in rule.states:
        return _WORK[State(state)].format(reference)
    return ""


def require(reference: str, deed: Deed, standing: str, state: str) -> None:
    """Raise Conflict, with what to do first, where a deed may not be done on an incident."""
    if why := refusal(reference, deed, standing, state):
        raise Conflict(why)


def after(state: str, deed: Deed) -> State:
    """Return the state of the work after a deed."""
    return RULES.get(deed, _ALWAYS).then or State(state)


def require_move(reference: str, deed: Deed, standing: str, facts: Mapping[str, Any]) -> None:
    """Raise Conflict where amending would put an incident where only a deed of its own may: out of a duplicate, say.

    A change or correction may say that it is an exercise or not, and with our role that it is ours or not.
    """
    both = {standing, facts.get("standing", standing)}
    amendable = both == {COUNTED, EXERCISE} or (both == {COUNTED, NOT_OURS} and "our_role" in facts)
    if deed in {Deed.CHANGE, Deed.CORRECT} and len(both) > 1 and not amendable:
        raise Conflict(_STANDS[standing].format(reference))
