"""The letter of a draft: the body's furniture of the day around the questions and their answers."""

from collections.abc import Iterator

from candour.documents import blocks
from candour.foi.drafting import Draft
from candour.ledger.coordinates import AsAt
from candour.organisation.furniture import Furniture, furniture
from candour.organisation.models import Body
from candour.rules import years

SUBJECT = "Freedom of Information request"


def letter(body: Body, draft: Draft) -> blocks.Letter:
    """Set a draft as a letter; its settings are those in force on the day it is dated."""
    settings = furniture(body, AsAt(draft.dated, draft.as_at.number))
    asked = draft.asked
    references = (("Your ref", asked.their_reference), ("Our ref", asked.case))
    return blocks.Letter(
        title=f"Reply to your request of {years.spoken(asked.received)}, {asked.case}",
        language="en-GB",
        sender_name=body.name,
        letterhead=_letterhead(settings),
        references=tuple(pair for pair in references if pair[1]),
        dated=draft.dated,
        addressee=tuple(line for line in asked.sender if line),
        subject=SUBJECT,
        blocks=tuple(_blocks(draft, settings)),
        signature=(*settings.signature, *((settings.mailbox,) if settings.mailbox else ())),
        footer=settings.footer,
        last_line=_last_line(draft),
    )


def _letterhead(settings: Furniture) -> tuple[str, ...]:
    lines = settings.letterhead[1:] if settings.letterhead[:1] == (settings.sender,) else settings.letterhead
    return (*lines, *((f"Tel {settings.telephone}",) if settings.telephone else ()))


def _last_line(draft: Draft) -> str:
    return f"Figures as at {years.spoken(draft.as_at.day)} · record no. {draft.as_at.number} · {draft.digest}"


def _blocks(draft: Draft, settings: Furniture) -> Iterator[blocks.Block]:
    yield from _said(settings.opening(draft.asked.channel, draft.asked.received))
    for answer in draft.answers:
        yield from answer.blocks()
    if draft.enclosures:
        yield blocks.Heading("Enclosed")
        yield blocks.Bullets.of(file.name for file in draft.enclosures)
    yield from _said(settings.says("closing"))
    yield blocks.Heading("If you are unhappy with this reply")
    yield from _said(settings.says("review"))
    yield from _said(settings.says("regulator"))
    if settings.contacts:
        yield blocks.Bullets.of(f"{label}: {', '.join(lines)}" for label, lines in settings.contacts)
    yield from _said(settings.says("valediction"))


def _said(words: str | None) -> Iterator[blocks.Block]:
    if words:
        yield blocks.Paragraph.of(words)
