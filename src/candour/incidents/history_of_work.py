"""How the history tells of assessments, advice, decisions, actions, lessons, closing and reopening."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from candour.incidents import methods
from candour.ledger.queries import Event
from candour.rules import schemes, years
from candour.rules.rights import Deed

Names = Mapping[int, str]
ERASED = "(erased)"

WHOM = {"ico": "the Information Commissioner", "people": "the people concerned"}
OUTCOMES = {"tell": "to tell {}", "do-not-tell": "not to tell {}"}


def _assessed(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    method = event.facts["method"]
    return f"Assessed by {methods.TITLES[method]}: {methods.why(method, event.facts['answers'])}"


def _advised(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return f"Advised {_outcome(event, 'advises')}: {_text(event, 'advice')}"


def _decided(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    said = f"Decided {_outcome(event, 'outcome')}, on {_day(event.facts['decided_on'])}. Grounds: "
    without = f" Without the data protection officer's advice: {_text(event, 'without_advice')}"
    return f"{said}{_text(event, 'grounds')}{'' if event.facts['advice'] else without}"


def _outcome(event: Event, name: str) -> str:
    return OUTCOMES[event.facts[name]].format(WHOM[event.facts["about"]])


def _planned(event: Event, names: Names) -> str:
    facts = event.facts
    whose = f"{names.get(facts['to'], 'somebody')}, by {_day(facts['due_on'])}"
    if "action" in facts:
        return f"Action no. {facts['action']} is now for {whose}."
    return f"Action for {whose}: {_text(event, 'action')}"


def _ended(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    outcome = _text(event, "outcome")
    return f"Action no. {event.facts['action']} {event.facts['how']}{f': {outcome}' if outcome else '.'}"


def _learnt(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return " ".join(_of_lesson(event))


def _of_lesson(event: Event) -> Iterator[str]:
    cause = schemes.scheme("root-cause").label(event.facts["cause"], years.london_day(event.at))
    yield f"Root cause: {cause}. {_text(event, 'root_cause')}"
    if "lesson" in event.words:
        yield f"Lesson: {_text(event, 'lesson')}"
    for one in event.facts["paragraphs"]:
        paragraph = f", paragraph {one['paragraph']}" if one["paragraph"] else ""
        yield f"See policy {one['policy']}, version {one['version']}{paragraph}."


def _closed(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    missing = ", although something was missing" if event.facts["missing"] else ""
    outcome = f" What came of it: {_text(event, 'outcome')}" if "outcome" in event.words else ""
    feedback = f" Whoever reported it reads: {_text(event, 'feedback')}" if "feedback" in event.words else ""
    return f"Closed{missing}.{outcome}{feedback}"


def _reopened(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return "Opened again."


def _text(event: Event, name: str) -> str:
    """The words of an entry; "" where none were said."""
    text = event.words.get(name, "")
    return ERASED if text is None else text


def _day(text: str) -> str:
    return years.spoken(date.fromisoformat(text))


SENTENCES: dict[str, Callable[[Event, Names], str]] = {
    Deed.ASSESS: _assessed,
    Deed.ADVISE: _advised,
    Deed.DECIDE_TO_NOTIFY: _decided,
    Deed.PLAN_ACTION: _planned,
    Deed.END_ACTION: _ended,
    Deed.LEARN: _learnt,
    Deed.CLOSE: _closed,
    Deed.REOPEN: _reopened,
}
"""How each deed is told, by its name; what it changes besides is told after it."""

IMPLIED: dict[str, set[str]] = {Deed.CLOSE: {"closed_on"}, Deed.REOPEN: {"closed_on"}}
"""Facts that the sentence of a deed says already."""
