"""How an answer is set in the letter: the question as asked, the answer in a sentence, the table, the quiet notes."""

from collections.abc import Iterator, Mapping
from typing import Any

from candour.documents import blocks
from candour.figures import rendering
from candour.figures.tables import Table
from candour.foi.parts import Answer, Part

OPEN = "[Before this goes out: {}]"
"""What a draft prints where something is open; a letter that shows it cannot be cleared."""
MOST_COLUMNS = 8
MOST_CHARACTERS = 84
"""What fits side by side between the margins of A4; a wider table has its periods as rows."""


def answer(said: Answer) -> Iterator[blocks.Block]:
    """Set one answer; what is open is marked, never invented."""
    yield blocks.Question(said.question.number, said.question.text)
    for part in said.parts:
        yield from _part(part)
    for what in said.open:
        yield mark(what)


def mark(what: str) -> blocks.Paragraph:
    """Set what a person has to do, so that nobody overlooks it."""
    return blocks.Paragraph((blocks.Run(OPEN.format(what), bold=True),))


def linked(words: str, link: str | None) -> blocks.Paragraph:
    """Set a sentence in which an address stands, as a link."""
    before, found, after = words.partition(link) if link else (words, "", "")
    runs = (blocks.Run(before), blocks.Run(found, link), blocks.Run(after))
    return blocks.Paragraph(tuple(run for run in runs if run.text))


def _part(part: Part) -> Iterator[blocks.Block]:
    if part.words:
        yield linked(part.words, part.document.get("link") if part.document else None)
    if part.table and len(part.table.question.periods) > 1:
        yield _figures(part.table)
    if part.scheme:
        yield _scheme(part.scheme)
    if part.notes:
        yield blocks.Note(" ".join(part.notes))


def _figures(table: Table) -> blocks.Table:
    """A row of numbers under their periods, or a row for each period where they would not fit side by side."""
    header, rows = rendering.grid(table)
    title = table.measure.title
    width = sum(max(map(len, column)) for column in zip(header, *rows, strict=True))
    if len(header) <= MOST_COLUMNS and width <= MOST_CHARACTERS:
        return blocks.Table(title, header, rows)
    return blocks.Table(
        title, ("Period", table.measure.unit.capitalize()), tuple(zip(header, *rows, strict=True)), True
    )


def _scheme(scheme: Mapping[str, Any]) -> blocks.Table:
    rows = tuple((row["code"], row["label"]) for row in scheme["categories"])
    return blocks.Table(scheme["title"], ("Category", "What it covers"), rows, row_headers=True, numeric=False)
