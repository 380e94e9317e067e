"""The pictures that stand among the letters of a binary Word document (PICF, MS-DOC 2.9.190): what they may hide."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from candour.screening.office.binary import drawn

HEAD, _SHAPE_IN_FILE = 68, 0x64
_SIZE, _SMALLEST = 28, 20
"""Where the width, the height and their scales in thousandths stand; twentieths of a point."""
_CROPS, _NAME, _DESCRIPTION, _FLAGS = range(0x100, 0x104), 0x380, 0x381, 0x3BF
_KNOWN = frozenset((
    *range(0x77, 0x90), *_CROPS, *range(0x104, 0x107), 0x10A, 0x13F, 0x17F, *range(0x180, 0x184), 0x1BF, 0x1C0, 0x1C2,
    0x1CB, 0x1FF, 0x23F, 0x303, 0x304, 0x33F, _NAME, _DESCRIPTION, _FLAGS,
))  # fmt: skip
"""Properties of a shape (MS-ODRAW 2.3) that say how a picture stands, is framed and is called."""
_HIDDEN = 0x2
_PROPERTIES = (0xF00B, 0xF121, 0xF122)
_RECORDS = frozenset((0xF004, 0xF007, 0xF00A, 0xF010, 0xF01D, 0xF01E, 0xF029, 0xF02A, *_PROPERTIES))


class Property(NamedTuple):
    """A property of a shape: its number, its value, and the text that some have besides."""

    number: int
    value: int
    text: str


def unusual(picture: bytes) -> Iterator[str]:
    """Yield why a picture may hide something; nothing where its file tells all. `picture` begins with its head."""
    head, kind = struct.unpack_from("<HH", picture, 4)
    if (head, kind) != (HEAD, _SHAPE_IN_FILE):
        yield "a linked picture"
    wide, high, across, down = struct.unpack_from("<4H", picture, _SIZE)
    if min(wide * across, high * down) < _SMALLEST * 1000:
        yield "a picture without size"
    found = list(drawn.records(picture, head))
    if any(one.kind not in _RECORDS for one in found) or sum(one.kind == drawn.STORED for one in found) > 1:
        yield "a drawing among the letters"
    for one in properties(picture):
        if one.number in _CROPS and one.value:
            yield "a cropped picture"
        elif one.number == _FLAGS and one.value & _HIDDEN:
            yield "a hidden picture"
        elif one.number not in _KNOWN:
            yield f"a picture with a property of type {one.number:#05x}"


def width(picture: bytes) -> float:
    """Return how wide a picture stands, in twentieths of a point."""
    wide, _, across = struct.unpack_from("<3H", picture, _SIZE)
    return float(wide * across / 1000)


def texts(picture: bytes) -> list[str]:
    """Return what a picture is called, and how it is described."""
    return [one.text for one in properties(picture) if one.text]


def properties(picture: bytes) -> Iterator[Property]:
    """Yield the properties of the shapes of a picture."""
    for record in drawn.records(picture, HEAD):
        if record.kind in _PROPERTIES:
            yield from properties_of(record.data, record.instance)


def properties_of(data: bytes, count: int) -> Iterator[Property]:
    """Yield the properties of a shape (MS-ODRAW 2.2.7): six bytes each, then the texts in the same order."""
    at = 6 * count
    for number in range(min(count, len(data) // 6)):
        name, value = struct.unpack_from("<HI", data, 6 * number)
        text = data[at : at + value] if name & 0x8000 else b""
        yield Property(name & 0x3FFF, value, text.decode("utf-16-le", "replace").strip("\0"))
        at += len(text)
