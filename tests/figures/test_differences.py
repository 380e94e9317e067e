"""Two tables of one question differ by exactly the incidents that are named."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extracts
from candour.figures import behind, differences, questions, tables
from candour.incidents import actions, undoing
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import years
from candour.rules.refusals import WrongInput

TODAY = extracts.NOW.date()
REGISTER = """
    reference  logged_on   tier             department  people_affected
    1          2011-05-03  other-incident   Legal       3
    2          2012-06-03  other-incident   North       5
    3          2013-05-03  event            North       -
    4          2014-05-03  near-miss        Legal       1
"""
PERIODS = years.periods("financial-year", date(2011, 4, 1), date(2015, 3, 31))


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        extracts.cover(body, measure)
    return body


def told(body, against, measure="other-incidents", day=TODAY, **more):
    question = questions.question(measure, PERIODS, **more)
    return differences.differences(body.pk, question, AsAt(day, ledger.head(body.pk).number), against)


def amend(body, operator, reference, **changes):
    return actions.amend(
        body, reference, changes, reason="looked at again", correction=True, by=operator, at=extracts.NOW
    )


def test_an_amended_incident_is_named_with_from_to_why_and_number(register, operator):
    before = ledger.head(register.pk).number
    number = amend(register, operator, "1", tier="event")
    (one,) = told(register, before)
    assert one.as_json() == {
        "reference": "1",
        "period": "2011/12",
        "from": "other-incident",
        "to": "event",
        "value_from": 1,
        "value_to": 0,
        "kind": "re-tiered",
        "why": "corrected: looked at again",
        "ledger_number": number,
    }


def test_a_late_load_names_what_it_brought_and_an_undo_what_it_took(register, operator, tmp_path):
    before = ledger.head(register.pk).number
    late = "reference  logged_on  tier\nL1  2012-01-01  other-incident\nL2  2012-01-01  event\n"
    report = extracts.load(register, late, tmp_path, source="older")
    assert [(one.reference, one.why) for one in told(register, before)] == [("L1", "recorded late")]
    loaded = ledger.head(register.pk).number
    undoing.undo(register, report.ledger_number, reason="wrong file", by=operator, at=extracts.NOW)
    (undone,) = told(register, loaded)
    assert (undone.as_json()["from"], undone.as_json()["to"]) == ("other-incident", "void")
    assert [(one.reference, one.why) for one in told(register, loaded)] == [("L1", "voided: wrong file")]
    assert told(register, before) == []


def test_an_incident_that_moves_from_year_to_year_says_both(register, operator):
    before = ledger.head(register.pk).number
    amend(register, operator, "2", logged_on="2011-06-03")
    (one,) = told(register, before)
    assert one.as_json()["period"] == "2012/13 → 2011/12"


def test_what_does_not_touch_the_table_is_not_named(register, operator):
    before = ledger.head(register.pk).number
    amend(register, operator, "3", department="South")
    assert told(register, before) == []
    assert [one.reference for one in told(register, before, "all-incidents", group=["department"])] == ["3"]


def test_changed_coverage_explains_the_incidents_it_takes_in(register):
    before = ledger.head(register.pk).number
    extracts.cover(register, "near-misses", "2014-06-01")
    assert [(one.reference, one.why) for one in told(register, before, "near-misses")] == [("4", "coverage changed")]


def test_people_are_explained_by_how_many(register, operator):
    before = ledger.head(register.pk).number
    amend(register, operator, "1", people_affected=10)
    (one,) = told(register, before, "people-affected")
    assert (one.before.value, one.after.value) == (3, 10)


def test_the_incidents_behind_a_number_are_as_many_as_it_says(register, operator):
    question = questions.question("all-incidents", PERIODS, group=["department"])
    at = AsAt(TODAY, ledger.head(register.pk).number)
    table = tables.table(register.pk, question, at)
    for group in table.groups:
        for place, cell in enumerate(group.cells):
            found = behind.page(question, at, place, group.key, by=operator, today=TODAY)
            assert (found.counted, len(found.rows), found.unseen) == (cell.value, cell.value, 0)


CHANGES = st.one_of(
    st.fixed_dictionaries({"tier": st.sampled_from(["reported-to-ico", "other-incident", "event", "near-miss"])}),
    st.fixed_dictionaries({"department": st.sampled_from(["Legal", "North", "South"])}),
    st.fixed_dictionaries({"logged_on": st.dates(date(2011, 4, 1), date(2015, 3, 31)).map(str)}),
    st.fixed_dictionaries({"people_affected": st.integers(0, 50)}),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deeds=st.lists(st.tuples(st.sampled_from("1234"), CHANGES, st.booleans()), max_size=6),
    measure=st.sampled_from(["other-incidents", "all-incidents", "people-affected"]),
    day=st.sampled_from([TODAY, date(2013, 1, 1)]),
    places=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_differences_add_up_exactly_for_any_history(register, operator, deeds, measure, day, places):
    numbers = [ledger.head(register.pk).number, *done(register, operator, deeds)]
    low, high = (numbers[place % len(numbers)] for place in places)
    question = questions.question(measure, PERIODS)
    sums = [
        sum(cell.value or 0 for cell in tables.table(register.pk, question, AsAt(day, number)).groups[0].cells)
        for number in (low, high)
    ]
    found = differences.differences(register.pk, question, AsAt(day, high), low)
    moved = sum((one.after.value if one.after else 0) - (one.before.value if one.before else 0) for one in found)
    assert sums[1] - sums[0] == moved


def done(body, operator, deeds):
    """Do deeds, and give the ledger number after each that changed something."""
    for reference, changes, correction in deeds:
        with contextlib.suppress(WrongInput):
            yield actions.amend(
                body, reference, changes, reason="x", correction=correction, by=operator, at=extracts.NOW
            )
