"""A sheet is read alike in whatever form its XML is written, and a hostile one is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.screening import kinds, looking
from candour.screening.inside import Inside
from candour.screening.office.xlsx import columns, rows
from candour.screening.office.xlsx.workbooks import Workbook, grids, texts
from office_corpus import workbooks
from office_corpus.packages import changed, packed, parts_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_sheet(text, encoding="utf-8"):
    parts = parts_of(workbooks.saved(workbooks.plain()))
    return packed({**parts, workbooks.SHEET: text.encode(encoding, "surrogateescape")})


def opened(content):
    return Workbook(content, Inside("book.xlsx", kinds.XLSX))


CELLS = '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>a &amp; b</t></is></c><c r="C2"><v>37</v></c></row>'


def sheet_of(cells, namespace=MAIN):
    return f'<worksheet xmlns="{namespace}"><sheetData>{cells}</sheetData></worksheet>'


PREFIXED = CELLS.replace("</", "<|").replace("<", "<x:").replace("<x:|", "</x:")
FORMS = {
    "plain": sheet_of(CELLS),
    "with line breaks": sheet_of(CELLS.replace("<c", "\n <c")),
    "with a prefix": (f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{PREFIXED}</x:sheetData></x:worksheet>'),
    "with a comment": sheet_of(f"<!-- x -->{CELLS}"),
    "with CDATA": sheet_of(CELLS.replace("a &amp; b", "<![CDATA[a & b]]>")),
    "with single quotes": sheet_of(CELLS.replace('"', "'")),
    "without places": sheet_of("<row/>" + CELLS.replace(" r=", " x=")),
    "strict": sheet_of(CELLS, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_hidden_row_is_found_in_every_form_of_xml(form):
    (sheet,) = opened(with_sheet(FORMS[form])).sheets
    assert (sheet.scan.hidden_rows, sheet.scan.cells) == ([2], 2)
    assert sheet.scan.texts["A", True] == ["a & b"]


def test_a_sheet_in_another_encoding_is_read():
    (sheet,) = opened(with_sheet(f'<?xml version="1.0" encoding="UTF-16"?>{FORMS["plain"]}', "utf-16")).sheets
    assert sheet.scan.hidden_rows == [2]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "Mary">]><worksheet/>',
        f'<worksheet xmlns="{MAIN}"><sheetData>{CELLS}',
        "no xml",
        sheet_of(CELLS).replace("&amp;", "\udc9d"),
        '<worksheet xmlns="x"><sheetData><row><c></row></sheetData></worksheet>',
    ],
)
def test_a_sheet_that_is_no_sound_xml_stops_the_file(text):
    (found,) = (one for one in looking.look(with_sheet(text), "a.xlsx").findings if one.severity == "block")
    assert found.code == "file.unreadable"


@settings(max_examples=60)
@given(st.text("<>/ abcrv=\"'1!-[]", max_size=40))
def test_no_piece_of_a_sheet_is_passed_over(piece):
    """Whatever stands between cells, the plain way reads all of it or leaves it to the thorough one."""
    data = f'<row r="1"><c r="A1"><v>1</v></c>{piece}<c r="B1"><v>2</v></c></row>'.encode()
    try:
        read = "".join(cell[0] for row in rows.rows(data) for cell in row.cells)
    except rows.NotPlain:
        return
    assert read == data.decode().removeprefix('<row r="1">').removesuffix("</row>")


def test_texts_come_a_column_at_a_time_and_say_what_is_hidden():
    content = workbooks.hidden_column()
    found = {(text.column, text.hidden): text.text for text in texts(opened(content)) if text.column}
    assert found["A", False].split("\n") == ["Year", "2011/12", "2012/13", "2013/14", "2014/15"]
    assert found["B", True].split("\n")[0] == "Incidents"


def test_a_small_visible_sheet_is_handed_over_as_a_table():
    (grid,) = grids(opened(workbooks.saved(workbooks.plain())))
    assert [list(row) for row in grid.rows] == [[str(cell) for cell in row] for row in workbooks.TABLE]


def test_days_are_texts_that_a_person_would_write():
    content = workbooks.written(
        lambda book, sheet: sheet.write_number("E1", 42095, book.add_format({"num_format": "dd/mm/yyyy"}))
    )
    assert "2015-04-01" in {text.text for text in texts(opened(content))}


def test_shared_strings_hold_their_runs_but_not_how_they_are_pronounced():
    made = workbooks.written(lambda _book, _sheet: None)
    rich = "<r><t>Ye</t></r><r><t>ar</t></r><rPh><t>nen</t></rPh>"
    book = opened(changed(made, "xl/sharedStrings.xml", "<t>Year</t>", rich))
    assert book.strings[0] == "Year"


@pytest.mark.parametrize(
    ("reference", "area"),
    [
        ("A1", (1, 1, 1, 1)),
        ("$B$2:$C$9", (2, 2, 9, 3)),
        ("A:C", (1, 1, columns.LAST_ROW, 3)),
        ("2:3", (2, 1, 3, rows.LAST_COLUMN)),
        ("#REF!", None),
        ("", None),
    ],
)
def test_a_range_is_read(reference, area):
    assert columns.area(reference) == area


@given(st.integers(1, rows.LAST_COLUMN))
def test_letters_and_numbers_of_columns_agree(number):
    assert rows.column_number(rows.column_letters(number)) == number
