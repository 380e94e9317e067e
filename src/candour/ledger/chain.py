"""The growing end of one body's chain, held under lock for the length of a transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from candour.ledger import models, rows, seal
from candour.rules import years
from candour.rules.refusals import Conflict
from candour.rules.rights import Deed

ENTRY = ("body", "number", "at", "person", "role", "deed", "subject", "content", "previous", "digest")
WORDS = ("body", "number", "field", "salt", "text")
BACKWARDS = timedelta(seconds=60)
"""How far a clock may be behind the last entry before the deed is refused."""

_LOCK = 0x63616E64
"""The first half of the advisory lock's key; the second is the body."""


class Chain:
    """Entries are made in memory and written together when `extend` ends."""

    def __init__(self, body: int, by: seal.Actor, at: datetime) -> None:
        self.body, self.by = body, by
        self.number, self._digest, last, deed = _head(body)
        if deed == Deed.SEAL:
            raise Conflict("this body’s record was sealed when its work went to another; it can be read, not added to")
        if last and at < last - BACKWARDS:
            raise Conflict(f"the clock is wrong: it says {at:%d %B %Y %H:%M}, and the record's last entry is later")
        self.at = max(at, last) if last else at
        self._moment = seal.moment(self.at)
        self._entries: list[tuple[Any, ...]] = []
        self._words: list[tuple[Any, ...]] = []

    @property
    def day(self) -> date:
        """The London day on which entries are made."""
        return years.london_day(self.at)

    def enter(
        self, deed: str, subject: str, facts: Mapping[str, Any], words: Mapping[str, str | None] | None = None
    ) -> int:
        """Add one entry and return its number; `words` are kept apart and sealed only as salted digests."""
        self.number += 1
        digests = {name: self._keep(name, text) for name, text in (words or {}).items() if text}
        content = seal.canonical({"facts": facts, "words": digests} if digests else {"facts": facts})
        previous = self._digest
        self._digest = seal.seal(previous, self.body, self.number, self._moment, self.by, deed, subject, content)
        self._entries.append(
            (
                self.body,
                self.number,
                self.at,
                self.by.number,
                self.by.role,
                deed,
                subject,
                content,
                previous,
                self._digest,
            )
        )
        return self.number

    def _keep(self, name: str, text: str) -> str:
        salt = seal.salt()
        self._words.append((self.body, self.number, name, salt, text))
        return seal.salted(text, salt)

    def write(self) -> None:
        adapt = connection.ops.adapt_datetimefield_value
        moment = adapt(self.at) if connection.vendor == "sqlite" else self.at
        rows.insert(models.Entry, ENTRY, ((*entry[:2], moment, *entry[3:]) for entry in self._entries))
        rows.insert(models.Words, WORDS, self._words)


def hold(body: int) -> None:
    """Take the body's lock until the transaction ends; SQLite's is the transaction itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, body])


def _head(body: int) -> tuple[int, str, datetime | None, str]:
    """Take the body's lock until the transaction ends and read the chain's end."""
    hold(body)
    entries = models.Entry.objects.filter(body=body).order_by("-number")
    return entries.values_list("number", "digest", "at", "deed").first() or (0, seal.BEGINNING, None, "")


@contextmanager
def extend(body: int, *, by: seal.Actor, at: datetime) -> Iterator[Chain]:
    """Extend a body's chain by what is entered inside the block; an open transaction is required (RuntimeError).

    `at` is an aware moment; a clock more than 60 s behind the last entry raises Conflict, and so does a sealed chain.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a deed and its entry belong to one transaction")
    chain = Chain(body, by, at)
    yield chain
    chain.write()
