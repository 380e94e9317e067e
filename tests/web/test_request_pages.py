"""A request beside its answers, with its days and its letter."""

from datetime import date

import pytest
from django.utils import timezone

from candour.foi import actions, disposing, models
from candour.organisation import people
from candour.rules import clocks
from candour.web import requests

ASKED = """\
Dear Sample Body

1. How many information security events occurred in each financial year?
Answer FY14-15: FY15-16:

2. What colour is the chief executive's bicycle?
"""


def receive(body, serial, day):
    """Draft a reply to the same questions as they came in on a day."""
    arrived = actions.Arrived(ASKED.encode(), "request.txt", day, our_reference=f"Gov/SB {serial}")
    dated, by = date(2016, 3, 10), people.operator(body)
    return actions.answer(body, arrived, as_at=dated, dated=dated, redraft=False, by=by, at=timezone.now()).case


@pytest.fixture
def case(register):
    """A request with one question that can be answered and one that needs a person."""
    return receive(register, "16-7", date(2016, 2, 28))


def test_the_list_names_the_weekday_on_which_a_request_is_due(visitor, case, text_of):
    page = text_of(visitor("foi-officer").get("/requests/"))
    assert "Gov/SB 16-7" in page
    assert "Wednesday 30 March 2016" in page
    assert "1 of 2 needs a person" in page


def test_a_request_beside_its_answer(visitor, case, text_of):
    page = text_of(visitor("foi-officer").get("/requests/Gov/SB 16-7/"))
    assert "Due Wednesday 30 March 2016, working day 20" in page
    assert "Thursday 17 March 2016 does not count: St Patrick's Day" in page
    assert "How many information security events occurred" in page
    assert "A person has to:" in page
    assert "Why this answer:" in page


def test_a_request_that_was_disposed_of_says_so_and_shows_nothing_of_it(visitor, register, case, text_of):
    number = models.Case.objects.get(body=register.pk).number
    disposing.erase(register.pk, number, timezone.now())
    client = visitor("foi-officer")
    page = text_of(client.get("/requests/Gov/SB 16-7/"))
    assert "were disposed of under the retention schedule" in page
    assert "bicycle" not in page
    assert "needs a person" not in page
    listed = text_of(client.get("/requests/"))
    assert "Gov/SB 16-7 Disposed of" in listed
    assert "2 questions" in listed
    assert "needs a person" not in listed
    assert client.get("/requests/Gov/SB 16-7/files/reply.pdf").status_code == 404


@pytest.mark.parametrize("name", ["reply.pdf", "reply.docx", "reply.odt", "answers.json"])
def test_the_letter_can_be_taken_away(visitor, case, name):
    answer = visitor("foi-officer").get(f"/requests/Gov/SB 16-7/files/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_letter_is_shown_in_the_page_and_may_do_nothing_there(visitor, case):
    answer = visitor("foi-officer").get("/requests/Gov/SB 16-7/files/reply.html")
    assert answer.headers["Content-Security-Policy"] == requests.LETTER_POLICY
    assert "script-src" not in requests.LETTER_POLICY
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert (
        "attachment"
        in visitor("siro").get("/requests/Gov/SB 16-7/files/reply.html?keep").headers["Content-Disposition"]
    )


@pytest.mark.parametrize("place", ["16-8/", "16-7/files/passwords.txt", "16-8/files/reply.pdf"])
def test_what_is_not_there(visitor, case, place):
    assert visitor("foi-officer").get(f"/requests/Gov/SB {place}").status_code == 404


def test_requests_are_not_there_for_those_who_may_not_see_them(visitor, case):
    client = visitor("handler")
    for address in ("/requests/", "/requests/Gov/SB 16-7/", "/requests/Gov/SB 16-7/files/reply.pdf"):
        assert client.get(address).status_code == 404


def test_the_strip_shows_counted_and_skipped_days_in_order():
    account = clocks.due("foia", date(2016, 2, 28))
    days = requests.strip(account, date(2016, 3, 10))
    assert [day.number for day in days][12:15] == [13, None, 14]
    assert [day.number for day in days if day.is_today] == [9]
    assert days[-1].day == account.due
    assert [day.is_past for day in days].count(True) == 8


def test_nothing_has_come_in_yet(visitor, body, text_of):
    assert "No request has come in yet" in text_of(visitor("foi-officer").get("/requests/"))


def test_a_list_takes_the_same_number_of_queries_whatever_its_size(
    visitor, register, case, django_assert_max_num_queries, django_assert_num_queries
):
    client = visitor("foi-officer")
    client.get("/requests/")
    with django_assert_max_num_queries(20) as few:
        client.get("/requests/")
    as_many = len(few)
    receive(register, "16-8", date(2016, 3, 1))
    receive(register, "16-9", date(2016, 3, 2))
    client.get("/requests/")  # whoever comes first after a deed reads anew what pages carry
    with django_assert_num_queries(as_many):
        client.get("/requests/")
