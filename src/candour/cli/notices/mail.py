"""Mail: a message with a text and an HTML part, handed to the mail server that the settings name."""

import html
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from candour.cli.notices.wording import Message, Part

if TYPE_CHECKING:
    from candour.incidents.queries.notices import Parcel

PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>'
    '<body style="font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.4;color:#0b0c0c">'
    '{parts}<p style="color:#505a5f;font-size:14px">{foot}</p></body></html>'
)
PART = '<h1 style="font-size:20px">{headline}</h1>{paragraphs}<p><a href="{link}">{link}</a></p>'


class NotSent(Exception):  # noqa: N818 - what the worker tells, and tries again
    """A message did not go out; the text says why, without addresses or secrets."""


@contextmanager
def server(settings: Any) -> Iterator[Any]:
    """Open a connection to the mail server for several messages; NotSent where it cannot be reached or refuses us."""
    from django.core.mail.backends.smtp import EmailBackend

    if not settings.SMTP:
        raise NotSent("CANDOUR_SMTP_URL is not set, so no mail can be sent")
    backend = EmailBackend(**settings.SMTP)
    try:
        backend.open()
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSent(f"the mail server cannot be used: {said(fault)}") from fault
    try:
        yield backend
    finally:
        backend.close()


def send(backend: Any, parcel: "Parcel", message: Message, *, sender: str, identity: str) -> None:
    """Send one message. `identity` is the same each time it is tried, so that a mailbox may drop a second copy."""
    from django.core.mail import EmailMultiAlternatives

    headers = {"Message-ID": f"<{identity}@{sender.rpartition('@')[2]}>", "Auto-Submitted": "auto-generated"}
    headers |= {"Importance": "high"} if any(item.insists for item in parcel.items) else {}
    mail = EmailMultiAlternatives(message.subject, text(message), sender, [parcel.to], headers=headers)
    mail.attach_alternative(page(message), "text/html")
    try:
        backend.send_messages([mail])
    except (OSError, smtplib.SMTPException) as fault:
        raise NotSent(f"the mail server did not take a message: {said(fault)}") from fault


def said(fault: Exception) -> str:
    """Say what failed without what was in the message: the code of a mail server, or what the system calls it."""
    code = getattr(fault, "smtp_code", None)
    return f"{type(fault).__name__} {code}" if code else str(getattr(fault, "strerror", None) or type(fault).__name__)


def text(message: Message) -> str:
    """Return the part for readers of plain text."""
    parts = ["\n\n".join([part.headline, *part.paragraphs, part.link]) for part in message.parts]
    return "\n\n\n".join([*parts, message.foot]) + "\n"


def page(message: Message) -> str:
    """Return the HTML part; every text is escaped, and it loads nothing."""
    parts = "".join(_part(part) for part in message.parts)
    subject, foot = html.escape(message.subject), html.escape(message.foot)
    return PAGE.format(language=message.language, subject=subject, parts=parts, foot=foot)


def _part(part: Part) -> str:
    paragraphs = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in part.paragraphs)
    return PART.format(headline=html.escape(part.headline), paragraphs=paragraphs, link=html.escape(part.link))
