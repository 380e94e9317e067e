"""One incident under change or correction: what is believed from now on, or what was never so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.incidents import facts as vocabulary
from candour.incidents import models, writing
from candour.ledger.beliefs import Range
from candour.ledger.models import OPEN
from candour.rules.refusals import NotThere


@dataclass(frozen=True)
class Present:
    """The open rows of one incident, read under the chain's lock."""

    incident: models.Incident
    versions: list[models.Version]
    codings: list[models.Coding]

    @property
    def first_day(self) -> date:
        return min(row.held_from for row in self.versions)

    def on(self, day: date) -> dict[str, Any]:
        """Return the facts believed for a day, the latest where the day comes before the first."""
        row = next((row for row in self.versions if row.held_from <= day < row.held_until), self.versions[-1])
        return stated(row)

    def code_on(self, day: date, scheme: str) -> str | None:
        return next((c.code for c in self.codings if c.scheme == scheme and c.held_from <= day < c.held_until), None)


def present(body: int, reference: str) -> Present:
    """Read what is believed now of an incident; NotThere where there is none of that reference."""
    incident = models.Incident.objects.filter(body=body, reference=reference).first()
    if incident is None:
        raise NotThere(f"there is no incident {reference}")
    mine: dict[str, Any] = {"body": body, "incident": incident.number, "closed": None}
    versions = list(models.Version.objects.filter(**mine).order_by("held_from"))
    return Present(incident, versions, list(models.Coding.objects.filter(**mine).order_by("held_from")))


def stated(row: models.Version) -> dict[str, Any]:
    """Return what a version says, without its place in history."""
    return {name: getattr(row, name) for name in writing.STATED}


def believe(
    sheet: writing.Sheet, now: Present, changes: Mapping[str, Any], days: Range, number: int, load: int | None = None
) -> None:
    """Believe `changes` of an incident for `days`, from ledger `number` on.

    A change begins today, a correction at the first day. What overlaps is closed; the rest of each old range is written
    again as it was; the tier is settled anew where it follows from facts.
    """
    for row in now.versions:
        held = Range(row.held_from, row.held_until)
        if held.overlaps(days):
            sheet.closed_versions.append((number, row.pk))
            for rest in held.without(days):
                sheet.version(row.incident, stated(row), number, (rest.held_from, rest.held_until), row.load)
            both = max(held.held_from, days.held_from), min(held.held_until, days.held_until)
            sheet.version(row.incident, vocabulary.settle({**stated(row), **changes}), number, both, load)


def code(sheet: writing.Sheet, now: Present, scheme: str, code_: str | None, days: Range, number: int) -> None:
    """Believe that an incident carries a code of a scheme (or, with None, none) for `days`."""
    for row in _of(now, scheme):
        held = Range(row.held_from, row.held_until)
        if held.overlaps(days):
            sheet.closed_codings.append((number, row.pk))
            for rest in held.without(days):
                sheet.coding(row.incident, scheme, row.code, number, (rest.held_from, rest.held_until))
    if code_ is not None:
        sheet.coding(now.incident.number, scheme, code_, number, (days.held_from, days.held_until))


def _of(now: Present, scheme: str) -> Iterator[models.Coding]:
    return (row for row in now.codings if row.scheme == scheme)


def from_day(day: date) -> Range:
    return Range(day, OPEN)
