"""What is said of a protected table wherever it goes: the rule, the key to its marks, what was reckoned with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candour.rules.disclosure_control.rule import Rule

UNDATED = "no date"


@dataclass(frozen=True)
class Control:
    """How a table was protected; it does not say which of its hidden numbers are the small ones.

    `earlier`: the publications it was held against; `undated`: a small number of what was counted has no date, and is
    not printed.
    """

    rule: Rule
    earlier: tuple[str, ...] = ()
    undated: bool = False

    def key(self) -> tuple[tuple[str, str], ...]:
        """What is printed under the table, as pairs of a mark and what it means."""
        undated = ((UNDATED, "a small number without a date is in no period"),) if self.undated else ()
        return (*self.rule.key(), *undated)

    def as_json(self) -> dict[str, Any]:
        key = dict(self.key())
        return {"rule": self.rule.title, "source": self.rule.source, "key": key, "held_against": list(self.earlier)}


def read(rule: Rule, said: Mapping[str, Any]) -> Control:
    """Read back what `as_json` said of a table that was protected by this rule."""
    return Control(rule, tuple(said["held_against"]), UNDATED in said["key"])
