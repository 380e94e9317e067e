"""What was judged, advised, decided, planned and learnt about one incident, as the ledger tells it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.incidents import methods, models
from candour.incidents.queries.codings import Coded
from candour.ledger.queries import Event
from candour.organisation.people import title
from candour.rules.rights import Deed

ERASED = "(erased)"


@dataclass(frozen=True)
class Said:
    """One deed: its ledger number, when, and who in which role."""

    number: int
    at: datetime
    person: int
    who: str


@dataclass(frozen=True)
class Assessed(Said):
    """An assessment: by which method, what was answered, and what it comes to in a sentence."""

    method: str
    title: str
    answers: Mapping[str, Any]
    why: str
    reason: str


@dataclass(frozen=True)
class Advised(Said):
    """The data protection officer's advice about telling the ICO or the people."""

    about: str
    advises: str
    words: str


@dataclass(frozen=True)
class Decided(Said):
    """A decision with its grounds; `advice` is what was advised before it, else `without_advice` says why not."""

    about: str
    outcome: str
    decided_on: date
    grounds: str
    advice: Advised | None
    without_advice: str


@dataclass(frozen=True)
class Learnt(Said):
    """The root cause by its code and in words, the lesson, and paragraphs of policies (policy, version, paragraph)."""

    cause: str
    root_cause: str
    lesson: str
    paragraphs: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Task:
    """An action as it stands: `number` names it; `outcome` is what was said when it ended."""

    number: int
    words: str
    owner: int
    who: str
    due_on: date
    state: str
    outcome: str = ""


@dataclass(frozen=True)
class Work:
    """Everything that was worked out about one incident, oldest first; `first` and `present` pick from assessments."""

    codings: Sequence[Coded]
    assessments: Sequence[Assessed]
    advice: Sequence[Advised]
    decisions: Sequence[Decided]
    actions: Sequence[Task]
    lessons: Sequence[Learnt]

    @property
    def assessed(self) -> list[tuple[Assessed, Assessed]]:
        """By method, the first assessment and the present one; the same twice where there is one."""
        by_method: dict[str, list[Assessed]] = {}
        for one in self.assessments:
            by_method.setdefault(one.method, []).append(one)
        return [(found[0], found[-1]) for found in by_method.values()]

    def decision(self, about: str) -> Decided | None:
        """The decision in force about telling the ICO, or the people."""
        return next((one for one in reversed(self.decisions) if one.about == about), None)

    def advised(self, about: str) -> Advised | None:
        """The advice in force about telling the ICO, or the people."""
        return next((one for one in reversed(self.advice) if one.about == about), None)

    @property
    def open_actions(self) -> list[Task]:
        return [task for task in self.actions if task.state == "open"]


def told(
    events: Sequence[Event], names: Mapping[int, str], rows: Sequence[models.Action], coded: Sequence[Coded]
) -> Work:
    """Return what was worked out, from what is read already: the entries, names by number, actions and codes."""
    telling = _Telling(events, names)
    advice = telling.each(Deed.ADVISE, _advised)
    by_number = {one.number: one for one in advice}
    return Work(
        coded,
        telling.each(Deed.ASSESS, _assessed),
        advice,
        telling.each(Deed.DECIDE_TO_NOTIFY, lambda said, event: _decided(said, event, by_number)),
        [telling.task(row) for row in rows],
        telling.each(Deed.LEARN, _learnt),
    )


class _Telling:
    """The entries about one incident, and the names of whom they name."""

    def __init__(self, events: Iterable[Event], names: Mapping[int, str]) -> None:
        self.events = {event.number: event for event in events}
        self.names = names

    def each(self, deed: Deed, of: Callable[[dict[str, Any], Event], Any]) -> list[Any]:
        """Tell every entry of a deed."""
        return [of(self._said(event), event) for event in self.events.values() if event.deed == deed]

    def _said(self, event: Event) -> dict[str, Any]:
        who = f"{self.names.get(event.person, 'somebody')} ({title(event.role)})"
        return {"number": event.number, "at": event.at, "person": event.person, "who": who}

    def task(self, row: models.Action) -> Task:
        planned, ended = self.events[row.number], self.events[row.opened]
        outcome = _text(ended, "outcome") if row.state != "open" else ""
        who = self.names.get(row.owner, "somebody")
        return Task(row.number, _text(planned, "action"), row.owner, who, row.due_on, row.state, outcome)


def _text(event: Event, name: str) -> str:
    """The words of an entry; "" where none were said."""
    text = event.words.get(name, "")
    return ERASED if text is None else text


def _assessed(said: dict[str, Any], event: Event) -> Assessed:
    method, answers = event.facts["method"], event.facts["answers"]
    why = methods.why(method, answers)
    return Assessed(
        **said, method=method, title=methods.TITLES[method], answers=answers, why=why, reason=_text(event, "reason")
    )


def _advised(said: dict[str, Any], event: Event) -> Advised:
    about, advises = event.facts["about"], event.facts["advises"]
    return Advised(**said, about=about, advises=advises, words=_text(event, "advice"))


def _decided(said: dict[str, Any], event: Event, advice: Mapping[int, Advised]) -> Decided:
    facts = event.facts
    return Decided(
        **said,
        about=facts["about"],
        outcome=facts["outcome"],
        decided_on=date.fromisoformat(facts["decided_on"]),
        grounds=_text(event, "grounds"),
        advice=advice.get(facts["advice"]),
        without_advice=_text(event, "without_advice"),
    )


def _learnt(said: dict[str, Any], event: Event) -> Learnt:
    return Learnt(
        **said,
        cause=event.facts["cause"],
        root_cause=_text(event, "root_cause"),
        lesson=_text(event, "lesson"),
        paragraphs=tuple(event.facts["paragraphs"]),
    )
