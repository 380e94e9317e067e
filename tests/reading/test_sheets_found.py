"""A register is found in a sheet that nobody prepared for us."""

import csv
import struct
from datetime import date, datetime
from pathlib import Path

import odfdo
import openpyxl
import pytest
import xlsxwriter

from candour.reading import mapping, register
from candour.rules import refusals

TODAY = date(2016, 3, 10)
HEADER = ("Ref No", "Date logged", "Date discovered", "Tier", "No. of people affected", "Notes")


def read(path: Path, guide: mapping.Guide = mapping.Guide(), sheet: str | None = None):  # noqa: B008 - frozen
    with register.open_register(path, guide=guide, sheet=sheet, today=TODAY) as reading:
        return reading.about, [row for batch in reading for row in batch]


def as_csv(path: Path, rows, encoding="utf-8", **how) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, **how).writerows(rows)
    return path


def untidy(path: Path) -> Path:
    """Write a workbook with notes, a merged title, blank rows, dates as cells, totals, and a hidden sheet."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"})
    book.add_worksheet("Notes").write(0, 0, "Ask the information governance team")
    sheet = book.add_worksheet("Incidents 2015")
    sheet.merge_range("A1:F1", "Information security incidents")
    sheet.write(1, 0, "Printed on 1 April 2015")
    sheet.write_row(4, 0, HEADER)
    sheet.write_row(5, 0, ("A1", date(2015, 3, 31), datetime(2015, 3, 30, 23, 15), "Near miss", 4, "seen"))  # noqa: DTZ001
    sheet.write_row(7, 0, ("A2", "31st March 2015", "", "Event", "c. 40", ""))
    sheet.write_row(9, 0, ("Total", "", "", "", 44, ""))
    hidden = book.add_worksheet("Old")
    hidden.write_row(0, 0, HEADER)
    hidden.hide()
    book.close()
    return path


def test_an_untidy_workbook_is_read(tmp_path):
    about, rows = read(untidy(tmp_path / "register.xlsx"))
    assert (about.sheet, about.other_sheets, about.header_row) == ("Incidents 2015", ["Notes", "Old"], 5)
    assert about.mapping == {
        "reference": "Ref No",
        "discovered_at": "Date discovered",
        "logged_on": "Date logged",
        "tier": "Tier",
        "people_affected": "No. of people affected",
    }
    assert about.unmapped == ["Notes"]
    assert (about.read, about.totals_skipped) == (2, [{"row": 10, "text": "Total 44"}])
    assert [(row.row, row.reference, row.problems) for row in rows] == [(6, "A1", ()), (8, "A2", ())]
    first, second = rows
    assert first.facts == {
        "logged_on": "2015-03-31", "discovered_at": "2015-03-30", "tier": "near-miss", "people_affected": 4,
    }  # fmt: skip
    assert first.times == {"discovered_at": "2015-03-30T23:15:00+01:00"}
    assert second.facts["people_affected"] == 40
    assert second.precision == {"people_affected": "approximate"}


def test_the_sheet_may_be_named(tmp_path):
    path = untidy(tmp_path / "register.xlsx")
    assert read(path, sheet="Old")[0].sheet == "Old"
    assert read(path, mapping.Guide(sheet="Old"))[0].sheet == "Old"
    with pytest.raises(refusals.WrongInput, match="has no sheet “New”; it has Notes, Incidents 2015, Old"):
        read(path, sheet="New")


def test_an_openpyxl_workbook_and_its_numbers(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Incident ID", "Date logged", "Exercise", "Team"])
    book.active.append([1207, datetime(2015, 3, 31), False, "=cmd|' /C calc'!A0"])  # noqa: DTZ001
    book.active["D2"].data_type = "s"
    book.save(tmp_path / "register.xlsx")
    _, rows = read(tmp_path / "register.xlsx")
    assert rows[0].reference == "1207"
    assert rows[0].facts == {"logged_on": "2015-03-31", "exercise": "no"}
    assert rows[0].problems == (
        (2, "Team", "=cmd|' /C calc'!A0", "The cell holds a formula as text; write what it stands for."),
    )
    assert rows[0].raw == ["1207", "2015-03-31", "FALSE", "=cmd|' /C calc'!A0"]


def test_an_opendocument_sheet(tmp_path):
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    table = odfdo.Table("Register")
    for number, row in enumerate([("Ref", "Date logged", "Encrypted"), ("A1", date(2015, 3, 31), "Y")]):
        table.set_row_values(number, list(row))
    document.body.append(table)
    document.save(tmp_path / "register.ods")
    about, rows = read(tmp_path / "register.ods")
    assert about.sheet == "Register"
    assert (rows[0].reference, rows[0].facts) == ("A1", {"logged_on": "2015-03-31", "encrypted": "yes"})


def old_workbook(rows) -> bytes:
    """Make a BIFF8 workbook, the least that is one, in a compound file of 512-byte sectors."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def label(row: int, column: int, text: str) -> bytes:
        return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))

    begin = struct.pack("<HHHHLL", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    bound = record(0x0085, struct.pack("<LBBBB", 0, 0, 0, 8, 0) + b"Register")
    start = len(record(0x0809, begin) + bound + record(0x000A))
    bound = record(0x0085, struct.pack("<LBBBB", start, 0, 0, 8, 0) + b"Register")
    cells = b"".join(label(row, column, text) for row, cells in enumerate(rows) for column, text in enumerate(cells))
    sheet = record(0x0809, begin.replace(b"\x05\x00", b"\x10\x00", 1)) + cells + record(0x000A)
    stream = (record(0x0809, begin) + bound + record(0x000A) + sheet).ljust(4096, b"\0")
    sectors = len(stream) // 512

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        label = (name + "\0").encode("utf-16-le")
        links = struct.pack("<HBBLLL", len(label), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return label.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<LQ", first, size)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<L", 0) + b"\xff" * (108 * 4)
    fat = struct.pack(f"<{len(table)}L", *table)
    return header + fat.ljust(512, b"\xff") + directory.ljust(512, b"\0") + stream


def test_an_old_binary_workbook(tmp_path):
    (tmp_path / "register.xls").write_bytes(old_workbook([("Ref", "Date logged"), ("A1", "31 March 2015")]))
    about, rows = read(tmp_path / "register.xls")
    assert (about.sheet, rows[0].reference, rows[0].facts) == ("Register", "A1", {"logged_on": "2015-03-31"})


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")]
)
def test_csv_in_each_encoding(tmp_path, encoding, said):
    rows = [("Ref", "Date logged", "Description"), ("A1", "31/03/2015", "£50 – lost in “Café”")]
    about, read_rows = read(as_csv(tmp_path / "register.csv", rows, encoding))
    assert about.encoding == said
    assert read_rows[0].words == {"description": "£50 – lost in “Café”"}
    assert about.preview == (["A1,31/03/2015,£50 – lost in “Café”"] if said == "cp1252" else [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_each_delimiter(tmp_path, delimiter):
    rows = [("Incidents; all, of them",), HEADER, ("A1", "31/03/2015", "", "Event", "1,234", "one; two, three")]
    about, read_rows = read(as_csv(tmp_path / "register.csv", rows, delimiter=delimiter))
    assert about.header_row == 2
    assert read_rows[0].facts == {"logged_on": "2015-03-31", "tier": "event", "people_affected": 1234}


def test_blank_rows_count_as_rows_of_the_sheet_and_are_not_read(tmp_path):
    rows = [("Ref", "Date logged"), (), (" ", ""), ("A1", "31/03/2015"), ("", ""), ("A2", "31/03/2015")]
    about, read_rows = read(as_csv(tmp_path / "register.csv", rows))
    assert about.read == 2
    assert [row.row for row in read_rows] == [4, 6]


def test_totals_are_skipped_and_an_incident_about_a_total_is_not(tmp_path):
    rows = [
        ("Ref", "Date logged", "Description", "People affected"),
        ("A1", "31/03/2015", "Total", "3"),
        ("", "", "Total loss of a file", ""),
        ("Grand Total:", "", "", "3"),
        ("", "", "TOTALS", "3"),
    ]
    about, read_rows = read(as_csv(tmp_path / "register.csv", rows))
    assert [total["row"] for total in about.totals_skipped] == [4, 5]
    assert about.read == 2
    assert [(row.row, bool(row.problems)) for row in read_rows] == [(2, False), (3, True)]


def test_a_column_without_a_header_is_named_where_it_holds_something(tmp_path):
    rows = [("Ref", "Date logged", "", ""), ("A1", "31/03/2015", "", "who?")]
    about, _ = read(as_csv(tmp_path / "register.csv", rows))
    assert about.unmapped == ["(column D, without a header)"]


def test_a_row_wider_than_the_header_is_held_back(tmp_path):
    (tmp_path / "register.csv").write_text(
        "Ref,Description,Date logged\nA1,lost, and found,31/03/2015,\nA2,fine,31/03/2015,,\n"
    )
    _, rows = read(tmp_path / "register.csv")
    assert (
        "more cells than the header" in rows[0].problems[0].problem or "cannot be read" in rows[0].problems[0].problem
    )
    assert not rows[1].problems
