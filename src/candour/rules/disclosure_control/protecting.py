"""Protecting a table: hide what is small, then what would give it away, and prove that nothing can be worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from candour.rules import answers
from candour.rules.disclosure_control import audit, exact, greedy
from candour.rules.disclosure_control.rule import Rule
from candour.rules.disclosure_control.sums import Counts, Name, Sum
from candour.rules.refusals import Conflict

EXACT, GREEDY = "exact", "greedy"
ROUNDED = 2
"""How many numbers must be possible behind a rounded one."""

HIDE_TOTALS = "hide totals as well"
ROUND = "round every number to the nearest 5, totals too"
MERGE = "merge rows or periods, so that fewer numbers are small"
HIDE = "hide small numbers, by a rule such as standard"


class CannotBeMet(Conflict):
    """No choice of cells protects the small ones; `offers` are what would, each tried or always open."""

    def __init__(self, offers: tuple[str, ...], names: tuple[Name, ...] = ()) -> None:
        self.offers, self.names = offers, names
        super().__init__(
            "a small number could be worked out whatever other cells are hidden, because too much around it is known; "
            f"you can {', or '.join(offers)}"
        )


@dataclass(frozen=True)
class Protected:
    """What is hidden and why, with what outsiders can still work out of each hidden number.

    `small` are hidden for their own sake, the rest of `hidden` for theirs; `method` is how the rest was chosen.
    """

    counts: Counts
    rule: Rule
    small: frozenset[Name]
    hidden: frozenset[Name]
    ranges: Mapping[Name, audit.Range]
    method: str

    def answer(self, name: Name) -> answers.Answer:
        """Return a number as it is printed."""
        return self.rule.answer(self.counts.values[name], hidden=name in self.hidden)


def protect(
    counts: Counts,
    rule: Rule,
    *,
    earlier: Iterable[Sum] = (),
    hide_totals: bool = False,
    method: str | None = None,
) -> Protected:
    """Hide what the rule calls small and as little else as protects it, also against sums published `earlier`.

    What was published by itself already is shown. Totals are hidden only where they are small themselves or
    `hide_totals` says so. `method`: EXACT (needs highspy) or GREEDY, by default the better that is there.
    CannotBeMet says what can be done instead.
    """
    counts = counts.known(earlier)
    public = _public(counts)
    small = frozenset(name for name, value in counts.values.items() if rule.hides(value)) - public
    method = method or (EXACT if exact.available() else GREEDY)
    candidates = _candidates(counts, rule, small | public, hide_totals=hide_totals)
    hidden, method = _hidden(counts, rule, small, candidates, method)
    if hidden is None:
        raise CannotBeMet(_offers(counts, rule, small, method, hide_totals=hide_totals))
    if bare := _bare(counts, rule, public, method):
        raise CannotBeMet((MERGE, HIDE), tuple(bare))
    return Protected(counts, rule, small, frozenset(hidden), _proof(counts, rule, hidden, method), method)


def _bare(counts: Counts, rule: Rule, public: frozenset[Name], method: str) -> list[Name]:
    """Numbers that a rule only rounds and that can be worked out all the same, from totals or what was published."""
    if rule.hiding:
        return []  # what it rounds is not small, and what it hides is looked at with the rounding of the rest
    rounded = [name for name in counts.values if name not in public]
    what = audit.known(counts, rule, ())
    unsure = [name for name in rounded if not audit.moves_alone(what, name)]
    solver = exact.Moves(what) if method == EXACT and exact.available() else audit.plain(what)
    return audit.exposed(solver, unsure, ROUNDED, audit.Possible()) if unsure else []


def _proof(counts: Counts, rule: Rule, hidden: set[Name], method: str) -> Mapping[Name, audit.Range]:
    """Look at every hidden number once more, from nothing; AssertionError: one can be worked out, our fault."""
    what = audit.known(counts, rule, hidden)
    solver, possible = exact.Moves(what) if method == EXACT else audit.plain(what), audit.Possible()
    if audit.exposed(solver, sorted(hidden, key=str), rule.needed, possible):
        raise AssertionError("a hidden number can be worked out")
    return audit.ranges(solver, counts, hidden, possible)


def _public(counts: Counts) -> frozenset[Name]:
    """What was published by itself already: hiding it protects nobody."""
    alone = (one for one in counts.sums if len(one.parts) == 1 and one.least == one.most)
    return frozenset(name for one in alone for name in one.parts)


def _hidden(
    counts: Counts, rule: Rule, small: frozenset[Name], candidates: frozenset[Name], method: str
) -> tuple[set[Name] | None, str]:
    if method == EXACT:
        try:
            return exact.also_hidden(counts, rule, small, candidates), EXACT
        except LookupError:
            method = GREEDY
    return greedy.also_hidden(counts, rule, small, candidates), GREEDY


def _candidates(
    counts: Counts, rule: Rule, settled: frozenset[Name], *, hide_totals: bool
) -> frozenset[Name]:  # fmt: skip
    """What may be hidden besides: no zero that is shown, nothing of what is hidden or public already."""
    return frozenset(
        name
        for name, value in counts.values.items()
        if name not in settled and rule.may_hide(value) and (hide_totals or name not in counts.totals)
    )


def _offers(counts: Counts, rule: Rule, small: frozenset[Name], method: str, *, hide_totals: bool) -> tuple[str, ...]:
    offers = []
    if not hide_totals and counts.totals:
        candidates = _candidates(counts, rule, small | _public(counts), hide_totals=True)
        if _hidden(counts, rule, small, candidates, method)[0] is not None:
            offers.append(HIDE_TOTALS)
    return (*offers, MERGE, *(() if rule.base else (ROUND,)))
