"""Reads a mail as mail servers pass it on (RFC 5322, MIME). Mails nested in it stay files, to be looked into."""

import email
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message as Mime

from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.mail.message import Enclosed, Message

_DEEPEST = 20
_ENDINGS = {"text/html": "html", "text/plain": "txt", "image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}


def opened(content: bytes, _inside: Inside) -> Message:
    """Read a mail. Raises Unreadable where its parts lie deeper in each other than any mail's do."""
    try:
        mime = email.message_from_bytes(content)
        message = Message([(name.lower(), _header(str(value))) for name, value in mime.items()])
        _take(mime, message, 0)
    except (MessageError, RecursionError, LookupError, ValueError) as fault:
        raise Unreadable("its parts are damaged") from fault
    return message


def _take(part: Mime, message: Message, depth: int) -> None:
    if depth > _DEEPEST:
        raise Unreadable("its parts lie too deeply within each other")
    kind = part.get_content_type()
    if kind == "message/rfc822":
        _take_mail(part, message)
    elif part.is_multipart():
        message.around += "\n".join(filter(str.strip, (_shown(part.preamble), _shown(part.epilogue))))
        for inner in part.get_payload():
            if isinstance(inner, Mime):
                _take(inner, message, depth + 1)
    else:
        _take_leaf(part, kind, message)


def _shown(text: str | None) -> str:
    """Return what stands around parts, without the sentence that programs write there."""
    ordinary = "This is a multi-part message in MIME format"
    return "" if not text or text.strip().startswith(ordinary) else text


def _take_mail(part: Mime, message: Message) -> None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    content = inner.as_bytes() if isinstance(inner, Mime) else b""
    message.enclosed.append(Enclosed(f"mail {len(message.enclosed) + 1}.eml", content, "message/rfc822"))


def _take_leaf(part: Mime, kind: str, message: Message) -> None:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    attached = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    if kind == "text/calendar":
        message.calendars.append(_decoded(part, content))
    elif kind == "text/plain" and not attached:
        message.plain += _decoded(part, content) + "\n"
    elif kind == "text/html" and not attached:
        message.html += _decoded(part, content) + "\n"
    else:
        number = len(message.enclosed) + 1
        name = _header(part.get_filename() or f"part {number}.{_ENDINGS.get(kind, 'bin')}")
        cid = str(part.get("Content-ID", "")).strip("<> ")
        inline = part.get_content_disposition() == "inline" or bool(cid)
        message.enclosed.append(Enclosed(name, content, kind, inline, cid))


def _decoded(part: Mime, content: bytes) -> str:
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def _header(value: str) -> str:
    """Return a header as it is meant to be read, or as it stands where it is written wrongly."""
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value
