"""Two at once, and twice the same: a deed decided on a page is done only while the incident stands as the page said."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from candour.incidents import history, models, queries
from candour.ledger import chain
from candour.ledger import models as ledger_models
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Body, Person
from candour.rules.refusals import Conflict


@dataclass(frozen=True)
class Difference:
    """One fact that is not as the page said: its label, what it was then, and what it is now."""

    label: str
    then: str
    now: str


class Moved(Conflict):
    """The incident moved since the page was drawn; who sent the form sees how, and decides."""

    def __init__(self, reference: str, seen: int) -> None:
        super().__init__(f"{reference} has changed since you opened the page")
        self.reference, self.seen = reference, seen


class SentBefore(Exception):  # noqa: N818 - a word to the door: what was asked for is done
    """The same form was taken a moment ago: somebody pressed twice."""


@contextmanager
def still(body: Body, reference: str | None, seen: int | None, *, by: Person, once: str = "") -> Iterator[None]:
    """Do what the block does if the incident stands as it stood at ledger number `seen`, in one transaction.

    The chain is held meanwhile, so nothing comes between. `once` is the token of the form. Raises Moved, SentBefore.
    """
    with transaction.atomic():
        chain.hold(body.pk)
        last = models.Sent.objects.filter(body=body.pk, person=by.number)
        if once and last.filter(token=once).exists():
            raise SentBefore
        if reference and seen is not None and _since(body, reference, seen):
            raise Moved(reference, seen)
        yield
        if once:
            models.Sent.objects.update_or_create(body=body.pk, person=by.number, defaults={"token": once})


def _since(body: Body, reference: str, seen: int) -> bool:
    return ledger_models.Entry.objects.filter(body=body.pk, subject=reference, number__gt=seen).exists()


@dataclass(frozen=True)
class Account:
    """What happened between a page and the form that came from it; `head` is the number that a new page carries."""

    sentences: list[history.Sentence]
    differences: list[Difference]
    head: int


def account(body: Body, reference: str, seen: int, *, by: Person, today: date) -> Account:
    """Tell what was done since, and how words and facts stood and stand; NotThere where it is not theirs to see now."""
    head = ledger.head(body.pk).number
    since = [one for one in history.sentences(body, reference) if one.number > seen]
    then, now = (
        _said(queries.incident(body, reference, AsAt(today, number), by=by, today=today)) for number in (seen, head)
    )
    labels = [label for label in now if then.get(label) != now[label]]
    return Account(since, [Difference(label, then[label], now[label]) for label in labels], head)


def _said(found: queries.Incident) -> dict[str, str]:
    """What an incident says of itself: what happened in words, and its facts."""
    return {"What happened": found.description or "", **{fact.label: fact.words for fact in found.facts}}
