"""A table of more rows than were approved is stopped, whatever it is kept in."""

import io

import odfdo
import openpyxl
import pytest

from candour.screening import looking
from candour.screening.findings import Known

ROWS = [("Year", "Incidents"), *((2000 + number, number % 7) for number in range(30))]


def workbook():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def open_workbook():
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    table = odfdo.Table("Sheet")
    for row in ROWS:
        table.append_row(odfdo.Row())
        table.set_row_values(len(table.rows) - 1, list(row))
    book.body.append(table)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


FILES = {
    "table.csv": lambda: "".join(f"{year},{count}\n" for year, count in ROWS).encode(),
    "table.xlsx": workbook,
    "table.ods": open_workbook,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(("rows", "found"), [(None, False), (30, False), (29, True)])
def test_more_rows_than_approved_stop_a_table(name, rows, found):
    report = looking.look(FILES[name](), name, known=Known(rows=rows))
    assert ("table.more-rows" in {one.code for one in report.findings}) is found, report.findings
