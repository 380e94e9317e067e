"""How the history tells of the files of an incident: kept, taken away, and one of a reporter opened."""

from collections.abc import Callable, Mapping
from typing import Any

from candour.ledger.queries import Event
from candour.rules.rights import Deed

Names = Mapping[int, str]


def _kept(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return f"File kept: {event.words.get('file') or '(erased)'}."


def _taken_away(event: Event, names: Names) -> str:  # noqa: ARG001 - likewise
    return f"The {_file(event)} was taken away."


def _opened(event: Event, names: Names) -> str:  # noqa: ARG001 - likewise
    return f"The sealed {_file(event)} was opened."


def _file(event: Event) -> str:
    number: Any = event.facts["file"]
    return f"file of entry {number}"


SENTENCES: Mapping[str, Callable[[Event, Names], str]] = {
    Deed.ATTACH: _kept,
    Deed.DETACH: _taken_away,
    Deed.OPEN_FILE: _opened,
}
"""The sentence of each deed, by its name in the ledger."""
