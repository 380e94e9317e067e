"""What the sample body's register says: drawn by a seeded chance, so that every machine makes the same one.

Four years carry the published figures of the four-tier questionnaire; everything from 1 April 2015 is made up.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from candour.rules import tiers

SEED = 20110401
LAST = date(2026, 9, 30)
TIERS = (tiers.REPORTED, tiers.OTHER, tiers.EVENT, tiers.NEAR_MISS, tiers.UNDETERMINED)
COUNTS = {
    2011: (0, 37, 4, 0, 0),
    2012: (0, 54, 11, 0, 0),
    2013: (0, 75, 39, 0, 0),
    2014: (1, 81, 80, 0, 0),
    2015: (1, 88, 84, 46, 0),
    2016: (1, 94, 97, 71, 0),
    2017: (2, 103, 88, 90, 0),
    2018: (7, 121, 95, 118, 0),
    2019: (6, 117, 102, 127, 1),
    2020: (5, 98, 71, 101, 0),
    2021: (6, 109, 83, 122, 0),
    2022: (8, 126, 90, 139, 0),
    2023: (7, 131, 96, 150, 0),
    2024: (9, 128, 104, 161, 0),
    2025: (8, 137, 99, 168, 2),
    2026: (3, 61, 47, 80, 5),
}
"""How many of each of TIERS were logged in the financial year that starts in the year named."""
MADE_UP = 2015
"""The first financial year whose incidents are made up; only in those are some days not known for sure."""
WITHDRAWN = 2018
"""The year in which one report to the regulator was withdrawn later."""

DAY = timedelta(days=1)
SATURDAY = 5
Row = dict[str, Any]
"""One incident: field names of `candour load` to a date, a number, a text or None."""


def register(until: date) -> list[Row]:
    """Return the incidents logged up to a day, in the order in which they were logged, year after year."""
    chance = random.Random(SEED)  # noqa: S311 - the same on every machine is the point
    rows = [row for start in COUNTS for row in _year(chance, start)]
    return [_known(row, until) for row in rows if row["logged_on"] <= until]


def _known(row: Row, until: date) -> Row:
    """Leave out what was still to come on a day."""
    return {name: None if isinstance(value, date) and value > until else value for name, value in row.items()}


def _year(chance: random.Random, start: int) -> list[Row]:
    counts = zip(TIERS, COUNTS[start], strict=True)
    rows = [_incident(chance, tier, start) for tier, count in counts for _ in range(count)]
    rows.sort(key=lambda row: (row["logged_on"], row["description"]))
    for serial, row in enumerate(rows, 1):
        row["reference"] = f"{start}-{serial:04}"
    if start == WITHDRAWN:
        told = next(row for row in rows if row["told_ico_on"])
        told["ico_report_withdrawn_on"] = told["told_ico_on"] + 30 * DAY
    return rows


@cache
def _said() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("kinds.toml").read_text(encoding="utf-8"))


def _incident(chance: random.Random, tier: str, start: int) -> Row:
    kinds = [kind for kind in _said()["kind"] if kind["tier"] == tier]
    kind = chance.choices(kinds, [kind["weight"] for kind in kinds])[0]
    row: Row = {"reference": None, **_moments(chance, start), **_facts(kind)}
    row["department"] = chance.choice(_said()["departments"])
    row["description"] = _told(chance, kind)
    row["people_affected"] = _people(chance, kind)
    row |= _deciding(chance, tier)
    if "recovered" in kind and chance.random() < kind["recovered"]:
        row["recovered_on"] = row["reported_on"] + chance.randint(1, 20) * DAY
    return row | _afterwards(chance, tier, row["logged_on"])


def _moments(chance: random.Random, start: int) -> Row:
    """The days of one incident, each within the financial year that starts in `start`."""
    first, last = date(start, 4, 1), min(date(start + 1, 3, 31), LAST)
    logged = first + chance.randint(0, (last - first).days) * DAY
    while logged.weekday() >= SATURDAY:
        logged += DAY if logged < last - DAY else -3 * DAY
    reported = max(first, logged - chance.choice((0, 0, 1, 1, 2, 5)) * DAY)
    discovered = max(first, reported - chance.choice((0, 0, 0, 1, 3)) * DAY)
    occurred = max(first, discovered - chance.choice((0, 0, 1, 2, 4, 9, 25)) * DAY)
    moments: Row = {"occurred_on": occurred, "discovered_at": discovered, "reported_on": reported, "logged_on": logged}
    return moments | (_unsure(chance, occurred) if start >= MADE_UP else {})


def _unsure(chance: random.Random, occurred: date) -> Row:
    drawn = chance.random()
    if drawn < 0.04:  # noqa: PLR2004 - one in twenty-five
        return {"occurred_on": f"about {occurred:%B %Y}"}
    return {"occurred_on": "not known"} if drawn < 0.06 else {}  # noqa: PLR2004 - and one in fifty


def _facts(kind: Mapping[str, Any]) -> Row:
    fields = {
        "category": "category",
        "incident_type": "type",
        "cause": "cause",
        "medium": "medium",
        "data_types": "data",
    }
    same = ("lost_or_stolen", "on_premises", "encrypted", "supplier")
    return {field: kind.get(name) for field, name in fields.items()} | {name: kind.get(name) for name in same}


def _told(chance: random.Random, kind: Mapping[str, Any]) -> str:
    said: str = kind["says"]
    return said.format(thing=chance.choice(kind["things"]), where=chance.choice(kind["places"]))


def _people(chance: random.Random, kind: Mapping[str, Any]) -> int | str | None:
    low, high = kind.get("people", (0, 0))
    number, drawn = chance.randint(low, high), chance.random()
    if not number or drawn < 0.1:  # noqa: PLR2004 - a tenth say nothing
        return None
    if number > 20 and drawn < 0.5:  # noqa: PLR2004 - of large numbers half are estimates
        return f"about {round(number, -1)}"
    return number


def _deciding(chance: random.Random, tier: str) -> Row:
    """The facts that the tier follows from."""
    if tier == tiers.UNDETERMINED:
        return {"personal_data": "suspected", "information_lost": None, "resources_assigned": None}
    lost = tier in {tiers.REPORTED, tiers.OTHER}
    put_on = {tiers.EVENT: "yes", tiers.NEAR_MISS: "no"}.get(tier) or chance.choice(("yes", "yes", None))
    personal = "yes" if tier == tiers.REPORTED else chance.choice(("yes", "yes", "yes", "no")) if lost else "no"
    return {"personal_data": personal, "information_lost": "yes" if lost else "no", "resources_assigned": put_on}


def _afterwards(chance: random.Random, tier: str, logged: date) -> Row:
    """What was done about it: told whom, contained, closed."""
    row: Row = dict.fromkeys(("told_ico_on", "ico_report_withdrawn_on", "ico_reference", "ico_outcome"))
    row |= {"told_people_on": None, "told_sponsor_on": None, "contained_on": None, "closed_on": None}
    if tier == tiers.UNDETERMINED:
        return row
    row["contained_on"] = logged + chance.randint(0, 3) * DAY
    row["closed_on"] = logged + chance.randint(5, 90) * DAY
    if tier == tiers.OTHER and chance.random() < 0.15:  # noqa: PLR2004 - some are told on to the sponsor
        row["told_sponsor_on"] = logged + chance.randint(1, 10) * DAY
    return row | (dict(_told_ico(chance, logged)) if tier == tiers.REPORTED else {})


def _told_ico(chance: random.Random, logged: date) -> Iterator[tuple[str, Any]]:
    yield "told_ico_on", logged + chance.randint(0, 3) * DAY
    yield "told_people_on", logged + chance.randint(1, 14) * DAY
    yield "told_sponsor_on", logged + chance.randint(0, 3) * DAY
    yield "ico_reference", f"SAMPLE-{chance.randint(1000, 9999)}"
    yield "ico_outcome", chance.choice(("No further action", "Informal action taken", "Advice given"))
