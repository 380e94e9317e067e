"""A rule of disclosure control: which counts are small, how the rest is rounded, and what outsiders know of a cell."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from candour.rules import answers
from candour.rules.refusals import NotThere, WrongInput

BASES = (0, 5, 10)
PLAIN = "*"
"""The mark that says nothing of the number behind it, so that small cells and those hidden for them look alike."""

TWO = 2
SHOW, HIDE = "show", "hide"
PEOPLE, ALL = "people", "all"


@dataclass(frozen=True)
class Limits:
    """What outsiders know of one number: it lies between the two, both possible; `most` None: any number."""

    least: int
    most: int | None

    def hold(self, value: int) -> bool:
        return self.least <= value and (self.most is None or value <= self.most)


@dataclass(frozen=True)
class Rule:
    """Counts under `threshold` are hidden (zero too where `zeros` is "hide"), the rest rounded to `base` (0: not).

    `bands`, instead of a threshold: a count within one is printed as the band ("1 to 4"). Behind every hidden cell at
    least `distinct` numbers must stay possible; `strict` asks for all that its mark allows.
    WrongInput where the parts make no sense together.
    """

    threshold: int = 0
    zeros: str = SHOW
    base: int = 0
    mark: str = PLAIN
    scope: str = PEOPLE
    distinct: int = 3
    strict: bool = False
    bands: tuple[tuple[int, int], ...] = ()
    title: str = ""
    source: str = ""
    since: date = date.min
    until: date | None = None

    def __post_init__(self) -> None:
        if self.base not in BASES:
            raise WrongInput("round to the nearest 5 or 10, or not at all")
        if self.zeros not in {SHOW, HIDE} or self.scope not in {PEOPLE, ALL}:
            raise WrongInput("zeros are shown or hidden, and a rule is for counts of people or for all")
        if bool(self.threshold) + bool(self.bands) + bool(self.base) == 0 or (self.threshold and self.bands):
            raise WrongInput("a rule hides counts under a threshold, prints them in bands, or rounds to 5 or 10")
        if self.threshold < 0 or self.distinct < TWO or any(len(range(*band)) < 1 for band in self.hiding):
            raise WrongInput("at least two numbers must be possible behind every mark; raise the threshold")
        if self.hiding and 2 * (self.hiding[-1][1] + 1) < self.base:
            raise WrongInput(f"rounded to {self.base}, a count that is not hidden would be printed as 0; hide more")

    def answer(self, value: int, *, hidden: bool) -> answers.Answer:
        """Return a count as it is printed; of what is hidden it says no more than the mark does."""
        if hidden:
            return answers.Suppressed(dict(self.key())[self.mark_of(value)], mark=self.mark_of(value))
        limits = self.shown(value)
        if limits.least != limits.most:
            return answers.Rounded(self.rounded(value), f"to the nearest {self.base}")
        return answers.Held(value)

    @property
    def hiding(self) -> tuple[tuple[int, int], ...]:
        """The first and last count of each range that is hidden for its own sake, from the smallest on."""
        lowest = 0 if self.zeros == HIDE else 1
        return self.bands or (((lowest, self.threshold - 1),) if self.threshold else ())

    @property
    def needed(self) -> int:
        """How many numbers must be possible behind a hidden cell."""
        widths = [last - first + 1 for first, last in self.hiding]
        return min(widths, default=self.distinct) if self.strict else min([self.distinct, *widths])

    @property
    def tells_apart(self) -> bool:
        """Whether a mark says how small the number is, so that what is hidden for it needs another mark."""
        return bool(self.bands) or self.mark != PLAIN

    def range_of(self, value: int) -> tuple[int, int] | None:
        """Return the hidden range that a count lies in; None where it is not small."""
        return next((ends for ends in self.hiding if ends[0] <= value <= ends[1]), None)

    def hides(self, value: int) -> bool:
        """Say whether a count is hidden for its own sake."""
        return self.range_of(value) is not None

    def may_hide(self, value: int) -> bool:
        """Say whether a count may be hidden to protect another: a zero only where zeros are hidden."""
        return value > 0 or self.zeros == HIDE

    def rounded(self, value: int) -> int:
        """Return a count as it is printed; halves go up."""
        return (value + self.base // 2) // self.base * self.base if self.base else value

    def shown(self, value: int) -> Limits:
        """What is known of a number that is printed: itself, or what rounds to the same and is not hidden."""
        if not self.base or (value == 0 and self.hiding):
            return Limits(value, value)
        printed, past = self.rounded(value), self.hiding[-1][1] + 1 if self.hiding else 0
        return Limits(max(printed - self.base // 2, past), printed + (self.base - 1) // 2)

    def hidden(self, value: int) -> Limits:
        """What is known of a number that is hidden: of a small one its range, of another what its mark tells."""
        ends = self.range_of(value)
        if ends is not None:
            return Limits(*ends)
        if self.tells_apart:
            return Limits(self.hiding[-1][1] + 1, None)
        return Limits(1 if self.hiding and self.zeros == SHOW else 0, None)

    def marked(self, mark: str | None = None) -> Limits:
        """What a mark tells by itself (None: any mark); a plain one stands for what is hidden besides, too."""
        for ends in self.hiding:
            if self.tells_apart and mark == self.mark_of(ends[0]):
                return Limits(*ends)
        return Limits(1 if self.hiding and self.zeros == SHOW else 0, None)

    def mark_of(self, value: int) -> str:
        """Return the mark that stands for a hidden number."""
        ends = self.range_of(value)
        if ends is None:
            return PLAIN
        return between(ends) if self.bands else self.mark

    def key(self) -> tuple[tuple[str, str], ...]:
        """What is printed under a table, as pairs of a mark and what it means."""
        rows = [*self._marks()]
        if self.base:
            rows.append(("rounded", f"to the nearest {self.base}, totals too, each by itself: they need not add up"))
        return tuple(rows)

    def _marks(self) -> Iterator[tuple[str, str]]:
        if not self.hiding:
            return
        because = "another number that would give one away"
        if not self.tells_apart:
            never = "" if self.zeros == HIDE else "; never zero"
            yield self.mark, f"a number from {between(self.hiding[0])}, or {because}{never}"
            return
        for ends in self.hiding:
            yield self.mark_of(ends[0]), f"a number from {between(ends)}"
        yield PLAIN, f"{because}: {self.hiding[-1][1] + 1} or more"


def between(ends: tuple[int, int]) -> str:
    """Say a range in words: "1 to 4"."""
    return f"{ends[0]} to {ends[1]}"


@cache
def presets() -> Mapping[str, Rule]:
    """Return the rules that ship, by slug."""
    text = resources.files(__package__).joinpath("presets.toml").read_text(encoding="utf-8")
    return MappingProxyType({slug: _rule(row) for slug, row in tomllib.loads(text).items()})


def preset(slug: str) -> Rule:
    """Return a rule by its slug; NotThere names those there are."""
    if slug not in presets():
        raise NotThere(f"“{slug}” is no rule of disclosure control; choose from {', '.join(presets())}")
    return presets()[slug]


def as_json(rule: Rule) -> dict[str, Any]:
    """Return a rule as it is frozen with a decision; `from_json` reads it back."""
    days = {name: day.isoformat() for name in ("since", "until") if (day := getattr(rule, name))}
    bands = {"bands": [list(ends) for ends in rule.bands]} if rule.bands else {}
    plain = ("threshold", "zeros", "base", "mark", "scope", "distinct", "strict", "title", "source")
    return {name: getattr(rule, name) for name in plain} | bands | days


def from_json(row: Mapping[str, Any]) -> Rule:
    """Read back a rule that was frozen."""
    days = {name: date.fromisoformat(row[name]) for name in ("since", "until") if row.get(name)}
    return _rule({**row, **days})


def _rule(row: Mapping[str, Any]) -> Rule:
    bands = tuple((first, last) for first, last in row.get("bands", ()))
    return Rule(**{**row, "bands": bands})
