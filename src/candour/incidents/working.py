"""Where the work on an incident stands, which deeds read and move under the chain's lock, and who had it."""

from datetime import datetime
from typing import Any

from candour.incidents import lifecycle, models
from candour.incidents.done import Done
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


def begin(row: models.Handling) -> None:
    """Begin the work on a new incident, which may be in somebody's hands already; nobody had it before."""
    row.save()
    _give(row)


def step(body: int, done: Done, deed: Deed, at: datetime, **changes: Any) -> models.Handling:
    """Move the work as a deed that was done says, in its transaction, and write what else changes with it."""
    row = of(body, done.incident)
    if row is None:
        opened_on = years.london_day(at)
        row = models.Handling(body=body, incident=done.incident, state=State.KEPT, opened_on=opened_on)
    row.state = lifecycle.after(row.state, deed)
    for name, value in changes.items():
        setattr(row, name, value)
    return _keep(row, done.number)


def rest(body: int, incident: int, number: int) -> None:
    """Let the work on an incident rest: it is void, or goes on in another; nothing where nobody works on it."""
    row = of(body, incident)
    if row and row.state in lifecycle.WORKED_ON:
        row.state = State.CLOSED
        _keep(row, number)


def resume(body: int, incident: int, number: int) -> None:
    """Take up again the work that rested; what was never triaged is new again."""
    row = of(body, incident)
    if row and row.state == State.CLOSED:
        untriaged = models.Version.objects.filter(body=body, incident=incident, closed=None, triaged="no").exists()
        row.state = State.NEW if untriaged else State.OPEN
        _keep(row, number)


def _keep(row: models.Handling, number: int) -> models.Handling:
    """Write the work as it stands from a ledger number on; who has it, while it is worked on, is kept for later."""
    row.changed = number
    row.save()
    mine = models.Assigned.objects.filter(body=row.body, incident=row.incident, closed=None)
    had = next(iter(mine.values_list("person", flat=True)), None)
    if had != _holder(row):
        mine.update(closed=number)
        _give(row)
    return row


def _holder(row: models.Handling) -> int | None:
    return row.assigned_to if row.state in lifecycle.WORKED_ON else None


def _give(row: models.Handling) -> None:
    has = _holder(row)
    if has is not None:
        models.Assigned.objects.create(body=row.body, incident=row.incident, person=has, opened=row.changed)
