"""Finds names of organisations (a body's suppliers) in a text, word by word, whatever their case and legal form."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from candour.screening.identifiers import sorts
from candour.screening.identifiers.searching import Found

_WORD = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*")
_FORMS = frozenset(("ltd", "limited", "plc", "llp", "lp", "cic", "inc", "uk"))
_SHORTEST = 4
"""Letters of the shortest name of one word: a shorter one would be found in every text."""


class Phrases:
    """Some names, by their first word; `Post Room Ltd` is known as Post Room."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            words = _words(name)
            while len(words) > 1 and words[-1] in _FORMS:
                words.pop()
            if len(words) > 1 or (words and len(words[0]) >= _SHORTEST):
                self._by_first[words[0]].add(tuple(words))

    def within(self, text: str) -> Iterator[Found]:
        """Yield each known name in a text: one of one word has to begin with a capital there."""
        if not self._by_first:
            return
        written = _WORD.findall(text)
        words = [word.casefold() for word in written]
        for place, word in enumerate(words):
            for name in self._by_first.get(word, ()):
                if tuple(words[place : place + len(name)]) == name and (len(name) > 1 or written[place][0].isupper()):
                    yield Found(sorts.SUPPLIER, " ".join(name))


def _words(name: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(name)]
