"""The tables of names beside the text of a binary Word document (MS-DOC): who wrote, changed, saved and commented."""

import struct
from collections.abc import Iterator

_EXTENDED = 0xFFFF
_MOST = 5_000
"""Texts that are read of one table."""


def texts(table: bytes) -> list[str]:
    """Return the texts of a string table (STTB, MS-DOC 2.2.4). Raises struct.error where it is cut off."""
    if len(table) < 6:  # noqa: PLR2004 - its head
        return []
    head, count, extra = struct.unpack_from("<HHH", table)
    if head == _EXTENDED:
        return list(_texts(table, 6, count, extra, wide=True))
    count, extra = struct.unpack_from("<HH", table)
    return list(_texts(table, 4, count, extra, wide=False))


def _texts(table: bytes, at: int, count: int, extra: int, *, wide: bool) -> Iterator[str]:
    for _ in range(min(count, _MOST)):
        if at >= len(table):
            return
        letters = struct.unpack_from("<H", table, at)[0] if wide else table[at]
        at += 2 if wide else 1
        size = letters * (2 if wide else 1)
        yield table[at : at + size].decode("utf-16-le" if wide else "cp1252", "replace")
        at += size + extra


def counted(table: bytes) -> list[str]:
    """Return texts that stand one after another, each with its length in front (Xst, MS-DOC 2.2.2)."""
    found, at = list[str](), 0
    while at + 2 <= len(table) and len(found) < _MOST:
        (letters,) = struct.unpack_from("<H", table, at)
        found.append(table[at + 2 : at + 2 + 2 * letters].decode("utf-16-le", "replace"))
        at += 2 + 2 * letters
    return found


def variables(table: bytes) -> list[str]:
    """Return the names of a document's variables and then their values (StwUser, MS-DOC 2.9.276)."""
    names = texts(table)
    if not names:
        return []
    (extra,) = struct.unpack_from("<H", table, 4)
    begin = 6 + sum(2 + len(name.encode("utf-16-le")) + extra for name in names)
    return [*names, *(text.strip("\0") for text in counted(table[begin:])[: len(names)])]
