"""The personal data incidents of a year as a paper: the tables with all that has to be said beside them."""

from collections.abc import Iterator

from candour.documents.blocks import Block, Bullets, Heading, Letter, Note, Paragraph
from candour.figures import annual_tables
from candour.figures.annual import Annual
from candour.organisation import queries as organisation
from candour.organisation.models import Body
from candour.rules import years

DEFINITION = (
    "An incident is a loss, unauthorised disclosure or insecure disposal. Protected personal data are data whose "
    "release could cause harm or distress to the people they are about."
)


def paper(body: Body, annual: Annual) -> Letter:
    """Return the paper that every writer of letters can set (PDF, DOCX, ODT, HTML)."""
    title = f"Personal data incidents, {annual.year.label}"
    return Letter(
        title=title,
        language="en-GB",
        sender_name=body.name,
        letterhead=("For the Annual Report", f"as at {years.spoken(annual.as_at.day)}"),
        references=(("Record", f"no. {annual.as_at.number}"),),
        dated=annual.as_at.day,
        addressee=(),
        subject=title,
        blocks=tuple(_blocks(annual)),
        signature=(),
        footer=(body.name,),
        last_line=f"As at {years.spoken(annual.as_at.day)} · record no. {annual.as_at.number} · {annual.others.digest}",
        marking=organisation.TRAINING if annual.others.training else "",
    )


def _blocks(annual: Annual) -> Iterator[Block]:
    first, second, third = annual_tables.tables(annual)
    yield Paragraph.of(DEFINITION)
    yield from _said(annual.says.counting_policy)
    yield Heading("Incidents reported to the Information Commissioner")
    yield from (first, Note(annual.reported.measure.says))
    if annual.says.further_action:
        yield Paragraph.of(f"Further action on information risk: {annual.says.further_action}")
    yield Heading("Other personal data incidents")
    yield from _said(annual.says.small_incidents)
    yield from (second, Note(annual.others.measure.says))
    yield from (Heading("The years before"), third)
    yield from _beside(annual)


def _said(text: str) -> Iterator[Block]:
    if text:
        yield Paragraph.of(text)


def _beside(annual: Annual) -> Iterator[Block]:
    if annual.notes:
        yield Heading("What to know about these figures")
        yield Bullets.of(annual.notes)
    yield Heading("Beside an answer to a request")
    yield from (Paragraph.of(said) for said in annual.reconciliation)
