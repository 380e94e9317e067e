"""What one cell says, by the kind of its field: a plain value on one reading only, or a sentence why not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from candour.reading import days, fields
from candour.rules import schemes, tiers

NotUnderstood = days.NotUnderstood


class Cell(NamedTuple):
    """A cell as read: a plain value (None: blank), how sure, its time (ISO, London), facts beside it, or a problem."""

    value: str | int | None = None
    precision: str | None = None
    time: str | None = None
    also: tuple[tuple[str, str | int], ...] = ()
    problem: str | None = None


@dataclass(frozen=True)
class Setting:
    """How this sheet writes its cells: the order of days in figures, and the day it is read on (London).

    `mapped`: a mapping may say what its values mean, which one value that somebody typed has not.
    """

    today: date
    date_order: str = "dmy"
    mapped: bool = False


BLANK = Cell()
_LONGEST = {"reference": 100, "text": 255}
_LONGEST_VALUE = 200
_LARGEST_COUNT = 1_000_000_000
_PLACEHOLDERS = {"-", "--", "–", "—", "n/a", "na", "not applicable", "."}
_NOT_KNOWN = set(fields.NOT_KNOWN)
_TOLD = {"yes", *fields.YES, "told", "reported", "notified", "informed"}
_NOT_TOLD = {"no", *fields.NO, "none", "never", "not told", "not reported", "not notified", "not informed"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHEET_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = re.compile(r"\d+(?:\.0+)?|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_PEOPLE = re.compile(r"\s*\b(?:people|persons?|individuals?|data subjects?|children|staff|employees)$", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:about|approximately|approx\b\.?|around|roughly|circa|ca?\b\.?|~)\s*", re.IGNORECASE)
_ABOUT_AFTER = re.compile(r"\s*\(?\bapprox(?:\.|imately)?\)?$", re.IGNORECASE)
_AT_MOST = re.compile(r"^(?:up to|at most|no more than|not more than|max(?:imum)?\b\.?(?: of)?|<=|≤)\s*", re.IGNORECASE)
_BELOW = re.compile(r"^(?:fewer than|less than|under|below|<)\s*", re.IGNORECASE)


def reader(field: fields.Field, setting: Setting) -> Callable[[str], Cell]:
    """Return the function that reads the cells of one field; what it cannot read comes back as a problem."""
    read = _KINDS[field.kind]

    def cell(text: str) -> Cell:
        try:
            return read(field, text, setting)
        except NotUnderstood as why:
            return Cell(problem=str(why))

    return cell


def _words(_field: fields.Field, text: str, _setting: Setting) -> Cell:
    """Keep free text whole; a control character, which no page could show, becomes a visible mark."""
    tidy = text.strip()
    if "\r" in tidy:
        tidy = tidy.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(_CONTROL.sub("\ufffd", tidy) or None)


def _reference(field: fields.Field, text: str, setting: Setting) -> Cell:
    return _text(field, text, setting) if _without_control(text).strip().casefold() not in _PLACEHOLDERS else BLANK


def _text(field: fields.Field, text: str, _setting: Setting) -> Cell:
    tidy = " ".join(_without_control(text).split())
    if tidy.startswith("="):
        raise NotUnderstood("The cell holds a formula as text; write what it stands for.")
    if _SHEET_ERROR.fullmatch(tidy):
        raise NotUnderstood(f"The cell holds the error {tidy} of a formula; write what it stands for.")
    if len(tidy) > _LONGEST[field.kind]:
        raise NotUnderstood(f"The text is longer than {_LONGEST[field.kind]} characters; put it in the description.")
    return Cell(tidy or None)


def _without_control(text: str) -> str:
    if _CONTROL.search(text):
        raise NotUnderstood("The text carries a control character that no page can show; type it again.")
    return text


def _bare(text: str) -> str:
    """Give the text of a cell that is not words, or nothing for a placeholder such as a dash."""
    tidy = _without_control(text).strip()
    if len(tidy) > _LONGEST_VALUE:
        raise NotUnderstood("The text is too long for this column; put it in the description.")
    return "" if tidy.casefold() in _PLACEHOLDERS else tidy


def _day(_field: fields.Field, text: str, setting: Setting) -> Cell:
    return _moment(text, setting)._replace(time=None)


def _day_and_time(_field: fields.Field, text: str, setting: Setting) -> Cell:
    return _moment(text, setting)


def _told(field: fields.Field, text: str, setting: Setting) -> Cell:
    """Read the day of telling, or whether: told ("yes": on a day not known), not told (no, blank), not known."""
    name = field.name.removesuffix("_on")
    tidy = _bare(text)
    word = fields.plain(tidy)
    if not tidy or word in _NOT_TOLD:
        return Cell(also=((name, "no"),))
    if word in _TOLD:
        return Cell(precision="unknown", also=((name, "yes"),))
    if word in _NOT_KNOWN:
        return Cell(precision="unknown", also=((name, "not-known"),))
    return _day(field, text, setting)._replace(also=((name, "yes"),))


def _moment(text: str, setting: Setting) -> Cell:
    tidy = _bare(text)
    if not tidy:
        return BLANK
    if fields.plain(tidy) in _NOT_KNOWN:
        return Cell(precision="unknown")
    moment = days.read(tidy, setting.date_order)
    days.check(moment.day, setting.today)
    precision = None if moment.precision == "exact" else moment.precision
    return Cell(moment.day.isoformat(), precision, moment.at.isoformat() if moment.at else None)


def _count(field: fields.Field, text: str, _setting: Setting) -> Cell:
    tidy = _PEOPLE.sub("", _bare(text))
    if not tidy:
        return BLANK
    if fields.plain(tidy) in _NOT_KNOWN:
        return Cell(precision="unknown")
    for pattern, less in ((_AT_MOST, 0), (_BELOW, 1)):
        if pattern.match(tidy):
            return _at_most(field, max(_number(pattern.sub("", tidy), text) - less, 0))
    bare = _ABOUT_AFTER.sub("", _ABOUT.sub("", tidy))
    return Cell(_number(bare, text), None if bare == tidy else "approximate")


def _at_most(field: fields.Field, bound: int) -> Cell:
    if field.name.endswith("_at_most"):
        return Cell(bound)
    return Cell(also=((f"{field.name}_at_most", bound),))


def _number(bare: str, text: str) -> int:
    word = bare.casefold().strip()
    if word in {"none", "nil"}:
        return 0
    if word in _SMALL:
        return _SMALL.index(word)
    if not _NUMBER.fullmatch(word):
        raise NotUnderstood(f"“{_short(text)}” cannot be read as a number of people; write 40, about 40 or up to 40.")
    number = int(re.sub(r"\D", "", word.partition(".")[0])[:20])
    if number > _LARGEST_COUNT:
        raise NotUnderstood(f"“{_short(text)}” is more people than can be; look up the number and mend it.")
    return number


def _whole(_field: fields.Field, text: str, _setting: Setting) -> Cell:
    tidy = _bare(text)
    if not tidy or fields.plain(tidy) in _NOT_KNOWN:
        return BLANK
    bare = tidy.lstrip("£").strip()
    number = int(re.sub(r"\D", "", bare.partition(".")[0])[:20]) if _NUMBER.fullmatch(bare) else _LARGEST_COUNT + 1
    if number > _LARGEST_COUNT:
        raise NotUnderstood(f"“{_short(text)}” cannot be read as a whole number; write 40 or 1,200.")
    return Cell(number)


def _short(text: str) -> str:
    return text.strip()[:80]


def _choice(field: fields.Field, text: str, setting: Setting) -> Cell:
    tidy = _bare(text)
    if not tidy:
        return BLANK
    try:
        return Cell(_spoken_choices(field.name)[fields.plain(tidy)])
    except KeyError:
        raise NotUnderstood(_not_one_of(text, field.choices, setting)) from None


@cache
def _spoken_choices(name: str) -> Mapping[str, str]:
    choices = fields.BY_NAME[name].choices
    return {fields.plain(word): choice for choice, words in choices.items() for word in (choice, *words)}


def _not_one_of(text: str, choices: Mapping[str, object], setting: Setting) -> str:
    words = ", ".join(choices)
    named = ", or name it in the mapping's values" if setting.mapped else ""
    return f"“{_short(text)}” is not one of {words}; write one of these{named}."


def _code(field: fields.Field, text: str, setting: Setting) -> Cell:
    tidy = _bare(text)
    if not tidy:
        return BLANK
    code = schemes.read_code(field.scheme, tidy)
    if code is None and field.scheme == "tiers" and fields.plain(tidy) in _NOT_KNOWN:
        code = tiers.UNDETERMINED
    if code is None:
        codes = dict.fromkeys(category.code for category in schemes.scheme(field.scheme).categories)
        raise NotUnderstood(_not_one_of(text, codes, setting))
    return Cell(code)


_KINDS: Mapping[str, Callable[[fields.Field, str, Setting], Cell]] = {
    "reference": _reference,
    "text": _text,
    "words": _words,
    "day": _day,
    "moment": _day_and_time,
    "told": _told,
    "count": _count,
    "whole": _whole,
    "choice": _choice,
    "code": _code,
}
