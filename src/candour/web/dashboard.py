"""What whoever answers for the risk looks at: this year beside the same days of the last, and what waits for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from candour.figures import ages, questions, rendering, tables
from candour.foi import queries as requests
from candour.incidents.queries import queue
from candour.incidents.queries.lines import Line
from candour.ledger.coordinates import AsAt
from candour.rules import answers, tiers, years
from candour.rules.plurals import plural
from candour.rules.rights import Deed
from candour.web import figures, visits, wording

LINES = 5
WEEK = timedelta(days=7)
BANDS = ("up to 7 days ago", "8 to 30 days ago", "31 to 90 days ago", "over 90 days ago")
"""How the bands of `ages` are said."""
CAUSES = 5


@dataclass(frozen=True)
class Number:
    """One figure since 1 April, and that of the same days a year before; `note` says what it does not cover.

    `behind`, `behind_before`: the addresses of the incidents behind either, for those who may see them.
    """

    title: str
    now: str
    before: str
    note: str = ""
    behind: str = ""
    behind_before: str = ""


@dataclass(frozen=True)
class Year:
    """The financial year so far beside the same days of the year before, at the coordinates of a visit."""

    visit: visits.Visit

    @cached_property
    def start(self) -> date:
        return years.containing("financial-year", self.visit.today).start

    @cached_property
    def last(self) -> date:
        """The last day of this year so far that the register covers; the year before is asked for the same days."""
        so_far = years.span(self.start, self.visit.today)
        held = self.table("all-incidents", (so_far,)).groups[0].cells[0]
        return (held.until if isinstance(held, answers.HeldSince) else None) or self.visit.today

    @cached_property
    def periods(self) -> tuple[years.Period, years.Period]:
        """The same days of the year before, and this year so far."""
        before = years.containing("financial-year", self.start - timedelta(days=1)).start
        return years.span(before, _a_year_before(self.last)), years.span(self.start, self.last)

    @property
    def words(self) -> str:
        ended = self.last < self.visit.today
        return f"From 1 April to {years.spoken(self.last)}" if ended else "Since 1 April"

    @cached_property
    def a_year_ago(self) -> date:
        return _a_year_before(self.visit.today)

    @cached_property
    def by_tier(self) -> tables.Table:
        return self.table("all-incidents", self.periods, ("tier",))

    def table(self, measure: str, periods: tuple[years.Period, ...], group: tuple[str, ...] = ()) -> tables.Table:
        return tables.table(self.visit.body.pk, questions.question(measure, periods, group=group), self.visit.now)

    def cells(self, *of: str) -> tuple[answers.Answer, answers.Answer]:
        """What was counted in some tiers together: before, and now."""
        groups = [group for group in self.by_tier.groups if group.key["tier"] in of]
        names = [wording.tier(group.key["tier"] or "") for group in groups]
        before, now = (answers.total([group.cells[at] for group in groups], names) for at in (0, 1))
        return before, now

    def leads(self, table: tables.Table, place: int, *of: str, count: object) -> str:
        """The address of what a table counts in one of its periods, in some tiers (none named: all); "" for nothing."""
        if not (count and self.visit.may(Deed.SEE_INCIDENTS)):
            return ""
        row = [("tier", tier) for tier in of]
        return figures.address_of(table.question, table.as_at, row, table.question.periods[place])

    def both(self, table: tables.Table, counts: Sequence[answers.Answer], *of: str) -> dict[str, str]:
        """The addresses behind two cells of a table: those of before, and of now."""
        before, now = (self.leads(table, at, *of, count=counts[at].value) for at in (0, 1))
        return {"behind": now, "behind_before": before}

    @cached_property
    def ages(self) -> tuple[ages.Ages, ages.Ages]:
        """What is open by age: a year ago, and now, both as the record knows it now."""
        body, number = self.visit.body.pk, self.visit.now.number
        return tuple(ages.open_by_age(body, AsAt(day, number)) for day in (self.a_year_ago, self.visit.today))  # type: ignore[return-value]


def _a_year_before(day: date) -> date:
    """The same day of the year before; a 29 February is answered by the 28th."""
    return (day.replace(day=28) if (day.month, day.day) == (2, 29) else day).replace(year=day.year - 1)


def top(visit: visits.Visit) -> dict[str, Any]:
    """The first screen: four numbers, one chart, the decisions that wait, what was released this week."""
    year = Year(visit)
    return {
        "days_compared": year.words,
        "numbers": [_incidents(year), _told(year), _clocks(year), _long_open(year)],
        "breaks": [row["note"] for row in year.by_tier.breaks],
        "charts": _charts(year),
        "undecided": _undecided(visit),
        "released": _released(visit),
    }


@visits.may(Deed.DECIDE_TO_NOTIFY)
def dashboard(request: HttpRequest) -> HttpResponse:
    """The first screen, and below it how old the open ones are, the causes, and near misses beside incidents."""
    visit = visits.of(request)
    year = Year(visit)
    shown = {
        **top(visit),
        "ages": list(_by_age(year)),
        "days": (visit.today, year.a_year_ago),
        "causes": list(_causes(year)),
        "near": _near_misses(year),
    }
    return render(request, "dashboard.html", shown)


def _incidents(year: Year) -> Number:
    return _number("Incidents", year, *tiers.TIERS)


def _told(year: Year) -> Number:
    return _number("Told the ICO", year, tiers.REPORTED)


def _number(title: str, year: Year, *of: str) -> Number:
    before, now = year.cells(*of)
    number = f"{now.value:,}" if isinstance(now.value, int) else rendering.short(now)
    note = now.extent() if isinstance(now, answers.HeldSince) else ""
    return Number(title, number, rendering.short(before), note, **year.both(year.by_tier, (before, now), *of))


def _clocks(year: Year) -> Number:
    """How many of the reports to the ICO were made within the 72 hours."""
    table = year.table("told-within-72-hours", year.periods)
    met, told = table.groups[0].cells, year.cells(tiers.REPORTED)
    before, now = (_of(*pair) for pair in zip(met, told, strict=True))
    return Number("Within the 72 hours", now, before, **year.both(table, met))


def _of(part: answers.Answer, whole: answers.Answer) -> str:
    if not isinstance(part.value, int) or not isinstance(whole.value, int):
        return rendering.short(whole if whole.value is None else part)
    return f"{part.value:,} of {whole.value:,}" if whole.value else "none due"


def _long_open(year: Year) -> Number:
    before, now = year.ages
    leads = {"behind": _open(year, now, ages.LONG + 1, None), "behind_before": _open(year, before, ages.LONG + 1, None)}
    return Number(f"Open over {ages.LONG} days", f"{now.long:,}", f"{before.long:,}", **leads)


def _open(year: Year, of: ages.Ages, first: int, last: int | None) -> str:
    """The address of what was open that day, logged between so many days before; "" for nothing."""
    if not (of.within(first, last) and year.visit.may(Deed.SEE_INCIDENTS)):
        return ""
    asked = {"first": first, **({"last": last} if last is not None else {}), "as_at": of.day.isoformat()}
    return f"{reverse('still-open')}?{urlencode({**asked, 'record': year.visit.now.number})}"


def _by_age(year: Year) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each band of age: its name, and how many are open of it, now and a year ago, each with where it leads."""
    before, now = year.ages
    for words, (first, last) in (*zip(BANDS, ages.BANDS, strict=True), ("all", (0, None))):
        yield words, [(f"{of.within(first, last):,}", _open(year, of, first, last)) for of in (now, before)]


def _charts(year: Year) -> tuple[str, str]:
    """The chart for a wide screen and for a narrow one."""
    table = year.table("all-incidents", years.periods("month", year.start, year.visit.today), ("tier",))
    return rendering.chart(table, headed=False), rendering.narrow_chart(table)


def _undecided(visit: visits.Visit) -> list[Line]:
    return queue.undecided(visit.body, by=visit.person, today=visit.today, limit=LINES)


def _released(visit: visits.Visit) -> list[requests.Released]:
    if not visit.may(Deed.SEE_REQUESTS):
        return []
    return requests.released(visit.body, by=visit.person, today=visit.today, since=visit.today - WEEK)


def _causes(year: Year) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The causes of this year's incidents, the most frequent first, what nobody stated last, and where each leads."""
    table = year.table("all-incidents", year.periods[1:], ("cause",))
    counted = [group for group in table.groups if group.cells[0].value]
    stated = sorted(
        (group for group in counted if group.key["cause"]), key=lambda group: -int(group.cells[0].value or 0)
    )
    rest = [group for group in counted if not group.key["cause"]]
    may = year.visit.may(Deed.SEE_INCIDENTS)
    for group in (*stated[:CAUSES], *rest):
        leads = figures.incidents_behind(table, group.key, year.periods[1]) if may else ""
        yield group.name, [(f"{group.cells[0].value:,}", leads)]


@dataclass(frozen=True)
class Ratio:
    """Near misses for each incident, in words, with what it is made of: each number and where it leads."""

    said: str
    of: list[tuple[str, str]]


def _near_misses(year: Year) -> list[Ratio]:
    """Near misses for each incident in which information was lost, now and before: where people report them, over 1."""
    near, lost = year.cells(tiers.NEAR_MISS), year.cells(tiers.REPORTED, tiers.OTHER)
    return [_ratio(year, at, near[at], lost[at]) for at in (1, 0)]


def _ratio(year: Year, at: int, near: answers.Answer, incidents: answers.Answer) -> Ratio:
    if not isinstance(near.value, int) or not isinstance(incidents.value, int):
        return Ratio(rendering.short(near if near.value is None else incidents), [])
    said = f"{near.value / incidents.value:.1f}" if incidents.value else ""
    made_of = [
        (plural(near.value, "near miss", "near misses"), (tiers.NEAR_MISS,), near),
        (plural(incidents.value, "incident", "incidents"), (tiers.REPORTED, tiers.OTHER), incidents),
    ]
    return Ratio(said, [(words, year.leads(year.by_tier, at, *of, count=cell.value)) for words, of, cell in made_of])
