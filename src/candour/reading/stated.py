"""Reads one answer of a letter as a status and a value: "37", "nil", "fewer than five", "not held", "section 40(2)"."""

import re

Stated = tuple[str, int | str | None]
"""A status of the one list, and a number, a word ("Yes") or None."""

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,12}"
_SUPPRESSED = re.compile(
    r"(?:<|≤|(?:less|fewer) than|under|up to)\s*(?:\d+|five|ten)|\*+|\d or (?:fewer|less)|(?:low|small) numbers?",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(rf"(?:approx(?:imately|\.)?|about|around|circa|c\.|~|roughly)\s*({_NUMBER})", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:there (?:were|was|are|is|have been|has been)"
    r"|(?:we|(?:[\w']+ ){1,3}(?:council|trust|authority|body|department|agency|service)) (?:currently )?"
    r"(?:ha[ds]|have|employs?|recorded|reported|received))\s+"
    rf"(approx(?:imately|\.)?\s+|about\s+|around\s+)?({_NUMBER}|no(?:ne)?|zero)\b[^\d]{{0,60}}",
    re.IGNORECASE,
)
_WORDS = (
    ("ncnd", r"neither confirm(?:s|ed)? n?or den(?:y|ies|ied)"),
    ("cost", r"\bsection 12\b|\bs\.? ?12\b|appropriate limit|cost limit|18 hours|24 hours"),
    ("elsewhere", r"\bsection 21\b|\bs\.? ?21\b|(?:published|available) (?:on|at|from|online)\b.*(?:https?://|www\.)"),
    ("withheld", r"\b(?:withh[eo]ld|exempt(?:ed|ion)?|redacted)\b|\b(?:under|by) section \d+"),
    ("no_longer_held", r"no longer (?:held|hold)|(?:was|were|been) destroyed"),
    ("not_applicable", r"^(?:n/?a|not applicable)$|did not (?:yet )?exist"),
    ("not_held", r"\bnot (?:currently )?(?:held|recorded|collected|hold|record)\b"),
    ("not_held", r"\bno (?:information|records?|data)\b.{0,30}\b(?:held|exists?)\b"),
)
_NO_COUNT = re.compile(
    r"(?:section|s\.?|paragraph|regulation)\s?\d+\S*|(?:FY\s?)?(?:19|20)\d\d(?:\s?[-/–]\s?\d+)?|\d+ (?:hours|[A-Z])"
)
_SPOKEN = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|most|several|few|dozens?)"
_YES_OR_NO = re.compile(
    r"(yes|no)\b(?!\s+\w+(?:\s+\w+){0,3}\s+(?:held|known|recorded|exist))[\s.,;:–-]*", re.IGNORECASE
)


def read(text: str) -> Stated | None:
    """Read an answer that is nothing but a value; None where it cannot be told."""
    clean = " ".join(text.split()).strip(" .;,")
    if re.fullmatch(_NUMBER, clean):
        return "held", int(clean.replace(",", ""))
    if found := _APPROXIMATE.fullmatch(clean):
        return "approximate", int(found[1].replace(",", ""))
    if re.fullmatch(r"nil|none|zero", clean, re.IGNORECASE):
        return "held", 0
    if _SUPPRESSED.fullmatch(clean):
        return "suppressed", None
    if found := _COUNTED.fullmatch(clean):
        return "approximate" if found[1] else "held", int(re.sub(r"\D", "", found[2]) or 0)
    return _in_words(clean)


def read_opening(words: str) -> tuple[Stated | None, str]:
    """Read the value that a few sentences open with, and return what they say besides."""
    words = re.sub(r"^(?:(?:our )?(?:answer|response|reply)|A\d*[a-z]?)\s*[:–-]\s*", "", words, flags=re.IGNORECASE)
    if value := read(words):
        return value, ""
    if found := _YES_OR_NO.match(words):
        return ("held", found[1].capitalize()), words[found.end() :]
    first, _, rest = words.partition(". ")
    value = read(first) if rest else None
    return value, rest if value else ""


def _in_words(text: str) -> Stated | None:
    """A sentence that says one status, and no number that could be a count, is that status."""
    said = {status for status, pattern in _WORDS if re.search(pattern, text, re.IGNORECASE)}
    if len(said) != 1 or _counts(text):
        return None
    return said.pop(), None


def _counts(text: str) -> bool:
    """Say whether a number stands in a sentence, in figures or words, that is neither a year's nor a section's."""
    return bool(re.search(rf"\d|\b{_SPOKEN}\b", _NO_COUNT.sub("", text), re.IGNORECASE))
