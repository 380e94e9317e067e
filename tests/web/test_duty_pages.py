"""The duty rota: everybody who may be called sees it, an administrator changes it, and who is away is passed over."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from candour.incidents.queries import notices
from candour.organisation import rota

NOT_THERE = 404


@pytest.fixture
def administrator(visitor):
    return visitor("administrator")


@pytest.fixture
def officers(visitor):
    """Two duty officers, by the names of their addresses."""
    return [visitor("duty-officer").person for _ in range(2)]


def day(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def send(client, address, **typed):
    page = client.get(address).content.decode()
    given = dict(re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', page))
    return client.post(address, {**given, **typed})


def put_on_duty(client, person, deputy="", **days):
    return send(client, "/duty/turn/", person=person.email, deputy=deputy and deputy.email, **{"since": day(), **days})


def called(body):
    return notices.on_duty(body, timezone.now()).names


def test_a_turn_is_stated_and_one_for_some_days_stands_in_for_them(administrator, officers, body, text_of):
    first, second = officers
    first.name, second.name = "First officer", "Second officer"
    first.save(), second.save()
    assert put_on_duty(administrator, first, second).status_code == 302
    put_on_duty(administrator, second, first, since=day(7), last=day(9))
    assert called(body)[:2] == ("First officer", "Second officer")
    turns = rota.rota(body, timezone.localdate()).turns
    assert [(one.person, (one.since - timezone.localdate()).days) for one in turns] == [
        ("First officer", 0),
        ("Second officer", 7),
        ("First officer", 10),
    ]
    page = text_of(administrator.get("/duty/"))
    assert "Who is called today First officer Second officer" in page


def test_whoever_is_away_is_passed_over_until_they_are_back(administrator, officers, body, text_of):
    first, second = officers
    put_on_duty(administrator, first, second)
    for _ in range(2):
        send(administrator, "/duty/away/", person=first.email, since=day(), last="")
        assert "Is back" in text_of(administrator.get("/duty/"))
    keys = [one.key for one in rota.rota(body, timezone.localdate()).away]
    assert keys == ["away-1", "away-2"]
    for key in keys:
        assert send(administrator, f"/duty/away/{key}/back/", since=day()).status_code == 302
    assert rota.rota(body, timezone.localdate()).away == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"since": day(-1)}, "What is over stays as it was"),
        ({"since": day(3), "last": day(2)}, "The last day comes before the first"),
        ({"since": "soon"}, "There is a problem"),
        ({"since": ""}, "Enter first day"),
    ],
)
def test_what_is_wrong_is_said(administrator, officers, text_of, typed, says):
    page = put_on_duty(administrator, officers[0], **typed)
    assert page.status_code == 422
    assert says in text_of(page)


def test_nobody_stands_in_for_themselves_and_nobody_is_called_who_may_not_answer(administrator, officers, text_of):
    page = put_on_duty(administrator, officers[0], officers[0])
    assert "Somebody else has to stand in" in text_of(page)
    assert administrator.person.email not in administrator.get("/duty/turn/").content.decode()
    assert put_on_duty(administrator, administrator.person).status_code == 422


@pytest.mark.parametrize("role", ["handler", "duty-officer", "dpo", "siro"])
def test_those_who_may_be_called_see_it_and_do_not_change_it(visitor, body, text_of, role):
    client = visitor(role)
    assert "Who is called today" in text_of(client.get("/duty/"))
    assert "Say who is on duty" not in text_of(client.get("/duty/"))
    for page in ("turn", "away", "away/away-1/back"):
        assert client.get(f"/duty/{page}/").status_code == NOT_THERE
        assert client.post(f"/duty/{page}/").status_code == NOT_THERE


def test_to_others_there_is_no_rota(visitor, body):
    assert visitor("foi-officer").get("/duty/").status_code == NOT_THERE


def test_the_navigation_leads_an_administrator_there(administrator):
    assert 'href="/duty/"' in administrator.get("/").content.decode()
