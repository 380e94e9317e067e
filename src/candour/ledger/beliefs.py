"""How a table with history takes a new belief: what it overlaps is closed, the rest of each old range stays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.ledger import models


@dataclass(frozen=True)
class Range:
    """Days `held_from <= day < held_until`."""

    held_from: date
    held_until: date = models.OPEN

    def without(self, other: "Range") -> Iterator["Range"]:
        """The parts of this range that `other` leaves."""
        if self.held_from < other.held_from:
            yield Range(self.held_from, min(self.held_until, other.held_from))
        if self.held_until > other.held_until:
            yield Range(max(self.held_from, other.held_until), self.held_until)

    def overlaps(self, other: "Range") -> bool:
        return self.held_from < other.held_until and other.held_from < self.held_until


def believe(
    present: Sequence[models.History], replaced: Range, number: int, new: Iterable[models.History] = ()
) -> list[models.History]:
    """Close, at ledger number `number`, the rows of `present` that `replaced` overlaps, keep the rest, and add `new`.

    `present` are the open rows about one thing (read under the chain's lock). Returns the rows written.
    """
    overlapped = [row for row in present if replaced.overlaps(Range(row.held_from, row.held_until))]
    model = type(present[0]) if present else None
    if model and overlapped:
        model.objects.filter(pk__in=[row.pk for row in overlapped]).update(closed=number)
    rests = [copy(row, rest, number) for row in overlapped for rest in _of(row).without(replaced)]
    written = rests + list(new)
    for row in written:
        row.save(force_insert=True)
    return written


def _of(row: models.History) -> Range:
    return Range(row.held_from, row.held_until)


def copy(row: models.History, range_: Range, number: int, **changes: Any) -> models.History:
    """Return an unsaved row like `row`, for other days, opened at `number`."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    values |= {"held_from": range_.held_from, "held_until": range_.held_until, "opened": number, "closed": None}
    return type(row)(**{**values, **changes})
