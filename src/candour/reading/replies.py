"""Reads what a reply that was sent earlier said; where it cannot tell it says so, and gives no value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from candour.reading import layout, requests, stated, templates
from candour.rules import years

_LONGEST_QUOTE = 80


@dataclass(frozen=True)
class Value:
    """One value that a reply gave; `period` is None where it was given for no period."""

    period: years.Period | None
    status: str
    value: int | str | None

    def as_json(self) -> dict[str, Any]:
        return {"period": self.period.label if self.period else None, "status": self.status, "value": self.value}


@dataclass(frozen=True)
class Answer:
    """What stands under one question: the question, the words, and the values that could be read."""

    number: str
    question: str
    words: str
    values: tuple[Value, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the keys of `candour read --reply`; values that share no status make a part that is held."""
        statuses = {value.status for value in self.values}
        status = statuses.pop() if len(statuses) == 1 else "held"
        parts = [{"status": status, "values": [value.as_json() for value in self.values]}] if self.values else []
        return {"number": self.number, "question": self.question, "words": self.words, "parts": parts}


@dataclass(frozen=True)
class Reply:
    """A reply taken apart, with what a person has to look at, a sentence each."""

    answers: tuple[Answer, ...]
    doubts: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"answers": [answer.as_json() for answer in self.answers], "doubts": list(self.doubts)}


def read(data: bytes, name: str) -> Reply:
    """Read a reply of any kind `texts.read` knows. Raises WrongInput where the file cannot be read."""
    request = requests.read(data, name, today=None)
    if not request.questions:
        return Reply((), ("No question was found in it, so no answer could be told from the rest.",))
    read_answers = [_answer(question) for question in request.questions]
    return Reply(
        tuple(answer for answer, _ in read_answers), tuple(doubt for _, doubts in read_answers for doubt in doubts)
    )


def _answer(question: requests.Question) -> tuple[Answer, list[str]]:
    """Return the answer under a question and the doubts about it."""
    words = layout.joined(question.given)
    values, rest = _by_period(question.given)
    if not values:
        values, rest = _for_all(question, words)
    answer = Answer(question.number, question.text, words, tuple(values))
    return answer, [
        f"{question.number or 'A question without a number'}: {doubt}" for doubt in _doubts(words, values, rest)
    ]


def _doubts(words: str, values: Sequence[Value], rest: str) -> list[str]:
    if not words:
        return ["nothing stands under the question."]
    if not values:
        return [f"the answer is in words that could not be read as a value: {_quoted(words)}"]
    return [f"beside the value it says more: {_quoted(rest)}"] if rest else []


def _quoted(words: str) -> str:
    return f"“{words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + '…'}”"


def _by_period(lines: Sequence[str]) -> tuple[list[Value], str]:
    """Return a value for each period that a line or a small table names, and the words that stand beside them."""
    values: list[Value] = []
    rest: list[str] = []
    heads: list[years.Period] = []
    for line in lines:
        if not heads and (heads := _heads(line)):
            continue
        row = _row(line, heads)
        values += row
        rest += [] if row else [line]
    return values, layout.joined(rest)


def _heads(line: str) -> list[years.Period]:
    """Return the periods of a table's header row; [] for any other line."""
    periods = [years.read(cell) for cell in re.split(r"\t|\s{2,}", line.strip())]
    named = [period for period in periods if period]
    return named if len(named) > 1 and len(named) >= len(periods) - 1 else []


def _row(line: str, heads: Sequence[years.Period]) -> list[Value]:
    if pairs := [(years.read(label), text) for label, text in templates.pairs(line)]:
        return [value for period, text in pairs if (value := _value(period, text))]
    if heads:
        texts = re.split(r"\t|\s+", line.strip())[-len(heads) :]
        found = [_value(period, text) for period, text in zip(heads, texts, strict=False)]
        return [value for value in found if value] if len(texts) == len(heads) and all(found) else []
    label, text = templates.label_and_text(line)
    value = _value(years.read(label), text) if label else None
    return [value] if value else []


def _value(period: years.Period | None, text: str) -> Value | None:
    cell = stated.read(text)
    return Value(period, *cell) if cell else None


def _for_all(question: requests.Question, words: str) -> tuple[list[Value], str]:
    """Read an answer without a period: it is for the one period asked about, or for each where nothing is held."""
    found, rest = stated.read_opening(words)
    if found is None:
        return [], ""
    status, value = found
    if status == "held" and isinstance(value, int) and re.search(r"\bapproximate", question.text, re.IGNORECASE):
        status = "approximate"
    if isinstance(value, int) and len(question.periods) > 1:
        return [], ""
    if question.kind != "known-since" and not isinstance(value, str) and question.periods:
        return [Value(period, status, value) for period in question.periods], rest
    return [Value(None, status, value)], rest
