"""What others published, on the page of a table: whose figures there are, and those chosen for its rows and periods."""

from dataclasses import dataclass

from django.http import QueryDict

from candour.figures import beside, rendering, tables
from candour.rules import answers, years
from candour.rules.refusals import NotThere
from candour.web import quoted, visits, wording

CHOSEN = "beside"
"""The name, in an address, of whose figures stand beside."""


@dataclass(frozen=True)
class Beside:
    """The names to choose from, what else the address asks, and the chosen figures with their source.

    A cell is its words, and the address of what was published of it.
    """

    names: list[str]
    asked: list[tuple[str, str]]
    chosen: str
    source: str
    rows: list[tuple[str, list[tuple[str, str | None]]]]


def of(table: tables.Table, asked: QueryDict, visit: visits.Visit) -> Beside | None:
    """Return what stands beside a table; None where nobody else published anything about its measure."""
    names = beside.names(visit.body.pk, table.measure.slug, table.as_at)
    if not names:
        return None
    rest = [(name, value) for name in asked if name != CHOSEN for value in asked.getlist(name)]
    chosen = asked.get(CHOSEN, "")
    try:
        found = beside.beside(visit.body.pk, table, chosen) if chosen else None
    except NotThere:
        found = None
    if found is None:
        return Beside(names, rest, "", "", [])
    source = f"{found.document}, {years.spoken(found.said_on)}"
    rows = [
        (wording.group(group.key), [_cell(table, *pair, chosen) for pair in _pairs(table, group)])
        for group in found.groups
    ]
    return Beside(names, rest, chosen, source, rows)


def _pairs(table: tables.Table, group: tables.Group) -> list[tuple[years.Period, answers.Answer]]:
    return list(zip(table.question.periods, group.cells, strict=True))


def _cell(table: tables.Table, period: years.Period, answer: answers.Answer, about: str) -> tuple[str, str | None]:
    address = quoted.address_of(table.measure.slug, period, table.as_at, about) if answer.source else None
    return rendering.short(answer), address
