"""Reads a mail as Outlook saves it: MAPI properties in a compound file (the MS-OXMSG specification)."""

import io
import struct
from typing import Any

import olefile

from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.mail.message import Enclosed, Message

_TEXT, _NARROW, _BYTES, _STORAGE = "001F", "001E", "0102", "000D"
_PROPERTIES = "__properties_version1.0"
_ROOT_HEADER, _INNER_HEADER, _OTHER_HEADER = 32, 24, 8
_ENTRY = struct.Struct("<HHIII")
_KINDS = {1: "to", 2: "cc", 3: "bcc"}
_HEADERS = {"0037": "subject", "0E04": "display-to", "0E03": "display-cc", "0E02": "bcc", "0050": "reply-to"}
_NOTES = {
    "3FF8": "creator", "3FFA": "last modifier", "0040": "received by", "0044": "received for", "0C19": "sender's entry",
    "0E1D": "first subject", "3FFC": "tracking", "8005": "file under",
}  # fmt: skip
_DEEPEST = 5
_MOST = 500
_BROKEN = (OSError, struct.error, IndexError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def opened(content: bytes, _inside: Inside) -> Message:
    """Read a mail and those nested in it. Raises Unreadable where the file is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            if any(entry is not None and entry.size > len(content) for entry in file.direntries):
                raise Unreadable("a part of it says that it is longer than the file")
            return _Storage(file, [], _ROOT_HEADER).message(0)
    except _BROKEN as fault:
        raise Unreadable("it is damaged") from fault


class _Storage:
    """A folder in the file that stands for one mail, one recipient or one attachment."""

    def __init__(self, file: Any, path: list[str], header: int) -> None:
        self.file, self.path, self.header = file, path, header

    def message(self, depth: int) -> Message:
        headers = [(name, self.text(tag)) for tag, name in _HEADERS.items()]
        headers.append(("from", f"{self.text('0C1A')} <{self.text('5D01') or self.text('0C1F')}>"))
        headers += self._transport()
        headers += [recipient.recipient() for recipient in self.inner("__recip_version1.0_", _OTHER_HEADER)]
        found = Message(headers, self.text("1000"), self._html())
        found.notes = {name: text for tag, name in _NOTES.items() if (text := self.text(tag))}
        found.unread = "rich text" if self.data("1009", _BYTES) and not (found.plain or found.html) else ""
        for attached in self.inner("__attach_version1.0_", _OTHER_HEADER):
            attached.take_into(found, depth)
        return found

    def _html(self) -> str:
        content = self.data("1013", _BYTES)
        return content.decode("utf-8", "replace") if content else self.text("1013")

    def _transport(self) -> list[tuple[str, str]]:
        """Return the headers that the mail came with, where Outlook kept them."""
        lines = self.text("007D").replace("\r\n ", " ").replace("\r\n\t", " ").splitlines()
        pairs = (line.partition(":") for line in lines if ":" in line)
        return [(name.strip().lower(), value.strip()) for name, _, value in pairs]

    def recipient(self) -> tuple[str, str]:
        kind = _KINDS.get(self.number(0x0C15) & 0xF, "to")
        return kind, f"{self.text('3001')} <{self.text('39FE') or self.text('3003')}>"

    def take_into(self, message: Message, depth: int) -> None:
        """Put an attachment into its mail: a file, or a mail of its own."""
        inner = f"__substg1.0_3701{_STORAGE}"
        name = self.text("3707") or self.text("3704") or f"attachment {len(message.enclosed) + 1}.bin"
        if self.file.exists([*self.path, inner]):
            if depth >= _DEEPEST:
                raise Unreadable("mails lie too deeply within each other")
            message.nested.append(_Storage(self.file, [*self.path, inner], _INNER_HEADER).message(depth + 1))
        else:
            cid = self.text("3712")
            hidden = bool(self.number(0x7FFE) & 1)
            content, kind = self.data("3701", _BYTES), self.text("370E")
            message.enclosed.append(Enclosed(name, content, kind, hidden or bool(cid), cid))

    def inner(self, begins: str, header: int) -> list["_Storage"]:
        place = len(self.path)
        within = (one for one in self.file.listdir(streams=True, storages=True) if one[:place] == self.path)
        found = dict.fromkeys(one[place] for one in within if len(one) > place and one[place].startswith(begins))
        return [_Storage(self.file, [*self.path, name], header) for name in list(found)[:_MOST]]

    def text(self, tag: str) -> str:
        if wide := self.data(tag, _TEXT):
            return wide.decode("utf-16-le", "replace").strip("\0")
        return self.data(tag, _NARROW).decode("cp1252", "replace").strip("\0")

    def data(self, tag: str, kind: str) -> bytes:
        path = [*self.path, f"__substg1.0_{tag}{kind}"]
        return bytes(self.file.openstream(path).read()) if self.file.exists(path) else b""

    def number(self, tag: int) -> int:
        """Return a number among the fixed properties, 0 where it is not there."""
        path = [*self.path, _PROPERTIES]
        if not self.file.exists(path):
            return 0
        content = self.file.openstream(path).read()[self.header :]
        whole = content[: len(content) // _ENTRY.size * _ENTRY.size]
        return next((int(value) for _kind, name, _flags, value, _high in _ENTRY.iter_unpack(whole) if name == tag), 0)
