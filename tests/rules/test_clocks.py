"""Statutory clocks, counted day by day."""

import csv
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import calendars, clocks
from candour.rules.refusals import WrongInput

REQUEST = date(2016, 2, 28)
ENGLAND = frozenset({"ENG"})


def day(text):
    return date.fromisoformat(text)


def due(received, regime="foia", **more):
    return clocks.due(regime, day(received), **more).due.isoformat()


def event(kind, on, **more):
    return clocks.Event(kind, day(on), **more)


def test_every_known_deadline_is_right(shared):
    with (shared / "cases" / "foia_deadlines.csv").open(encoding="utf-8") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) >= 19
    for case in cases:
        assert due(case["received"], case["regime"], working_days=int(case["working_days"])) == case["due"], case


@pytest.mark.parametrize(
    ("received", "foia", "foisa", "forty"),
    [
        ("2016-02-26", "2016-03-30", "2016-03-28", "2016-04-27"),
        ("2016-02-28", "2016-03-30", "2016-03-28", "2016-04-27"),
        ("2016-02-29", "2016-03-31", "2016-03-29", "2016-04-28"),
        ("2016-03-16", "2016-04-18", "2016-04-14", "2016-05-17"),
        ("2015-12-18", "2016-01-21", "2016-01-21", "2016-02-18"),
        ("2014-07-04", "2014-08-05", "2014-08-01", "2014-09-03"),
        ("2023-07-14", "2023-08-14", "2023-08-14", "2023-09-12"),
        ("2024-12-20", "2025-01-23", "2025-01-23", "2025-02-20"),
        ("2025-03-14", "2025-04-14", "2025-04-11", "2025-05-15"),
        ("2025-12-19", "2026-01-22", "2026-01-22", "2026-02-19"),
        ("2026-06-05", "2026-07-06", "2026-07-06", "2026-08-05"),
        ("2026-06-12", "2026-07-14", "2026-07-13", "2026-08-12"),
        ("2026-11-02", "2026-12-01", "2026-12-01", "2026-12-31"),
        ("2026-12-18", "2027-01-21", "2027-01-21", "2027-02-18"),
    ],
)
def test_worked_examples(received, foia, foisa, forty):
    assert due(received) == foia
    assert due(received, "foisa") == foisa
    assert due(received, working_days=40) == forty
    assert due(received, "eir") == foia
    assert due(received, "eisr") == foisa


def test_the_account_of_a_request_received_on_a_sunday():
    account = clocks.due("foia", REQUEST)
    assert account.from_ == REQUEST
    assert account.counted[0] == date(2016, 2, 29)
    assert account.counted[8] == date(2016, 3, 10)
    assert account.counted[-1] == account.due == date(2016, 3, 30)
    assert len(account.counted) == 20
    assert [(skipped.date.isoformat(), skipped.nations) for skipped in account.skipped] == [
        ("2016-03-17", ("NIR",)),
        ("2016-03-25", ("ENG", "WLS", "SCT", "NIR")),
        ("2016-03-28", ("ENG", "WLS", "NIR")),
    ]
    assert [skipped.why for skipped in account.skipped] == ["St Patrick's Day", "Good Friday", "Easter Monday"]


def test_the_keys_of_the_account():
    account = clocks.due("foia", REQUEST).as_json()
    assert list(account) == ["regime", "law", "from", "due", "counted", "skipped", "as_if_not_proclaimed"]
    assert (account["regime"], account["from"], account["due"]) == ("foia", "2016-02-28", "2016-03-30")
    assert account["law"] == "Freedom of Information Act 2000, section 10(1)"
    assert list(account["skipped"][0]) == ["date", "why", "nations", "source"]
    assert account["as_if_not_proclaimed"] is None


def test_a_disputed_day_is_counted_as_listed_and_said_to_be_disputed():
    skipped = clocks.due("foia", day("2015-12-18")).skipped
    assert "disputed" in next(row.why for row in skipped if row.date == day("2016-01-04"))


@pytest.mark.parametrize(
    ("received", "due", "otherwise"),
    [
        ("2022-09-05", "2022-10-04", "2022-10-03"),
        ("2022-09-10", "2022-10-10", None),
        ("2022-09-09", "2022-10-10", "2022-10-07"),
        ("2026-06-05", "2026-07-06", None),
        ("2016-02-28", "2016-03-30", None),
    ],
)
def test_what_the_due_day_would_be_had_a_later_proclamation_not_been(received, due, otherwise):
    account = clocks.due("foia", day(received))
    assert account.due == day(due)
    assert account.as_if_not_proclaimed == (day(otherwise) if otherwise else None)


def test_a_proclamation_that_a_body_adds_moves_the_deadline_and_says_what_it_moved():
    own = calendars.Holiday(day("2028-05-10"), ENGLAND, "A coronation", "proclamation", "Gazette", day("2028-05-03"))
    account = clocks.due("foia", day("2028-05-02"), extra=[own])
    assert account.as_if_not_proclaimed == clocks.due("foia", day("2028-05-02")).due
    assert account.due > account.as_if_not_proclaimed
    assert any(row.why == "A coronation (announced on 3 May 2028)" for row in account.skipped)
    assert clocks.due("foisa", day("2028-05-02"), extra=[own]) == clocks.due("foisa", day("2028-05-02"))


def test_a_clarification_starts_the_count_again():
    events = [event("clarification_asked", "2016-03-02"), event("clarification_received", "2016-03-16")]
    account = clocks.due("foia", REQUEST, events=events)
    assert account.from_ == day("2016-03-16")
    assert account.due == clocks.due("foia", day("2016-03-16")).due


def test_a_question_for_clarification_alone_moves_nothing():
    assert due("2016-02-28", events=[event("clarification_asked", "2016-03-02")]) == "2016-03-30"


def test_the_days_from_a_fees_notice_to_the_payment_are_left_out_both_inclusive():
    events = [event("fees_notice", "2016-03-03"), event("fee_paid", "2016-03-07")]
    account = clocks.due("foia", REQUEST, events=events)
    assert account.due == day("2016-04-04")
    stood = [row for row in account.skipped if "fees notice" in row.why]
    assert [row.date.isoformat() for row in stood] == ["2016-03-03", "2016-03-04", "2016-03-07"]
    assert stood[0].source == "Freedom of Information Act 2000, section 10(2)"
    assert stood[0].nations == ()


def test_a_fee_paid_on_the_day_of_its_notice_leaves_out_one_day():
    events = [event("fees_notice", "2016-03-03"), event("fee_paid", "2016-03-03")]
    assert due("2016-02-28", events=events) == "2016-03-31"


def test_the_public_interest_test_extends_by_working_days_or_to_a_day():
    assert due("2016-02-28", events=[event("public_interest_extension", "2016-03-24")]) == "2016-04-27"
    ten = [event("public_interest_extension", "2016-03-24", working_days=10)]
    assert due("2016-02-28", events=ten) == due("2016-02-28", working_days=30)
    until = [event("public_interest_extension", "2016-03-24", until=day("2016-04-16"))]
    account = clocks.due("foia", REQUEST, events=until)
    assert account.due == day("2016-04-16")
    assert account.counted[-1] == day("2016-04-15")


def test_a_complex_and_voluminous_request_for_environmental_information_has_forty_days():
    assert due("2016-02-28", "eir", events=[event("complex_request_extension", "2016-03-24")]) == "2016-04-27"


@pytest.mark.parametrize(
    ("regime", "events", "says"),
    [
        ("foisa", [("public_interest_extension", "2016-03-01")], "knows no public interest extension"),
        ("eir", [("public_interest_extension", "2016-03-01")], "knows no public interest extension"),
        ("foia", [("complex_request_extension", "2016-03-01")], "knows no complex request extension"),
        ("foia-review", [("clarification_received", "2016-03-01")], "knows no clarification received"),
        ("foia", [("fees_notice", "2016-03-01")], "due once the fee is paid"),
        ("foia", [("fee_paid", "2016-03-01")], "before any fees notice"),
        ("foia", [("fees_notice", "2016-03-02"), ("fee_paid", "2016-03-01")], "before any fees notice"),
        ("foia", [("clarification_received", "2016-02-27")], "before receipt on 28 February 2016"),
        ("foia", [("holiday", "2016-03-01")], "not an event of a clock"),
    ],
)
def test_events_that_cannot_be_are_refused(regime, events, says):
    with pytest.raises(WrongInput, match=says):
        clocks.due(regime, REQUEST, events=[event(*row) for row in events])


def test_an_extension_cannot_end_before_the_limit_itself():
    until = [event("public_interest_extension", "2016-03-24", until=day("2016-03-25"))]
    with pytest.raises(WrongInput, match="before the time limit itself"):
        clocks.due("foia", REQUEST, events=until)


@pytest.mark.parametrize(
    ("regime", "received", "more", "says"),
    [
        ("foi", "2016-02-28", {}, "There is no clock “foi”; use one of foia"),
        ("foia", "2004-12-31", {}, "runs from 1 January 2005"),
        ("foia", "2030-12-20", {}, "calendar of bank holidays ends on 31 December 2030"),
        ("foia", "9999-12-31", {}, "calendar of bank holidays ends on 31 December 2030"),
        ("foia", "2016-02-28", {"working_days": 0}, "1 to 260"),
        ("foia", "2016-02-28", {"working_days": 261}, "1 to 260"),
        ("uk-gdpr-33", "2026-02-28", {}, "counts hours"),
    ],
)
def test_what_cannot_be_counted_is_refused(regime, received, more, says):
    with pytest.raises(WrongInput, match=says):
        due(received, regime, **more)


def test_events_are_read_from_json():
    rows = [
        {"kind": "fees_notice", "on": "2016-03-03"},
        {"kind": "public_interest_extension", "on": "2016-03-04", "until": "2016-04-16"},
    ]
    assert clocks.events(rows) == (
        event("fees_notice", "2016-03-03"),
        event("public_interest_extension", "2016-03-04", until=day("2016-04-16")),
    )


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "fee_paid"},
        {"on": "2016-03-03"},
        {"kind": "fee_paid", "on": "3 March"},
        {"kind": "fee_paid", "on": "2016-03-03", "by": "me"},
        {"kind": "public_interest_extension", "on": "2016-03-03", "working_days": "ten"},
        {"kind": "public_interest_extension", "on": "2016-03-03", "working_days": True},
        "fee_paid",
        5,
    ],
)
def test_an_event_that_cannot_be_read_is_refused(row):
    with pytest.raises(WrongInput):
        clocks.events([row])


@pytest.mark.parametrize(
    ("aware", "deadline"),
    [
        ("2026-03-27T17:30", "2026-03-30T18:30:00+01:00"),
        ("2026-03-28T10:00", "2026-03-31T11:00:00+01:00"),
        ("2026-10-23T17:30", "2026-10-26T16:30:00+00:00"),
        ("2026-12-24T16:05", "2026-12-27T16:05:00+00:00"),
        ("2026-11-20T23:40", "2026-11-23T23:40:00+00:00"),
        ("2026-06-01T12:00:00Z", "2026-06-04T13:00:00+01:00"),
    ],
)
def test_seventy_two_hours_are_time_that_passes(aware, deadline):
    account = clocks.due_after("uk-gdpr-33", clocks.moment(aware))
    assert account.as_json()["due"] == deadline
    assert account.counted == account.skipped == ()


def test_an_hour_that_exists_twice_is_the_earlier():
    assert clocks.moment("2026-10-25T01:30").astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert clocks.due_after("uk-gdpr-33", datetime(2026, 10, 25, 1, 30)).as_json()["due"] == "2026-10-28T00:30:00+00:00"  # noqa: DTZ001 - London's by promise


@pytest.mark.parametrize("text", ["0001-01-01T00:00+05:00", "9999-12-31T23:59"])
def test_a_year_that_cannot_be_meant_is_refused(text):
    with pytest.raises(WrongInput, match="cannot be meant"):
        clocks.moment(text)


def test_an_hour_that_never_was_is_refused():
    with pytest.raises(WrongInput, match="clocks went forward"):
        clocks.moment("2026-03-29T01:30")


@pytest.mark.parametrize("text", ["2026-03-29", "noon", "", "20260329"])
def test_a_moment_has_a_time(text):
    with pytest.raises(WrongInput, match="write it as"):
        clocks.moment(text)


@pytest.mark.parametrize(
    ("aware", "hours"),
    [("2025-08-19T23:59", 24), ("2025-08-20T00:00", 72), ("2011-05-26T09:00", 24), ("2026-01-05T09:00", 72)],
)
def test_telecoms_had_a_day_and_have_three(aware, hours):
    account = clocks.due_after("pecr", clocks.moment(aware))
    assert account.due - account.from_ == timedelta(hours=hours)


def test_clocks_of_hours_and_of_days_are_told_apart():
    assert clocks.in_hours("uk-gdpr-33")
    assert not clocks.in_hours("foia")
    with pytest.raises(WrongInput, match="counts working days"):
        clocks.due_after("foia", clocks.moment("2026-01-05T09:00"))
    with pytest.raises(WrongInput, match="runs from 25 May 2018"):
        clocks.due_after("uk-gdpr-33", clocks.moment("2018-05-24T23:59"))


@pytest.mark.parametrize(
    ("today", "number"),
    [
        ("2016-02-28", 0),
        ("2016-02-29", 1),
        ("2016-03-10", 9),
        ("2016-03-17", 13),
        ("2016-03-30", 20),
        ("2016-04-01", 22),
    ],
)
def test_which_working_day_it_is(today, number):
    assert clocks.working_day_number(clocks.due("foia", REQUEST), day(today)) == number


def test_no_django_and_no_calendar_library_is_imported_for_a_deadline():
    script = (
        "import sys\nfrom datetime import date\nfrom candour.rules import clocks\n"
        "print(clocks.due('foia', date(2016, 2, 28)).due)\n"
        "print([name for name in ('django', 'holidays', 'asyncio') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["2016-03-30", "[]"]


DAYS = st.dates(date(2005, 1, 1), date(2030, 8, 31))
REGIMES = st.sampled_from(["foia", "foisa", "eir", "eisr"])


@given(REGIMES, DAYS, st.integers(0, 10))
def test_a_deadline_is_monotone_in_receipt(regime, received, later):
    assert clocks.due(regime, received).due <= clocks.due(regime, received + timedelta(days=later)).due


@given(REGIMES, DAYS, st.integers(1, 59))
def test_one_more_working_day_is_the_next_working_day(regime, received, length):
    short = clocks.due(regime, received, working_days=length)
    long = clocks.due(regime, received, working_days=length + 1)
    assert long.counted[:-1] == short.counted
    assert long.due > short.due


@given(REGIMES, DAYS)
def test_every_weekday_up_to_the_deadline_is_either_counted_or_skipped(regime, received):
    account = clocks.due(regime, received)
    run = {received + timedelta(days=n) for n in range(1, (account.due - received).days + 1)}
    weekdays = {one for one in run if one.weekday() < 5}
    skipped = {row.date for row in account.skipped}
    assert set(account.counted) | skipped == weekdays
    assert not set(account.counted) & skipped
    assert account.due == account.counted[-1]


@given(DAYS)
def test_a_union_of_nations_never_falls_due_before_one_of_them(received):
    assert clocks.due("foia", received).due >= clocks.due("foisa", received).due


@given(DAYS, st.integers(0, 20), st.integers(0, 30))
def test_a_fees_notice_never_brings_a_deadline_forward(received, notice, paid):
    given_on = received + timedelta(days=notice)
    events = [clocks.Event("fees_notice", given_on), clocks.Event("fee_paid", given_on + timedelta(days=paid))]
    account = clocks.due("foia", received, events=events)
    assert len(account.counted) == 20
    assert account.due >= clocks.due("foia", received).due


@given(st.datetimes(datetime(2018, 5, 26), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_elapsed_hours_are_the_same_on_every_day_of_the_year(aware):
    account = clocks.due_after("uk-gdpr-33", aware)
    assert account.due.astimezone(UTC) - aware == timedelta(hours=72)
