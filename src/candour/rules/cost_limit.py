"""What finding information out may cost before a request can be refused for it (FOIA s.12), and what it would cost."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from candour.rules.refusals import NotThere

ACTIVITIES = (
    "determining whether the information is held",
    "locating it, or a document that may contain it",
    "retrieving it, or such a document",
    "extracting it from a document that contains it",
)
"""The only activities whose time counts (SI 2004/3244, regulation 4(3))."""
NOT_COUNTED = "Reading it through, taking out what is exempt, weighing exemptions, drafting and approving do not count."
MINUTES = 60


@dataclass(frozen=True)
class Limit:
    """One limit as a law sets it, from a day on (and until one, inclusive); `kinds` of body, () for all others."""

    regime: str
    pounds: int
    pounds_an_hour: int
    valid_from: date
    law: str
    source: str
    valid_to: date | None = None
    kinds: tuple[str, ...] = field(default=())

    @property
    def hours(self) -> Decimal:
        return Decimal(self.pounds) / self.pounds_an_hour

    def holds(self, regime: str, day: date) -> bool:
        return self.regime == regime and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Estimate:
    """What it takes to look at so many records for so many minutes each, held against a limit."""

    limit: Limit
    records: int
    minutes: Decimal

    @property
    def hours(self) -> Decimal:
        return self.records * self.minutes / MINUTES

    @property
    def pounds(self) -> Decimal:
        return self.hours * self.limit.pounds_an_hour

    @property
    def over(self) -> bool:
        """Whether it would cost more than the limit: at the limit itself it does not."""
        return self.pounds > self.limit.pounds


@cache
def limits() -> tuple[Limit, ...]:
    """Return every limit, as dated rows."""
    rows = tomllib.loads(resources.files(__package__).joinpath("cost_limit.toml").read_text(encoding="utf-8"))
    return tuple(Limit(**{**row, "kinds": tuple(row.get("kinds", ()))}) for row in rows["limit"])


def limit(regime: str, kind: str, day: date) -> Limit:
    """Return the limit for a kind of body on a day; NotThere for a regime that has none, or a day before it began."""
    rows = [row for row in limits() if row.holds(regime, day) and (kind in row.kinds or not row.kinds)]
    if not rows:
        raise NotThere(f"there is no cost limit under {regime} on {day.isoformat()}")
    return next((row for row in rows if row.kinds), rows[0])


def most_minutes(limit_: Limit, records: int) -> Decimal:
    """Return how many minutes a record may take before so many of them cost more than the limit."""
    return limit_.hours * MINUTES / records
