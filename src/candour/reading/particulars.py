"""Reads what a letter says about itself: its subject, its references, who wrote it and the day a mail came."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parseaddr, parsedate_to_datetime

from candour.reading.texts import Mail
from candour.rules import years

_REFERENCE = re.compile(
    r"\b(?P<whose>our|your|my)\s+ref(?:erence)?\b(?:\s+(?:no|number)\b\.?)?(?:\s+is\b)?\s*[:.]?\s*"
    r"(?P<value>\S.*?)(?=\s{2,}|\t|\s*[,;]?\s+\b(?:our|your|my)\s+ref|\.?\s*$|\.\s|,\s)",
    re.IGNORECASE,
)
_UNOWNED = re.compile(
    r"\s*(?:(?:FOI|request|case|freedom of information)\s+){0,3}ref(?:erence)?\b\.?(?:\s+(?:no|number)\b\.?)?\s*[:.]\s*"
    r"(?P<value>\S{1,40})\s*",
    re.IGNORECASE,
)
_REPLIED = re.compile(r"\s*(?:(?:re|fw|fwd|aw)\s*:\s*)+", re.IGNORECASE)
_SUBJECT = re.compile(r"\s*(?:re|subject)\s*:\s*(?P<subject>\S.*)", re.IGNORECASE)
_TITLE = re.compile(r"[^.?:]{0,60}\b(?:freedom of information|FOI)\b[^.?:]{0,60}\brequest\b[^.?:]{0,80}", re.IGNORECASE)
_HEADER = re.compile(r"\s*[*]?(?P<name>from|sent|date|to|cc|subject)\s*:[*]?\s*(?P<value>\S.{0,300})", re.IGNORECASE)
_DATES = ("%d %B %Y", "%B %d %Y", "%d %b %Y", "%b %d %Y", "%d/%m/%Y", "%Y-%m-%d")
_DAY = re.compile(
    r"\d{1,2}\s+[A-Za-z]+,?\s+\d{4}|[A-Za-z]+\s+\d{1,2},?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}"
)


@dataclass(frozen=True)
class Particulars:
    """The subject, the two references and the sender; "" where the letter does not say, None for a day it does not."""

    subject: str = ""
    ours: str = ""
    theirs: str = ""
    name: str = ""
    email: str = ""
    received: date | None = None


def read(lines: Sequence[str], after: Sequence[str], mail: Mail | None, *, answered: bool) -> Particulars:
    """Read the lines before the questions and those after them, and the headers of a mail where there is one.

    "Our ref", and a bare "Ref", is ours in a reply of ours with its answers left in, and theirs in a letter of theirs.
    """
    found = _forwarded(lines)
    if mail is not None and not (found.received and _REPLIED.match(mail.subject)):
        found = Particulars(subject=mail.subject, name=mail.name, email=mail.email, received=mail.received)
    references = _references([*lines, *after])
    ours, theirs = ("our", "your") if answered else ("your", "our")
    references.setdefault(ours if answered else theirs, references.get("", ""))
    return replace(
        found,
        subject=_REPLIED.sub("", found.subject or _subject(lines), count=1).strip(),
        ours=references.get(ours, ""),
        theirs=references.get("my") or references.get(theirs, ""),
    )


def _subject(lines: Sequence[str]) -> str:
    for pattern in (_SUBJECT, _TITLE):
        for line in lines:
            if found := pattern.fullmatch(line.strip()):
                return found.groupdict().get("subject") or found[0]
    return ""


def _references(lines: Sequence[str]) -> dict[str, str]:
    """Return whose ("" where unsaid) -> reference; it has a figure in it, else "our reference library" would be one."""
    found: dict[str, str] = {}
    for line in lines:
        for match in _REFERENCE.finditer(line):
            if re.search(r"\d", match["value"]):
                found.setdefault(match["whose"].lower(), match["value"].strip())
        if (bare := _UNOWNED.fullmatch(line)) and re.search(r"\d", bare["value"]):
            found.setdefault("", bare["value"])
    return found


def _forwarded(lines: Sequence[str]) -> Particulars:
    """Return what the last block of headers within the text says: that of the mail which holds the questions."""
    headers: dict[str, str] = {}
    for line in lines:
        if match := _HEADER.fullmatch(line):
            name = match["name"].lower()
            headers = {} if name == "from" else headers
            headers[name] = match["value"].strip()
    if "from" not in headers:
        return Particulars()
    sender = headers["from"]
    address = parseaddr(sender.replace("[mailto:", "<").replace("]", ">"))
    name, email = address if "@" in address[1] else (sender, "")  # words without an address are no address
    day = _day(headers.get("sent") or headers.get("date") or "")
    return Particulars(subject=headers.get("subject", ""), name=name, email=email, received=day)


def _day(text: str) -> date | None:
    """Read the day of a header; one without a zone is taken as London's."""
    try:
        moment = parsedate_to_datetime(text)
        return years.london_day(moment) if moment.tzinfo else moment.date()
    except ValueError:
        pass
    written = _DAY.search(text)
    return _plain_day(re.sub(r"\s+", " ", written[0].replace(",", ""))) if written else None


def _plain_day(text: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day without time has no zone
        except ValueError:
            continue
    return None
