"""Which bodies stand side by side: those that share a measure with their sponsor, those whose work came to a body."""

from collections.abc import Iterator
from datetime import date, timedelta

from candour.figures.across import Line
from candour.ledger import queries as ledger
from candour.organisation import sharing, succession
from candour.organisation.kinds_of_bodies import ENDED, SPLIT, Predecessor
from candour.organisation.models import Body
from candour.rules import years

FIRST = date(1900, 1, 1)
DAY = timedelta(days=1)


def shared_measures(sponsor: Body, today: date) -> frozenset[str]:
    """Return the measures that any body shares with a sponsor today."""
    return frozenset().union(*(one.measures for one in sharing.sponsored(sponsor, today)))


def sponsored(sponsor: Body, measure: str, today: date) -> list[Line]:
    """Return a line for each body that shares a measure with its sponsor: its days of sponsorship, at its head."""
    found = [one for one in sharing.sponsored(sponsor, today) if measure in one.measures]
    heads = ledger.heads([one.body.pk for one in found])
    return [Line(one.body, heads[one.body.pk].number, one.days, outside="not sponsored then") for one in found]


def with_predecessors(body: Body, number: int) -> list[Line]:
    """Return a line for each body whose work came to this one, as its chain is carried here; then its own."""
    return [*(line for _, line in predecessor_lines(body, number)), Line(body, number)]


def predecessor_lines(body: Body, number: int) -> Iterator[tuple[Predecessor, Line]]:
    """Yield each body of this register whose work came to this one, as known at a ledger number, with its line."""
    found = succession.predecessors(body, number)
    bodies = {one.slug: one for one in Body.objects.filter(slug__in=[one.slug for one in found])}
    for one in found:
        if one.slug in bodies and one.since:
            yield one, _line(one, bodies[one.slug], one.since)


def _line(one: Predecessor, body: Body, since: date) -> Line:
    """The line of a body that ended has its figures; one that gave a part away keeps its own: its line says when."""
    on, days = years.spoken(since), ((FIRST, since - DAY),)
    if one.how not in ENDED:
        note = f"a part of its work came to us on {on}; nothing tells which of its earlier figures were of that part"
        return Line(body, one.number, days, outside=f"came to us on {on}", note=note, elsewhere="its own figures")
    what = f"split on {on}; these are its figures undivided" if one.how == SPLIT else f"merged into us on {on}"
    return Line(body, one.number, days, outside=f"ended on {on}", note=what, ended=True)
