"""Writes a small compound file (MS-CFB), as the old binary office formats and Outlook's messages are."""

import struct
from itertools import pairwise

_SECTOR, _SMALL = 512, 4096
_FREE, _END, _NO, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """Write streams by their path (`folder/name`) into a file."""
    entries = [("Root Entry", 5, b"", [])]
    places = {"": 0}
    for path, content in streams.items():
        parent = 0
        *folders, name = path.split("/")
        for depth, folder in enumerate(folders):
            key = "/".join(folders[: depth + 1])
            if key not in places:
                places[key] = _add(entries, parent, folder, 1, b"")
            parent = places[key]
        _add(entries, parent, name, 2, content)
    return _written(entries)


def _add(entries, parent, name, kind, content):
    entries.append((name, kind, content, []))
    entries[parent][3].append(len(entries) - 1)
    return len(entries) - 1


def _written(entries):
    small, small_table, starts = b"", [], {}
    for number, (_name, kind, content, _inner) in enumerate(entries):
        if kind == 2 and 0 < len(content) < _SMALL:
            starts[number] = len(small_table)
            small += _filled(content, 64)
            small_table += _chain(len(small_table), -(-len(content) // 64))
    entries[0] = (*entries[0][:2], small, entries[0][3])
    data, table = b"", _chain(0, -(-len(entries) * 128 // _SECTOR))
    directory_sectors = len(table)
    for number, (_name, kind, content, _inner) in enumerate(entries):
        if (kind == 5 and content) or len(content) >= _SMALL:
            starts[number] = len(table)
            data += _filled(content, _SECTOR)
            table += _chain(len(table), -(-len(content) // _SECTOR))
    packed = _filled(struct.pack(f"<{len(small_table)}I", *small_table), _SECTOR, b"\xff")
    small_start, small_sectors = len(table), len(packed) // _SECTOR
    table += _chain(small_start, small_sectors)
    table_sectors = 1
    while (len(table) + table_sectors) * 4 > table_sectors * _SECTOR:
        table_sectors += 1
    first_table = len(table)
    table += [_TABLE] * table_sectors
    whole = _filled(struct.pack(f"<{len(table)}I", *table), _SECTOR, b"\xff")
    head = _header(table_sectors, first_table, small_start if small_sectors else _END, small_sectors)
    return head + _directory(entries, starts, directory_sectors) + data + packed + whole


def _filled(content, size, sign=b"\0"):
    return content.ljust(-(-len(content) // size) * size, sign)


def _chain(start, count):
    return [*range(start + 1, start + count), _END] if count else []


def _header(table_sectors, first_table, small_start, small_sectors):
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, table_sectors, 0, 0, _SMALL, small_start, small_sectors, _END, 0
    )
    places = [first_table + number for number in range(table_sectors)]
    return head + struct.pack("<109I", *(places + [_FREE] * (109 - table_sectors)))


def _directory(entries, starts, sectors):
    """Each folder's entries hang to the right of each other: a tree that every reader can walk."""
    right = dict(pair for _name, _kind, _content, inner in entries for pair in pairwise([*inner, _NO]))
    written = b""
    for number, (name, kind, content, inner) in enumerate(entries):
        wide = name.encode("utf-16-le") + b"\0\0"
        size = max(len(content), 0)
        written += wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
        written += struct.pack("<III", _NO, right.get(number, _NO), inner[0] if inner else _NO) + b"\0" * 36
        written += struct.pack("<IQ", starts.get(number, _END if kind == 5 else 0), size)
    free = b"\0" * 64 + struct.pack("<HBB", 0, 0, 0) + struct.pack("<III", _NO, _NO, _NO) + b"\0" * 48
    return written + free * (sectors * 4 - len(entries))
