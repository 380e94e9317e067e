"""What a number is counted for: of each fact the values, so that one number can be told to be a part of another.

A measure of one tier, a row of a table by tier and a filter by that tier count the same, whatever they are called.
"""

from collections.abc import Mapping

from candour.figures.grouping import MANY
from candour.figures.measures import Measure

Said = str | tuple[str | None, ...] | None
"""What a number counts by: a value of a fact, or several that were merged."""
Scope = Mapping[str, frozenset[str | None]]
"""The facts that a number counts by, each with the values it counts; a fact that is not named may have any."""


def scope(measure: Measure, facts: Mapping[str, Said]) -> Scope:
    """Return what a measure counts where its incidents have these facts besides."""
    found = {"tier": frozenset[str | None](measure.tiers)}
    for name, said in (*measure.only.items(), *facts.items()):
        values = frozenset(said if isinstance(said, tuple) else (said,))
        found[name] = found.get(name, values) & values
    return found


def within(small: Scope, large: Scope) -> bool:
    """Say whether every incident that one number counts is counted in another."""
    return all(name in small and small[name] <= values for name, values in large.items())


def apart(one: Scope, other: Scope) -> bool:
    """Say whether no incident is counted in both; one incident may have several kinds of data or of people."""
    return any(name not in MANY and not one[name] & other[name] for name in one.keys() & other.keys())
