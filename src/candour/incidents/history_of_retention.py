"""What was held and disposed of, as sentences of an incident's history."""

from collections.abc import Callable, Mapping

from candour.incidents import models
from candour.ledger import queries as ledger
from candour.rules.rights import Deed


def disposals(body: int, reference: str) -> list[ledger.Event]:
    """Return the entries by which an incident was disposed of: they are about many, so none has it as its subject."""
    mine = models.Incident.objects.filter(body=body, reference=reference)
    numbers = models.Disposed.objects.filter(body=body, entry__in=mine.values("number"))
    found = list(numbers.values_list("number", flat=True))
    return list(ledger.many(body, found).values()) if found else []


def _held(event: ledger.Event) -> str:
    case = event.facts.get("case")
    return f"Held from disposal, for {event.facts['kind']}{f' {case}' if case else ''}."


def _lifted(event: ledger.Event) -> str:
    return f"Hold no. {event.facts['hold']} was lifted."


def _disposed(event: ledger.Event) -> str:  # noqa: ARG001 - the shape of a sentence
    return "Words, names and files were erased under the retention schedule. What is counted stays."


def _repeated(event: ledger.Event) -> str:  # noqa: ARG001 - the shape of a sentence
    return "An older copy of the record was brought back; what had been erased was erased again."


SENTENCES: Mapping[str, Callable[[ledger.Event], str]] = {
    Deed.PLACE_HOLD: _held,
    Deed.LIFT_HOLD: _lifted,
    Deed.DISPOSE: _disposed,
    Deed.REPEAT_DISPOSAL: _repeated,
}
"""The sentence of each deed, by its name in the ledger."""
