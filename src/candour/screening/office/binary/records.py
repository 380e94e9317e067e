"""The records of Excel's binary formats: two bytes of type and two of length (xls), or packed ones (xlsb)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple


class Record(NamedTuple):
    """A record: its type, its bytes, and where it begins in its stream."""

    type: int
    data: bytes
    at: int


def old(stream: bytes) -> Iterator[Record]:
    """Yield the records of an xls stream (MS-XLS 2.1.4), up to its end or to what is no record."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == 0 and size == 0:
            return
        yield Record(kind, stream[at + 4 : at + 4 + size], at)
        at += 4 + size


def packed(stream: bytes) -> Iterator[Record]:
    """Yield the records of a part of an xlsb file (MS-XLSB 2.1.4); nearly all numbers are of one byte."""
    at, end = 0, len(stream)
    while at < end:
        begin = at
        kind, at = (stream[at], at + 1) if stream[at] < _MARK else _number(stream, at, 2)
        size, at = (stream[at], at + 1) if at < end and stream[at] < _MARK else _number(stream, at, 4)
        yield Record(kind, stream[at : at + size], begin)
        at += size


_MARK = 0x80
"""Set in a byte where another of the same number follows."""


def _number(stream: bytes, at: int, most: int) -> tuple[int, int]:
    """Read seven bits a byte; the type keeps its marks, as the specification numbers types."""
    found, shift = 0, 0
    for _ in range(most):
        if at >= len(stream):
            return found, at
        byte = stream[at]
        at += 1
        found |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    return found, at


def wide(data: bytes, at: int = 0) -> str:
    """Return a string of an xlsb record: four bytes of length, then UTF-16."""
    if at + 4 > len(data):
        return ""
    (count,) = struct.unpack_from("<I", data, at)
    return data[at + 4 : at + 4 + 2 * min(count, len(data))].decode("utf-16-le", "replace")


def short(data: bytes, at: int = 0, size: int = 1) -> str:
    """Return a string of an xls record: one or two bytes of length, one of flags, then the letters."""
    count = int.from_bytes(data[at : at + size], "little")
    flags = data[at + size] if len(data) > at + size else 0
    begin = at + size + 1
    if flags & 1:
        return data[begin : begin + 2 * count].decode("utf-16-le", "replace")
    return data[begin : begin + count].decode("latin-1")
