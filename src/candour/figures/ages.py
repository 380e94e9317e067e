"""How old what is open is, at the end of a day: in bands of days since it was logged, in one statement."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from candour.figures import behind
from candour.figures.behind import ON_A_PAGE, Page
from candour.incidents import access, models
from candour.incidents.facts import COUNTED
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Person
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from django.db.models import QuerySet

BANDS = ((0, 7), (8, 30), (31, 90), (91, None))
"""Days since an incident was logged: from, and to (None: any more)."""

MOST_DAYS = 100_000

LONG = 30
"""Days after which what is open is called long open."""


@dataclass(frozen=True)
class Ages:
    """How many incidents were open at the end of a day, in each of BANDS, and how many longer than 30 days."""

    day: date
    bands: tuple[int, ...]

    def within(self, first: int, last: int | None) -> int:
        """How many were logged from `last` (None: any number of) to `first` days before; these are ends of BANDS."""
        return sum(
            count
            for (start, end), count in zip(BANDS, self.bands, strict=True)
            if start >= first and (last is None or (end is not None and end <= last))
        )

    @property
    def long(self) -> int:
        return self.within(LONG + 1, None)


def open_by_age(body: int, as_at: AsAt) -> Ages:
    """Count what was logged by the end of a day and not closed by then, as the record knew it at a ledger number.

    One without a day of closing counts as open; one without a day of logging has no age and is left out.
    """
    bands = {f"band{first}": Count("pk", filter=_within(as_at.day, first, last)) for first, last in BANDS}
    found = _open(body, as_at).aggregate(**bands)
    return Ages(as_at.day, tuple(found[f"band{first}"] for first, _ in BANDS))


def page(as_at: AsAt, first: int, last: int | None, *, by: Person, today: date, after: int = 0) -> Page:
    """Return the incidents that were open then, logged from `last` to `first` days before, by number, `after` one.

    NotThere for somebody who may see no incident; WrongInput for days of no register.
    """
    if max(first, last or 0) > MOST_DAYS:
        raise WrongInput(f"no register is {MOST_DAYS} days old")
    found = _open(by.body_id, as_at).filter(_within(as_at.day, first, last))
    seen = access.visible(found, by, today)
    rows = list(seen.filter(incident__gt=after).order_by("incident").values_list("incident", "tier")[: ON_A_PAGE + 1])
    more, rows = len(rows) > ON_A_PAGE, rows[:ON_A_PAGE]
    counted = found.count()
    told = behind.told(by, [(number, tier, None) for number, tier in rows], as_at)
    return Page(told, rows[-1][0] if more else None, counted, counted - seen.count(), "", None)


def _open(body: int, as_at: AsAt) -> "QuerySet[models.Version]":
    rows = models.Version.objects.filter(body=body, standing=COUNTED, logged_on__lte=as_at.day).as_at(as_at)
    found: QuerySet[models.Version] = rows.filter(Q(closed_on=None) | Q(closed_on__gt=as_at.day))
    return found


def _within(day: date, first: int, last: int | None) -> Q:
    logged = Q(logged_on__lte=day - timedelta(days=first))
    return logged & Q(logged_on__gte=day - timedelta(days=last)) if last is not None else logged
