"""The states of a reply and the steps between them, as a table; a change of what would leave leads back to DRAFT."""

from enum import StrEnum

from candour.rules.refusals import Conflict
from candour.rules.rights import Deed


class State(StrEnum):
    """Where a reply stands on its way out."""

    DRAFT = "draft"
    ASKED = "clearance asked"
    CLEARED = "cleared"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


STEPS: dict[Deed, tuple[frozenset[State], State]] = {
    Deed.ASK_CLEARANCE: (frozenset({State.DRAFT, State.WITHDRAWN}), State.ASKED),
    Deed.CLEAR: (frozenset({State.ASKED}), State.CLEARED),
    Deed.RETURN: (frozenset({State.ASKED, State.CLEARED}), State.DRAFT),
    Deed.RELEASE: (frozenset({State.CLEARED}), State.RELEASED),
    Deed.WITHDRAW: (frozenset({State.RELEASED}), State.WITHDRAWN),
}
"""For each deed: the states it may be done in, and the one after it."""

MAY_CHANGE = frozenset({State.DRAFT, State.ASKED, State.CLEARED, State.WITHDRAWN})
"""States in which what would leave may still be changed."""
FALLS_BACK = frozenset({State.ASKED, State.CLEARED})
"""States that hold only for the very bytes they were reached with."""


def after(state: State, deed: Deed) -> State:
    """Return the state after a deed; Conflict where the deed may not be done in this state."""
    allowed, then = STEPS[deed]
    if state not in allowed:
        raise Conflict(f"the reply is {state}; it has to be {' or '.join(sorted(allowed))} before this can be done")
    return then


def standing(last: str | None, *, same: bool) -> State:
    """Return the state that the last deed led to; `same`: what would leave is still what it was then."""
    state = STEPS[Deed(last)][1] if last else State.DRAFT
    return State.DRAFT if state in FALLS_BACK and not same else state
