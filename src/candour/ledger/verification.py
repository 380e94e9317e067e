"""Is the record whole: the guards, every entry's seal, every word's digest, and an outside checkpoint."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from candour.ledger import guards, models, queries, seal
from candour.ledger.coordinates import Head
from candour.rules.rights import Deed

FIELDS = ("number", "at", "person", "role", "deed", "subject", "content", "previous", "digest")


@dataclass(frozen=True)
class Fault:
    """The first thing found wrong: the entry it is about (0: the tables themselves) and what."""

    number: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """What `candour verify` says of one body's chain."""

    entries: int
    head: Head
    fault: Fault | None

    @property
    def ok(self) -> bool:
        return self.fault is None


def verify(body: int, expect: tuple[int, str] | None = None) -> Verdict:
    """Read a body's whole chain and return the first fault; `expect` is a number and digest kept outside."""
    fault = _guards() or _chain(body) or _checkpoint(body, expect)
    return Verdict(models.Entry.objects.filter(body=body).count(), queries.head(body), fault)


def _guards() -> Fault | None:
    fallen = guards.fallen()
    return Fault(0, f"the guard {fallen[0]} is gone, disabled or changed") if fallen else None


def _chain(body: int) -> Fault | None:
    texts = _texts(body)
    expected, previous, sealed = 1, seal.BEGINNING, False
    for row in models.Entry.objects.filter(body=body).order_by("number").values_list(*FIELDS).iterator(5000):
        fault = _after_seal(row[0], sealed=sealed) or _entry(body, row, expected, previous) or _words(row, texts)
        if fault:
            return fault
        expected, previous, sealed = expected + 1, row[-1], row[4] == Deed.SEAL
    left = next(texts, None)
    return Fault(left[0], "there are words of an entry that is not there") if left else None


def _after_seal(number: int, *, sealed: bool) -> Fault | None:
    return Fault(number, "the entry was made after the chain was sealed") if sealed else None


def _entry(body: int, row: tuple[Any, ...], expected: int, previous: str) -> Fault | None:
    number, at, person, role, deed, subject, content, before, digest = row
    if number != expected:
        return Fault(expected, "the entry is missing" if number > expected else "the entry stands twice")
    if before != previous:
        return Fault(number, "the entry does not follow the one before it")
    actor = seal.Actor(person, role)
    if seal.seal(before, body, number, seal.moment(at), actor, deed, subject, content) != digest:
        return Fault(number, "the entry was changed")
    return None


Text = tuple[int, dict[str, tuple[str | None, str | None, object]]]


class _Ahead:
    """An iterator over the words of a body, by entry, that can be looked at before it is taken."""

    def __init__(self, groups: Iterator[Text]) -> None:
        self._groups = groups
        self._next = next(groups, None)

    def __iter__(self) -> "_Ahead":
        return self

    def __next__(self) -> Text:
        if self._next is None:
            raise StopIteration
        taken, self._next = self._next, next(self._groups, None)
        return taken

    def of(self, number: int) -> dict[str, tuple[str | None, str | None, object]]:
        return next(self)[1] if self._next is not None and self._next[0] == number else {}


def _texts(body: int) -> _Ahead:
    rows = models.Words.objects.filter(body=body).order_by("number", "field")
    values = rows.values_list("number", "field", "salt", "text", "erased_at").iterator(5000)
    return _Ahead((number, {row[1]: row[2:] for row in group}) for number, group in groupby(values, itemgetter(0)))


def _words(row: tuple[Any, ...], texts: _Ahead) -> Fault | None:
    sealed: dict[str, str] = json.loads(row[6]).get("words", {})
    kept = texts.of(row[0])
    if set(kept) != set(sealed):
        return Fault(row[0], "words of the entry are missing or were added")
    for name, (salt, text, erased_at) in kept.items():
        if erased_at is None and seal.salted(text or "", salt or "") != sealed[name]:
            return Fault(row[0], f"the words of {name} were changed")
    return None


def _checkpoint(body: int, expect: tuple[int, str] | None) -> Fault | None:
    if expect is None:
        return None
    number, digest = expect
    last = queries.head(body).number
    if last < number:
        return Fault(last + 1, f"the end was cut off: the checkpoint names entry {number}")
    if queries.digest(body, number) != digest:
        return Fault(number, "the entry is not the one of the checkpoint")
    return None
