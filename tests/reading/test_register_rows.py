"""Rows come checked: a row with one bad value is held back whole, and nothing is lost of it."""

import contextlib
import csv
import random
from datetime import date
from pathlib import Path

import pytest

from candour.reading import mapping, register

TODAY = date(2016, 3, 10)
HHS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "us_hhs_breach_portal_2009_2016.csv"
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "examples" / "us-hhs-breach-portal.toml"


@pytest.fixture
def read(tmp_path):
    """Read rows, written as CSV with a header, as a load would."""

    def reading(*rows, guide: mapping.Guide | None = None):
        path = tmp_path / "register.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        with register.open_register(path, guide=guide or mapping.Guide(), today=TODAY) as opened:
            return [row for batch in opened for row in batch]

    return reading


def test_a_bad_value_holds_its_row_back_with_row_column_value_and_problem(read):
    rows = read(
        ("Ref", "Date logged", "Tier"),
        ("A1", "31st September 2015", "near miss"),
        ("A2", "31/03/2015", "near miss"),
        ("A3", "32/03/2015", "tier 9"),
    )
    assert [len(row.problems) for row in rows] == [1, 0, 2]
    assert rows[0].problems[0][:3] == (2, "Date logged", "31st September 2015")
    assert [problem.column for problem in rows[2].problems] == ["Date logged", "Tier"]
    assert rows[2].raw == ["A3", "32/03/2015", "tier 9"]


def test_five_rows_with_one_reference_are_all_held_back(read):
    rows = read(("Ref", "Date logged"), *[("A1", f"{day}/03/2015") for day in range(1, 6)], ("A2", "31/03/2015"))
    assert [bool(row.problems) for row in rows] == [True] * 5 + [False]
    assert rows[4].problems[0] == (
        6, "Ref", "A1", "5 rows of this file carry this reference; give each its own, or merge them.",
    )  # fmt: skip


def test_a_reference_that_is_none_is_not_shared(read):
    header, days = ("Ref", "Date logged"), ("29/02/2016", "01/03/2016", "02/03/2016")
    rows = read(
        header, *[("\\N", day) for day in days], *[("n/a", day) for day in days], guide=mapping.Guide(null=["\\N"])
    )
    assert [(row.reference, row.problems) for row in rows] == [("", ())] * 6
    assert [bool(row.problems) for row in read(header, ("A  1", days[0]), (" A 1", days[1]))] == [True, True]


def test_an_incident_needs_a_day(read):
    rows = read(
        ("Ref", "Date logged", "Date of incident"), ("A1", "", ""), ("A2", "not known", "-"), ("A3", "", "May 2014")
    )
    assert [row.problems[0].problem if row.problems else "" for row in rows] == [
        "The row has no day; an incident needs at least one date.",
        "The row has no day; an incident needs at least one date.",
        "",
    ]
    assert rows[2].precision == {"occurred_on": "approximate"}


def test_a_blank_in_a_column_about_the_ico_says_that_it_was_not_told(read):
    rows = read(
        ("Date logged", "Reported to ICO"),
        ("31/03/2015", ""),
        ("31/03/2015", "02/04/2015"),
        ("31/03/2015", "Yes"),
        ("31/03/2015", "not known"),
    )
    assert [row.facts.get("told_ico") for row in rows] == ["no", "yes", "yes", "not-known"]
    assert [row.facts.get("told_ico_on") for row in rows] == [None, "2015-04-02", None, None]
    assert [row.precision for row in rows] == [{}, {}, {"told_ico_on": "unknown"}, {"told_ico_on": "unknown"}]
    assert "told_ico" not in read(("Date logged", "Team"), ("31/03/2015", "x"))[0].facts


def test_equal_rows_are_told_apart_by_their_ordinal_and_known_again(read):
    header, row = ("Date logged", "Team"), ("31/03/2015", "Finance")
    first, again = read(header, row, row), read(header, ("31/03/2015", "IT"), row, row)
    assert first[0].key != first[1].key
    assert [one.key for one in first] == [one.key for one in again[1:]]


def test_a_mapping_gives_constants_values_and_nulls(read):
    guide = mapping.read(
        """
        null = ["\\\\N", "none given"]
        ignore = ["Initials"]
        [columns]
        logged_on = "Entered"
        on_premises = "Where"
        department = "Team"
        [constants]
        tier = "near miss"
        told_ico_on = "no"
        [values.on_premises]
        "HQ" = "yes"
        "Train" = "no"
        """
    )
    rows = read(
        ("Entered", "Where", "Team", "Initials", "Type"),
        ("31/03/2015", "hq", "\\N", "x", "y"),
        ("31/03/2015", "Train", "None given", "x", "y"),
        ("31/03/2015", "Moon", "none given", "x", "y"),
        guide=guide,
    )
    constant = {"logged_on": "2015-03-31", "tier": "near-miss", "told_ico": "no"}
    assert rows[0].facts == constant | {"on_premises": "yes"}
    assert rows[1].facts == constant | {"on_premises": "no", "department": "None given"}
    assert rows[2].problems[0][1:3] == ("Where", "Moon")


def test_batches_are_those_of_a_load(tmp_path):
    path = tmp_path / "register.csv"
    chance = random.Random(1)  # noqa: S311 - made-up rows
    lines = [f"A{number},{chance.randrange(1, 29)}/03/2015" for number in range(12_001)]
    path.write_text("\n".join(["Ref,Date logged", *lines]))
    with register.open_register(path, today=TODAY) as reading:
        assert reading.about.read == 12_001
        assert [len(batch) for batch in reading] == [5000, 5000, 2001]


def test_a_reading_may_be_left_early(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("Ref,Date logged\n" + "\n".join(f"A{number},01/03/2015" for number in range(20_000)))
    with register.open_register(path, today=TODAY) as reading, contextlib.suppress(StopIteration):
        assert len(next(iter(reading))) == register.BATCH


def test_control_characters_are_never_lost_silently(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(
        b"Ref,Date logged,Team,Description\nA1,31/03/2015,ok,a\x19b\nA2,31/03/2015,n\x7fo,x\nA3,31/03/2015,n\x00o,x\n"
    )
    with register.open_register(path, today=TODAY) as reading:
        rows = next(iter(reading))
    assert rows[0].words == {"description": "a\ufffdb"}
    assert [len(row.problems) for row in rows] == [0, 1, 1]
    assert rows[1].raw == ["A2", "31/03/2015", "n\ufffdo", "x"]


def test_canonical_text_is_one_however_it_was_said():
    assert register.canonical({"b": "1", "a": "2"}) == register.canonical({"a": "2", "b": "1"}) == '{"a":"2","b":"1"}'


@pytest.mark.skipif(not HHS.exists(), reason="the breach portal's file is not at ../shared/data")
def test_the_breach_portal_loads_with_its_documented_mapping():
    with register.open_register(HHS, guide=mapping.load(EXAMPLE), today=date(2016, 11, 1)) as reading:
        about, rows = reading.about, [row for batch in reading for row in batch]
    good = [row for row in rows if not row.problems]
    assert about.unmapped == []
    assert (about.read, len(good)) == (1701, 1700)
    (held,) = [row for row in rows if row.problems]
    assert (held.row, held.raw[0]) == (132, "\\")

    with HHS.open(encoding="utf-8", newline="") as file:
        told = [row for row in csv.DictReader(file) if row["breach_submission_date"]]
    stated = [row.facts["people_affected"] for row in good if "people_affected" in row.facts]
    assert len(told) == len(good)
    assert (len(stated), sum(stated)) == (1677, 168_887_690)
    assert sum(stated) == sum(
        int(row["individuals_affected"])
        for row in told
        if row["individuals_affected"] != "\\N" and row["individuals_affected"]
    )
    for column, field in (("type_of_breach", "incident_type"), ("breach_submission_date", "logged_on")):
        assert [row.facts.get(field, "") for row in good] == [row[column].replace("\\N", "") for row in told]
    assert {(row.facts["tier"], row.facts["personal_data"]) for row in good} == {("reported-to-ico", "yes")}
