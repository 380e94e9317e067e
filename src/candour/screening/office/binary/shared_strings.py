"""The shared strings of an xls workbook (MS-XLS 2.4.265), which go on over several records."""

import struct
from collections.abc import Sequence
from typing import NamedTuple

_WIDE, _EXTENDED, _RICH = 1, 4, 8
_MOST = 2_000_000


class String(NamedTuple):
    """A string, the fonts of letters that look apart in it, and whether it says how it is pronounced."""

    text: str
    fonts: tuple[int, ...]
    pronounced: bool


class _Reader:
    """Bytes that go on from record to record; in each, letters begin anew with a byte that says how wide they are."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self.records, self.number, self.at = records, 0, 0

    def take(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            self._step()
            piece = self.records[self.number][self.at : self.at + size - len(found)]
            self.at += len(piece)
            found += piece
        return found

    def letters(self, count: int, wide: int) -> str:
        found = ""
        while len(found) < count:
            if self.at >= len(self.records[self.number]):
                self._step()
                wide = self.take(1)[0] & _WIDE
            step = 2 if wide else 1
            left = (len(self.records[self.number]) - self.at) // step
            if not left:
                raise struct.error("a letter is cut in two")
            size = min(count - len(found), left) * step
            found += self.take(size).decode("utf-16-le" if wide else "latin-1", "surrogatepass")
        return found

    def _step(self) -> None:
        while self.at >= len(self.records[self.number]):
            self.number, self.at = self.number + 1, 0
            if self.number >= len(self.records):
                raise struct.error("the strings are cut off")


def read(records: Sequence[bytes]) -> list[String]:
    """Read the strings of an SST record and those that continue it. Raises struct.error where they are cut off."""
    if not records:
        return []
    reader = _Reader(records)
    _, count = struct.unpack("<II", reader.take(8))
    return [_string(reader) for _ in range(min(count, _MOST))]


def _string(reader: _Reader) -> String:
    count, flags = struct.unpack("<HB", reader.take(3))
    runs = struct.unpack("<H", reader.take(2))[0] if flags & _RICH else 0
    extra = struct.unpack("<I", reader.take(4))[0] if flags & _EXTENDED else 0
    text = reader.letters(count, flags & _WIDE)
    fonts = tuple(font for _, font in struct.iter_unpack("<HH", reader.take(4 * runs)))
    # twelve bytes stand for "not pronounced", and Excel writes them where nothing is (MS-XLS 2.5.86)
    pronounced = reader.take(extra)
    return String(text, fonts, any(pronounced[10:12]))
