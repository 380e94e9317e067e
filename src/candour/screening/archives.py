"""ZIP archives of strangers (also office documents), read within limits: entries, tightness, and bytes in all."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from candour.screening.findings import Unreadable
from candour.screening.inside import Inside

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, UnicodeDecodeError)


class Archive:
    """An archive that is read entry by entry; every entry counts towards what the whole file may unpack to."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the archive is broken, locked, or over a limit."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _BROKEN as fault:
            raise Unreadable("its archive is damaged") from fault
        self._inside = inside
        self.content = content
        self.entries_and_folders = self._zip.infolist()
        self.entries = [entry for entry in self.entries_and_folders if not entry.filename.endswith("/")]
        self.names = [entry.filename for entry in self.entries]
        self.comment = self._zip.comment
        inside.count(len(self.entries))
        if any(entry.flag_bits & 1 for entry in self.entries):
            raise Unreadable("it is locked with a password")

    def outside(self) -> Iterator[tuple[str, bytes]]:
        """Yield what lies in the archive outside of its entries: remarks, extra fields, gaps, what follows its end."""
        yield "the archive's comment", self.comment
        end = 0
        for entry in sorted(self.entries_and_folders, key=lambda one: one.header_offset):
            yield f"before {entry.filename}", _gap(self.content[end : entry.header_offset])
            yield f"the comment of {entry.filename}", entry.comment
            yield f"beside {entry.filename}", _unknown(entry.extra) + _unknown(_extra(self.content, entry))
            end = end_of(self.content, entry)
        yield "before the list of its parts", _gap(self.content[end : self._zip.start_dir])
        place = self.content.rfind(b"PK\x05\x06")
        yield "after its end", self.content[place + _END + len(self.comment) :]

    def outside_text(self) -> str:
        """Return the same as text, for it to be searched."""
        return "\n".join(found.decode("utf-8", "replace") for _, found in self.outside() if found)

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """Return the bytes of one entry. Raises Unreadable where there is none, or it is broken or over a limit."""
        try:
            entry = self._zip.getinfo(name)
        except KeyError as fault:
            raise Unreadable(f"it lacks its part {name}") from fault
        return self.read_entry(entry)

    def read_entry(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry of `entries`; two entries may carry one name."""
        self._inside.unpack(entry.file_size, entry.compress_size)
        try:
            with self._zip.open(entry) as opened:
                found = opened.read(entry.file_size + 1)
        except _BROKEN as fault:
            raise Unreadable(f"its part {entry.filename} is damaged") from fault
        if len(found) != entry.file_size:
            raise Unreadable(f"its part {entry.filename} is not as large as it says")
        return found


_HEADER = struct.Struct("<4s5H3I2H")
_END, _DESCRIPTOR = 22, b"PK\x07\x08"
_SIZES = (12, 16, 20, 24)
"""Bytes of the sums and sizes that may follow an entry's data (APPNOTE 4.3.9)."""
_EXTRAS = frozenset((0x0001, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0x7075, 0x6375, 0x9901, 0xCAFE))
"""Extra fields with sizes, times, owners and the name once more (APPNOTE 4.5.2)."""
_PADDING = 0xA220
"""The extra field by which Office leaves room for a part to grow (ECMA-376 part 2, annex B)."""


def end_of(content: bytes, entry: zipfile.ZipInfo) -> int:
    """Return where the data of an entry end."""
    name, extra = _lengths(content, entry)
    return entry.header_offset + _HEADER.size + name + extra + entry.compress_size


def _lengths(content: bytes, entry: zipfile.ZipInfo) -> tuple[int, int]:
    header = content[entry.header_offset : entry.header_offset + _HEADER.size]
    *_, name, extra = _HEADER.unpack(header.ljust(_HEADER.size, b"\0"))
    return int(name), int(extra)


def _extra(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    name, extra = _lengths(content, entry)
    begin = entry.header_offset + _HEADER.size + name
    return content[begin : begin + extra]


def _unknown(extra: bytes) -> bytes:
    """Return the extra fields that are of no known kind, and what fills the room that was left to grow."""
    found, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        data = extra[at + 4 : at + 4 + size]
        if kind == _PADDING:
            found += data[4:].strip(b"\0")
        elif kind not in _EXTRAS:
            found += data
        at += 4 + size
    return found


def _gap(between: bytes) -> bytes:
    """Return what lies between two entries, unless it is the sums and sizes that belong there."""
    if len(between) in _SIZES and (between.startswith(_DESCRIPTOR) or len(between) in (12, 20)):
        return b""
    return between.strip(b"\0")
