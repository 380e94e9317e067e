"""Writes compound files (MS-CFB) and the streams of the old binary formats in them, as small as they can be."""

import struct

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


def properties(author):
    """The stream of the summary, with an author (property 4, a text)."""
    text = author.encode("cp1252") + b"\0"
    value = struct.pack("<II", 30, len(text)) + text.ljust(-(-len(text) // 4) * 4, b"\0")
    said = struct.pack("<II", 16 + len(value), 1) + struct.pack("<II", 4, 16) + value
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
    return marked + bytes([len(data)]) + data


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def old_document(text="Thank you", sprm=None, comments=0, flags=0x200, **streams):
    """A doc file: the text in sector 2, and one page of formats in sector 4."""
    letters = text.encode("cp1252")
    piece = struct.pack("<II", 0, len(letters)) + struct.pack("<HIH", 0, 1024 * 2 | 0x40000000, 0)
    clx = b"\x02" + struct.pack("<I", len(piece)) + piece
    chpx = struct.pack("<III", 1024, 1024 + len(letters), 4)
    main = bytearray(SECTOR * 8)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C + 16, comments)
    struct.pack_into("<II", main, 0x9A + 8 * 33, 0, len(clx))
    struct.pack_into("<II", main, 0x9A + 8 * 12, len(clx), len(chpx))
    main[1024 : 1024 + len(letters)] = letters
    if sprm:
        page = bytearray(SECTOR)
        struct.pack_into("<IIB", page, 0, 1024, 1024 + len(letters), 100)
        page[200:204] = bytes([3]) + struct.pack("<HB", sprm, 1)
        page[-1] = 1
        main[2048:2560] = page
    return compound({"WordDocument": bytes(main), "1Table": clx + chpx, **streams})


def atom(kind, data=b"", version=0):
    return struct.pack("<HHI", version, kind, len(data)) + data


def old_presentation(*records, **streams):
    return compound({"PowerPoint Document": b"".join(records), "Current User": b"", **streams})
