"""What a measure gives besides a count: people, days, devices, cost, what is open; and what tables are made by."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
from candour.figures import actions as knowing
from candour.figures import grouping, questions, rendering, shares
from candour.incidents import actions, models
from candour.rules import answers, years
from candour.rules.refusals import WrongInput

REGISTER = """
    reference  logged_on   tier             discovered_at     aware_at          told_ico_on  closed_on   people_affected  people_affected_at_most  data_types                  department
    1          2014-05-05  reported-to-ico  2014-05-01        2014-05-02        2014-05-03   2014-06-30  4                10                       Health data; Location data  Legal
    2          2014-05-05  reported-to-ico  2014-05-01        2014-05-01        2014-05-09   2014-07-31  120              -                        Health data                 North
    3          2014-05-06  reported-to-ico  2014-05-01        -                 2014-05-04   -           -                -                        -                           North
    4          2014-08-06  other-incident   2014-08-06        -                 -            2015-05-01  1                -                        Location data               Legal
"""  # noqa: E501 - one line an incident


@pytest.fixture
def register(body, tmp_path):
    return extracts.covered(body, REGISTER, tmp_path, since="2014-04-01")


@pytest.fixture
def year(ask):
    """Ask for one financial year, 2014/15; a table of rows by their key."""

    def asked(measure, first="2014-04-01", last="2015-03-31", **more):
        table = ask(measure, first, last, **more)
        return {tuple(group.key.values()): group.cells[0].value for group in table.groups}

    return asked


def test_people_are_added_up_at_most_or_the_middle_one_is_taken(register, year):
    assert year("people-affected") == {(): 125}
    assert year("people-affected-at-most") == {(): 131}
    assert year("people-affected-median") == {(): 4}
    assert year("people-affected-median", where={"department": "Legal"}) == {(): 2.5}


def test_the_middle_of_nothing_is_not_zero(register, ask):
    cell = ask("people-affected-median", "2015-04-01", "2016-03-31").groups[0].cells[0]
    assert (cell.status, cell.value) == ("not_applicable", None)
    assert "no incident states a number" in cell.note


def test_days_to_report_and_the_bands_that_the_ico_prints(register, year):
    assert year("days-to-report") == {(): 3}
    assert year("incidents-reported-to-ico", group=["days_to_report"]) == {
        ("1 to 3 days",): 2,
        ("More than 7 days",): 1,
    }
    assert year("incidents-reported-to-ico", group=["time_to_report"]) == {
        ("24 hours to 72 hours",): 1,
        ("More than 1 week",): 1,
        (None,): 1,
    }
    assert year("all-incidents", group=["people_band"]) == {("1 to 9",): 2, ("100 to 1k",): 1, (None,): 1}


def test_whether_the_72_hours_were_kept_is_said_only_where_the_days_say_it(register, year):
    by_hours = year("incidents-reported-to-ico", group=["told_within_72_hours"])
    assert by_hours == {("yes",): 1, ("no",): 1, (None,): 1}
    assert year("told-within-72-hours") == {(): 1}


@pytest.mark.parametrize(
    ("aware", "told", "kept"),
    [
        ("2026-03-27 17:30", "2026-03-30T18:30+01:00", "yes"),
        ("2026-03-27 17:30", "2026-03-30T18:31+01:00", "no"),
        ("2026-03-28 10:00", "2026-03-31T11:00+01:00", "yes"),
        ("2026-10-23 17:30", "2026-10-26T16:30+00:00", "yes"),
        ("2026-10-23 17:30", "2026-10-26T16:31+00:00", "no"),
    ],
)
def test_72_hours_run_by_the_clock_over_the_day_on_which_it_changes(body, operator, year, tmp_path, aware, told, kept):
    text = f"reference  logged_on  tier  aware_at  told_ico_on\n1  2026-10-01  reported-to-ico  {aware}  {told[:10]}\n"
    extracts.load(body, text, tmp_path)
    actions.amend(
        body, "1", {"told_ico_on": told[:10]}, reason="the time of the report", correction=True, by=operator,
        at=extracts.NOW, times={"told_ico_on": told},
    )  # fmt: skip
    found = year("incidents-reported-to-ico", "2026-04-01", "2027-03-31", group=["told_within_72_hours"])
    assert found == {(kept,): 1}


def test_what_is_open_at_the_end_is_what_stood_open_that_day(register, ask, operator):
    told = {"reason": "more came up", "correction": False, "by": operator}
    actions.amend(register, "1", {"closed_on": None}, at=extracts.NOW + timedelta(minutes=1), **told)
    table = ask("open-at-end", "2014-04-01", "2015-06-30", by="quarter")
    assert [cell.value for cell in table.groups[0].cells] == [2, 2, 2, 2, 1]
    assert ask("open-at-end", "2026-10-01", "2026-12-31").groups[0].cells[0].value == 2


def test_what_was_logged_only_later_is_open_at_the_end_of_the_day_it_happened_before(body, ask, operator, tmp_path):
    text = """
        reference  logged_on   occurred_on  closed_on   tier
        1          2014-06-01  2014-05-01   -           event
        2          2014-09-01  2014-05-02   -           event
        3          2014-09-01  2014-05-03   2014-10-01  event
        4          2014-09-01  2014-05-04   2014-06-20  event
        5          2014-09-01  2014-08-04   -           event
    """
    extracts.covered(body, text, tmp_path, since="2014-01-01")
    asked = {"by": "quarter", "basis": "occurred"}
    happened = ask("open-at-end", "2014-04-01", "2014-12-31", **asked)
    assert [cell.value for cell in happened.groups[0].cells] == [3, 4, 3]
    assert not happened.reconstructed
    assert [cell.value for cell in ask("open-at-end", "2014-04-01", "2014-12-31", by="quarter").groups[0].cells] == [
        1,
        4,
        3,
    ]
    that_day = ask("open-at-end", "2014-04-01", "2014-06-30", as_at="2014-06-30", **asked)
    assert [cell.value for cell in that_day.groups[0].cells] == [1]


def test_there_is_no_number_of_what_is_open_where_the_end_of_the_period_is_not_covered(body, ask, tmp_path):
    extracts.load(body, "reference  logged_on  tier\n1  2012-05-01  near-miss", tmp_path)
    extracts.cover(body, "near-misses", "2012-04-01", "2012-06-30")
    for by in ("financial-year", "quarter"):
        table = ask("open-at-end", "2012-04-01", "2013-03-31", by=by, as_at="2013-06-01", where={"tier": "near-miss"})
        found = [(cell.status, cell.value) for cell in table.groups[0].cells]
        assert found == [("held", 1)] * (by == "quarter") + [("not_in_register", None)] * (3 if by == "quarter" else 1)


def test_kinds_of_data_overlap_and_are_never_added_up(register, ask, year):
    assert year("all-incidents", group=["data_types"]) == {("Health data",): 2, ("Location data",): 2, (None,): 1}
    table = ask("all-incidents", "2014-04-01", "2015-03-31", group=["data_types"])
    assert table.completeness["data_types"] == {"known": 3, "of": 4}
    assert ("Categories overlap", rendering.OVERLAP) in rendering.about(table)
    assert year("all-incidents", where={"data_types": "Location data"}) == {(): 2}
    with pytest.raises(WrongInput, match="overlap"):
        shares.shares(table, "column")


def test_shares_of_the_column_and_of_the_row(register, ask):
    table = ask("all-incidents", "2014-04-01", "2015-06-30", by="quarter", group=["department"])
    assert [values for _, values in shares.shares(table, "column").rows] == [
        (33.3, 100.0, None, None, None),
        (66.7, 0.0, None, None, None),
    ]
    assert shares.shares(table, "row").rows[0][1] == (50.0, 50.0, 0.0, 0.0, 0.0)


def test_a_line_with_a_hidden_cell_has_no_shares(register, ask):
    table = ask("all-incidents", "2014-04-01", "2015-03-31", by="quarter", group=["department"])
    hidden = replace(table.groups[0], cells=(answers.Suppressed("fewer than 5"), *table.groups[0].cells[1:]))
    found = shares.shares(replace(table, groups=(hidden, *table.groups[1:])), "column")
    assert [values[0] for _, values in found.rows] == [None, None]
    assert [values[1] for _, values in found.rows] == [100.0, 0.0]
    with pytest.raises(WrongInput, match="median"):
        shares.shares(ask("days-to-report"), "column")


def test_what_real_questionnaires_ask_by_can_be_asked_by():
    """Type, department, kind of data, staff group, cause, lost or stolen, 72 hours, discipline."""
    for name in (
        "incident_type", "ico-type", "department", "data_types", "data_subjects", "staff_group", "cause", "root-cause",
        "lost_or_stolen", "told_within_72_hours", "time_to_report", "people_band", "disciplinary", "encrypted",
        "medium",
    ):  # fmt: skip
        assert name in grouping.GROUPABLE


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dismissals", "the register holds no such fact"),
        ("compensation", "the register holds no such fact"),
        ("description", "single out an incident"),
        ("ico_reference", "single out an incident"),
        ("told_ico_on", "it is a day, by which periods are made"),
    ],
)
def test_what_the_register_does_not_hold_is_said_as_such(name, says):
    spans = [years.read("2014/15")]
    with pytest.raises(WrongInput, match=says):
        questions.question("events", spans, group=[name])
    with pytest.raises(WrongInput, match=says):
        questions.question("events", spans, where={name: "x"})


def test_a_table_of_more_rows_than_anybody_reads_is_refused(body, ask, tmp_path):
    many = "\n".join(f"{n}  2014-05-01  event  D{n}" for n in range(501))
    extracts.load(body, f"reference  logged_on  tier  department\n{many}\n", tmp_path)
    with pytest.raises(WrongInput, match="more than 500 rows"):
        ask("all-incidents", group=["department"])
    assert ask("all-incidents", where={"department": "D7"}).completeness["department"] == {"known": 501, "of": 501}


def test_a_fact_with_fifty_thousand_values_is_refused_before_they_are_read(body, ask, tmp_path):
    extracts.load(body, "reference  logged_on  tier  department\n1  2014-05-01  event  D", tmp_path)
    names = [field.column for field in models.Version._meta.concrete_fields if field.column != "id"]
    others = {"incident": "2 + at", "department": "'D' || at"}
    numbers = "with recursive n(at) as (select 1 union all select at + 1 from n where at < 50000)"
    with connection.cursor() as cursor:
        columns = ", ".join(others.get(name, name) for name in names)
        into = f"insert into incidents_version ({', '.join(names)})"
        cursor.execute(f"{numbers} {into} select {columns} from incidents_version, n")
    with CaptureQueriesContext(connection) as taken, pytest.raises(WrongInput, match="more than 500 rows; narrow it"):
        ask("all-incidents", group=["department"])
    assert len(taken) < 15


def test_what_nobody_recorded_before_a_day_is_not_counted_before_it(register, ask, operator):
    knowing.state_coverage(
        register, "incidents-reported-to-ico", since=years.read("2014/15").end, until=None, where={}, kept_in=None,
        reason="asked from then on", by=operator, at=extracts.NOW, fact="people_affected",
    )  # fmt: skip
    cell = ask("people-affected", "2014-04-01", "2015-03-31").groups[0].cells[0]
    assert cell.value == 1
    assert "held only from 31 March 2015" in cell.note
