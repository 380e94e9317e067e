"""The balances made anew from the versions by the database itself, apart from the bookkeeping that keeps them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from candour.incidents import models
from candour.incidents.balances import DAY, KEY, MONTH, NO_DAY, SUMS, TABLE, YEAR
from candour.ledger import chain, queries
from candour.ledger import models as ledger
from candour.ledger.models import OPEN
from candour.ledger.verification import Fault
from candour.rules import years

_KNOWN = "incidents_known"
"""A table for as long as balances are made: the first ledger number of each London day."""

_COLUMNS = ", ".join([*KEY, *SUMS])
_SUMMED = ", ".join(f"sum({name}) as {name}" for name in SUMS)
_OF_TWO = {"sqlite": ("max", "min"), "postgresql": ("greatest", "least")}
_FIRST = {
    "sqlite": {DAY: "{}", MONTH: "substr({}, 1, 8) || '01'", YEAR: "substr({}, 1, 5) || '01-01'"},
    "postgresql": {DAY: "{}", MONTH: "date_trunc('month', {})::date", YEAR: "date_trunc('year', {})::date"},
}

Select = tuple[str, list[Any]]


def _from_versions(body: int) -> Select:
    """Every day on which an incident comes to count or ceases to, now, by the record's own knowledge, and by both."""
    later, earlier = _OF_TWO[connection.vendor]
    of_entry = f"(select day from {_KNOWN} where first <= {{}} order by first desc limit 1)".format
    believed = (
        f"select incident, standing, tier, coalesce(logged_on, %s) as logged, people_affected as people, held_from, "
        f"held_until, closed, {later}(held_from, {of_entry('opened')}) as since, "
        f"{earlier}(held_until, case when closed is null then held_until else {of_entry('closed')} end) as until "
        f"from {models.Version._meta.db_table} where body = %s"
    )
    alike = "coalesce(now.people, -1) = coalesce(known.people, -1)"
    both = (
        f"select standing, tier, logged, {later}(now.held_from, known.since) as since, "
        f"{earlier}(now.held_until, known.until) as until, "
        f"case when {alike} then 1 else 0 end as alike "
        f"from known join now using (incident, standing, tier, logged) where known.closed is not null"
    )
    incident = "1 as incidents, coalesce(people, 0) as people, case when people is null then 0 else 1 end as stating"
    ranges = " union all ".join(
        f"select standing, tier, logged, {since} as since, {until} as until, {sums} from {source}"
        for since, until, sums, source in (
            ("held_from", "held_until", f"{incident}, 0 as recorded, 0 as same, 0 as alike", "now"),
            ("since", "until", "0, 0, 0, 1, 0, 0", "known"),
            ("since", "until", "0, 0, 0, 0, 1, 1", "known where closed is null"),
            ("since", "until", "0, 0, 0, 0, 1, alike", "agreed where since < until"),
        )
    )  # fmt: skip
    turns = (
        f"select standing, tier, logged, since as held, {', '.join(SUMS)} from stretch union all "
        f"select standing, tier, logged, until, {', '.join(f'-{name}' for name in SUMS)} from stretch where until < %s"
    )
    logged_in = f"case when logged = '{NO_DAY.isoformat()}' then '{MONTH}' else '{DAY}' end as logged_in"
    sql = (
        f"with believed as ({believed}), "
        f"now as (select * from believed where closed is null and held_from < held_until), "
        f"known as (select * from believed where since < until), agreed as ({both}), stretch as ({ranges}) "
        f"select standing, {logged_in}, '{DAY}' as held_in, tier, logged, held, {_SUMMED} from ({turns}) turn "
        f"group by standing, tier, logged, held"
    )
    return sql, [NO_DAY, body, OPEN]


def _rolled_up(body: int) -> Select:
    """Months logged, and months and years held, from the rows of days."""
    of_days = [(DAY, MONTH), (DAY, YEAR), (MONTH, DAY), (MONTH, MONTH), (MONTH, YEAR)]
    first = _FIRST[connection.vendor]
    selects = [_added(f"logged_in = '{DAY}'", in_, first[in_].format("logged"), held_in) for in_, held_in in of_days]
    selects += [_added(_UNDATED, MONTH, "logged", held_in) for held_in in (MONTH, YEAR)]
    return " union all ".join(selects), [body] * len(selects)


def _added(of: str, logged_in: str, logged: str, held_in: str) -> str:
    """Rows of days, added up by longer stretches."""
    held = _FIRST[connection.vendor][held_in].format("held")
    return (
        f"select standing, '{logged_in}' as logged_in, '{held_in}' as held_in, tier, {logged} as logged, "
        f"{held} as held, {_SUMMED} from {TABLE} where body = %s and held_in = '{DAY}' and {of} "
        f"group by standing, tier, {logged}, {held}"
    )


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
