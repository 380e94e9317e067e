"""Whoever reads Welsh does so on every page that a reporter comes to, and is told in Welsh what is wrong."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

import extracts
from candour.incidents import codes
from candour.incidents.actions import reporting
from candour.incidents.said import Said
from candour.organisation import actions as organisation
from candour.organisation import kinds, people

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
