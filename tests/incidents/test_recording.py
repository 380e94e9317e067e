"""The references that this register gives out, one after another in a year, beside those that came from elsewhere."""

from datetime import datetime, timedelta

import pytest

import extracts
from candour.incidents.actions import recording
from candour.organisation import people
from candour.rules import years

NOW = extracts.NOW


@pytest.fixture
def record(body):
    """Record an incident and return its reference."""

    def make(at=NOW):
        reference, _ = recording.record(body, {}, words={"description": "A letter"}, by=people.operator(body), at=at)
        return reference

    return make


@pytest.fixture
def loaded(body, tmp_path):
    """Load the sheet of another register, with incidents that are called so."""

    def load(*references):
        rows = "".join(f"{reference}  2014-05-12  event\n" for reference in references)
        extracts.load(body, f"reference  logged_on  tier\n{rows}", tmp_path)

    return load


def test_they_follow_each_other_and_begin_anew_with_the_year(record):
    year = NOW.year
    following = datetime(year + 1, 1, 1, 10, tzinfo=years.LONDON)
    assert [record(), record()] == [f"{year}-0001", f"{year}-0002"]
    assert [record(following), record(following + timedelta(hours=1))] == [f"{year + 1}-0001", f"{year + 1}-0002"]


def test_one_that_is_taken_is_passed_over(record, loaded):
    record()
    loaded(f"{NOW.year}-0002", f"{NOW.year}-0003")
    assert record() == f"{NOW.year}-0004"


def test_what_another_register_brought_after_the_last_does_not_begin_them_anew(record, loaded):
    first = [record(), record()]
    loaded(*(f"OLD/{number}" for number in range(recording.NEWEST + 1)))
    assert record() == f"{NOW.year}-0003"
    assert record() not in first


def test_the_next_costs_the_same_however_many_there_are(body, record, django_assert_num_queries):
    record()
    with django_assert_num_queries(2):
        recording._next(body, NOW.year)
