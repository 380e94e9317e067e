"""How far one number can move while sums hold: the simplex method in exact arithmetic, begun where the numbers stand.

Bounds are kept on the variables themselves, and every pivot follows Bland's rule, so that it ends. In a table of rows,
columns and totals all the arithmetic stays in whole numbers.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from candour.rules.disclosure_control.sums import Name

Number = int | Fraction
Row = dict[Name, Number]


class Moves:
    """All moves away from where numbers stand that keep `sums` (factors by name, adding up to no change).

    `room`: how far each may go down and up, both 0 or more as distances; a name with no room does not move.
    """

    def __init__(self, sums: Sequence[Mapping[Name, int]], room: Mapping[Name, tuple[int, int]]) -> None:
        self.room = {name: (-down, up) for name, (down, up) in room.items() if down or up}
        self.order = {name: at for at, name in enumerate(self.room)}
        self.rows: dict[Name, Row] = {}
        for one in sums:
            self._solve(one)

    def _solve(self, factors: Mapping[Name, int]) -> None:
        """Make one of the names of a sum follow from the others; it is put in for that name everywhere."""
        row: Row = {}
        for name, factor in factors.items():
            if name in self.room:
                _add(row, self.rows.get(name, {name: 1}), factor)
        if not row:
            return
        chosen = min(row, key=lambda name: (abs(row[name]) != 1, self.order[name]))
        by = row.pop(chosen)
        self._replace(chosen, {name: _over(-value, by) for name, value in row.items()})

    def _replace(self, name: Name, by: Row) -> None:
        for row in self.rows.values():
            if name in row:
                _add(row, by, row.pop(name))
        self.rows[name] = by

    def farthest(self, name: Name, way: int, stop: int | None = None) -> dict[Name, Number]:
        """Return the move that brings `name` farthest down (way -1) or up (+1), no farther than a distance `stop`."""
        room = dict(self.room)
        if name not in room:
            return {}
        if stop is not None:
            down, up = room[name]
            room[name] = (max(down, -stop), min(up, stop))
        at: dict[Name, Number] = dict.fromkeys(self.room, 0)
        while (entering := self._entering(name, way, at, room)) is not None:
            self._go(*entering, at, room)
        return at

    def _entering(
        self, name: Name, way: int, at: Mapping[Name, Number], room: Mapping[Name, tuple[int, int]]
    ) -> tuple[Name, int] | None:
        """The first free name, and its way, that brings the objective on."""
        gains = self.rows.get(name, {name: 1})
        for free in sorted(gains, key=self.order.__getitem__):
            step = way if gains[free] > 0 else -way
            if at[free] < room[free][1] if step > 0 else at[free] > room[free][0]:
                return free, step
        return None

    def _go(self, free: Name, step: int, at: dict[Name, Number], room: Mapping[Name, tuple[int, int]]) -> None:
        """Move a free name until it, or one that follows it, has no more room; that one is free from then on."""
        far = _room(at[free], step, room[free])
        blocking: Name | None = None
        for basic, row in self.rows.items():
            if (slope := row.get(free)) is not None:
                own = _over(_room(at[basic], step if slope > 0 else -step, room[basic]), max(slope, -slope))
                if own < far or (own == far and blocking is not None and self.order[basic] < self.order[blocking]):
                    far, blocking = own, basic
        for basic, row in self.rows.items():
            if free in row:
                at[basic] = _whole(at[basic] + row[free] * step * far)
        at[free] = _whole(at[free] + step * far)
        if blocking is not None:
            self._swap(free, blocking)

    def _swap(self, free: Name, blocking: Name) -> None:
        row = self.rows.pop(blocking)
        factor = row.pop(free)
        by = {name: _over(-value, factor) for name, value in row.items()}
        self._replace(free, by | {blocking: _over(1, factor)})


def _room(at: Number, way: int, room: tuple[int, int]) -> Number:
    return room[1] - at if way > 0 else at - room[0]


def _add(row: Row, other: Row, factor: Number) -> None:
    for name, value in other.items():
        new = _whole(row.get(name, 0) + factor * value)
        if new:
            row[name] = new
        else:
            row.pop(name, None)


def _over(number: Number, by: Number) -> Number:
    return number * by if by in {1, -1} else _whole(Fraction(number) / by)


def _whole(number: Number) -> Number:
    return number.numerator if number.denominator == 1 else number
