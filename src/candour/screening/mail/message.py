"""A mail as it is looked into, whichever program saved it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Enclosed:
    """A file or a mail inside a mail. `inline` says that it is shown in the text, by its `cid`."""

    name: str
    content: bytes
    kind: str
    inline: bool = False
    cid: str = ""


@dataclass
class Message:
    """Headers by name in small letters, in their order; the text both ways; what is enclosed; Outlook's own notes."""

    headers: list[tuple[str, str]] = field(default_factory=list)
    plain: str = ""
    html: str = ""
    enclosed: list[Enclosed] = field(default_factory=list)
    nested: list["Message"] = field(default_factory=list)
    calendars: list[str] = field(default_factory=list)
    around: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    unread: str = ""

    def all(self, *names: str) -> list[str]:
        """Return what all headers of some names say."""
        return [value for name, value in self.headers if name in names and value.strip()]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")


_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*")
_HOST = re.compile(r"@([\w.-]+)")


def addresses(texts: list[str]) -> list[str]:
    """Return the different addresses in some headers."""
    return list(dict.fromkeys(found.lower() for text in texts for found in _ADDRESS.findall(text)))


def hosts(texts: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(host.strip(".").lower() for text in texts for host in _HOST.findall(text))
