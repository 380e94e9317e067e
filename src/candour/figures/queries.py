"""Questions about our own knowing, for pages, commands and letters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.figures import measures, models
from candour.figures.coverage import knowledge


def covered_since(body: int, measure: str, number: int) -> date | None:
    """Return the first day this register covers for a measure at a ledger number; None where nobody stated it."""
    known = knowledge(body, number)
    chosen = measures.measure(measure)
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
