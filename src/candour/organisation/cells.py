"""Reads a row of plain values into a frozen dataclass, field by field, says all that is wrong, and writes it back."""

import dataclasses
import re
import string
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, TypeVar, get_type_hints
from urllib.parse import urlsplit

from candour.ledger.seal import plain
from candour.rules.refusals import WrongInput

NOT_KNOWN = "not-known"
LONGEST_SHOWN = 60
LONGEST_LINE = 300
LONGEST_WORDS = 20_000
NOT_CONTENT = "since"
"""The field that says from when a particular holds; it lies beside the content, not in it."""

Row = TypeVar("Row")
Reader = Callable[[Any], Any]


class Unlike(ValueError):  # noqa: N818 - read() turns it into a Refusal's sentence
    """A value is not what its field takes; the text says what to write instead."""


class Unusable(WrongInput):
    """Several things are wrong at once; `problems` names each, `str()` all of them in one line."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def read(kind: type[Row], row: Mapping[str, Any]) -> Row:
    """Read one row; None and "" count as not given. Raises Unusable, which names every field that is wrong.

    What lies in the record is read by it too, so a reader may come to take more than it did, never less.
    """
    about: type = kind
    readers = _readers(about)
    given = {name: value for name, value in row.items() if value is not None and value != ""}
    unknown = [name for name in given if name not in readers]
    problems = [f"{name} is no field here; the fields are {', '.join(readers)}" for name in unknown]
    problems += [f"{name} is missing" for name in _required(about) if name not in given]
    values = {}
    for name in given.keys() & readers.keys():
        try:
            values[name] = readers[name](given[name])
        except ValueError as fault:
            problems.append(f"{name} is {_shown(given[name])}; write {fault}")
    if problems:
        raise Unusable(sorted(problems))
    try:
        return kind(**values)
    except ValueError as fault:
        raise Unusable([str(fault)]) from fault


def content(row: Any) -> dict[str, Any]:
    """Write a row as plain JSON: what differs from a field's default, so that a new field changes no old row."""
    values = dataclasses.asdict(row)
    kept = [field for field in dataclasses.fields(row) if field.name != NOT_CONTENT]
    return {field.name: plain(values[field.name]) for field in kept if getattr(row, field.name) != field.default}


@cache
def _readers(kind: type) -> dict[str, Reader]:
    hints = get_type_hints(kind, include_extras=True)
    names = [field.name for field in dataclasses.fields(kind) if field.name != NOT_CONTENT]
    return {name: hints[name].__metadata__[0] for name in names}


@cache
def _required(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def of_form(pattern: str, says: str) -> Reader:
    """Make a reader that takes text of a form."""

    def match(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise Unlike(says)
        return value

    return match


def one_of(*choices: str) -> Reader:
    """Make a reader that takes one of a closed list."""

    def choose(value: Any) -> str:
        if value not in choices:
            raise Unlike(" or ".join(choice or '""' for choice in choices))
        return str(value)

    return choose


def some_of(*choices: str) -> Reader:
    """Make a reader that takes a list of members of a closed list."""

    def choose(value: Any) -> tuple[str, ...]:
        if not isinstance(value, list | tuple) or not value or any(item not in choices for item in value):
            raise Unlike(f"a list of some of {', '.join(choices)}")
        return tuple(sorted(set(value)))

    return choose


def _line(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_LINE or not text.isprintable():
        raise Unlike(f"one line of text of at most {LONGEST_LINE} letters")
    return text


def _words(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > LONGEST_WORDS or not text.replace("\n", "").replace("\t", "").isprintable():
        raise Unlike("a text")
    return text


_slug = of_form(
    r"[a-z0-9]{1,40}(-[a-z0-9]{1,40}){0,7}", "small letters, digits and single hyphens, such as it-supplier"
)


def _slugs(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise Unlike('a list, such as ["policy"]')
    return tuple(_slug(item) for item in value)


def _lines(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise Unlike('a list of lines, such as ["Sample Body", "1 Example Street"]')
    return tuple(_line(item) for item in value)


def _count(value: Any) -> int | None:
    if value == NOT_KNOWN:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise Unlike(f'a whole number from 0, or "{NOT_KNOWN}"')
    return value


def _ordinal(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Unlike("a whole number from 1")
    return value


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unlike("true or false")
    return value


def day(value: Any) -> date:
    """Read a day: a date, or ISO text; ValueError for a moment, which would need a time zone."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except (TypeError, ValueError) as fault:
        raise Unlike("a day such as 2014-04-01") from fault


def _version(value: Any) -> str:
    if isinstance(value, float):
        raise Unlike('the version between quotation marks, such as "2.10"')
    return _line(str(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def _link(value: Any) -> str:
    text = _line(value)
    if urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname or " " in text:
        raise Unlike("an address that begins with https://")
    return text


def _mailbox(value: Any) -> str:
    text = _line(value)
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text):
        raise Unlike("an e-mail address")
    return text


def _contacts(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    try:
        return tuple((_line(label), _lines(lines)) for label, lines in value)
    except (TypeError, ValueError) as fault:
        raise Unlike('a list such as [["Post", ["1 Example Street"]], ["Telephone", ["020 7946 0000"]]]') from fault


def _pattern(value: Any) -> str:
    text = _line(value)
    names = re.findall(r"\{(yyyy|yy|serial(?::0[1-9])?)\}", text)
    left = re.sub(r"\{(yyyy|yy|serial(:0[1-9])?)\}", "", text)
    if "{" in left or "}" in left or not any(name.startswith("serial") for name in names):
        raise Unlike('a pattern with {serial} and, if you like, {yy} or {yyyy}, such as "SB/FOI {yy}-{serial:03}"')
    return text


def placeholders(text: str) -> frozenset[str]:
    """Name what stands between braces in a text; ValueError where the braces do not pair or hold more than a name."""
    parts = [part for part in string.Formatter().parse(text) if part[1] is not None]
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise Unlike("only a name stands between braces")
    return frozenset(str(name) for _, name, _, _ in parts)


Line = Annotated[str, _line]
Words = Annotated[str, _words]
Slug = Annotated[str, _slug]
Slugs = Annotated[tuple[str, ...], _slugs]
Lines = Annotated[tuple[str, ...], _lines]
Count = Annotated[int | None, _count]
Ordinal = Annotated[int, _ordinal]
Yes = Annotated[bool, _yes]
Day = Annotated[date, day]
OptionalDay = Annotated[date | None, day]
Version = Annotated[str, _version]
Link = Annotated[str, _link]
Mailbox = Annotated[str, _mailbox]
Contacts = Annotated[tuple[tuple[str, tuple[str, ...]], ...], _contacts]
Pattern = Annotated[str, _pattern]
