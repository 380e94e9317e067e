"""How fast files are screened, and what a child weighs: a large workbook, a long PDF, and many small files.

Run it with `python tests/bench/screening.py`; it needs no database. Each large file is looked into in a process of its
own, whose children's memory is its own.
"""

import io
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import _ground
import docx
import xlsxwriter
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from candour.screening import apart

CELLS_SECONDS, PAGES_SECONDS, FILES_A_SECOND, CHILD_MB = 10, 12, 10, 1024
ROWS, COLUMNS, PAGES, FILES = 250_000, 10, 200, 1_000
WORDS = (
    "incident",
    "report",
    "of",
    "the",
    "body",
    "about",
    "a",
    "letter",
    "that",
    "was",
    "sent",
    "to",
    "an",
    "address",
)


def workbook() -> bytes:
    """Write a workbook of 2.5 million cells, about 10 MB."""
    chance = random.Random(1)  # noqa: S311 - made-up numbers, the same each time
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    sheet = book.add_worksheet("Figures")
    for row in range(ROWS):
        for column in range(COLUMNS):
            sheet.write_number(row, column, chance.randrange(1000))
    book.close()
    return made.getvalue()


def pages(number: int = PAGES, lines: int = 62) -> bytes:
    """Write a PDF of dense text."""
    chance = random.Random(2)  # noqa: S311 - made-up words, the same each time
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4)
    for _ in range(number):
        page.setFont("Helvetica", 10)
        for line in range(lines):
            page.drawString(50, 800 - 12 * line, " ".join(chance.choices(WORDS, k=17)))
        page.showPage()
    page.save()
    return made.getvalue()


def small_files() -> Iterator[tuple[bytes, str]]:
    """Yield small files of several kinds, as an outbox holds them; no two alike."""
    for number in range(FILES):
        kind = number % 5
        text = f"{number} " + " ".join(WORDS)
        if kind == 0:
            yield f"year,incidents\n2014/15,{number}\n".encode(), f"{number}.csv"
        elif kind == 1:
            yield pages(2, 20), f"{number}.pdf"
        elif kind == 2:
            yield _document(text), f"{number}.docx"
        elif kind == 3:
            yield _small_workbook(number), f"{number}.xlsx"
        else:
            yield _picture(number), f"{number}.png"


def _document(text: str) -> bytes:
    made, document = io.BytesIO(), docx.Document()
    for _ in range(20):
        document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def _small_workbook(number: int) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Figures")
    for row in range(40):
        sheet.write_row(row, 0, [number, row, "incident"])
    book.close()
    return made.getvalue()


def _picture(number: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (600, 400), (number % 256, 100, 100)).save(made, "PNG")
    return made.getvalue()


def large(what: str) -> None:
    """Look into one large file, and print how long it took and the peak of the child's memory."""
    make, name, aim, told = {
        "workbook": (workbook, "large.xlsx", CELLS_SECONDS, f"{ROWS * COLUMNS / 1e6:.1f} million cells"),
        "pdf": (pages, "long.pdf", PAGES_SECONDS, f"{PAGES} pages of dense text"),
    }[what]
    content = make()
    began = time.perf_counter()
    report = apart.look(content, name)
    took = time.perf_counter() - began
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    child, busy = spent.ru_maxrss / _ground.KIB, spent.ru_utime + spent.ru_stime
    found = ", ".join(sorted({finding.code for finding in report.findings})) or "nothing found"
    _ground.line(
        f"screen {name}, {told}, {len(content) / 1e6:.1f} MB",
        f"{took:.1f} s ({busy:.1f} s of the processor), child {child:,.0f} MB ({report.verdict}: {found})",
        f"under {aim} s and {CHILD_MB} MB",
        met=took < aim and child < CHILD_MB and all(finding.code != "file.crash" for finding in report.findings),
    )


def rendition(what: str) -> None:
    """Make the clean rendition of a large file, and print what it took of the processor and of the child's memory."""
    make, name = {"workbook": (workbook, "large.xlsx"), "pdf": (pages, "long.pdf")}[what]
    made = apart.clean(make(), name)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    child, busy = spent.ru_maxrss / _ground.KIB, spent.ru_utime + spent.ru_stime
    _ground.line(
        f"the clean rendition of {name}" + (f", {made.name}, {len(made.content) / 1e6:.1f} MB" if made else ""),
        f"{busy:.1f} s of the processor, child {child:,.0f} MB",
        f"under {apart.SECONDS} s and {CHILD_MB} MB",
        met=made is not None and busy < apart.SECONDS and child < CHILD_MB,
    )


def many() -> None:
    """Look into many small files with warmed children, on as many processors as there are."""
    files = list(small_files())
    count = min(4, os.cpu_count() or 1)
    began = time.perf_counter()
    with apart.Lookers(count) as lookers:
        reports = list(lookers.each(lambda file: lookers.look(*file), files))
    rate = len(reports) / (time.perf_counter() - began)
    crashed = sum(finding.code == "file.crash" for report in reports for finding in report.findings)
    _ground.line(
        f"screen {FILES:,} small files, {count} children",
        f"{rate:.0f} files a second, {crashed} crashes",
        f"{FILES_A_SECOND} a second",
        met=rate >= FILES_A_SECOND and not crashed,
    )


def main(what: str = "", way: str = "look") -> None:
    if what:
        {"look": large, "clean": rendition}[way](what)
        return
    for one in ("workbook", "pdf"):
        for each in ("look", "clean"):
            subprocess.run([sys.executable, __file__, one, each], check=True)
    many()


if __name__ == "__main__":
    main(*sys.argv[1:])
