"""The first page shows each role what it came for."""

from datetime import date

import pytest
from django.utils import timezone

from candour.organisation import actions as organisation
from candour.organisation import people


@pytest.mark.parametrize(
    ("role", "sees", "does_not_see"),
    [
        ("handler", "New, not yet looked at", "Latest in the register"),
        ("dpo", "Latest in the register", "New, not yet looked at"),
        ("foi-officer", "Requests, by the day they are due", "Latest in the register"),
        ("siro", "Since 1 April, and the same days a year before", "Latest in the register"),
        ("auditor", "The record", "Since 1 April"),
        ("dpo", "Latest in the register", "Since 1 April"),
        ("administrator", "The record", "Latest in the register"),
        ("reporter", "Report an information security incident", "Latest in the register"),
        ("information-asset-owner", "No department is named as yours", "Latest in the register"),
    ],
)
def test_each_role_sees_its_own_first_page(visitor, register, role, sees, does_not_see, text_of):
    page = visitor(role).get("/")
    assert page.status_code == 200
    assert sees in text_of(page)
    assert does_not_see not in text_of(page)


def test_an_asset_owner_sees_the_incidents_of_their_department_and_the_way_to_all_of_them(visitor, register, text_of):
    owner = visitor("information-asset-owner")
    said = {"name": "North", "owner": owner.person.email}
    by, now = people.operator(register), timezone.now()
    organisation.state(register, "department", "north", said, from_=date(2014, 1, 1), by=by, at=now)
    page = owner.get("/")
    assert "Latest in the register" in text_of(page)
    assert 'href="/register/"' in page.content.decode()
    assert owner.get("/register/").status_code == 200


def test_somebody_without_a_role_is_told_whom_to_ask(visitor, text_of):
    assert "hold no role" in text_of(visitor().get("/"))


def test_the_navigation_leads_only_where_one_may_go(visitor, body):
    page = visitor("foi-officer").get("/").content.decode()
    assert 'href="/requests/"' in page
    assert 'href="/register/"' not in page
