"""Since when a fact, and what comes from a source register, is recorded; and searches for a part of it."""

from datetime import date

import pytest

import extracts
from candour.figures import actions as knowing
from candour.rules.refusals import WrongInput

REGISTER = """
    reference  logged_on  tier  department
    A-1  2014-05-02  event  North
    A-2  2014-06-02  event  -
    A-3  2015-06-02  event  North
    A-4  2015-07-02  event  South
"""
DESK = """
    reference  logged_on  tier  department
    D-1  2015-09-02  event  North
"""


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path, source="sheet")
    extracts.load(body, DESK, tmp_path, source="service desk", name="desk.csv")
    return body


def cells(table, **key):
    row = next(group for group in table.groups if group.key == key)
    return [(cell.status, cell.value) for cell in row.cells]


def test_before_a_fact_is_recorded_nothing_is_said_by_it_and_the_rest_still_counts(register, ask, said):
    extracts.cover(register, "events", "2014-04-01")
    extracts.cover(register, "events", "2015-04-01", fact="department")
    asked = {"first": "2014-04-01", "last": "2016-03-31"}
    by_department = ask("events", **asked, group=["department"])
    assert cells(by_department, department="North") == [("not_in_register", None), ("held", 2)]
    assert cells(by_department, department=None) == [("held", 1), ("held", 0)]
    assert said(ask("events", **asked, where={"department": "North"})) == [("not_in_register", None), ("held", 2)]
    assert said(ask("events", **asked)) == [("held", 2), ("held", 3)]
    since = ask("events", **asked, where={"department": "North"}).groups[0].cells[0].since
    assert since == date(2015, 4, 1)


def test_a_fact_recorded_for_all_incidents_is_recorded_for_each_tier_unless_it_says_otherwise(register, ask, said):
    extracts.cover(register, "events", "2014-04-01")
    extracts.cover(register, "all-incidents", "2015-07-01", fact="department")
    asked = {"first": "2015-04-01", "last": "2016-03-31", "where": {"department": "North"}}
    cell = ask("events", **asked).groups[0].cells[0]
    assert (cell.status, cell.value, cell.since) == ("held_since", 1, date(2015, 7, 1))
    extracts.cover(register, "events", "2015-04-01", fact="department")
    assert said(ask("events", **asked)) == [("held", 2)]


def test_a_fact_recorded_only_after_its_measure_ended_is_in_no_period(register, ask, said):
    extracts.cover(register, "events", "2014-04-01", "2015-03-31")
    extracts.cover(register, "events", "2015-04-01", fact="department")
    asked = ask("events", "2014-04-01", "2016-03-31", where={"department": "North"})
    assert said(asked) == [("not_in_register", None), ("not_in_register", None)]


def test_coverage_of_each_source_together_is_that_of_the_whole_and_a_joined_one_is_a_break(register, ask, said):
    extracts.cover(register, "events", "2014-04-01", where={"source": "sheet"})
    extracts.cover(register, "events", "2015-08-01", where={"source": "service desk"})
    asked = {"first": "2014-04-01", "last": "2016-03-31"}
    table = ask("events", **asked)
    assert said(table) == [("held", 2), ("held", 3)]
    assert table.breaks == (
        {
            "measure": "events",
            "day": "2015-08-01",
            "note": "what comes from “service desk” is recorded from this day on",
        },
    )
    by_source = ask("events", **asked, group=["source"])
    assert cells(by_source, source="service desk") == [("not_in_register", None), ("held_since", 1)]
    assert cells(by_source, source="sheet") == [("held", 2), ("held", 2)]
    assert said(ask("events", **asked, where={"source": "service desk"})) == [
        ("not_in_register", None),
        ("held_since", 1),
    ]


def test_a_source_that_ends_is_a_break_and_one_that_only_changes_its_place_is_none(register, ask):
    extracts.cover(register, "events", "2014-04-01")
    extracts.cover(register, "events", "2014-06-01", "2015-03-31", where={"source": "service desk"})
    extracts.cover(register, "events", "2015-04-01", "2015-12-31", where={"source": "service desk"})
    found = [(row["day"], row["note"]) for row in ask("events", "2014-04-01", "2016-03-31").breaks]
    assert found == [
        ("2014-06-01", "what comes from “service desk” is recorded from this day on"),
        ("2016-01-01", "what comes from “service desk” is recorded no longer"),
    ]


@pytest.fixture
def searched(register, operator):
    def search(**more):
        return knowing.record_search(
            register, "events", since=date(2013, 4, 1), until=date(2014, 3, 31), places="the shared mailbox",
            searcher="Records manager", on=date(2016, 3, 7), by=operator, at=extracts.NOW, **more,
        )  # fmt: skip

    extracts.cover(register, "events", "2014-04-01")
    return search


def test_a_search_for_one_department_says_nothing_of_the_others(searched, ask, said):
    searched(where={"department": "North"})
    asked = {"first": "2013-04-01", "last": "2014-03-31"}
    assert said(ask("events", **asked, where={"department": "North"})) == [("not_held", None)]
    assert said(ask("events", **asked, where={"department": "South"})) == [("not_in_register", None)]
    assert said(ask("events", **asked)) == [("not_in_register", None)]


def test_a_search_for_everything_covers_each_part_and_is_recorded_once(searched, ask, said):
    assert searched()
    assert searched() is None
    asked = {"first": "2013-04-01", "last": "2014-03-31", "where": {"department": "South"}}
    assert said(ask("events", **asked)) == [("not_held", None)]


def test_what_is_no_fact_of_an_incident_cannot_be_covered(register, searched):
    with pytest.raises(WrongInput, match="not a fact of an incident"):
        extracts.cover(register, "events", fact="weather")
    with pytest.raises(WrongInput, match="cannot be filtered by"):
        searched(where={"weather": "fine"})


def test_stating_a_fact_again_replaces_its_own_row_only(register, ask, said):
    extracts.cover(register, "events", "2014-04-01")
    assert extracts.cover(register, "events", "2015-04-01", fact="department")
    assert extracts.cover(register, "events", "2015-04-01", fact="department") is None
    assert extracts.cover(register, "events", "2014-06-01", fact="department")
    table = ask("events", "2014-04-01", "2015-03-31", where={"department": "North"})
    assert (table.groups[0].cells[0].status, table.groups[0].cells[0].since) == ("held_since", date(2014, 6, 1))
    assert said(ask("events", "2014-04-01", "2015-03-31")) == [("held", 2)]


def test_what_lies_after_the_end_of_coverage_does_not_say_that_it_begins_before(register, ask):
    extracts.cover(register, "events", "2013-04-01", "2014-03-31")
    cell = ask("events", "2014-04-01", "2015-03-31").groups[0].cells[0]
    assert (cell.status, cell.since) == ("not_in_register", None)
    extracts.cover(register, "events", "2016-04-01")
    assert ask("events", "2014-04-01", "2015-03-31").groups[0].cells[0].since == date(2016, 4, 1)
