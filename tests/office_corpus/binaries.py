"""Files of the old binary formats, and xlsb, with one thing hidden in each."""

import struct

from office_corpus import binary_tables, old_presentations, packed_workbooks, shared
from office_corpus.compound import (
    atom,
    compound,
    counted,
    custom,
    headed,
    old_document,
    old_workbook,
    packed_record,
    picture,
    properties,
    record,
    stored,
    strings,
    styles,
    wide,
)
from office_corpus.old_presentations import GREETING, presentation, shape, slide, text, within
from office_corpus.open_documents import put
from office_corpus.packages import FILES, with_parts
from office_corpus.workbooks import png

SUMMARY = "\x05SummaryInformation"
MACRO = {"_VBA_PROJECT_CUR__VBA__dir": b"x"}
NAMED = b"\x01\0\0\5" + b"\0" * 9 + b"\0Smith\0"
WHITE = struct.pack("<HHH", 200, 0, 9) + b"\0" * 10
BLACK = struct.pack("<HHH", 200, 0, 8) + b"\0" * 10
FILLED = b"\0" * 10
CELL = record(0x203, struct.pack("<HHHd", 1, 1, 0, 81))


def cell(row):
    return record(0x203, struct.pack("<HHHd", row, 1, 0, 81))


def strung(*strings):
    """Shared strings, each with the font of all its letters but the first five, or None."""
    found = b""
    for written, font in strings:
        runs = b"" if font is None else struct.pack("<HH", 5, font)
        head = struct.pack("<HB", len(written), 8 if runs else 0) + (struct.pack("<H", 1) if runs else b"")
        found += head + written.encode("latin-1") + runs
    return record(0xFC, struct.pack("<II", len(strings), len(strings)) + found)


XLS = {
    "in-part": lambda: old_workbook(record(0x9999, b"x")),
    "hidden-window": lambda: old_workbook(before=[record(0x3D, struct.pack("<9H", 0, 0, 9, 9, 1, 0, 0, 1, 600))]),
    "far-cell": lambda: old_workbook(cell(0), cell(5_000)),
    "under-merged": binary_tables.old,
    "invisible-letters": lambda: old_workbook(before=[strung(("from Mary Smith", 1))], fonts=(BLACK, WHITE)),
    "orphan-string": lambda: old_workbook(before=[strung(("Mary Smith", None))]),
    "formula": lambda: old_workbook(record(0x06, struct.pack("<HHHd", 1, 1, 0, 81) + b"\0" * 8)),
    "protection": lambda: old_workbook(record(0x12, b"\1\0")),
    "hidden-sheet": lambda: old_workbook(state=2),
    "other-sheet": lambda: old_workbook(kind=2),
    "hidden-row": lambda: old_workbook(record(0x208, struct.pack("<HHHHHHHH", 4, 0, 1, 300, 0, 0, 0x20, 0))),
    "hidden-column": lambda: old_workbook(record(0x7D, struct.pack("<HHHHHH", 2, 3, 2304, 0, 1, 0))),
    "record": lambda: old_workbook(record(0x1C, b"\0" * 12)),
    "invisible-cell": lambda: old_workbook(CELL, fonts=(WHITE,)),
    "macro": lambda: old_workbook(_VBA_PROJECT_CUR=b"x", Ctls=b"x"),
    "embedded-file": lambda: old_workbook(MBD0001=b"x"),
    "pivot-records": lambda: old_workbook(_SX_DB_CUR=b"x"),
    "revision": lambda: old_workbook(**{"Revision Log": b"x"}),
    "external-link": lambda: old_workbook(before=[record(0x1AE, b"\1\0\5\0\0staff")]),
    "hidden-name": lambda: old_workbook(before=[record(0x18, NAMED)]),
    "author": lambda: old_workbook(**{SUMMARY: properties("Mary Smith")}),
}


def xlsb(*records, state=0, **said):
    return packed_workbooks.workbook(*records, book_state=state, **said)


def cells(*rows, **said):
    return lambda: xlsb(sheet_rows=rows, **said)


def looking(look, **said):
    """A workbook of one cell in a format of its own."""
    cell = packed_workbooks.number(0, 81, look=1)
    return cells(packed_workbooks.row(0, cell), styles_looks=((0, 0, 0), look), **said)


FAINT = {"styles_fonts": (packed_workbooks.font(), packed_workbooks.font(packed_workbooks.WHITE))}
RICH = packed_record(19, b"\1" + wide("from Mary Smith") + struct.pack("<IHH", 1, 5, 1))
SPOKEN = packed_record(19, b"\2" + wide("Smith") + wide("MARY SMITH") + struct.pack("<I", 0))
XLSB = {
    "in-part": lambda: xlsb(packed_record(2_500, b"x")),
    "hidden-sheet": lambda: xlsb(state=1),
    "other-sheet": lambda: xlsb(target="chartsheets/sheet1.bin"),
    "hidden-row": cells(packed_workbooks.row(4, packed_workbooks.number(0, 1), hidden=True)),
    "hidden-column": lambda: xlsb(sheet_before=packed_workbooks.columns((2, 3, 2304, 1))),
    "hidden-window": lambda: xlsb(book_window=0x79),
    "record": lambda: xlsb(packed_record(163)),
    "far-cell": binary_tables.two_far_apart,
    "under-merged": binary_tables.new,
    "carried": lambda: with_parts(xlsb(), {"xl/comments1.bin": "x"}),
    "invisible-cell": looking((0, 1, 0), **FAINT),
    "invisible-letters": lambda: xlsb(strings=("Year", RICH), **FAINT),
    "orphan-string": lambda: xlsb(strings=("Year", "Incidents", "Mary Smith")),
    "formula": xlsb,
    "protection": lambda: xlsb(packed_record(535, b"\0" * 66)),
    "hidden-name": lambda: xlsb(book_names=(packed_workbooks.name("Smith", 1),)),
    "folder": lambda: xlsb(book_more=(packed_workbooks.within(packed_record(2071, wide("C:\\Users\\msmith\\"))),)),
}
MORE_XLSB = {
    "in-part": {
        "letters-in-a-setting": lambda: xlsb(packed_record(476, b"The officer of the north team is named here.")),
        "a-part-of-another-kind": lambda: with_parts(xlsb(), {"xl/metadata.bin": "x"}),
        "a-sheet-that-is-not-listed": lambda: with_parts(
            xlsb(), {"xl/worksheets/sheet7.bin": packed_workbooks.sheet()}
        ),
        "behind-the-end": lambda: with_parts(
            xlsb(), {"xl/calcChain.bin": packed_record(528) + packed_record(529) + b"x" * 9}
        ),
        "no-begin": lambda: with_parts(xlsb(), {"xl/styles.bin": packed_record(279)}),
        "a-name-of-a-program": lambda: xlsb(book_names=(packed_workbooks.name("Run", 8),)),
        "pronounced": lambda: xlsb(strings=("Year", SPOKEN)),
        "a-cell-that-is-not-read": lambda: xlsb(b"".join(packed_workbooks.TABLE), sheet_rows=()),
    },
    "invisible-cell": {
        "no-number": looking((164, 0, 0), styles_codes=((164, ";;;@"),)),
        "tiny": looking((0, 1, 0), styles_fonts=(packed_workbooks.font(), packed_workbooks.font(height=20))),
        "as-its-ground": looking(
            (0, 1, 1),
            styles_fonts=(packed_workbooks.font(), packed_workbooks.font(packed_workbooks.BLUE)),
            styles_fills=(packed_workbooks.fill(), packed_workbooks.fill(1, packed_workbooks.BLUE)),
        ),
    },
    "record": {
        "low-rows": lambda: xlsb(sheet_low=10),
        "rows-without-height": lambda: xlsb(sheet_zero=2),
        "a-condition": lambda: xlsb(packed_record(461)),
    },
}
"""Second and third ways in which the same is hidden."""
DRAWN = ("xl/drawings/drawing1.xml", '<wsDr xmlns="x"></wsDr>')
SHARED = {
    **shared.about(DRAWN[0], "xl", "</wsDr>"),
    "macro": lambda content: with_parts(content, {"xl/vbaProject.bin": "x"}),
}
ASK = "ask Mary Smith"
FIELD = "Thank you\x13 {} \x14here\x15"


def beside(number, *texts):
    return lambda: old_document(beside={number: strings(*texts)})


def with_field(code):
    return lambda: old_document(FIELD.format(code))


def described():
    return pictured((0x381, "Mary Smith"))()


DOC = {
    "in-part": lambda: old_document(Secrets=b"x"),
    "header-not-shown": lambda: headed(header="OFFICIAL", first_header=ASK),
    "custom-xml": lambda: stored(b"<case>Mary Smith</case>"),
    "text-off-page": lambda: old_document(ASK, struct.pack("<Hh", 0x4845, 900)),
    "holding-field": with_field("IF 1 = 1 Mary Smith"),
    "associated": beside(32, "", "", "", "", "", "", "Mary Smith"),
    "alternative-text": described,
    "printer": lambda: old_document(beside={27: b"PRINT-4 of Mary Smith\0winspool\0"}),
    "macro": lambda: old_document(Macros=b"x", _VBA_PROJECT=b"x", VBA=b"x", Ctls=b"x"),
    "embedded-file": lambda: old_document(MBD0002=b"x"),
    "author": lambda: old_document(**{SUMMARY: properties("Mary Smith")}),
    "described": lambda: old_document(**{SUMMARY: properties("Mary Smith", 6)}),
    "thumbnail": lambda: old_document(**{SUMMARY: properties("picture", 17)}),
    "custom-property": lambda: old_document(**{"\x05DocumentSummaryInformation": custom("Officer", "Mary Smith")}),
    "hidden-text": lambda: old_document(ASK, struct.pack("<HB", 0x083C, 1)),
    "faint-text": lambda: old_document(ASK, struct.pack("<HI", 0x6870, 0xFFFFFF)),
    "tiny-text": lambda: old_document(ASK, struct.pack("<HBHH", 0x0835, 1, 0x4A43, 2)),
    "blacked-text": lambda: old_document(ASK, struct.pack("<HB", 0x2A0C, 1)),
    "tracked-change": lambda: old_document(ASK, struct.pack("<HB", 0x0800, 1)),
    "comment": lambda: old_document(comments=ASK, beside={36: counted("Mary Smith")}),
    "left-over": lambda: old_document(left_over=b"The report names Mary Smith of the north team."),
    "person": beside(51, "Unknown", "Mary Smith"),
    "saved-by": beside(71, "Mary Smith", r"C:\Cases\Mary Smith.doc"),
    "route": lambda: old_document(beside={70: b"\1\0Mary Smith\0"}),
    "mail-merge": beside(32, "", "", "", "", "", "", "", "", r"\\server\staff\Mary Smith.mdb"),
    "variable": lambda: old_document(beside={60: strings("Officer", extra=4) + counted("Mary Smith\0")}),
    "fetching-field": with_field(r'INCLUDETEXT "C:\\Mary Smith.doc"'),
    "telling-field": with_field("USERNAME Mary Smith"),
    "bookmark": beside(21, "_Toc1", "Mary Smith"),
    "attached-template": beside(32, "", r"C:\Templates\Mary Smith.dot"),
}


def pictured(*about, **said):
    return lambda: old_document("\1", struct.pack("<HIHB", 0x6A03, 0, 0x0855, 1), Data=picture(*about, **said))


OF_A_FIELD = struct.pack("<HIHBHB", 0x6A03, 0, 0x0855, 1, 0x0806, 1)
HIDING, UNLESS = struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x083C, 0x81)
WHITE_LETTERS = struct.pack("<HBBBB", 0x6870, 250, 250, 250, 0)
MORE_DOC = {
    "hidden-text": {
        "hidden-in-a-byte": lambda: old_document(ASK, short=0x5C << 1 | 1 << 8),
        "hidden-in-a-list": lambda: old_document(ASK, short=1, lists=struct.pack("<BHHB", 1, 3, 0x083C, 1)),
        "hidden-by-style": lambda: old_document(ASK, beside={1: styles((1, 0xFFF, HIDING))}),
        "hidden-by-the-style-below": lambda: old_document(
            ASK, struct.pack("<HH", 0x4A30, 2), beside={1: styles((1, 0xFFF, b""), (2, 0xFFF, HIDING), (2, 1, b""))}
        ),
        "hidden-as-the-style-is-not": lambda: old_document(ASK, UNLESS, beside={1: styles((1, 0xFFF, b""))}),
    },
    "faint-text": {
        "nearly-white": lambda: old_document(ASK, WHITE_LETTERS),
        "black-on-black": lambda: old_document(
            ASK, struct.pack("<HBHB9xH", 0x2A42, 1, 0xCA71, 10, 1).replace(b"\0" * 9, b"\0" * 8)
        ),
    },
    "tiny-text": {"narrow": lambda: old_document(ASK, struct.pack("<HH", 0x4852, 2))},
    "tracked-change": {
        "a-changed-format": lambda: old_document(ASK, struct.pack("<HB", 0xCA57, 7) + b"\1" + b"\0" * 6)
    },
    "left-over": {"among-the-tables": lambda: old_document(after=b"The report names Mary Smith of the north team.")},
    "in-part": {
        "a-table-of-another-kind": lambda: old_document(beside={72: b"secret"}),
        "letters-in-a-table": lambda: old_document(beside={31: b"The officer of the north team is named here."}),
        "a-property-of-another-kind": lambda: old_document(ASK, struct.pack("<HB", 0x08FF, 1)),
        "a-drawing": lambda: old_document(beside={50: atom(0xF002, atom(0xF00A, b"\0" * 8), version=0xF)}),
        "data": lambda: old_document(Data=b"x" * 40),
        "data-of-a-field": lambda: old_document("\1", OF_A_FIELD, Data=picture()),
        "a-cropped-picture": pictured((0x101, 20_000)),
        "a-hidden-picture": pictured((0x3BF, 0x20002)),
        "a-picture-with-effects": pictured((0x109, 0x7FFF)),
        "a-tiny-picture": pictured(size=(600, 10, 1000, 1000)),
        "a-linked-picture": pictured(kind=0x66),
        "another-kind-of-field": with_field("SECRET 1"),
        "a-field-with-a-long-code": with_field("PAGE " + "1 " * 120),
        "a-text-behind-the-text": lambda: old_document(behind="secret"),
        "a-text-in-a-box": lambda: old_document(stories={6: "secret\r"}),
        "a-note-without-a-place": lambda: old_document(stories={1: "secret\r"}),
        "lines-without-height": lambda: old_document(beside={1: styles((1, 0xFFF, b""), paragraph=FLAT)}),
        "few-bytes-here-and-there": lambda: old_document(after=b"\0\0secret of it" * 4),
        "styles-not-in-use": lambda: old_document(beside={0: styles((1, 0xFFF, b""))}),
        "a-document-behind-it": lambda: old_document(other_texts=9),
        "bytes-of-no-table": lambda: old_document(after=bytes(range(1, 99))),
        "beside-the-page": lambda: old_document(beside={1: styles((1, 0xFFF, b""), paragraph=LEFT)}),
    },
}
LEFT, FLAT = struct.pack("<Hh", 0x845E, 20_000), struct.pack("<Hhh", 0x6412, -20, 0)
"""Second and third ways in which the same is hidden: for a whole piece when Word saves fast, by a style …"""
REMARK = within(0x138B, within(0x2EE0, atom(0xFBA, "Mary Smith".encode("utf-16-le"))))
REMARKED = within(0x1388, within(0x138A, atom(0xFBA, "___PPT10".encode("utf-16-le")), atom(0x138B, REMARK[8:])))
KEPT, LISTED = old_presentations.picture(png().getvalue())
BAR = shape(b"", (0x1BF, 0x100010), (0x181, 0))


ASKED = text(ASK)


def shown(*about, inner=ASKED, **said):
    return lambda: presentation(shape(inner, *about, **said))


FOOTER = within(0xFD9, atom(0xFDA, b"\0" * 4), atom(0xFBA, "secret".encode("utf-16-le"), version=2 << 4))
UNITS = within(
    0xF004,
    atom(0xF009, struct.pack("<4i", 0, 0, 100, 100)),
    atom(0xF00A, struct.pack("<II", 1_030, 1), version=2),
    atom(0xF010, struct.pack("<4h", *old_presentations.PLACE)),
)
"""A group in units of its own, over the whole of a shape."""
MOVED = within(
    0xF004,
    atom(0xF00A, struct.pack("<II", 1_031, 2), version=2),
    atom(0xF00B, struct.pack("<HIHI", 0x1BF, 0x100010, 0x181, 0), version=3 | 2 << 4),
    atom(0xF00F, struct.pack("<4i", 0, 0, 100, 100)),
)


PPT = {
    "in-part": lambda: presentation(Secrets=b"x"),
    "macro": lambda: presentation(Ctls=b"x"),
    "embedded-file": lambda: presentation(MBD0003=b"x"),
    "author": lambda: presentation(**{SUMMARY: properties("Mary Smith")}),
    "hidden-slide": lambda: presentation(more=[atom(0x3F9, b"\0" * 10 + struct.pack("<HI", 4, 0))]),
    "speaker-notes": lambda: presentation(notes=ASK),
    "comment": lambda: presentation(more=[REMARKED]),
    "object": lambda: presentation(more=[atom(0x1011, b"x" * 20)]),
    "earlier-version": lambda: presentation(earlier=slide(shape(text(ASK)))),
    "user": lambda: presentation(user=b"Mary Smith"),
    "faint-text": shown(inner=text(ASK, colour=old_presentations.WHITE)),
    "tiny-text": shown(inner=text(ASK, size=1)),
    "covered": lambda: presentation(shape(text(ASK)), BAR),
    "shape-off-slide": shown(place=(100, 6_000, 7_000, 500)),
    "hidden-shape": shown((0x3BF, 0x20002)),
    "alternative-text": shown((0x381, "Mary Smith"), inner=text("Thank you")),
    "described": lambda: presentation(**{SUMMARY: properties("Mary Smith", 2)}),
    "thumbnail": lambda: presentation(**{SUMMARY: properties("picture", 17)}),
    "custom-property": lambda: presentation(**{"\x05DocumentSummaryInformation": custom("Officer", "Mary Smith")}),
}
MORE_PPT = {
    "in-part": {
        "a-footer-that-is-not-shown": lambda: presentation(more=[FOOTER]),
        "a-record-of-another-kind": lambda: presentation(more=[atom(0x7FF, b"x")]),
        "letters-in-a-setting": lambda: presentation(more=[atom(0xFA6, b"The officer of the north team is named.")]),
        "a-slide-of-no-list": lambda: presentation(top=slide(GREETING)),
        "behind-the-records": lambda: presentation(top=b"\0\0\0\0\0\0\0\0secret"),
        "a-slide-that-is-not-there": lambda: presentation(kept=atom(0x3F3, struct.pack("<IIIII", 9, 0, 0, 257, 0))),
        "a-text-of-no-shape": lambda: presentation(kept=text("not shown")),
        "a-picture-of-no-slide": lambda: presentation(pictures=KEPT, store=old_presentations.picture(b"x", shown=0)[1]),
        "a-picture-of-no-list": lambda: presentation(pictures=KEPT + KEPT, store=LISTED),
        "a-cropped-picture": shown((0x101, 20_000), (0x104, 1), inner=b""),
        "a-shape-of-another-kind": shown((0xC0, "drawn words"), inner=b""),
        "a-shape-without-size": shown(place=(100, 100, 100, 900)),
        "a-program": lambda: presentation(more=[atom(0x400, struct.pack("<III", 1, 1, 2))]),
    },
    "faint-text": {
        "as-the-shape": shown((0x181, 0x1D70B8), (0x1BF, 0x100010), inner=text(ASK, colour=b"\xb8\x70\x1d\xfe")),
        "of-the-scheme": shown(inner=text(ASK, colour=b"\0\0\0\0")),
    },
    "hidden-shape": {"of-the-master": lambda: presentation(behind=[shape(text(ASK), (0x3BF, 0x20002))])},
    "covered": {"in-a-group": lambda: presentation(shape(text(ASK)), within(0xF003, UNITS, MOVED))},
}
OLE = {
    "locked": lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
    "unknown": lambda: compound({"Contents": png().getvalue()}),
}
for _name, _files in (("xls", XLS), ("xlsb", XLSB), ("doc", DOC), ("ppt", PPT), ("ole", OLE)):
    for _code, _make in _files.items():
        put(f"{_name}.{_code}", _name, lambda make=_make: make())
for _code, _files in MORE_XLSB.items():
    for _name, _make in _files.items():
        FILES[f"xlsb.{_code}"].append((f"{_name}.xlsb", _make))
for _family, _more in (("doc", MORE_DOC), ("ppt", MORE_PPT)):
    for _code, _files in _more.items():
        for _name, _make in _files.items():
            FILES[f"{_family}.{_code}"].append((f"{_name}.{_family}", _make))
for _code, _make in SHARED.items():
    put(f"xlsb.{_code}", "xlsb", lambda make=_make: make(with_parts(xlsb(), dict([DRAWN]))))
