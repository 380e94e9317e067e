"""Under every table stands since when it is recorded, derived from coverage, and what lies outside it is flagged."""

from datetime import date

import pytest

import extracts
from candour.figures import rendering

REGISTER = """
    reference  logged_on  occurred_on  tier  department
    A-1  2013-06-02  2013-06-01  near-miss  North
    A-2  2013-07-02  2013-07-01  near-miss  -
    A-3  2014-06-02  2014-06-01  near-miss  North
    A-4  2014-07-02  2013-01-01  event  North
    A-5  2014-08-02  2014-08-01  event  South
"""
ASKED = {"first": "2013-04-01", "last": "2015-03-31"}


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    extracts.cover(body, "near-misses", "2014-04-01")
    extracts.cover(body, "events", "2011-04-01", "2014-12-31")
    return body


def rows(table):
    return [(one.measure, one.fact, one.since, one.until) for one in table.coverage]


def test_since_is_derived_for_each_measure_and_each_fact_that_a_table_rests_on(register, ask):
    extracts.cover(register, "all-incidents", "2014-06-01", fact="department")
    assert rows(ask("near-misses", **ASKED)) == [("near-misses", "", date(2014, 4, 1), None)]
    assert rows(ask("near-misses", **ASKED, group=["department"])) == [
        ("near-misses", "", date(2014, 4, 1), None),
        ("near-misses", "department", date(2014, 6, 1), None),
    ]
    table = ask("all-incidents", **ASKED)
    about = dict(rendering.about(table))
    assert about["Recorded since"] == (
        "not stated: incidents reported to the ICO, other incidents; 1 April 2011 to 31 December 2014: events; "
        "1 April 2014: near misses"
    )
    assert table.as_json()["coverage"][-1] == {
        "measure": "near-misses",
        "fact": None,
        "since": "2014-04-01",
        "until": None,
    }


def test_stating_coverage_again_moves_since_with_it(register, ask):
    extracts.cover(register, "near-misses", "2013-04-01")
    assert rows(ask("near-misses", **ASKED)) == [("near-misses", "", date(2013, 4, 1), None)]


def test_what_is_dated_before_its_own_coverage_is_in_no_number_and_flagged(register, ask, said):
    table = ask("near-misses", **ASKED)
    assert said(table) == [("not_in_register", None), ("held", 1)]
    assert table.as_json()["before_coverage"] == [{"period": "2013/14", "measure": "near-misses", "incidents": 2}]
    assert dict(rendering.about(table))["Outside its coverage"].startswith(
        "2 of near misses in 2013/14: in the register"
    )
    assert ask("events", **ASKED).early == ()


def test_the_flag_counts_as_the_table_does(register, ask):
    found = ask("near-misses", **ASKED, where={"department": "North"})
    assert [one.incidents for one in found.early] == [1]
    grouped = ask("near-misses", **ASKED, group=["department"])
    assert [one.incidents for one in grouped.early] == [2]
    assert ask("near-misses", **ASKED, as_at="2013-06-30").early[0].incidents == 1
    all_of_them = ask("all-incidents", **ASKED)
    assert [(one.measure, one.incidents) for one in all_of_them.early] == [("near-misses", 2)]


def test_what_one_department_did_not_record_is_flagged_within_a_covered_year(register, ask):
    extracts.cover(register, "near-misses", "2013-04-01", where={"department": "North"})
    table = ask("near-misses", **ASKED, group=["department"])
    assert [one.incidents for one in table.early] == [1]  # A-2, of no department


def test_a_moment_that_was_not_recorded_decides_no_period(register, ask, said):
    assert said(ask("events", **ASKED, basis="occurred"))[0] == ("held", 0)
    extracts.cover(register, "events", "2014-04-01", fact="occurred_on")
    assert said(ask("events", **ASKED, basis="occurred"))[0] == ("not_in_register", None)
    assert said(ask("events", **ASKED))[0] == ("held", 0)


def test_what_is_open_has_no_days_outside_coverage(register, ask):
    assert ask("open-at-end", **ASKED).early == ()
