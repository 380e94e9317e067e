"""Reads a mail (.eml): what its headers say, the lines of its body, and the names of what is attached."""

from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from candour.reading.formats import hypertext

_DEEPEST = 4


def read(data: bytes) -> dict[str, Any]:
    """Return lines, headers (subject, from name and address, ISO moment) and attachments (file names).

    A mail that is attached to the mail follows it in the lines, under its own headers, as a forwarded one would.
    """
    message = message_from_bytes(data, policy=policy.default)
    return {"lines": list(_lines(message)), "headers": _headers(message), "attachments": list(_attachments(message))}


def _headers(message: EmailMessage) -> dict[str, str | None]:
    sender = message.get("From")
    addresses = getattr(sender, "addresses", ())
    moment = getattr(message.get("Date"), "datetime", None)
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)  # "-0000" in a mail: the time is universal, the place unsaid
    return {
        "subject": str(message.get("Subject", "")).strip(),
        "name": addresses[0].display_name if addresses else "",
        "email": addresses[0].addr_spec if addresses else str(sender or ""),
        "moment": moment.isoformat() if moment is not None else None,
    }


def _lines(message: Any, depth: int = 0) -> Iterator[str]:
    yield from _body(message)
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822" and depth < _DEEPEST:
            for inner in part.iter_parts():
                yield from ("", *_inner_headers(inner), "", *_lines(inner, depth + 1))


def _inner_headers(message: Any) -> Iterator[str]:
    for name, shown in (("From", "From"), ("Date", "Sent"), ("To", "To"), ("Subject", "Subject")):
        if message.get(name):
            yield f"{shown}: {message[name]}"


def _body(message: EmailMessage) -> list[str]:
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    lines = _text(plain).splitlines() if plain is not None else []
    if rich is not None and not any(line.strip() for line in lines):
        return hypertext.lines(_text(rich))
    return lines


def _text(part: Any) -> str:
    """Return the text of a part; a character set that nobody knows is read as the two usual ones are."""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        return str(part.get_payload(decode=True).decode("cp1252", errors="replace"))


def _attachments(message: EmailMessage) -> Iterator[str]:
    for part in message.iter_attachments():
        yield part.get_filename() or part.get_content_type()
