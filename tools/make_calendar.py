"""Write the dated rows of bank holidays that the project ships, from the `holidays` library and what is known besides.

Run `.venv/bin/python tools/make_calendar.py` when the library or the rows below change, and look at the difference.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import holidays

TARGET = Path(__file__).resolve().parents[1] / "src" / "candour" / "rules" / "calendar.csv"
YEARS = range(2000, 2031)
NATIONS = ("ENG", "WLS", "SCT", "NIR")
ACT = "Banking and Financial Dealings Act 1971"
SUBSTITUTE = "(substitute day)"
SUNDAY = 6

NAMES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year Holiday": "2 January",
    "Saint Andrew's Day": "St Andrew's Day",
    "Saint Patrick's Day": "St Patrick's Day",
    "Battle of the Boyne": "Battle of the Boyne (Orangemen's Day)",
    "Christmas Day (observed)": "Christmas (substitute day)",
    "Boxing Day (observed)": "Christmas (substitute day)",
}

# One-offs: the name as we print it, the day the government announced it (where known), the subsection of section 1.
ONE_OFFS: dict[date, tuple[str, date | None, str]] = {
    date(2002, 6, 3): ("Golden Jubilee", None, "1(3)"),
    date(2002, 6, 4): ("Spring bank holiday (moved for the Golden Jubilee)", None, "1(2)"),
    date(2011, 4, 29): ("Royal wedding", date(2010, 11, 23), "1(3)"),
    date(2012, 6, 4): ("Spring bank holiday (moved for the Diamond Jubilee)", date(2010, 1, 5), "1(2)"),
    date(2012, 6, 5): ("Diamond Jubilee", date(2010, 1, 5), "1(3)"),
    date(2020, 5, 8): ("Early May bank holiday (moved to VE Day)", date(2019, 6, 7), "1(2)"),
    date(2022, 6, 2): ("Spring bank holiday (moved for the Platinum Jubilee)", date(2020, 11, 12), "1(2)"),
    date(2022, 6, 3): ("Platinum Jubilee", date(2020, 11, 12), "1(3)"),
    date(2022, 9, 19): ("State funeral of Queen Elizabeth II", date(2022, 9, 10), "1(3)"),
    date(2023, 5, 8): ("Coronation of King Charles III", date(2022, 11, 6), "1(3)"),
    date(2026, 6, 15): ("World Cup", date(2026, 2, 5), "1(3)"),
}

# St Andrew's Day became a bank holiday by an Act of 2007; the library has it a year early.
WRONG = {("SCT", date(2006, 11, 30))}

# What Schedule 1 to the Act lists, by paragraph; the rest is proclaimed every year.
_EVERYWHERE_BUT_SCOTLAND = {"Easter Monday", "Spring bank holiday", "Summer bank holiday", "Boxing Day"}
_SCOTLAND = {"New Year's Day", "2 January", "Good Friday", "Early May bank holiday", "Summer bank holiday"}
STATUTE = {
    "ENG": _EVERYWHERE_BUT_SCOTLAND,
    "WLS": _EVERYWHERE_BUT_SCOTLAND,
    "SCT": _SCOTLAND | {"Christmas Day"},
    "NIR": _EVERYWHERE_BUT_SCOTLAND | {"St Patrick's Day"},
}


@dataclass(frozen=True, order=True)
class Row:
    """What the nations that share a holiday say of it alike."""

    day: date
    name: str
    kind: str
    source: str
    proclaimed: str
    disputed: str


def main() -> None:
    """Write the rows, a holiday with its nations on each line."""
    nations: dict[Row, list[str]] = defaultdict(list)
    for nation in NATIONS:
        for day, listed in sorted(holidays.country_holidays("GB", subdiv=nation, years=YEARS).items()):
            for name in listed.split("; "):
                if (row := _row(nation, day, name)) and nation not in nations[row]:
                    nations[row].append(nation)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["day", "nations", "name", "kind", "source", "proclaimed", "disputed"])
        for row in sorted(row for row in nations if nations[row]):
            line = (row.day, " ".join(nations[row]), row.name, row.kind, row.source, row.proclaimed, row.disputed)
            writer.writerow(line)


def _row(nation: str, day: date, listed: str) -> Row | None:
    if (nation, day) in WRONG or (listed.startswith("New Year's Day (obs") and (nation, day.day) == ("SCT", 2)):
        return None
    if day in ONE_OFFS:
        name, announced, section = ONE_OFFS[day]
        return Row(day, name, "proclamation", f"{ACT}, section {section}", str(announced or ""), "no")
    plain = listed.removesuffix(" (observed)")
    name = NAMES.get(listed) or NAMES.get(plain, plain)
    if listed.endswith("(observed)") and SUBSTITUTE not in name:
        name = f"{name} {SUBSTITUTE}"
    if nation == "SCT" and day.month == 1 and SUBSTITUTE in name:
        return _scottish_new_year(day)
    kind, source = _basis(nation, day, name)
    return Row(day, name, kind, source, "", "no")


def _scottish_new_year(day: date) -> Row:
    """Give 3 January, which the Act puts for a Sunday, or 4 January, listed but perhaps never proclaimed."""
    name = f"New Year {SUBSTITUTE}"
    if day.day == 3:  # noqa: PLR2004 - the Act's own day
        return Row(day, name, "statute", f"{ACT}, Schedule 1", "", "no")
    return Row(day, name, "proclamation", f"{ACT}, section 1(2); listed, no proclamation found", "", "yes")


def _basis(nation: str, day: date, name: str) -> tuple[str, str]:
    if name.startswith("St Andrew"):
        return "statute", "St Andrew's Day Bank Holiday (Scotland) Act 2007, section 1"
    if nation != "SCT" and name in {"Good Friday", "Christmas Day"}:
        return "common-law", "Common law; named in the Freedom of Information Act 2000, section 10(6)"
    if name in STATUTE[nation] or _substitute_by_statute(nation, day, name):
        return "statute", f"{ACT}, Schedule 1"
    return "proclamation", f"{ACT}, section {'1(2)' if SUBSTITUTE in name else '1(3)'}, by yearly proclamation"


def _substitute_by_statute(nation: str, day: date, name: str) -> bool:
    """Say whether the Act itself gives the day: 27 December for a Sunday before it, 18 March for Sunday 17 March."""
    if name.startswith("St Patrick"):
        return (day.month, day.day) == (3, 18)
    on_a_sunday = any(date(day.year, 12, number).weekday() == SUNDAY for number in (25, 26))
    return nation != "SCT" and (day.month, day.day) == (12, 27) and on_a_sunday


if __name__ == "__main__":
    main()
