"""How codes of one scheme often read in another: many to many, dated, and never more than a proposal."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import product

from candour.rules import schemes


@dataclass(frozen=True)
class Pair:
    """Two codes of two schemes that often go together, read either way; `held_until` is inclusive."""

    scheme: str
    code: str
    other: str
    other_code: str
    why: str
    held_from: date
    held_until: date | None = None

    def turned(self) -> "Pair":
        """The same, told from the other side."""
        return Pair(self.other, self.other_code, self.scheme, self.code, self.why, self.held_from, self.held_until)

    def held(self, day: date) -> bool:
        """Say whether the pair was in force on a day."""
        return self.held_from <= day and (self.held_until is None or day <= self.held_until)


@dataclass(frozen=True)
class Proposal:
    """A code that a person may look at because an incident carries a code of another scheme."""

    code: str
    why: str


@cache
def shipped() -> tuple[Pair, ...]:
    """Give the pairs that come with Candour."""
    text = resources.files(schemes.__name__).joinpath(schemes.CROSSWALKS).read_text(encoding="utf-8")
    return tuple(pair for row in tomllib.loads(text)["rows"] for pair in pairs(**row))


def pairs(
    *,
    scheme: str,
    codes: Iterable[str],
    other: str,
    other_codes: Iterable[str],
    why: str,
    held_from: date,
    held_until: date | None = None,
) -> Iterator[Pair]:
    """Give a pair for each code of one scheme with each of the other."""
    for code, other_code in product(codes, other_codes):
        yield Pair(scheme, code, other, other_code, why, held_from, held_until)


def named(scheme: str, code: str) -> str:
    """Name a code for somebody who is to see why another is proposed, as a body without words of its own says it."""
    return f"{code} ({schemes.scheme(scheme).title if scheme in schemes.slugs() else scheme})"


def proposals(
    carried: Mapping[str, str],
    wanted: str,
    day: date,
    own: Iterable[Pair] = (),
    *,
    named: Callable[[str, str], str] = named,
) -> tuple[Proposal, ...]:
    """Propose codes of the scheme `wanted` to an incident that carries codes, by scheme; the best supported first.

    `own` are a body's pairs besides; `named` says a scheme's code in words.
    A code that fewer alternatives stand beside is the better supported one.
    """
    support: dict[str, float] = {}
    reasons: dict[str, str] = {}
    by_scheme = _by_scheme(carried, wanted, day, own)
    for scheme, found in sorted(by_scheme.items(), key=lambda one: len(one[1])):
        for pair in found:
            support[pair.other_code] = support.get(pair.other_code, 0) + 1 / len(found)
            reasons.setdefault(pair.other_code, f"it carries {named(scheme, pair.code)}: {pair.why}")
    best = sorted(support, key=lambda code: (-support[code], list(support).index(code)))
    return tuple(Proposal(code, reasons[code]) for code in best)


def _by_scheme(carried: Mapping[str, str], wanted: str, day: date, own: Iterable[Pair]) -> dict[str, list[Pair]]:
    told = [side for pair in (*shipped(), *own) for side in (pair, pair.turned()) if side.held(day)]
    found: dict[str, list[Pair]] = {}
    for pair in told:
        if pair.other == wanted and carried.get(pair.scheme) == pair.code:
            found.setdefault(pair.scheme, []).append(pair)
    return found
