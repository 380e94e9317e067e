"""Writes compound files (MS-CFB) and the streams of the old binary formats in them, as small as they can be."""

import io
import struct

import olefile

from carriers.compound import compound as with_folders

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STREAM, ROOT = 2, 5
SMALLEST = 4096


def compound(streams):
    """Return a compound file of streams by their path; a short one is filled up, as only long ones lie in sectors."""
    names = list(streams)
    contents = [streams[name].ljust(SMALLEST, b"\0") for name in names]
    sectors, starts = [], []
    for content in contents:
        starts.append(len(sectors))
        sectors += [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
    entries = [entry("Root Entry", ROOT, END, 0, child=1 if names else FREE)]
    for number, (name, content) in enumerate(zip(names, contents, strict=True), 1):
        right = number + 1 if number < len(names) else FREE
        entries.append(entry(name, STREAM, starts[number - 1], len(content), right=right))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    begin = len(sectors)
    sectors += [directory[at : at + SECTOR] for at in range(0, len(directory), SECTOR)]
    return header(len(sectors), begin) + b"".join(sectors) + table(starts, contents, begin, len(sectors))


def entry(name, kind, start, size, right=FREE, child=FREE):
    letters = name.encode("utf-16-le") + b"\0\0"
    head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
    return head + struct.pack("<III", FREE, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)


def header(count, directory):
    """The allocation table is one sector, after all others."""
    head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += b"\0" * 6 + struct.pack("<IIIIIIIII", 0, 1, directory, 0, SMALLEST, END, 0, END, 0)
    return head + struct.pack("<I", count) + struct.pack("<I", FREE) * 108


def table(starts, contents, directory, count):
    next_of = [at + 1 for at in range(count)]
    for start, content in zip(starts, contents, strict=True):
        next_of[start + len(content) // SECTOR - 1] = END
    next_of[count - 1] = END
    next_of.append(FAT)
    assert len(next_of) <= SECTOR // 4, "more sectors than one table holds"
    return b"".join(struct.pack("<I", one) for one in next_of).ljust(SECTOR, b"\xff")


def properties(author, number=4):
    """The stream of the summary, with an author (property 4) or another text."""
    text = author.encode("cp1252") + b"\0"
    value = struct.pack("<II", 30, len(text)) + text.ljust(-(-len(text) // 4) * 4, b"\0")
    said = struct.pack("<II", 16 + len(value), 1) + struct.pack("<II", number, 16) + value
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"\0" * 16, 1)
    return head + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9") + struct.pack("<I", 48) + said


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def old_workbook(*records, state=0, kind=0, before=(), fonts=(), **streams):
    """An xls file of one sheet; `records` stand in the sheet, `before` in front of all sheets."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    looks = b"".join(record(0xE0, struct.pack("<HH", font, 0) + b"\0" * 16) for font in range(len(fonts)))
    known = b"".join(record(0x31, font) for font in fonts) + looks + b"".join(before)
    name = b"\x06\0Secret"
    place = len(begin) + len(known) + len(record(0x85, b"\0" * 6 + name)) + 4
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + b"".join(records) + record(0x0A)
    listed = record(0x85, struct.pack("<IBB", place, state, kind) + name)
    stream = begin + known + listed + record(0x0A) + sheet
    return compound({"Workbook": stream, **{name.replace("__", "/"): text for name, text in streams.items()}})


def packed_record(kind, data=b""):
    marked = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return marked + _sized(len(data)) + data


def _sized(size):
    """Seven bits a byte, the last without a mark (MS-XLSB 2.1.4)."""
    return bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80]) + _sized(size >> 7)


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


PLACES = 93
"""How many places for tables a document of Word 97 has."""
TEXT, LEFT_OVER, FORMATS = 1024, 3072, 4
"""Where the text of a doc file begins, where nothing of it is, and in which sector the page of formats lies."""


def old_document(
    text="Thank you",
    sets=b"",
    *,
    comments="",
    short=0,
    lists=b"",
    left_over=b"",
    beside=None,
    after=b"",
    other_texts=0,
    stories=None,
    behind="",
    **streams,
):
    """A doc file of one piece of text and one page of formats.

    `sets` are properties of all its letters; `short` and `lists` set some for the piece. `beside` are tables by number.
    `after` stands behind the last table, and `other_texts` says where another document begins. `stories` are other
    texts by number, and `behind` stands behind all of them.
    """
    told = {0: text, 4: comments, **(stories or {})}
    letters = ("".join(told[number] for number in sorted(told)) + behind).encode("cp1252")
    piece = struct.pack("<II", 0, len(letters)) + struct.pack("<HIH", 0, TEXT * 2 | 0x40000000, short)
    parts = {33: lists + b"\x02" + struct.pack("<I", len(piece)) + piece}
    parts |= {12: struct.pack("<III", TEXT, TEXT + len(letters), FORMATS), **(beside or {})}
    main = bytearray(SECTOR * 8)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x200)
    struct.pack_into("<H", main, 0x98, PLACES)
    for number, story in told.items():
        struct.pack_into("<i", main, 0x4C + 4 * number, len(story))
    table = b""
    for number, part in parts.items():
        struct.pack_into("<II", main, 0x9A + 8 * number, len(table), len(part))
        table += part
    struct.pack_into("<H", main, 0x08, other_texts)
    main[TEXT : TEXT + len(letters)] = letters
    main[LEFT_OVER : LEFT_OVER + len(left_over)] = left_over
    main[SECTOR * FORMATS : SECTOR * (FORMATS + 1)] = page_of_formats(len(letters), sets)
    return compound({"WordDocument": bytes(main), "1Table": table + after, **streams})


def stored(item):
    """A doc file with an item of custom XML beside it, as Word 2007 and later write it."""
    plain = olefile.OleFileIO(io.BytesIO(old_document()))
    streams = {"/".join(path): plain.openstream(path).read() for path in plain.listdir()}
    about = b'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>'
    return with_folders({**streams, "MsoDataStore/1/Item": item, "MsoDataStore/1/Properties": about})


def headed(**found):
    """A doc file with headers and footers, of which each is for the pages that its name says."""
    names = ("even_header", "header", "even_footer", "footer", "first_header", "first_footer")
    texts = [f"{found[name]}\r" if name in found else "" for name in names]
    edges = [0] * 6 + [sum(map(len, texts[:number])) for number in range(len(texts) + 1)]
    return old_document("Thank you\r", stories={2: "".join(texts)}, beside={11: struct.pack(f"<{len(edges)}I", *edges)})


def page_of_formats(count, sets):
    page = bytearray(SECTOR)
    struct.pack_into("<IIB", page, 0, TEXT, TEXT + count, 100 if sets else 0)
    page[200 : 201 + len(sets)] = bytes([len(sets)]) + sets
    page[-1] = 1
    return page


def picture(*about, size=(600, 600, 1000, 1000), kind=0x64):
    """A picture among the letters of a doc file; `about` are properties of its shape as (number, value or text)."""
    texts = [written.encode("utf-16-le") if isinstance(written, str) else b"" for _, written in about]
    said = [
        struct.pack("<HI", number | (0xC000 if text else 0), len(text) or written)
        for (number, written), text in zip(about, texts, strict=True)
    ]
    shape = atom(0xF00A, b"\0" * 8, version=2) + atom(0xF00B, b"".join(said + texts), version=len(about) << 4 | 3)
    drawn = atom(0xF004, shape, version=0xF)
    head = struct.pack("<HH", 68, kind) + b"\0" * 20 + struct.pack("<4H", *size) + b"\0" * 32
    return struct.pack("<I", 4 + len(head) + len(drawn)) + head + drawn


def styles(*found, paragraph=b""):
    """Styles as (kind, the number of the one it is based on, what it sets of letters); the first is of paragraphs."""
    made = struct.pack("<HHH", 4, len(found), 10)
    for number, (kind, based_on, letters) in enumerate(found):
        parts = [struct.pack("<H", number) + paragraph, letters] if kind == 1 else [letters]
        style = struct.pack("<5H", 0xFFE, kind | based_on << 4, len(parts), 0, 0) + counted("Style") + b"\0\0"
        for part in parts:
            style += b"\0" * (len(style) % 2) + struct.pack("<H", len(part)) + part
        made += struct.pack("<H", len(style)) + style + b"\0" * (len(style) % 2)
    return made


def strings(*texts, extra=0):
    """A table of texts (STTB), each with so many bytes behind it."""
    written = b"".join(counted(text) + b"\0" * extra for text in texts)
    return struct.pack("<HHH", 0xFFFF, len(texts), extra) + written


def counted(text):
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def custom(name, text):
    """The stream of the second summary, with a property that somebody added."""
    named = name.encode() + b"\0"
    named = struct.pack("<III", 1, 2, len(named)) + named
    value = struct.pack("<II", 30, len(text) + 1) + text.encode() + b"\0"
    listed = 8 + 8 * 3
    said = struct.pack("<IIIIII", 0, listed, 1, listed, 2, listed + len(named)) + named + value
    section = struct.pack("<II", len(said) + 8, 3) + said
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"\0" * 16, 2)
    first = 28 + 2 * 20
    ids = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae"), bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
    empty = struct.pack("<II", 8, 0)
    places = ids[0] + struct.pack("<I", first) + ids[1] + struct.pack("<I", first + len(empty))
    return head + places + empty + section


def atom(kind, data=b"", version=0):
    return struct.pack("<HHI", version, kind, len(data)) + data
