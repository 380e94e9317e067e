"""Which rows or periods of a table are one: what somebody says, and what a row then stands for.

A merge is said as FACT=VALUE|VALUE, such as "department=North|South", or "periods=2011/12|2012/13"; what nobody stated
is merged under its own words. The merged row bears the names of its parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from candour.figures.planning import NOT_STATED
from candour.rules.refusals import WrongInput

PERIODS = "periods"
AND = " + "
TWO = 2


@dataclass(frozen=True)
class Merge:
    """Values of one fact that make one row, or labels of periods that make one period (`fact` is then PERIODS)."""

    fact: str
    values: tuple[str, ...]

    @property
    def name(self) -> str:
        return AND.join(self.values)

    def __str__(self) -> str:
        return f"{self.fact}={'|'.join(self.values)}"


def read(text: str) -> Merge:
    """Read a merge as somebody says it; WrongInput where it merges nothing."""
    fact, _, values = text.partition("=")
    parts = tuple(dict.fromkeys(value.strip() for value in values.split("|") if value.strip()))
    if not fact.strip() or len(parts) < TWO:
        raise WrongInput(f"{text!r} merges nothing; write FACT=VALUE|VALUE, such as department=North|South")
    return Merge(fact.strip(), parts)


def parts(merges: Iterable[Merge], fact: str, value: str | None) -> tuple[str | None, ...]:
    """Return the values that a row of a merged table stands for; one that was not merged stands for itself."""
    for merge in reversed(tuple(merges)):
        if merge.fact == fact and merge.name == value:
            return tuple(part for one in merge.values for part in parts(merges, fact, one))
    return (None,) if value == NOT_STATED else (value,)
