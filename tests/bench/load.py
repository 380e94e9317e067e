"""How fast a register comes in: 200,000 rows of 27 fields, read, checked, chained and kept, on both databases.

Run it with `python tests/bench/load.py [ROWS]`. Beside each load stands the bare writing of the same version rows in
the same process: `executemany` on SQLite, COPY on PostgreSQL, into a table without guards or indexes. A second load
with a quarter of the rows shows that memory does not grow with the register.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import _ground
import read_sheet

ROWS = 200_000
ROWS_A_SECOND, PARENT_MB, CHILD_MB = 6_000, 250, 1024
BALANCES = 20
"""Per cent of the time of a load that keeping the balances may take."""
BATCH = 5_000


def one(path: Path) -> dict[str, Any]:
    """Load one register into empty tables, as `candour load` does, then write the same versions barely."""
    _ground.django()
    from candour.incidents import loading  # noqa: PLC0415 - Django has to be started first
    from candour.organisation import people  # noqa: PLC0415 - likewise
    from candour.reading import register  # noqa: PLC0415 - likewise

    body = _ground.body()
    kept = keeping()
    began, own = time.perf_counter(), time.process_time()
    with register.open_register(path, today=_ground.NOW.date()) as reading:
        opened = time.perf_counter() - began
        report = loading.load(
            reading, body=body, source="old sheet", update=False, dry_run=False, by=people.operator(body),
            at=_ground.NOW,
        )  # fmt: skip
    took, own = time.perf_counter() - began, time.process_time() - own
    said = {
        "loaded": report.loaded,
        "took": took,
        "opened": opened,
        "own": own,
        "parent": _ground.peak(),
        "kept": sum(kept),
    }
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = {"child": children.ru_maxrss / _ground.KIB, "childs": children.ru_utime + children.ru_stime}
    return said | child | {"bare": bare()}


def keeping() -> list[float]:
    """Return where the seconds are noted that each step of keeping the balances takes from now on."""
    from candour.incidents import balances  # noqa: PLC0415 - Django has to be started first

    took: list[float] = []

    def timed(step: Callable[..., None]) -> Callable[..., None]:
        return lambda *words, **named: took.append(_ground.seconds(lambda: step(*words, **named)))

    for name in ("remember", "enter", "write"):
        setattr(balances.Book, name, timed(getattr(balances.Book, name)))
    return took


def bare() -> float:
    """Write the version rows that were just loaded into a table of their own; the seconds it took."""
    from django.db import connection  # noqa: PLC0415 - Django has to be started first

    with connection.cursor() as cursor:
        cursor.execute("create table bare as select * from incidents_version limit 0")
        cursor.execute("select * from incidents_version order by id")
        rows = list(cursor.fetchall())
        batches = iter([rows[start : start + BATCH] for start in range(0, len(rows), BATCH)])
        write = _copy if connection.vendor == "postgresql" else _executemany
        return _ground.seconds(lambda: write(batches, len(rows[0])))


def _executemany(batches: Iterator[Sequence[Any]], width: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - likewise

    insert = f"insert into bare values ({', '.join('?' * width)})"
    for batch in batches:
        with transaction.atomic():
            connection.connection.executemany(insert, batch)


def _copy(batches: Iterator[Sequence[Any]], _width: int) -> None:
    from django.db import connection, transaction  # noqa: PLC0415 - likewise

    for batch in batches:
        with transaction.atomic(), connection.cursor() as cursor, cursor.copy("copy bare from stdin") as copy:
            for row in batch:
                copy.write_row(row)


def measure(database: str, path: Path) -> dict[str, Any]:
    with _ground.own_data(database) as environment:
        return _ground.in_a_process(environment, "--one", str(path))


def report(database: str, path: Path, few: dict[str, Any], many: dict[str, Any]) -> None:
    rate, barely = many["loaded"] / many["took"], many["loaded"] / many["bare"]
    _ground.line(
        f"load {many['loaded']:,} rows, {path.suffix}, {database}",
        f"{rate:,.0f} rows/s; bare writing {barely:,.0f} ({barely / rate:.1f} ×)",
        f"{ROWS_A_SECOND:,} rows/s",
        met=rate >= ROWS_A_SECOND,
    )
    after = (many["took"] - many["opened"]) / many["loaded"] * 1e6
    print(
        f"  {many['took']:.1f} s, of which {many['opened']:.1f} s to open; then {after:.0f} µs a row; "
        f"processor time {many['own'] / many['loaded'] * 1e6:.0f} µs a row here, "
        f"{many['childs'] / many['loaded'] * 1e6:.0f} µs in the reading child"
    )
    share = many["kept"] / (many["took"] - many["kept"]) * 100
    _ground.line("  keeping the balances", f"{share:.0f} % more time", f"under {BALANCES} %", met=share < BALANCES)
    _ground.line(
        "  peak memory of the loading process",
        f"{many['parent']:.0f} MB ({few['parent']:.0f} MB with {few['loaded']:,} rows)",
        f"under {PARENT_MB} MB",
        met=many["parent"] < PARENT_MB,
    )
    _ground.line(
        "  peak memory of the reading child",
        f"{many['child']:.0f} MB ({few['child']:.0f} MB)",
        f"under {CHILD_MB} MB",
        met=many["child"] < CHILD_MB,
    )


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(Path(sys.argv[2]))))
        return
    number = next((int(word) for word in sys.argv[1:]), ROWS)
    with tempfile.TemporaryDirectory(prefix="candour-bench-") as name:
        folder, small = Path(name), Path(name) / "quarter"
        small.mkdir()
        paths = zip(read_sheet.write(small, number // 4), read_sheet.write(folder, number), strict=True)
        pairs = list(paths)
        for database in _ground.databases():
            for quarter, whole in pairs:
                report(database, whole, measure(database, quarter), measure(database, whole))


if __name__ == "__main__":
    main()
