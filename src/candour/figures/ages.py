"""How old what is open is, at the end of a day: in bands of days since it was logged, in one statement."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from candour.incidents import models
from candour.incidents.facts import COUNTED
from candour.ledger.coordinates import AsAt

BANDS = ((0, 7), (8, 30), (31, 90), (91, None))
"""Days since an incident was logged: from, and to (None: any more)."""

LONG = 30
"""Days after which what is open is called long open."""


@dataclass(frozen=True)
class Ages:
    """How many incidents were open at the end of a day, in each of BANDS, and how many longer than 30 days."""

    day: date
    bands: tuple[int, ...]

    @property
    def long(self) -> int:
        return sum(count for (first, _), count in zip(BANDS, self.bands, strict=True) if first > LONG)

    @property
    def all(self) -> int:
        return sum(self.bands)


def open_by_age(body: int, as_at: AsAt) -> Ages:
    """Count what was logged by the end of a day and not closed by then, as the record knew it at a ledger number.

    One without a day of closing counts as open; one without a day of logging has no age and is left out.
    """
    rows = models.Version.objects.filter(body=body, standing=COUNTED, logged_on__lte=as_at.day).as_at(as_at)
    still = rows.filter(Q(closed_on=None) | Q(closed_on__gt=as_at.day))
    found = still.aggregate(**{f"band{first}": _within(as_at.day, first, last) for first, last in BANDS})
    return Ages(as_at.day, tuple(found[f"band{first}"] for first, _ in BANDS))


def _within(day: date, first: int, last: int | None) -> Count:
    logged = Q(logged_on__lte=day - timedelta(days=first))
    return Count("pk", filter=logged & Q(logged_on__gte=day - timedelta(days=last)) if last is not None else logged)
