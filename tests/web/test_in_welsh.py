"""Whoever reads Welsh does so on every page that a reporter comes to, and is told in Welsh what is wrong."""

import time
from datetime import date

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

import extracts
from candour.incidents import codes
from candour.incidents.actions import reporting
from candour.incidents.said import Said
from candour.organisation import actions as organisation
from candour.organisation import kinds, people

PASSWORD = "four words and a comma"

HERE = "/report/sample-body"
OPEN = kinds.Reporting(without_account=True, anonymous=True, attachments=True, attachments_kept_days=30)


@pytest.fixture
def reporter(body):
    organisation.say(body, OPEN, from_=date(2026, 1, 1), by=people.operator(body), at=timezone.now())
    client = Client()
    client.get(f"{HERE}/?lang=cy")
    return client


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"{HERE}/", "Rhoi gwybod am ddigwyddiad"),
        ("/report/no-such-body/", "Heb ddod o hyd"),
        ("/cookies", "Mae'r gwasanaeth hwn yn cadw pedwar cwci"),
        ("/privacy", "Yr hyn a gedwir amdanoch"),
        ("/accessibility", "Datganiad hygyrchedd"),
        ("/sign-in/", "Cyfeiriad e-bost"),
    ],
)
def test_the_language_goes_with_the_reader_and_can_be_changed(reporter, text_of, address, says):
    page = reporter.get(address)
    assert says in text_of(page)
    assert 'lang="cy"' in page.content.decode()
    assert says not in text_of(reporter.get(f"{address}?lang=en"))


def test_who_signs_in_is_told_in_welsh_what_is_wrong(reporter, text_of):
    wrong = reporter.post("/sign-in/", {"login": "a@b.example", "password": "not this one"})
    assert "Nid yw'r cyfeiriad e-bost neu'r cyfrinair yn gywir" in text_of(wrong)
    assert "Mae problem" in text_of(wrong)


def test_whoever_is_new_comes_in_and_sets_up_the_second_factor_in_welsh(reporter, body, text_of):
    now = timezone.now()
    said = {"name": "Triniwr", "roles": ["handler"], "email": "new@sample-body.example"}
    person = organisation.add_person(body, **said, by=people.operator(body), at=now)
    link = f"/welcome/{people.sign_in_token(person, now)}/"
    assert "Croeso, Triniwr" in text_of(reporter.get(link))
    for sent, says in (
        ({}, "Rhowch gyfrinair"),
        ({"password": "short", "again": "short"}, "Dewiswch un o leiaf 12 nod"),
        ({"password": PASSWORD, "again": "another"}, "Nid yw'r ddau gyfrinair yr un fath"),
    ):
        assert says in text_of(reporter.post(link, {"email": person.email, **sent}))
    reporter.post(link, {"password": PASSWORD, "again": PASSWORD})
    page = reporter.get("/account/second-factor/")
    assert "Gosod eich ail ffactor" in text_of(page)
    assert "Rhowch y cod y mae eich ap yn ei ddangos" in text_of(reporter.post("/account/second-factor/", {"code": ""}))
    assert "Nid yw'r cod yn gywir" in text_of(reporter.post("/account/second-factor/", {"code": "000000"}))
    secret = reporter.session["mfa.totp.secret"]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(now.timestamp()) // 30))
    codes = reporter.post("/account/second-factor/", {"code": code}, follow=True)
    assert "Ysgrifennwch eich codau adfer" in text_of(codes)
    assert "Nid yw'r ddolen hon yn gweithio mwyach" in text_of(reporter.get(link))


def test_a_sign_in_with_nothing_in_it_says_what_to_enter(text_of):
    page = text_of(Client().post("/sign-in/", {"login": "", "password": ""}))
    assert "Enter your email address, such as" in page
    assert "Enter the password" in page
    assert "This field is required" not in page


def test_which_body_is_asked_in_either_language(reporter, text_of):
    extracts.body("another")
    assert "Am ba sefydliad y mae?" in text_of(reporter.get("/report/"))
    assert "Which organisation is it about?" in text_of(reporter.get("/report/?lang=en"))


def test_why_a_file_is_not_kept(reporter, body, text_of):
    code = codes.new()
    said = Said(description="The door stood open")
    reporting.report(body, said, code=code, way=reporting.Way(language="cy"), by=None, at=timezone.now())
    reporter.cookies["candour-report"] = code
    answer = reporter.post(f"{HERE}/file/", {"file": SimpleUploadedFile("a.txt", b"")})
    assert "Ni ellir cadw'r ffeil hon" in text_of(answer)


def test_whoever_does_not_say_whether_we_can_reach_them_is_asked_that_and_nothing_more(reporter, text_of):
    reporter.post(f"{HERE}/harm/", {"harm": "no"})
    page = text_of(reporter.post(f"{HERE}/contact/", {}))
    assert "Dewiswch a gawn ni gysylltu â chi" in page
    assert "Rhowch eich enw" not in page
    assert "Rhowch eich enw" in text_of(reporter.post(f"{HERE}/contact/", {"contact": "yes"}))


@pytest.mark.parametrize(
    ("reach", "reaches"),
    [
        ("at my desk", False),
        ("room 101", False),
        ("a colleague @ work", False),
        ("a.b@c.example", True),
        ("020 7946 0123", True),
        ("+44 (0)20 7946-0123, ext. 4", True),
        ("est. 4123", True),
    ],
)
def test_what_is_no_address_and_no_number_is_asked_about(reporter, text_of, reach, reaches):
    reporter.post(f"{HERE}/harm/", {"harm": "near"})
    said = {"contact": "yes", "reporter": "A caller", "reach": reach}
    answer = reporter.post(f"{HERE}/contact/", said)
    assert (answer.status_code == 302) == reaches
    if not reaches:
        assert "megis enw@sefydliad.example" in text_of(answer)
        assert "such as name@organisation.example" in text_of(reporter.post(f"{HERE}/contact/?lang=en", said))


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/account/", "Eich cyfrif"),
        ("/account/password/", "Newid eich cyfrinair"),
        ("/account/second-factor/remove/", "Gosod ffôn arall"),
        ("/account/recovery-codes/new/", "Gwneud codau adfer newydd"),
    ],
)
def test_the_account_is_looked_after_in_welsh(visitor, text_of, address, says):
    person = visitor("handler")
    session = person.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    page = person.get(f"{address}?lang=cy", follow=True)
    assert (page.status_code, page.request["PATH_INFO"], says in text_of(page)) == (200, address, True)
    assert says not in text_of(person.get(f"{address}?lang=en", follow=True))
