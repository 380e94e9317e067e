"""Signing in takes a password and a second factor, and nothing is shown without both."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from candour.organisation import actions, people

PASSWORD = "four-random-words-here"
OPEN = ("/sign-in/", "/sign-in/forgotten/", "/accessibility", "/cookies", "/privacy", "/healthz")


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def sign_in(client, person, password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": person.email, "password": password}, **more)


@pytest.fixture
def set_up(stranger, somebody):
    """Somebody who has just set up a second factor, with their recovery codes."""
    person = somebody("handler")
    sign_in(stranger, person)
    page = stranger.get("/account/second-factor/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    stranger.post("/account/second-factor/", {"code": code_of(secret)})
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", stranger.get("/account/recovery-codes/").content.decode())
    return person, codes


def test_a_stranger_is_sent_to_sign_in_and_then_back(stranger, body):
    answer = stranger.get("/figures/?measure=events")
    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=/figures/%3Fmeasure%3Devents"


@pytest.mark.parametrize(
    "address", ["/sign-in/", "/sign-in/forgotten/", "/accessibility", "/cookies", "/privacy", "/healthz"]
)
def test_some_pages_are_open_to_anybody(stranger, address):
    assert stranger.get(address).status_code == 200


def test_a_password_alone_opens_nothing(stranger, somebody):
    sign_in(stranger, somebody("handler"))
    for address in ("/", "/figures/", "/account/", "/account/password/"):
        assert stranger.get(address).url == "/account/second-factor/"


def test_the_second_factor_is_set_up_once_and_the_recovery_codes_are_shown_once(stranger, set_up):
    assert len(set_up[1]) == 10
    assert stranger.get("/").status_code == 200
    again = stranger.get("/account/recovery-codes/").content.decode()
    assert "They were shown once" in again
    assert set_up[1][0] not in again


def test_signing_in_again_takes_a_code_and_a_recovery_code_lets_in_once(set_up):
    person, codes = set_up
    first, second = Client(), Client()
    assert sign_in(first, person).url == "/sign-in/code/"
    assert first.get("/").status_code == 302
    assert first.post("/sign-in/code/", {"code": codes[0]}).url == "/"
    assert first.get("/").status_code == 200
    sign_in(second, person)
    refused = second.post("/sign-in/code/", {"code": codes[0]}).content.decode()
    assert "Error: Enter the code from your app" in refused
    assert "The code is not right" in refused


def test_the_secret_of_the_second_factor_is_not_kept_in_the_clear(stranger, set_up):
    kept = Authenticator.objects.get(user=set_up[0], type=Authenticator.Type.TOTP).data["secret"]
    assert kept.startswith("gAAAA")


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(stranger, somebody):
    person = somebody("handler")
    page = sign_in(stranger, person, "something-else-wrong").content.decode()
    assert "<title>Error: Sign in – Candour</title>" in page
    assert "There is a problem" in page
    assert "The email address or the password is not right" in page
    assert f'value="{person.email}"' in page


def test_after_five_wrong_passwords_sign_in_is_locked(stranger, somebody):
    person = somebody("handler")
    answers = [sign_in(stranger, person, "something-else-wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "Sign-in is locked for 15 minutes" in answers[-1].content.decode()
    assert sign_in(stranger, person).status_code == 429


def test_nobody_signs_up(stranger):
    assert stranger.get("/sign-up/").status_code == 404


def test_somebody_who_left_cannot_come_in(stranger, somebody):
    person = somebody("handler")
    person.is_active = False
    person.save()
    assert sign_in(stranger, person, follow=True).request["PATH_INFO"] == "/sign-in/not-in-use/"


def test_a_new_password_is_set_with_the_old_one(visitor):
    client = visitor("handler")
    short = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "at least 12 characters" in client.post("/account/password/", short).content.decode()
    new = "five-other-random-words"
    assert (
        client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code
        == 302
    )
    client.person.refresh_from_db()
    assert client.person.check_password(new)


def test_another_phone_takes_the_place_of_the_old_one(visitor):
    client = visitor("handler")
    asked = client.get("/account/second-factor/remove/")
    assert asked.url.startswith("/account/password-again/")
    client.post(asked.url, {"password": PASSWORD, "next": "/account/second-factor/remove/"})
    assert client.post("/account/second-factor/remove/").status_code == 302
    assert client.get("/").url == "/account/second-factor/"


def test_the_account_page_names_the_roles(visitor):
    page = visitor("dpo", "records-manager").get("/account/").content.decode()
    assert "Data protection officer, Records manager" in page


@pytest.fixture
def link(body):
    """The one-time link of somebody who has just been added."""
    now = timezone.now()
    person = actions.add_person(
        body, name="Handler", roles=["handler"], email="new@sample-body.example", by=people.operator(body), at=now
    )
    return f"/welcome/{people.sign_in_token(person, now)}/"


def test_a_one_time_link_leads_to_a_password_and_on_to_the_second_factor(stranger, link):
    assert "Welcome, Handler" in stranger.get(link).content.decode()
    assert stranger.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert stranger.get("/").url == "/account/second-factor/"
    assert stranger.get("/account/second-factor/").status_code == 200


def test_a_one_time_link_works_once(stranger, link):
    stranger.post(link, {"password": PASSWORD, "again": PASSWORD})
    answer = Client().get(link)
    assert answer.status_code == 404
    assert "This link does not work any more" in answer.content.decode()
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 404


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": PASSWORD, "again": "another one"}, "The two passwords are not the same"),
        ({"password": "", "again": ""}, "Enter a password"),
    ],
)
def test_a_first_password_that_cannot_be_used_says_why(stranger, link, said, answer):
    page = stranger.post(link, said).content.decode()
    assert "Error: Welcome to Candour" in page
    assert answer in page
