"""Workbooks of the binary formats as programs read them: with a hidden row and column, a faint and a merged cell."""

import struct

from office_corpus import packed_workbooks
from office_corpus.compound import old_workbook, record

HIDDEN = "Secretname"
WHITE_FONT = struct.pack("<HHH", 200, 0, 9) + b"\0" * 10
BLACK_FONT = struct.pack("<HHH", 200, 0, 8) + b"\0" * 10


def old(**more):
    """An xls file: Year and Incidents are seen; column C, row 4, a white cell and one under a merged cell are not."""
    cells = [
        _old_text(0, 0, "Year"), _old_text(0, 1, "Incidents"), _old_text(0, 2, HIDDEN),
        _old_number(1, 0, 2014), _old_number(1, 1, 80), _old_number(2, 0, 2015), _old_number(2, 1, 76.5),
        _old_text(3, 0, HIDDEN), _old_text(4, 0, HIDDEN, look=1), _old_text(5, 0, "Note"), _old_text(5, 1, HIDDEN),
    ]  # fmt: skip
    column = record(0x7D, struct.pack("<HHHHHH", 2, 2, 2304, 0, 1, 0))
    row = record(0x208, struct.pack("<HHHHHHHH", 3, 0, 1, 300, 0, 0, 0x20, 0))
    merged = record(0xE5, struct.pack("<HHHHH", 1, 5, 5, 0, 1))
    return old_workbook(column, row, *cells, merged, fonts=(BLACK_FONT, WHITE_FONT), **more)


def _old_text(row, column, text, look=0):
    return record(0x204, struct.pack("<HHHHB", row, column, look, len(text), 0) + text.encode("latin-1"))


def _old_number(row, column, number):
    return record(0x203, struct.pack("<HHHd", row, column, 0, number))


def new(font=packed_workbooks.WHITE, code=0, state=0):
    """The same as an xlsb file, the white cell by a font or by the code of a number format."""
    rows = [
        (_text(0, "Year"), _text(1, "Incidents"), _text(2, HIDDEN)),
        (_number(0, 2014), _number(1, 80)),
        (_number(0, 2015), _number(1, 76.5)),
        (_text(0, HIDDEN),),
        (_text(0, HIDDEN, look=1),),
        (_text(0, "Note"), _text(1, HIDDEN)),
    ]
    return packed_workbooks.workbook(
        packed_workbooks.merged((5, 5, 0, 1)),
        sheet_before=packed_workbooks.columns((2, 2, 2304, 1)),
        sheet_rows=[packed_workbooks.row(number, *cells, hidden=number == 3) for number, cells in enumerate(rows)],
        styles_looks=((0, 0, 0), (code, 1, 0)),
        styles_fonts=(packed_workbooks.font(), packed_workbooks.font(font)),
        styles_codes=((164, ";;;"),),
        book_state=state,
    )


def two_far_apart():
    """An xlsb file of two cells, so far apart that only the first is seen."""
    return _two(5_000, 0)


def far_apart():
    """An xlsb file of two cells, the first and the last there can be: a reader that makes room for all ends itself."""
    return _two(1_048_575, 16_383)


def _two(row, column):
    rows = [packed_workbooks.row(0, _number(0, 1)), packed_workbooks.row(row, _number(column, 2))]
    return packed_workbooks.workbook(sheet_rows=rows, sheet_whole=(0, row, 0, column))


def old_far_apart():
    """The same as an xls file."""
    return old_workbook(_old_number(0, 0, 1), _old_number(65_535, 255, 2), fonts=(BLACK_FONT,))


_text, _number = packed_workbooks.text, packed_workbooks.number
