"""Each way in which a file can be no register has a sentence of its own, and never takes the parent with it."""

import io
import os
import resource
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from candour.reading import register
from candour.rules import refusals

TODAY = date(2016, 3, 10)
ROWS = (("Reference", "Date logged"), ("A1", "31/03/2015"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path) -> str:
    with pytest.raises(refusals.WrongInput) as refusal, register.open_register(path, today=TODAY) as reading:
        list(reading)
    return str(refusal.value)


def workbook(path: Path, rows=ROWS) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def written(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_that_is_not_there(tmp_path):
    assert "There is no file" in refused(tmp_path / "none.xlsx")


@pytest.mark.parametrize("name", ["empty.xlsx", "empty.csv", "empty.ods"])
def test_an_empty_file(tmp_path, name):
    assert "is empty" in refused(written(tmp_path, name, b""))
    assert "is empty" in refused(written(tmp_path, name, b" \r\n\r\n"))


@pytest.mark.parametrize("name", ["letter.xlsx", "letter.xls", "letter.ods", "letter", "letter.pdf"])
def test_what_is_not_a_spreadsheet(tmp_path, name):
    assert "is not a spreadsheet" in refused(written(tmp_path, name, b"%PDF-1.7 a letter"))


def test_a_picture_called_csv(tmp_path):
    assert "not a table of text" in refused(written(tmp_path, "scan.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))


def test_a_packed_file_that_holds_no_sheet(tmp_path):
    with zipfile.ZipFile(tmp_path / "papers.xlsx", "w") as packed:
        packed.writestr("register.csv", "Reference,Date logged\n")
    assert "is a packed file and not a spreadsheet" in refused(tmp_path / "papers.xlsx")


@pytest.mark.parametrize("keep", [0.2, 0.7, 0.98])
def test_a_workbook_cut_short(tmp_path, keep):
    whole = workbook(tmp_path / "whole.xlsx").read_bytes()
    assert "cut short or damaged" in refused(written(tmp_path, "cut.xlsx", whole[: int(len(whole) * keep)]))


def test_a_workbook_with_a_damaged_part(tmp_path):
    with (
        zipfile.ZipFile(workbook(tmp_path / "whole.xlsx")) as whole,
        zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as bad,
    ):
        for name in whole.namelist():
            bad.writestr(name, whole.read(name)[: 200 if name.endswith("sheet1.xml") else None])
    assert "damaged" in refused(tmp_path / "bad.xlsx")


def test_a_workbook_with_a_password(tmp_path):
    locked = OLE + b"\0" * 1016 + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + b"\0" * 4096
    assert "protected by a password" in refused(written(tmp_path, "locked.xlsx", locked))


def test_a_packed_workbook_with_a_password(tmp_path):
    content = bytearray(workbook(tmp_path / "whole.xlsx").read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "protected by a password" in refused(written(tmp_path, "locked.xlsx", bytes(content)))


def test_an_old_workbook_that_is_broken(tmp_path):
    assert "damaged" in refused(written(tmp_path, "old.xls", OLE + b"\0" * 2000))


def test_a_small_sheet_that_asks_for_ten_thousand_million_cells(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "sparse.xlsx")
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Date logged")
    sheet.write(1_048_575, 16_383, "far away")
    book.close()
    assert os.path.getsize(tmp_path / "sparse.xlsx") < 6_500  # noqa: PTH202 - reads as the sentence it is
    assert "more memory" in refused(tmp_path / "sparse.xlsx")


def test_a_bomb_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        with bomb.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(64):
                part.write(b"0" * (1 << 20))
    assert "unpack to far more" in refused(tmp_path / "bomb.xlsx")


def test_a_bomb_that_lies_about_its_size_ends_at_the_limit(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"):
            bomb.writestr(name, b"<a>" + b" " * (8 << 20))
    lying = packed.getvalue().replace(struct.pack("<L", (8 << 20) + 3), struct.pack("<L", 5_000))
    assert refused(written(tmp_path, "lying.xlsx", lying))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20


def test_text_in_an_encoding_that_cannot_be_told(tmp_path):
    assert "encoding that cannot be told" in refused(
        written(tmp_path, "odd.csv", b"Date logged,Team\n31/03/2015,\x81\x8d\n")
    )


def test_a_quotation_mark_that_is_never_closed(tmp_path):
    text = 'Reference,Date logged,Description\nA1,31/03/2015,"fine"\nA2,31/03/2015,"open\nA3,31/03/2015,x\n'
    assert "quotation mark in row 3 is never closed" in refused(written(tmp_path, "open.csv", text.encode()))


def test_a_cell_longer_than_any_text(tmp_path):
    text = b'Reference,Date logged\nA1,31/03/2015\n"' + b"x" * (2 << 20)
    assert "never closed" in refused(written(tmp_path, "long.csv", text))


def test_a_sheet_without_a_header(tmp_path):
    refusal = refused(workbook(tmp_path / "plain.xlsx", [("A1", "31/03/2015"), ("A2", "01/04/2015")]))
    assert "names a column with the day of an incident" in refusal
    assert "A1, 31/03/2015" in refusal


def test_a_sheet_without_any_cell(tmp_path):
    assert "names a column with the day" in refused(workbook(tmp_path / "blank.xlsx", []))
