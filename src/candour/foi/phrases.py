"""Wording that every answer shares: the answers a requester offered, sentences, names inside a sentence."""

from collections.abc import Sequence

from candour.reading.requests import Question
from candour.rules import years

_WITH_ARTICLE = {"Cabinet", "Department", "Home", "Ministry", "Office"}
_YEARS = {"financial-year", "calendar-year", "tax-year", "academic-year"}


def offered(question: Question, word: str) -> str:
    """Return the answer that the requester offered and that begins with `word`, as they wrote it, else the word.

    "Only since (date)" comes back without its brackets.
    """
    fits = [one for one in question.offered if one.casefold().startswith(word.casefold())]
    return fits[0].split(" (")[0] if fits else word


def sentence(text: str) -> str:
    """Make one sentence of a note: a capital first, one full stop last."""
    text = text.strip()
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""


def the(name: str) -> str:
    """Return a department as a sentence names it: "the Ministry of Samples"."""
    return f"the {name}" if name.split(maxsplit=1)[0] in _WITH_ARTICLE else name


def these(periods: Sequence[years.Period]) -> str:
    """Say what several periods are together: years or periods."""
    return "years" if all(period.kind in _YEARS for period in periods) else "periods"


def listed(names: Sequence[str]) -> str:
    """Name one or more: "2011/12, 2012/13 and 2013/14"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
