"""Turns the bytes of a letter or a mail (.txt .eml .docx .odt .pdf .html), none of them trusted, into lines of text."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from candour.reading import children
from candour.reading.formats import hypertext, mail, opendocument, portable, word
from candour.rules import refusals, years

LARGEST = 5 << 20
"""Bytes that a request may have."""
LONGEST = 200_000
"""Characters of text that a request may have, some sixty pages."""
_MEMORY = 512 << 20
_SECONDS = 20
_READABLE = ".txt, .eml, .docx, .odt, .pdf or .html"
_READABLE_NAME = re.compile(r".*\.(txt|eml|docx|odt|pdf|html?)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|[\r\n\v\x85\u2028\u2029]")
_HEADER = re.compile(
    r"(from|to|date|subject|received|return-path|delivered-to|mime-version|message-id):", re.IGNORECASE
)
_NOT_TEXT = (
    (b"\xd0\xcf\x11\xe0", "an older Office file or an Outlook message"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
)


@dataclass(frozen=True)
class Mail:
    """What the headers of a mail say; `received` is the day in London of its Date header, `at` the moment."""

    subject: str
    name: str
    email: str
    received: date | None
    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Text:
    """The lines of a document in reading order; a page break is a line that is a form feed."""

    kind: str
    lines: tuple[str, ...]
    mail: Mail | None = None
    attachments: tuple[str, ...] = field(default=())


def read(data: bytes, name: str) -> Text:
    """Read a document of at most 5 MB; its kind is told by its content, and by its name only between mail and text.

    Raises WrongInput where there is nothing to read: empty, too large, damaged, protected, a picture, only attachments.
    """
    _require_size(data)
    text = _text(data, _kind(data, name))
    length = sum(len(line) for line in text.lines)
    if length > LONGEST:
        raise refusals.WrongInput(
            f"The request has {length:,} characters of text; give only the letter with its questions."
        )
    if not any(line.strip() for line in text.lines):
        raise refusals.WrongInput("The document has no text in it; it may hold only pictures. Type its questions out.")
    return text


def decoded(data: bytes) -> str:
    """Decode text: by its byte-order mark, else as UTF-8, else as Windows wrote it."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_html(data: bytes) -> list[str]:
    """Return the lines of a page of HTML, whose own word about its encoding is followed where Python knows it."""
    declared = re.search(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)", data[:2048], re.IGNORECASE)
    try:
        return hypertext.lines(data.decode(declared[1].decode()) if declared else decoded(data))
    except (LookupError, UnicodeDecodeError):
        return hypertext.lines(decoded(data))


_READERS: dict[str, Callable[[bytes], Any]] = {
    "eml": mail.read,
    "docx": word.lines,
    "odt": opendocument.lines,
    "pdf": portable.lines,
    "html": read_html,
}


def _text(data: bytes, kind: str) -> Text:
    if kind == "txt":
        return Text(kind, tuple(_LINE_END.split(_plain(data))))
    found = children.run(_READERS[kind], data, memory=_MEMORY, seconds=_SECONDS)
    return _mail_text(found) if kind == "eml" else Text(kind, tuple(found))


def _require_size(data: bytes) -> None:
    if not data.strip():
        raise refusals.WrongInput("The request is empty; give a file that has the requester's words in it.")
    if len(data) > LARGEST:
        size = len(data) / (1 << 20)
        raise refusals.WrongInput(
            f"The request is {size:.0f} MB and may be {LARGEST >> 20} MB; save its text without its attachments."
        )


def _kind(data: bytes, name: str) -> str:
    for mark, what in _NOT_TEXT:
        if data.startswith(mark):
            raise refusals.WrongInput(f"The request is {what}, which cannot be read; save it as {_READABLE}.")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK"):
        return _kind_of_archive(data)
    beginning = decoded(data[:4096]).lstrip("\ufeff \t\r\n")
    if re.match(r"<(!doctype html|html|head|body|\?xml[^>]*>\s*<(!doctype|html))", beginning, re.IGNORECASE):
        return "html"
    if name.lower().endswith((".html", ".htm")):
        return "html"
    return "eml" if _is_mail(beginning, name) else "txt"


def _is_mail(beginning: str, name: str) -> bool:
    """A mail that was saved under another name is known by two header lines at its very beginning."""
    first = beginning.splitlines()[:30]
    headers = first[: first.index("")] if "" in first else first
    known = sum(1 for line in headers if _HEADER.match(line))
    machine_written = any(re.match(r"(mime-version|message-id|received):", line, re.IGNORECASE) for line in headers)
    return name.lower().endswith(".eml") or (known > 1 and machine_written)


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise refusals.WrongInput(
            "The document is damaged or cut short; open it, save it anew and try again."
        ) from None
    if "word/document.xml" in names:
        return "docx"
    if "content.xml" in names:
        return "odt"
    raise refusals.WrongInput(
        f"The request is an archive without a letter in it; give the letter itself as {_READABLE}."
    )


def _plain(data: bytes) -> str:
    text = decoded(data)
    if "\0" in text:
        raise refusals.WrongInput(f"The request is not text; save it as {_READABLE} and try again.")
    return text.replace("\f", "\n\f\n")


def _mail_text(found: dict[str, Any]) -> Text:
    headers, attachments = found["headers"], tuple(found["attachments"])
    if not any(line.strip() for line in found["lines"]):
        raise refusals.WrongInput(_empty_mail(attachments))
    moment = datetime.fromisoformat(headers["moment"]) if headers["moment"] else None
    received = years.london_day(moment) if moment else None
    sender = Mail(headers["subject"], headers["name"], headers["email"], received, moment)
    return Text("eml", tuple(found["lines"]), sender, attachments)


def _empty_mail(attachments: tuple[str, ...]) -> str:
    if not attachments:
        return "The mail has no text; give a file that has the requester's words in it."
    readable = [name for name in attachments if _READABLE_NAME.fullmatch(name)]
    advice = (
        f"save {readable[0]} and read that"
        if readable
        else f"ask the requester for the text, or save it as {_READABLE}"
    )
    return f"The mail has no text of its own, only attachments ({', '.join(attachments)}); {advice}."
