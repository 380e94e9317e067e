"""Workbooks of the binary formats as programs read them: with a hidden row and column, a faint and a merged cell."""

import struct

from office_corpus.compound import old_workbook, packed_record, record, wide
from office_corpus.packages import RELATIONS, packed

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


def new(font=WHITE_FONT, code=0, state=0):
    """The same as an xlsb file, the white cell by a font or by the code of a number format."""
    rows = [
        (0, [_text(0, "Year"), _text(1, "Incidents"), _text(2, HIDDEN)]),
        (1, [_number(0, 2014), _number(1, 80)]),
        (2, [_number(0, 2015), _number(1, 76.5)]),
        (3, [_text(0, HIDDEN)]),
        (4, [_text(0, HIDDEN, look=1)]),
        (5, [_text(0, "Note"), _text(1, HIDDEN)]),
    ]
    column = packed_record(60, struct.pack("<IIIIH", 2, 2, 2304, 0, 1))
    merged = packed_record(176, struct.pack("<IIII", 5, 5, 0, 1))
    cells = b"".join(_row(number, number == 3) + b"".join(found) for number, found in rows)
    whole = struct.pack("<IIII", 0, 5, 0, 2)
    sheet = packed_record(129) + packed_record(148, whole) + column + packed_record(145) + cells
    return _package(sheet + packed_record(146) + merged + packed_record(130), _styles(font, code), state)


def two_far_apart():
    """An xlsb file of two cells, so far apart that only the first is seen."""
    cells = _row(0, hidden=False) + _number(0, 1) + _row(5_000, hidden=False) + _number(0, 2)
    whole = packed_record(148, struct.pack("<IIII", 0, 5_000, 0, 0))
    sheet = packed_record(129) + whole + packed_record(145) + cells + packed_record(146) + packed_record(130)
    return _package(sheet, _styles(BLACK_FONT, 0))


def far_apart():
    """An xlsb file of two cells, the first and the last there can be: a reader that makes room for all ends itself."""
    cells = _row(0, hidden=False) + _number(0, 1) + _row(1_048_575, hidden=False) + _number(16_383, 2)
    whole = packed_record(148, struct.pack("<IIII", 0, 1_048_575, 0, 16_383))
    sheet = packed_record(129) + whole + packed_record(145) + cells + packed_record(146) + packed_record(130)
    return _package(sheet, _styles(BLACK_FONT, 0))


def old_far_apart():
    """The same as an xls file."""
    return old_workbook(_old_number(0, 0, 1), _old_number(65_535, 255, 2), fonts=(BLACK_FONT,))


def _package(sheet, styles, state=0):
    parts = {
        "[Content_Types].xml": _TYPES, "xl/workbook.bin": _book(state), "xl/_rels/workbook.bin.rels": _RELATION,
        "xl/worksheets/sheet1.bin": sheet, "xl/styles.bin": styles,
    }  # fmt: skip
    return packed(parts)


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def _book(state):
    listed = packed_record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("Incidents"))
    about = packed_record(131) + packed_record(153, b"\0" * 12)
    return about + packed_record(143) + listed + packed_record(144) + packed_record(132)


def count(number):
    return struct.pack("<I", number)


def _styles(font, code):
    """Two fonts, a number format that shows nothing, and two cell formats: the plain one, and the one that hides."""
    black = bytes([3 << 1 | 1, 1, 0, 0, 0, 0, 0, 255])
    white = bytes([2 << 1 | 1, 0, 0, 0, 255, 255, 255, 255])
    fonts = [struct.pack("<H", 220) + b"\0" * 10 + one for one in (black, white if font == WHITE_FONT else black)]
    told = packed_record(615, count(1)) + packed_record(44, struct.pack("<H", 164) + wide(";;;")) + packed_record(616)
    told += packed_record(611, count(2)) + b"".join(packed_record(43, one) for one in fonts) + packed_record(612)
    looks = [(0, 0), (code, 1)]
    cells = b"".join(packed_record(47, struct.pack("<HHHHHHHH", 0, *look, 0, 0, 0, 0, 0)) for look in looks)
    return told + packed_record(617, count(2)) + cells + packed_record(618)


def _row(number, hidden):
    return packed_record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def _text(column, text, look=0):
    return packed_record(6, struct.pack("<II", column, look) + wide(text))


def _number(column, number):
    return packed_record(5, struct.pack("<IId", column, 0, number))
