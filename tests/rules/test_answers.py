"""The states of an answer add up and speak, and none of them is another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import answers
from candour.rules.refusals import WrongInput

APRIL = date(2015, 4, 1)
STATUSES_OF_THE_HOUSE = (
    "held held_since approximate not_in_register not_held no_longer_held not_applicable elsewhere withheld cost ncnd"
    " suppressed rounded"
)

ONE_OF_EACH = (
    (answers.Held(0), "0"),
    (answers.Held(1800), "1,800"),
    (answers.Held("IT supplier"), "IT supplier"),
    (answers.HeldSince(12, APRIL), "held only from 1 April 2015: 12"),
    (answers.HeldSince(3, None, date(2015, 9, 30)), "held only until 30 September 2015: 3"),
    (answers.HeldSince(3, APRIL, date(2015, 9, 30)), "held only from 1 April 2015 to 30 September 2015: 3"),
    (answers.Approximate(1800), "about 1,800"),
    (answers.NotInRegister(), "this register has no record for this time"),
    (answers.NotInRegister(APRIL), "this register has no record for this time; it begins on 1 April 2015"),
    (answers.NotHeld("the shared drive and the old spreadsheet"), "not held"),
    (answers.NoLongerHeld(APRIL), "no longer held: destroyed on 1 April 2015 under the retention schedule"),
    (answers.NotApplicable(note="not yet"), "not applicable"),
    (answers.Elsewhere("annual report", "https://example.org/r"), "available elsewhere: annual report"),
    (answers.Withheld("31(1)(a)"), "withheld under section 31(1)(a)"),
    (answers.Cost(), "not given: over the cost limit (section 12)"),
    (answers.Ncnd(), "neither confirmed nor denied"),
    (answers.Suppressed("fewer than 5"), "suppressed (fewer than 5)"),
    (answers.Rounded(10, "rounded to the nearest 5"), "10 (rounded to the nearest 5)"),
)
EXAMPLES = [answer for answer, _ in ONE_OF_EACH]


@pytest.mark.parametrize(("answer", "words"), ONE_OF_EACH)
def test_each_state_speaks(answer, words):
    assert answer.words().startswith(words)


@pytest.mark.parametrize("answer", EXAMPLES)
def test_each_state_travels_as_json_and_comes_back(answer):
    assert answers.from_json(answer.as_json()) == answer


def test_there_is_one_list_of_states():
    assert " ".join(answers.STATUSES) == STATUSES_OF_THE_HOUSE
    assert {answer.status for answer in EXAMPLES} == set(answers.STATUSES)


def test_the_keys_of_a_cell():
    assert answers.HeldSince(12, APRIL).as_json() == {
        "status": "held_since",
        "value": 12,
        "since": "2015-04-01",
        "until": None,
        "note": None,
    }


def test_a_quoted_figure_names_its_source():
    quoted = answers.Held(37, source={"what": "annual report 2011/12", "said_on": "2012-07-11"})
    assert quoted.as_json()["source"] == {"what": "annual report 2011/12", "said_on": "2012-07-11"}
    assert answers.from_json(quoted.as_json()) == quoted


def test_zero_is_held_and_not_held_has_no_value():
    assert answers.Held(0).as_json()["value"] == 0
    assert answers.NotHeld().as_json()["value"] is None
    assert answers.Held(0) != answers.NotHeld()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"status": "lost"}, "not a status"),
        ({}, "not a status"),
        ({"status": "held"}, "needs value"),
        ({"status": "withheld"}, "needs section"),
        ({"status": "held_since", "value": 3, "since": "April"}, "not a day"),
    ],
)
def test_what_is_no_answer_is_refused(row, says):
    with pytest.raises(WrongInput, match=says):
        answers.from_json(row)


def test_a_total_of_what_is_all_held_needs_no_note():
    assert answers.total([answers.Held(0), answers.Held(37), answers.Held(4)]) == answers.Held(41)
    assert answers.total([]) == answers.Held(0)


def test_a_total_names_each_part_that_is_not_held():
    parts = [answers.Held(1), answers.Held(81), answers.Held(80), answers.NotHeld()]
    names = ["reported to the ICO", "other incidents", "events", "near misses"]
    assert answers.total(parts, names) == answers.Held(162, note="without near misses: not held")


def test_a_total_says_what_covers_only_part_of_the_time():
    parts = [answers.Held(80), answers.HeldSince(12, APRIL), answers.Suppressed("fewer than 5")]
    assert answers.total(parts, ["events", "near misses", "other incidents"]) == answers.Held(
        92, note="near misses: held only from 1 April 2015; without other incidents: suppressed (fewer than 5)"
    )


def test_parts_that_begin_on_one_day_add_up_to_a_total_that_begins_then():
    assert answers.total([answers.HeldSince(12, APRIL), answers.HeldSince(3, APRIL)]) == answers.HeldSince(15, APRIL)


def test_an_approximate_or_rounded_part_makes_the_total_approximate():
    assert answers.total([answers.Held(3), answers.Approximate(1800)]) == answers.Approximate(1803)
    rounded = answers.total([answers.Held(3), answers.Rounded(10, "to the nearest 5")], ["a", "b"])
    assert rounded == answers.Approximate(13, note="b: to the nearest 5")


def test_a_note_of_a_part_stays_with_the_total():
    assert answers.total([answers.Held(3, note="coverage not stated"), answers.Held(1)], ["events", "near misses"]) == (
        answers.Held(4, note="events: coverage not stated")
    )


def test_a_total_of_nothing_held_is_no_number():
    assert answers.total([answers.NotHeld(), answers.NotHeld()]) == answers.NotHeld()
    mixed = answers.total([answers.NotHeld(), answers.NotInRegister(APRIL)], ["events", "near misses"])
    assert mixed.status == "not_in_register"
    assert mixed.value is None
    assert mixed.note is not None
    assert "events: not held" in mixed.note


def test_texts_do_not_add_up():
    with pytest.raises(TypeError, match="only numbers add up"):
        answers.total([answers.Held("many"), answers.Held(1)])


NUMBERS = st.integers(0, 10**6)
DAYS = st.sampled_from([APRIL, date(2016, 1, 1)])
WITHOUT = st.sampled_from([answer for answer in EXAMPLES if answer.value is None])
PARTS = (
    st.builds(answers.Held, NUMBERS)
    | st.builds(answers.HeldSince, NUMBERS, DAYS)
    | st.builds(answers.Approximate, NUMBERS)
    | WITHOUT
)
MANY = st.lists(PARTS, min_size=1, max_size=5)


@given(MANY, MANY)
def test_totals_are_associative(some, others):
    whole = answers.total([*some, *others])
    stepwise = answers.total([answers.total(some), answers.total(others)])
    assert (whole.value, whole.status) == (stepwise.value, stepwise.status)
    assert (whole.note is None) == (stepwise.note is None)


@given(MANY)
def test_the_order_of_parts_does_not_change_a_total(parts):
    forwards, backwards = answers.total(parts), answers.total(reversed(parts))
    assert (forwards.value, forwards.status) == (backwards.value, backwards.status)


@given(MANY)
def test_a_total_of_parts_that_are_not_all_held_says_so(parts):
    whole = answers.total(parts)
    assert isinstance(whole, answers.Held) <= (whole.note is not None or all(type(p) is answers.Held for p in parts))


@given(MANY)
def test_a_total_travels_as_json(parts):
    whole = answers.total(parts)
    assert answers.from_json(whole.as_json()) == whole
