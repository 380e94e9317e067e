"""A table as a page of its own: its chart, its numbers, what it rests on, as a tagged PDF that stands by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from candour.documents import blocks, letter
from candour.figures import rendering
from candour.figures.tables import Table
from candour.organisation import queries as organisation
from candour.rules import years
from candour.rules.refusals import WrongInput

MOST_COLUMNS = 6
"""Columns of numbers that stand side by side between the margins of A4."""
MOST_ROWS = 1_000


def pdf(table: Table, *, sender: str, words: Mapping[str, str] | None = None) -> bytes:
    """Return the table as PDF/UA-1 under the name of the body; the same table gives the same bytes.

    `words` say the values of a group as a page does. WrongInput beyond 1,000 rows: those are for a sheet.
    """
    return letter.pdf(_paper(table, sender, words or {}))


def _paper(table: Table, sender: str, words: Mapping[str, str]) -> blocks.Letter:
    if len(table.groups) > MOST_ROWS:
        raise WrongInput(f"a PDF holds {MOST_ROWS:,} rows and there are more; take the CSV instead")
    title = rendering.title(table)
    return blocks.Letter(
        title=f"{title}, {rendering.provenance(table)}",
        language="en-GB",
        sender_name=sender,
        letterhead=("Figures from the register", f"as at {years.spoken(table.as_at.day)}"),
        references=(("Record", f"no. {table.as_at.number}"),),
        dated=table.as_at.day,
        addressee=(),
        subject=title,
        blocks=tuple(_blocks(table, words)),
        signature=(),
        footer=(sender,),
        last_line=f"{rendering.provenance(table)[:-16]}{table.digest}",
        marking=organisation.TRAINING if table.training else "",
    )


def _blocks(table: Table, words: Mapping[str, str]) -> Iterator[blocks.Block]:
    if table.groups:
        drawn = rendering.chart(table, words=words, headed=False)
        yield blocks.Chart(drawn, f"{rendering.title(table)}: {rendering.described(table)}")
    yield from _numbers(table, words)
    yield from (blocks.Note(note) for note in rendering.notes(table, words))
    rows = tuple(row for row in rendering.about(table) if row[0] != "Digest")
    caption = "What these figures rest on"
    yield blocks.Table(caption, ("", "What it says"), rows, row_headers=True, numeric=False)


def _numbers(table: Table, words: Mapping[str, str]) -> Iterator[blocks.Table]:
    """The numbers: periods across where they fit, else down, else in several tables of some periods each."""
    named = bool(table.question.group)
    names = [rendering.named(group, words) for group in table.groups] if named else [table.measure.unit.capitalize()]
    rows = [[rendering.short(cell) for cell in group.cells] for group in table.groups]
    labels = [period.label for period in table.question.periods]
    of = " · ".join(table.question.group).replace("_", " ").capitalize()
    if len(labels) > MOST_COLUMNS >= len(names):
        yield _table(table.measure.title, ("Period", *names), zip(labels, *rows, strict=True))
        return
    for first in range(0, len(labels), MOST_COLUMNS):
        part = slice(first, first + MOST_COLUMNS)
        caption = table.measure.title if len(labels) <= MOST_COLUMNS else f"{table.measure.title}, {labels[first]} on"
        yield _table(
            caption, (of, *labels[part]), ((name, *cells[part]) for name, cells in zip(names, rows, strict=True))
        )


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> blocks.Table:
    return blocks.Table(caption, tuple(header), tuple(tuple(row) for row in rows), row_headers=True)
