"""The periods people ask by divide time without gap or overlap."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import years
from candour.rules.refusals import WrongInput

DIVIDING = ("financial-year", "calendar-year", "tax-year", "academic-year", "quarter", "month")
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
DAY = timedelta(days=1)


def labels(kind, first, last, **more):
    return [period.label for period in years.periods(kind, date.fromisoformat(first), date.fromisoformat(last), **more)]


def test_the_last_hour_of_march_is_still_the_old_financial_year_in_winter_time_and_not_in_summer_time():
    assert years.london_day(datetime(2016, 3, 31, 22, 59, tzinfo=UTC)) == date(2016, 3, 31)
    assert years.london_day(datetime(2016, 3, 31, 23, 0, tzinfo=UTC)) == date(2016, 4, 1)
    assert years.london_day(datetime(2013, 3, 30, 23, 59, tzinfo=UTC)) == date(2013, 3, 30)
    assert years.containing("financial-year", date(2016, 4, 1)).label == "2016/17"


def test_a_moment_from_elsewhere_is_turned_to_london():
    assert years.london_day(datetime(2016, 1, 1, 3, 0, tzinfo=timezone(timedelta(hours=5)))) == date(2015, 12, 31)
    assert years.london_day(date(2016, 1, 1)) == date(2016, 1, 1)


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        years.london_day(datetime(2016, 1, 1, 3, 0))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("financial-year", ["2014/15 (from 10 March 2015)", "2015/16 (to 6 April 2015)"]),
        ("calendar-year", ["2015 (10 March 2015 to 6 April 2015)"]),
        ("tax-year", ["tax year 2014/15 (from 10 March 2015)", "tax year 2015/16 (to 6 April 2015)"]),
        ("academic-year", ["academic year 2014/15 from 1 September (10 March 2015 to 6 April 2015)"]),
        ("quarter", ["Q4 2014/15 (from 10 March 2015)", "Q1 2015/16 (to 6 April 2015)"]),
        ("month", ["March 2015 (from 10 March 2015)", "April 2015 (to 6 April 2015)"]),
        ("span", ["10 March 2015 to 6 April 2015"]),
    ],
)
def test_periods_cut_at_their_ends_say_so(kind, expected):
    assert labels(kind, "2015-03-10", "2015-04-06") == expected


def test_whole_periods_are_not_marked():
    four = years.periods("financial-year", date(2011, 4, 1), date(2015, 3, 31))
    assert [period.label for period in four] == ["2011/12", "2012/13", "2013/14", "2014/15"]
    assert not any(period.part for period in four)


def test_a_part_year_has_the_days_that_are_left():
    (period,) = years.periods("financial-year", date(2015, 4, 1), date(2015, 9, 30))
    assert period == years.Period(
        date(2015, 4, 1), date(2015, 9, 30), "2015/16 (to 30 September 2015)", "financial-year", part=True
    )


def test_an_academic_year_says_its_start():
    assert labels("academic-year", "2014-08-01", "2016-07-31", academic_start=(8, 1)) == [
        "academic year 2014/15 from 1 August",
        "academic year 2015/16 from 1 August",
    ]


def test_a_century_is_written_out():
    assert labels("financial-year", "1999-04-01", "2001-03-31") == ["1999/2000", "2000/01"]


def test_accounting_periods_are_the_rows_given_and_may_leave_gaps():
    rows = [
        years.Period(date(2015, 7, 1), date(2016, 6, 30), "Year 2", "accounting-period"),
        years.Period(date(2014, 4, 1), date(2015, 6, 30), "Year 1 (15 months)", "accounting-period"),
        years.Period(date(2017, 1, 1), date(2017, 6, 30), "Year 3", "accounting-period"),
    ]
    assert labels("accounting-period", "2014-04-01", "2017-03-31", accounting=rows) == [
        "Year 1 (15 months)",
        "Year 2",
        "Year 3 (to 31 March 2017)",
    ]


def test_accounting_periods_that_overlap_are_refused():
    rows = [
        years.Period(date(2014, 4, 1), date(2015, 6, 30), "one", "accounting-period"),
        years.Period(date(2015, 6, 30), date(2016, 6, 30), "two", "accounting-period"),
    ]
    with pytest.raises(WrongInput, match="one and two overlap"):
        years.periods("accounting-period", date(2014, 4, 1), date(2016, 1, 1), accounting=rows)


@pytest.mark.parametrize(
    ("kind", "first", "last", "says"),
    [
        ("fortnight", date(2015, 1, 1), date(2015, 2, 1), "not a kind of period"),
        ("month", date(2015, 2, 1), date(2015, 1, 1), "before it begins"),
        ("month", date(1899, 12, 31), date(2015, 1, 1), "1900 and 2200"),
        ("month", date(2015, 1, 1), date(2201, 1, 1), "1900 and 2200"),
    ],
)
def test_what_cannot_be_divided_is_refused_in_a_sentence(kind, first, last, says):
    with pytest.raises(WrongInput, match=says):
        years.periods(kind, first, last)


def test_an_academic_year_cannot_start_on_a_leap_day():
    with pytest.raises(WrongInput, match="cannot start"):
        years.periods("academic-year", date(2015, 1, 1), date(2016, 1, 1), academic_start=(2, 29))


def test_a_kind_is_read_as_people_type_it():
    assert years.kind(" Financial Year ") == "financial-year"
    assert years.kind("tax_year") == "tax-year"
    with pytest.raises(WrongInput, match="financial-year, calendar-year"):
        years.kind("decade")


def test_days_are_spoken_as_in_a_letter():
    assert years.spoken(date(2016, 3, 10)) == "10 March 2016"
    assert years.spoken_with_weekday(date(2016, 3, 10)) == "Thursday 10 March 2016"


@given(st.sampled_from(DIVIDING), DAYS, DAYS)
def test_periods_partition_the_time_asked_about(kind, one, other):
    first, last = sorted((one, other))
    found = years.periods(kind, first, last)
    assert found[0].start == first
    assert found[-1].end == last
    assert all(later.start == earlier.end + DAY for earlier, later in pairwise(found))


@given(st.sampled_from(DIVIDING), DAYS)
def test_a_day_lies_in_the_period_that_contains_it_and_in_no_part(kind, day):
    period = years.containing(kind, day)
    assert day in period
    assert years.periods(kind, period.start, period.end) == (period,)
    assert not period.part


@given(st.sampled_from(DIVIDING), DAYS, DAYS)
def test_every_label_is_read_back_as_the_period_it_names(kind, one, other):
    first, last = sorted((one, other))
    for period in years.periods(kind, first, min(last, first + timedelta(days=800))):
        assert years.read(period.label) == period


@given(DAYS, DAYS)
def test_a_span_is_read_back_with_its_days(one, other):
    span = years.span(*sorted((one, other)))
    found = years.read(span.label)
    assert found is not None
    assert (found.start, found.end) == (span.start, span.end)
