"""How long it took until the ICO was told, in SQL: in seconds of UTC, from the least to the most that it can have been.

Where only the day of a moment is known it may have been at any time of that London day. A band, or whether the 72
hours were kept, is said only where it is the same at either end; an approximate day says nothing.
"""

from dataclasses import dataclass

from django.db import connection

from candour.rules import bands

MINUTE = 60


@dataclass(frozen=True)
class Moment:
    """A moment of a version: the column of its day, and its time (an ISO moment, NULL where only the day is known)."""

    day: str
    time: str

    @property
    def earliest(self) -> str:
        return f"case when {self.time} is not null then {_epoch(self.time)} else {_midnight(self.day)} end"

    @property
    def latest(self) -> str:
        end = f"{_midnight(_next(self.day))} - {MINUTE}"
        return f"case when {self.time} is not null then {_epoch(self.time)} else {end} end"


def time_to_report(alias: str) -> str:
    """Write the ICO's band of the time from discovery to telling it; NULL where that is not known."""
    start = Moment(f"{alias}.discovered_on", _in(alias, "times", "discovered_at"))
    least, most = _elapsed(start, alias)
    return f"""case {_not_told(alias)} when not {_exact(alias, "discovered_at")} or {most} < 0 then null
        when {most} < {bands.A_DAY} then '{bands.UNDER_A_DAY}'
        when {least} >= {bands.A_DAY} and {most} <= {bands.HOURS_72} then '{bands.TO_72_HOURS}'
        when {least} > {bands.HOURS_72} and {most} <= {bands.A_WEEK} then '{bands.TO_A_WEEK}'
        when {least} > {bands.A_WEEK} then '{bands.OVER_A_WEEK}' end"""


def told_within_72_hours(alias: str) -> str:
    """Write whether the ICO was told within 72 hours of being aware, or else of discovery (UK GDPR Art. 33(1))."""
    is_aware = f"{alias}.aware_on is not null"
    aware, discovered = (_in(alias, "times", name) for name in ("aware_at", "discovered_at"))
    start = Moment(
        f"coalesce({alias}.aware_on, {alias}.discovered_on)",
        f"(case when {is_aware} then {aware} else {discovered} end)",
    )
    least, most = _elapsed(start, alias)
    exact = f"(case when {is_aware} then {_exact(alias, 'aware_at')} else {_exact(alias, 'discovered_at')} end)"
    return f"""case {_not_told(alias)} when not {exact} then null
        when {most} <= {bands.HOURS_72} then 'yes' when {least} > {bands.HOURS_72} then 'no' end"""


def exact_days(alias: str) -> str:
    """Write the condition that the days of discovery and of telling the ICO are not approximate."""
    return _exact(alias, "discovered_at")


def _elapsed(start: Moment, alias: str) -> tuple[str, str]:
    told = Moment(f"{alias}.told_ico_on", _in(alias, "times", "told_ico_on"))
    return f"(({told.earliest}) - ({start.latest}))", f"(({told.latest}) - ({start.earliest}))"


def _not_told(alias: str) -> str:
    told = f"coalesce({alias}.told_ico, 'no')"
    return f"when {alias}.told_ico_on is null then case when {told} = 'no' then '{bands.NOT_TOLD}' end"


def _exact(alias: str, start: str) -> str:
    marks = (f"coalesce({_in(alias, 'precision', name)}, '') <> 'approximate'" for name in (start, "told_ico_on"))
    return f"({alias}.precision is null or ({' and '.join(marks)}))"


def _in(alias: str, column: str, name: str) -> str:
    """Write a member of a column that holds JSON as text."""
    if connection.vendor == "postgresql":
        return f"(cast({alias}.{column} as json) ->> '{name}')"
    return f"json_extract({alias}.{column}, '$.{name}')"


def _epoch(moment: str) -> str:
    if connection.vendor == "postgresql":
        return f"cast(extract(epoch from cast({moment} as timestamptz)) as bigint)"
    return f"cast(strftime('%%s', {moment}) as integer)"


def _next(day: str) -> str:
    return f"({day} + 1)" if connection.vendor == "postgresql" else f"date({day}, '+1 day')"


def _midnight(day: str) -> str:
    """Write when a London day begins; SQLite knows no zones: summer time as it has been since 1996, 1 UTC to 1 UTC."""
    if connection.vendor == "postgresql":
        return f"cast(extract(epoch from cast({day} as timestamp) at time zone 'Europe/London') as bigint)"
    starts, ends = (f"date(strftime('%%Y', {day}) || '-{month}-25', 'weekday 0')" for month in ("03", "10"))
    summer = f"case when {day} > {starts} and {day} <= {ends} then {bands.HOUR} else 0 end"
    return f"(cast(strftime('%%s', {day}) as integer) - {summer})"
