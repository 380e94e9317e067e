"""What outsiders can add up: the numbers of a table by name, and every sum of them that is printed or was before."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

from candour.rules.refusals import WrongInput

Name = Hashable
"""What names a number; whoever builds a table chooses."""

TOTAL = "total"
"""The place of a total, among the rows and among the columns."""


@dataclass(frozen=True)
class Sum:
    """Numbers, each times its factor, add up to something between `least` and `most`; `said` is where that stands."""

    parts: Mapping[Any, int]
    least: int
    most: int
    said: str = ""

    def of(self, values: Mapping[Any, int]) -> int:
        """Add up what the numbers really are."""
        return sum(factor * values[name] for name, factor in self.parts.items())


@dataclass(frozen=True)
class Counts:
    """Counts of 0 or more, what adds up among them, and which of them are totals.

    WrongInput for a count below 0, or a sum that the counts themselves do not keep: it would protect a wrong table.
    """

    values: Mapping[Any, int]
    sums: tuple[Sum, ...] = ()
    totals: frozenset[Name] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if any(value < 0 for value in self.values.values()):
            raise WrongInput("disclosure control is for counts, which are 0 or more")
        for one in self.sums:
            if not one.least <= one.of(self.values) <= one.most:
                raise WrongInput(f"{one.said or 'a sum'} does not agree with the numbers it adds up")

    def known(self, further: Iterable[Sum]) -> "Counts":
        """Return the same counts with sums besides that outsiders have, such as from an earlier publication."""
        return Counts(self.values, (*self.sums, *further), self.totals)


def total_of(name: Name, parts: Iterable[Name], said: str = "") -> Sum:
    """Say that one number is the total of others; build a hierarchy of such."""
    return Sum({**dict.fromkeys(parts, 1), name: -1}, 0, 0, said)


def grid(rows: Sequence[Sequence[int]]) -> Counts:
    """Name the cells of a table (row, column), with the totals of rows and of columns and the grand total as shown.

    A table of one row, or of one column, has the one total that it needs.
    """
    height, width = len(rows), len(rows[0])
    values: dict[Name, int] = {(at, place): value for at, row in enumerate(rows) for place, value in enumerate(row)}
    lines: dict[Name, list[Name]] = {(at, TOTAL): [(at, place) for place in range(width)] for at in range(height)}
    across = []
    if height > 1:
        lines |= {(TOTAL, place): [(at, place) for at in range(height)] for place in range(width)}
        lines |= {(TOTAL, TOTAL): [(at, TOTAL) for at in range(height)]}
        across = [total_of((TOTAL, TOTAL), [(TOTAL, place) for place in range(width)])]
    for name, parts in lines.items():
        values[name] = sum(values[part] for part in parts)
    return Counts(values, (*(total_of(name, parts) for name, parts in lines.items()), *across), frozenset(lines))


def published(parts: Iterable[Name], value: int, said: str = "") -> Sum:
    """Say that numbers together were published as a value."""
    return Sum(dict.fromkeys(parts, 1), value, value, said)


def from_percentage(name: Name, percent: str, of: int, said: str = "") -> Sum:
    """Say what a percentage of a known number tells of the count behind it; `percent` as printed, such as "12.5"."""
    _, _, decimals = percent.partition(".")
    half, printed = Fraction(1, 2 * 10 ** len(decimals)), Fraction(percent)
    return Sum({name: 1}, max(0, ceil((printed - half) * of / 100)), min(of, floor((printed + half) * of / 100)), said)


def largest(counts: Counts) -> int:
    """Return a number that none of the counts can exceed, whatever is hidden: all that is known of, together."""
    return 1 + sum(counts.values.values()) + sum(abs(one.most) for one in counts.sums)
