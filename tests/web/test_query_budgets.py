"""How much a page asks of the database: the list 8 times at most, a page of one incident 12, one that records 20.

Everything is counted: the session, the person and their roles, and what the frame of the page carries.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candour.incidents.actions import acting, assessing, categorising, linking, recording, triage
from candour.organisation import actions as organisation
from candour.organisation import people
from candour.rules import self_assessment, years

LIST, ONE, DESK = 8, 12, 13

PAGES = (
    *("", "categories/", "categories/ico-type/", "categories/cabinet-office/", "tier/"),
    *(
        "risk/",
        "risk/ico-self-assessment/?living_people=yes&likelihood=unlikely",
        "risk/enisa-2013/",
        "actions/",
        "actions/add/",
    ),
    *("lessons/", "close/", "note/", "role/", "supplier/", "recipient/", "assign/", "link/", "unlink/", "split/"),
    *("join/", "void/", "access/", "name/", "confidential/", "change/department/", "describe/", "mark/", "compare/"),
)

FOR_OTHERS = (("dpo", "advice/ico/"), ("siro", "decision/ico/"))


@pytest.fixture
def handler(visitor):
    return visitor("handler")


@pytest.fixture
def busy(body, register, handler):
    """An incident with everything: taken up, coded, assessed, planned for, linked."""
    by, now = handler.person, timezone.now()
    operator, today = people.operator(body), years.london_day(now)
    organisation.state(body, "assessing", "assessing", {"methods": ["enisa-2013"]}, from_=today, by=operator, at=now)
    facts = {"information_lost": "yes", "personal_data": "yes"}
    reference, _ = recording.record(body, facts, words={"description": "Letter to a former address"}, by=by, at=now)
    triage.accept(body, reference, assign_to=by, by=by, at=now)
    categorising.categorise(body, reference, {"cabinet-office": "IV"}, by=by, at=now)
    answers = {"living_people": "yes", "likelihood": "unlikely"}
    assessing.assess(body, reference, self_assessment.METHOD, answers, by=by, at=now)
    acting.plan(body, reference, "Ring them", acting.Task(by, today + timedelta(days=7)), by=by, at=now)
    linking.link(body, reference, "2014-0001", linking.RELATED, by=by, at=now)
    return reference


def asks(client, address):
    """How much a page asks the second time, when nothing is looked up for the first time any more."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(asked)


def test_every_page_of_one_incident_asks_little(handler, busy):
    found = {page: asks(handler, f"/register/{busy}/{page}") for page in PAGES}
    assert {page: many for page, many in found.items() if many > ONE} == {}


@pytest.mark.parametrize(("role", "page"), FOR_OTHERS)
def test_advice_and_decision_ask_little(visitor, busy, role, page):
    assert asks(visitor(role), f"/register/{busy}/{page}") <= ONE


@pytest.mark.parametrize("filters", ["", "words=letter", "words=nowhere", "words=letter&tier=event&period=2014/15"])
def test_the_list_asks_little(handler, busy, filters):
    assert asks(handler, f"/register/?{filters}") <= LIST


def test_the_desk_asks_little(handler, busy):
    assert asks(handler, "/desk/") <= DESK
