"""How fast a register is read and checked: 200,000 rows of 27 fields, as .xlsx and as .csv.

Run it with `python tests/bench/read_sheet.py [ROWS | FILE]`; it needs no database.
"""

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from candour.reading import register

TODAY = date(2026, 11, 20)
HEADER = (
    *("Reference", "Date of incident", "Date discovered", "Date aware", "Date reported", "Date logged", "ICO told on"),
    *("Date people told", "Date contained", "Date closed", "Tier", "Category", "Type of incident", "Root cause"),
    *("Description", "Department", "Personal data", "Number of people affected", "Type of data", "Medium"),
    *("Lost or stolen", "Encrypted", "On premises", "Supplier", "Our role", "Information lost", "Resources assigned"),
)


def rows(number: int) -> Iterator[tuple[str | int | date, ...]]:
    """Yield made-up rows as a register of ten years would have them, day after day; few repeat another."""
    chance = random.Random(1)  # noqa: S311 - made-up rows, the same each time
    for serial in range(number):
        day = date(2014, 4, 1) + timedelta(serial * 4000 // number + chance.randrange(30))
        later = [day + timedelta(chance.randrange(1, 60)) for _ in range(8)]
        people = chance.randrange(1000)
        yield (
            f"INC-{serial:06}", day, *later, chance.choice(("Near miss", "Event", "Other incident", "ICO reported")),
            chance.choice(("I", "II", "III", "IV", "V")), chance.choice(("Loss", "Theft", "E-mail to wrong address")),
            chance.choice(("Human error", "Process", "System")),
            f"A letter about {people} people was sent to an old address; it was row {serial} of the mailing.",
            f"Team {people % 40}", chance.choice(("Yes", "No")), people, chance.choice(("Health", "Contact details")),
            chance.choice(("Paper", "Laptop", "E-mail")), chance.choice(("lost", "stolen", "neither")),
            chance.choice(("Y", "N")), chance.choice(("Y", "N")), "", "Controller", chance.choice(("Yes", "No")), "No",
        )  # fmt: skip


def write(folder: Path, number: int) -> tuple[Path, Path]:
    """Write the same register as a workbook and as CSV."""
    workbook, text = folder / "register.xlsx", folder / "register.csv"
    book = xlsxwriter.Workbook(workbook, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Register")
    with text.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        for index, row in enumerate((HEADER, *rows(number))):
            sheet.write_row(index, 0, row)
            out.writerow(row)
    book.close()
    return workbook, text


def measure(path: Path) -> None:
    """Read one register and print how fast that was, and the peak memory of the child and of this process."""
    started, busy, count = time.perf_counter(), time.process_time(), 0
    with register.open_register(path, today=TODAY) as reading:
        opened = time.perf_counter() - started
        for batch in reading:
            count += sum(not row.problems for row in batch)
    took, own = time.perf_counter() - started, time.process_time() - busy
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{path.name}: {count:,} rows in {took:.1f} s ({opened:.1f} s to open): {count / took:,.0f} rows/s, "
        f"{(took - opened) / count * 1e6:.0f} µs a row after opening; parent {own / count * 1e6:.1f} µs a row; "
        f"peak {child:,.0f} MB in the child, {own_peak():,.0f} MB here"
    )


def own_peak() -> float:
    """Say the peak memory of this process in MB, as Linux tells it of one program."""
    told = Path("/proc/self/status").read_text(encoding="utf-8").partition("VmHWM:")[2]
    return int(told.split()[0]) / 1024


def main(argument: str = "200000") -> None:
    """Measure a file that is named, else made-up ones; each in a process of its own, whose memory is its own."""
    if not argument.isdigit():
        measure(Path(argument))
        return
    with tempfile.TemporaryDirectory() as folder:
        for path in write(Path(folder), int(argument)):
            subprocess.run([sys.executable, __file__, path], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
