"""An incident enters this register itself: reported, told by telephone, or made from another by splitting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from candour.incidents import deed, models, writing
from candour.incidents import facts as vocabulary
from candour.incidents.done import Done
from candour.ledger import chain
from candour.organisation.models import Body, Person
from candour.rules.rights import Deed

PATTERN = "{year}-{serial:04}"
NEWEST = 50
"""Incidents among which the last reference of this register is looked for; after a load it may lie behind them."""


def record(
    body: Body,
    facts: Mapping[str, Any],
    *,
    words: deed.Words,
    by: Person | None,
    at: datetime,
    kind: Deed = Deed.REPORT,
    also: Mapping[str, Any] | None = None,
    codes: Mapping[str, str] | None = None,
) -> tuple[str, Done]:
    """Record a new incident, logged today, in the transaction that is open; return its reference and what was done.

    `facts` are columns of a version, days as dates; without `triaged` it is untriaged, and counts as undetermined.
    `by` None: somebody without an account. Raises NotAllowed, and Conflict where the clock is wrong.
    """
    actor = deed.acting(body, kind, by=by, at=at)
    with chain.extend(body.pk, by=actor, at=at) as end:
        today = end.day
        reference = _next(body, today.year)
        said = vocabulary.settle(
            {"standing": vocabulary.COUNTED, "triaged": "no", "source": vocabulary.HERE, "logged_on": today, **facts}
        )
        plain = {name: deed.plain(value) for name, value in said.items() if value is not None}
        number = end.enter(kind, reference, {"codes": dict(codes or {}), "said": plain, **(also or {})}, words)
        sheet = writing.Sheet(body.pk, today)
        sheet.incident(number, reference)
        sheet.describe(number, reference, words.get("description"), number)
        days = writing.open_ended(said["logged_on"])
        sheet.version(number, said, number, days)
        for scheme, code in (codes or {}).items():
            sheet.coding(number, scheme, code, number, days)
        sheet.write()
    return reference, Done(number, number, {})


def _next(body: Body, year: int) -> str:
    """The next reference of the year, under the chain's lock; it costs the same however many there are."""
    mine = models.Incident.objects.filter(body=body.pk)
    serial = _last(mine, year) + 1
    while mine.filter(reference=(reference := PATTERN.format(year=year, serial=serial))).exists():
        serial += 1
    return reference


def _last(mine: QuerySet[models.Incident], year: int) -> int:
    """The last serial of the year: that of the newest incident that has one, else how many have one."""
    for reference in mine.order_by("-number").values_list("reference", flat=True)[:NEWEST]:
        begins, _, serial = reference.partition("-")
        if begins == str(year) and serial.isdecimal():
            return int(serial)
    return mine.filter(reference__gte=f"{year}-", reference__lt=f"{year}.").count()  # "." comes after "-"
