"""ZIP archives of strangers (also office documents), read within limits: entries, tightness, and bytes in all."""

import zipfile
import zlib
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
        self.entries_and_folders = self._zip.infolist()
        self.entries = [entry for entry in self.entries_and_folders if not entry.filename.endswith("/")]
        self.names = [entry.filename for entry in self.entries]
        self.comment = self._zip.comment
        inside.count(len(self.entries))
        if any(entry.flag_bits & 1 for entry in self.entries):
            raise Unreadable("it is locked with a password")

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
