"""Whoever was signed out while they typed, or whose form grew too old, loses nothing of what they typed."""

import html
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

import staff
from candour.incidents import models

HERE = {"HTTP_ORIGIN": "http://testserver"}
STORY = "A caller found a folder\non a bus, “by the door”"


@pytest.fixture
def handler(somebody):
    person = somebody("handler")
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = Client(enforce_csrf_checks=True)
    client.person = person
    sign_in(client)
    return client


def sign_in(client):
    client.force_login(client.person, backend="candour.web.accounts.Passwords")


def sent_along(page):
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.content.decode())
    return {name: html.unescape(value) for name, value in hidden}


def drawn(client):
    return sent_along(client.get("/told-us/"))


def told(client):
    return {
        **drawn(client), "channel": "telephone", "language": "en", "told_on": "10 March 2016", "told_time": "14:20",
        "harm-harm": "no", "what-description": STORY,
    }  # fmt: skip


def test_a_session_that_ends_while_somebody_types_a_report_loses_nothing(handler, body, text_of):
    typed = told(handler)
    del handler.cookies["sessionid"]
    page = handler.post("/told-us/", typed, **HERE)
    assert page.status_code == 403
    assert "You have been signed out" in text_of(page)
    assert "“by the door”" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    sign_in(handler)
    again = handler.post("/told-us/", sent_along(page), **HERE)
    done = again if again.status_code == 200 else handler.post("/told-us/", sent_along(again), **HERE)
    assert "Report recorded" in text_of(done)
    assert models.Report.objects.count() == 1
    reference = models.Incident.objects.get().reference
    assert "We were told on 10 March 2016 at 14:20." in staff.told(body, reference)[0]


def test_a_form_that_is_too_old_is_offered_again_with_what_was_typed(handler, text_of):
    typed = told(handler) | {"csrfmiddlewaretoken": "x" * 64}
    page = handler.post("/told-us/", typed, **HERE)
    assert "The form has expired" in text_of(page)
    assert sent_along(page)["what-description"] == STORY
    assert "Report recorded" in text_of(handler.post("/told-us/", sent_along(page), **HERE))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_sends_is_not_offered(handler, text_of, origin):
    page = handler.post("/told-us/", told(handler) | {"csrfmiddlewaretoken": "x" * 64}, HTTP_ORIGIN=origin)
    assert page.status_code == 403
    assert "What you typed" not in text_of(page)


def test_a_password_is_never_shown(handler, text_of):
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a@b.example", "password": "x"}, **HERE)
    assert "What you typed" not in text_of(page)
