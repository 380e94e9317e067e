"""How the history tells of people who were asked to take care of an incident, and of who did."""

from collections.abc import Callable, Mapping

from candour.ledger.queries import Event
from candour.rules.rights import Deed

Names = Mapping[int, str]

WAYS = {"mail": "by mail", "webhook": "in the body's chat", "sms": "by text message"}
WHY = {"urgent": "because it is urgent", "clock": "because the 72 hours are running"}


def _asked(event: Event, names: Names) -> str:
    facts = event.facts
    who = names.get(facts["to"], "somebody")
    return f"{who} was asked {WAYS[facts['channel']]} to take care of it, {WHY[facts['kind']]}."


def _taken(event: Event, names: Names) -> str:  # noqa: ARG001 - the shape of every sentence
    return "Acknowledged: “I have it”. Nobody else was asked from then on."


SENTENCES: dict[str, Callable[[Event, Names], str]] = {Deed.NOTIFY: _asked, Deed.ACKNOWLEDGE: _taken}
"""How each deed is told, by its name."""
