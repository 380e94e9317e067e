"""The register as a list, and one incident as it stood."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from candour.incidents import actions
from candour.organisation import people


def references(page):
    return re.findall(r'href="/register/(\d{4}-\d{4})/"', page.content.decode())


def test_the_latest_logged_come_first(visitor, register, text_of):
    page = visitor("handler").get("/register/")
    assert references(page) == ["2015-0002", "2015-0001", "2014-0002", "2014-0001"]
    assert "Laptop left on a train Reported to the ICO I South" in text_of(page)
    assert "OFFICIAL-SENSITIVE" in text_of(page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("tier=near-miss", ["2015-0001"]),
        ("department=North", ["2015-0001", "2014-0001"]),
        ("words=laptop", ["2014-0002"]),
        ("words=2014-", ["2014-0002", "2014-0001"]),
        ("source=old+sheet&department=Legal", ["2015-0002"]),
        ("standing=void", []),
    ],
)
def test_the_register_can_be_searched(visitor, register, asked, found):
    assert references(visitor("handler").get(f"/register/?{asked}")) == found


def test_nothing_found_says_what_to_do(visitor, register, text_of):
    assert "Use fewer words or filters" in text_of(visitor("handler").get("/register/?words=zeppelin"))


def test_a_filter_that_is_none_says_so(visitor, register, text_of):
    assert "Choose tier from the list" in text_of(visitor("handler").get("/register/?tier=catastrophe"))


def test_a_page_that_is_not_there_is_refused(visitor, register):
    assert visitor("handler").get("/register/?before=yesterday").status_code == 422


def test_an_incident_says_how_sure_each_fact_is(visitor, register, text_of):
    client = visitor("handler")
    assert "Happened about 1 November 2014" in text_of(client.get("/register/2014-0002/"))
    assert "People affected about 120" in text_of(client.get("/register/2014-0002/"))
    page = text_of(client.get("/register/2015-0001/"))
    assert "Happened not known" in page
    assert re.search(r"Not stated: [^.]*Cause", page)
    assert "as the older register stated it" in page


def test_history_is_told_in_sentences_with_who_and_why(visitor, register, text_of):
    why = {"reason": "moved by reorganisation", "correction": False}
    by = people.operator(register)
    actions.amend(register, "2014-0001", {"department": "Legal"}, **why, by=by, at=timezone.now())
    page = text_of(visitor("handler").get("/register/2014-0001/"))
    assert "Department changed from North to Legal. Reason: moved by reorganisation" in page
    yesterday = timezone.localdate() - timedelta(days=1)
    before = text_of(visitor("handler").get(f"/register/2014-0001/?as_at={yesterday}"))
    assert "You see this incident as it stood at the end of" in before
    assert "Department North" in before


@pytest.mark.parametrize("asked", ["as_at=1+January+2099", "as_at=31+February+2020", "record=999999"])
def test_a_standpoint_that_cannot_be_taken_says_so(visitor, register, asked, text_of):
    page = visitor("handler").get(f"/register/2014-0001/?{asked}")
    assert page.status_code == 200
    assert "There is a problem" in text_of(page)


@pytest.mark.parametrize("address", ["/register/2099-0001/", "/register/2014-0001/?as_at=1+April+2011"])
def test_an_incident_that_was_not_there_is_not_there(visitor, register, address):
    assert visitor("handler").get(address).status_code == 404


@pytest.mark.parametrize("address", ["/register/", "/register/2014-0001/", "/figures/incidents/?measure=events"])
def test_the_register_is_not_there_for_those_who_may_not_see_it(visitor, register, address):
    assert visitor("foi-officer").get(address).status_code == 404


def test_the_incidents_behind_a_number(visitor, register, text_of):
    asked = "measure=all-incidents&by=span&group=&start=2014-04-01&end=2015-03-31&key=tier%3Dother-incident"
    page = visitor("handler").get(f"/figures/incidents/?{asked}")
    assert "1 incident behind the number" in text_of(page)
    assert "2014-0001" in text_of(page)
    assert "2014-0002" not in text_of(page)


def test_a_list_takes_the_same_number_of_queries_whatever_its_size(
    visitor, register, django_assert_max_num_queries, django_assert_num_queries
):
    client = visitor("handler")
    client.get("/register/")
    with django_assert_max_num_queries(20) as few:
        client.get("/register/")
    with django_assert_num_queries(len(few)):
        client.get("/register/?tier=near-miss")
