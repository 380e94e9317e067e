"""A body with somebody in each role, and a browser without a screen for each of them."""

import html
import itertools
import re
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

import extracts
from candour.figures import actions as figures
from candour.incidents import loading
from candour.organisation import actions, people

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "four-random-words-here"
BACKEND = "candour.web.accounts.Passwords"


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


@pytest.fixture
def text_of():
    """What a page says, without its markup."""

    def read(page):
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())

    return read


REGISTER = """\
reference,logged_on,occurred_on,tier,category,department,description,people_affected
2014-0001,2014-05-12,2014-05-10,other-incident,IV,North,Letter to a former address,1
2014-0002,2014-11-20,about November 2014,reported-to-ico,I,South,Laptop left on a train,about 120
2015-0001,2015-06-02,not known,near-miss,,North,Door found open,
2015-0002,2015-07-01,2015-06-30,event,V,Legal,File put back in the wrong cabinet,
"""


@pytest.fixture
def register(body, tmp_path):
    """Four incidents in the register of the body, which records near misses since April 2015."""
    now, by = timezone.now(), people.operator(body)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        since = date(2015, 4, 1) if measure == "near-misses" else date(2011, 4, 1)
        figures.state_coverage(
            body, measure, since=since, until=None, where={}, kept_in=None, reason="sample", by=by, at=now
        )
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    with extracts.read(path, today=now.date()) as rows:
        loading.load(rows, body=body, source="old sheet", update=False, dry_run=False, by=by, at=now)
    return body
