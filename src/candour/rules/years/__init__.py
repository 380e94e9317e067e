"""The periods people ask by, April to March in London or any span of days, and how people write them."""

from candour.rules.years.spans import (
    ACADEMIC_START,
    KINDS,
    LONDON,
    MONTHS,
    Period,
    containing,
    kind,
    london_day,
    periods,
    span,
    spoken,
    spoken_with_weekday,
)
from candour.rules.years.spellings import find, read, since, typed

__all__ = [
    "ACADEMIC_START",
    "KINDS",
    "LONDON",
    "MONTHS",
    "Period",
    "containing",
    "find",
    "kind",
    "london_day",
    "periods",
    "read",
    "since",
    "span",
    "spoken",
    "spoken_with_weekday",
    "typed",
]
