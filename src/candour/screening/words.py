"""Reads all texts of a file once, and says who and what they name: identifiers, names, internal systems, markings."""

from collections.abc import Iterable, Iterator

from candour.screening import internal
from candour.screening.findings import Finding, Known, Text
from candour.screening.identifiers import names, searching, telling

CHECKS = (*telling.CHECKS, *internal.CHECKS)


def look(texts: Iterable[Text], known: Known) -> Iterator[Finding]:
    """Yield what the texts of one file name, masked and counted."""
    tally, inside = telling.Tally(known), internal.Inside()
    for text in texts:
        tally.see(text)
        inside.see(text)
    yield from inside.told()
    yield from tally.told()


def masking(place: str, known: Known) -> str:
    """Return a place inside a file as it may be told: files and sheets have names, and these may name persons."""
    masked = "_".join(searching.masking(piece) for piece in place.split("_"))
    return names.of(known.names).masking(masked)
