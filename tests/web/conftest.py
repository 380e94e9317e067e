"""A body with somebody in each role, and a browser without a screen for each of them."""

import itertools

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from candour.organisation import actions, people

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "four-random-words-here"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _attempts_forgotten():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def body(db):
    return actions.add_body("sample-body", name="Sample Body", kind="ndpb", regime="foia", at=timezone.now())


@pytest.fixture
def somebody(body):
    """Add a person in roles, with a password."""
    numbers = itertools.count(1)

    def add(*roles):
        email = f"person-{next(numbers)}@sample-body.example"
        name = people.title(roles[0]) if roles else "Nobody in particular"
        person = actions.add_person(
            body, name=name, roles=roles, email=email, by=people.operator(body), at=timezone.now()
        )
        person.set_password(PASSWORD)
        person.save()
        return person

    return add


@pytest.fixture
def visitor(somebody):
    """The browser of a person in roles, signed in with both factors."""

    def sign_in(*roles):
        person = somebody(*roles)
        TOTP.activate(person, SECRET)
        client = Client()
        client.force_login(person, backend=BACKEND)
        client.person = person
        return client

    return sign_in


@pytest.fixture
def stranger(db):
    return Client()
