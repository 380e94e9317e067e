"""The sample's register as people keep one by hand: titles above the header, days as dates and text, a totals row."""

import random
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from candour.cli.sample.incidents import SEED, Row
from candour.rules import schemes

NAME = "Incident log"
HEADERS = {
    "reference": "Ref No",
    "occurred_on": "Date of incident",
    "discovered_at": "Date discovered",
    "reported_on": "Date reported",
    "logged_on": "Date logged",
    "department": "Dept",
    "category": "Category",
    "incident_type": "Type of incident",
    "cause": "Root cause",
    "description": "Brief description",
    "personal_data": "Personal data involved?",
    "people_affected": "No. of people affected",
    "data_types": "Type of data",
    "medium": "Format",
    "lost_or_stolen": "Lost / stolen",
    "encrypted": "Encrypted?",
    "on_premises": "On site?",
    "supplier": "Third party",
    "information_lost": "Information lost or disclosed?",
    "resources_assigned": "Resources assigned?",
    "told_ico_on": "Date reported to ICO",
    "ico_reference": "ICO ref",
    "ico_outcome": "ICO outcome",
    "ico_report_withdrawn_on": "Date ICO report withdrawn",
    "told_people_on": "Date individuals informed",
    "told_sponsor_on": "Date sponsor told",
    "contained_on": "Date contained",
    "recovered_on": "Date recovered",
    "closed_on": "Date closed",
}
"""Each field of `candour load` under the heading that a team gave it."""

TITLES = ("INFORMATION SECURITY INCIDENT LOG", "Sample Body, Governance team. Made-up data: no real person or incident")
HEADER_ROW = 3
"""Where the header stands (0-based): below two merged titles and an empty row."""


def write(path: Path, rows: Sequence[Row]) -> None:
    """Write the register; the same rows give the same bytes."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": TITLES[0], "author": "Governance team", "created": datetime(2026, 9, 30)})  # noqa: DTZ001
        sheet = book.add_worksheet(NAME)
        _titles(book, sheet)
        _rows(book, sheet, rows)
        _lists(book)


def _titles(book: Any, sheet: Any) -> None:
    large = book.add_format({"bold": True, "font_size": 14})
    for place, title in enumerate(TITLES):
        sheet.merge_range(place, 0, place, 9, title, large if place == 0 else None)
    header = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.write_row(HEADER_ROW, 0, HEADERS.values(), header)
    sheet.freeze_panes(HEADER_ROW + 1, 1)
    sheet.set_column(0, len(HEADERS), 16)


def _rows(book: Any, sheet: Any, rows: Sequence[Row]) -> None:
    """Write the incidents, an empty row between two years, and the people affected added up below the last."""
    hand = random.Random(SEED)  # noqa: S311 - the same on every machine is the point
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    place = HEADER_ROW + 1
    for _, year in groupby(rows, key=lambda row: row["reference"][:4]):
        for row in year:
            for column, field in enumerate(HEADERS):
                _cell(sheet, (place, column), _written(hand, field, row.get(field)), as_date)
            place += 1
        place += 1
    people = [row["people_affected"] for row in rows if isinstance(row["people_affected"], int)]
    sheet.write_string(place, 0, "Total")
    sheet.write_number(place, [*HEADERS].index("people_affected"), sum(people))


def _cell(sheet: Any, place: tuple[int, int], value: Any, as_date: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(*place, datetime(value.year, value.month, value.day), as_date)  # noqa: DTZ001 - a day
    elif value is not None:
        sheet.write(*place, value)


def _written(hand: random.Random, field: str, value: Any) -> Any:
    """Write one value as somebody would: most days as dates, some as text; most words in full, some as one letter."""
    if isinstance(value, date):
        return hand.choice((value, value, value, f"{value:%d/%m/%Y}", f"{value.day} {value:%B %Y}"))
    if field == "category" and value:
        return hand.choice((value, value, value, f"{value} {_label(value)}"))
    if value in {"yes", "no"}:
        return hand.choice((value.capitalize(), value.capitalize(), value[0].upper()))
    return value


def _label(code: str) -> str:
    return next(one.label for one in schemes.scheme("cabinet-office").categories if one.code == code)


def _lists(book: Any) -> None:
    sheet = book.add_worksheet("Lists")
    sheet.write_row(0, 0, ("Category", "Meaning"))
    for place, category in enumerate(schemes.scheme("cabinet-office").categories, 1):
        sheet.write_row(place, 0, (category.code, category.label))
