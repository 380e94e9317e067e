"""The drawings of the old binary formats (MS-ODRAW): their records, and the pictures within them."""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

CONTAINER = 0xF
SHAPE, STORED = 0xF00A, 0xF007
_PICTURES = {0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png", 0xF029: "tif"}
_OTHERS = {0xF01A: "emf", 0xF01B: "wmf", 0xF01C: "pict", 0xF01F: "dib"}
_DEEPEST, _NAMED, _IDENTITY, _SHAPE = 12, 36, 16, 8
_GROUP, _GROUND = 0x4, 0x400
"""What a shape is told to be (MS-ODRAW 2.2.40): the group of all others, the ground of the page."""


class Record(NamedTuple):
    """A record: its type, what its head says besides (MS-ODRAW 2.2.1), its bytes, and where they begin."""

    kind: int
    instance: int
    data: bytes
    at: int


def records(data: bytes, begin: int = 0, depth: int = 0) -> Iterator[Record]:
    """Yield the records and those inside them, the outer ones first."""
    at = begin
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        if kind == 0:
            return
        within = data[at + 8 : at + 8 + size]
        yield Record(kind, version >> 4, within, at + 8)
        if version & 0xF == CONTAINER and depth < _DEEPEST:
            yield from records(within, 0, depth + 1)
        elif kind == STORED:
            yield from records(within, _NAMED + (within[33] if len(within) > _NAMED else 0), depth + 1)
        at += 8 + size


def pictures(data: bytes, begin: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures: the ending of each kind of file, and its bytes; "" where nothing looks into the kind."""
    for one in records(data, begin):
        if one.kind in _PICTURES:
            yield _PICTURES[one.kind], one.data[_IDENTITY * (1 + (one.instance & 1)) + 1 :]
        elif one.kind in _OTHERS:
            yield "", one.data


_HEADS = re.compile(b"|".join(re.escape(struct.pack("<H", kind)) for kind in _PICTURES))


def anywhere(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures that begin anywhere in a stream, whatever stands around them."""
    for found in _HEADS.finditer(data):
        at = found.start() - 2
        if at >= 0 and data[at] & 0xF == 0:
            (size,) = struct.unpack_from("<I", data.ljust(at + 8, b"\0"), at + 4)
            if 0 < size <= len(data) - at - 8:
                yield from ((ending, content) for ending, content in pictures(data[at : at + 8 + size]) if ending)


def shapes(data: bytes, begin: int = 0) -> int:
    """Count the shapes that a person may have drawn: not the group they stand in, nor the ground of the page."""
    found = [one.data for one in records(data, begin) if one.kind == SHAPE and len(one.data) >= _SHAPE]
    return sum(not struct.unpack_from("<I", one, 4)[0] & (_GROUP | _GROUND) for one in found)
