"""Tables as files, read back with other libraries: the same values, no formula, the same bytes, any length."""

import csv
import tracemalloc
from datetime import date
from io import BytesIO, StringIO

import odfdo
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from candour.documents import tables
from candour.rules import refusals

HEADER = ("period", "status", "value", "as at", "note")
ROWS = (
    ("2011/12", "held", 0, date(2016, 3, 10), None),
    ("2012/13", "held", 37, date(2016, 3, 10), "counting rule v2, “as agreed”"),
    ("2013/14", "not_held", None, None, "searched, found nothing"),
    ("2014/15", "held", 168_887_690, date(2016, 3, 10), "line one\nline two"),
)
ABOUT = (("Measure", "Events and anomalies"), ("As at", "10 March 2016"), ("Record no.", "418"))
FORMULAS = ("=1+1", "+44 20 7946 0000", "-1", "@sum", "\t=1", "\r=1", "=cmd|' /C calc'!A0")


def sheet(rows=ROWS, title="Events: by year [2011/15]", header=HEADER):
    return tables.Sheet(title, ABOUT, header, rows)


def read_csv(data):
    return list(csv.reader(StringIO(data.decode("utf-8"), newline="")))


def test_csv_holds_the_table_and_nothing_else():
    data = tables.csv(sheet())
    rows = read_csv(data)
    assert rows[0] == list(HEADER)
    assert rows[1] == ["2011/12", "held", "0", "2016-03-10", ""]
    assert rows[4][4] == "line one\nline two"
    assert len(rows) == 5
    assert data.endswith(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"Measure" not in data


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_text_is_never_a_formula_and_a_negative_number_stays_one(text):
    rows = read_csv(tables.csv(sheet([(text, "held", -5, None, None)], header=(text, *HEADER[1:]))))
    for cell in (rows[0][0], rows[1][0]):
        assert cell.startswith("'")
        assert cell[1:].strip() == text.strip()
    assert rows[1][2] == "-5"


def test_xlsx_holds_values_as_what_they_are_and_says_what_they_are_in_a_second_sheet():
    book = openpyxl.load_workbook(BytesIO(tables.xlsx(sheet())))
    assert book.sheetnames == ["Events  by year  2011 15", "About"]
    table = book.worksheets[0]
    assert [cell.value for cell in table[1]] == list(HEADER)
    assert table["C2"].value == 0
    assert table["C4"].value is None
    assert table["C5"].value == 168_887_690
    assert table["D2"].value.date() == date(2016, 3, 10)
    assert table.freeze_panes == "A2"
    assert [[cell.value for cell in row] for row in book["About"].rows] == [list(line) for line in ABOUT]


@pytest.mark.parametrize("text", FORMULAS)
def test_sheets_keep_a_formula_as_text(text):
    book = openpyxl.load_workbook(BytesIO(tables.xlsx(sheet([(text, "https://a.example/", 1, None, "0044")]))))
    cells = book.worksheets[0][2]
    assert [cell.data_type for cell in cells[:2]] == ["s", "s"]
    assert cells[1].hyperlink is None
    assert cells[4].value == "0044"
    made = odfdo.Document(BytesIO(tables.ods(sheet([(text, "held", 1, None, None)])))).body.get_table(0)
    assert made.get_cell((0, 1)).formula is None
    assert made.get_value((0, 1)).strip() == text.strip()


def test_ods_holds_the_same_values_for_two_other_readers():
    data = tables.ods(sheet())
    made = odfdo.Document(BytesIO(data))
    assert [table.name for table in made.body.get_tables()] == ["Events  by year  2011 15", "About"]
    table = made.body.get_table(0)
    assert table.get_value((2, 1)) == 0
    assert table.get_value((2, 3)) is None
    assert table.get_value((3, 1)) == date(2016, 3, 10)
    read = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert read[0] == list(HEADER)
    assert read[2][:4] == ["2012/13", "held", 37.0, date(2016, 3, 10)]
    assert made.get_part("meta.xml").title == "Events: by year [2011/15]"


@pytest.mark.parametrize("make", [tables.csv, tables.ods, tables.xlsx])
def test_the_same_table_gives_the_same_bytes(make):
    assert make(sheet()) == make(sheet())


@pytest.mark.parametrize("make", [tables.csv, tables.ods, tables.xlsx])
def test_a_table_without_rows_has_its_header(make):
    assert make(sheet(rows=()))


@pytest.mark.parametrize("title", ["", "'", "About", "history", "[]:*?/\\", "x" * 40, "\U0001f600" * 20])
def test_any_title_makes_a_name_that_a_workbook_allows(title):
    names = openpyxl.load_workbook(BytesIO(tables.xlsx(sheet(title=title)))).sheetnames
    assert names[1] == "About"
    assert 0 < len(names[0]) <= 31


@pytest.mark.parametrize("write", [tables.write_csv, tables.write_ods, tables.write_xlsx])
def test_many_rows_are_written_one_by_one(write, tmp_path):
    tracemalloc.start()
    with (tmp_path / "big").open("wb") as target:
        write(sheet((f"2016-{at:04}", "held", at, date(2016, 3, 10), "note") for at in range(8_000)), target)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_number_that_a_spreadsheet_would_round_is_written_as_text():
    large = 123_456_789_012_345_678
    assert openpyxl.load_workbook(BytesIO(tables.xlsx(sheet([(large,)])))).worksheets[0]["A2"].value == str(large)
    assert odfdo.Document(BytesIO(tables.ods(sheet([(large,)])))).body.get_table(0).get_value((0, 1)) == str(large)


def test_what_xlsx_cannot_hold_is_refused_not_cut():
    with pytest.raises(refusals.WrongInput, match="32,767 characters"):
        tables.xlsx(sheet([("x" * 32_768,)]))


def test_more_rows_than_xlsx_holds_are_refused():
    with pytest.raises(refusals.WrongInput, match="1,048,575 rows"):
        tables._fill(None, [("x",)], first=1_048_576)


def test_a_day_before_1900_is_written_in_words():
    book = openpyxl.load_workbook(BytesIO(tables.xlsx(sheet([(date(1899, 12, 31),)]))))
    assert book.worksheets[0]["A2"].value == "1899-12-31"
