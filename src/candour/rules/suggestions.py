"""Which codes a description suggests, by its words and by what was decided earlier; each says why, none is applied."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LIKE = 20
"""How many of the earlier incidents most like this one are asked."""

ALIKE = 2
"""How many telling words two descriptions share before one is like the other."""

_SHORTEST = 4
_ENDINGS = re.compile(r"(ings?|ed|es|s)$")


@dataclass(frozen=True)
class Suggestion:
    """A code that a person may look at, and why."""

    code: str
    why: str


@dataclass(frozen=True)
class Decided:
    """An earlier incident as it was described, and the code a person gave it."""

    text: str
    code: str


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("suggestions.toml").read_text(encoding="utf-8"))


def from_words(text: str, scheme: str) -> tuple[Suggestion, ...]:
    """Suggest codes of a scheme that the words of a description often mean; what more words speak for comes first."""
    plain = text.casefold()
    found = [(row["code"], _met(plain, row["groups"])) for row in _tables()["rows"] if row["scheme"] == scheme]
    met = sorted((one for one in found if one[1]), key=lambda one: -len(one[1]))
    return tuple(Suggestion(code, f"the description says {_quoted(words)}") for code, words in met)


def _met(text: str, groups: Sequence[Sequence[str]]) -> list[str]:
    """The words, one of each group, that a text holds; none where a group is not met."""
    words = [next((word for word in group if re.search(rf"\b{re.escape(word)}", text)), None) for group in groups]
    return list(dict.fromkeys(word for word in words if word)) if None not in words else []


def from_decisions(text: str, decided: Iterable[Decided]) -> tuple[Suggestion, ...]:
    """Suggest the codes that people gave to earlier incidents described in like words, the most frequent first."""
    words = _telling(text)
    likeness = [(telling(one.text) & words.keys(), one.code) for one in decided]
    like = sorted((one for one in likeness if len(one[0]) >= ALIKE), key=lambda one: -len(one[0]))[:LIKE]
    return tuple(_counted(like, words))


def _counted(like: Sequence[tuple[frozenset[str], str]], written: Mapping[str, str]) -> Iterator[Suggestion]:
    """Each code with the words that most of them share, as they are `written` in the description."""
    shared: dict[str, Counter[str]] = {}
    for words, code in like:
        shared.setdefault(code, Counter()).update(words)
    for code, many in Counter(code for _, code in like).most_common():
        common = sorted(
            written[word] for word, _ in sorted(shared[code].items(), key=lambda one: (-one[1], one[0]))[:3]
        )
        yield Suggestion(
            code, f"{many} of the {len(like)} earlier incidents most like it ({', '.join(common)}) have it"
        )


def telling(text: str) -> frozenset[str]:
    """Give the words of a text that tell one incident from another, without their endings."""
    return frozenset(_telling(text))


def _telling(text: str) -> dict[str, str]:
    """Give the same words, each with how it is written."""
    words, everywhere = re.findall(r"[^\W\d_]+", text.casefold()), _tables()["everywhere"]
    return {_ENDINGS.sub("", word): word for word in words if len(word) >= _SHORTEST and word not in everywhere}


def _quoted(words: Iterable[str]) -> str:
    return " and ".join(f"“{word}”" for word in words)
