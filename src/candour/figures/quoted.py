"""What stands behind a figure that is quoted: who published it, when, where, and what else was said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from candour.figures import models
from candour.figures import queries as figures
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Body


@dataclass(frozen=True)
class Statement:
    """One figure as it was published: of which period and facts, in which document; kept here by entry `number`."""

    number: int
    label: str
    facts: Mapping[str, str]
    value: int
    document: str
    said_on: date


def statements(body: Body, measure: str, days: tuple[date, date], as_at: AsAt, about: str = "") -> list[Statement]:
    """Return what was published of a measure and the days of a period, the latest first, as said by the as-at day.

    `about`: whose figures; "" for the body's own, from before its register existed.
    """
    start, end = days
    rows = models.Statement.objects.filter(
        body=body.pk, measure=measure, about=about, start=start, end=end, said_on__lte=as_at.day
    )
    return [
        Statement(row.opened, row.label, row.only, row.value, row.document, row.said_on)
        for row in rows.known(as_at.number).order_by("-said_on", "-opened", "pk")
    ]


def tables(body: Body, measure: str, days: tuple[date, date]) -> Iterator[figures.Row]:
    """The tables that were published from here of a measure, and that have a number for those days; two queries."""
    start, end = (day.isoformat() for day in days)
    rows = models.Published.objects.filter(body=body.pk, measure=measure, closed=None)
    told = dict(rows.values_list("opened", "told"))
    fit = {
        number
        for number, one in told.items()
        if any((period["start"], period["end"]) == (start, end) for period in one["asked"]["periods"])
    }
    return (row for row in figures.published(body) if row.number in fit)
