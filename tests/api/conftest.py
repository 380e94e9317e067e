"""A program with a token, and the address it calls."""

import pytest
from django.test import Client

import extracts
import staff
from candour.organisation import people, tokens


@pytest.fixture
def body(db):
    return extracts.body()


@pytest.fixture
def person(body):
    return staff.hire(body, "foi-officer")


@pytest.fixture
def token(body, person):
    return tokens.give(body, person, purpose="a test", by=people.operator(body), at=extracts.NOW)


@pytest.fixture
def program(token):
    return Client(headers={"Authorization": f"Bearer {token}"})
