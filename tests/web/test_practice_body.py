"""A body for practice says so wherever somebody could take it for a real one, also to reporters without an account."""

import pytest
from django.test import Client
from django.utils import timezone

from candour.organisation import actions as organisation
from candour.organisation import kinds, people
from candour.organisation.kinds_of_work import Practice
from candour.rules import years

HERE = "/report/sample-body"
MARK = "TRAINING"
BEFORE_IT_IS_SENT = ("", "harm/", "what/", "check/", "saved/", "follow-up/")


def say(body, stated):
    now = timezone.now()
    organisation.say(body, stated, from_=years.london_day(now), by=people.operator(body), at=now)


@pytest.fixture
def practice_body(body):
    say(body, Practice(what="For new handlers"))
    say(body, kinds.Reporting(without_account=True, anonymous=True))
    return body


@pytest.fixture
def reporter(practice_body):
    return Client()


def test_every_page_of_a_reporter_is_marked(reporter, text_of):
    reporter.post(f"{HERE}/harm/", {"harm": "no"})
    for page in BEFORE_IT_IS_SENT:
        assert MARK in text_of(reporter.get(f"{HERE}/{page}")), page
    assert MARK in text_of(reporter.post(f"{HERE}/what/", {"description": ""}))
    reporter.post(f"{HERE}/harm/", {"harm": "yes"})
    for page in ("now/", "sent/", "progress/"):
        answer = reporter.get(f"{HERE}/{page}")
        assert (answer.status_code, MARK in text_of(answer)) == (200, True), page


def test_it_is_marked_in_welsh_too(reporter, text_of):
    page = text_of(reporter.get(f"{HERE}/?lang=cy"))
    assert f"{MARK} Ar gyfer ymarfer" in page


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_the_form_to_print_is_marked_in_its_name_and_on_the_paper(reporter, kind):
    form = reporter.get(f"{HERE}/form.{kind}")
    assert f'filename="{MARK}-report-en.{kind}"' in form["Content-Disposition"]
    if kind == "html":
        assert MARK in form.content.decode()


def test_a_list_of_bodies_says_which_is_for_practice(reporter, text_of):
    organisation.add_body("other", name="Other Body", kind="ndpb", regime="foia", at=timezone.now())
    page = text_of(reporter.get("/report/"))
    assert f"Sample Body {MARK}" in page
    assert f"Other Body {MARK}" not in page


def test_the_first_page_of_a_newcomer_is_marked(practice_body, somebody, text_of):
    person = organisation.add_person(
        practice_body,
        name="Handler",
        roles=["handler"],
        email="new@sample-body.example",
        by=people.operator(practice_body),
        at=timezone.now(),
    )
    link = people.sign_in_token(person, timezone.now())
    assert MARK in text_of(Client().get(f"/welcome/{link}/"))


def test_a_real_body_is_not_marked(body, text_of):
    say(body, kinds.Reporting(without_account=True))
    assert MARK not in text_of(Client().get(f"{HERE}/"))
