"""The personal data incidents of a year as an Annual Report prints them (Cabinet Office format): what is counted.

Table 1 lists the incidents of which the Information Commissioner was told, Table 2 counts the others by category, and
Table 3 gives both for the years before. They count what concerns personal data, so Table 2 is not what a request for
"other incidents" is answered with; the reconciliation says by how much and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from candour.figures import annual_listing, questions, tables
from candour.figures.annual_listing import Listed
from candour.figures.tables import Table
from candour.incidents.facts import SCHEME
from candour.ledger.coordinates import AsAt
from candour.organisation import classification, succession
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_bodies import MERGED, SPLIT, TRANSFERRED
from candour.organisation.kinds_of_publishing import AnnualReport
from candour.organisation.models import Body
from candour.rules import years
from candour.rules.plurals import plural
from candour.rules.schemes import Scheme

REPORTED, OTHER = "personal-data-reported-to-ico", "other-personal-data-incidents"
"""The measures of Table 1 and Table 2."""
YEARS_BEFORE = 3
CAME = {MERGED: "{name} merged into us", SPLIT: "{name} was split, and a part of it came to us",
        TRANSFERRED: "A part of the work of {name} came to us"}  # fmt: skip
WENT = {MERGED: "all our work went", SPLIT: "our work was divided and went", TRANSFERRED: "a part of our work went"}


@dataclass(frozen=True)
class Category:
    """A row of Table 2; `total` 0 is printed as nil."""

    code: str
    label: str
    total: int


@dataclass(frozen=True)
class Annual:
    """The tables of one year with what is said beside them; `more`: rows of Table 1 that were not asked for.

    `reconciled`: what a request for all other incidents of the year is answered with, by whether they concern
    personal data.
    """

    year: years.Period
    as_at: AsAt
    listed: tuple[Listed, ...]
    more: int
    categories: tuple[Category, ...]
    reported: Table
    others: Table
    before: tuple[Table, Table]
    reconciled: Table
    reconciliation: tuple[str, ...]
    notes: tuple[str, ...]
    says: AnnualReport


def annual(body: Body, year: years.Period, as_at: AsAt, most: int | None = None) -> Annual:
    """Make the tables of a financial year at two coordinates; `most`: rows of Table 1 that are read.

    Four tables are counted and one list is read, in a constant number of queries whatever their size.
    """
    first = years.span(date(year.start.year - YEARS_BEFORE, 4, 1), year.end)
    on, by_year = tables.ground(body.pk, as_at.number), years.periods("financial-year", first.start, first.end)

    def table(measure: str, periods: Sequence[years.Period], *group: str) -> Table:
        return tables.table(body.pk, questions.question(measure, periods, group=group), as_at, on)

    before = table(REPORTED, by_year), table(OTHER, by_year)
    reported, others = _of_year(before[0], year), table(OTHER, [year], "category")
    classes = classification.classification(body, as_at.number)
    listed = tuple(annual_listing.listed(body, reported.question, as_at, classes, most))
    whole = table("other-incidents", [year], "personal_data")
    says = organisation.Particulars(body, as_at, [AnnualReport]).one(AnnualReport) or AnnualReport()
    return Annual(
        year,
        as_at,
        listed,
        max(_number(reported.groups[0].cells[0].value) - len(listed), 0) if most else 0,
        tuple(_categories(others, classes.scheme(SCHEME), year.end)),
        reported,
        others,
        before,
        whole,
        tuple(_reconciled(whole, others, year)),
        (*_notes(year, as_at, reported, others), *_changes(body, years.span(first.start, year.end), as_at)),
        says,
    )


def _of_year(table: Table, year: years.Period) -> Table:
    """The last year of a table as a table of its own; what it rests on is that of all its years."""
    groups = tuple(replace(group, cells=group.cells[-1:]) for group in table.groups)
    breaks = tuple(row for row in table.breaks if date.fromisoformat(row["day"]) > year.start)
    return replace(table, question=replace(table.question, periods=(year,)), groups=groups, breaks=breaks)


def _categories(others: Table, scheme: Scheme, day: date) -> Iterator[Category]:
    """Every category in force at the year's end, nil ones too; what has no category stands in a row of its own."""
    totals = {group.key["category"]: _number(group.cells[0].value) for group in others.groups}
    for row in scheme.on(day):
        yield Category(row.code, row.label, totals.pop(row.code, 0))
    for code, total in sorted(totals.items(), key=lambda pair: pair[0] or ""):
        label = scheme.label(code, day) if code else "not put in a category yet"
        yield Category(code or "", label or "a category of earlier years", total)


def _number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _reconciled(whole: Table, others: Table, year: years.Period) -> Iterator[str]:
    """Say in words why Table 2 and the answer to "how many other incidents" are not the same number."""
    by_fact = {group.key["personal_data"]: _number(group.cells[0].value) for group in whole.groups}
    total, mine = sum(by_fact.values()), sum(_number(group.cells[0].value) for group in others.groups)
    yield (
        f"Table 2 counts {plural(mine, 'incident')} concerning personal data. A request for all other information "
        f"security incidents of {year.label} is answered with {total:,}."
    )
    words = {"no": "concern no personal data", "suspected": "are only suspected to", None: "do not say whether they do"}
    rest = [f"{by_fact[fact]:,} {says}" for fact, says in words.items() if by_fact.get(fact)]
    if rest:
        yield f"The difference: {'; '.join(rest)}."
    if by_fact.get("yes", 0) != mine:
        yield (
            f"Table 2 goes by the day on which an incident happened, and the answer by the day on which it was logged: "
            f"{by_fact.get('yes', 0):,} that concern personal data were logged in {year.label}."
        )


def _notes(year: years.Period, as_at: AsAt, *counted: Table) -> Iterator[str]:
    if as_at.day < year.end:
        yield f"Part of the year only: to {years.spoken(as_at.day)}."
    if year.part:
        yield f"From {years.spoken(year.start)} to {years.spoken(year.end)}, a part of a financial year."
    for table in counted:
        yield from (f"From {years.spoken(date.fromisoformat(row['day']))}: {row['note']}" for row in table.breaks)
        for cell in table.groups[0].cells if table.groups else ():
            if cell.status != "held":
                yield f"{table.measure.title}: {cell.words()}."
        if table.date_not_known:
            yield f"{table.measure.title}: {table.date_not_known} more have no date and stand in no year."


def _changes(body: Body, shown: years.Period, as_at: AsAt) -> Iterator[str]:
    """Bodies whose work came to this one, or to which a part of its work went, in the years that the tables show."""
    last = min(shown.end, as_at.day)
    for came in succession.predecessors(body, as_at.number):
        if came.since and shown.start < came.since <= last:
            yield (
                f"{CAME[came.how].format(name=came.name)} on {years.spoken(came.since)}; what it recorded until then "
                "stands in its own tables, and not in these."
            )
    for went in succession.successors(body, as_at.number):
        if went.since and shown.start < went.since <= last:
            yield f"On {years.spoken(went.since)} {WENT[went.how]} to {went.name}."
