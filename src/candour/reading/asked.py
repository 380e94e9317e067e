"""Works out the periods that a question asks about, from its own words, its template or what stands around it."""

import re
from collections.abc import Sequence
from datetime import date

from candour.rules import refusals, years

_EACH = re.compile(
    r"\b(?:each|every|per|by|for all)\s+(?:(?P<kind>financial|fiscal|calendar|tax|academic|school)\s+)?"
    r"(?P<unit>years?|quarters?|months?)\b"
    r"|\b(?:year[- ](?:by|on)[- ]year|(?P<often>annually|monthly|quarterly))\b",
    re.IGNORECASE,
)
_LONGEST = 10_000
"""Characters that are looked through for periods."""
_KINDS = {"fiscal": "financial", "school": "academic"}
_OFTEN = {"annually": "year", "monthly": "month", "quarterly": "quarter"}


def periods(texts: Sequence[str], on: date | None) -> tuple[years.Period, ...]:
    """Return the periods that texts name, in order; a span that is wanted "by month" comes month by month.

    `on` is the day in London that "last year" is said on and that "since 2011" runs to; without it those give none.
    """
    words = _words(texts)
    named = years.find(words) or years.find(words, on)
    kind = _kind(words)
    if len(named) == 1 and kind and _divides(kind, named[0]):
        return _within(kind, named[0].start, named[0].end)
    return named or onwards(words, years.since(words), on)


def since(texts: Sequence[str]) -> date | None:
    """Return the day from which texts ask on: "since April 2011"."""
    return years.since(_words(texts))


def onwards(words: str, start: date | None, on: date | None) -> tuple[years.Period, ...]:
    """Return the periods from a day to today of the kind that "each financial year" names; () where it names none."""
    kind = _kind(words)
    return _within(kind, start, on) if kind and start and on and start <= on else ()


def _words(texts: Sequence[str]) -> str:
    return " ".join(texts)[:_LONGEST]


def _kind(words: str) -> str:
    """Return the kind of period that answers are wanted by, "" where the words do not say."""
    found = _EACH.search(words)
    if found is None:
        return ""
    unit = (found["unit"] or _OFTEN.get((found["often"] or "").lower(), "year")).lower().rstrip("s")
    if unit != "year":
        return unit
    named = (found["kind"] or "calendar").lower()
    return f"{_KINDS.get(named, named)}-year"


def _divides(kind: str, period: years.Period) -> bool:
    days = (period.end - period.start).days
    return days > {"month": 31, "quarter": 92}.get(kind, 366)


def _within(kind: str, first: date, last: date) -> tuple[years.Period, ...]:
    try:
        return years.periods(kind, first, last)
    except refusals.WrongInput:
        return ()
