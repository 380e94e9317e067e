"""How fast the register counts: four tiers × four years as at a day over a million incidents, on both databases.

Run it with `python tests/bench/figures.py [--large | INCIDENTS]`; `--large` takes ten million. Every table is asked at
the head and at an old ledger number. Beside each stands the very statement that it ran, run by the bare driver; and
the database's plan, which has to read nothing but an index.
"""

import json
import os
import re
import sqlite3
import statistics
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import _ground
import psycopg

INCIDENTS, LARGE = 1_000_000, 10_000_000
TIMES = 7
MOST = 1.3
AS_AT = date(2014, 9, 30)
COVERING = {"sqlite": "COVERING INDEX", "postgresql": "Index Only Scan"}
READS = {"sqlite": ("SCAN v", "SEARCH v"), "postgresql": ("Scan",)}

_ALIAS = re.compile(r"_\d+$")
"""What PostgreSQL adds to the name of a table that a statement reads more than once."""

Statement = tuple[str, tuple[Any, ...]]


def one(many: int) -> list[dict[str, Any]]:
    """Fill the tables of an empty installation and ask every measure at both coordinates."""
    _ground.django()
    import _many  # noqa: PLC0415 - Django has to be started first

    from candour.figures import measures  # noqa: PLC0415 - likewise
    from candour.ledger import queries  # noqa: PLC0415 - likewise

    body = _ground.body()
    _covered(body)
    head = queries.head(body.pk)
    filled = _ground.seconds(lambda: _many.fill(body, many, head))
    print(f"  filled in {filled:.0f} s", file=sys.stderr, flush=True)
    asked = {"all-incidents": ("tier",), **dict.fromkeys(measures.OF_TIER.values(), ()), "people-affected": ()}
    numbers = {
        "head": head.number + 3 * many,
        "old number": head.number + many + _many.EVERY * (many // 2 // _many.EVERY) + 1,
    }
    return [
        {"measure": measure, "at": at, **_asked(body, measure, group, number)}
        for at, number in numbers.items()
        for measure, group in asked.items()
    ]


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


def _asked(body: Any, measure: str, group: tuple[str, ...], number: int) -> dict[str, Any]:
    """Time a table, and in turn with it the statement it runs."""
    import _many  # noqa: PLC0415 - Django has to be started first
    from django.db import connection  # noqa: PLC0415 - likewise

    from candour.figures import questions, tables  # noqa: PLC0415 - likewise
    from candour.ledger.coordinates import AsAt  # noqa: PLC0415 - likewise
    from candour.rules import years  # noqa: PLC0415 - likewise

    periods = years.periods("financial-year", _many.FIRST, _many.LAST)
    question, as_at = questions.question(measure, periods, group=group), AsAt(AS_AT, number)

    def ours() -> object:
        return tables.table(body.pk, question, as_at)

    statement = _statement(ours)
    with closing(_bare()) as bare:
        raw = _runner(bare, statement)
        pairs = [(_ground.seconds(ours), _ground.seconds(raw)) for _ in range(TIMES + 1)][1:]
        table, driver = (statistics.median(times) for times in zip(*pairs, strict=True))
        return {"table": table, "raw": driver, **_plan(bare, statement, connection.vendor)}


def _statement(call: Callable[[], object]) -> Statement:
    """Run a call, and return the statement with which it counted."""
    from django.db import connection  # noqa: PLC0415 - Django has to be started first

    seen: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's shape
        if "max(v.opened)" in sql:
            seen.append((sql, tuple(values)))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(listen):
        call()
    (statement,) = seen
    return statement


def _bare() -> Any:
    """Connect without Django: the driver alone, with the settings that decide its speed."""
    from django.db import connection  # noqa: PLC0415 - Django has to be started first

    if connection.vendor == "postgresql":
        return psycopg.connect(**_ground.connection_words(os.environ["CANDOUR_DATABASE_URL"]), autocommit=True)
    bare = sqlite3.connect(connection.settings_dict["NAME"])
    bare.executescript(connection.settings_dict["OPTIONS"]["init_command"])
    return bare


def _runner(bare: Any, statement: Statement) -> Callable[[], object]:
    sql, values = _written(bare, statement)
    return lambda: bare.execute(sql, values).fetchall()


def _written(bare: Any, statement: Statement) -> Statement:
    sql, values = statement
    if isinstance(bare, sqlite3.Connection):
        return sql.replace("%s", "?"), tuple(str(value) if isinstance(value, date) else value for value in values)
    return statement


def _plan(bare: Any, statement: Statement, vendor: str) -> dict[str, Any]:
    """The database's plan, each different line once, and whether all it reads is an index."""
    sql, values = _written(bare, statement)
    explain = "explain query plan " if vendor == "sqlite" else "explain (costs off) "
    lines = [str(row[-1]) for row in bare.execute(explain + sql, values).fetchall()]
    reads = [line for line in lines if any(word in line for word in READS[vendor])]
    covering = bool(reads) and all(COVERING[vendor] in line for line in reads)
    return {"covering": covering, "plan": list(dict.fromkeys(_ALIAS.sub("", line.strip()) for line in reads))}


def report(database: str, many: int, rows: list[dict[str, Any]]) -> None:
    print(f"{database}, {many:,} incidents, {many * 4:,} versions of which {many * 5 // 2:,} present, as at {AS_AT}")
    for row in rows:
        ratio = row["table"] / row["raw"]
        _ground.line(
            f"  {row['measure']}, four years, at the {row['at']}",
            f"{row['table'] * 1e3:.0f} ms, its statement {row['raw'] * 1e3:.0f} ms: {ratio:.2f} ×",
            f"at most {MOST} ×, from an index alone",
            met=ratio <= MOST and row["covering"],
        )
    for line in dict.fromkeys(line for row in rows for line in row["plan"]):
        print(f"    plan: {line}")


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(int(sys.argv[2]))))
        return
    many = next((int(word) for word in sys.argv[1:] if word.isdecimal()), LARGE if "--large" in sys.argv else INCIDENTS)
    for database in _ground.databases():
        with _ground.own_data(database) as environment:
            report(database, many, _ground.in_a_process(environment, "--one", str(many)))


if __name__ == "__main__":
    main()
