"""What bodies share with their sponsor: which measures' figures, and the days of its sponsorship."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from candour.ledger.models import OPEN
from candour.organisation import kinds
from candour.organisation.kinds_of_bodies import Shared
from candour.organisation.models import Body, Particular

DAY = timedelta(days=1)

Days = tuple[date, date]
"""A first and a last day, both inclusive."""


@dataclass(frozen=True)
class Sponsored:
    """A body that answers, or answered, to a sponsor: the days it did, and the measures it shares today."""

    body: Body
    days: tuple[Days, ...]
    measures: frozenset[str]


def sponsored(sponsor: Body, today: date) -> list[Sponsored]:
    """Return the bodies that share anything with a sponsor today, by name, as each record knows it now; three queries.

    The sponsorship is a dated relation: a body shows the sponsor its figures for those days only.
    """
    shared = _shared(sponsor, today)
    days = _days(sponsor)
    bodies = Body.objects.filter(pk__in=shared.keys() & days.keys()).order_by("name")
    return [Sponsored(body, _joined(days[body.pk]), frozenset(shared[body.pk])) for body in bodies]


def _joined(days: Iterable[Days]) -> tuple[Days, ...]:
    """Join what follows day on day: a sponsor that was stated anew, under another name, is the same one."""
    found: list[Days] = []
    for first, last in sorted(days):
        if found and first <= found[-1][1] + DAY:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return tuple(found)


def _shared(sponsor: Body, today: date) -> Mapping[int, set[str]]:
    rows = Particular.objects.filter(kind=Shared.kind, closed=None, content__sponsor=sponsor.slug)
    found: dict[int, set[str]] = {}
    in_force = rows.filter(held_from__lte=today, held_until__gt=today)
    for body, measure in in_force.values_list("body", "content__measure"):
        found.setdefault(body, set()).add(measure)
    return found


def _days(sponsor: Body) -> Mapping[int, list[Days]]:
    rows = Particular.objects.filter(kind=kinds.Sponsor.kind, closed=None, content__body=sponsor.slug)
    found: dict[int, list[Days]] = {}
    for body, first, until in rows.values_list("body", "held_from", "held_until"):
        last = date.max - DAY if until == OPEN else until - DAY
        found.setdefault(body, []).append((first, last))
    return found
