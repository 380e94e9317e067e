"""What a measure gives for its incidents: how many, a number of theirs added up or the middle one, how many open."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from candour.figures import elapsed
from candour.rules.refusals import WrongInput


class How(StrEnum):
    """How the incidents of a cell make its number."""

    COUNT = "count"
    SUM = "sum"
    MEDIAN = "median"
    OPEN = "open"


@dataclass(frozen=True)
class Value:
    """One kind of value: its unit, how it is made, and the fact of an incident that it rests on (None: none)."""

    slug: str
    unit: str
    how: How
    says: str
    fact: str | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the numbers of several cells may be added; medians may not."""
        return self.how is not How.MEDIAN


VALUES = {
    value.slug: value
    for value in (
        Value("incidents", "incidents", How.COUNT, "how many incidents"),
        Value("open", "incidents", How.OPEN, "how many incidents were open at the end of the period"),
        Value("people", "people", How.SUM, "people affected, added up", "people_affected"),
        Value("people-at-most", "people", How.SUM, "people affected at most, added up", "people_affected_at_most"),
        Value("people-median", "people", How.MEDIAN, "people affected by the middle incident", "people_affected"),
        Value("days-to-report", "days", How.MEDIAN, "days from discovery to the report, middle", "days_to_report"),
        Value("devices", "devices", How.SUM, "devices, added up", "devices"),
        Value("cost", "pounds", How.SUM, "cost in pounds, added up", "cost_pounds"),
    )
}


def value(slug: str) -> Value:
    """Return a kind of value by its slug; WrongInput names those there are."""
    if slug not in VALUES:
        raise WrongInput(f"{slug!r} is not a kind of value; it is one of {', '.join(VALUES)}")
    return VALUES[slug]


def expression(slug: str, alias: str) -> str:
    """Write what an incident gives, in SQL over a version under an alias; "1" where incidents are counted."""
    fact = VALUES[slug].fact
    if fact is None:
        return "1"
    if fact == "people_affected_at_most":
        return f"coalesce({alias}.people_affected_at_most, {alias}.people_affected)"
    if fact == "days_to_report":
        return days_to_report(alias)
    return f"{alias}.{fact}"


def days_to_report(alias: str) -> str:
    """Write the days from discovery to telling the ICO; NULL where a day is not known, approximate or out of order."""
    days = days_between(f"{alias}.discovered_on", f"{alias}.told_ico_on")
    return f"(case when {days} >= 0 and {elapsed.exact_days(alias)} then {days} end)"


def days_between(first: str, last: str) -> str:
    """Write how many days lie between two columns of days."""
    if connection.vendor == "postgresql":
        return f"({last} - {first})"
    return f"cast(julianday({last}) - julianday({first}) as integer)"
