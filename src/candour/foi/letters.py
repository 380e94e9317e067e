"""The letter of a draft: the body's furniture of the day around the questions and their answers."""

from collections.abc import Iterator

from candour.documents import blocks
from candour.foi import layout
from candour.foi.drafting import Draft
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.furniture import Furniture, furniture
from candour.organisation.models import Body
from candour.rules import years

SUBJECT = "Freedom of Information request"
NO_QUESTION = "read the request: no question was found in it"
RECONSTRUCTED = "The figures as at {} are worked out from what our earlier register says it knew on that day."


def letter(body: Body, draft: Draft) -> blocks.Letter:
    """Set a draft as a letter; its settings are those in force on the day it is dated."""
    settings = furniture(body, AsAt(draft.dated, draft.as_at.number))
    asked = draft.asked
    references = (("Our ref", asked.case), ("Your ref", asked.their_reference))
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
        marking=_marking(body, draft),
    )


def _marking(body: Body, draft: Draft) -> str:
    """Mark every page of a letter that cannot go out yet, or that is only practice."""
    needs = "answer needs" if draft.open == 1 else "answers need"
    marks = [organisation.marking(body.pk), f"DRAFT: {draft.open} {needs} a person" if draft.open else ""]
    return " · ".join(mark for mark in marks if mark)


def _letterhead(settings: Furniture) -> tuple[str, ...]:
    lines = settings.letterhead[1:] if settings.letterhead[:1] == (settings.sender,) else settings.letterhead
    return (*lines, *((f"Tel {settings.telephone}",) if settings.telephone else ()))


def _last_line(draft: Draft) -> str:
    return f"Figures as at {years.spoken(draft.as_at.day)} · record no. {draft.as_at.number} · {draft.digest}"


def _blocks(draft: Draft, settings: Furniture) -> Iterator[blocks.Block]:
    yield from _said(settings.opening(draft.asked.channel, draft.asked.received))
    for answer in draft.answers:
        yield from layout.answer(answer)
    if not draft.answers:
        yield layout.mark(NO_QUESTION)
    if draft.reconstructed:
        yield blocks.Note(RECONSTRUCTED.format(years.spoken(draft.as_at.day)))
    yield from _enclosed(draft)
    yield from _said(settings.says("closing"))
    yield from _complaint(settings)
    yield from _said(settings.says("valediction"))


def _enclosed(draft: Draft) -> Iterator[blocks.Block]:
    if draft.enclosures:
        yield blocks.Heading("Enclosed")
        yield blocks.Bullets.of(f"{title} ({file.name})" for file, title in draft.enclosures.items())


def _complaint(settings: Furniture) -> Iterator[blocks.Block]:
    """How to ask for a review, and the regulator's ways of contact, as many as there are (FOIA ss.17(7), 50)."""
    yield blocks.Heading("If you are unhappy with this reply")
    yield from _said(settings.says("review"))
    yield from _said(settings.says("regulator"))
    if settings.contacts:
        yield blocks.Bullets(tuple(_contact(label, lines) for label, lines in settings.contacts))


def _contact(label: str, lines: tuple[str, ...]) -> blocks.Paragraph:
    text = f"{label}: {', '.join(line.strip().rstrip(',') for line in lines)}"
    return layout.linked(text, lines[0] if lines[0].startswith("https://") else None)


def _said(words: str | None) -> Iterator[blocks.Block]:
    if words:
        yield blocks.Paragraph.of(words)
