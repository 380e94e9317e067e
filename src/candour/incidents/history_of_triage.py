"""How the history tells of triage, links, splits and joins, voids, and who may see an incident."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from candour.ledger.queries import Event
from candour.rules import years
from candour.rules.rights import Deed

Names = Mapping[int, str]
ERASED = "(erased)"

ROLES = {
    "controller": "controller",
    "joint": "joint controller",
    "processor": "processor",
    "recipient": "recipient of another body's data",
}


def _who(names: Names, number: Any) -> str:
    return names.get(number, "somebody")


def _day(text: str) -> str:
    return years.spoken(date.fromisoformat(text))


def _words(event: Event, name: str) -> str:
    return event.words.get(name) or ERASED


def _accepted(event: Event, names: Names) -> str:
    return f"Taken up, and given to {_who(names, event.facts.get('to'))}."


def _dismissed(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return "Found not to be an incident; it is not counted from that day on."


def _assigned(event: Event, names: Names) -> str:
    what = "An action is given" if "action" in event.facts else "Given"
    given = f"{what} to {_who(names, event.facts['to'])}"
    if "handed_over_by" in event.facts:
        return f"{given}, with all open work of {_who(names, event.facts['handed_over_by'])}."
    return f"{given}."


def _noted(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return f"Note: {_words(event, 'note')}"


def _changed(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    """What a change says besides its facts."""
    facts, said = event.facts, []
    if "passed_on_on" in facts:
        said.append(f"Passed on to {_words(event, 'passed_on_to')} on {_day(facts['passed_on_on'])}.")
    if facts.get("owes") == "yes":
        until = f", by {_day(facts['due_on'])}" if facts.get("due_on") else ""
        said.append(f"The supplier still owes us{until}: {_words(event, 'owed')}")
    elif facts.get("owes") == "no":
        said.append("What the supplier owed us has come.")
    if "marking" in facts:
        said.append(f"Marked {facts['marking']}.")
    if "confirmed" in facts:
        said.append(f"The recipient wrote that it was {facts['confirmed']}.")
    return " ".join(said)


LINKS = {
    "duplicate": "Linked as a duplicate of {}: it is counted there.",
    "duplicate-of": "{} is a duplicate of this one: it is counted here.",
    "related": "Linked as related to {}; both are counted.",
}


def _linked(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return LINKS[event.facts["kind"]].format(event.facts["other"])


def _unlinked(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return f"No longer linked to {event.facts['other']}."


def _split(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    facts = event.facts
    if "split_from" in facts:
        said = f"Split from {facts['split_from']}, as {facts['said']['tier']}."
    else:
        said = f"Split: {_listed(facts['into'])} {'is' if len(facts['into']) == 1 else 'are'} now apart from it."
    along = [
        f"{label}: {_listed(facts[name])}."
        for name, label in (("duplicates", "Duplicates that go with it"), ("published", "Counted in"))
        if facts.get(name)
    ]
    return " ".join([said, *along])


def _joined(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    if "joined_into" in event.facts:
        return f"Joined into {event.facts['joined_into']}: it is counted there, and stands here void."
    return f"{_listed(event.facts['joined'])} joined into this one."


def _voided(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return "Voided: it was never so."


def _restored(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return "Brought back."


def _restricted(event: Event, names: Names) -> str:
    if event.facts["confidential"] == "no":
        return "No longer confidential."
    named = [*(_who(names, number) for number in event.facts["persons"]), *event.facts["departments"]]
    return f"Made confidential: it is seen by {_listed(named)}, and by nobody else."


def _granted(event: Event, names: Names) -> str:
    return f"{_named(event, names)} may see it."


def _revoked(event: Event, names: Names) -> str:
    return f"{_named(event, names)} is no longer named for it."


def _named(event: Event, names: Names) -> str:
    return str(event.facts.get("department") or _who(names, event.facts.get("person")))


def _listed(items: list[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


SENTENCES: dict[str, Callable[[Event, Names], str]] = {
    Deed.ACCEPT: _accepted,
    Deed.DISMISS: _dismissed,
    Deed.ASSIGN: _assigned,
    Deed.NOTE: _noted,
    Deed.CHANGE: _changed,
    Deed.LINK: _linked,
    Deed.UNLINK: _unlinked,
    Deed.SPLIT: _split,
    Deed.JOIN: _joined,
    Deed.VOID: _voided,
    Deed.RESTORE: _restored,
    Deed.RESTRICT: _restricted,
    Deed.GRANT_ACCESS: _granted,
    Deed.REVOKE_ACCESS: _revoked,
}
"""How each deed is told, by its name; what it changes besides is told after it."""

IMPLIED: dict[str, set[str]] = {
    Deed.ACCEPT: {"triaged"},
    Deed.DISMISS: {"triaged", "standing"},
    Deed.LINK: {"triaged", "standing"},
    Deed.UNLINK: {"standing"},
    Deed.JOIN: {"standing"},
    Deed.VOID: {"standing"},
}
"""Facts that the sentence of a deed says already."""


def mentioned(event: Event) -> set[int]:
    """Return the numbers of the persons whom the sentence of a deed names."""
    facts = event.facts
    single = {facts[name] for name in ("to", "person", "handed_over_by") if isinstance(facts.get(name), int)}
    return single | set(facts.get("persons", ()))
