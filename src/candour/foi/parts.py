"""The parts of an answer: each with its status, its words, where it comes from and why it is the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from candour.figures.tables import Table
from candour.organisation.kinds import File
from candour.reading.requests import Question
from candour.rules.disclosure_control import rule


@dataclass(frozen=True)
class Part:
    """One part: `needs` says what a person has to do, "" where nothing; `section` cites the Act.

    `status` is one of words.md's, as `rules.answers` has them. `standing` names the version and owner of the
    paragraph the words are from.
    """

    status: str
    words: str
    why: str
    needs: str = ""
    table: Table | None = None
    fact: Mapping[str, Any] | None = None
    document: Mapping[str, Any] | None = None
    scheme: Mapping[str, Any] | None = None
    standing: Mapping[str, str] | None = None
    section: str | None = None
    enclosed: File | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `answer`; `fact` and `standing` only where the part is one.

        `protection`: the rule by which small numbers of its figures are not given, where there are any.
        """
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
        more = {"fact": self.fact, "standing": self.standing, "protection": self._protection}
        return common | {name: dict(said) for name, said in more.items() if said}

    @property
    def _protection(self) -> dict[str, Any] | None:
        return rule.as_json(self.table.control.rule) if self.table and self.table.control else None


def unknown(about: str, why: str) -> Part:
    """A part that nobody has stated anything about: left to a person, never invented."""
    return Part("not_in_register", "", why, needs=about)


@dataclass(frozen=True)
class Answer:
    """A question with the parts that answer it; `needs` is what a person has to do about the question itself."""

    question: Question
    parts: tuple[Part, ...]
    needs: tuple[str, ...] = field(default=())

    @property
    def open(self) -> tuple[str, ...]:
        """What a person has to do before the answer is whole, each thing once."""
        return tuple(dict.fromkeys([*self.needs, *(part.needs for part in self.parts if part.needs)]))

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `answer`, a question each."""
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
