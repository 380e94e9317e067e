"""Looks in a file's texts for what points inside the body: addresses of internal systems, folders, and markings."""

import re
from collections.abc import Iterator

from candour.rules import markings
from candour.screening.findings import Check, Finding, Severity, Text, told

ADDRESS = Check(
    "words.internal-address",
    Severity.WARN,
    "The file names a system or folder inside the organisation",
    "Take the address out, or make sure that it may be known",
)
ABOVE = Check(
    "words.marking-above-official",
    Severity.BLOCK,
    "The file carries a marking above OFFICIAL-SENSITIVE",
    "Do not send it; take it to your security officer",
)
SENSITIVE = Check(
    "words.marking",
    Severity.WARN,
    "The file carries a marking that says it is not for everybody",
    "Take the marking off once somebody has decided that the file may be sent",
)
CHECKS = (ADDRESS, ABOVE, SENSITIVE)

_SCHEMES = ("://", "\\\\", ":\\")
_ADDRESS = re.compile(
    r"(?:https?|ftp|smb|ldap)://(?:[\w.-]*@)?(?:[\w-]+(?=[:/\s]|$)|[\w.-]+\.(?:local|internal|intranet|lan|corp|home|test)\b"
    r"|(?:intranet|sharepoint|portal|staff|wiki|confluence|jira)\.[\w.-]+|[\w-]+\.sharepoint\.com"
    r"|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|127(?:\.\d{1,3}){3})"
    r"|file:///?\S+|(?<![\w\\])\\\\[\w.$-]+\\[\w.$-]+|(?<!\w)[A-Z]:\\(?:[\w .$-]+\\)+",
    re.IGNORECASE,
)
_SENSITIVE = re.compile(r"(?m)^[^\w\n]{0,10}OFFICIAL[ -]*SENSITIVE\b")
_FIRST = 5


class Inside:
    """What of a file's texts points inside: shown every text, then asked what there was."""

    def __init__(self) -> None:
        self._told: list[Finding] = []
        self._addresses: dict[str, str] = {}

    def see(self, text: Text) -> None:
        if any(sign in text.text for sign in _SCHEMES):
            for match in _ADDRESS.finditer(text.text):
                self._addresses.setdefault(_shown(match[0]), text.where)
        if marking := _marking(text.text):
            check = SENSITIVE if marking in {"CONFIDENTIAL", *markings.MARKINGS} else ABOVE
            self._told.append(told(check, text.where, marking))

    def told(self) -> Iterator[Finding]:
        yield from dict.fromkeys(self._told)
        for number, (address, where) in enumerate(self._addresses.items()):
            if number == _FIRST:
                yield told(ADDRESS, "", f"{len(self._addresses) - _FIRST} more")
                return
            yield told(ADDRESS, where, address)


def _shown(address: str) -> str:
    """Name the beginning of an address, enough to find it by."""
    return f"{address[:12]}***"


def _marking(text: str) -> str | None:
    """Return the heaviest marking of a text; CONFIDENTIAL was one until 2014 and is an ordinary word of letters too."""
    if "SECRET" in text or "CONFIDENTIAL" in text:
        lines = "\n".join(line for line in text.splitlines() if "SECRET" in line or "CONFIDENTIAL" in line)
        if found := markings.above("\n".join(line for line in lines.splitlines() if "SECRET" in line) or lines):
            return found
    return "OFFICIAL-SENSITIVE" if "OFFICIAL" in text and _SENSITIVE.search(text) else None
