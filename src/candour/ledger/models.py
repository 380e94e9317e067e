"""The chained entries, the words that may be erased, and the shape of every table with history."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from candour.ledger.coordinates import AsAt

OPEN = date(9999, 12, 31)
"""`held_until` of what is believed to hold from a day on."""


class Entry(models.Model):
    """One deed in a body's chain. Never altered, never deleted; no foreign keys: it outlives what it speaks of."""

    body = models.IntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    person = models.IntegerField()
    role = models.TextField()
    deed = models.TextField()
    subject = models.TextField()
    content = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="one_chain_a_body")]
        indexes = [
            models.Index(fields=["body", "at", "number"], name="entry_by_moment"),
            models.Index(fields=["body", "subject", "number"], name="entry_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.deed} {self.subject}"


class Words(models.Model):
    """One text that an entry holds only as a salted digest; retention sets text and salt to NULL, no more."""

    body = models.IntegerField()
    number = models.BigIntegerField()
    field = models.TextField()
    salt = models.TextField(null=True)
    text = models.TextField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number", "field"], name="one_text_a_field")]
        indexes = [
            models.Index(
                fields=["body", "number"],
                condition=models.Q(field="reporter", text__isnull=False),
                name="names_of_reporters",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.field}"


class KnownQuerySet(models.QuerySet[Any]):
    """Questions that every table the ledger dates answers the same way."""

    def known(self, number: int) -> Self:
        """Keep what the record knew at a ledger number."""
        return self.filter(Q(closed=None) | Q(closed__gt=number), opened__lte=number)

    def as_at(self, as_at: AsAt) -> Self:
        """Keep what held at the end of a day, as the record knew it at a ledger number (for tables with History)."""
        return self.known(as_at.number).filter(held_from__lte=as_at.day, held_until__gt=as_at.day)


class Known(models.Model):
    """A row that the record knew from ledger number `opened` until it was `closed`; never altered otherwise.

    `loses` names members of JSON columns that retention may take out, because they hold names; nothing else of a row
    is ever lost, and nothing of it changes.
    """

    loses: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    body = models.IntegerField()
    opened = models.BigIntegerField()
    closed = models.BigIntegerField(null=True)

    objects = KnownQuerySet.as_manager()

    class Meta:
        abstract = True


class History(Known):
    """A belief: it holds for London days `held_from <= day < held_until`, between ledger numbers."""

    held_from = models.DateField()
    held_until = models.DateField()

    class Meta(Known.Meta):
        abstract = True


class Kept(models.Model):
    """A row that is only ever added: never altered, never deleted."""

    body = models.IntegerField()

    class Meta:
        abstract = True
