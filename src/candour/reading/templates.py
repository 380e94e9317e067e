"""Knows the lines on which a questionnaire wants its answers ("Answer FY11-12:"), and what an answer looks like."""

import re
from collections.abc import Iterable

from candour.rules import years

_PERIOD = (
    r"(?:(?:FY|financial year|calendar year|year)\s?)?"
    r"(?<!\d)(?:(?:19|20)?\d{2}\s?[-/–]\s?(?:19|20)?\d{2}|(?:19|20)\d{2})(?!\d)"
)
_LABEL = re.compile(rf"({_PERIOD})(?:\s*[:=]|\s+[–-](?=\s))\s*", re.IGNORECASE)
_ANSWER_WORD = r"(?:(?:please\s+)?answer|response|ans)\s*:?\s*"
_OFFERED = re.compile(
    r"yes\s*[,/]\s*(?:or\s+)?no\b"
    r"(?:\s*[,/]\s*(?:or\s+)?(?:only\s+since(?:\s*\(?date\)?)?|not\s+known|don[’']t\s+know|partly))*",
    re.IGNORECASE,
)
_OFFERED_LINE = re.compile(rf"{_ANSWER_WORD}\(?(?:{_OFFERED.pattern})\)?\s*[:.]?\s*", re.IGNORECASE)
_YEARS_LINE = re.compile(
    rf"(?:{_ANSWER_WORD})(?:{_PERIOD})\s*:|(?:{_PERIOD})\s*:\s*\S{{0,12}}\s+(?:{_PERIOD})\s*:?", re.IGNORECASE
)
_EMPTY_LABEL = re.compile(rf"(?:{_ANSWER_WORD})?{_PERIOD}\s*:", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:\banswer\b|[?)]).*?"
    rf"(?:answer\s*:?|yes\s*[,/]|no\s*[,/]?|only|since|{_PERIOD}\s*:?\s*\S{{0,12}})$",
    re.IGNORECASE,
)
_REST = re.compile(rf"(?:yes|no|only|since|\(?date\)?)\b|\(date\)|(?:{_PERIOD}\s*:\s*)+$", re.IGNORECASE)
_ANSWER = re.compile(
    r"(?:yes|no|nil|none|zero|n/a|not (?:held|known|recorded|applicable)"
    r"|(?:approx(?:imately|\.)?|about|circa|c\.)?\s*[\d,]+)\b[^?]{0,3}"
    rf"|(?:{_PERIOD})\s*[:=\t–-]\s*\S+",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:answer|response|reply|our (?:response|answer|reply)|ans)\s*[:–-]\s*\S", re.IGNORECASE)


def begins(line: str) -> bool:
    """Say whether a line is for the answer, empty or filled."""
    text = line.strip()
    return bool(
        _OFFERED_LINE.match(text) or _YEARS_LINE.match(text) or _EMPTY_LABEL.fullmatch(text) or _answer_word_alone(text)
    )


def goes_on(before: str, after: str) -> bool:
    """Say whether a template was wrapped onto the next line: "Answer: Yes, No," and "Only since (date):"."""
    return bool(_UNFINISHED.search(before) and _REST.match(after))


def is_answer(line: str) -> bool:
    """Say whether a line can be nothing but an answer: a number, yes or no, a year with its number, "Response: …"."""
    text = line.strip()
    return bool(_ANSWER.fullmatch(text) or (_LABELLED.match(text) and not begins(text)))


def split_glued(text: str) -> tuple[str, str]:
    """Split a line into the question and the template that is glued to its end ("" where there is none)."""
    for pattern in (_OFFERED_LINE, _YEARS_LINE):
        found = pattern.search(text)
        if found and (not found.start() or text[: found.start()].rstrip()[-1:] in tuple("?.):")):
            return text[: found.start()].rstrip(), text[found.start() :]
    return text, ""


def split_filled(line: str) -> tuple[str, str]:
    """Split a template line into the template and what was written on it; a filled grid is all answer."""
    if found := _OFFERED_LINE.match(line):
        return line[: found.end()].strip(), line[found.end() :].strip()
    filled = any(value for _, value in pairs(line))
    return ("", line) if filled else (line, "")


def pairs(line: str) -> list[tuple[str, str]]:
    """Return (label of a period, what stands after it) of "FY11-12: 3 FY12-13: 4"; [] where no label is a period."""
    found = [match for match in _LABEL.finditer(line) if years.read(match[1].strip())]
    ends = [*(match.start() for match in found[1:]), len(line)]
    return [(match[1].strip(), line[match.end() : end].strip(" \t,;")) for match, end in zip(found, ends, strict=False)]


def label_and_text(line: str) -> tuple[str, str]:
    """Split "2011/12 – 37" and a table's row into the label of a period and what follows; "" twice for other lines."""
    found = re.fullmatch(rf"\s*({_PERIOD})\s*(?:[–—:-]\s*|\s)\s*(\S.*)", line, re.IGNORECASE)
    return (found[1], found[2]) if found and years.read(found[1]) else ("", "")


def offered(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the answers that a yes-or-no question offers, as its template words them."""
    for text in texts:
        if found := _OFFERED.search(text):
            return tuple(_choice(part) for part in re.split(r"\s*[,/]\s*(?:or\s+)?", found[0]))
    return ()


def _choice(words: str) -> str:
    return words.strip()[:1].upper() + words.strip()[1:]


def _answer_word_alone(text: str) -> bool:
    return bool(re.fullmatch(r"(please\s+)?answer\s*:?", text, re.IGNORECASE))
