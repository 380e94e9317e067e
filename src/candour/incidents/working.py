"""Where the work on an incident stands: the one row that deeds read and move, under the chain's lock."""

from datetime import datetime
from typing import Any

from candour.incidents import lifecycle, models
from candour.incidents.deed import Done
from candour.incidents.lifecycle import State
from candour.rules import years
from candour.rules.rights import Deed


def of(body: int, incident: int) -> models.Handling | None:
    """Return the work on an incident; None where nobody has taken up what was loaded."""
    return models.Handling.objects.filter(body=body, incident=incident).first()


def state(body: int, incident: int) -> State:
    """Return the state of the work; KEPT where nobody has taken it up."""
    row = of(body, incident)
    return State(row.state) if row else State.KEPT


def step(body: int, done: Done, deed: Deed, at: datetime, **changes: Any) -> models.Handling:
    """Move the work as a deed says (Conflict where it may not be done now) and write what else changes with it.

    Called in the deed's transaction, so a Conflict undoes its entry.
    """
    row = of(body, done.incident)
    if row is None:
        opened_on = years.london_day(at)
        row = models.Handling(body=body, incident=done.incident, state=State.KEPT, opened_on=opened_on)
    if deed in lifecycle.STEPS:
        row.state = lifecycle.after(row.state, deed)
    for name, value in changes.items():
        setattr(row, name, value)
    row.changed = done.number
    row.save()
    return row


def rest(body: int, incident: int, number: int) -> None:
    """Let the work on an incident rest: it is void, or goes on in another; nothing where nobody works on it."""
    rows = models.Handling.objects.filter(body=body, incident=incident, state__in=lifecycle.WORKED_ON)
    rows.update(state=State.CLOSED, changed=number)


def resume(body: int, incident: int, number: int) -> None:
    """Take up again the work that rested; what was never triaged is new again."""
    untriaged = models.Version.objects.filter(body=body, incident=incident, closed=None, triaged="no").exists()
    rows = models.Handling.objects.filter(body=body, incident=incident, state=State.CLOSED)
    rows.update(state=State.NEW if untriaged else State.OPEN, changed=number)
