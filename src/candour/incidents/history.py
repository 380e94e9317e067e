"""The history of an incident as sentences: from what, to what, who, when, why."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.incidents import (
    entries,
    history_of_files,
    history_of_notices,
    history_of_reports,
    history_of_retention,
    history_of_triage,
    history_of_work,
)
from candour.incidents import facts as vocabulary
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation.models import Body
from candour.organisation.people import title
from candour.rules import schemes, years
from candour.rules.rights import Deed

_LABELS = {fact.column: fact.label for fact in vocabulary.FACTS} | {
    "tier": "Tier",
    "standing": "Standing",
    "code:cabinet-office": "Cabinet Office category",
    "told_ico": "Told the ICO",
}
_SILENT = {"tier_basis"}
_OWN = {**history_of_reports.SENTENCES, **history_of_retention.SENTENCES}
"""Deeds that have sentences of their own, by name."""
_BEFORE = {
    **history_of_triage.SENTENCES,
    **history_of_work.SENTENCES,
    **history_of_files.SENTENCES,
    **history_of_notices.SENTENCES,
}
"""Deeds that say something before what they changed, with the names of people."""
_IMPLIED = {**history_of_triage.IMPLIED, **history_of_work.IMPLIED}
"""Facts that the sentence of a deed says already."""
_DISPOSALS = frozenset({Deed.DISPOSE, Deed.REPEAT_DISPOSAL})
ERASED = "(erased)"


@dataclass(frozen=True)
class Sentence:
    """One deed on an incident, as a page says it."""

    number: int
    at: datetime
    who: str
    words: str
    reason: str


def sentences(body: Body, reference: str) -> list[Sentence]:
    """Return the history of an incident, the newest first; two queries, one more where words were erased."""
    told = events(body, reference)
    return tell(told, names(body, told))


def events(body: Body, reference: str, as_at: AsAt | None = None) -> list[ledger.Event]:
    """Return what was done with an incident, oldest first; of an earlier standpoint only what was done by then.

    That is what the record knew at the number and what speaks of the day: a load of later years tells of it, too.
    """
    found = ledger.events(body.pk, reference)
    if any(text is None for event in found for text in event.words.values()):
        found = sorted([*found, *history_of_retention.disposals(body.pk, reference)], key=lambda event: event.number)
    if as_at is None:
        return found
    known = [event for event in found if event.number <= as_at.number]
    return [event for event in known if entries.holds_from(event.deed, event.at, event.facts) <= as_at.day]


def names(body: Body, told: Iterable[ledger.Event], also: Iterable[int] = ()) -> dict[int, str]:
    """Return the names of who acted in these deeds and of whom they name, and of others besides; one query."""
    numbers = {number for event in told for number in (event.person, *history_of_triage.mentioned(event))}
    return people.names(body, numbers.union(also))


def tell(told: Iterable[ledger.Event], names_: Mapping[int, str]) -> list[Sentence]:
    """Return the sentences of deeds, the newest first. Who did what was disposed of since is not named."""
    said = [event for event in told if _speaks_of_it(event.deed)]
    erased = max((event.number for event in said if event.deed in _DISPOSALS), default=0)
    return [_sentence(event, names_ if event.number >= erased else {}) for event in reversed(said)]


def _speaks_of_it(deed: str) -> bool:
    return deed.startswith(entries.GRAMMAR) or deed in _OWN or deed in _BEFORE


def _sentence(event: ledger.Event, names: Mapping[int, str]) -> Sentence:
    who = f"{names.get(event.person, 'somebody')} ({title(event.role)})"
    reason = event.words.get("reason", "")
    return Sentence(event.number, event.at, who, _words(event, names), ERASED if reason is None else reason)


def _words(event: ledger.Event, names: Mapping[int, str]) -> str:
    facts = event.facts
    if event.deed in _OWN:
        return _OWN[event.deed](event)
    if event.deed == "incident.recorded":
        return f"Recorded from {facts['said'].get('source', 'this register')}, as {facts['said']['tier']}."
    if "as_at" in facts and "changes" not in facts:
        return f"An update was taken back, from {_day(facts['from'])}."
    updated = [f"Updated from {facts['said'].get('source')}, from {_day(facts['from'])}."] if _updates(facts) else []
    how = "corrected" if event.deed == "incident.corrected" else "changed"
    more = ["The reporter told more."] if event.deed == Deed.TELL_MORE else []
    first = [_BEFORE[event.deed](event, names)] if event.deed in _BEFORE else [*more, *updated]
    implied = _IMPLIED.get(event.deed, set())
    changes = {name: both for name, both in facts.get("changes", {}).items() if name not in implied}
    said = [*first, *_changes(changes, how, years.london_day(event.at)), *_follows(facts), *_texts(event)]
    return " ".join(sentence for sentence in said if sentence)


def _updates(facts: Mapping[str, Any]) -> bool:
    return "said" in facts and "from" in facts


def _changes(changes: Mapping[str, list[Any]], how: str, on: date) -> Iterator[str]:
    for name, (before, after) in changes.items():
        if name not in _SILENT:
            said = [_value(_category(name, value, on)) for value in (before, after)]
            yield f"{_label(name)} {how} from {said[0]} to {said[1]}."


def _label(name: str) -> str:
    """The name of a fact, or of a scheme, as the history says it."""
    slug = name.removeprefix("code:")
    if name in _LABELS or slug == name:
        return _LABELS.get(name, name)
    return f"Category ({schemes.scheme(slug).title if slug in schemes.slugs() else slug})"


def _category(name: str, value: Any, on: date) -> Any:
    """A code as its scheme words it on a day; one that people know by heart, and what is no code, as it is."""
    slug = name.removeprefix("code:")
    if slug == name or slug not in schemes.slugs() or value is None or str(value).isupper():
        return value
    return f"“{schemes.scheme(slug).label(value, on) or value}”"


def _follows(facts: Mapping[str, Any]) -> Iterator[str]:
    """What moved besides what was stated, by the days it moved for: the tier that follows, and how sure a fact is."""
    for day, moved in facts.get("follows", {}).items():
        if "tier" in moved:
            before, after = moved["tier"]
            yield f"So the tier moved from {before} to {after}, from {_day(day)}."
        yield from _marks(*moved.get("precision", (None, None)))


def _marks(before: str | None, after: str | None) -> Iterator[str]:
    was, is_ = (json.loads(text or "{}") for text in (before, after))
    for name in sorted({**was, **is_}):
        if was.get(name) != is_.get(name):
            label = _LABELS[vocabulary.column(name)]
            yield f"{label} is now {is_.get(name, 'exact')}, was {was.get(name, 'exact')}."


def _texts(event: ledger.Event) -> Iterator[str]:
    if "description" in event.words:
        yield "Description written anew."


def _value(value: Any) -> str:
    if value is None:
        return "not stated"
    return _day(value) if isinstance(value, str) and len(value) == len("2016-03-10") else str(value)


def _day(text: str | None) -> str:
    try:
        return years.spoken(date.fromisoformat(text or ""))
    except ValueError:
        return text or "now"
