"""A body and those whose work came to it: nothing of their registers vanishes, and what comes in is accounted for."""

import os
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import asked as asked_of
import extracts
import histories
from candour.figures import (
    across,
    differences,
    inherited,
    lines,
    measures,
    middles,
    neighbours,
    questions,
    tables,
    taken_over,
)
from candour.incidents import actions
from candour.incidents.actions import access
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people, succession
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput
from staff import hire

TODAY = extracts.NOW.date()
ON = date(2015, 4, 1)
OLD = """
    reference  logged_on   tier            people_affected
    1          2013-05-02  event           4
    2          2014-06-02  event           9
    3          2014-07-02  other-incident  1
    4          2015-04-03  event           2
    5          2015-11-03  event           -
"""
OWN = """
    reference  logged_on   tier            people_affected
    1          2014-06-12  event           5
    2          2015-06-02  event           7
"""
MEASURES = ("events", "all-incidents", "people-affected", "open-at-end")


@pytest.fixture
def old(db, tmp_path):
    body = extracts.body("old")
    extracts.load(body, OLD, tmp_path, name="old.csv")
    for measure in ("events", "other-incidents"):
        extracts.cover(body, measure, "2011-04-01")
    return body


@pytest.fixture
def new(db, tmp_path):
    body = extracts.body("new")
    extracts.load(body, OWN, tmp_path, name="own.csv")
    for measure in ("events", "other-incidents"):
        extracts.cover(body, measure, "2011-04-01")
    return body


def over(old, new, how="merged"):
    """The work of one body goes to the other; return the other's ledger numbers before and after."""
    before = ledger.head(new.pk).number
    by = {"by": people.operator(old), "at": extracts.NOW}
    succession.hand_over(old, [new], how=how, on=ON, reason="the order", **by)
    succession.take_over(new, old, prefix="OLD/", by=people.operator(new), at=extracts.NOW)
    return before, ledger.head(new.pk).number


def asked(measure="events", first="2013-04-01", last="2016-03-31", by="financial-year", **more):
    return questions.question(measure, years.periods(by, date.fromisoformat(first), date.fromisoformat(last)), **more)


def table(body, question, number, day=TODAY):
    return across.across(neighbours.with_predecessors(body, number), question, day)


def cells(row):
    return [(cell.status, cell.value) for cell in row.cells]


def changed(body, question, number, against, by=None):
    who = by or people.operator(body)
    return taken_over.seen(body, question, AsAt(TODAY, number), AsAt(TODAY, against), by=who, today=TODAY)


@pytest.mark.parametrize("by", ["financial-year", "calendar-year"])
@pytest.mark.parametrize("measure", MEASURES)
def test_what_comes_with_a_body_that_merged_adds_up_exactly(old, new, measure, by):
    before, after = over(old, new)
    question = asked(measure, by=by)
    then, now = table(new, question, before).total, table(new, question, after).total
    found = changed(new, question, after, before)
    for place in range(len(question.periods)):
        label = question.periods[place].label
        came = sum(one.after.value for one in found.rows if one.after_period == label)
        assert (now[place].value or 0) - (then[place].value or 0) == came
    assert {one.kind for one in found.rows} == {"body-merged"}
    assert found.rows[0].reference == "OLD/1"
    assert found.rows[0].ledger_number == after
    back = changed(new, question, before, after)
    assert [(one.before, one.after) for one in back.rows] == [(one.after, one.before) for one in found.rows]


def test_its_own_and_what_came_are_accounted_for_together(old, new, operator_of):
    before, _ = over(old, new)
    actions.amend(
        new, "1", {"tier": "other-incident"}, reason="looked at", correction=True, by=operator_of(new), at=extracts.NOW
    )
    after = ledger.head(new.pk).number
    found = changed(new, asked(), after, before)
    assert [(one.reference, one.kind) for one in found.rows] == [
        ("1", "re-tiered"), ("OLD/1", "body-merged"), ("OLD/2", "body-merged"), ("OLD/4", "body-merged"),
        ("OLD/5", "body-merged"),
    ]  # fmt: skip
    totals = [sum(cell.value for cell in table(new, asked(), number).total) for number in (before, after)]
    moved = sum((one.after.value if one.after else 0) - (one.before.value if one.before else 0) for one in found.rows)
    assert totals[1] - totals[0] == moved == 3


@pytest.fixture
def operator_of():
    return people.operator


def test_between_two_days_the_sealed_record_is_read_on_both(old, new):
    _, after = over(old, new)
    found = taken_over.seen(
        new, asked(), AsAt(TODAY, after), AsAt(date(2014, 5, 1), after), by=people.operator(new), today=TODAY
    )
    days = [sum(cell.value or 0 for cell in table(new, asked(), after, day).total) for day in (date(2014, 5, 1), TODAY)]
    assert days[1] - days[0] == len(found.rows) == 5
    assert {one.kind for one in found.rows} == {"recorded"}


def test_confidential_ones_are_counted_and_not_named_and_who_sees_no_incident_is_told_how_many(old, new):
    operator = people.operator(old)
    access.restrict(old, "2", persons=[operator.number], reason="staff", by=operator, at=extracts.NOW)
    before, after = over(old, new)
    found = changed(new, asked(), after, before)
    assert ([one.reference for one in found.rows], found.unseen) == (["OLD/1", "OLD/4", "OLD/5"], 1)
    officer = hire(new, "foi-officer")
    assert changed(new, asked(), after, before, by=officer) == differences.Seen([], 4)


def test_what_a_body_logged_after_its_last_day_stands_in_its_line(old, new):
    _, after = over(old, new)
    found = table(new, asked(), after)
    assert cells(found.rows[0]) == [("held", 1), ("held", 1), ("held", 2)]
    assert "2015/16: dated after its last day in its own register" in " ".join(lines.notes(found))
    assert [cell.value for cell in found.total] == [1, 2, 3]
    behind = inherited.inherited(
        new, "old", asked(first="2015-04-01"), AsAt(TODAY, after), by=people.operator(new), today=TODAY
    )
    assert [reference for reference, _ in behind.rows] == ["OLD/4", "OLD/5"]


def test_in_a_period_that_its_last_day_cuts_the_late_ones_are_told_apart(old, new):
    _, after = over(old, new)
    question = asked(first="2015-01-01", last="2015-12-31", by="calendar-year")
    (line, _) = table(new, question, after).rows
    assert (line.cells[0].status, line.cells[0].value, line.cells[0].until) == ("held_since", 2, date(2015, 3, 31))
    assert line.cells[0].note == "2 of them dated after its last day in its own register"
    behind = inherited.inherited(new, "old", question, AsAt(TODAY, after), by=people.operator(new), today=TODAY)
    assert [reference for reference, _ in behind.rows] == ["OLD/4", "OLD/5"]


def test_a_year_in_which_nothing_came_late_says_that_it_ended(old, new):
    _, after = over(old, new)
    (line, _) = table(new, asked("other-incidents"), after).rows
    assert cells(line) == [("held", 0), ("held", 1), ("not_applicable", None)]
    assert line.cells[2].note == "ended on 1 April 2015"


def test_what_lies_outside_the_coverage_of_a_line_is_flagged_under_the_table(old, new):
    extracts.cover(old, "events", "2014-04-01", "2015-03-31")
    _, after = over(old, new)
    found = table(new, asked(), after)
    assert cells(found.rows[0]) == [("not_in_register", None), ("held", 1), ("not_applicable", None)]
    said = dict(lines.about(found))["Outside the coverage of Sample Body"]
    assert "1 of events in 2013/14; 2 of events in 2015/16" in said
    assert [one["incidents"] for one in found.as_json()["bodies"][0]["before_coverage"]] == [1, 2]


def test_a_part_that_was_transferred_has_its_line_with_its_day_and_no_number_of_the_other(old, new):
    _, after = over(old, new, how="transferred")
    found = table(new, asked(), after)
    assert cells(found.rows[0]) == [("elsewhere", None), ("elsewhere", None), ("not_applicable", None)]
    assert found.rows[0].cells[2].note == "came to us on 1 April 2015"
    assert "a part of its work came to us on 1 April 2015" in found.rows[0].line.note
    assert [cell.value for cell in found.total] == [0, 1, 1]
    assert "without Sample Body: available elsewhere: its own figures" in found.total[0].note
    with pytest.raises(NotThere):
        inherited.inherited(new, "old", asked(), AsAt(TODAY, after), by=people.operator(new), today=TODAY)
    assert changed(new, asked(), after, after - 1) == differences.Seen([], 0)


def test_middle_values_have_no_total_and_what_came_is_not_said_to_add_up(old, new):
    before, after = over(old, new)
    found = table(new, asked("people-affected-median"), after)
    assert [cell.value for cell in found.rows[0].cells] == [4, 5, 2]
    assert [cell.note for cell in found.total] == [across.NO_TOTAL] * 3
    came = changed(new, asked("people-affected-median"), after, before)
    assert [one.reference for one in came.rows] == ["OLD/1", "OLD/2", "OLD/3", "OLD/4", "OLD/5"]


def test_two_middle_values_are_shown_and_not_said_to_add_up(new):
    before, later = ledger.head(new.pk).number, extracts.NOW + timedelta(minutes=1)
    actions.amend(
        new, "1", {"people_affected": 50}, reason="counted", correction=True, by=people.operator(new), at=later
    )
    question = asked("people-affected-median")
    then, now = (tables.table(new.pk, question, AsAt(TODAY, number)) for number in (before, ledger.head(new.pk).number))
    assert [one.words() for one in middles.moved(then, now)] == ["2014/15: 5 then, 50 now"]
    assert middles.moved(now, now) == []
    assert "does not add up" in middles.SAYS


DAYS = st.sampled_from([date(2013, 3, 31), date(2014, 12, 25), TODAY])


@settings(
    max_examples=int(os.environ.get("HISTORIES", "12")),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    deeds=st.tuples(histories.DEEDS, histories.DEEDS),
    covers=st.lists(asked_of.COVER, max_size=4),
    question=asked_of.QUESTION,
    days=st.tuples(DAYS, DAYS),
    on=st.sampled_from([date(2012, 5, 3), date(2013, 4, 1), date(2014, 6, 1)]),
    back=st.integers(0, 12),
)
def test_the_totals_differ_by_exactly_what_is_named_for_any_history(db, deeds, covers, question, days, on, back):
    measure = measures.BY_SLUG[question["measure"]]
    assume(measure.gives.adds_up and asked_of.fits(question))
    old, new = histories.History(), histories.History()
    for history, some, rows in ((old, deeds[0], covers[:2]), (new, deeds[1], covers[2:])):
        asked_of.Knowledge(history).cover(rows)
        history.do(some)
    reason = {"reason": "the order", "by": old.by, "at": old.at}
    succession.hand_over(old.body, [new.body], how="merged", on=on, **reason)
    before = max(new.head - back, 1)
    succession.take_over(new.body, old.body, prefix="OLD/", by=new.by, at=new.at)
    periods = asked_of.periods(question)
    asked_ = questions.question(measure, periods, where=question["where"], basis=question["basis"])
    then, now = AsAt(days[0], before), AsAt(days[1], new.head)
    try:
        found = taken_over.seen(new.body, asked_, now, then, by=new.by, today=TODAY)
        tables_ = [table(new.body, asked_, at.number, at.day) for at in (then, now)]
    except WrongInput as refusal:  # a filter by what nobody in this history ever named
        assume("No incident names" not in str(refusal))
        raise
    assert found.unseen == 0
    for place, period in enumerate(periods):
        totals = [one.total[place].value or 0 for one in tables_]
        came = sum(one.after.value for one in found.rows if one.after_period == period.label)
        went = sum(one.before.value for one in found.rows if one.before_period == period.label)
        assert totals[1] - totals[0] == came - went
