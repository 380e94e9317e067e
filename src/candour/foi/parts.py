"""The parts of an answer: each with its status, its words, where it comes from and why it is the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from candour.documents import blocks
from candour.figures import rendering
from candour.figures.tables import Table
from candour.organisation.kinds import File
from candour.reading.requests import Question

OPEN = "[A person has to answer this: {}]"
"""What a draft prints where no answer could be given; a letter that shows it cannot be cleared."""


@dataclass(frozen=True)
class Part:
    """One part: `needs` says what a person has to do, "" where nothing; `section` cites the Act."""

    status: str
    words: str
    why: str
    needs: str = ""
    table: Table | None = None
    fact: Mapping[str, Any] | None = None
    document: Mapping[str, Any] | None = None
    scheme: Mapping[str, Any] | None = None
    section: str | None = None
    enclosed: File | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `answer`; `fact` only where the part is one."""
        common = {
            "status": self.status,
            "words": self.words,
            "figures": self.table.as_json() if self.table else None,
            "document": dict(self.document) if self.document else None,
            "scheme": dict(self.scheme) if self.scheme else None,
            "section": self.section,
            "enclosed": {"file": self.enclosed.name, "sha256": self.enclosed.sha256} if self.enclosed else None,
            "notes": list(self.notes),
            "why": self.why,
            "needs": self.needs,
        }
        return common | ({"fact": dict(self.fact)} if self.fact else {})

    def blocks(self) -> list[blocks.Block]:
        """The part as the letter sets it: the answer in a sentence, then the table, then the notes."""
        link = self.document.get("link") if self.document else None
        said = blocks.Paragraph(_linked(self.words, link)) if link else blocks.Paragraph.of(self.words)
        found: list[blocks.Block] = [said] if self.words else []
        if self.table:
            found.append(_figures(self.table))
        if self.scheme:
            found.append(_scheme(self.scheme))
        return [*found, *(blocks.Note(note) for note in self.notes)]


@dataclass(frozen=True)
class Answer:
    """A question with the parts that answer it."""

    question: Question
    parts: tuple[Part, ...]
    needs: tuple[str, ...] = field(default=())

    @property
    def open(self) -> tuple[str, ...]:
        """What a person has to do before the answer is whole, each thing once."""
        return tuple(dict.fromkeys([*self.needs, *(part.needs for part in self.parts if part.needs)]))

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.question.number,
            "text": self.question.text,
            "kind": self.question.kind,
            "measure": self.question.measure,
            "confidence": self.question.confidence,
            "why": self.question.why,
            "answer": {
                "words": " ".join(part.words for part in self.parts if part.words),
                "needs": "a-person" if self.open else "nothing",
                "open": list(self.open),
                "parts": [part.as_json() for part in self.parts],
            },
        }

    def blocks(self) -> list[blocks.Block]:
        """The question as it was asked, and the answer under it; what is open is marked, never invented."""
        asked = blocks.Question(self.question.number, self.question.text)
        found = [block for part in self.parts for block in part.blocks()]
        return [asked, *found, *(blocks.Note(OPEN.format(what)) for what in self.open)]


def _linked(words: str, link: str) -> tuple[blocks.Run, ...]:
    before, found, after = words.partition(link)
    if not found:
        return (blocks.Run(words),)
    runs = (blocks.Run(before), blocks.Run(link, link), blocks.Run(after))
    return tuple(run for run in runs if run.text)


def _figures(table: Table) -> blocks.Table:
    header, rows = rendering.grid(table)
    return blocks.Table(table.measure.title, header, rows, row_headers=bool(table.question.group))


def _scheme(scheme: Mapping[str, Any]) -> blocks.Table:
    rows = tuple((row["code"], row["label"]) for row in scheme["categories"])
    return blocks.Table(scheme["title"], ("Category", "What it covers"), rows, row_headers=True, numeric=False)
