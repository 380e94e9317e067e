"""A compound file (MS-CFB), opened: its streams, and the properties that name who wrote it and where."""

import io
import struct
from collections.abc import Iterator, Sequence
from typing import Any

import olefile

from candour.screening.findings import Seen, Text, Unreadable, masked
from candour.screening.inside import Inside

BROKEN = (OSError, struct.error, IndexError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a damaged compound file may end in."""
_MOST = 5_000
PROGRAMS = frozenset(("calc", "current user", "libreoffice", "openpyxl", "python-docx", "python-pptx", "xlsxwriter"))
"""Names that programs write where a person's is asked for."""
_SPECIAL, _TABLES = 0xFFFFFFF0, (0xFFFFFFFC, 0xFFFFFFFD)
"""Numbers in a table of sectors that lead to none, and those that mark the sectors of the tables (MS-CFB 2.1)."""
_SUMMARY = ("author", "last_saved_by", "company", "manager", "template")
_SEARCHED = ("presentation_target", "content_type", "content_status", "language", "version", "link_base", "appname")
_DESCRIBED = ("title", "subject", "keywords", "comments", "category")
_OF_FILE, _OWN = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
ENCRYPTED = ("EncryptedPackage", "EncryptionInfo", "\x06DataSpaces", "\x09DRMContent")


class Compound:
    """The streams of a compound file by their path, storages parted by a stroke."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged or locked."""
        self.inside = inside
        self.content = content
        try:
            self._file: Any = olefile.OleFileIO(io.BytesIO(content))
            paths = self._file.listdir(streams=True, storages=False)
            self.names = ["/".join(path) for path in paths[:_MOST]]
            self.storages = ["/".join(path) for path in self._file.listdir(streams=False, storages=True)][:_MOST]
        except BROKEN as fault:
            raise Unreadable("its compound file is damaged") from fault
        if any(entry is not None and entry.size > len(content) for entry in self._file.direntries):
            raise Unreadable("a stream of it says that it is longer than the file")
        inside.count(len(self.names))

    def read(self, name: str) -> bytes:
        """Return a stream; b"" where there is none. Raises Unreadable where it is damaged."""
        found = next((one for one in self.names if one.lower() == name.lower()), None)
        if found is None:
            return b""
        try:
            stream: bytes = self._file.openstream(found.split("/")).read()
        except BROKEN as fault:
            raise Unreadable(f"its stream {name} is damaged") from fault
        return stream

    def unused(self) -> bytes:
        """Return what lies in sectors that no stream leads to, and behind the end of each stream in its last sector."""
        size = self._file.sectorsize
        taken = {number for chain, _ in self._chains() for number in chain} | self._frame()
        count = -(-len(self.content) // size) - 1
        found = [self._sector(number) for number in range(count) if number not in taken]
        for chain, length in self._chains():
            if chain and length % size:
                found.append(self._sector(chain[-1])[length % size :])
        return b"\xff".join([*found, *self._small_unused()])

    def _small_unused(self) -> Iterator[bytes]:
        """Yield what lies among the small streams: in sectors of none, and behind the end of each."""
        file, size = self._file, int(self._file.minisectorsize)
        whole = b"".join(self._sector(number) for number in self._chain(file.root.isectStart))[: file.root.size]
        file.loadminifat()
        taken = set[int]()
        for entry in file.direntries:
            if entry is not None and entry.entry_type == olefile.STGTY_STREAM and entry.size < file.minisectorcutoff:
                chain = self._follow(entry.isectStart, file.minifat)
                taken |= set(chain)
                if chain and entry.size % size:
                    yield whole[chain[-1] * size + entry.size % size : (chain[-1] + 1) * size]
        yield from (whole[at * size : (at + 1) * size] for at in range(len(whole) // size) if at not in taken)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * int(self._file.sectorsize)
        return self.content[begin : begin + self._file.sectorsize]

    def _chains(self) -> Iterator[tuple[list[int], int]]:
        """Yield the sectors of each stream that has its own, of the small ones together, and their length in bytes."""
        for entry in self._file.direntries:
            whole = entry is not None and entry.entry_type == olefile.STGTY_STREAM
            small = whole and entry.size < self._file.minisectorcutoff
            if entry is not None and (entry.entry_type == olefile.STGTY_ROOT or (whole and not small)):
                yield self._chain(entry.isectStart), entry.size

    def _chain(self, sector: int) -> list[int]:
        return self._follow(sector, self._file.fat)

    def _follow(self, sector: int, table: Sequence[int]) -> list[int]:
        found = list[int]()
        while sector < len(table) and sector < _SPECIAL and len(found) <= len(table):
            found.append(sector)
            sector = table[sector]
        return found

    def _frame(self) -> set[int]:
        """Return the sectors of the directory and of the tables themselves."""
        file = self._file
        marked = {number for number, next_ in enumerate(file.fat) if next_ in _TABLES}
        return marked | {*self._chain(file.first_dir_sector), *self._chain(file.first_mini_fat_sector)}

    def starting(self, *beginnings: str) -> list[str]:
        """Return the streams whose path begins so, in any case."""
        lower = tuple(beginning.lower() for beginning in beginnings)
        return [name for name in self.names if name.lower().startswith(lower)]

    def properties(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield the properties of these names that say something."""
        try:
            said = self._file.get_metadata()
        except BROKEN as fault:
            raise Unreadable("its properties are damaged") from fault
        for name in names:
            if text := _text(getattr(said, name, None)):
                yield name, text

    def other_properties(self) -> Iterator[str]:
        """Yield that the properties hold texts under numbers that no program uses (MS-OLEPS 2.18)."""
        for stream, last in ((_OF_FILE, 19), (_OWN, 29)):
            if not self.read(stream):
                continue
            try:
                found = self._file.getproperties(stream, no_conversion=[10])
            except BROKEN as fault:
                raise Unreadable("its properties are damaged") from fault
            if any(
                number > last and _text(value) for number, value in found.items() if isinstance(value, (str, bytes))
            ):
                yield "properties of another kind"

    def own_properties(self) -> Iterator[tuple[str, str]]:
        """Yield the names and texts of the properties that somebody gave the file besides the usual ones."""
        if not self.read(_OWN):
            return
        try:
            found = self._file.get_userdefined_properties([_OWN])
        except BROKEN as fault:
            raise Unreadable("its properties are damaged") from fault
        yield from ((_text(one["property_name"]), _text(one["value"])) for one in found)


def _text(value: Any) -> str:
    text = value.decode("cp1252", "replace") if isinstance(value, bytes) else str(value or "")
    return text.strip("\0 ")


def described(file: Compound) -> Iterator[Seen]:
    """Tell what the properties say of what the file is about."""
    yield from (Seen(f"property {name}", masked(text)) for name, text in file.properties(*_DESCRIBED))


def persons(file: Compound) -> Iterator[Seen]:
    """Tell who wrote a file, where, and from which template."""
    for name, text in file.properties(*_SUMMARY):
        if text.lower() not in PROGRAMS:
            yield Seen(f"property {name.replace('_', ' ')}", masked(text))


def texts(file: Compound) -> Iterator[Text]:
    """Yield what the properties say."""
    found = [text for _, text in file.properties(*_SUMMARY, *_DESCRIBED, *_SEARCHED)]
    found += [text for pair in file.own_properties() for text in pair]
    if found:
        yield Text("properties", "\n".join(found), hidden=True)


def programs(file: Compound) -> Iterator[Seen]:
    """Tell the storages in which macros and controls lie."""
    found = file.starting("Macros/", "_VBA_PROJECT_CUR/", "_VBA_PROJECT/", "VBA/", "Ctls", "OCXNAME")
    yield from (Seen(name) for name in sorted({one.partition("/")[0] for one in found}))


def embedded(file: Compound) -> Iterator[Seen]:
    """Tell the storages in which other files lie."""
    found = file.starting("ObjectPool/", "MBD", "LNK")
    found += [one for one in file.names if one.endswith(("\x01Ole10Native", "Package", "CONTENTS"))]
    yield from (Seen("/".join(name.split("/")[:-1])) for name in dict.fromkeys(found))


def files(file: Compound) -> Iterator[tuple[str, bytes]]:
    """Yield the packages (xlsx, docx) that lie inside as streams, which are looked into in turn."""
    for name in file.names:
        if name.endswith("Package") and (content := file.read(name)).startswith(b"PK"):
            yield f"{name.replace('/', '_')}.{_ending(content)}", content


def _ending(content: bytes) -> str:
    parts = {b"xl/workbook": "xlsx", b"word/document": "docx", b"ppt/presentation": "pptx"}
    return next((ending for part, ending in parts.items() if part in content), "zip")
