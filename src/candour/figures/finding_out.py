"""What it would take to find out what the register does not say: records to look at, time, and the cost limit."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from candour.figures.tables import Table
from candour.organisation.models import Body
from candour.rules import cost_limit
from candour.rules.cost_limit import Estimate, Limit
from candour.rules.refusals import NotThere, WrongInput

MOST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class Account:
    """For each fact that is not known of every record, how many records; `minutes` a record takes, None: not measured.

    `limit` is None where the body's regime sets none.
    """

    unknown: dict[str, int]
    limit: Limit | None
    minutes: Decimal | None

    def estimate(self, records: int) -> Estimate | None:
        """Hold the time for so many records against the limit; None without a limit or minutes."""
        if self.limit is None or self.minutes is None:
            return None
        return Estimate(self.limit, records, self.minutes)

    @property
    def records(self) -> int:
        """The most records there are to look at, each fact on its own."""
        return sum(self.unknown.values())

    def as_json(self) -> dict[str, Any]:
        """The key `finding_out` of interfaces `figures`."""
        minutes = None if self.minutes is None else float(self.minutes)
        return {
            "minutes_per_record": minutes,
            "limit": _limit(self.limit) if self.limit else None,
            "facts": {name: self._cost(records) for name, records in self.unknown.items()},
            "all": self._cost(self.records),
            "counts": list(cost_limit.ACTIVITIES),
        }

    def _cost(self, records: int) -> dict[str, Any]:
        estimate = self.estimate(records)
        most = cost_limit.most_minutes(self.limit, records) if self.limit and records else None
        return {
            "records": records,
            "hours": _rounded(estimate.hours) if estimate else None,
            "pounds": _rounded(estimate.pounds) if estimate else None,
            "over_limit": estimate.over if estimate else None,
            "most_minutes_within_limit": _rounded(most) if most is not None else None,
        }

    def sentences(self) -> list[str]:
        """Say it to a person, a sentence a fact, and what the limit is."""
        said = [self._sentence(name, records) for name, records in self.unknown.items()]
        if said and self.limit:
            said.append(
                f"The limit is £{self.limit.pounds}, {self.limit.hours:g} hours at £{self.limit.pounds_an_hour} an "
                f"hour ({self.limit.law}). Only these count: {'; '.join(cost_limit.ACTIVITIES)}. "
                f"{cost_limit.NOT_COUNTED}"
            )
        return said

    def _sentence(self, name: str, records: int) -> str:
        many = f"{name} is not known for {records:,} record{'s' if records > 1 else ''}"
        estimate = self.estimate(records)
        if estimate:
            than = "more than" if estimate.over else "within"
            return (
                f"{many}: {records:,} × {estimate.minutes:g} minutes = {_rounded(estimate.hours):,.2f} hours, "
                f"£{_rounded(estimate.pounds):,.2f}, {than} the limit."
            )
        if self.limit is None:
            return f"{many}."
        most = _rounded(cost_limit.most_minutes(self.limit, records))
        return f"{many}; beyond {most:g} minutes a record, measured on a sample, it would cost more than the limit."


def account(table: Table, body: Body, minutes: str | None = None) -> Account:
    """Account for what a table's facts are not known for; `minutes` a record as typed. WrongInput for no number."""
    unknown = {
        name: counts["of"] - counts["known"]
        for name, counts in table.completeness.items()
        if counts["of"] > counts["known"]
    }
    try:
        limit = cost_limit.limit(body.regime, body.kind, table.as_at.day)
    except NotThere:
        limit = None
    return Account(unknown, limit, _minutes(minutes))


def _minutes(text: str | None) -> Decimal | None:
    if not text:
        return None
    if not text.replace(".", "", 1).isdecimal() or not 0 < Decimal(text) <= MOST_MINUTES:
        raise WrongInput(f"“{text}” is not a number of minutes a record; give one such as 5 or 2.5")
    return Decimal(text)


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "pounds": limit.pounds, "hours": float(limit.hours), "pounds_an_hour": limit.pounds_an_hour, "law": limit.law,
        "source": limit.source, "valid_from": limit.valid_from.isoformat(),
    }  # fmt: skip


def _rounded(number: Decimal) -> float:
    return float(number.quantize(Decimal("0.01"), ROUND_HALF_UP))
