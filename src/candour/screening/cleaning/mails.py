"""What those who got a mail saw of it: who wrote to whom, when and about what, its text, and what was attached."""

import re
from collections.abc import Iterator
from email.utils import getaddresses

from candour.documents.plain_document import Block, Paragraph, Piece
from candour.screening import web_pages
from candour.screening.cleaning import plain
from candour.screening.cleaning.web import Shown
from candour.screening.inside import Inside
from candour.screening.mail import family as mail
from candour.screening.mail.message import Enclosed, Message

_PEOPLE, _OTHERS = ("from", "to", "cc"), ("date", "subject")
_MOST_LINES = 100_000


class Seen:
    """A mail as its readers saw it. Its page is what mail programs show; its plain text where it has no page."""

    def __init__(self, message: Message, inside: Inside) -> None:
        self.message = message
        self._shown = None
        if message.html.strip():
            page = web_pages.opened(mail.page(message.html), inside)
            pictures = {f"cid:{one.cid}": one.content for one in message.enclosed if one.cid}
            self._shown = Shown(page, pictures)

    def blocks(self) -> list[Block]:
        """Return its headers, its text, and the names of what is attached."""
        body = self._shown.blocks() if self._shown else list(_lines(self.message.plain))
        names = ", ".join(plain.seen(one.name) for one in self.attached)
        return [*_headers(self.message), *body, *([_said("Attached", names)] if names else [])]

    @property
    def attached(self) -> list[Enclosed]:
        """What is attached and not shown in the text."""
        return [one for one in self.message.enclosed if not (one.cid and f"cid:{one.cid}" in self.message.html)]

    def left_out(self) -> Iterator[str]:
        yield "every header but From, To, Cc, Date and Subject (so also Bcc, and the way it came)"
        if self.message.plain.strip() and self._shown:
            yield "the plain text that stood beside the page: mail programs show the page"
        yield from self._shown.left_out() if self._shown else ()
        for count, what in (
            (len(self.message.calendars), "invitations"),
            (bool(self.message.around.strip()), "text around its parts, which no program shows"),
            (bool(self.message.unread), "its text, which is in a form that is not read here"),
        ):
            if count:
                yield what if count is True else f"{count} {what}"


def _headers(message: Message) -> Iterator[Paragraph]:
    for name in _PEOPLE:
        if people := _people(message.all(name)):
            yield _said(name.title(), people)
    for name in _OTHERS:
        if said := plain.seen(message.first(name)):
            yield _said(name.title(), said)


def _people(values: list[str]) -> str:
    """Return names and addresses, each address once: Outlook keeps them twice."""
    found: dict[str, str] = {}
    for name, address in getaddresses(values):
        if name or address:
            found.setdefault((address or name).lower(), f"{name} <{address}>" if name and address else name or address)
    return plain.seen(", ".join(found.values()))


def _said(what: str, text: str) -> Paragraph:
    return Paragraph((Piece(f"{what}: ", bold=True), Piece(text)))


def _lines(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a plain text, which blank lines part."""
    for one in re.split(r"\n\s*\n", plain.seen(text).replace("\r\n", "\n"))[:_MOST_LINES]:
        if one.strip():
            yield Paragraph((Piece(one.strip("\n")),))
