"""Bank holidays of all four nations, as dated rows with their source."""

from datetime import date, timedelta

import pytest

from candour.rules import calendars
from candour.rules.refusals import WrongInput


def on(day, nations=calendars.NATIONS):
    return calendars.closed(nations, calendars.holidays()).get(date.fromisoformat(day), [])


def nations_closed(day):
    return {nation for row in on(day) for nation in row.nations}


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        ("2016-03-17", {"NIR"}),
        ("2016-03-25", {"ENG", "WLS", "SCT", "NIR"}),
        ("2016-03-28", {"ENG", "WLS", "NIR"}),
        ("2014-07-14", {"NIR"}),
        ("2014-08-04", {"SCT"}),
        ("2023-08-07", {"SCT"}),
        ("2026-06-15", {"SCT"}),
        ("2026-11-30", {"SCT"}),
        ("2011-04-29", {"ENG", "WLS", "SCT", "NIR"}),
        ("2012-06-04", {"ENG", "WLS", "SCT", "NIR"}),
        ("2012-06-05", {"ENG", "WLS", "SCT", "NIR"}),
        ("2012-05-28", set()),
        ("2020-05-08", {"ENG", "WLS", "SCT", "NIR"}),
        ("2020-05-04", set()),
        ("2022-06-02", {"ENG", "WLS", "SCT", "NIR"}),
        ("2022-06-03", {"ENG", "WLS", "SCT", "NIR"}),
        ("2022-05-30", set()),
        ("2022-09-19", {"ENG", "WLS", "SCT", "NIR"}),
        ("2023-05-08", {"ENG", "WLS", "SCT", "NIR"}),
        ("2006-11-30", set()),
        ("2007-11-30", {"SCT"}),
        ("2016-03-29", set()),
    ],
)
def test_who_is_closed(day, nations):
    assert nations_closed(day) == nations


def test_the_world_cup_holiday_has_its_source_and_the_day_it_was_announced():
    (row,) = on("2026-06-15")
    assert row.kind == "proclamation"
    assert row.proclaimed == date(2026, 2, 5)
    assert "section 1(3)" in row.source


@pytest.mark.parametrize("year", [2010, 2011, 2016, 2021, 2022, 2027])
def test_the_fourth_of_january_in_scotland_is_disputed(year):
    (row,) = on(f"{year}-01-04")
    assert row.disputed
    assert row.nations == {"SCT"}


def test_nothing_else_is_disputed():
    assert {(row.day.month, row.day.day) for row in calendars.holidays() if row.disputed} == {(1, 4)}


def test_the_third_of_january_in_scotland_is_in_the_act_itself():
    rows = [row for row in on("2012-01-03") if "SCT" in row.nations]
    assert [row.kind for row in rows] == ["statute"]


def test_every_row_has_a_kind_a_source_and_nations():
    for row in calendars.holidays():
        assert row.kind in calendars.KINDS
        assert row.source
        assert row.nations <= set(calendars.NATIONS)
        assert row.proclaimed is None or row.proclaimed < row.day


def test_no_nation_has_two_rows_for_one_holiday():
    listed = [(row.day, row.name, nation) for row in calendars.holidays() for nation in row.nations]
    assert len(listed) == len(set(listed))


def test_the_rows_agree_with_the_library_they_were_made_from():
    library = pytest.importorskip("holidays")
    for nation in calendars.NATIONS:
        theirs = {day for day in library.UK(subdiv=nation, years=range(2000, 2031)) if (day, nation) != WRONG}
        ours = {row.day for row in calendars.holidays() if nation in row.nations}
        assert ours == theirs


WRONG = (date(2006, 11, 30), "SCT")


def test_a_body_adds_its_own_days():
    own = calendars.read(
        {"day": "2027-05-10", "nations": ["ENG", "WLS"], "name": "A coronation", "proclaimed": "2027-01-04"}
    )
    rows = calendars.holidays([own])
    assert own in rows
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert own not in calendars.holidays()


def test_the_rows_reach_to_the_end_of_their_last_year():
    assert calendars.reach() == date(2030, 12, 31)
    own = calendars.Holiday(date(2031, 5, 5), frozenset({"ENG"}), "Early May", "proclamation", "Gazette")
    assert calendars.reach([own]) == date(2031, 12, 31)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"day": "15 June", "nations": "SCT"}, "not a day"),
        ({"day": "2026-06-15", "nations": "FRA"}, "does not name nations"),
        ({"day": "2026-06-15"}, "does not name nations"),
        ({"day": "2026-06-15", "nations": "SCT", "kind": "privilege"}, "not a kind of holiday"),
        ({"day": "2026-06-15", "nations": "SCT", "proclaimed": "spring"}, "not a day"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(row, says):
    with pytest.raises(WrongInput, match=says):
        calendars.read(row)


def test_easter_by_its_own_arithmetic():
    """The anonymous Gregorian computus, which nobody copied from a table."""
    for year in range(2000, 2031):
        golden, century, rest = year % 19, *divmod(year, 100)
        moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
        week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
        late = (golden + 11 * moon + 22 * week) // 451
        month, day = divmod(moon + week - 7 * late + 114, 31)
        easter = date(year, month, day + 1)
        assert nations_closed((easter - timedelta(days=2)).isoformat()) == set(calendars.NATIONS)
        assert nations_closed((easter + timedelta(days=1)).isoformat()) >= {"ENG", "WLS", "NIR"}
