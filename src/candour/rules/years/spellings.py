"""How people write periods: one spelling read whole, and every period found in a running text."""

import calendar
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from candour.rules.refusals import WrongInput
from candour.rules.years import patterns, points, spans
from candour.rules.years.spans import EARLIEST, LATEST, Period

_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—―−﹣-", "-"), "\u00a0": " ", "\u202f": " "})
_CUT = rf"(?P<whole>.*\S) \((?:(?P<side>to|from) )?(?P<days>{patterns.DAY_FIRST}(?: to .*)?)\)"
_BARE_YEAR_AFTER = re.compile(
    r"(?:\b(?:in|for|during|of|since|years?|and|or|each|per|financial|calendar|until|to|ending|ended)"
    r"|\b\w\)|\b(?:19|20)\d\d|[:;,(]|^) ?$",
    re.IGNORECASE,
)
# "In 2000 cases" counts cases; no year stands before such a noun.
_COUNTED_THINGS = re.compile(
    r" (?:people|persons|staff|members|employees|records|incidents|events|breaches|cases|pages|words|users|copies"
    r"|devices|laptops|letters|emails|e-mails|files|patients|pupils|hours|pounds)\b",
    re.IGNORECASE,
)
_NAMED: dict[str, Callable[[int], Period]] = {
    r"\btax\b": spans.tax_year,
    r"\b(?:academic|school)\b": spans.academic_year,
    r"\b(?:financial|fiscal|f\.?/?y)": spans.financial_year,
}
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def read(text: str, on: date | None = None) -> Period | None:
    """Read one spelling of a period, whole; None where it is not one, or not one that can be ("2011/15").

    Two-digit years are 1970 to 2069. `on` is the day in London that "last financial year" is said on.
    """
    with suppress(WrongInput):
        return typed(text, on)
    return None


def typed(text: str, on: date | None = None) -> Period:
    """Read a period that a person typed; WrongInput says what is wrong with it."""
    clean = _clean(text).strip(" .:;,")
    if cut := re.fullmatch(_CUT, clean, re.IGNORECASE):
        return _cut(typed(cut["whole"], on), cut["side"] or "", cut["days"])
    match = patterns.scanner().fullmatch(clean)
    found = _periods(match, on) if match else ()
    if len(found) == 1:
        return found[0]
    if found and _WHOLE_RANGE.search(clean):
        return spans.span(found[0].start, found[-1].end)
    raise WrongInput(
        f"“{text}” is not a period; write it as 2014/15, 2014, March 2016 or 1 April 2015 to 31 March 2016."
    )


def find(text: str, on: date | None = None) -> tuple[Period, ...]:
    """Find the periods that a running text names, in order, none twice; a range of years gives each year of it.

    What goes on for ever ("since April 2011") is not one, nor is a day, a statute's year or a number of things.
    "The last three financial years" needs `on`, the day in London it was said.
    """
    return tuple(dict.fromkeys(_named(_clean(text), on)))


def since(text: str) -> date | None:
    """Find from when on a text asks: "since April 2011" and "from 2011/12 onwards" give 1 April 2011."""
    for match in patterns.scanner().finditer(_clean(text)):
        said = [words for words in match.group("since", "onwards", "from", "running") if words]
        if said:
            with suppress(WrongInput):
                return _beginning(said[0], after=match[0].lower().startswith("after"))
    return None


def _clean(text: str) -> str:
    return " ".join(text.translate(_DASHES).split())


def _named(text: str, on: date | None) -> Iterator[Period]:
    speaks_of_years = re.search(r"\byears?\b|\bf\.?/?y", text, re.IGNORECASE) is not None
    for match in patterns.scanner().finditer(text):
        if not _doubtful(match, text, speaks_of_years=speaks_of_years):
            with suppress(WrongInput):
                yield from _periods(match, on)


def _doubtful(match: re.Match[str], text: str, *, speaks_of_years: bool) -> bool:
    """Say whether bare digits in a running text are more likely something else than a period."""
    if match.lastgroup == "year":
        before, after = text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 16]
        said = "calendar" in match[0].lower() or _BARE_YEAR_AFTER.search(before)
        return not said or _COUNTED_THINGS.match(after) is not None
    if match.lastgroup == "list" and re.match(r"\d\d ?[/-] ?\d\d(?!\d)", match[0]):
        return not speaks_of_years or "-" in match[0]
    return False


def _periods(match: re.Match[str], on: date | None) -> tuple[Period, ...]:
    way = match.lastgroup or ""
    made = _relative(match[0], on) if way == "relative" else _MAKERS[way](match[0])
    if any(period.start < EARLIEST or period.end > LATEST for period in made):
        raise WrongInput(f"“{match[0]}” lies outside the years 1900 to 2200; check the years.")
    return made


# ---- one maker a way of writing ----


def _none(_text: str) -> tuple[Period, ...]:
    return ()


def _unclear(text: str) -> tuple[Period, ...]:
    raise WrongInput(f"“{text}” could be the year that begins or the year that ends then; write both, as in 2014/15.")


def _year(text: str) -> tuple[Period, ...]:
    return (spans.calendar_year(int(re.findall(patterns.YEAR, text)[0])),)


def _month(text: str) -> tuple[Period, ...]:
    point = points.read(text)
    return (spans.month_of(point.year or 0, point.month or 0),)


def _dates(text: str) -> tuple[Period, ...]:
    first, last = _ends(text)
    if first.month is None and last.month is None:
        return _year_range(text)
    if last.year is None or (first.year is None and last.month is None):
        raise WrongInput(f"“{text}” has no year at its end; write the year of both ends.")
    end = last.last(last.year)
    year = first.year or last.year
    start = first.first(year)
    if first.year is None and start > end:
        start = first.first(year - 1)
    return (_whole_year(start, end),)


def _ends(text: str) -> tuple[points.Point, points.Point]:
    ends = [found[0] for found in re.finditer(patterns.POINT, text, re.IGNORECASE)]
    return points.read(ends[0]), points.read(ends[-1])


def _whole_year(start: date, end: date) -> Period:
    """Name a span that is exactly a financial, calendar or tax year as that year."""
    for kind in ("financial-year", "calendar-year", "tax-year"):
        year = spans.containing(kind, start)
        if (year.start, year.end) == (start, end):
            return year
    return spans.span(start, end)


def _year_range(text: str) -> tuple[Period, ...]:
    """Read two plain years: "2011 to 2012" is the financial year, "between 2011 and 2012" two calendar years.

    "Financial years 2011 to 2015" begins with the year that starts in 2011 and ends with the one that ends in 2015.
    """
    first, last = (int(year) for year in re.findall(patterns.YEAR, text))
    if last <= first:
        raise WrongInput(f"“{text}” ends before it begins; give the earlier year first.")
    if maker := _maker(text):
        return tuple(maker(year) for year in range(first, last))
    if last == first + 1 and not re.search(r"\b(?:from|between|calendar)\b", text, re.IGNORECASE):
        return (spans.financial_year(first),)
    return tuple(spans.calendar_year(year) for year in range(first, last + 1))


def _maker(text: str) -> Callable[[int], Period] | None:
    for named, maker in _NAMED.items():
        if re.search(named, text, re.IGNORECASE):
            return maker
    return None


def _list(text: str) -> tuple[Period, ...]:
    pairs = list(re.finditer(patterns.PAIR, text, re.IGNORECASE))
    if len(pairs) == 1 and _far_apart(pairs[0][0]):
        return _year_range(text)
    if "calendar" in text.lower():
        _unclear(text)
    years: list[int] = []
    for before, found in zip([None, *pairs], pairs, strict=False):
        start = _start_year(found[0])
        if before and _is_range(text, before.end(), found.start()):
            years += range(years[-1] + 1, start)
        years.append(start)
    return tuple(map(_maker(text) or spans.financial_year, years))


def _far_apart(pair: str) -> bool:
    """Say whether a pair is two years in full that do not follow one another: 2011-2015, not 2011-2012 or 2011/15."""
    found = re.fullmatch(rf"({patterns.YEAR}) ?(?:-|to) ?({patterns.YEAR})", pair, re.IGNORECASE)
    return found is not None and int(found[2]) != int(found[1]) + 1


def _is_range(text: str, end: int, start: int) -> bool:
    joint = text[end:start].lower()
    return re.search(r"-|\b(?:to|until|till|through)\b", joint) is not None or (
        " and" in joint and re.match(r".*\bbetween\b", text[:end].lower()) is not None
    )


def _start_year(pair: str) -> int:
    first, last = re.findall(r"\d+", pair)
    start = points.full_year(first)
    if (start + 1) % 10 ** len(last) != int(last):
        raise WrongInput(f"“{pair}” is not a year: {last} does not follow {first}. Write one year, as in 2014/15.")
    return start


def _academic(text: str) -> tuple[Period, ...]:
    pair, start = re.split(r",? (?:from|starting|beginning)(?: on)? ", text, maxsplit=1, flags=re.IGNORECASE)
    point = points.read(start)
    found = re.search(patterns.PAIR, pair)
    year = _start_year(found[0] if found else "")
    return (spans.academic_year(year, (point.month or 0, point.day or 0)),)


def _ending(text: str) -> tuple[Period, ...]:
    """Read the year that ends on a day, and those that end on it in the years listed after it."""
    found = re.search(
        patterns.POINT, re.split(patterns.ENDING, text, maxsplit=1, flags=re.IGNORECASE)[1], re.IGNORECASE
    )
    point = points.read(found[0] if found else "")
    if point.year is None:
        raise WrongInput(f"“{text}” names no year; write it in full.")
    if point.month is None:
        if not re.search(r"financial|fiscal", text, re.IGNORECASE):
            _unclear(text)
        return (spans.financial_year(point.year - 1),)
    return tuple(_year_to(point.last(int(year))) for year in re.findall(patterns.YEAR, text))


def _year_to(end: date) -> Period:
    after = end + timedelta(days=1)
    return _whole_year(points.real(after.year - 1, after.month, after.day), end)


def _short(text: str) -> tuple[Period, ...]:
    """Read "Apr 14 - Mar 15" as whole years; two digits after a month are a day of it anywhere else."""
    (first, start), (last, end) = re.findall(rf"({patterns.MONTH}) (\d\d)", text, re.IGNORECASE)
    span = _dates(f"{first} {points.full_year(start)} to {last} {points.full_year(end)}")[0]
    whole = (span.end + timedelta(days=1)).month == span.start.month
    return (span,) if whole else ()


def _quarter(text: str) -> tuple[Period, ...]:
    said = re.search(rf"(?:q|qtr|quarter)\.? ?([1-4])(?!\d)|({patterns.ORDINALS}) quarter", text, re.IGNORECASE)
    number = _quarter_number(said) if said else 0
    if pair := re.search(patterns.PAIR, text, re.IGNORECASE):
        return (spans.financial_quarter(_start_year(pair[0]), number),)
    if re.search(r"financial|fiscal|\bf", text, re.IGNORECASE):
        _unclear(text)
    return (spans.calendar_quarter(int(re.findall(patterns.YEAR, text)[0]), number),)


def _quarter_number(said: re.Match[str]) -> int:
    if said[1]:
        return int(said[1])
    return {"fi": 1, "1s": 1, "se": 2, "2n": 2, "th": 3, "3r": 3, "fo": 4, "4t": 4}[said[2][:2].lower()]


def _relative(text: str, on: date | None) -> tuple[Period, ...]:
    if on is None:
        raise WrongInput(f"“{text}” depends on the day it is said; write the years instead.")
    lowered = text.lower()
    unit = "year" if "year" in lowered else "quarter" if "quarter" in lowered else "month"
    counted = re.search(patterns.COUNTED + r"(?= )", lowered)
    number = _number(counted[0]) if counted else 1
    named = re.search(patterns.NAMED, lowered)
    if re.search(r"\b(?:this|current|present)\b", lowered):
        return (_now(unit, named, on),)
    if named is None and unit != "quarter" and (counted or "past" in lowered):
        return (_rolling(number * (12 if unit == "year" else 1), on),)
    kind = _kind(named[0] if named else "") if unit == "year" else unit
    return _finished(kind, number, on)


def _kind(named: str) -> str:
    plain = {"fiscal": "financial", "school": "academic", "": "calendar"}.get(named, named)
    return f"{plain}-year"


def _now(unit: str, named: re.Match[str] | None, on: date) -> Period:
    return spans.containing(_kind(named[0] if named else "") if unit == "year" else unit, on)


def _finished(kind: str, number: int, on: date) -> tuple[Period, ...]:
    found: list[Period] = []
    start = spans.containing(kind, on).start
    for _ in range(number):
        found.append(spans.containing(kind, start - timedelta(days=1)))
        start = found[-1].start
    return tuple(reversed(found))


def _rolling(months: int, on: date) -> Period:
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    day = min(on.day, calendar.monthrange(years, month + 1)[1])
    return spans.span(date(years, month + 1, day) + timedelta(days=1), on)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER_WORDS.index(word) + 1


_MAKERS: dict[str, Callable[[str], tuple[Period, ...]]] = {
    "title": _none,
    "ending": _ending,
    "quarter": _quarter,
    "open": _none,
    "until_now": _none,
    "academic": _academic,
    "years": _year_range,
    "dates": _dates,
    "short": _short,
    "list": _list,
    "unclear": _unclear,
    "day": _none,
    "month": _month,
    "year": _year,
}
_WHOLE_RANGE = re.compile(r"\b(?:to|and|until|till|through)\b|-", re.IGNORECASE)


# ---- days ----


def _cut(whole: Period, side: str, days: str) -> Period:
    if not side:
        first, last = _ends(days)
        return spans.cut(whole, first.first(first.year or 0), last.last(last.year or 0))
    day = points.read(days)
    cut = day.first(day.year or 0)
    return spans.cut(whole, whole.start, cut) if side.lower() == "to" else spans.cut(whole, cut, whole.end)


def _beginning(text: str, *, after: bool) -> date:
    match = patterns.scanner().fullmatch(text)
    if match and match.lastgroup in {"list", "quarter", "month", "year"}:
        return _periods(match, None)[0].start
    point = points.read(text)
    if point.year is None:
        raise WrongInput(f"“{text}” names no year; write it in full.")
    return point.last(point.year) + timedelta(days=1) if after and point.day else point.first(point.year)
