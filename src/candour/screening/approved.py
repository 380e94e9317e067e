"""Holds the tables of a file to how many rows were approved (the PSNI table was meant to have a few dozen)."""

from collections.abc import Iterable, Iterator

from candour.screening.findings import Check, Finding, Known, Severity, Text, told

MORE_ROWS = Check(
    "table.more-rows",
    Severity.BLOCK,
    "The table has more rows than were approved",
    "Take them out, or have them approved",
)
CHECKS = (MORE_ROWS,)


def look(texts: Iterable[Text], known: Known) -> Iterator[Finding]:
    """Yield the tables whose longest column goes on beyond the header and `known.rows` cells."""
    if known.rows is None:
        return
    longest: dict[str, int] = {}
    for text in texts:
        if text.column is not None:
            place = text.where.rpartition("column")[0].rstrip(", ") or "the table"
            longest[place] = max(longest.get(place, 0), sum(1 for cell in text.text.split("\n") if cell))
    for place, cells in longest.items():
        if cells > known.rows + 1:
            yield told(MORE_ROWS, place, f"{cells - 1:,} below the first, of {known.rows:,}")
