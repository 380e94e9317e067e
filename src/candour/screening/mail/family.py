"""Mail files: what is found in a mail, and in those nested in it."""

import re
from collections.abc import Callable, Iterable, Iterator

from candour.rules.plurals import plural
from candour.screening import kinds, markup, web_pages
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, Unreadable, masked
from candour.screening.inside import Inside
from candour.screening.mail import eml, msg
from candour.screening.mail.message import Message, addresses, hosts

_PAGE = "Send what is to be read as a PDF instead of the mail"
_ROUTE = (
    "received",
    "x-received",
    "x-originating-ip",
    "x-sender-ip",
    "x-ms-exchange-organization-authas",
    "x-mailer",
    "user-agent",
    "authentication-results",
    "x-originating-client",
    "x-ms-exchange-crosstenant-id",
)
_IDENTITIES = ("message-id", "in-reply-to", "references", "resent-message-id")
_SHOWN = ("subject", "from", "to", "cc", "date")
_THREAD = re.compile(
    r"(?im)^[ \t>]*-{2,} ?(?:original message|forwarded message|neges wreiddiol)|^[ \t>]*on .{6,120} wrote:\s*$"
    r"|^[ \t>*]*from: ?.+\n[ \t>*]*(?:sent|date|to): ?.+|(?:^> ?\S.*\n){3}"
)
_INSIDE_HOST = re.compile(r"^[\w-]+$|\.(?:local|internal|intranet|lan|corp|home|prod)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_LINK = re.compile(r"https?://\S+|<[^<>\s]+@[^<>\s]+>")
_ENOUGH, _SHARE = 5, 0.2
"""Different words that only one of the two texts has, and their share, from which they say different things."""


def texts(message: Message) -> Iterator[Text]:
    for where, one in _every(message):
        yield Text(f"{where}the subject", one.first("subject"))
        yield Text(f"{where}the recipients", "\n".join(one.all("from", "to", "cc")))
        yield Text(f"{where}the blind copies", "\n".join(one.all("bcc", "resent-bcc")), hidden=True)
        others = (value for name, value in one.headers if name not in _SHOWN)
        yield Text(f"{where}the headers", "\n".join(others), hidden=True)
        yield Text(f"{where}the message", one.plain)
        yield Text(f"{where}around its parts", one.around, hidden=True)
        yield Text(f"{where}the invitation", "\n".join(one.calendars), hidden=True)
        yield Text(f"{where}Outlook's notes", "\n".join(one.notes.values()), hidden=True)


def parts(message: Message) -> Iterator[tuple[str, bytes]]:
    """Yield what is attached, and the text as a page, which is looked into as one."""
    for where, one in _every(message):
        if one.html.strip():
            yield f"{where}text.html", page(one.html)
        yield from ((f"{where}{enclosed.name}", enclosed.content) for enclosed in one.enclosed)


def page(text: str) -> bytes:
    """Return the text of a mail as a page; many a mail leaves out how a page begins."""
    begin = text.lstrip()
    whole = begin if begin[:14].lower().startswith(("<!doctype html", "<html")) else f"<!DOCTYPE html>\n{begin}"
    return b"\xef\xbb\xbf" + whole.encode()


def _every(message: Message, where: str = "") -> Iterator[tuple[str, Message]]:
    yield where, message
    for number, inner in enumerate(message.nested, 1):
        yield from _every(inner, f"{where}mail {number}: ")


def _read(content: bytes, inside: Inside) -> Message:
    return msg.opened(content, inside) if inside.kind is kinds.MSG else eml.opened(content, inside)


MAIL = Family("mail", (kinds.MAIL, kinds.MSG), opens=_read, texts=texts, parts=parts)

_Look = Callable[[Message], Iterable[Seen]]


def _in_every(look: _Look) -> _Look:
    """Let a check of one mail see those nested in it as well."""

    def looked(message: Message) -> Iterator[Seen]:
        for where, one in _every(message):
            yield from (Seen(f"{where}{seen.where}".strip(": "), seen.sample) for seen in look(one))

    return looked


@MAIL.check("blind-copy", Severity.BLOCK, says="The mail names who got a blind copy", do=_PAGE)
@_in_every
def blind_copies(message: Message) -> Iterator[Seen]:
    for value in message.all("bcc", "resent-bcc"):
        yield Seen("Bcc", masked(value))


@MAIL.check(
    "recipients",
    Severity.WARN,
    says="The mail names everybody it went to",
    do="Take out those who need not be known",
)
@_in_every
def recipients(message: Message) -> Iterator[Seen]:
    found = addresses(message.all("to", "cc"))
    if len(found) > 1:
        yield Seen("To and Cc", f"{len(found)} addresses")


@MAIL.check("sent-again", Severity.WARN, says="The mail says who sent it on", do=_PAGE)
@_in_every
def sent_again(message: Message) -> Iterator[Seen]:
    for name, value in message.headers:
        if name.startswith("resent-") and name != "resent-bcc":
            yield Seen(name.title(), masked(value))


@MAIL.check("route", Severity.WARN, says="The mail tells the computers and programs it came through", do=_PAGE)
@_in_every
def routes(message: Message) -> Iterator[Seen]:
    names = dict.fromkeys(name for name, value in message.headers if name in _ROUTE and value)
    yield from (Seen(name.title(), f"{len(message.all(name))} lines") for name in names)


@MAIL.check(
    "reply-to",
    Severity.WARN,
    says="Answers go to another address than the sender's",
    do="Look whether it may be known",
)
@_in_every
def answers_go_elsewhere(message: Message) -> Iterator[Seen]:
    senders = set(addresses(message.all("from")))
    for address in addresses(message.all("reply-to")):
        if address not in senders:
            yield Seen("Reply-To", masked(address))


@MAIL.check(
    "internal-host",
    Severity.WARN,
    says="A number of the mail names a computer inside the organisation",
    do=_PAGE,
)
@_in_every
def internal_hosts(message: Message) -> Iterator[Seen]:
    for host in hosts(message.all(*_IDENTITIES)):
        if _INSIDE_HOST.search(host):
            yield Seen("Message-ID", masked(host, 3))


@MAIL.check(
    "thread",
    Severity.WARN,
    says="Earlier mails are quoted below",
    do="Read down to the end, and cut off what is not asked for",
)
@_in_every
def threads(message: Message) -> Iterator[Seen]:
    if count := len(_THREAD.findall(message.plain or _shown(message.html))):
        yield Seen("the message", plural(count, "time"))


@MAIL.check("two-texts", Severity.BLOCK, says="The mail says one thing as plain text and another as a page", do=_PAGE)
@_in_every
def two_texts(message: Message) -> Iterator[Seen]:
    if message.plain.strip() and message.html.strip():
        plain, shown = _words(message.plain), _words(_shown(message.html))
        for only, of, where in ((plain - shown, plain, "plain text"), (shown - plain, shown, "page")):
            if len(only) >= _ENOUGH and len(only) > _SHARE * len(of):
                yield Seen(f"only in the {where}", masked(" ".join(sorted(only)[:5])))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_LINK.sub(" ", text).casefold()))


def _shown(html: str) -> str:
    try:
        shown = web_pages.WebPage(markup.page(page(html), "utf-8"))
    except Unreadable:
        return ""
    return next(iter(web_pages.texts(shown))).text


@MAIL.check("nested-mail", Severity.WARN, says="Another mail lies in the mail", do="Read it too, or leave it out")
@_in_every
def nested_mails(message: Message) -> Iterator[Seen]:
    yield from (Seen("", one.name) for one in message.enclosed if one.kind == "message/rfc822")
    yield from (Seen("", f"mail {number}") for number in range(1, len(message.nested) + 1))


@MAIL.check(
    "attachment",
    Severity.WARN,
    says="A file is attached to the mail",
    do="Look whether it is meant to be sent",
)
@_in_every
def attachments(message: Message) -> Iterator[Seen]:
    for one in message.enclosed:
        if not one.inline and one.kind != "message/rfc822":
            yield Seen("", masked(one.name, 6))


@MAIL.check("unused-picture", Severity.BLOCK, says="A picture is enclosed that the mail does not show", do=_PAGE)
@_in_every
def unused_pictures(message: Message) -> Iterator[Seen]:
    for one in message.enclosed:
        used = one.cid and one.cid in message.html
        if one.inline and one.kind.startswith("image/") and message.html and not used:
            yield Seen("", masked(one.name, 6))


@MAIL.check("invitation", Severity.WARN, says="An invitation names who was asked and where", do=_PAGE)
@_in_every
def invitations(message: Message) -> Iterator[Seen]:
    for text in message.calendars:
        yield Seen("", f"{text.upper().count('ATTENDEE')} asked")


@MAIL.check("winmail", Severity.BLOCK, says="Outlook's own copy of the mail (winmail.dat) is enclosed", do=_PAGE)
@_in_every
def winmail(message: Message) -> Iterator[Seen]:
    for one in message.enclosed:
        if one.kind in {"application/ms-tnef", "application/vnd.ms-tnef"} or one.name.lower() == "winmail.dat":
            yield Seen("", f"{len(one.content):,} bytes")


@MAIL.check(
    "around-parts",
    Severity.BLOCK,
    says="Text stands before or after the parts, where no program shows it",
    do=_PAGE,
)
@_in_every
def around_parts(message: Message) -> Iterator[Seen]:
    if message.around.strip():
        yield Seen("", masked(message.around))


@MAIL.check("outlook-notes", Severity.WARN, says="Outlook noted who wrote, changed or received the mail", do=_PAGE)
@_in_every
def outlook_notes(message: Message) -> Iterator[Seen]:
    yield from (Seen("", f"{name}: {masked(text)}") for name, text in message.notes.items())


@MAIL.check("unread-text", Severity.BLOCK, says="The text of the mail is in a form that is not read here", do=_PAGE)
@_in_every
def unread_texts(message: Message) -> Iterator[Seen]:
    if message.unread:
        yield Seen("", message.unread)
