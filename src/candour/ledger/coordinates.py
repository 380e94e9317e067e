"""The two coordinates of every question about the past."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AsAt:
    """What held at the end of a London day, as far as the record knew it at a ledger number."""

    day: date
    number: int
