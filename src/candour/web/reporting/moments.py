"""When something happened or was noticed, as people say it: today, on another day, roughly, or not known."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from candour.reading import days
from candour.reading.days import Moment

CHOICES = ("today", "yesterday", "day", "rough", "unknown")
ROUGH = "approximate"


class Unclear(Exception):  # noqa: N818 - turned into a sentence at a field
    """A moment cannot be read: the field it stands in, and the name of the phrase that says how to put it right."""

    def __init__(self, field: str, phrase: str) -> None:
        super().__init__(field, phrase)
        self.field, self.phrase = field, phrase


def read(said: Mapping[str, Any], today: date) -> Moment | None:
    """Read a moment out of the fields of a page answered on the London day `today`; None: not known. Raises Unclear."""
    how = said["when"]
    if how in {"", "unknown"}:
        return None
    if how == "rough":
        return _rough(said, today)
    day = {"today": today, "yesterday": today - timedelta(days=1)}.get(how) or _day(said, today)
    return _timed(day, said["time"])


def _rough(said: Mapping[str, Any], today: date) -> Moment:
    """Read a day, a month or a year that is roughly right."""
    day, month, year = (said[name] for name in ("day", "month", "year"))
    text = " ".join([day, month, year] if day else [f"{month}/{year}" if month.isdecimal() else f"{month} {year}"])
    try:
        moment = days.read(text.strip())
    except days.NotUnderstood:
        raise Unclear("day", "moment.no-rough") from None
    _require_past(moment.day, today)
    return Moment(moment.day, ROUGH)


def _day(said: Mapping[str, Any], today: date) -> date:
    parts = [said[name] for name in ("day", "month", "year")]
    if not all(parts):
        raise Unclear("day", "moment.no-day")
    try:
        moment = days.read(" ".join(parts))
    except days.NotUnderstood:
        raise Unclear("day", "moment.no-such-day") from None
    _require_past(moment.day, today)
    return moment.day


def _require_past(day: date, today: date) -> None:
    if day > today:
        raise Unclear("day", "moment.future")
    if day < days.EARLIEST:
        raise Unclear("day", "moment.early")


def _timed(day: date, time: str) -> Moment:
    if not time:
        return Moment(day)
    try:
        moment = days.read(f"{day.isoformat()} {time}")
    except days.NotUnderstood:
        raise Unclear("time", "moment.no-time") from None
    if moment.at is None or moment.day != day:
        raise Unclear("time", "moment.no-time")
    return moment
