"""How fast the register counts, four tiers × four years over a million incidents, on both databases.

Run it with `python tests/bench/figures.py [--large | INCIDENTS]`; `--large` goes up to ten million. The growth curve
begins at ten thousand. Standard tables at the head are added up from balances: their statements are timed by the bare
driver, as at days of all kinds. At the largest size so is everything else, beside the very statement that it ran; and
the database's plan, which for a table by tier has to read nothing but an index. So is what a deed adds to the balances.
"""

import json
import os
import re
import sqlite3
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Any

import _ground
import psycopg

SIZES, LARGE = (10_000, 100_000, 1_000_000), 10_000_000
TIMES = 7
MOST, IN_DATABASE_MS, A_WRITE_MS = 1.3, 10, 1
AS_AT = date(2014, 9, 30)
DAYS = (date(2011, 4, 1), date(2012, 2, 29), AS_AT, date(2015, 1, 17), _ground.NOW.date())
"""The first day, a leap day, the end of a month, a day within one, and today."""

STANDARD = ("financial-year", "month", "tax-year")
OTHERS: dict[str, dict[str, Any]] = {
    "all incidents, at an old number": {"group": ("tier",)},
    "people affected, at an old number": {"measure": "people-affected"},
    "by department": {"group": ("department",)},
    "by type and cause": {"group": ("incident_type", "cause")},
    "of one department": {"where": {"department": "Team 7"}},
    "by the day it happened": {"basis": "occurred"},
    "open at the end of each year": {"measure": "open-at-end"},
    "open at the end of each month": {"measure": "open-at-end", "kind": "month"},
}
COVERING = {"sqlite": "COVERING INDEX", "postgresql": "Index Only Scan"}
READS = {"sqlite": ("SCAN v", "SEARCH v"), "postgresql": ("Scan",)}
COUNTS = ("from incidents_balance", " as place, ")
"""By what a statement that counts is known."""

_ALIAS = re.compile(r"_\d+$")
"""What PostgreSQL adds to the name of a table that a statement reads more than once."""

Statement = tuple[str, tuple[Any, ...]]


def one(many: int, *, everything: bool) -> dict[str, Any]:
    """Fill the tables of an empty installation, and ask."""
    _ground.django()
    import _many  # noqa: PLC0415 - Django has to be started first

    from candour.ledger import queries  # noqa: PLC0415 - likewise

    body = _ground.body()
    _covered(body)
    head = queries.head(body.pk)
    filled = _ground.seconds(lambda: _many.fill(body, many, head))
    made = _ground.seconds(lambda: _balanced(body))
    print(f"  ({many:,} incidents filled in {filled:.0f} s, their balances made in {made:.0f} s)", file=sys.stderr)
    number = head.number + 3 * many
    said: dict[str, Any] = {"standard": {kind: _standard(body, kind, number) for kind in STANDARD}}
    if everything:
        old = head.number + many + _many.EVERY * (many // 2 // _many.EVERY) + 1
        said["others"] = {
            name: _other(body, more, old if "old" in name else number, covered="old" in name)
            for name, more in OTHERS.items()
        }
        said["write"] = _write(body)
    return said


def _balanced(body: Any) -> None:
    """Make the balances of what was filled in, as a migration does."""
    from django.db import connection  # noqa: PLC0415 - likewise

    from candour.incidents import recounting  # noqa: PLC0415 - likewise

    recounting.rebuild(body.pk)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze incidents_balance")


def _covered(body: Any) -> None:
    """State, as a body would, that all tiers were collected through the four years."""
    import _many  # noqa: PLC0415 - Django has to be started first

    from candour.figures import actions, measures  # noqa: PLC0415 - Django has to be started first
    from candour.organisation import people  # noqa: PLC0415 - likewise

    for slug in measures.OF_TIER.values():
        actions.state_coverage(
            body, slug, since=_many.FIRST, until=None, where={}, kept_in=None, reason="collected from that day",
            by=people.operator(body), at=_ground.NOW,
        )  # fmt: skip


def _table(body: Any, number: int, day: date, *, kind: str = "financial-year", **more: Any) -> Callable[[], object]:
    """The call that draws a table of the four years."""
    import _many  # noqa: PLC0415 - Django has to be started first

    from candour.figures import questions, tables  # noqa: PLC0415 - likewise
    from candour.ledger.coordinates import AsAt  # noqa: PLC0415 - likewise
    from candour.rules import years  # noqa: PLC0415 - likewise

    periods = years.periods(kind, _many.FIRST, _many.LAST)
    question = questions.question(more.pop("measure", "all-incidents"), periods, **more)
    return lambda: tables.table(body.pk, question, AsAt(day, number))


def _standard(body: Any, kind: str, number: int) -> dict[str, float]:
    """The slowest of the days: the statements alone, and the whole table, each the quickest of a few; in seconds."""
    found = []
    for day in DAYS:
        ours = _table(body, number, day, kind=kind, group=("tier",))
        with closing(_bare()) as bare:
            raw = _runner(bare, _statements(ours))
            found.append(tuple(min(_ground.seconds(call) for _ in range(TIMES)) for call in (raw, ours)))
    statements, tables = zip(*found, strict=True)
    return {"statements": max(statements), "table": max(tables)}


def _other(body: Any, more: dict[str, Any], number: int, *, covered: bool) -> dict[str, Any]:
    """Time a table, and in turn with it the statements it runs."""
    from django.db import connection  # noqa: PLC0415 - Django has to be started first

    ours = _table(body, number, AS_AT, **more)
    with closing(_bare()) as bare:
        statements = _statements(ours)
        raw = _runner(bare, statements)
        pairs = [(_ground.seconds(ours), _ground.seconds(raw)) for _ in range(TIMES + 1)][1:]
        table, driver = (statistics.median(times) for times in zip(*pairs, strict=True))
        plan = list(_plan(bare, statements, connection.vendor))
    met = not covered or all(COVERING[connection.vendor] in line for line in plan)
    return {"table": table, "raw": driver, "covered": met, "plan": plan}


def _write(body: Any) -> float:
    """What a deed adds that changes an incident's tier: one version goes, two come. The median in seconds."""
    from django.db import transaction  # noqa: PLC0415 - Django has to be started first

    from candour.incidents import balances, models  # noqa: PLC0415 - likewise
    from candour.ledger.models import OPEN  # noqa: PLC0415 - likewise

    rows = models.Version.objects.filter(body=body.pk, closed=None, held_until=OPEN).order_by("incident")
    keys = list(rows.values_list("incident", "pk", *balances.COUNTED)[: 500 * TIMES : 50])
    today = _ground.NOW.date()

    def deed(incident: int, key: int, standing: str, tier: str, *said: Any) -> None:
        logged, people, since, until = said
        book = balances.Book(body.pk, today)
        book.remember([incident])
        written = [
            (standing, tier, logged, people, since, today),
            (standing, "near-miss", logged, people, today, until),
        ]
        book.enter([(incident, version) for version in written], {key})
        book.write()

    took = []
    for row in keys:
        with transaction.atomic():
            took.append(_ground.seconds(lambda row=row: deed(*row)))  # type: ignore[misc]
            transaction.set_rollback(True)
    return statistics.median(took)


def _statements(call: Callable[[], object]) -> list[Statement]:
    """Run a call, and return the statements with which it counted."""
    from django.db import connection  # noqa: PLC0415 - Django has to be started first

    seen: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's shape
        if any(mark in sql for mark in COUNTS):
            seen.append((sql, tuple(values)))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        call()
    return seen


def _bare() -> Any:
    """Connect without Django: the driver alone, with the settings that decide its speed."""
    from django.db import connection  # noqa: PLC0415 - Django has to be started first

    if connection.vendor == "postgresql":
        return psycopg.connect(**_ground.connection_words(os.environ["CANDOUR_DATABASE_URL"]), autocommit=True)
    bare = sqlite3.connect(connection.settings_dict["NAME"])
    bare.executescript(connection.settings_dict["OPTIONS"]["init_command"])
    return bare


def _runner(bare: Any, statements: Sequence[Statement]) -> Callable[[], object]:
    written = [_written(bare, statement) for statement in statements]
    return lambda: [bare.execute(sql, values).fetchall() for sql, values in written]


def _written(bare: Any, statement: Statement) -> Statement:
    sql, values = statement
    if isinstance(bare, sqlite3.Connection):
        return sql.replace("%s", "?"), tuple(str(value) if isinstance(value, date) else value for value in values)
    return statement


def _plan(bare: Any, statements: Sequence[Statement], vendor: str) -> Iterator[str]:
    """Every line of the database's plans that reads a table, each different one once."""
    explain = "explain query plan " if vendor == "sqlite" else "explain (costs off) "
    lines = [
        str(row[-1]).strip()
        for sql, values in (_written(bare, statement) for statement in statements)
        for row in bare.execute(explain + sql, values).fetchall()
    ]
    yield from dict.fromkeys(_ALIAS.sub("", line) for line in lines if any(word in line for word in READS[vendor]))


def report(database: str, found: dict[int, dict[str, Any]]) -> None:
    many = max(found)
    print(f"{database}, {many:,} incidents, {many * 4:,} versions of which {many * 5 // 2:,} present")
    for kind in STANDARD:
        slowest = {size: said["standard"][kind] for size, said in found.items()}
        curve = " · ".join(f"{took['statements'] * 1e3:.1f}" for took in slowest.values())
        _ground.line(
            f"  standard table by {kind}, slowest of {len(DAYS)} days, {' · '.join(f'{size:,}' for size in found)}",
            f"{curve} ms (the whole table {slowest[many]['table'] * 1e3:.0f} ms)",
            f"under {IN_DATABASE_MS} ms in the database",
            met=all(took["statements"] * 1e3 < IN_DATABASE_MS for took in slowest.values()),
        )
    took = found[many]["write"] * 1e3
    _ground.line(
        "  keeping the balances, for one deed", f"{took:.2f} ms", f"under {A_WRITE_MS} ms", met=took < A_WRITE_MS
    )
    for name, row in found[many]["others"].items():
        ratio = row["table"] / row["raw"]
        _ground.line(
            f"  {name}, four years",
            f"{row['table'] * 1e3:.0f} ms, its statement {row['raw'] * 1e3:.0f} ms: {ratio:.2f} ×",
            f"at most {MOST} ×" + (", from an index alone" if "old" in name else ""),
            met=ratio <= MOST and row["covered"],
        )
        print("\n".join(f"    plan: {line}" for line in row["plan"]))


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(int(sys.argv[2]), everything="--everything" in sys.argv)))
        return
    most = next((int(word) for word in sys.argv[1:] if word.isdecimal()), LARGE if "--large" in sys.argv else SIZES[-1])
    sizes = [size for size in SIZES if size < most] + [most]
    for database in _ground.databases():
        found = {}
        for size in sizes:
            with _ground.own_data(database) as environment:
                words = ["--everything"] if size == most else []
                found[size] = _ground.in_a_process(environment, "--one", str(size), *words)
        report(database, found)


if __name__ == "__main__":
    main()
