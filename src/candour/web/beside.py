"""What others published, on the page of a table: whose figures there are, and those chosen for its rows and periods."""

from dataclasses import dataclass

from django.http import QueryDict

from candour.figures import beside, rendering, tables
from candour.rules import years
from candour.rules.refusals import NotThere
from candour.web import visits, wording

CHOSEN = "beside"
"""The name, in an address, of whose figures stand beside."""


@dataclass(frozen=True)
class Beside:
    """The names to choose from, what else the address asks, and the chosen figures with their source."""

    names: list[str]
    asked: list[tuple[str, str]]
    chosen: str
    source: str
    rows: list[tuple[str, list[str]]]


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
    rows = [(wording.group(group.key), [rendering.short(cell) for cell in group.cells]) for group in found.groups]
    return Beside(names, rest, chosen, source, rows)
