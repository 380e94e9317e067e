"""What somebody told us is entered for them: by telephone, from a paper form, from a mail."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from candour.incidents import models
from candour.incidents.queries import reporting as told
from candour.organisation import actions as organisation
from candour.organisation import kinds, people
from candour.rules import years

STORY = "A letter went to the wrong house"


@pytest.fixture
def open_body(body):
    """A body to which anybody may report."""
    stated, now = kinds.Reporting(without_account=True, anonymous=True), timezone.now()
    organisation.say(body, stated, from_=now.date() - timedelta(days=30), by=people.operator(body), at=now)
    return body


def incidents(body):
    return models.Incident.objects.filter(body=body.pk).count()


TOLD = {
    "channel": "telephone", "language": "cy", "told_on": "10 March 2026", "told_time": "16:55", "harm-harm": "no",
    "what-description": STORY, "when-when": "day", "when-day": "9", "when-month": "3", "when-year": "2026",
    "contact-reporter": "Caller",
}  # fmt: skip


def test_the_page_that_records_a_call_takes_few_queries(visitor, open_body, django_assert_max_num_queries):
    client = visitor("duty-officer")
    client.get("/told-us/")
    with django_assert_max_num_queries(20):
        client.post("/told-us/", TOLD)
    assert incidents(open_body) == 1


def test_told_by_telephone_the_clock_runs_from_the_call(visitor, open_body, text_of):
    client = visitor("duty-officer")
    code = re.search(r'name="code" value="([^"]+)"', client.get("/told-us/").content.decode())[1]
    page = client.post("/told-us/", {**TOLD, "code": code})
    assert code in text_of(page)
    assert code in text_of(client.post("/told-us/", {**TOLD, "code": code}))
    assert incidents(open_body) == 1
    row = models.Version.objects.get(body=open_body.pk)
    assert (row.reported_on, row.discovered_on, row.occurred_on) == (
        date(2026, 3, 10),
        date(2026, 3, 10),
        date(2026, 3, 9),
    )
    report = models.Report.objects.get()
    assert (report.channel, report.language) == ("telephone", "cy")
    assert report.typed_at > report.told_at
    assert told.progress(open_body, code).language == "cy"


def test_a_paper_form_that_is_entered_later_keeps_the_times_written_on_it(visitor, open_body, text_of):
    written = {
        **TOLD, "channel": "paper", "told_on": "12 March 2026", "told_time": "08:05", "when-time": "17:30",
        "noticed-when": "yesterday", "noticed-time": "16:20", "where-place": "Post room", "people-people_affected": "3",
    }  # fmt: skip
    page = visitor("duty-officer").post("/told-us/", written)
    reference = re.search(r"\d{4}-\d{4}", text_of(page))[0]
    row, report = models.Version.objects.get(body=open_body.pk), models.Report.objects.get()
    assert (row.occurred_on, row.discovered_on, row.reported_on, row.logged_on) == (
        date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 12), years.london_day(timezone.now()),
    )  # fmt: skip
    assert json.loads(row.times) == {
        "occurred_on": "2026-03-09T17:30+00:00",
        "discovered_at": "2026-03-11T16:20+00:00",
        "reported_on": "2026-03-12T08:05+00:00",
    }
    assert report.typed_at - report.told_at > timedelta(days=1)
    assert "We were told on 12 March 2026 at 08:05." in text_of(visitor("handler").get(f"/register/{reference}/"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"told_on": "10 March 2199"}, "lies in the future"),
        ({"told_on": "10 March 1989"}, "before 1990"),
        ({"told_time": ""}, "Enter the time at which we were told"),
        ({"told_time": "soon"}, "cannot be read"),
        ({"what-description": ""}, "Enter what happened"),
        ({"until-until": "8 March 2026"}, "The last day comes before the first"),
        ({"harm-harm": ""}, "Select whether someone could come to harm"),
    ],
)
def test_what_is_wrong_on_the_telephone_page_is_said_and_nothing_is_lost(visitor, open_body, text_of, typed, says):
    page = visitor("handler").post("/told-us/", {**TOLD, **typed})
    assert says in text_of(page)
    assert "Caller" in page.content.decode()
    assert incidents(open_body) == 0


MAIL = b"""From: A Reporter <reporter@sample-body.example>
To: governance@sample-body.example
Subject: Letter to the wrong house
Date: Tue, 10 Mar 2026 16:55:00 +0000
Content-Type: text/plain; charset=utf-8

A letter went to 12 Example Street.
"""


def test_a_mail_is_read_into_the_page_and_nothing_is_recorded_yet(visitor, open_body, tmp_path):
    path = tmp_path / "report.eml"
    path.write_bytes(MAIL)
    client = visitor("handler")
    with path.open("rb") as file:
        page = client.post("/told-us/mail/", {"mail": file}).content.decode()
    assert "A letter went to 12 Example Street." in page
    assert 'value="16:55"' in page
    assert 'value="reporter@sample-body.example"' in page
    assert incidents(open_body) == 0


def test_what_is_no_mail_is_refused_in_a_sentence(visitor, open_body, tmp_path, text_of):
    path = tmp_path / "letter.txt"
    path.write_text("not a mail", encoding="utf-8")
    client = visitor("handler")
    with path.open("rb") as file:
        assert "not an e-mail" in text_of(client.post("/told-us/mail/", {"mail": file}))
    assert "choose a mail" in text_of(client.post("/told-us/mail/", {})).lower()


def test_only_who_works_on_reports_enters_them_for_others(visitor, open_body, stranger):
    assert visitor("auditor").get("/told-us/").status_code == 404
    assert stranger.get("/told-us/").status_code == 302
