"""The blocks that picture files are made of: PNG chunks, JPEG segments, RIFF chunks, GIF blocks.

Nothing is decoded here; where a file ends before its blocks do, reading stops there.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_PNG_BEGINS = 8
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_SCAN, _END = 0xDA, 0xD9
_MOST = 100_000


class Block(NamedTuple):
    """One block: its name, its bytes, and where the next one begins."""

    name: str
    data: bytes
    end: int


def of_png(content: bytes) -> Iterator[Block]:
    """Yield the chunks of a PNG, IEND last."""
    place = _PNG_BEGINS
    for _ in range(_MOST):
        if place + 8 > len(content):
            return
        (length,) = struct.unpack_from(">I", content, place)
        name = content[place + 4 : place + 8].decode("latin-1")
        end = place + 12 + length
        yield Block(name, content[place + 8 : end - 4], end)
        if name == "IEND":
            return
        place = end


def of_jpeg(content: bytes) -> Iterator[Block]:
    """Yield the segments of a JPEG by the number of their marker in hexadecimal (`E1` is APP1), `D9` last."""
    place = 2
    for _ in range(_MOST):
        place = content.find(b"\xff", place)
        if place < 0 or place + 2 > len(content):
            return
        marker = content[place + 1]
        if marker in {0x00, 0xFF}:
            place += 1
        elif marker == _END:
            yield Block("D9", b"", place + 2)
            return
        elif marker in _STANDALONE:
            place += 2
        else:
            (length,) = struct.unpack(">H", content[place + 2 : place + 4].ljust(2, b"\0"))
            yield Block(f"{marker:02X}", content[place + 4 : place + 2 + length], place + 2 + length)
            place += 2 + length


def of_riff(content: bytes) -> Iterator[Block]:
    """Yield the chunks of a WebP."""
    place = 12
    for _ in range(_MOST):
        if place + 8 > len(content):
            return
        name = content[place : place + 4].decode("latin-1")
        (length,) = struct.unpack_from("<I", content, place + 4)
        end = place + 8 + length + length % 2
        yield Block(name, content[place + 8 : place + 8 + length], end)
        place = end


def riff_end(content: bytes) -> int:
    """Return where a WebP says that it ends."""
    return int(struct.unpack("<I", content[4:8].ljust(4, b"\0"))[0]) + 8


def gif_end(content: bytes) -> int:
    """Return where a GIF's last block ends, or its length where it does not say."""
    place = 13 + (3 << (content[10] & 7) + 1 if len(content) > 10 and content[10] & 0x80 else 0)  # noqa: PLR2004
    for _ in range(_MOST):
        kind = content[place : place + 1]
        if kind == b";":
            return place + 1
        if kind == b"!":
            place = _gif_data(content, place + 2)
        elif kind == b",":
            flags = content[place + 9] if place + 9 < len(content) else 0
            place = _gif_data(content, place + 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0))
        else:
            break
    return len(content)


def _gif_data(content: bytes, place: int) -> int:
    """Return where a GIF's run of sub-blocks ends."""
    while place < len(content) and content[place]:
        place += content[place] + 1
    return place + 1
