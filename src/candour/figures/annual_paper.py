"""The personal data incidents of a year as a paper: the tables with all that has to be said beside them."""

from collections.abc import Iterator

from candour.documents.blocks import Block, Bullets, Heading, Letter, Note, Paragraph, Table
from candour.figures import tables
from candour.figures.annual import Annual
from candour.organisation import queries as organisation
from candour.organisation.models import Body
from candour.rules import years

DEFINITION = (
    "An incident is a loss, unauthorised disclosure or insecure disposal. Protected personal data are data whose "
    "release could cause harm or distress to the people they are about."
)
NIL = "nil"


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
    yield Paragraph.of(DEFINITION)
    yield from _said(annual.says.counting_policy)
    yield from _first(annual)
    yield from _second(annual)
    yield from _third(annual)
    if annual.notes:
        yield Heading("What to know about these figures")
        yield Bullets.of(annual.notes)
    yield Heading("Beside an answer to a request")
    yield from (Paragraph.of(said) for said in annual.reconciliation)


def _said(text: str) -> Iterator[Block]:
    if text:
        yield Paragraph.of(text)


def _first(annual: Annual) -> Iterator[Block]:
    yield Heading("Incidents reported to the Information Commissioner")
    header = ("Date of incident (month)", "Nature of incident", "Nature of data", "People", "Notification steps")
    rows = tuple((one.month, one.nature, one.data, one.people, one.notification) for one in annual.listed)
    yield Table("Table 1: protected personal data incidents formally reported", header, rows or (_nil(header),), numeric=False)
    yield Note(annual.reported.measure.says)
    if annual.says.further_action:
        yield Paragraph.of(f"Further action on information risk: {annual.says.further_action}")


def _nil(header: tuple[str, ...]) -> tuple[str, ...]:
    return (NIL, *("" for _ in header[1:]))


def _second(annual: Annual) -> Iterator[Block]:
    yield Heading("Other personal data incidents")
    yield from _said(annual.says.small_incidents)
    rows = tuple((one.code, one.label, f"{one.total:,}" if one.total else NIL) for one in annual.categories)
    total = sum(one.total for one in annual.categories)
    rows += (("", "All", f"{total:,}" if total else NIL),)
    header = ("Category", "Nature of incident", "Total")
    yield Table("Table 2: other protected personal data incidents", header, rows, numeric=False)
    yield Note(annual.others.measure.says)


def _third(annual: Annual) -> Iterator[Block]:
    yield Heading("The years before")
    reported, others = annual.before
    header = ("", *(period.label for period in reported.question.periods))
    rows = (("Reported to the Commissioner", *_cells(reported)), ("Other", *_cells(others)))
    yield Table("Table 3: totals by year", header, rows, row_headers=True)


def _cells(table: tables.Table) -> tuple[str, ...]:
    cells = table.groups[0].cells
    return tuple(NIL if cell.status == "held" and cell.value == 0 else cell.words() for cell in cells)
