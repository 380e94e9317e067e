"""Finds the names that a body knows (its staff, people in its register) in a text, by its words and not by a pattern.

A list of many thousand names costs one look in a table for each word of the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from candour.screening.findings import masked
from candour.screening.identifiers import sorts
from candour.screening.identifiers.searching import Found

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\n")
_TITLES = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "cllr",
        "pc",
        "sgt",
        "judge",
    )
)
_NO_INITIALS = frozenset(("A", "I"))
"""Words of their own: "A Young person" names nobody."""


class Names:
    """Some names, by their surname: `Jane Ann Smith` is known as Jane Smith, J Smith, Mrs Smith and Smith Jane."""

    def __init__(self, names: Iterable[str]) -> None:
        """Names are written with the surname last; of one word alone only the surname is known."""
        self._firsts: dict[str, set[str]] = defaultdict(set)
        for name in names:
            words = _WORD.findall(name.casefold())
            while words and words[0] in _TITLES:
                words.pop(0)
            if words:
                self._firsts[words[-1]].update(words[:-1][:1])

    def __bool__(self) -> bool:
        return bool(self._firsts)

    def within(self, text: str) -> Iterator[Found]:
        """Yield each known name in a text: first name, initial or title beside its surname, on one line."""
        words = _WORD.findall(text)
        for place, word in enumerate(words):
            firsts = self._firsts.get(word.casefold())
            if firsts is not None and word[0].isupper():
                yield from self._beside(words, place, firsts)

    def masking(self, text: str) -> str:
        """Return a short text with the known names in it masked."""
        known = {word for found in self.within(text) for word in found.value.split()}
        return _WORD.sub(lambda word: masked(word[0]) if word[0].casefold() in known else word[0], text)

    def surnames(self, cells: Iterable[str]) -> Iterator[Found]:
        """Yield each cell that is a known surname and nothing else."""
        for cell in cells:
            surname = cell.strip().casefold()
            if surname in self._firsts:
                yield Found(sorts.SURNAME, surname)

    def _beside(self, words: list[str], place: int, firsts: set[str]) -> Iterator[Found]:
        before = words[place - 1] if place else ""
        early = words[place - 2] if place > 1 else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        surname = words[place].casefold()
        if before.casefold() in _TITLES:
            yield Found(sorts.NAME, surname)
            return
        for first in firsts:
            spelt = first in {before.casefold(), after.casefold()} or (first == early.casefold() and before != "\n")
            if spelt or first[0].upper() in {before, after} - _NO_INITIALS:
                yield Found(sorts.NAME, f"{first} {surname}")


@lru_cache(maxsize=4)
def of(names: frozenset[str]) -> Names:
    """Return a table of names, the same one for all files inside a file."""
    return Names(names)
