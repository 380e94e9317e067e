"""Knows how people number questions: 1a. · 1. a) · Q1a · 1(a) · 1.a · 2.1 · 3) · (b) · iv) · bullets."""

import re
from dataclasses import dataclass

_Q = r"(?:(?i:Q(?:u|n|uestion)?)[ .]{0,2})"
_LETTER = r"[A-Za-z]"
_AFTER = r"(?P<end>[.,:;)\]\-–]*)(?=\s|$|[A-Z“\"‘'(])"
_STYLES = (
    # (style, pattern); the first that fits is taken
    ("letter", rf"(?P<number>{_Q}?\(?(?P<main>\d{{1,2}})(?P<sub>{_LETTER})\)?){_AFTER}"),
    ("letter", rf"(?P<number>{_Q}?(?P<main>\d{{1,2}})[.)]?\s{{0,3}}\((?P<sub>{_LETTER}|[ivx]{{1,4}})\)){_AFTER}"),
    ("letter", rf"(?P<number>{_Q}?(?P<main>\d{{1,2}})[.)]\s{{0,3}}(?P<sub>[a-z])[.)])(?P<end>[:\-–]*)(?=\s|$)"),
    ("letter", rf"(?P<number>{_Q}?(?P<main>\d{{1,2}})\.(?P<sub>[a-z])){_AFTER}"),
    ("letter", rf"(?P<number>{_Q}(?P<main>\d{{1,2}})\s(?P<sub>[a-z])){_AFTER}"),
    ("decimal", rf"(?P<number>{_Q}?(?P<main>\d{{1,2}})\.(?P<sub>\d{{1,2}})){_AFTER}"),
    ("main", rf"(?P<number>{_Q}(?P<main>\d{{1,2}})){_AFTER}"),
    ("main", r"(?P<number>\(?(?P<main>\d{1,2}))(?P<sub>)(?P<end>[.,:)][.:)\-–]*)(?=\s|$|[A-Z“\"‘'(])"),
    ("weak", r"(?P<number>(?P<main>\d{1,2}))(?P<sub>)(?P<end>)(?=\s+[A-Z])"),
    ("sub", r"(?P<number>\((?P<sub>[a-z]|[ivx]{1,4})\))(?P<end>[.:\-–]*)(?=\s|$)"),
    ("sub", r"(?P<number>(?P<sub>[a-z]|[ivx]{1,4})[.)])(?P<end>[:\-–]*)(?=\s|$|[A-Z])"),
    ("capital", r"(?P<number>(?P<sub>[A-H]))(?P<end>[.,:)])(?=\s|$)"),
    ("bullet", r"(?P<number>)[•·▪◦‣●\uf0b7*–—-](?P<end>)(?=\s)"),
    ("bullet", r"(?P<number>)o(?P<end>)(?=\s+[A-Z])"),
)
_PATTERNS = tuple((style, re.compile(pattern)) for style, pattern in _STYLES)
_SPLIT = re.compile(rf"(?<=[?.:)])\s+(?={_Q}?\d{{1,2}}[a-h][.)]\s+[A-Z])")
_ANSWER = re.compile(r"A(?:ns(?:wer)?)?[ .]?\d{1,2}[a-h]?[.:)]\s|A:\s")


@dataclass(frozen=True)
class Opening:
    """How a line opens: its number as written, its style, the parts of its number and the rest of the line."""

    number: str
    style: str
    main: str
    sub: str
    rest: str

    @property
    def key(self) -> str:
        """Return the number as it is compared: 1a for "Q1 (a)."; "" for a bullet."""
        return key(f"{self.main}{'.' if self.style == 'decimal' else ''}{self.sub}")


def opening(line: str) -> Opening | None:
    """Return how a line opens, or None where it begins with words; whether it asks is another matter."""
    text = line.strip()
    if _ANSWER.match(text):
        return None
    for style, pattern in _PATTERNS:
        if found := pattern.match(text):
            parts = found.groupdict()
            number = _as_written(parts["number"] + _closing(parts["number"], parts["end"]))
            rest = text[found.end() :].lstrip(" \t.,:)-–")
            return Opening(number, style, parts.get("main") or "", (parts.get("sub") or "").lower(), rest)
    return None


def key(number: str) -> str:
    """Return a number as it is compared, whatever marks and spaces it was written with."""
    return re.sub(r"^q(u|n|uestion)?(?=\d)", "", re.sub(r"[^0-9a-z.]|\.(?!\d)", "", number.lower()))


def below(above: str, opened: Opening) -> str:
    """Return the full number of a line: "1. b)" for one that opens "b)" below "1. a)" or below "1"."""
    if opened.style != "sub" or not re.search(r"\d", above):
        return opened.number
    if above[-1].isdigit():
        return f"{above}{opened.number}" if opened.number.startswith("(") else f"{above}. {opened.number})"
    return re.sub(r"(?<![A-Za-z])[A-Za-z]+(?=\W*$)|(?<=\d)[A-Za-z](?=\W*$)", opened.sub, above)


def split_glued(line: str) -> list[str]:
    """Split a line in which several lettered questions follow each other."""
    return _SPLIT.split(line)


def is_answer_label(line: str) -> bool:
    """Say whether a line opens as an answer does in a letter of Q and A: "A1:"."""
    return bool(_ANSWER.match(line.strip()))


def _closing(number: str, end: str) -> str:
    """The bracket that closes "1. a)" or "(3)" belongs to the number; a full stop after it does not."""
    opened = number.startswith("(") and ")" not in number
    return ")" if end.startswith(")") and opened else ""


def _as_written(number: str) -> str:
    number = " ".join(number.split())
    plain = re.fullmatch(r"(\w+)[.)]", number)
    return plain[1] if plain else number
