"""What a body said of itself, as at a day and a ledger number."""

from typing import Any

from candour.ledger.coordinates import AsAt
from candour.organisation.models import Particular


def particulars(body: int, kind: str, as_at: AsAt) -> dict[str, dict[str, Any]]:
    """Return every particular of a kind in force at the coordinates, by key, with `from` (the day it holds from)."""
    rows = Particular.objects.filter(body=body, kind=kind).as_at(as_at).order_by("held_from", "key")
    return {row.key: {**row.content, "from": row.held_from} for row in rows}


def particular(body: int, kind: str, key: str, as_at: AsAt) -> dict[str, Any] | None:
    """Return one particular in force at the coordinates, or None."""
    return particulars(body, kind, as_at).get(key)
