"""What could still be worked out: for every hidden cell, which numbers agree with everything that is known.

A number counts as possible only where a whole table with it is found that agrees with every printed number, every
total, every sum that was published before, and the rule itself.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Protocol

from candour.rules.disclosure_control import simplex
from candour.rules.disclosure_control.rule import Limits, Rule
from candour.rules.disclosure_control.sums import Counts, Name, largest

Move = Mapping[Name, int]
"""Another table that outsiders must think possible, as the differences from the true one."""


@dataclass(frozen=True)
class Slack:
    """The name of what a sum leaves open that is known only within limits."""

    place: int


@dataclass(frozen=True)
class Known:
    """All that outsiders know, seen from the true numbers: how far each may be from it, and what must not change."""

    room: Mapping[Name, tuple[int, int]]
    sums: tuple[Mapping[Name, int], ...]


def known(counts: Counts, rule: Rule, hidden: Collection[Name]) -> Known:
    """Say what outsiders know where `hidden` are hidden and everything else is printed as the rule prints it."""
    most = largest(counts)
    room = {}
    for name, value in counts.values.items():
        room[name] = _room(rule.hidden(value) if name in hidden else rule.shown(value), value, most)
    sums = []
    for place, one in enumerate(counts.sums):
        parts = dict(one.parts)
        if one.least < one.most:
            value = one.of(counts.values)
            room[Slack(place)] = (value - one.least, one.most - value)
            parts[Slack(place)] = -1
        sums.append(parts)
    return Known(room, tuple(sums))


def _room(limits: Limits, value: int, most: int) -> tuple[int, int]:
    upper = most if limits.most is None else limits.most
    return max(0, value - limits.least), max(0, upper - value)


def moves_alone(what: Known, name: Name) -> bool:
    """Say whether a number may be another one while all others stay, for its sums are known only within limits."""
    return any(_may(what.room[name], way) and all(_gives(what, parts, name, way) for parts in what.sums)
               for way in (1, -1))  # fmt: skip


def _may(room: tuple[int, int], change: int) -> bool:
    return -room[0] <= change <= room[1]


def _gives(what: Known, parts: Mapping[Name, int], name: Name, way: int) -> bool:
    """Whether a sum stays within what is known of it; that of a total which is itself a number here does not."""
    if name not in parts:
        return True
    slack = next((one for one in parts if isinstance(one, Slack)), None)
    return slack is not None and _may(what.room[slack], parts[name] * way)


class Solver(Protocol):
    """What finds the farthest table: `simplex.Moves` in plain Python, `exact.Moves` with a library."""

    def farthest(self, name: Name, way: int, stop: int | None = None) -> Mapping[Name, int | Fraction]:
        """Return the move that brings a number farthest down (-1) or up (+1), no farther than `stop`."""


def plain(what: Known) -> Solver:
    """Solve without any library."""
    return simplex.Moves(what.sums, what.room)


class Possible:
    """The tables found so far that outsiders must think possible, and the numbers seen in them."""

    def __init__(self, moves: Collection[Move] = ()) -> None:
        self.moves: list[Move] = []
        self.seen: dict[Name, set[int]] = {}
        for move in moves:
            self.add(move)

    def add(self, move: Move) -> None:
        self.moves.append(move)
        for name, change in move.items():
            self.seen.setdefault(name, {0}).add(change)

    def of(self, name: Name) -> set[int]:
        return self.seen.setdefault(name, {0})

    def within(self, what: Known) -> "Possible":
        """Return those that are possible still where something else is known."""
        return Possible([move for move in self.moves if _fits(move, what.room)])


def _fits(move: Move, room: Mapping[Name, tuple[int, int]]) -> bool:
    return all(-room[name][0] <= change <= room[name][1] for name, change in move.items())


@dataclass(frozen=True)
class Range:
    """Between which numbers a hidden one may lie, and how many of them are shown to be possible."""

    least: int
    most: int
    possible: int


def exposed(solver: Solver, hidden: Collection[Name], needed: int, possible: Possible) -> list[Name]:
    """Return the hidden names behind which fewer than `needed` numbers are possible; what is found is kept."""
    return [name for name in hidden if not _is_safe(solver, name, needed, possible)]


def _is_safe(solver: Solver, name: Name, needed: int, possible: Possible) -> bool:
    if len(possible.of(name)) >= needed:
        return True
    low, high = _ends(solver, name, possible)
    if high - low + 1 < needed:
        return False
    for change in range(low, high + 1):
        if len(possible.of(name)) >= needed:
            break
        if change not in possible.of(name):
            _explore(solver, name, 1 if change > 0 else -1, possible, abs(change))
    return len(possible.of(name)) >= needed


def _ends(solver: Solver, name: Name, possible: Possible) -> tuple[int, int]:
    low = _explore(solver, name, -1, possible)
    return ceil(low), floor(_explore(solver, name, 1, possible))


def _explore(
    solver: Solver, name: Name, way: int, possible: Possible, stop: int | None = None
) -> int | Fraction:  # fmt: skip
    found = solver.farthest(name, way, stop)
    for move in _along(found):
        possible.add(move)
    return found.get(name, 0)


MOST_ALONG = 12
"""How many whole tables on the way to the farthest one are looked at; the farthest itself always is."""


def _along(move: Mapping[Name, int | Fraction]) -> Iterator[Move]:
    """Whole tables on the straight way from the true one: all that holds at both ends holds between."""
    changed = {name: change for name, change in move.items() if change}
    if not changed:
        return
    denominator = lcm(*(change.denominator for change in changed.values()))
    scaled = {name: int(change * denominator) for name, change in changed.items()}
    shared = gcd(*scaled.values())
    step, steps = {name: change // shared for name, change in scaled.items()}, shared // denominator
    for times in {*range(1, min(steps, MOST_ALONG) + 1), *([steps] if steps else [])}:
        yield {name: change * times for name, change in step.items()}


def ranges(solver: Solver, counts: Counts, hidden: Collection[Name], possible: Possible) -> dict[Name, Range]:
    """Return for every hidden name the least and the most it may be, and how many numbers were found possible."""
    ends = {name: _ends(solver, name, possible) for name in hidden}
    return {
        name: Range(counts.values[name] + low, counts.values[name] + high, len(possible.of(name)))
        for name, (low, high) in ends.items()
    }
