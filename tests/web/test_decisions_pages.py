"""Decisions about disclosure on their pages: who decided what about which table, when, by which rule and why."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from candour.figures import models

PEOPLE = "measure=people-affected&by=financial-year&group=tier&start=1+April+2014&end=31+March+2016"
LISTED = "measure=all-incidents&start=1+April+2014&end=31+March+2016&more=day"


def decide(client, reason="a village is named in the press"):
    client.post(f"/figures/safe/?{PEOPLE}&protect=round-5", {"reason": reason})
    return models.Decision.objects.latest("opened").opened


def test_a_decision_is_listed_with_who_when_why_and_by_which_rule(visitor, register, text_of):
    client = visitor("foi-officer")
    assert "Nothing was decided" in text_of(client.get("/figures/decisions/"))
    number = decide(client)
    text = text_of(client.get("/figures/decisions/"))
    for said in (str(number), "People affected, 2014/15 to 2015/16: the table and its rows by tier",
                 "Everything to the nearest 5", "a village is named in the press", client.person.name):  # fmt: skip
        assert said in text


def test_one_decision_shows_its_questions_and_leads_to_its_table(visitor, register, text_of):
    client = visitor("foi-officer")
    page = client.get(f"/figures/decisions/{decide(client)}/")
    assert "Does it count people, or say something of a person who could be found?" in text_of(page)
    assert "motivated intruder" in text_of(page)
    address = re.search(r'href="(/figures/safe/\?[^"]+)"', page.content.decode())[1].replace("&amp;", "&")
    again = client.get(address)
    assert "After" in text_of(again)
    assert "People affected, by financial year" in text_of(again)


def test_a_list_that_shows_more_is_listed_too_and_leads_to_its_lines(visitor, register, text_of):
    client = visitor("foi-officer")
    client.post(f"/figures/list/?{LISTED}", {"reason": "the days were in the press"})
    number = models.Decision.objects.get().opened
    assert "All incidents, 1 April 2014 to 31 March 2016: the list with day" in text_of(
        client.get("/figures/decisions/")
    )
    assert f'href="/figures/list/{number}/"' in client.get(f"/figures/decisions/{number}/").content.decode()


def test_a_published_table_leads_to_what_was_decided_about_it(visitor, register, text_of):
    client = visitor("foi-officer")
    said = {"document": "Annual Report 2014/15", "on": "11 July 2015", "reason": "one person could be told apart"}
    client.post(f"/figures/publish/?{PEOPLE}&protect=round-5", said)
    client.post("/figures/publish/?measure=events&start=1+April+2014&end=31+March+2015&group=", said)
    published = client.get("/figures/published/").content.decode()
    (address,) = re.findall(r'href="(/figures/decisions/\d+/)"', published)
    assert "one person could be told apart" in text_of(client.get(address))


def test_the_list_is_read_in_parts_and_asks_no_more_for_more(visitor, register):
    client = visitor("foi-officer")

    def asks(address):
        with CaptureQueriesContext(connection) as taken:
            client.get(address)
        return len(taken)

    numbers = [decide(client, f"reason {at}") for at in range(2)]
    asks("/figures/decisions/")
    few = asks("/figures/decisions/")
    row = models.Decision.objects.first()
    for at in range(60):
        row.pk, row.opened = None, 100_000 + at
        row.save(force_insert=True)
    assert asks("/figures/decisions/") == few
    page = client.get("/figures/decisions/").content.decode()
    rest = client.get(re.search(r'href="(/figures/decisions/\?before=\d+)"', page)[1]).content.decode()
    assert [f'/figures/decisions/{number}/"' in rest for number in numbers] == [True, True]


def test_decisions_are_for_who_sees_figures(visitor, register):
    number = decide(visitor("foi-officer"))
    assert visitor("auditor").get(f"/figures/decisions/{number}/").status_code == 200
    for address in ("/figures/decisions/", f"/figures/decisions/{number}/"):
        assert visitor("reporter").get(address).status_code == 404
    assert visitor("auditor").get("/figures/decisions/1/").status_code == 404
    assert visitor("auditor").get("/figures/decisions/?before=x").status_code == 422
