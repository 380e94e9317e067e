"""The register as a list, and one incident as it stood."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candour.incidents import actions, queries, search
from candour.incidents.actions import access, triage
from candour.ledger import guards
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


def test_a_list_shows_the_beginning_of_a_long_story_and_its_page_the_whole(visitor, register, text_of):
    handler = visitor("handler")
    story = "The letter went astray. " * 1_600
    told = {"channel": "telephone", "language": "en", "told_on": "10 March 2026", "told_time": "09:05"}
    handler.post("/told-us/", {**told, "harm-harm": "no", "what-description": story})
    listed = handler.get("/register/")
    assert "went astray. The …" in text_of(listed)
    assert len(text_of(listed)) < 3_000
    assert story.strip() in handler.get(f"/register/{references(listed)[0]}/").content.decode()


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


def test_a_list_takes_the_same_number_of_queries_whatever_its_size(visitor, register, django_assert_max_num_queries):
    client = visitor("handler")
    client.get("/register/")
    with django_assert_max_num_queries(20) as few:
        client.get("/register/")
    with django_assert_max_num_queries(len(few) + 1):
        client.get("/register/?tier=near-miss")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("period=2015/16", ["2015-0002", "2015-0001"]),
        ("period=November+2014", ["2014-0002"]),
        ("period=2014/15&words=letter", ["2014-0001"]),
        ("words=letters", ["2014-0001"]),
        ("words=lap*", ["2014-0002"]),
        ("state=kept", ["2015-0002", "2015-0001", "2014-0002", "2014-0001"]),
        ("state=open", []),
        ("mine=yes", []),
        ("as_at=1+January+2015", ["2014-0002", "2014-0001"]),
        ("as_at=1+January+2015&tier=reported-to-ico", ["2014-0002"]),
    ],
)
def test_it_is_narrowed_by_time_work_and_standpoint(visitor, register, asked, found):
    page = visitor("handler").get(f"/register/?{asked}")
    assert re.findall(r'href="/register/(\d{4}-\d{4})/', page.content.decode()) == found


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("period=soon", "Enter a year or a period"),
        ("as_at=1+January+2099", "still to come"),
        ("as_at=1+January+2015&state=open", "known only as it is now"),
    ],
)
def test_what_cannot_be_asked_says_so(visitor, register, asked, says, text_of):
    assert says in text_of(visitor("handler").get(f"/register/?{asked}"))


def test_as_it_stood_says_what_was_believed_and_written_then(visitor, register, text_of):
    by = people.operator(register)
    change = {"department": "Legal", "description": "A parcel"}
    actions.amend(register, "2014-0001", change, reason="so it is", correction=False, by=by, at=timezone.now())
    client = visitor("handler")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert "Letter to a former address Other incident IV North" in text_of(client.get(f"/register/?as_at={yesterday}"))
    assert "A parcel Other incident IV Legal" in text_of(client.get("/register/"))
    assert "Letter to a former address" in text_of(client.get(f"/register/2014-0001/?as_at={yesterday}"))


def test_what_somebody_works_on_is_found_by_who_has_it(visitor, register):
    client = visitor("handler")
    triage.accept(register, "2014-0001", assign_to=client.person, by=client.person, at=timezone.now())
    assert references(client.get("/register/?state=open")) == ["2014-0001"]
    assert references(client.get("/register/?mine=yes&words=letter")) == ["2014-0001"]
    assert references(client.get("/register/?mine=yes&words=laptop")) == []
    assert references(client.get("/register/?state=kept")) == ["2015-0002", "2015-0001", "2014-0002"]
    assert references(visitor("auditor").get("/register/?mine=yes")) == []


def test_pages_are_turned_by_key(visitor, register):
    visitor("handler")
    by = people.operator(register)
    today = timezone.localdate()
    first = queries.page(register, by=by, today=today, limit=3)
    rest = queries.page(register, by=by, today=today, limit=3, before=first.older)
    back = queries.page(register, by=by, today=today, limit=3, after=rest.newer)
    assert [row.reference for row in first.rows + rest.rows] == ["2015-0002", "2015-0001", "2014-0002", "2014-0001"]
    assert (first.newer, rest.older) == (None, None)
    assert back.rows == first.rows


def test_one_whose_day_of_logging_nobody_knows_comes_last(visitor, register):
    with connection.cursor() as cursor:
        guards.take_down()
        cursor.execute("update incidents_version set logged_on = null where tier = 'reported-to-ico'")
        guards.put_up()
    search.rebuild()
    by, today = people.operator(register), timezone.localdate()
    first = queries.page(register, by=by, today=today, limit=3)
    rest = queries.page(register, by=by, today=today, limit=3, before=first.older)
    assert [row.reference for row in rest.rows] == ["2014-0002"]
    assert queries.page(register, by=by, today=today, limit=3, after=rest.newer).rows == first.rows


def test_what_is_confidential_is_found_only_by_those_named(visitor, register, text_of):
    named, other = visitor("handler"), visitor("handler")
    now = timezone.now()
    access.restrict(register, "2014-0002", persons=[named.person.number], reason="staff", by=named.person, at=now)
    assert references(named.get("/register/?words=laptop")) == ["2014-0002"]
    assert references(other.get("/register/?words=laptop")) == []
    assert "2014-0002" not in text_of(other.get("/register/"))
    assert "Laptop left" not in text_of(named.get("/register/"))


def test_the_list_takes_few_queries(visitor, register, django_assert_max_num_queries):
    client = visitor("handler")
    client.get("/register/")
    with CaptureQueriesContext(connection) as empty:
        client.get("/accessibility")
    with django_assert_max_num_queries(len(empty) + 8):
        client.get("/register/?words=letter&tier=other-incident&period=2014/15")
