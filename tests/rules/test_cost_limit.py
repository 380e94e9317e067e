"""The appropriate limit by kind of body, and what so many records for so many minutes come to."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import cost_limit
from candour.rules.refusals import NotThere

DAY = date(2016, 3, 10)


@pytest.mark.parametrize(
    ("regime", "kind", "pounds", "hours"),
    [
        ("foia", "ndpb", 450, 18),
        ("foia", "council", 450, 18),
        ("foia", "department", 600, 24),
        ("foia", "non-ministerial", 600, 24),
        ("foisa", "council", 600, 40),
    ],
)
def test_the_limit_is_that_of_the_kind_of_body(regime, kind, pounds, hours):
    limit = cost_limit.limit(regime, kind, DAY)
    assert (limit.pounds, limit.hours) == (pounds, hours)
    assert limit.source


def test_there_is_none_before_the_act_began_and_none_for_environmental_information():
    for regime, day in (("foia", date(2004, 12, 31)), ("eir", DAY)):
        with pytest.raises(NotThere):
            cost_limit.limit(regime, "ndpb", day)


def test_413_records_of_3_to_5_minutes_are_20_to_34_hours_and_over_the_limit():
    """A real refusal of 2025 (COST-04)."""
    limit = cost_limit.limit("foia", "ndpb", DAY)
    quick, slow = (cost_limit.Estimate(limit, 413, Decimal(minutes)) for minutes in (3, 5))
    assert (int(quick.hours), int(slow.hours)) == (20, 34)
    assert quick.over
    assert slow.over


def test_what_costs_just_the_limit_is_within_it():
    limit = cost_limit.limit("foia", "ndpb", DAY)
    assert not cost_limit.Estimate(limit, 18, Decimal(60)).over
    assert cost_limit.Estimate(limit, 18, Decimal("60.1")).over


@given(st.integers(1, 10_000), st.sampled_from(["ndpb", "department"]))
def test_the_most_minutes_a_record_may_take_are_just_within_the_limit(records, kind):
    limit = cost_limit.limit("foia", kind, DAY)
    most = cost_limit.most_minutes(limit, records)
    assert abs(cost_limit.Estimate(limit, records, most).pounds - limit.pounds) < Decimal("0.0001")
    assert cost_limit.Estimate(limit, records, most + 1).over
