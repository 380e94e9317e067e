"""Finds every identifier in a text in a few passes; a line break ends what belongs together (the cells of a column)."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from candour.screening.findings import masked
from candour.screening.identifiers import numbers, sorts
from candour.screening.identifiers.sorts import Sort


class Found(NamedTuple):
    """One identifier: its sort, and its signs without spaces, by which two are known to be the same."""

    sort: Sort
    value: str


class Labelled(NamedTuple):
    """A sort that is known by what stands in front of it, or over its column; each label begins with an anchor."""

    sort: Sort
    anchors: tuple[str, ...]
    label: str
    value: str
    holds: Callable[[str], bool] = bool


LABELLED = (
    Labelled(
        sorts.BIRTH_DATE,
        ("birth", "born", "dob", "d.o.b"),
        r"birth(?:[ -]?da(?:te|y))?|born(?: on)?|dob|d\.o\.b\.?",
        numbers.DATE,
    ),
    Labelled(
        sorts.NHS_NUMBER,
        ("nhs", "chi"),
        r"(?:nhs|chi) ?(?:no|num(?:ber)?|id)?\.?",
        numbers.NHS_NUMBER,
        lambda value: numbers.is_nhs_number(numbers.digits(value)),
    ),
    Labelled(sorts.BANK_ACCOUNT, ("sort",), r"sort[ -]?codes?", numbers.SORT_CODE),
    Labelled(sorts.BANK_ACCOUNT, ("acc", "a/c"), r"(?:account|acct?|a/c) ?(?:no|num(?:ber)?)\.?", numbers.ACCOUNT),
    Labelled(
        sorts.VEHICLE,
        ("reg", "vrm", "plate"),
        r"(?:reg(?:istration)?(?: ?(?:no|num(?:ber)?|mark|plate))?\.?|vrm|plate)",
        rf"(?:{numbers.PLATE}|{numbers.OLD_PLATE})",
    ),
)
_BETWEEN = r"[^\w\n]{0,6}(?:(?:is|was|of|no|number)\b[^\w\n]{1,3})?"
_SAID = [re.compile(rf"(?<!\w)(?:{one.label}){_BETWEEN}({one.value})(?!\w)", re.IGNORECASE) for one in LABELLED]
_HEADS = [re.compile(rf"(?<!\w)(?:{one.label})(?!\w)", re.IGNORECASE) for one in LABELLED]
_CELLS = [re.compile(rf"\s*({one.value})\s*", re.IGNORECASE) for one in LABELLED]

_LETTERS = re.compile(
    rf"\b(?:(?P<ni>{numbers.NI_NUMBER})|(?P<postcode>{numbers.POSTCODE})|(?P<plate>{numbers.PLATE})|(?P<iban>{numbers.IBAN}))\b"
)
_SMALL_LETTERS = re.compile(
    rf"(?m)^[ \t]*(?:(?P<ni>{numbers.NI_NUMBER})|(?P<postcode>{numbers.POSTCODE}))[ \t]*$", re.IGNORECASE
)
_DIGITS = re.compile(
    rf"(?<![\w.,-])(?<!\d )(?:(?P<telephone>{numbers.TELEPHONE})|(?P<nhs>{numbers.NHS_NUMBER}))(?![\w-])(?! \d)"
)
_LOCAL = re.compile(r"[\w.+'-]{1,64}\Z")
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}\b", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(rf"([\w.+'-]{{1,64}}@{_HOST.pattern})", re.IGNORECASE)
_PRIVATE_HOSTS = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|protonmail|proton|gmx|btinternet|sky"
    r"|talktalk|virginmedia|ntlworld|blueyonder|tiscali|btopenworld)\.(?:com|co\.uk|net|me|uk)",
    re.IGNORECASE,
)
_NHS_DIGITS = 10
_SHORTEST = 6
"""Characters of the shortest identifier, a postcode in its shortest form: shorter cells cannot hold one."""


def search(text: str) -> Iterator[Found]:
    """Yield every identifier in a text that is known by its shape, or by what stands in front of it."""
    yield from _by_shape(_LETTERS, text)
    yield from _by_shape(_DIGITS, text)
    yield from _by_labels(text.lower())
    yield from _addresses(text)


def search_cells(cells: Iterable[str], label: int | None) -> Iterator[Found]:
    """Yield every identifier in the cells of a column; `label` is what its header says they are (`labelled`)."""
    long = [cell for cell in cells if len(cell) >= _SHORTEST and not cell.isalpha()]
    yield from search("\n".join(cell for cell in long if not cell.isdecimal()))
    yield from _by_shape(_SMALL_LETTERS, "\n".join(cell for cell in long if cell.islower()))
    yield from _plain_numbers(cell for cell in long if cell.isdecimal())
    if label is not None:
        yield from _under_label(long, label)


def labelled(header: str) -> int | None:
    """Say which of LABELLED a column's header names, if any."""
    return next((number for number, head in enumerate(_HEADS) if head.search(header)), None)


def masking(text: str) -> str:
    """Return a short text, such as the name of a sheet or a file, with the identifiers in it masked."""
    for pattern in (_LETTERS, _DIGITS):
        text = pattern.sub(lambda match: _masked(match[0]) if any(_of_match(match)) else match[0], text)
    for said in (*_SAID, _WHOLE_ADDRESS):
        text = said.sub(lambda match: match[0].replace(match[1], _masked(match[1])), text)
    return text


def _masked(identifier: str) -> str:
    return masked("".join(identifier.split()))


def _by_shape(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield from _of_match(match)


def _of_match(match: re.Match[str]) -> Iterator[Found]:
    """Yield the identifier that a match of letters or of digits is, if it is one."""
    value = match[0].replace(" ", "").strip().upper()
    kind = match.lastgroup
    if kind == "ni" and numbers.is_ni_number(value):
        yield Found(sorts.NI_NUMBER, value)
    elif kind == "postcode" and numbers.is_postcode(value):
        yield Found(sorts.POSTCODE, value)
    elif kind == "plate" and not value.startswith("FY"):  # FY15 is a financial year
        yield Found(sorts.VEHICLE, value)
    elif kind == "iban" and numbers.is_iban(value):
        yield Found(sorts.BANK_ACCOUNT, value)
    elif kind == "telephone":
        yield from _telephone(numbers.national(match[0]))
    elif kind == "nhs":
        yield from _nhs_number(numbers.digits(match[0]), grouped=not match[0].isdecimal())


def _plain_numbers(cells: Iterable[str]) -> Iterator[Found]:
    """Cells of nothing but digits need no pattern: their length says what they may be."""
    for cell in cells:
        if len(cell) == _NHS_DIGITS and cell.isascii():
            yield from _nhs_number(cell, grouped=False)
        if cell[0] == "0":
            yield from _telephone(numbers.national(cell))


def _telephone(number: str) -> Iterator[Found]:
    if numbers.is_telephone(number):
        yield Found(sorts.MOBILE if numbers.is_mobile(number) else sorts.TELEPHONE, number)


def _nhs_number(number: str, *, grouped: bool) -> Iterator[Found]:
    if numbers.is_nhs_number(number) and numbers.was_issued(number):
        yield Found(sorts.NHS_NUMBER if grouped else sorts.MAYBE_NHS_NUMBER, number)


def _by_labels(text: str) -> Iterator[Found]:
    for one, said in zip(LABELLED, _SAID, strict=True):
        for anchor in one.anchors:
            for start in _places(anchor, text):
                match = said.match(text, start)
                if match and one.holds(match[1]):
                    yield Found(one.sort, _plain(match[1]))


def _places(sign: str, text: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + 1)


def _under_label(cells: Iterable[str], label: int) -> Iterator[Found]:
    one, whole = LABELLED[label], _CELLS[label]
    for cell in cells:
        match = whole.fullmatch(cell)
        if match and one.holds(match[1]):
            yield Found(one.sort, _plain(match[1]))


def _addresses(text: str) -> Iterator[Found]:
    for at in _places("@", text):
        local, host = _LOCAL.search(text, max(0, at - 64), at), _HOST.match(text, at + 1)
        if local and host:
            private = _PRIVATE_HOSTS.fullmatch(host[0]) is not None
            yield Found(sorts.PRIVATE_EMAIL if private else sorts.EMAIL, f"{local[0]}@{host[0]}".lower())


def _plain(value: str) -> str:
    return re.sub(r"[ -]", "", value).upper()
