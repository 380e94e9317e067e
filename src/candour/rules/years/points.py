"""The ends of a span as people write them: a day, a month or a year, perhaps without its year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from candour.rules.refusals import WrongInput
from candour.rules.years import patterns
from candour.rules.years.spans import MONTHS


@dataclass(frozen=True)
class Point:
    """One end of a span as written: a day, a month or a year, perhaps without its year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def first(self, year: int) -> date:
        return real(year, self.month or 1, self.day or 1)

    def last(self, year: int) -> date:
        month = self.month or 12
        return real(year, month, self.day or calendar.monthrange(year, month)[1])


def read(text: str) -> Point:
    """Read a day, a month or a year; days and months by number are day first, as in the UK."""
    if re.fullmatch(patterns.ISO, text):
        return Point(*(int(part) for part in text.split("-")))
    if re.fullmatch(patterns.NUMBERS, text):
        first, second, third = re.findall(r"\d+", text)
        return Point(full_year(third), int(second), int(first))
    named = re.search(patterns.MONTH, text, re.IGNORECASE)
    numbers = re.findall(r"\d+", text)
    month = _month_number(named[0]) if named else None
    return _around_a_month(numbers, month, short=re.search(r"['’/-]\d\d$", text) is not None)


def _month_number(name: str) -> int:
    return 1 + [month[:3].lower() for month in MONTHS].index(name[:3].lower())


def _around_a_month(numbers: list[str], month: int | None, *, short: bool) -> Point:
    years = [int(number) for number in numbers if len(number) > 2]  # noqa: PLR2004 - a day has two digits at most
    days = [number for number in numbers if len(number) <= 2]  # noqa: PLR2004 - likewise
    if short and days and not years:
        return Point(full_year(days[0]), month)
    return Point(years[0] if years else None, month, int(days[0]) if days else None)


def full_year(digits: str) -> int:
    """Give a year its century: two digits are 1970 to 2069."""
    number = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - two digits leave the century out
        return number
    return 1900 + number if number >= 70 else 2000 + number  # noqa: PLR2004 - 1970 to 2069


def real(year: int, month: int, day: int) -> date:
    """Give a day; WrongInput for one that no calendar has, such as 31 September."""
    try:
        return date(year, month, day)
    except ValueError:
        raise WrongInput(f"There is no day {day} in month {month} of {year}; check the date.") from None
