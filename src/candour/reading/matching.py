"""Says what a question asks for, how sure that is and why; the wordings and their weights are rows of phrases.toml."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

MEASURES = (
    "incidents-reported-to-ico",
    "other-incidents",
    "events",
    "near-misses",
    "all-incidents",
    "people-affected",
)
_LONGEST = 4_000
"""Characters of a question that are looked at; what it asks for stands in its first page."""
_LEAST = 0.2
"""A target below this is not named at all."""
_CLOSE = 0.5
"""A second target above this makes the first less sure."""
_NO_TARGET = 0.2
_NUMBERS = ("count", "known-since", "other")
"""Kinds of question that a vague word such as "breaches" may make a question about all incidents."""


@dataclass(frozen=True)
class Match:
    """What a question asks for: a kind, a measure or a topic, with a confidence of 0 to 1 and the reason in words."""

    kind: str
    measure: str | None
    topic: str | None
    confidence: float
    why: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Phrase:
    pattern: re.Pattern[str]
    weight: float
    why: str


@dataclass(frozen=True)
class _Score:
    target: str
    confidence: float
    reasons: tuple[str, ...]


def match(text: str, heading: str = "", offered: Sequence[str] = ()) -> Match:
    """Match the words of a question; its section's heading counts with it, and so do the answers that it offers."""
    words = f"{heading} {text}".strip()[:_LONGEST]
    asked = _kind(f"{text[:_LONGEST]} {' '.join(offered)}")
    scores = [score for score in _scores(words) if score.target not in _vague() or asked[0] in _NUMBERS]
    if not scores:
        return _unmatched(asked)
    best, *others = scores
    others = [score for score in others if score.target not in _vague()]
    kind = _targets()[best.target][0]
    if kind == "count" and asked[0] == "known-since":
        kind = "known-since"
    measure = best.target if best.target in MEASURES else None
    also = tuple(score.target for score in others if score.confidence >= _CLOSE)
    return Match(kind, measure, None if measure else best.target, _sureness(best, others), _why(best, also), also)


def _scores(words: str) -> list[_Score]:
    """Return the targets that the words speak of, the likeliest first."""
    scores = [_score(words, target, phrases) for target, (_, phrases) in _targets().items()]
    return sorted((score for score in scores if score.confidence >= _LEAST), key=lambda score: -score.confidence)


def _score(words: str, target: str, phrases: Sequence[_Phrase]) -> _Score:
    met = [phrase for phrase in phrases if phrase.pattern.search(words)]
    doubt, against = 1.0, 1.0
    for phrase in met:
        if phrase.weight > 0:
            doubt *= 1 - phrase.weight
        else:
            against *= 1 + phrase.weight
    return _Score(target, (1 - doubt) * against, tuple(phrase.why for phrase in met if phrase.weight > 0))


def _sureness(best: _Score, others: Sequence[_Score]) -> float:
    """A rival takes away from the best what it is itself above even chances, halved."""
    rival = max((score.confidence for score in others), default=0.0)
    return round(best.confidence - max(0.0, rival - _CLOSE) / 2, 2)


def _why(best: _Score, also: Sequence[str]) -> str:
    sentence = f"It speaks of {_listed(best.reasons)}."
    return f"{sentence} It could also ask for {_listed(also)}." if also else sentence


def _listed(reasons: Sequence[str]) -> str:
    *others, last = reasons
    return f"{', '.join(others)} and {last}" if others else last


def _unmatched(asked: tuple[str, str]) -> Match:
    kind, why = asked
    if kind == "other":
        return Match(kind, None, None, 0.0, "Nothing in it is known; a person has to read it.")
    return Match(kind, None, None, _NO_TARGET, f"It {why}, but of nothing that is known; a person has to read it.")


def _kind(text: str) -> tuple[str, str]:
    return next(((kind, why) for kind, pattern, why in _kinds() if pattern.search(text)), ("other", ""))


@cache
def _targets() -> dict[str, tuple[str, tuple[_Phrase, ...]]]:
    """Return target -> (the kind of question that asks for it, its phrases)."""
    rows = tomllib.loads(_words())["targets"]
    return {
        target: (
            row["kind"],
            tuple(_Phrase(_compiled(one["pattern"]), one["weight"], one["why"]) for one in row["phrases"]),
        )
        for target, row in rows.items()
    }


@cache
def _vague() -> frozenset[str]:
    return frozenset(target for target, row in tomllib.loads(_words())["targets"].items() if row.get("vague"))


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple((row["kind"], _compiled(row["pattern"]), row["why"]) for row in tomllib.loads(_words())["kinds"])


@cache
def _words() -> str:
    return resources.files("candour.reading").joinpath("phrases.toml").read_text(encoding="utf-8")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
