"""The patterns of a body's own references, told by the references it has: `INC-2014/7` is of `INC-20##/#`."""

import re
from collections.abc import Iterable

MOST = 60
"""Patterns that are looked for at once."""
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST = 6
"""Digits of the shortest reference of nothing but digits that can be told from a number."""
_BESIDES = 3
"""How many of them are no year's: `2014-15` is a financial year."""
_LONGEST = 60
_SIGNS = re.compile(r"[#@*]")


def of(references: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of some references, the shortest first, as `findings.Known` has them.

    The last number of one with letters may have fewer digits than any seen. One without letters keeps the first digit
    of each number but a year's, so that `2026-0142` is found and `2014-2015`, two years, is not.
    """
    found = {pattern for reference in references if _tells(reference) for pattern in _patterns(reference)}
    return tuple(sorted(found, key=lambda pattern: (len(pattern), pattern))[:MOST])


def _tells(reference: str) -> bool:
    """Whether a reference can be told from an ordinary word or number."""
    numbers = _DIGITS.findall(reference)
    digits, besides_years = (sum(len(one) for one in some) for some in (numbers, filter(_is_no_year, numbers)))
    plain = len(reference) > _LONGEST or _SIGNS.search(reference) or not digits
    return not plain and (any(map(str.isalpha, reference)) or (digits >= _SHORTEST and besides_years >= _BESIDES))


def _patterns(reference: str) -> Iterable[str]:
    if not any(map(str.isalpha, reference)):
        return [_DIGITS.sub(lambda number: _numbered(number[0]), reference)]
    begin, last = reference, ""
    if match := re.search(r"(\d+)(?!.*\d)", reference):
        begin, last = reference[: match.start()], match[0]
    start = _DIGITS.sub(lambda number: _year(number[0]) or "#" * len(number[0]), begin)
    end = reference[len(begin) + len(last) :]
    if year := _year(last):
        return [f"{start}{year}{end}"]
    return [f"{start}{'#' * length}{end}" for length in range(1, len(last) + 1)]


def _numbered(number: str) -> str:
    return _year(number) or number[0] + "#" * (len(number) - 1)


def _is_no_year(number: str) -> bool:
    return not _YEAR.fullmatch(number)


def _year(number: str) -> str:
    return f"{number[:2]}##" if _YEAR.fullmatch(number) else ""
