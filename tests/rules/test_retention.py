"""A period of retention ends on a day that no arithmetic of months moves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import retention

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "over"),
    [
        (date(2014, 5, 12), 72, date(2020, 5, 12)),
        (date(2016, 2, 29), 12, date(2017, 3, 1)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2015, 1, 31), 1, date(2015, 3, 1)),
        (date(2015, 12, 31), 2, date(2016, 3, 1)),
    ],
)
def test_a_period_ends_on_the_same_day_of_its_last_month_or_the_next_there_is(start, months, over):
    assert retention.over_on(start, months) == over


@given(DAYS, DAYS, st.integers(1, 240))
def test_what_is_over_today_began_by_the_latest_start(start, today, months):
    assert (retention.over_on(start, months) <= today) == (start <= retention.latest_start(today, months))
