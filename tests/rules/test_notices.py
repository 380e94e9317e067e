"""Who is told of what and when, and who is asked until somebody answers."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import calendars, notices
from candour.rules.notices import Asked, Cause, Choice, Hours, Kind, Mark, To
from candour.rules.years import LONDON

CLOSED = frozenset(calendars.closed(["ENG", "WLS"], calendars.holidays()))
HOURS = Hours(time(20), time(7), CLOSED)
WAIT = timedelta(minutes=15)


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


FRIDAY = london("2026-08-28T17:45")  # Monday 31 August 2026 is a bank holiday


@pytest.mark.parametrize(
    ("deed", "facts", "by", "expected"),
    [
        ("incident.reported", {"said": {"immediate_risk": "no"}}, 0, [Cause(Kind.REPORT, To.TEAM)]),
        (
            "incident.reported",
            {"said": {"immediate_risk": "yes"}},
            0,
            [Cause(Kind.URGENT, To.DUTY), Cause(Kind.REPORT, To.TEAM)],
        ),
        ("incident.changed", {"changes": {"immediate_risk": [None, "yes"]}}, 3, [Cause(Kind.URGENT, To.DUTY)]),
        ("incident.changed", {"changes": {"department": [None, "North"]}}, 3, []),
        ("incident.accepted", {"to": 4}, 4, []),
        ("incident.accepted", {"to": 4}, 5, [Cause(Kind.ASSIGNED, To.NAMED, 4)]),
        ("incident.linked", {"kind": "related"}, 4, []),
        ("incident.linked", {"kind": "duplicate"}, 4, [Cause(Kind.OUTCOME, To.REPORTER)]),
        ("reporter.asked", {}, 4, [Cause(Kind.QUESTION, To.REPORTER)]),
        ("reporter.answered", {}, 0, [Cause(Kind.ANSWER, To.HOLDER)]),
        ("disposal.proposed", {}, 4, [Cause(Kind.DISPOSAL, To.SECOND)]),
        ("incident.recorded", {"said": {"immediate_risk": "yes"}}, 1, []),
    ],
)
def test_which_deed_tells_whom(deed, facts, by, expected):
    assert list(notices.causes(deed, facts, by)) == expected


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-08-26T12:00", "2026-08-26T12:00"),
        ("2026-08-26T20:00", "2026-08-27T07:00"),
        ("2026-08-27T06:59", "2026-08-27T07:00"),
        ("2026-08-28T20:30", "2026-09-01T07:00"),
        ("2026-08-31T12:00", "2026-09-01T07:00"),
    ],
)
def test_people_are_at_work_from_the_morning_of_a_working_day(at, opens):
    assert HOURS.opens(london(at)) == london(opens)


def test_quiet_hours_may_lie_within_a_day_or_be_none():
    assert Hours(time(12), time(13)).opens(london("2026-08-26T12:30")) == london("2026-08-26T13:00")
    assert Hours(time(7), time(7)).opens(london("2026-08-26T03:00")) == london("2026-08-26T03:00")


def test_only_what_is_urgent_goes_out_on_a_friday_evening():
    evening = london("2026-08-28T21:00")
    assert notices.when(Kind.URGENT, Choice.AT_ONCE, evening, HOURS, time(8)) == evening
    assert notices.when(Kind.REPORT, Choice.AT_ONCE, evening, HOURS, time(8)) == london("2026-09-01T07:00")
    assert notices.when(Kind.REPORT, Choice.DIGEST, evening, HOURS, time(8)) == london("2026-09-01T08:00")
    assert notices.when(Kind.REPORT, Choice.NONE, evening, HOURS, time(8)) is None


def test_nobody_may_wish_away_what_is_urgent_or_theirs_to_do():
    for kind in (Kind.URGENT, Kind.CLOCK):
        assert notices.CHOICES[kind] == (Choice.AT_ONCE,)
    for kind in (Kind.ASSIGNED, Kind.OVERDUE, Kind.DISPOSAL):
        assert Choice.NONE not in notices.CHOICES[kind]
    assert set(notices.CHOICES) == set(Kind)


def mark(starts, at, told=()):
    return notices.mark(starts, starts + timedelta(hours=72), at, HOURS, told=set(told))


def test_a_clock_that_runs_over_the_weekend_is_told_at_once_and_insists():
    assert mark(FRIDAY, FRIDAY) == Mark(0, insists=True)
    assert mark(FRIDAY, FRIDAY + timedelta(hours=1), [0]) is None
    assert mark(FRIDAY, FRIDAY + timedelta(hours=24), [0]) == Mark(24, insists=True)
    assert mark(FRIDAY, FRIDAY + timedelta(hours=72), [0]) is None


def test_a_clock_within_the_week_is_told_at_its_marks_and_insists_on_nothing():
    monday = london("2026-08-24T10:00")
    assert mark(monday, monday) is None
    told = [mark(monday, monday + timedelta(hours=hours)) for hours in (23, 24, 47, 48, 60, 68)]
    assert told == [None, *(Mark(hours, insists=False) for hours in (24, 24, 48, 60, 68))]


def test_of_marks_that_passed_unseen_only_the_last_is_told():
    assert mark(FRIDAY, FRIDAY + timedelta(hours=61), [0]) == Mark(60, insists=True)
    assert mark(FRIDAY, FRIDAY - timedelta(hours=1)) is None


def test_the_ladder_is_duty_officer_deputy_siro_without_who_is_away():
    assert notices.ladder([1, 2], [3], [1, 2, 3, 4], []) == (1, 2, 3)
    assert notices.ladder([1, 2], [3], [1, 2, 3, 4], [1]) == (2, 3)
    assert notices.ladder([1, 1], [1], [1], []) == (1,)
    assert notices.ladder([], [], [4, 5], [4]) == (5,)
    assert notices.ladder([1], [], [4], [1]) == (4,)
    assert notices.ladder([1], [], [4], [1, 4]) == (1,)
    assert notices.ladder([], [], [], []) == ()


people = st.lists(st.integers(1, 6), max_size=4)


@given(people, people, people, st.sets(st.integers(1, 6)))
def test_where_anybody_is_somebody_is_on_the_ladder_and_only_once(rota, siros, others, away):
    order = notices.ladder(rota, siros, others, away)
    assert len(order) == len(set(order))
    assert bool(order) == bool({*rota, *siros, *others})
    assert set(order) <= {*rota, *siros, *others}
    if {*rota, *siros, *others} - away:
        assert not set(order) & away


orders = st.lists(st.integers(1, 5), min_size=1, max_size=5, unique=True)


@given(orders, st.lists(st.tuples(st.integers(1, 90), st.none() | orders), min_size=1, max_size=40))
def test_nobody_is_asked_twice_at_once_and_somebody_is_always_asked(order, rounds):
    """However often the worker looks, and whatever becomes of the rota meanwhile."""
    at, asked = FRIDAY, []
    for minutes, changed in [(0, None), *rounds]:
        at, order = at + timedelta(minutes=minutes), changed or order
        person = notices.next_asked(order, asked, WAIT, at)
        if person is not None:
            assert person in order
            asked.append(Asked(person, at))
        assert at - asked[-1].at < WAIT  # somebody was asked just now, or has time yet
        assert notices.next_asked(order, asked, WAIT, at) is None  # looked at twice, it asks once
    for earlier, later in pairwise(asked):
        assert later.at - earlier.at >= WAIT


@given(orders, st.integers(1, 30))
def test_everybody_has_their_turn_before_anybody_has_a_second(order, turns):
    asked = []
    for number in range(turns):
        asked.append(Asked(notices.next_asked(order, asked, WAIT, FRIDAY + number * WAIT), FRIDAY + number * WAIT))
    assert [one.person for one in asked] == [order[number % len(order)] for number in range(turns)]


moments = st.datetimes(datetime(2020, 1, 1), datetime(2029, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001
clocks = st.times(timezones=st.none()).map(lambda one: one.replace(second=0, microsecond=0))


@given(moments, clocks, clocks)
def test_what_waits_goes_out_later_in_working_hours_and_within_a_fortnight(at, quiet_from, quiet_until):
    hours = Hours(quiet_from, quiet_until, CLOSED)
    opens = hours.opens(at)
    assert at <= opens < at + timedelta(days=14)
    assert hours.is_working(opens.astimezone(LONDON).date())
    assert opens == at or not hours.is_quiet(quiet_until) or quiet_from == quiet_until
    assert hours.opens(opens) == opens


def test_a_day_of_rest_is_a_saturday_a_sunday_or_closed():
    days = [date(2026, 8, day) for day in range(27, 32)]
    assert [HOURS.is_working(day) for day in days] == [True, True, False, False, False]
