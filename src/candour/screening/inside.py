"""Where a look has got to inside a file: its name, its kind, and what may still be unpacked."""

import dataclasses
from dataclasses import dataclass, field

from candour.screening.findings import Known, Unreadable
from candour.screening.kinds import Kind


@dataclass(frozen=True)
class Limits:
    """How much is looked at before a file is too large: bytes, files inside, depth, tightness, bytes unpacked."""

    largest: int = 100 << 20
    entries: int = 10_000
    depth: int = 4
    ratio: int = 200
    total: int = 600 << 20


@dataclass
class Spent:
    """What one file has cost so far, with all that lies inside it."""

    entries: int = 0
    unpacked: int = 0


@dataclass(frozen=True)
class Inside:
    """One file as it is looked at: `path` leads to it through the files that hold it."""

    path: str
    kind: Kind
    known: Known = field(default_factory=Known)
    limits: Limits = field(default_factory=Limits)
    depth: int = 0
    spent: Spent = field(default_factory=Spent)

    @property
    def name(self) -> str:
        """The file's own name, without the files that hold it."""
        return self.path.rsplit(" › ", 1)[-1]

    def within(self, name: str, kind: Kind) -> "Inside":
        """Step into a file inside this one, with what is left of the limits."""
        return dataclasses.replace(self, path=f"{self.path} › {name}", kind=kind, depth=self.depth + 1)

    def count(self, entries: int) -> None:
        """Count files inside. Raises Unreadable where there are too many."""
        self.spent.entries += entries
        if self.spent.entries > self.limits.entries:
            raise Unreadable(f"it holds more than {self.limits.entries:,} files")

    def unpack(self, size: int, packed: int) -> None:
        """Count bytes before they are unpacked from `packed` bytes. Raises Unreadable where they are too many."""
        self.spent.unpacked += size
        if self.spent.unpacked > self.limits.total:
            raise Unreadable(f"it would unpack to more than {self.limits.total >> 20} MB")
        if size > self.limits.ratio * max(packed, 1) + (1 << 20):
            raise Unreadable("a part of it would unpack to far more than its size")
