"""What a column of a table holds: the share of its cells that are identifiers of a sort."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from candour.screening.findings import Text
from candour.screening.identifiers import searching, sorts
from candour.screening.identifiers.names import Names
from candour.screening.identifiers.searching import Found
from candour.screening.identifiers.sorts import Sort

MOSTLY = 0.5
"""From this share of a column's different cells on, the column is one of identifiers."""
FEW = 5
"""Different cells under which a share says nothing."""


@dataclass
class Column:
    """One column: how many different filled cells it has, and the different identifiers of each sort in them."""

    cells: int
    found: dict[Sort, set[str]] = field(default_factory=lambda: defaultdict(set))

    def share(self, sort: Sort) -> float:
        return min(1.0, len(self.found[sort]) / max(self.cells, 1))

    def is_one_of(self, sort: Sort) -> bool:
        return self.cells >= FEW and self.share(sort) >= MOSTLY


def read(text: Text, names: Names) -> Column:
    """Profile a column given as one text, a cell a line; its first cell is its header where it names a sort."""
    cells = dict.fromkeys(text.text.split("\n"))
    cells.pop("", None)
    first = next(iter(cells), "")
    header = first if len(first) <= _LONGEST_HEADER else ""
    label = searching.labelled(f"{text.column or ''} {header}")
    column = Column(len(cells))
    for sort, value in _found(cells, label, names):
        column.found[sort].add(value)
    _settle_nhs_numbers(column)
    if not (_PERSON.fullmatch(header) or column.is_one_of(sorts.SURNAME)):  # a surname alone is an ordinary word
        column.found.pop(sorts.SURNAME, None)
    return column


_LONGEST_HEADER = 60
_PERSON = re.compile(
    r"\s*(?:(?:sur|fore|first|last|full|family|given|christian)?[ -]?names?|(?:reported|requested|handled) by"
    r"|officers?|reporter|requester|applicant|claimant|complainant|contact|employee|patient|pupil|resident)\s*",
    re.IGNORECASE,
)
"""Headers of columns in which a single word is somebody's name."""


def _found(cells: Iterable[str], label: int | None, names: Names) -> Iterable[Found]:
    yield from searching.search_cells(cells, label)
    if names:
        yield from names.within("\n".join(cells))
        yield from names.surnames(cells)


def _settle_nhs_numbers(column: Column) -> None:
    """One ten-digit number in eleven passes the check by chance: a column is of NHS numbers, or it is not."""
    possible = column.found.pop(sorts.MAYBE_NHS_NUMBER, set())
    if column.cells >= FEW and len(possible) / column.cells >= MOSTLY:
        column.found[sorts.NHS_NUMBER] |= possible
