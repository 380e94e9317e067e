"""Reporting without an account, as a browser without scripts sees it: nothing typed is lost, nothing is told twice."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from candour.incidents import models
from candour.incidents.actions import reporting
from candour.incidents.queries import reporting as told
from candour.ledger import queries as ledger
from candour.organisation import actions as organisation
from candour.organisation import kinds, people
from candour.rules import years

HERE = "/report/sample-body"
OPEN = kinds.Reporting(
    without_account=True, anonymous=True, telephone="020 7946 0000", safeguarding="020 7946 0999", next="We look at it."
)
STORY = "A letter went to the wrong house"
ANSWERS = {
    "what": {"description": STORY},
    "when": {"when": "yesterday", "time": ""},
    "noticed": {"when": "today", "time": ""},
    "information": {"data_types": ["basic", "health"]},
    "people": {"data_subjects": ["children"], "people_affected": "2"},
    "got": {"got_back": "partly", "done": "I rang them"},
    "contact": {"contact": "yes", "reporter": "Reporter", "reach": "020 7946 0123"},
}
NEAR = {"near": {"description": "The door stood open"}, "where": {"place": "Post room"}, "wish": {"wish": ""}}


@pytest.fixture
def allow(body):
    def say(stated=OPEN):
        today = timezone.now().date()
        organisation.say(body, stated, from_=today - timedelta(days=30), by=people.operator(body), at=timezone.now())

    return say


@pytest.fixture
def open_body(body, allow):
    allow()
    return body


@pytest.fixture
def reporter(open_body):
    return Client()


def answer(client, page, **typed):
    return client.post(f"{HERE}/{page}/", typed)


def begin(client, harm="no"):
    client.get(f"{HERE}/harm/")
    return answer(client, "harm", harm=harm)


def fill(client, answers):
    for page, typed in answers.items():
        reply = answer(client, page, **typed)
        assert reply.status_code == 302, (page, reply.content.decode()[-3000:])
    return reply


def code_on(page):
    return re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page.content.decode())[0]


def incidents(body):
    return models.Incident.objects.filter(body=body.pk).count()


def words(body, receipt_number=None):
    row = models.Report.objects.get(body=body.pk)
    return ledger.event(body.pk, row.opened).words


def test_one_body_is_led_to_and_of_several_one_is_chosen(reporter, text_of):
    assert reporter.get("/report/").url == f"{HERE}/"
    organisation.add_body("other", name="Other Body", kind="ndpb", regime="foia", at=timezone.now())
    assert "Other Body" in text_of(reporter.get("/report/"))
    assert reporter.get("/report/nobody/").status_code == 404


def test_the_first_page_is_one_button(reporter, text_of):
    page = text_of(reporter.get(f"{HERE}/"))
    assert "Report an information security incident" in page
    assert "Follow up a report" in page
    assert "ring 999 first" in page


def test_a_whole_report_from_the_first_question_to_the_receipt(reporter, open_body, text_of):
    assert begin(reporter).url == f"{HERE}/what/"
    assert fill(reporter, ANSWERS).url == f"{HERE}/check/"
    page = text_of(reporter.get(f"{HERE}/check/"))
    assert STORY in page
    assert "Names, addresses, phone numbers" in page
    assert "About 2 people" in page
    assert reporter.post(f"{HERE}/check/").url == f"{HERE}/sent/"
    receipt = reporter.get(f"{HERE}/sent/")
    assert "We look at it." in text_of(receipt)
    found = told.progress(open_body, code_on(receipt))
    assert (found.state, found.outcome) == ("new", None)
    said = words(open_body)
    assert (said["description"], said["reporter"], said["done"]) == (STORY, "Reporter", "I rang them")


def test_a_near_miss_takes_three_questions_and_no_name(reporter, open_body):
    assert begin(reporter, "near").url == f"{HERE}/near/"
    assert fill(reporter, NEAR).url == f"{HERE}/check/"
    reporter.post(f"{HERE}/check/")
    assert words(open_body) == {"description": "The door stood open", "place": "Post room"}
    assert ledger.event(open_body.pk, models.Report.objects.get().opened).person == 0


def test_a_double_click_makes_one_report(reporter, open_body):
    begin(reporter)
    fill(reporter, ANSWERS)
    first, second = reporter.post(f"{HERE}/check/"), reporter.post(f"{HERE}/check/")
    assert first.url == second.url == f"{HERE}/sent/"
    assert incidents(open_body) == 1


def test_harm_is_on_record_at_once_and_a_double_click_is_one(reporter, open_body, text_of):
    reporter.get(f"{HERE}/harm/")
    assert answer(reporter, "harm", harm="yes").url == f"{HERE}/now/"
    assert answer(reporter, "harm", harm="yes").url == f"{HERE}/now/"
    assert incidents(open_body) == 1
    row = models.Version.objects.get(body=open_body.pk, closed=None)
    assert (row.immediate_risk, row.triaged) == ("yes", "no")
    page = text_of(reporter.get(f"{HERE}/now/"))
    assert "ring 999" in page
    assert "ring 020 7946 0999" in page

    fill(reporter, ANSWERS)
    assert "Could someone come to harm" not in text_of(reporter.get(f"{HERE}/check/"))
    assert reporter.post(f"{HERE}/check/").url == f"{HERE}/sent/"
    assert incidents(open_body) == 1
    row = models.Version.objects.get(body=open_body.pk, closed=None)
    assert (row.immediate_risk, row.personal_data) == ("yes", "suspected")


def test_whoever_changes_their_mind_to_yes_loses_nothing(reporter, open_body):
    begin(reporter)
    answer(reporter, "what", description=STORY)
    answer(reporter, "harm", harm="yes")
    assert STORY in reporter.get(f"{HERE}/what/").content.decode()


def test_an_unanswered_question_is_asked_before_anything_is_sent(reporter, open_body, text_of):
    begin(reporter)
    page = reporter.post(f"{HERE}/check/")
    assert "Answer “What happened?”" in text_of(page)
    assert incidents(open_body) == 0


@pytest.mark.parametrize(
    ("page", "typed", "says"),
    [
        ("what", {"description": " "}, "Enter what happened"),
        ("what", {"description": "x" * 50_001}, "50,000 characters or fewer"),
        ("when", {}, "Select when it happened"),
        ("when", {"when": "day", "day": "27"}, "Enter the day, month and year"),
        ("when", {"when": "day", "day": "31", "month": "9", "year": "2020"}, "Enter a real day"),
        ("when", {"when": "day", "day": "1", "month": "1", "year": "1989"}, "1990 or later"),
        ("when", {"when": "day", "day": "1", "month": "1", "year": "2199"}, "must be in the past"),
        ("when", {"when": "rough", "month": "13", "year": "2020"}, "Enter a month and a year"),
        ("when", {"when": "rough", "year": "2199"}, "must be in the past"),
        ("when", {"when": "yesterday", "time": "25:00"}, "Enter a time"),
        ("information", {}, "Select what kind of information"),
        ("information", {"data_types": ["none", "basic"]}, "not both"),
        ("people", {"data_subjects": ["children"], "people_affected": "many"}, "whole number"),
        ("contact", {"contact": "yes"}, "Enter your name"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(reporter, text_of, page, typed, says):
    begin(reporter)
    reply = answer(reporter, page, **typed)
    assert reply.status_code == 200
    assert "There is a problem" in text_of(reply)
    assert says in text_of(reply)
    assert "<title>Error: " in reply.content.decode()
    for value in typed.values():
        if isinstance(value, str) and value.strip():
            assert value in reply.content.decode()
            assert value in reporter.get(f"{HERE}/{page}/").content.decode()


def test_noticed_before_it_happened_is_refused(reporter, text_of):
    begin(reporter)
    answer(reporter, "when", when="today")
    assert "cannot have been noticed before" in text_of(answer(reporter, "noticed", when="yesterday"))


def test_when_is_exact_or_rough_or_not_known(reporter, text_of):
    begin(reporter)
    answer(reporter, "when", when="rough", month="March", year="2026")
    assert "about 1 March 2026" in text_of(reporter.get(f"{HERE}/check/"))
    answer(reporter, "when", when="day", day="10", month="March", year="2026", time="2:20pm")
    assert "10 March 2026 at 14:20" in text_of(reporter.get(f"{HERE}/check/"))
    answer(reporter, "when", when="unknown")
    assert "I do not know" in text_of(reporter.get(f"{HERE}/check/"))


@pytest.mark.parametrize("text", ["ي" * 40_000, "<script>alert(1)</script>", "x" * 40_000])
def test_any_text_is_taken_and_shown_as_text(reporter, open_body, text):
    begin(reporter)
    fill(reporter, {**ANSWERS, "what": {"description": text}})
    assert "<script>alert" not in reporter.get(f"{HERE}/check/").content.decode()
    reporter.post(f"{HERE}/check/")
    assert words(open_body)["description"] == text


def test_what_nobody_can_see_is_left_out(reporter, open_body):
    begin(reporter)
    fill(reporter, {**ANSWERS, "what": {"description": "a\0letter\r\nwent"}})
    reporter.post(f"{HERE}/check/")
    assert words(open_body)["description"] == "aletter\nwent"


def test_saved_and_come_back_from_another_device(reporter, open_body, text_of):
    begin(reporter)
    assert answer(reporter, "what", description=STORY, save="save").url == f"{HERE}/saved/"
    code = code_on(reporter.get(f"{HERE}/saved/"))
    other = Client()
    assert other.post(f"{HERE}/follow-up/", {"code": code.lower().replace("-", " ")}).url == f"{HERE}/progress/"
    assert other.get(f"{HERE}/progress/").url == f"{HERE}/saved/"
    assert STORY in other.get(f"{HERE}/what/").content.decode()


def test_a_reporter_follows_up_is_asked_and_answers(reporter, open_body, text_of):
    begin(reporter, "near")
    fill(reporter, NEAR)
    reporter.post(f"{HERE}/check/")
    code = code_on(reporter.get(f"{HERE}/sent/"))
    reference = models.Incident.objects.get(body=open_body.pk).reference
    reporting.ask(open_body, reference, "Which door?", by=people.operator(open_body), at=timezone.now())

    other = Client()
    other.post(f"{HERE}/follow-up/", {"code": code})
    page = other.get(f"{HERE}/progress/")
    assert "Which door?" in text_of(page)
    assert reference not in page.content.decode()
    assert "OFFICIAL" not in page.content.decode()
    assert "Enter your answer" in text_of(other.post(f"{HERE}/progress/", {"answer": " "}))
    other.post(f"{HERE}/progress/", {"answer": "The back door"})
    assert "The back door" in text_of(other.get(f"{HERE}/progress/"))


def test_a_wrong_code_is_told_apart_from_a_slip_and_guessing_ends(reporter, text_of):
    assert "Compare each letter" in text_of(reporter.post(f"{HERE}/follow-up/", {"code": "K4HT"}))
    assert "no report with this code" in text_of(reporter.post(f"{HERE}/follow-up/", {"code": "2222-2222-2222"}))
    for _ in range(8):
        reporter.post(f"{HERE}/follow-up/", {"code": "2222-2222-2222"})
    assert reporter.post(f"{HERE}/follow-up/", {"code": "2222-2222-2222"}).status_code == 429


def test_files_are_taken_only_where_the_body_takes_them_and_then_sealed(reporter, open_body, allow, text_of):
    begin(reporter, "near")
    fill(reporter, NEAR)
    reporter.post(f"{HERE}/check/")
    assert reporter.post(f"{HERE}/file/", {"file": io.BytesIO(b"a")}).status_code == 404
    allow(replace(OPEN, attachments=True, attachments_kept_days=30))
    assert "Choose a file" in text_of(reporter.post(f"{HERE}/file/"))
    picture = SimpleUploadedFile("../../door.txt", b"The door stood open")
    assert reporter.post(f"{HERE}/file/", {"file": picture}).url == f"{HERE}/progress/?thanks"
    kept = models.Attachment.objects.get(body=open_body.pk)
    assert kept.sealed
    assert kept.dispose_on == years.london_day(timezone.now()) + timedelta(days=30)


def test_leaving_forgets_the_code(reporter):
    begin(reporter)
    reporter.post(f"{HERE}/leave/")
    assert reporter.get(f"{HERE}/what/").url == f"{HERE}/harm/"


def test_a_second_report_has_a_code_of_its_own(reporter, open_body):
    for _ in range(2):
        begin(reporter, "near")
        fill(reporter, NEAR)
        reporter.post(f"{HERE}/check/")
    assert incidents(open_body) == 2


def test_what_is_typed_after_sending_in_another_window_is_offered_again(reporter, open_body):
    begin(reporter, "near")
    fill(reporter, NEAR)
    reporter.post(f"{HERE}/check/")
    assert "A long afterthought" in answer(reporter, "near", description="A long afterthought").content.decode()


def test_in_welsh_and_the_language_is_kept(reporter, open_body, text_of):
    page = reporter.get(f"{HERE}/harm/?lang=cy")
    assert '<html lang="cy"' in page.content.decode()
    assert "A allai rhywun gael niwed" in text_of(page)
    answer(reporter, "harm", harm="near")
    assert "Mae problem" in text_of(answer(reporter, "near", description=""))
    fill(reporter, NEAR)
    reporter.post(f"{HERE}/check/")
    assert models.Report.objects.get(body=open_body.pk).language == "cy"


def test_where_an_account_is_needed_what_was_typed_waits_behind_the_sign_in(visitor, body, allow):
    allow(kinds.Reporting(without_account=True))
    client = visitor("reporter")
    client.get(f"{HERE}/harm/")
    answer(client, "harm", harm="no")
    allow(kinds.Reporting(telephone="020 7946 0000"))
    client.session.flush()
    client.cookies.pop("sessionid")
    reply = answer(client, "what", description=STORY)
    assert reply.url == "/sign-in/?next=%2Freport%2Fsample-body%2Fwhat%2F"
    client.force_login(client.person, backend="candour.web.accounts.Passwords")
    assert STORY in client.get(f"{HERE}/what/").content.decode()


def test_a_person_who_is_signed_in_is_named_only_if_they_want_to(visitor, open_body):
    client = visitor("reporter")
    begin(client)
    assert client.person.name in client.get(f"{HERE}/contact/").content.decode()
    fill(client, {**ANSWERS, "contact": {"contact": "no"}})
    client.post(f"{HERE}/check/")
    assert ledger.event(open_body.pk, models.Report.objects.get().opened).person == 0
    client.get(f"{HERE}/harm/")
    begin(client)
    fill(client, ANSWERS)
    client.post(f"{HERE}/check/")
    last = models.Report.objects.latest("opened")
    assert ledger.event(open_body.pk, last.opened).person == client.person.number


def test_nobody_reports_where_only_the_bodys_own_people_may(body, stranger):
    assert stranger.get(f"{HERE}/harm/").url.startswith("/sign-in/")
    assert stranger.get(f"{HERE}/").status_code == 200


def test_the_pages_stay_in_no_cache(reporter):
    assert "no-store" in reporter.get(f"{HERE}/harm/").headers["Cache-Control"]
    cookie = reporter.cookies["candour-report"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == f"{HERE}/"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_form_to_print_when_the_system_is_down(reporter, language):
    pdf = reporter.get(f"{HERE}/form.pdf?lang={language}")
    assert pdf.content.startswith(b"%PDF")
    page = reporter.get(f"{HERE}/form.html?lang={language}")
    assert "script" not in page.headers["Content-Security-Policy"]
    assert reporter.get(f"{HERE}/form.doc").status_code == 404


def test_a_page_of_the_report_takes_few_queries(reporter, django_assert_max_num_queries):
    begin(reporter)
    fill(reporter, ANSWERS)
    with django_assert_max_num_queries(8):
        reporter.get(f"{HERE}/what/")


def test_the_page_that_records_takes_few_queries(reporter, visitor, django_assert_max_num_queries):
    for browser in (reporter, visitor("handler")):
        begin(browser)
        fill(browser, ANSWERS)
        with django_assert_max_num_queries(20):
            browser.post(f"{HERE}/check/")
    assert models.Report.objects.count() == 2
