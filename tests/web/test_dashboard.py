"""The dashboard sets this year beside the same days of the last and says what waits, in a fixed number of queries."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

import extracts
from candour.figures import actions as figures
from candour.figures import ages
from candour.incidents import loading
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.rules import years

HEADER = "reference,logged_on,tier,aware_at,told_ico_on,cause,closed_on\n"


@pytest.fixture
def start():
    """The first day of this financial year."""
    return years.containing("financial-year", timezone.localdate()).start


@pytest.fixture
def enter(body, tmp_path):
    """Load rows of HEADER; each day is one of a date."""

    def load(*rows):
        path = tmp_path / f"{rows[0][0]}.csv"
        path.write_text(HEADER + "\n".join(",".join(str(cell) for cell in row) for row in rows), encoding="utf-8")
        now = timezone.now()
        with extracts.read(path, today=now.date()) as found:
            loading.load(
                found, body=body, source="sheet", update=False, dry_run=False, by=people.operator(body), at=now
            )

    return load


@pytest.fixture
def two_years(body, enter, start):
    """Two incidents and two near misses on the first day of this year, two incidents on that of the last."""
    last = start.replace(year=start.year - 1)
    now, by = timezone.now(), people.operator(body)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        since = start if measure == "near-misses" else date(2011, 4, 1)
        figures.state_coverage(
            body, measure, since=since, until=None, where={}, kept_in=None, reason="sample", by=by, at=now
        )
    enter(
        ("D-1", start, "reported-to-ico", start, start, "email", ""),
        ("D-2", start, "other-incident", "", "", "email", start),
        ("D-3", start, "near-miss", "", "", "", ""),
        ("D-4", start, "near-miss", "", "", "post", ""),
        ("B-1", last, "other-incident", "", "", "email", ""),
        ("B-2", last, "reported-to-ico", last, last + timedelta(days=10), "post", ""),
    )
    return body


def test_four_numbers_stand_beside_those_of_the_same_days_a_year_before(visitor, two_years, text_of):
    page = text_of(visitor("siro").get("/dashboard/"))
    assert "Incidents 4 without Near miss" not in page
    assert "Told the ICO 1 before: 1" in page
    assert "Within the 72 hours 1 of 1 before: 0 of 1" in page
    assert "Near misses for each incident 1.0 ( 2 near misses , 2 incidents ) before: not in this register" in page
    assert "Causes since 1 April Causes of incidents since 1 April Cause Incidents email 2 post 1 not stated 1" in page


def test_where_the_register_ends_earlier_both_years_are_counted_to_that_day(visitor, body, enter, start, text_of):
    now, by, last = timezone.now(), people.operator(body), start.replace(year=start.year - 1)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        figures.state_coverage(
            body, measure, since=last, until=start, where={}, kept_in=None, reason="moved", by=by, at=now
        )
    enter(
        ("D-1", start, "reported-to-ico", start, start, "", ""),
        ("B-1", last, "reported-to-ico", last, last, "", ""),
        ("B-2", last + timedelta(days=1), "reported-to-ico", last, last, "", ""),
    )
    page = text_of(visitor("siro").get("/dashboard/"))
    assert "1 April" in page
    assert "Told the ICO 1 before: 1" in page


def test_no_two_years_are_compared_across_a_break_without_its_note(visitor, two_years, start, text_of):
    now, by = timezone.now(), people.operator(two_years)
    assert "with care" not in text_of(visitor("siro").get("/dashboard/"))
    figures.note_break(two_years, "events", day=start, note="a new form", by=by, at=now)
    for path in ("/", "/dashboard/"):
        assert "Compare the two years with care: a new form." in text_of(visitor("siro").get(path))


def test_open_ones_are_counted_by_age_as_they_stood(body, enter):
    today = timezone.localdate()
    ago = lambda days: today - timedelta(days=days)  # noqa: E731 - short, and local
    enter(
        ("A-1", ago(0), "event", "", "", "", ""),
        ("A-2", ago(7), "event", "", "", "", ""),
        ("A-3", ago(8), "event", "", "", "", ""),
        ("A-4", ago(30), "event", "", "", "", ""),
        ("A-5", ago(31), "event", "", "", "", ago(10)),
        ("A-6", ago(91), "event", "", "", "", ""),
        ("A-7", ago(500), "event", "", "", "", ago(1)),
    )
    number = ledger.head(body.pk).number
    now = ages.open_by_age(body.pk, AsAt(today, number))
    assert (now.bands, now.within(0, None), now.long) == ((2, 2, 0, 1), 5, 1)
    then = ages.open_by_age(body.pk, AsAt(ago(11), number))
    assert (then.bands, then.long) == ((0, 2, 1, 1), 2)
    assert ages.open_by_age(body.pk, AsAt(today, number - 9)).within(0, None) == 0


def test_it_takes_as_many_queries_whatever_there_is(
    visitor, two_years, enter, start, django_assert_max_num_queries, django_assert_num_queries
):
    client = visitor("siro")
    client.get("/dashboard/")
    with django_assert_max_num_queries(130) as few:
        client.get("/dashboard/")
    as_many = len(few)
    enter(*((f"M-{at}", start, "event", "", "", f"cause {at}", "") for at in range(40)))
    client.get("/dashboard/")  # whoever comes first after a deed reads anew what pages carry
    with django_assert_num_queries(as_many):
        client.get("/dashboard/")


def test_it_is_there_only_for_who_answers_for_the_risk(visitor, body):
    assert visitor("handler").get("/dashboard/").status_code == 404
    assert visitor("siro").get("/dashboard/").status_code == 200
