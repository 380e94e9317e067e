"""Which other cells to hide, in plain Python: the smallest that helps, one by one, then none that is not needed."""

from collections.abc import Callable, Collection, Iterable

from candour.rules.disclosure_control import audit
from candour.rules.disclosure_control.rule import Rule
from candour.rules.disclosure_control.sums import Counts, Name


def also_hidden(counts: Counts, rule: Rule, small: Collection[Name], candidates: Collection[Name]) -> set[Name] | None:
    """Return all that is to be hidden so that nothing can be worked out; None where `candidates` do not suffice.

    Where everything is hidden and a cell hidden for others has no room still, it can protect none: it is shown.
    """
    hidden, left, possible = set(small), set(candidates), audit.Possible()
    while True:
        what = audit.known(counts, rule, hidden)
        possible = possible.within(what)
        bare = audit.exposed(audit.plain(what), _ordered(counts, hidden), rule.needed, possible)
        if not bare:
            return _without_the_needless(counts, rule, set(small), hidden, possible)
        chosen = {one for name in bare if (one := _helping(counts, name, hidden, left)) is not None}
        useless = set() if chosen else set(bare) - set(small)
        if not chosen and not useless:
            return None
        hidden, left = (hidden | chosen) - useless, left - useless


def _helping(counts: Counts, name: Name, hidden: Collection[Name], candidates: Collection[Name]) -> Name | None:
    """The cheapest cell beside an exposed one: in the sum that leaves it least room, else anywhere."""
    beside = [one.parts.keys() - {name} for one in counts.sums if name in one.parts]
    beside.sort(key=lambda parts: len(parts & set(hidden)))
    for parts in beside:
        free: list[Name] = [one for one in parts if one in candidates and one not in hidden]
        if free:
            return min(free, key=lambda one: (*_cost(counts)(one)[:2], -_neighbours(counts, one, hidden), str(one)))
    rest = [one for one in candidates if one not in hidden]
    return min(rest, key=_cost(counts), default=None)


def _neighbours(counts: Counts, name: Name, hidden: Collection[Name]) -> int:
    """In how many sums with a name something is hidden already."""
    return sum(1 for one in counts.sums if name in one.parts and any(part in hidden for part in one.parts))


def _cost(counts: Counts) -> Callable[[Name], tuple[bool, int, str]]:
    return lambda name: (name in counts.totals, counts.values[name], str(name))


def _ordered(counts: Counts, names: Iterable[Name]) -> list[Name]:
    return sorted(names, key=_cost(counts))


def _without_the_needless(
    counts: Counts, rule: Rule, small: set[Name], hidden: set[Name], possible: audit.Possible
) -> set[Name]:
    """Show again, the largest first, whatever protects nothing."""
    for name in reversed(_ordered(counts, hidden - small)):
        fewer = hidden - {name}
        what = audit.known(counts, rule, fewer)
        left = possible.within(what)
        if not audit.exposed(audit.plain(what), _ordered(counts, fewer), rule.needed, left):
            hidden, possible = fewer, left
    return hidden
