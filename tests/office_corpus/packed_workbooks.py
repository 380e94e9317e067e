"""Writes xlsb workbooks with the parts and records that Excel puts into each of them (MS-XLSB 2.1.7), and some more."""

import struct

from office_corpus.compound import packed_record, wide
from office_corpus.packages import RELATIONS, packed

OFFICE = "http://schemas.openxmlformats.org/package/2006"
BLACK = bytes([3 << 1 | 1, 1, 0, 0, 0, 0, 0, 255])
WHITE = bytes([2 << 1 | 1, 0, 0, 0, 255, 255, 255, 255])
BLUE = bytes([2 << 1 | 1, 0, 0, 0, 29, 112, 184, 255])
PAPER = bytes([3 << 1 | 1, 0, 0, 0, 255, 255, 255, 255])
PLAIN = ((0, 0, 0),)
"""The code of a number format, the font and the fill of each cell format."""
GUID = "{0C1A2B3D-1111-2222-3333-0123456789AB}"


def font(colour=BLACK, height=220, name="Calibri"):
    return packed_record(43, struct.pack("<HHHHBBBB", height, 0, 400, 0, 0, 2, 0, 0) + colour + b"\2" + wide(name))


def fill(pattern=0, fore=PAPER):
    return packed_record(45, struct.pack("<I", pattern) + fore + BLACK + struct.pack("<I", 0) + b"\0" * 44)


def text(column, written, look=0):
    return packed_record(6, struct.pack("<II", column, look) + wide(written))


def shared(column, number, look=0):
    return packed_record(7, struct.pack("<III", column, look, number))


def number(column, value, look=0):
    return packed_record(5, struct.pack("<IId", column, look, value))


def formula(column, value, within=b""):
    rest = struct.pack("<HI", 0, len(within)) + within + struct.pack("<I", 0)
    return packed_record(9, struct.pack("<IId", column, 0, value) + rest)


def row(place, *cells, hidden=False, height=300):
    spans = struct.pack("<III", 1, 0, 15)
    flags = struct.pack("<BBB", 0, 0x10 if hidden else 0, 0)
    return packed_record(0, struct.pack("<IIH", place, 0, height) + flags + spans) + b"".join(cells)


def columns(*found):
    """Runs of columns as (first, last, width in 256ths of a letter, hidden)."""
    made = (
        packed_record(60, struct.pack("<IIIIH", first, last, width, 0, 2 | hidden))
        for first, last, width, hidden in found
    )
    return packed_record(390) + b"".join(made) + packed_record(391)


def merged(*areas):
    made = (packed_record(176, struct.pack("<IIII", *area)) for area in areas)
    return packed_record(177, struct.pack("<I", len(areas))) + b"".join(made) + packed_record(178)


def within(*records):
    """Frame records that a later version has added and an older one may pass over."""
    return packed_record(37, b"\1\0\0\0\x0f\0") + b"".join(records) + packed_record(38)


SUM = b"\x25" + struct.pack("<IIHH", 1, 2, 0xC001, 0xC001) + b"\x19\x10\0\0"
"""The sum of the second and the third row of a column, as MS-XLSB 2.5.98 writes a formula."""
TABLE = (
    row(0, shared(0, 0), shared(1, 1)),
    row(1, number(0, 2014), number(1, 80, look=1)),
    row(2, number(0, 2015), number(1, 76)),
    row(3, text(0, "Total"), formula(1, 156, SUM)),
)


def sheet(*after, rows=TABLE, before=b"", low=300, zero=0, whole=(0, 9, 0, 3)):
    """A sheet: what stands before its rows, the rows, and `after` them."""
    view = packed_record(137, b"\xdc\x03" + b"\0" * 28)
    views = packed_record(133) + view + packed_record(152, b"\3" + b"\0" * 35) + packed_record(138) + packed_record(134)
    formats = within(packed_record(1045, b"\0" * 8)) + packed_record(
        485, struct.pack("<IHHH2x", 2**32 - 1, 8, low, zero)
    )
    head = packed_record(147, b"\xc9\4\2" + b"\0" * 16 + wide("Sheet1"))
    head += packed_record(148, struct.pack("<IIII", *whole)) + views + formats + before
    around = packed_record(479, b"\0\0" + wide("&COFFICIAL") + wide("") * 0) + packed_record(480)
    printed = (
        packed_record(477, b"\x10\0") + packed_record(476, b"\0" * 48) + packed_record(478, b"\0" * 34 + wide("rId1"))
    )
    data = packed_record(145) + b"".join(rows) + packed_record(146)
    notes = packed_record(537, b"\0" * 10) + b"".join(after)
    return packed_record(129) + head + data + notes + printed + around + packed_record(130)


def strings(*found):
    made = b"".join(one if isinstance(one, bytes) else packed_record(19, b"\0" + wide(one)) for one in found)
    return packed_record(159, struct.pack("<II", len(found), len(found))) + made + packed_record(160)


def book(*more, state=0, names=(), window=0x78):
    """The workbook's own part; `more` stands behind the sheets."""
    version = b"\0" * 16 + wide("xl") + wide("7") + wide("7") + wide("24330")
    about = packed_record(128, version) + packed_record(
        153, struct.pack("<II", 0x10120, 124_226) + wide("ThisWorkbook")
    )
    about += within(packed_record(3073, wide(f"8_{GUID}") + wide("47") + b"\0" * 8))
    view = packed_record(158, struct.pack("<iiIIIIIB", 0, 0, 28_800, 12_000, 600, 0, 0, window))
    listed = packed_record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("Incidents"))
    listed = packed_record(143) + listed + packed_record(144)
    features = packed_record(5097, b"\0" * 4 + wide("microsoft.com:ARRAYTEXT_WF"))
    later = packed_record(35, b"\0\0\x0f\0") + packed_record(5095, b"\0" * 4) + features + packed_record(5096)
    calculated = packed_record(157, struct.pack("<IIIdIH", 191_029, 1, 100, 0.001, 4, 0x1F4))
    whole = about + packed_record(135) + view + packed_record(136) + listed + b"".join(names) + calculated
    return packed_record(131) + whole + b"".join(more) + later + packed_record(36) + packed_record(132)


def name(written, flags=0, means=b""):
    about = struct.pack("<IBI", flags, 0, 2**32 - 1) + wide(written)
    return packed_record(39, about + struct.pack("<I", len(means)) + means + struct.pack("<II", 0, 2**32 - 1))


FONTS, FILLS = (font(),), (fill(),)


def styles(*more, looks=PLAIN, fonts=FONTS, fills=FILLS, codes=()):
    made = (packed_record(44, struct.pack("<H", place) + wide(code)) for place, code in codes)
    formats = _all(615, *made) if codes else b""
    drawn = _all(603, *fills, fill(17)) + _all(613, packed_record(46, b"\0" * 51))
    kept = b"".join(_look(*one) for one in looks)
    listed = _all(626, _look(0, 0, 0)) + packed_record(617, struct.pack("<I", len(looks))) + kept + packed_record(618)
    named = _all(619, packed_record(48, struct.pack("<IHBB", 0, 1, 0, 255) + wide("Normal")))
    tables = packed_record(508, b"\0" * 4 + wide("TableStyleMedium2") + wide("PivotStyleLight16")) + packed_record(509)
    whole = formats + _all(611, *fonts, within(packed_record(1025, b"\1\0\0\0"))) + drawn + listed + named
    later = packed_record(35, b"\0\0\x0e\0") + packed_record(1131) + packed_record(1132) + packed_record(36)
    return (
        packed_record(278)
        + whole
        + packed_record(505)
        + packed_record(506)
        + tables
        + b"".join(more)
        + later
        + packed_record(279)
    )


def _look(code, font_, fill_):
    return packed_record(47, struct.pack("<HHHHHBBHB", 0, code, font_, fill_, 0, 0, 0, 0x10, 0))


def _all(begin, *records):
    return packed_record(begin, struct.pack("<I", len(records))) + b"".join(records) + packed_record(begin + 1)


def workbook(*after, parts=None, target="worksheets/sheet1.bin", **said):
    """An xlsb file; `said` are the arguments of its parts, by the name of the part, a stroke and the argument."""
    of = {part: {key[len(part) + 1 :]: value for key, value in said.items() if key.startswith(part)} for part in _MADE}
    index = packed_record(42, b"\0" * 8) + packed_record(40, b"\0" * 20) + packed_record(277)
    chain = packed_record(528) + packed_record(63, b"\0" * 9) + packed_record(529)
    made = {
        "[Content_Types].xml": TYPES, "_rels/.rels": related(("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book(*of["book"].pop("more", ()), **of["book"]),
        "xl/_rels/workbook.bin.rels": related(
            ("rId1", "worksheet", target), ("rId2", "theme", "theme/theme1.xml"), ("rId3", "styles", "styles.bin"),
            ("rId4", "sharedStrings", "sharedStrings.bin"),
        ),
        f"xl/{target}": sheet(*after, **of["sheet"]),
        "xl/theme/theme1.xml": THEME, "xl/worksheets/binaryIndex1.bin": index,
        "xl/worksheets/_rels/sheet1.bin.rels": related(("rId2", "xlBinaryIndex", "binaryIndex1.bin")),
        "xl/styles.bin": styles(*of["styles"].pop("more", ()), **of["styles"]), "xl/calcChain.bin": chain,
        "xl/sharedStrings.bin": strings(*said.get("strings", ("Year", "Incidents"))),
        "docProps/app.xml": "<Properties><Application>Microsoft Excel</Application></Properties>",
    }  # fmt: skip
    return packed({**made, **(parts or {})})


_MADE = ("book", "sheet", "styles")


def related(*found):
    made = "".join(f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for id_, kind, to in found)
    return f'<Relationships xmlns="{OFFICE}/relationships">{made}</Relationships>'


TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{OFFICE}/content-types"><Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
    '<a:clrScheme name="Office">'
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
    '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
    "</a:clrScheme></a:themeElements></a:theme>"
)


def plain():
    """A table as Excel saves it: a heading in white on blue, numbers, a total by a formula, a wide column."""
    head = (row(0, shared(0, 0, look=2), shared(1, 1, look=2)), *TABLE[1:])
    return workbook(
        merged((5, 5, 0, 1)),
        packed_record(648) + packed_record(649, b"\0" * 20) + packed_record(650),
        sheet_rows=(*head, row(5, text(0, "Source: the register"), text(1, ""))),
        sheet_before=columns((0, 1, 3_072, 0)),
        styles_looks=((0, 0, 0), (164, 0, 0), (0, 1, 1)),
        styles_fonts=(font(), font(WHITE)),
        styles_fills=(fill(), fill(1, BLUE)),
        styles_codes=((164, "#,##0;-#,##0"),),
        book_names=(name("_xlnm.Print_Area", 0x20),),
    )
