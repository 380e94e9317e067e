"""The kinds of particular by which bodies are tied to each other: who shares figures with whom, who came after whom."""

from dataclasses import dataclass
from typing import Annotated

from candour.organisation import cells
from candour.organisation.cells import Line, Ordinal, Slug
from candour.organisation.stated import Stated

MERGED, SPLIT, TRANSFERRED = "merged", "split", "transferred"
CHANGES = (MERGED, SPLIT, TRANSFERRED)
"""How work goes from one body to another: the whole of it to one, to several, or a part while the body goes on."""
ENDED = (MERGED, SPLIT)
"""The changes with which a body ends."""


@dataclass(frozen=True)
class Shared(Stated):
    """The figures of a measure that a sponsor, itself a body of this register, may see beside those of others."""

    kind = "shared"
    table = "shared"
    sponsor: Slug
    measure: Slug

    @property
    def key(self) -> str:
        return f"{self.sponsor} {self.measure}"


@dataclass(frozen=True)
class Successor(Stated):
    """A body to which this one's work, or a part of it, went on a day."""

    kind = "successor"
    table = "successors"
    key_field = "slug"
    slug: Slug
    name: Line
    how: Annotated[str, cells.one_of(*CHANGES)]


@dataclass(frozen=True)
class Predecessor(Stated):
    """A body whose work, or a part of it, came to this one on a day.

    `prefix` stands before its references here; `number` and `digest` are of the entry with which its chain was sealed,
    or of the one that says that the part went.
    """

    kind = "predecessor"
    table = "predecessors"
    key_field = "slug"
    slug: Slug
    name: Line
    how: Annotated[str, cells.one_of(*CHANGES)]
    prefix: Line
    number: Ordinal
    digest: Line
