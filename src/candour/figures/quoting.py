"""Deeds about what others published: kept as a whole with the digest of its file, and taken back as a whole."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction

from candour.figures import definitions, models
from candour.figures.actions import check_filter
from candour.ledger import chain
from candour.ledger import queries as ledger
from candour.ledger.seal import canonical
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed


class Figure(Protocol):
    """One number that others published: of which period, of what kind, whose."""

    @property
    def period(self) -> years.Period: ...
    @property
    def only(self) -> Mapping[str, str]: ...
    @property
    def about(self) -> str: ...
    @property
    def value(self) -> int: ...


@transaction.atomic
def load(
    body: Body, figures: Sequence[Figure], *, measure: str, document: str, said_on: date, sha256: str, by: Person,
    at: datetime,
) -> tuple[int | None, int]:  # fmt: skip
    """Keep what others published about a measure, as one deed; return its ledger number and how many figures are new.

    The entry holds the digest of the file and of the figures. What is kept already is left out; where nothing is new
    there is no deed, and no number.
    """
    definitions.measure(body.pk, measure, ledger.head(body.pk).number)
    for names in {tuple(one.only) for one in figures}:
        check_filter(dict.fromkeys(names, ""))
    if said_on > years.london_day(at):
        raise WrongInput(f"{years.spoken(said_on)} is still to come; give the day on which it was published")
    actor = people.require(by, Deed.ADD_STATEMENT, at, body)
    own: dict[str, Any] = {"body": body.pk, "measure": measure, "document": document, "said_on": said_on}
    with chain.extend(body.pk, by=actor, at=at) as end:
        kept = {_key(row) for row in models.Statement.objects.filter(**own, closed=None)}
        rows = [row for one in figures if _key(row := _row(one, own)) not in kept]
        if not rows:
            return None, 0
        facts = {"measure": measure, "said_on": said_on.isoformat(), "figures": len(rows), "sha256": sha256}
        number = end.enter(Deed.ADD_STATEMENT, measure, {**facts, "digest": digest(rows)}, {"document": document})
    for row in rows:
        row.opened = number
    models.Statement.objects.bulk_create(rows, batch_size=1000)
    return number, len(rows)


def digest(rows: Iterable[models.Statement]) -> str:
    """Return the digest of figures that came in together, by which their entry knows them."""
    return hashlib.sha256(canonical(sorted(_key(row) for row in rows)).encode()).hexdigest()


def _row(one: Figure, own: Mapping[str, Any]) -> models.Statement:
    period = one.period
    return models.Statement(
        **own, about=one.about, only=dict(one.only), label=period.label, start=period.start, end=period.end,
        value=one.value,
    )  # fmt: skip


def _key(row: models.Statement) -> str:
    return canonical([row.about, row.only, row.start.isoformat(), row.end.isoformat(), row.value])


@transaction.atomic
def withdraw(body: Body, number: int, *, reason: str, by: Person, at: datetime) -> int:
    """Take back, from now on, every statement that one entry brought; what it said still comes out at its number.

    Returns how many. NotThere where the entry brought none that still stand.
    """
    actor = people.require(by, Deed.WITHDRAW_STATEMENT, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        rows = models.Statement.objects.filter(body=body.pk, opened=number, closed=None)
        found = rows.count()
        if not found:
            raise NotThere(f"entry {number} brought no statement that still stands")
        entry = end.enter(Deed.WITHDRAW_STATEMENT, str(number), {"figures": found}, {"reason": reason})
    rows.update(closed=entry)
    return found
