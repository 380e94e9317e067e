"""The two coordinates of every question about the past, and the end of a chain, where the second of them stops."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class AsAt:
    """What held at the end of a London day, as far as the record knew it at a ledger number."""

    day: date
    number: int


@dataclass(frozen=True)
class Head:
    """The end of a chain: number 0 and the beginning's digest where nothing was done yet; `at` where it was asked."""

    number: int
    digest: str
    at: datetime | None = None
