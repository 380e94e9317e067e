"""How many, as at a day and a ledger number, with every state spelt out."""

import json
from datetime import date, timedelta

import pytest

import extracts
from candour.figures import actions as knowing
from candour.figures import questions, rendering
from candour.incidents import actions, undoing
from candour.ledger import queries as ledger
from candour.rules import years
from candour.rules.refusals import WrongInput

REGISTER = """
    reference  logged_on   occurred_on  tier             department  category  people_affected
    1          2011-05-03  2011-05-01   other-incident   Legal       IV        3
    2          2011-06-03  2011-03-31   other-incident   North       IV        -
    3          2012-05-03  2012-05-01   other-incident   North       V         40
    4          2012-06-03  2012-05-01   event            North       -         -
    5          2015-03-31  2015-03-30   reported-to-ico  -           I         1
    6          2015-04-01  2015-04-01   near-miss        Legal       -         -
    7          2013-01-05  -            undetermined     Legal       -         -
"""


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events"):
        extracts.cover(body, measure, "2011-04-01")
    extracts.cover(body, "near-misses", "2015-04-01")
    return body


def test_a_zero_is_printed_where_coverage_says_so(register, ask, said):
    assert said(ask("other-incidents")) == [("held", 2), ("held", 1), ("held", 0), ("held", 0)]
    assert said(ask("incidents-reported-to-ico")) == [("held", 0), ("held", 0), ("held", 0), ("held", 1)]


def test_what_was_not_recorded_is_not_in_the_register_and_says_since_when_it_is(register, ask):
    cells = ask("near-misses", last="2016-03-31").groups[0].cells
    assert [cell.status for cell in cells] == ["not_in_register"] * 4 + ["held"]
    assert cells[0].since == date(2015, 4, 1)
    assert cells[4].value == 1


def test_a_search_makes_it_not_held(register, ask, operator):
    knowing.record_search(
        register, "near-misses", since=date(2011, 4, 1), until=date(2015, 3, 31), places="shared drive, paper files",
        searcher="Records manager", on=date(2016, 3, 2), by=operator, at=extracts.NOW,
    )  # fmt: skip
    cells = ask("near-misses").groups[0].cells
    assert {cell.status for cell in cells} == {"not_held"}
    assert "shared drive" in cells[0].search
    partly = ask("near-misses", "2010-04-01", "2011-03-31").groups[0].cells
    assert partly[0].status == "not_in_register"


def test_where_nobody_stated_coverage_a_count_is_held_with_a_note_and_a_zero_is_not_known(body, ask, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    cells = ask("other-incidents").groups[0].cells
    assert [cell.status for cell in cells] == ["held", "held", "not_in_register", "not_in_register"]
    assert cells[0].note == "coverage not stated"


def test_a_period_partly_covered_counts_within_and_says_from_when(body, ask, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    extracts.cover(body, "other-incidents", "2011-06-01")
    cell = ask("other-incidents").groups[0].cells[0]
    assert (cell.status, cell.value, cell.since, cell.until) == ("held_since", 1, date(2011, 6, 1), None)


def test_a_gap_between_rows_is_a_gap(body, ask, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    extracts.cover(body, "other-incidents", "2011-04-01", "2011-04-30")
    extracts.cover(body, "other-incidents", "2011-06-01")
    cell = ask("other-incidents").groups[0].cells[0]
    assert (cell.status, cell.value) == ("held_since", 1)
    assert cell.note == "nothing from 1 May 2011 to 31 May 2011"


def test_what_begins_after_the_as_at_day_is_not_yet_and_what_contains_it_counts_to_it(register, ask):
    cells = ask("other-incidents", as_at="2012-05-10").groups[0].cells
    assert [(cell.status, cell.value, cell.note) for cell in cells[1:3]] == [
        ("held", 1, "to 10 May 2012"),
        ("not_applicable", None, "not yet"),
    ]


def test_as_at_an_earlier_day_only_what_was_logged_by_then_counts_and_it_is_reconstructed(register, ask, said):
    table = ask("other-incidents", as_at="2011-05-31")
    assert said(table)[0] == ("held", 1)
    assert table.reconstructed
    assert not ask("other-incidents").reconstructed


def test_the_basis_decides_the_period_and_what_has_no_date_is_in_none(register, ask, said):
    table = ask("all-incidents", basis="occurred")
    assert said(table)[0][1] == 1
    assert table.date_not_known == 1


def test_all_incidents_sums_what_is_held_and_names_what_is_not(register, ask):
    cell = ask("all-incidents").groups[0].cells[1]
    assert cell.value == 3
    assert "near-misses" in cell.note


def test_by_tier_the_undetermined_have_a_row_of_their_own(register, ask):
    table = ask("all-incidents", last="2016-03-31", group=["tier"])
    rows = {group.key["tier"]: [cell.value for cell in group.cells] for group in table.groups}
    assert rows == {
        "reported-to-ico": [0, 0, 0, 1, 0],
        "other-incident": [2, 1, 0, 0, 0],
        "event": [0, 1, 0, 0, 0],
        "near-miss": [None, None, None, None, 1],
        "undetermined": [0, 1, 0, 0, 0],
    }


def test_groups_filters_and_categories(register, ask):
    table = ask("other-incidents", group=["category", "department"])
    rows = {tuple(group.key.values()): [cell.value for cell in group.cells] for group in table.groups}
    assert rows == {("IV", "Legal"): [1, 0, 0, 0], ("IV", "North"): [1, 0, 0, 0], ("V", "North"): [0, 1, 0, 0]}
    assert table.completeness == {"category": {"known": 3, "of": 3}, "department": {"known": 3, "of": 3}}
    assert [cell.value for cell in ask("other-incidents", where={"department": "North"}).groups[0].cells] == [
        1,
        1,
        0,
        0,
    ]
    assert [cell.value for cell in ask("other-incidents", where={"category": "IV"}).groups[0].cells] == [2, 0, 0, 0]


def test_people_are_added_up_over_those_that_state_a_number(register, ask):
    table = ask("people-affected")
    assert [cell.value for cell in table.groups[0].cells] == [3, 40, 0, 1]
    assert table.completeness["people_affected"] == {"known": 3, "of": 6}


def test_a_statement_fills_what_coverage_does_not_from_the_day_it_was_said(register, ask, operator):
    knowing.add_statement(
        register, "events", period=years.read("2009/10"), value=7, said_on=date(2010, 6, 1),
        document="Annual report 2009-10", by=operator, at=extracts.NOW,
    )  # fmt: skip
    cells = ask("events", "2009-04-01", "2011-03-31").groups[0].cells
    assert (cells[0].status, cells[0].value) == ("held", 7)
    assert cells[0].source == {"what": "Annual report 2009-10", "said_on": "2010-06-01"}
    assert cells[1].status == "not_in_register"
    assert ask("events", "2009-04-01", "2010-03-31", as_at="2010-05-31").groups[0].cells[0].status == "not_in_register"


def test_a_statement_that_differs_from_a_covered_cell_is_told_in_its_note(register, ask, operator):
    knowing.add_statement(
        register, "other-incidents", period=years.read("2011/12"), value=5, said_on=date(2012, 6, 1),
        document="Annual report", by=operator, at=extracts.NOW,
    )  # fmt: skip
    cell = ask("other-incidents").groups[0].cells[0]
    assert cell.value == 2
    assert "Annual report said 5 on 1 June 2012" in cell.note


def test_a_break_is_printed_under_a_table_that_spans_it(register, ask, operator):
    knowing.note_break(register, "events", day=date(2013, 4, 1), note="a new form", by=operator, at=extracts.NOW)
    assert ask("events").breaks == ({"measure": "events", "day": "2013-04-01", "note": "a new form"},)
    assert ask("events", last="2013-03-31").breaks == ()
    assert ask("other-incidents").breaks == ()


def test_stating_coverage_again_is_a_new_version_and_the_old_number_still_says_the_old(register, ask, said):
    before = ledger.head(register.pk).number
    extracts.cover(register, "near-misses", "2014-04-01")
    assert said(ask("near-misses"))[3] == ("held", 0)
    assert said(ask("near-misses", number=before))[3] == ("not_in_register", None)
    assert extracts.cover(register, "near-misses", "2014-04-01") is None


def test_an_amended_incident_counts_anew_at_the_head_and_as_before_at_the_old_number(register, ask, said, operator):
    old = ask("other-incidents")
    actions.amend(
        register, "1", {"tier": "event"}, reason="looked at again", correction=False, by=operator, at=extracts.NOW
    )
    assert said(ask("other-incidents"))[0] == ("held", 1)
    again = ask("other-incidents", number=old.as_at.number)
    assert json.dumps(again.as_json()) == json.dumps(old.as_json())
    yesterday = (extracts.NOW - timedelta(days=1)).date().isoformat()
    assert said(ask("other-incidents", as_at=yesterday))[0] == ("held", 2)


def test_a_correction_holds_for_every_day_at_the_head(register, ask, said, operator):
    actions.amend(register, "1", {"tier": "event"}, reason="a slip", correction=True, by=operator, at=extracts.NOW)
    assert said(ask("other-incidents", as_at="2011-12-31"))[0] == ("held", 1)


def test_a_withdrawn_report_to_the_ico_moves_nothing(body, ask, said, operator, tmp_path):
    text = """
        reference  logged_on   told_ico_on  personal_data
        1          2014-05-03  2014-05-04   yes
    """
    extracts.load(body, text, tmp_path)
    extracts.cover(body, "incidents-reported-to-ico", "2011-04-01")
    before = said(ask("incidents-reported-to-ico"))
    actions.amend(
        body, "1", {"ico_report_withdrawn_on": "2014-06-01"}, reason="withdrawn", correction=False, by=operator,
        at=extracts.NOW,
    )  # fmt: skip
    assert said(ask("incidents-reported-to-ico")) == before == [("held", 0)] * 3 + [("held", 1)]


def test_void_incidents_and_exercises_never_count(body, ask, operator, tmp_path):
    text = """
        reference  logged_on   tier   exercise
        1          2014-05-03  event  yes
        2          2014-05-03  event  no
    """
    report = extracts.load(body, text, tmp_path)
    assert ask("events").groups[0].cells[3].value == 1
    undoing.undo(body, report.ledger_number, reason="x", by=operator, at=extracts.NOW)
    assert ask("events").groups[0].cells[3].value is None


def test_bodies_are_counted_apart(register, ask, tmp_path):
    other = extracts.body("other")
    extracts.load(other, REGISTER, tmp_path)
    assert ask("other-incidents").groups[0].cells[0].value == 2


def test_the_number_of_queries_does_not_grow(register, ask, tmp_path, django_assert_num_queries):
    many = "\n".join(f"x{n}  2012-05-{n % 28 + 1:02}  other-incident  D{n % 50}" for n in range(300))
    extracts.load(register, f"reference  logged_on  tier  department\n{many}\n", tmp_path, source="other")
    with django_assert_num_queries(11):
        ask("all-incidents", group=["department", "tier"])


def test_what_cannot_be_asked_says_what_can():
    spans = years.periods("financial-year", date(2011, 4, 1), date(2012, 3, 31))
    for wrong, says in (
        ({"measure": "deaths"}, "is not a measure"),
        ({"group": ["ico_reference"]}, "cannot be grouped"),
        ({"group": ["tier", "tier"]}, "at most 2 different"),
        ({"where": {"description": "x"}}, "cannot be grouped or filtered"),
        ({"basis": "moon"}, "is not a basis"),
        (
            {"where": {"tier": "near-miss"}},
            "events counts only incidents of the tier event, so none of them is near-miss",
        ),
    ):
        with pytest.raises(WrongInput, match=says):
            questions.question(**{"measure": "events", "periods": spans, **wrong})


def test_text_csv_and_chart_say_the_same(register, ask):
    table = ask("near-misses", last="2016-03-31")
    assert "not in this register" in rendering.text(table)
    lines = rendering.written(table, "csv").decode().splitlines()
    assert lines[0].lstrip("\ufeff").split(",")[:5] == ["period", "start", "end", "status", "value"]
    assert lines[1].split(",")[3:5] == ["not_in_register", ""]
    assert lines[5].split(",")[3:5] == ["held", "1"]
    assert 'role="img"' in rendering.chart(table)
