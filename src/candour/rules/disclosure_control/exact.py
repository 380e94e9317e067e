"""Which other cells to hide, the fewest that protect: a small integer programme, with highspy (`candour[exact]`).

A first programme chooses cells; a second asks how far each hidden number can move then. Where one cannot move far
enough, the prices of the second say which cells would give it room, and that becomes a condition of the first.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from candour.rules.disclosure_control import audit
from candour.rules.disclosure_control.rule import Rule
from candour.rules.disclosure_control.sums import Counts, Name

MOST_ROUNDS = 200
TINY = 1e-6


def available() -> bool:
    """Say whether the library is installed."""
    return find_spec("highspy") is not None


@cache
def _quiet() -> Any:
    """The library's programme, which greets on standard output while it is made unless it is told before."""
    import highspy  # noqa: PLC0415 - an optional extra, and loading it takes a while

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Quiet


def _program() -> Any:
    program = _quiet()()
    program.silent()
    for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
        program.setOptionValue(option, value)
    return program


class Moves:
    """What `simplex.Moves` answers, from the library; a move is always in whole numbers."""

    def __init__(self, what: audit.Known) -> None:
        self.names = list(what.room)
        self.place = {name: at for at, name in enumerate(self.names)}
        self.sums = what.sums
        self.program = _program()
        for name in self.names:
            down, up = what.room[name]
            self.program.addVar(-down, up)
        for parts in what.sums:
            places, factors = zip(*((self.place[name], factor) for name, factor in parts.items()), strict=True)
            self.program.addRow(0, 0, len(places), list(places), list(factors))

    def allow(self, name: Name, room: tuple[int, int]) -> None:
        """Let a number move by another distance from now on."""
        self.program.changeColBounds(self.place[name], -room[0], room[1])

    def farthest(self, name: Name, way: int, stop: int | None = None) -> dict[Name, int]:
        at, lower, upper = self.place[name], *self._bounds(name)
        if stop is not None:
            self.program.changeColBounds(at, max(lower, -stop), min(upper, stop))
        self._run(at, way)
        if any(abs(move - round(move)) > TINY for move in self.program.getSolution().col_value):
            self._run_whole(at, way)
        found = self.program.getSolution().col_value
        self.program.changeColBounds(at, lower, upper)
        return {one: round(move) for one, move in zip(self.names, found, strict=True) if abs(move) > TINY}

    def _bounds(self, name: Name) -> tuple[float, float]:
        _, _, lower, upper, _ = self.program.getCol(self.place[name])
        return lower, upper

    def _run(self, at: int, way: int) -> None:
        self.program.changeColCost(at, -way)
        self.program.run()
        self.program.changeColCost(at, 0)

    def _run_whole(self, at: int, way: int) -> None:
        """The same in whole numbers, where the quick way ended between them: a table with its totals never does."""
        import highspy  # noqa: PLC0415

        for kind in (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous):
            for one in range(len(self.names)):
                self.program.changeColIntegrality(one, kind)
            if kind is highspy.HighsVarType.kInteger:
                self._run(at, way)

    def prices(self, name: Name, way: int) -> tuple[float, dict[Name, float]]:
        """Return how far a number can move, and what each name's room is worth to it: up if above 0, down if below."""
        self._run(self.place[name], way)
        solution = self.program.getSolution()
        worth: dict[Name, float] = {name: way}
        for parts, price in zip(self.sums, solution.row_dual, strict=True):
            for one, factor in parts.items():
                worth[one] = worth.get(one, 0) + price * factor
        return way * solution.col_value[self.place[name]], worth


@dataclass(frozen=True)
class Condition:
    """`gains` of the cells hidden besides must reach `least`, where `name` is hidden (None: always)."""

    gains: Mapping[Name, float]
    least: float
    name: Name | None


class _Search:
    """Cells to hide, chosen anew after each condition."""

    def __init__(self, counts: Counts, rule: Rule, small: Collection[Name], candidates: Collection[Name]) -> None:
        self.counts, self.rule, self.small = counts, rule, set(small)
        self.open = sorted(candidates, key=str)
        self.place = {name: at for at, name in enumerate(self.open)}
        self.shown = audit.known(counts, rule, ())
        self.all = audit.known(counts, rule, {*self.small, *self.open})
        self.moves = Moves(audit.known(counts, rule, small))
        self.master = _program()
        self._fill()

    def _fill(self) -> None:
        import highspy  # noqa: PLC0415

        most = 1 + max((self.counts.values[name] for name in self.open), default=0)
        for at, name in enumerate(self.open):
            self.master.addVar(0, 1)
            self.master.changeColIntegrality(at, highspy.HighsVarType.kInteger)
            of_totals = len(self.open) if name in self.counts.totals else 1
            self.master.changeColCost(at, of_totals + self.counts.values[name] / most / (1 + len(self.open)))

    def choose(self) -> set[Name] | None:
        """Return the cheapest cells that meet all conditions so far; None where none do."""
        import highspy  # noqa: PLC0415

        if not self.open:
            return set()
        self.master.run()
        if self.master.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        chosen = zip(self.open, self.master.getSolution().col_value, strict=True)
        return {name for name, value in chosen if value > 0.5}  # noqa: PLR2004 - 0 or 1

    def demand(self, condition: Condition) -> bool:
        """Add a condition; False where no choice can meet it."""
        least = condition.least
        gains = {name: min(gain, least) for name, gain in condition.gains.items() if gain > TINY}
        places, factors = [self.place[name] for name in gains], list(gains.values())
        if condition.name in self.place:
            places, factors, least = [*places, self.place[condition.name]], [*factors, -least], 0.0
        if not places or (least > 0 and not gains):
            return False
        self.master.addRow(least - TINY, float("inf"), len(places), places, factors)
        return True

    def conditions(self, hidden: set[Name]) -> Iterator[Condition]:
        """What has to be met for each number that cannot move far enough where `hidden` are hidden."""
        for name in self.open:
            self.moves.allow(name, (self.all if name in hidden else self.shown).room[name])
        for name in sorted(hidden, key=str):
            up, rising = self.moves.prices(name, 1)
            down, falling = self.moves.prices(name, -1)
            if up + down < self.rule.needed - 1 - TINY:
                yield self._condition(name, rising, falling)

    def _condition(self, name: Name, *worths: Mapping[Name, float]) -> Condition:
        gains: dict[Name, float] = {}
        always = 0.0
        for worth in worths:
            for one, each in worth.items():
                fixed = self.all if one in self.small or one == name or one not in self.place else self.shown
                always += _gain(each, fixed.room[one])
                if one in self.place and one != name:
                    more = _gain(each, self.all.room[one]) - _gain(each, self.shown.room[one])
                    gains[one] = gains.get(one, 0) + more
        return Condition(gains, self.rule.needed - 1 - always, name)


def _gain(each: float, room: tuple[int, int]) -> float:
    return each * room[1] if each > TINY else -each * room[0] if each < -TINY else 0.0


def also_hidden(counts: Counts, rule: Rule, small: Collection[Name], candidates: Collection[Name]) -> set[Name] | None:
    """Return all that is to be hidden so that nothing can be worked out, the fewest; None where none suffice.

    LookupError where the search takes too long: the greedy way answers then.
    """
    search = _Search(counts, rule, small, candidates)
    for _ in range(MOST_ROUNDS):
        chosen = search.choose()
        if chosen is None:
            return None
        hidden = search.small | chosen
        wanted = list(search.conditions(hidden)) or list(_in_whole_numbers(search, hidden))
        if not wanted:
            return hidden
        if not all(search.demand(one) for one in wanted):
            return None
    raise LookupError("too many rounds")


def _in_whole_numbers(search: _Search, hidden: set[Name]) -> Iterator[Condition]:
    """Where numbers can move far enough, but not in whole numbers: another cell must be hidden besides."""
    solver = Moves(audit.known(search.counts, search.rule, hidden))
    for name in audit.exposed(solver, sorted(hidden, key=str), search.rule.needed, audit.Possible()):
        yield Condition({one: 1.0 for one in search.open if one not in hidden}, 1.0, name)
