"""The measures that a body defined for itself, beside the standard ones: looked up as known at a ledger number."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.figures import measures, models
from candour.figures.measures import Measure
from candour.ledger import models as ledger
from candour.rules import years
from candour.rules.refusals import WrongInput


def measure(body: int, slug: str, number: int) -> Measure:
    """Return a measure as it was defined at a ledger number.

    WrongInput: none of that name (names those there are), not yet defined then, or retired by then, with what to do.
    """
    if slug in measures.BY_SLUG:
        return measures.BY_SLUG[slug]
    row = models.Definition.objects.filter(body=body, slug=slug).known(number).first()
    return _measure(row) if row else _refuse(body, slug, number)


def _refuse(body: int, slug: str, number: int) -> Measure:
    rows = models.Definition.objects.filter(body=body, slug=slug)
    first = rows.order_by("opened").first()
    gone = rows.filter(closed__lte=number).order_by("-closed").first()
    if first is None:
        names = ", ".join([*measures.BY_SLUG, *(one.slug for one in own(body, number))])
        raise WrongInput(f"{slug!r} is not a measure; the measures are {names}")
    if gone is None:
        raise WrongInput(f"{slug} was first defined by entry {first.opened}; ask at that ledger number or a later one")
    when = ledger.Entry.objects.filter(body=body, number=gone.closed).values_list("at", flat=True).get()
    day = years.spoken(years.london_day(when))
    raise WrongInput(
        f"{slug} was retired on {day} by entry {gone.closed}; ask at ledger number {gone.closed - 1} or an earlier "
        "one, or for another measure"
    )


def own(body: int, number: int) -> list[Measure]:
    """Return the body's own measures that were in use at a ledger number, by their slugs."""
    return [_measure(row) for row in models.Definition.objects.filter(body=body).known(number).order_by("slug")]


def ever(body: int) -> dict[str, str]:
    """Return the titles of every measure the body ever defined, by slug, the last title of each."""
    rows = models.Definition.objects.filter(body=body).order_by("opened")
    return dict(rows.values_list("slug", "title"))


def _measure(row: models.Definition) -> Measure:
    return Measure(
        row.slug, row.title, row.says, tuple(row.tiers), row.version, row.value, row.basis, only=dict(row.only)
    )


@dataclass(frozen=True)
class Version:
    """One version of a measure: from which entry and day on it held, and until which."""

    measure: Measure
    since: int
    since_day: date
    until: int | None
    until_day: date | None


def versions(body: int, slug: str) -> list[Version]:
    """Return every version of a body's own measure, the newest first; two queries."""
    rows = list(models.Definition.objects.filter(body=body, slug=slug).order_by("-opened"))
    numbers = {number for row in rows for number in (row.opened, row.closed) if number}
    moments = dict(ledger.Entry.objects.filter(body=body, number__in=numbers).values_list("number", "at"))
    days = {number: years.london_day(at) for number, at in moments.items()}
    return [
        Version(_measure(row), row.opened, days[row.opened], row.closed, days[row.closed] if row.closed else None)
        for row in rows
    ]


def as_json(one: Measure) -> dict[str, Any]:
    """Give a definition under the names that `candour measure` takes."""
    return {
        "slug": one.slug, "version": one.version, "title": one.title, "says": one.says, "tiers": list(one.tiers),
        "where": dict(one.only), "basis": one.basis, "value": one.value, "unit": one.unit,
    }  # fmt: skip
