"""Two tables of middle values: what each says, cell by cell, for nothing adds up to the difference of two middles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from candour.figures.planning import NOT_STATED
from candour.figures.tables import Table
from candour.rules import answers

SAYS = (
    "A middle value is not a sum: these incidents moved it, and what they came or went with does not add up to how far."
)


@dataclass(frozen=True)
class Moved:
    """One cell that says otherwise: whose, of which period, and what either table says; None: it has no such row."""

    key: Mapping[str, str | None]
    period: str
    before: answers.Answer | None
    after: answers.Answer | None

    def words(self) -> str:
        """Say both, such as "Legal, 2014/15: 3 then, 10 now"."""
        row = " · ".join(value or NOT_STATED for value in self.key.values())
        return f"{row + ', ' if row else ''}{self.period}: {_words(self.before)} then, {_words(self.after)} now"

    def as_json(self) -> dict[str, Any]:
        before, after = (one.as_json() if one else None for one in (self.before, self.after))
        return {"key": dict(self.key), "period": self.period, "before": before, "after": after}


def _words(answer: answers.Answer | None) -> str:
    return answer.words() if answer else "no such row"


def moved(before: Table, after: Table) -> list[Moved]:
    """Return every cell in which two tables of one question say otherwise."""
    then, now = _cells(before), _cells(after)
    return [
        Moved(dict(key[0]), key[1], then.get(key), now.get(key))
        for key in dict.fromkeys((*now, *then))
        if _said(then.get(key)) != _said(now.get(key))
    ]


def _said(answer: answers.Answer | None) -> object:
    return (answer.status, answer.value) if answer else None


def _cells(table: Table) -> dict[tuple[tuple[tuple[str, str | None], ...], str], answers.Answer]:
    return dict(_named(table))


def _named(table: Table) -> Iterator[tuple[tuple[tuple[tuple[str, str | None], ...], str], answers.Answer]]:
    for group in table.groups:
        for period, cell in zip(table.question.periods, group.cells, strict=True):
            yield (tuple(group.key.items()), period.label), cell
