"""An administrator gives a new sign-in link to whoever forgot the password or lost the app; nobody else can."""

import re

import pytest
from django.test import Client

NOT_THERE = 404


@pytest.fixture
def administrator(visitor):
    return visitor("administrator")


def test_everybody_is_listed_with_their_roles(administrator, visitor, text_of):
    visitor("handler")
    page = text_of(administrator.get("/people/"))
    assert "Handler person-2@sample-body.example Handler New link for Handler" in page
    assert "Operator" not in page


def test_a_new_link_ends_what_was_and_lets_somebody_in_anew(administrator, visitor, text_of):
    handler = visitor("handler")
    address = f"/people/{handler.person.number}/link/"
    assert handler.get("/").status_code == 200
    assert "end at once" in text_of(administrator.get(address))
    assert handler.get("/").status_code == 200  # to open the page changes nothing
    link = re.search(r"/welcome/[^ <]+/", administrator.post(address).content.decode())[0]
    assert handler.get("/").status_code == 302
    assert "Welcome, Handler" in text_of(Client().get(link))


def test_nobody_gives_one_to_themselves_or_to_the_operator(administrator):
    for number in (administrator.person.number, 1, 999):
        assert administrator.post(f"/people/{number}/link/").status_code == NOT_THERE


@pytest.mark.parametrize("role", ["handler", "siro", "auditor"])
def test_to_others_there_is_nothing(visitor, administrator, role):
    client = visitor(role)
    assert client.get("/people/").status_code == NOT_THERE
    assert client.post(f"/people/{administrator.person.number}/link/").status_code == NOT_THERE
