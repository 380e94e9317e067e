"""Questions about our own knowing, for pages, commands and letters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from candour.figures import definitions, models
from candour.figures.coverage import knowledge
from candour.figures.printed import ANNUAL_REPORT
from candour.organisation import exits
from candour.organisation.models import Body
from candour.rules.refusals import NotThere

TITLE = "Personal data incidents, for an Annual Report"


def covered_since(body: int, measure: str, number: int) -> date | None:
    """Return the first day this register covers for a measure at a ledger number; None where nobody stated it."""
    known = knowledge(body, number)
    chosen = definitions.measure(body, measure, number)
    starts = [spans[0].start for tier in chosen.tiers if (spans := known.spans(measure, tier, {}))]
    return min(starts, default=None)


@dataclass(frozen=True)
class Covered:
    """All that is stated about our knowing at a ledger number, as rows for a page or JSON."""

    coverage: list[dict[str, Any]]
    searches: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    breaks: list[dict[str, Any]]


def covered(body: int, number: int) -> Covered:
    """Return coverage, searches, the body's own statements and breaks as known at a ledger number; four queries."""
    kinds = (models.Coverage, models.Search, models.Statement, models.Break)
    own: tuple[dict[str, str], ...] = ({}, {}, {"about": ""}, {})
    found = (kind.objects.filter(body=body, **mine).known(number) for kind, mine in zip(kinds, own, strict=True))
    return Covered(*([_row(row) for row in rows.order_by("pk")] for rows in found))


def _row(row: Any) -> dict[str, Any]:
    hidden = {"id", "body", "closed"}
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in hidden}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


@dataclass(frozen=True)
class Row:
    """Something published, as a page lists it; no `link`: it was withdrawn by entry `withdrawn`.

    `decision`: the entry by which its small numbers were protected, or left bare.
    """

    number: int
    title: str
    periods: str
    document: str
    on: date
    as_at: date
    record_number: int
    link: str | None
    withdrawn: int | None
    decision: int | None

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "on": self.on.isoformat(), "as_at": self.as_at.isoformat()}


def published(body: Body) -> list[Row]:
    """Return everything that was published from here, the latest first; three queries.

    What left in a reply stands with its request.
    """
    links = exits.links(body)
    rows = [*models.Published.objects.filter(body=body.pk), *_reports(body.pk)]
    return [_published(row, links.get(row.opened)) for row in sorted(rows, key=lambda row: -row.opened)]


def publication(body: Body, number: int) -> Row:
    """Return what entry `number` published and is public still; NotThere otherwise."""
    return _published(row(body.pk, number), exits.link_of(body, number))


def row(body: int, number: int) -> models.Published | models.Printed:
    """Return what is kept of what entry `number` published and is public still, of a paper its first table.

    NotThere where it published nothing that is.
    """
    mine: dict[str, Any] = {"opened": number, "closed": None}
    found: list[models.Published | models.Printed] = [
        *models.Published.objects.filter(body=body, **mine), *_reports(body).filter(**mine)
    ]  # fmt: skip
    if not found:
        raise NotThere(f"nothing that is public was published by entry {number}")
    return found[0]


def _reports(body: int) -> QuerySet[models.Printed]:
    """The first table of each Annual Report."""
    found: QuerySet[models.Printed] = models.Printed.objects.filter(body=body, paper=ANNUAL_REPORT, place=0)
    return found


def _published(row: models.Published | models.Printed, link: str | None) -> Row:
    labels = [one["label"] for one in row.told["asked"]["periods"]]
    said = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    alone = isinstance(row, models.Published)
    return Row(
        row.opened,
        row.title if alone else TITLE,
        said if alone else labels[-1],
        row.document,
        row.published_on,
        row.as_at,
        row.record_number,
        link,
        row.closed,
        row.decision if isinstance(row, models.Published) else None,
    )
