"""When the period for which a record is kept is over, counted in whole months from the day it begins."""

from calendar import monthrange
from datetime import date, timedelta

NOT_TO_BE_DESTROYED = (
    "Freedom of Information Act 2000 s.77: once information has been asked for, it is an offence to erase, destroy or "
    "conceal it so that it is not disclosed. What a request may be about is kept until the reply is given and the time "
    "for a review and an appeal has passed."
)
"""Said wherever a hold stands in the way of disposal; what a schedule destroys resumes once it is lifted."""


def over_on(start: date, months: int) -> date:
    """Return the day on which a period is over; where its month has no such day, the first of the next month."""
    year, month = _moved(start, months)
    if start.day <= monthrange(year, month)[1]:
        return start.replace(year=year, month=month)
    return date(year, month, monthrange(year, month)[1]) + timedelta(days=1)


def latest_start(today: date, months: int) -> date:
    """Return the latest day from which a period of so many months is over today."""
    year, month = _moved(today, -months)
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _moved(day: date, months: int) -> tuple[int, int]:
    """The year and month so many months from a day's."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.year + years, month + 1
