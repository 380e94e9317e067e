"""The register as a list: a page of it by key, filtered, searched, as at a day, and only what the asker may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice

from django.db import connection

from candour.incidents import access, models, search
from candour.incidents import facts as vocabulary
from candour.incidents.lifecycle import WORKED_ON
from candour.incidents.queries.shown import Row, Shown
from candour.ledger.coordinates import AsAt, Head
from candour.ledger.models import OPEN
from candour.organisation.models import Body, Person
from candour.organisation.queries import FRAMES
from candour.rules.refusals import WrongInput

FILTERS = ("tier", "source", "department", "standing")
"""Facts by which the register is filtered, also as at an earlier day."""

WORK = ("state", "assigned_to")
"""What of the work it is filtered by: only as it stands now, for the work has no earlier days."""

AT_MOST = 200
_FEW = 60
_MANY = 4000
"""Places that are looked at for one page: few at first, and more where many of them are not for the asker."""


@dataclass(frozen=True)
class Page:
    """A page of the register; `older` and `newer` are the keys that `before` and `after` take, None at an end."""

    rows: list[Row]
    older: str | None
    newer: str | None


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: `filters` by FILTERS and WORK, words, days of logging; `as_at` None: as it is now."""

    filters: Mapping[str, str | int]
    words: str = ""
    since: date | None = None
    until: date | None = None
    as_at: AsAt | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.filters if name not in {*FILTERS, *WORK}]
        if unknown:
            raise WrongInput(f"the register is filtered by {', '.join((*FILTERS, *WORK))}, not by {unknown[0]}")
        if self.as_at and self.work:
            raise WrongInput("who works on it is known only as it is now; leave that out, or the day")

    @property
    def facts(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.filters.items() if value and name in FILTERS}

    @property
    def work(self) -> dict[str, str | int]:
        return {name: value for name, value in self.filters.items() if value and name in WORK}

    @property
    def sought(self) -> search.Asked:
        """What the index is asked: it knows the present, so of an earlier day only words and days of logging."""
        return search.Asked(self.words, {} if self.as_at else self.facts, self.since, self.until)


def page(
    body: Body,
    *,
    by: Person,
    today: date,
    filters: Mapping[str, str | int] | None = None,
    words: str = "",
    since: date | None = None,
    until: date | None = None,
    as_at: AsAt | None = None,
    before: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Return one page of the register, the latest logged first, by key and never by offset; three queries, mostly.

    `words` are looked for in references and descriptions as they are written now. NotThere for somebody who may see no
    incident, WrongInput for a filter or a key that is none.
    """
    asked = Asked(filters or {}, words, since, until, as_at)
    size = min(limit, AT_MOST)
    key = after or before
    shown = Shown(body, access.sight(by, today), as_at, asked.facts, asked.work)
    found = _Finding(body, asked, shown)
    rows = list(islice(found.rows(_place(body, key), newer=bool(after)), size + 1))
    more, rows = len(rows) > size, rows[:size]
    if after:
        rows = rows[::-1]
    older, newer = (bool(rows), more) if after else (more, bool(before and rows))
    return Page(rows, _key(rows[-1]) if older else None, _key(rows[0]) if newer else None)


@dataclass(frozen=True)
class _Finding:
    """A walk along the places that the index finds, to the rows that stand there and are shown."""

    body: Body
    asked: Asked
    shown: Shown

    def rows(self, place: int | None, *, newer: bool) -> Iterator[Row]:
        """Yield rows in the order of the register, from a place on."""
        for places in self._places(place, newer=newer):
            numbers = [search.incident(one) for one in places]
            rows = self.shown.among(numbers)
            yield from (rows[number] for number in numbers if number in rows)

    def _places(self, place: int | None, *, newer: bool) -> Iterator[list[int]]:
        """Yield places, a few at first, and more at once where most of them were not for the asker."""
        among = self._at_work()
        many = _FEW
        while True:
            places = search.places(self.body.pk, self.asked.sought, beyond=place, newer=newer, among=among, limit=many)
            if places:
                yield places
            if len(places) < many:
                return
            place, many = places[-1], min(many * 8, _MANY)

    def _at_work(self) -> list[int] | None:
        """Where the incidents stand that are worked on, or that somebody has: always few; None: it was not asked."""
        work = self.asked.work
        if work.get("state") not in WORKED_ON and "assigned_to" not in work:
            return None
        wanted = " and ".join(f"w.{name} = %s" for name in work)
        statement = _WORKED.format(place=search.place_of("v"))
        with connection.cursor() as cursor:
            cursor.execute(f"{statement} and {wanted}", [OPEN, self.body.pk, *work.values()])
            return [place for (place,) in cursor.fetchall()]


_WORKED = (  # names of ours
    f"select {{place}} from {models.Handling._meta.db_table} w join {models.Version._meta.db_table} v "  # noqa: S608
    "on v.body = w.body and v.incident = w.incident and v.closed is null and v.held_until = %s where w.body = %s"
)

UNDATED = "none"
"""The day in the key of an incident of which nobody knows when it was logged."""


def _key(row: Row) -> str:
    return f"{row.logged_on or UNDATED}.{row.number}"


def _place(body: Body, key: str | None) -> int | None:
    if not key:
        return None
    day, _, number = key.partition(".")
    try:
        logged, incident = None if day == UNDATED else date.fromisoformat(day), int(number)
    except ValueError:
        raise WrongInput("that page is not there; begin at the first") from None
    return search.place(body.pk, logged, incident)


@lru_cache(maxsize=FRAMES)
def sources(body: int, head: Head) -> tuple[str, ...]:
    """Return the source registers that incidents came from, this one last; kept in memory as decision 24 says."""
    loads = models.Load.objects.filter(body=body, begun__lte=head.number)
    return (*loads.values_list("source", flat=True).distinct().order_by("source"), vocabulary.HERE)
