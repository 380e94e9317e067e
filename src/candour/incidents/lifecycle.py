"""The states of the work on an incident and the steps between them, as a table."""

from enum import StrEnum

from candour.rules.refusals import Conflict
from candour.rules.rights import Deed


class State(StrEnum):
    """Where the work on an incident stands; loaded incidents that nobody has taken up are KEPT."""

    KEPT = "kept"
    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


WORKED_ON = frozenset({State.NEW, State.OPEN})

STEPS: dict[Deed, tuple[frozenset[State], State | None]] = {
    Deed.REPORT: (frozenset(), State.NEW),
    Deed.ACCEPT: (frozenset({State.NEW, State.KEPT}), State.OPEN),
    Deed.DISMISS: (frozenset({State.NEW, State.OPEN}), State.CLOSED),
    Deed.ASSIGN: (frozenset({State.NEW, State.OPEN}), None),
    Deed.CATEGORISE: (frozenset({State.NEW, State.OPEN, State.KEPT}), None),
    Deed.ASSESS: (frozenset({State.OPEN}), None),
    Deed.ADVISE: (frozenset({State.OPEN}), None),
    Deed.DECIDE_TO_NOTIFY: (frozenset({State.OPEN}), None),
    Deed.PLAN_ACTION: (frozenset({State.OPEN}), None),
    Deed.LEARN: (frozenset({State.OPEN}), None),
    Deed.CLOSE: (frozenset({State.OPEN}), State.CLOSED),
    Deed.REOPEN: (frozenset({State.CLOSED, State.KEPT}), State.OPEN),
}
"""For each deed that depends on the state: the states it may be done in, and the one after it (None: the same)."""


def after(state: str, deed: Deed) -> State:
    """Return the state after a deed; Conflict where the deed may not be done in this state."""
    allowed, then = STEPS[deed]
    if State(state) not in allowed:
        raise Conflict(f"the incident is {state}; {_said(allowed)} before this can be done")
    return then or State(state)


def _said(allowed: frozenset[State]) -> str:
    return "it has to be " + " or ".join(sorted(allowed))
