"""Fills the tables directly with as many incidents as a measurement wants: by SQL, the same on both databases.

Every incident was recorded once and changed once, every other one twice. So N incidents are 4 N versions, of which
2.5 N are present; they were logged day after day through four financial years.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection

from candour.incidents import models
from candour.ledger import guards
from candour.ledger import models as ledger
from candour.ledger.coordinates import Head
from candour.organisation.models import Body
from candour.rules import tiers

FIRST, LAST = date(2011, 4, 1), date(2015, 3, 31)
DAYS = (LAST - FIRST).days + 1
LONGEST = 400
"""Days from the day an incident was logged to its last change."""

NEVER = -1
"""The number of the day on which ends what holds without end."""

EVERY = 1_000
"""One in so many of the ledger's entries is written: a count reads the head and the number it is asked for."""

CHOICES = " ".join(f"when {place} then '{tier}'" for place, tier in enumerate(tiers.TIERS))
TIER = f"case (n.n * 7 + {{step}}) % {len(tiers.TIERS)} {CHOICES} end"
FACTS = {
    "standing": "'counted'",
    "source": "'old sheet'",
    "tier_basis": "'stated'",
    "tier_derived": "'undetermined'",
    "occurred_on": "logged.day",
    "logged_on": "logged.day",
    "told_ico": "case when n.n % 5 = 0 then 'yes' else 'no' end",
    "personal_data": "'yes'",
    "information_lost": "case when n.n % 3 = 0 then 'yes' else 'no' end",
    "people_affected": "case when n.n % 10 = 0 then null else n.n % 997 end",
    "incident_type": "'Type ' || (n.n % 12)",
    "cause": "'Cause ' || (n.n % 7)",
    "department": "'Team ' || (n.n % 40)",
    "medium": "'Medium ' || (n.n % 5)",
}
OPEN, LOGGED, FIRST_CHANGE, SECOND_CHANGE = "never.day", "logged.day", "once.day", "twice.day"


class Version(NamedTuple):
    """One version of each incident, in the words of SQL; `n.n` is the incident, `{many}` how many there are."""

    step: int
    held_from: str
    held_until: str
    opened: str
    closed: str
    of: str = "1 = 1"


VERSIONS = (
    Version(0, LOGGED, OPEN, "n.n", "{many} + n.n"),
    Version(0, LOGGED, FIRST_CHANGE, "{many} + n.n", "null"),
    Version(1, FIRST_CHANGE, OPEN, "{many} + n.n", "case n.n % 2 when 0 then 2 * {many} + n.n end"),
    Version(1, FIRST_CHANGE, SECOND_CHANGE, "2 * {many} + n.n", "null", "n.n % 2 = 0"),
    Version(2, SECOND_CHANGE, OPEN, "2 * {many} + n.n", "null", "n.n % 2 = 0"),
)
"""The versions of an incident, in the order in which the record came to know them."""


def fill(body: Body, many: int, head: Head) -> None:
    """Write `many` incidents, known between the record's head and 3 × `many` entries later."""
    indexes = list(models.Version._meta.indexes)
    guards.take_down()
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(models.Version, index)
    with connection.cursor() as cursor:
        _series(cursor, many)
        cursor.execute(
            f"insert into incidents_incident (body, number, reference) "
            f"select {body.pk}, {head.number} + n, 'INC-' || n from bench_number n"
        )
        for version in VERSIONS:
            cursor.execute(_insert(body.pk, many, head.number, version))
        cursor.execute("drop table bench_number")
        cursor.execute("drop table bench_day")
    _entries(body, head, head.number + 3 * many)
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(models.Version, index)
    guards.put_up()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")


def _series(cursor: Any, many: int) -> None:
    """Two tables to draw on: the numbers from 1, and the days from the first one logged to the last change."""
    cursor.execute("create table bench_number (n bigint primary key)")
    cursor.execute(
        "insert into bench_number with recursive up(n) as (select 1 union all select n + 1 from up where n < %s) "
        "select n from up",
        [many],
    )
    cursor.execute("create table bench_day (n bigint primary key, day date)")
    days = [(n, (FIRST + timedelta(n)).isoformat()) for n in range(DAYS + LONGEST)]
    days.append((NEVER, ledger.OPEN.isoformat()))
    cursor.executemany("insert into bench_day values (%s, %s)", days)


def _insert(body: int, many: int, start: int, version: Version) -> str:
    values = {
        **FACTS,
        "body": str(body),
        "tier": TIER.format(step=version.step),
        "incident": f"{start} + n.n",
        "held_from": version.held_from,
        "held_until": version.held_until,
        "opened": f"{start} + {version.opened.format(many=many)}",
        "closed": f"{start} + {version.closed.format(many=many)}",
    }
    place = f"(n.n - 1) * {DAYS} / {many}"
    return (
        f"insert into incidents_version ({', '.join(values)}) select {', '.join(values.values())} from bench_number n "
        f"join bench_day logged on logged.n = {place} "
        f"join bench_day never on never.n = {NEVER} "
        f"join bench_day once on once.n = {place} + 30 + n.n % 100 "
        f"join bench_day twice on twice.n = {place} + 130 + n.n % 200 "
        f"where {version.of} order by n.n"
    )


def _entries(body: Body, head: Head, last: int) -> None:
    numbers = [*range(head.number + 1, last, EVERY), last]
    ledger.Entry.objects.bulk_create(
        (
            ledger.Entry(
                body=body.pk, number=number, at=head.at, person=1, role="records-manager", deed="incident.changed",
                subject=str(number), content="{}", previous="0" * 64, digest=f"{number:064x}",
            )
            for number in numbers
        ),
        batch_size=EVERY,
    )  # fmt: skip
