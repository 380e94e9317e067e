"""A table as a page of its own: its chart, its numbers, what it rests on, as a tagged PDF that stands by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from candour.documents import blocks, letter
from candour.figures import lines, rendering
from candour.figures.across import Across
from candour.figures.tables import Table
from candour.organisation import queries as organisation
from candour.rules import years
from candour.rules.refusals import WrongInput

MOST_COLUMNS = 6
"""Columns of numbers that stand side by side between the margins of A4."""
MOST_ROWS = 1_000


def pdf(table: Table, *, sender: str) -> bytes:
    """Return the table as PDF/UA-1 under the name of the body; the same table gives the same bytes.

    WrongInput beyond 1,000 rows: those are for a sheet.
    """
    return letter.pdf(_paper(table, sender))


def of_bodies(found: Across, *, sender: str) -> bytes:
    """Return a table of several bodies as PDF/UA-1 under the name of the body that looks at them."""
    title, said = lines.title(found), lines.provenance(found)
    header, rows = lines.grid(found)
    marking = organisation.TRAINING if found.training else ""
    paper = _Paper(title, said, found.day, sender, f"{title}, {said}", marking=marking)
    shown = _Numbers(title, header[0], header[1:], tuple(row[0] for row in rows), tuple(row[1:] for row in rows))
    drawn = [blocks.Chart(lines.chart(found, headed=False), f"{title}: {shown.described()}")] if found.rows else []
    return letter.pdf(paper.of((*drawn, *shown.tables(), *_rests(lines.notes(found), lines.about(found)))))


def _paper(table: Table, sender: str) -> blocks.Letter:
    if len(table.groups) > MOST_ROWS:
        raise WrongInput(f"a PDF holds {MOST_ROWS:,} rows and there are more; take the CSV instead")
    said = rendering.provenance(table)
    marking = organisation.TRAINING if table.training else ""
    record = (("Record", f"no. {table.as_at.number}"),)
    paper = _Paper(
        rendering.title(table), said, table.as_at.day, sender, f"{said[:-16]}{table.digest}", record, marking
    )
    return paper.of(tuple(_blocks(table)))


def _blocks(table: Table) -> Iterator[blocks.Block]:
    if table.groups:
        drawn = rendering.chart(table, headed=False)
        yield blocks.Chart(drawn, f"{rendering.title(table)}: {rendering.described(table)}")
    named = bool(table.question.group)
    yield from _Numbers(
        table.measure.title,
        " · ".join(table.question.group).replace("_", " ").capitalize(),
        tuple(period.label for period in table.question.periods),
        tuple(rendering.named(group) if named else table.measure.unit.capitalize() for group in table.groups),
        tuple(tuple(rendering.short(cell) for cell in group.cells) for group in table.groups),
    ).tables()
    yield from _rests(rendering.notes(table), rendering.about(table))


def _rests(notes: Iterable[str], about: Iterable[tuple[str, str]]) -> Iterator[blocks.Block]:
    yield from (blocks.Note(note) for note in notes)
    rows = tuple(row for row in about if row[0] != "Digest")
    yield blocks.Table("What these figures rest on", ("", "What it says"), rows, row_headers=True, numeric=False)


@dataclass(frozen=True)
class _Paper:
    """What stands around a table on its page."""

    title: str
    provenance: str
    day: date
    sender: str
    last_line: str
    references: tuple[tuple[str, str], ...] = ()
    marking: str = ""

    def of(self, shown: tuple[blocks.Block, ...]) -> blocks.Letter:
        return blocks.Letter(
            title=f"{self.title}, {self.provenance}",
            language="en-GB",
            sender_name=self.sender,
            letterhead=("Figures from the register", f"as at {years.spoken(self.day)}"),
            references=self.references,
            dated=self.day,
            addressee=(),
            subject=self.title,
            blocks=shown,
            signature=(),
            footer=(self.sender,),
            last_line=self.last_line,
            marking=self.marking,
        )


@dataclass(frozen=True)
class _Numbers:
    """The numbers of a table in words: `of` says what its rows are, `names` them."""

    caption: str
    of: str
    labels: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def described(self) -> str:
        """Say every number in words."""
        return "; ".join(
            f"{name}, {label} {cell}"
            for name, row in zip(self.names, self.rows, strict=True)
            for label, cell in zip(self.labels, row, strict=True)
        )

    def tables(self) -> Iterator[blocks.Table]:
        """The numbers: periods across where they fit, else down, else in several tables of some periods each."""
        labels = self.labels
        if len(labels) > MOST_COLUMNS >= len(self.names):
            yield _table(self.caption, ("Period", *self.names), zip(labels, *self.rows, strict=True))
            return
        for first in range(0, len(labels), MOST_COLUMNS):
            part = slice(first, first + MOST_COLUMNS)
            caption = self.caption if len(labels) <= MOST_COLUMNS else f"{self.caption}, {labels[first]} on"
            named = zip(self.names, self.rows, strict=True)
            yield _table(caption, (self.of, *labels[part]), ((name, *cells[part]) for name, cells in named))


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> blocks.Table:
    return blocks.Table(caption, tuple(header), tuple(tuple(row) for row in rows), row_headers=True)
