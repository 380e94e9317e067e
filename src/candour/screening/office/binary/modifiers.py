"""The property modifiers of a binary Word document (sprm, MS-DOC 2.6): what each sets of letters and paragraphs."""

import struct
from collections.abc import Iterator

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of what is set, by the highest three bits of the modifier; those of kind 6 say their length themselves."""
_OWN_LENGTH = 6
_TABLE, _TABS, _LONG = 0xD608, 0xC615, 255


def each(said: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each modifier with what it sets. Raises struct.error where the last one is cut off."""
    at = 0
    while at + 2 < len(said):
        (sets,) = struct.unpack_from("<H", said, at)
        begin, size = _place(sets, said, at + 2)
        if begin + size > len(said):
            raise struct.error("a property is cut off")
        yield sets, said[begin : begin + size]
        at = begin + size


def _place(sets: int, said: bytes, at: int) -> tuple[int, int]:
    """Return where the value of a modifier begins, and how long it is (MS-DOC 2.6.1)."""
    if sets >> 13 != _OWN_LENGTH:
        return at, _SIZES[sets >> 13]
    if sets == _TABLE:  # two bytes of length, which count one too many
        return at + 2, max(struct.unpack_from("<H", said, at)[0] - 1, 0)
    if sets == _TABS and said[at] == _LONG:  # tab stops that go, then those that come
        gone = 1 + 4 * said[at + 1]
        return at + 1, gone + 1 + 3 * said[at + 1 + gone]
    return at + 1, said[at]


def of_piece(settings: int, more: list[bytes]) -> bytes:
    """Return what a piece of text sets for all its letters (Prm, MS-DOC 2.9.214): one modifier, or a list of some."""
    if settings & 1:
        number = settings >> 1
        return more[number] if number < len(more) else b""
    sets = _SHORT.get(settings >> 1 & 0x7F)
    return struct.pack("<HB", sets, settings >> 8) if sets else b""


_SHORT = {
    0x41: 0x0800, 0x42: 0x0801, 0x43: 0x0802, 0x4D: 0x2A0C, 0x55: 0x0835, 0x56: 0x0836, 0x57: 0x0837, 0x58: 0x0838,
    0x59: 0x0839, 0x5A: 0x083A, 0x5B: 0x083B, 0x5C: 0x083C, 0x5E: 0x2A3E, 0x62: 0x2A42, 0x68: 0x2A48, 0x73: 0x2A53,
    0x74: 0x0854, 0x75: 0x0855, 0x78: 0x0858,
}  # fmt: skip
"""Modifiers that fit into one byte (MS-DOC 2.9.215), as far as they are of letters."""
