"""Bank holidays in every part of the United Kingdom as dated rows, each with its nations, its source and its day."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from candour.rules.refusals import WrongInput

NATIONS = ("ENG", "WLS", "SCT", "NIR")
KINDS = ("statute", "proclamation", "common-law")
SATURDAY = 5


@dataclass(frozen=True)
class Holiday:
    """A day that is a bank holiday, or Good Friday or Christmas Day, in some nations.

    `proclaimed` is the day a one-off was announced, None where it is not known or comes every year. `disputed`: listed
    as a bank holiday although no proclamation is known (some 4 January in Scotland); it is counted as listed.
    """

    day: date
    nations: frozenset[str]
    name: str
    kind: str
    source: str
    proclaimed: date | None = None
    disputed: bool = False


def holidays(extra: Sequence[Holiday] = ()) -> tuple[Holiday, ...]:
    """Give the shipped rows (2000 to 2030) and a body's own, in order of days."""
    return tuple(sorted((*_shipped(), *extra), key=lambda row: row.day)) if extra else _shipped()


def closed(nations: Iterable[str], rows: Sequence[Holiday]) -> dict[date, list[Holiday]]:
    """Sort by day the holidays that fall in any of some nations; Christmas Day is one everywhere."""
    wanted = frozenset(nations)
    found: dict[date, list[Holiday]] = {}
    for row in rows:
        if row.nations & wanted:
            found.setdefault(row.day, []).append(row)
    return found


def reach(extra: Sequence[Holiday] = ()) -> date:
    """Give the last day the rows know of; a deadline beyond it cannot be worked out."""
    years = [row.day.year for row in extra]
    return date(max([_shipped()[-1].day.year, *years]), 12, 31)


def read(row: Mapping[str, object]) -> Holiday:
    """Read a body's own row (day, nations, name, kind, source, proclaimed, disputed); WrongInput says what is wrong.

    Nations are a list or a text of ENG, WLS, SCT, NIR. Days are dates or ISO texts.
    """
    nations = _nations(row.get("nations", ""))
    kind = str(row.get("kind") or "proclamation")
    if kind not in KINDS:
        raise WrongInput(f"“{kind}” is not a kind of holiday; use one of {', '.join(KINDS)}.")
    proclaimed = _day(row["proclaimed"]) if row.get("proclaimed") else None
    disputed = row.get("disputed") in (True, "yes")
    name, source = str(row.get("name") or "Bank holiday"), str(row.get("source") or "added by the body")
    return Holiday(_day(row.get("day")), nations, name, kind, source, proclaimed, disputed)


@cache
def _shipped() -> tuple[Holiday, ...]:
    text = resources.files("candour.rules").joinpath("calendar.csv").read_text(encoding="utf-8")
    return tuple(read(row) for row in csv.DictReader(text.splitlines()))


@cache
def _named(nations: str) -> frozenset[str]:
    named = frozenset(nations.upper().replace(",", " ").split())
    if not named or not named <= frozenset(NATIONS):
        raise WrongInput(f"“{nations}” does not name nations; write some of {', '.join(NATIONS)}.")
    return named


def _nations(value: object) -> frozenset[str]:
    return _named(" ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value))


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise WrongInput(f"“{value}” is not a day; write it as 2026-06-15.") from None
