"""A sponsor sees what its bodies share with it, for the days of its sponsorship, and nothing of anybody else's."""

from datetime import date, timedelta

import pytest

import extracts
from candour.organisation import actions, kinds, people, sharing
from candour.organisation.kinds_of_bodies import Shared

TODAY = extracts.NOW.date()
LAST = date.max - timedelta(days=1)


def say(body, stated, from_, until=None):
    days = {"from_": date.fromisoformat(from_), "until": date.fromisoformat(until) if until else None}
    actions.say(body, stated, **days, by=people.operator(body), at=extracts.NOW)


@pytest.fixture
def ministry(db):
    return extracts.body("ministry")


@pytest.fixture
def office(ministry):
    body = extracts.body("office")
    say(body, kinds.Sponsor("Department of Examples", body="department"), "2010-04-01")
    say(body, kinds.Sponsor("Ministry of Samples", body="ministry"), "2014-04-01")
    return body


def test_what_was_shared_is_seen_for_the_days_of_the_sponsorship(office, ministry):
    say(office, Shared("ministry", "events"), "2016-04-01")
    say(office, Shared("ministry", "near-misses"), "2016-04-01", "2017-04-01")
    (one,) = sharing.sponsored(ministry, TODAY)
    assert (one.body, one.days, one.measures) == (office, ((date(2014, 4, 1), LAST),), {"events"})


def test_what_nobody_shared_or_what_is_shared_with_a_sponsor_of_no_day_is_not_seen(office, ministry):
    assert sharing.sponsored(ministry, TODAY) == []
    stranger = extracts.body("stranger")
    say(stranger, Shared("ministry", "events"), "2016-04-01")
    assert sharing.sponsored(ministry, TODAY) == []


def test_an_earlier_sponsor_keeps_its_own_days(office, ministry):
    department = extracts.body("department")
    say(office, Shared("department", "events"), "2013-04-01")
    (one,) = sharing.sponsored(department, TODAY)
    assert one.days == ((date(2010, 4, 1), date(2014, 3, 31)),)
    assert sharing.sponsored(ministry, TODAY) == []


def test_sharing_ends_from_the_day_it_is_ended(office, ministry):
    say(office, Shared("ministry", "events"), "2016-04-01")
    shared = Shared("ministry", "events")
    actions.end(office, shared.kind, shared.key, from_=TODAY, by=people.operator(office), at=extracts.NOW)
    assert sharing.sponsored(ministry, TODAY - timedelta(days=1))[0].measures == {"events"}
    assert sharing.sponsored(ministry, TODAY) == []


def test_a_sponsor_that_was_stated_anew_under_another_name_is_the_same_one(office, ministry):
    say(office, kinds.Sponsor("Ministry of Samples and Examples", body="ministry"), "2018-07-01")
    say(office, Shared("ministry", "events"), "2016-04-01")
    assert sharing.sponsored(ministry, TODAY)[0].days == ((date(2014, 4, 1), LAST),)
