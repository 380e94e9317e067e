"""What the ledger says was done to incidents, and which of it still stands: what was taken back is as if never done."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.ledger import models as ledger
from candour.rules import years
from candour.rules.rights import Deed

GRAMMAR = "incident."
"""How the name of a deed on an incident begins; other deeds may have a subject of the same text."""

_AT_ONCE = 500


@dataclass(frozen=True)
class Done:
    """One deed on an incident: the entry's number, what it says in the clear, and the names of the words it seals."""

    number: int
    deed: str
    facts: dict[str, Any]
    words: frozenset[str]

    @property
    def records(self) -> bool:
        """Say whether the deed says all there is to believe of an incident, from the day it was logged."""
        return "said" in self.facts and "changes" not in self.facts

    @property
    def back_to(self) -> int | None:
        """The ledger number after which deeds are as if never done, where the deed takes them back."""
        return self.facts.get("as_at")


def about(body: int, references: Sequence[str]) -> dict[str, list[Done]]:
    """Return every deed on each of these incidents, oldest first; one query for every 500."""
    found: dict[str, list[Done]] = {}
    for start in range(0, len(references), _AT_ONCE):
        entries = ledger.Entry.objects.filter(
            body=body, subject__in=references[start : start + _AT_ONCE], deed__startswith=GRAMMAR
        )
        rows = entries.order_by("number").values_list("subject", "number", "deed", "content")
        for subject, number, deed, content in rows:
            found.setdefault(subject, []).append(done(number, deed, content))
    return found


def holds_from(deed: str, at: datetime, facts: Mapping[str, Any]) -> date:
    """Return the first day that a deed speaks of: what is believed of an earlier one has nothing to do with it.

    A record speaks from the day the incident was logged, a change from its own day, a correction from the beginning.
    """
    if "from" in facts:
        return date.fromisoformat(facts["from"])
    if deed == Deed.CORRECT:
        return date.min
    logged = facts.get("said", {}).get("logged_on")
    return date.fromisoformat(logged) if logged else years.london_day(at)


def done(number: int, deed: str, content: str) -> Done:
    said = json.loads(content)
    return Done(number, deed, said["facts"], frozenset(said.get("words", ())))


def standing(deeds: Iterable[Done]) -> list[Done]:
    """Leave out what was taken back since, and what took it back."""
    stand: list[Done] = []
    for one in deeds:
        if one.back_to is None:
            stand.append(one)
        else:
            stand = [earlier for earlier in stand if earlier.number <= one.back_to]
    return stand
