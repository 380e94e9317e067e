"""The numbers and letters that stand before the paragraphs of a list: worked out as the reader sees them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LETTERS = 26
_HIGHEST = 10_000


@dataclass(frozen=True)
class Level:
    """A level of a list: how it is numbered (`1 a A i I`, or `-` for a bullet), from where, and in what pattern.

    In the pattern `%1` is the number of the first level, `%2` that of the second.
    """

    form: str
    start: int = 1
    pattern: str = ""


BULLET = Level("-")


@dataclass
class Counts:
    """How far the lists of a document have come, each known by its name."""

    counts: dict[str, Counter[int]] = field(default_factory=dict)

    def label(self, name: str, levels: Mapping[int, Level], depth: int) -> str:
        """Count one more paragraph of a list on a level (from 0), and return what stands before it; "" for a bullet."""
        at = levels.get(depth, BULLET)
        counts = self.counts.setdefault(name, Counter())
        counts[depth] = counts[depth] + 1 if depth in counts else at.start
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if at.form == BULLET.form:
            return ""
        return re.sub(r"%(\d)", lambda place: self._number(counts, levels, int(place[1]) - 1), at.pattern)

    def restart(self, name: str) -> None:
        """Count a list from its beginning again."""
        self.counts.pop(name, None)

    @staticmethod
    def _number(counts: Counter[int], levels: Mapping[int, Level], depth: int) -> str:
        level = levels.get(depth, BULLET)
        return said(counts.get(depth, level.start), level.form)


def said(number: int, form: str) -> str:
    """Return a number in a form: `1`, `a`, `A`, `i`, `I`; "" for a bullet. After z comes aa, as programs count."""
    if not 0 < number < _HIGHEST or form not in "aAiI":
        return "" if form == BULLET.form else str(number)
    if form in "aA":
        text = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return text if form == "a" else text.upper()
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text if form == "i" else text.upper()
