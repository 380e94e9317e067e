"""The balances made anew from the versions by the database itself, apart from the bookkeeping that keeps them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from candour.incidents import models
from candour.incidents.balances import DAY, KEY, MONTH, NO_DAY, SUMS, TABLE
from candour.ledger import chain, queries
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.ledger.verification import Fault
from candour.rules import years

_KNOWN = "incidents_known"
"""A table for as long as balances are made: the first ledger number of each London day."""

_COLUMNS = ", ".join([*KEY, *SUMS])
_SUMMED = ", ".join(f"sum({name}) as {name}" for name in SUMS)
_MONTH = {"sqlite": "substr({}, 1, 8) || '01'", "postgresql": "date_trunc('month', {})::date"}

Select = tuple[str, list[Any]]


def _from_versions(body: int) -> Select:
    """Every day on which versions that are believed now come, go, and are no longer late."""
    known = f"(select day from {_KNOWN} where first <= opened order by first desc limit 1)"
    now = (
        f"select standing, tier, logged_on, held_from, held_until, {known} as known_on, "
        f"coalesce(people_affected, 0) as people, case when people_affected is null then 0 else 1 end as stating "
        f"from {models.Version._meta.db_table} where body = %s and closed is null and held_from < held_until"
    )
    turns = " union all ".join(
        f"select standing, tier, logged_on, {held} as held, {sums} from present where {where}"
        for held, sums, where in (
            ("held_from", "1 as incidents, people, stating, case when held_from < known_on then 1 else 0 end as late",
             "true"),
            ("held_until", "-1, -people, -stating, 0", "held_until < %s"),
            ("case when known_on < held_until then known_on else held_until end", "0, 0, 0, -1",
             "held_from < known_on"),
        )
    )  # fmt: skip
    said = (
        f"standing, case when logged_on is null then '{MONTH}' else '{DAY}' end as logged_in, '{DAY}' as held_in, tier"
    )
    sql = (
        f"with present as ({now}) select {said}, coalesce(logged_on, %s) as logged, held, {_SUMMED} "
        f"from ({turns}) turn group by standing, tier, logged_on, held"
    )
    return sql, [body, NO_DAY, OPEN]


def _rolled_up(body: int) -> Select:
    """Months logged, and months held, from the rows of days."""
    month = _MONTH[connection.vendor].format
    selects = " union all ".join(
        f"select standing, '{logged_in}' as logged_in, '{held_in}' as held_in, tier, {logged} as logged, "
        f"{held} as held, {_SUMMED} from {TABLE} where body = %s and held_in = '{DAY}' and {of} "
        f"group by standing, tier, {logged}, {held}"
        for of, logged_in, logged, held_in, held in (
            (f"logged_in = '{DAY}'", DAY, "logged", MONTH, month("held")),
            (f"logged_in = '{DAY}'", MONTH, month("logged"), DAY, "held"),
            (f"logged_in = '{DAY}'", MONTH, month("logged"), MONTH, month("held")),
            (_UNDATED, MONTH, "logged", MONTH, month("held")),
        )
    )
    return selects, [body] * 4


_UNDATED = f"logged_in = '{MONTH}' and logged = '{NO_DAY.isoformat()}'"
_OF_DAYS = f"held_in = '{DAY}' and (logged_in = '{DAY}' or {_UNDATED})"
_MADE = ((_from_versions, _OF_DAYS), (_rolled_up, f"not ({_OF_DAYS})"))
"""What is made first and what is made of it, and which rows of the table that is."""


@transaction.atomic
def rebuild(body: int) -> None:
    """Make the balances of a body anew; nobody writes in its register meanwhile."""
    chain.hold(body)
    models.Balance.objects.filter(body=body).delete()
    with _known(body), connection.cursor() as cursor:
        for make, _ in _MADE:
            sql, values = make(body)
            cursor.execute(
                f"insert into {TABLE} (body, {_COLUMNS}) select %s, {_COLUMNS} from ({sql}) made", [body, *values]
            )


@transaction.atomic
def compare(body: int) -> Fault | None:
    """Make the balances of a body anew and name the first that stands otherwise."""
    chain.hold(body)
    with _known(body):
        return next((fault for make, rows in _MADE if (fault := _difference(body, make(body), rows))), None)


def _difference(body: int, made: Select, rows: str) -> Fault | None:
    taken = ", ".join([*KEY, *(f"-{name}" for name in SUMS)])
    sql, values = made
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {', '.join(KEY)}, {_SUMMED} from (select {_COLUMNS} from ({sql}) made "
            f"union all select {taken} from {TABLE} where body = %s and {rows}) both_ group by {', '.join(KEY)} "
            f"having {' or '.join(f'sum({name}) <> 0' for name in SUMS)} order by {', '.join(KEY)} limit 1",
            [*values, body],
        )
        found = cursor.fetchone()
    return Fault(0, _said(*found)) if found else None


def _said(standing: str, logged_in: str, held_in: str, tier: str, logged: Any, held: Any, *missing: Any) -> str:
    what = ", ".join(f"{int(count):+d} {name}" for name, count in zip(SUMS, missing, strict=True) if count)
    day = "on no day" if str(logged) == NO_DAY.isoformat() else f"in the {logged_in} {logged}"
    days = f"logged {day}, held in the {held_in} {held}"
    return f"the balance of {tier} ({standing}) {days}, is not what the versions say: {what}"


@contextmanager
def _known(body: int) -> Iterator[None]:
    """Let the database know on which day each ledger number was entered."""
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table {_KNOWN} (first bigint primary key, day date not null)")
        cursor.executemany(f"insert into {_KNOWN} values (%s, %s)", list(_days(body)))
        yield
        cursor.execute(f"drop table {_KNOWN}")


def _days(body: int) -> Iterator[tuple[int, Any]]:
    """Yield each London day with an entry, with the first number of it; two short questions a day."""
    last, entries = 0, ledger.Entry.objects.filter(body=body).order_by("number")
    while first := entries.filter(number__gt=last).values_list("number", "at").first():
        number, at = first
        day = years.london_day(at)
        yield number, day
        last = queries.number_at_end_of(body, day)
