"""What was reported, asked and answered, as sentences of an incident's history."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from candour.ledger import queries as ledger
from candour.rules import years
from candour.rules.rights import Deed

CHANNELS = {
    "web": "through the reporting page",
    "telephone": "by telephone",
    "mail": "by e-mail",
    "paper": "on a paper form",
    "in-person": "in person",
}


def _reported(event: ledger.Event) -> str:
    return " ".join(_of_report(event))


def _of_report(event: ledger.Event) -> Iterator[str]:
    facts = event.facts
    yield f"Reported {CHANNELS.get(facts.get('channel', ''), 'to this register')}."
    told = datetime.fromisoformat(facts["told_at"]) if "told_at" in facts else event.at
    if told != event.at:
        here = told.astimezone(years.LONDON)
        yield f"We were told on {years.spoken(here.date())} at {here:%H:%M}."
    if facts["said"].get("immediate_risk") == "yes":
        yield "Somebody could have come to harm that day."
    if facts.get("claims", {}).get("near_miss"):
        yield "It was reported as a near miss."


def _asked(event: ledger.Event) -> str:
    return f"The reporter was asked: {_text(event, 'question')}"


def _answered(event: ledger.Event) -> str:
    return f"The reporter wrote: {_text(event, 'answer')}"


def _text(event: ledger.Event, name: str) -> str:
    return event.words.get(name) or "(erased)"


SENTENCES: Mapping[str, Callable[[ledger.Event], str]] = {
    Deed.REPORT: _reported,
    Deed.ASK_REPORTER: _asked,
    Deed.REPORTER_ANSWERS: _answered,
}
"""The sentence of each deed, by its name in the ledger."""
