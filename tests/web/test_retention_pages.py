"""The pages of retention: the list first, two people, a hold with its reason; and nothing for who has no part in it."""

import re
from datetime import date

import pytest
from django.utils import timezone

from candour.incidents.actions import holding
from candour.ledger import models as ledger
from candour.organisation import actions as organisation
from candour.organisation import kinds_of_records, people

KEPT = kinds_of_records.Retention(slug="reports", record="incidents", source="The schedule", keep=6)


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def kept(register):
    """A register of four incidents, all of them older than the six years they are kept."""
    by = people.operator(register)
    organisation.say(register, KEPT, from_=date(2000, 1, 1), by=by, at=timezone.now())
    return register


@pytest.fixture
def manager(visitor):
    return visitor("records-manager")


@pytest.fixture
def second(visitor):
    return visitor("records-manager")


def entries(page):
    return re.findall(r'name="entry" value="(\d+)"', page.content.decode())


def texts():
    return [text or "" for text in ledger.Words.objects.filter(field="description").values_list("text", flat=True)]


def propose(manager, **form):
    return manager.post("/retention/", {"entry": entries(manager.get("/retention/")), **form}, follow=True)


def test_the_list_comes_first_with_the_schedule_that_it_follows(kept, manager, text_of):
    said = text_of(manager.get("/retention/"))
    assert "2014-0001 logged 12 May 2014 12 May 2020 Reports" in said
    assert "6 years from the day it was closed" in said
    assert "Letter to a former address" not in said


def test_one_proposes_and_another_erases(kept, manager, second, text_of):
    page = propose(manager)
    assert "4 records to be disposed of" in text_of(page)
    assert "Erase for good" not in text_of(page)
    (address, _) = page.redirect_chain[-1]
    assert manager.post(address, {"sure": "on"}).status_code == 409
    assert "Nobody can bring back" in text_of(second.get(address))
    unsure = second.post(address, {})
    assert unsure.status_code == 422
    assert "Tick the box" in text_of(unsure)
    assert "Letter to a former address" in texts()
    done = second.post(address, {"sure": "on"}, follow=True)
    assert "Incidents 4" in text_of(done)
    assert set(texts()) == {""}
    again = second.post(address, {"sure": "on"}, follow=True)
    assert again.redirect_chain == done.redirect_chain
    assert "Nothing is due" in text_of(manager.get("/retention/"))


def test_what_is_ticked_stays_and_takes_a_reason(kept, manager, text_of):
    (first, *_) = entries(manager.get("/retention/"))
    page = propose(manager, leave_out=[first])
    assert page.status_code == 422
    assert "Enter why what you leave out is kept for now" in text_of(page)
    assert re.search(rf'value="{first}" checked', page.content.decode())
    page = propose(manager, leave_out=[first], reason="a study of old letters")
    assert "3 records to be disposed of" in text_of(page)
    assert "2014-0001. Reason: a study of old letters" in text_of(page)


def test_a_list_that_changed_meanwhile_is_shown_anew(kept, manager, text_of):
    stale = entries(manager.get("/retention/"))
    holding.place_hold(
        kept, holding.Scope("2014-0001"), kind="other", reason="wait", by=people.operator(kept), at=timezone.now()
    )
    page = manager.post("/retention/", {"entry": stale})
    assert page.status_code == 422
    assert "The list has changed since you looked at it" in text_of(page)


def test_what_is_held_says_by_what_and_why_it_may_not_be_destroyed(kept, manager, text_of):
    form = {"kind": "appeal", "case": "EA/2016/1", "logged_until": "31 December 2014", "reason": "an appeal"}
    placed = manager.post("/retention/holds/", form, follow=True)
    assert "Incidents logged until 31 December 2014" in text_of(placed)
    page = text_of(manager.get("/retention/"))
    assert "appeal EA/2016/1 (hold no." in page
    assert "Freedom of Information Act 2000 s.77" in page
    (address,) = re.findall(r'href="(/retention/holds/\d+/lift/)"', placed.content.decode())
    assert manager.post(address, {"reason": ""}).status_code == 422
    lifted = manager.post(address, {"reason": "the tribunal has decided"}, follow=True)
    assert "lifted, no." in text_of(lifted)
    assert "Due, but held" not in text_of(manager.get("/retention/"))


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": "appeal"}, "Enter why it has to be kept"),
        ({"kind": "appeal", "reason": "x", "reference": "2011-9"}, "There is no incident 2011-9"),
        ({"kind": "appeal", "reason": "x", "logged_from": "31 September 2014"}, "31 September 2014"),
        ({"kind": "appeal", "reason": "x", "logged_from": "2015-01-01", "logged_until": "2014-01-01"}, "both days"),
        ({"kind": "whim", "reason": "x"}, "Choose what it is for"),
    ],
)
def test_a_hold_that_cannot_be_says_what_is_wrong(kept, manager, text_of, form, says):
    page = manager.post("/retention/holds/", form)
    assert page.status_code == 422
    assert says in text_of(page)


def test_an_foi_officer_places_holds_and_sees_no_incident(kept, visitor, text_of):
    officer = visitor("foi-officer")
    placed = officer.post("/retention/holds/", {"kind": "request", "case": "26-1", "reason": "asked for"}, follow=True)
    assert "Everything: incidents, requests, people and particulars" in text_of(placed)
    assert "Lift hold" not in text_of(placed)
    for reference in ("2014-0001", "2011-9"):
        page = officer.post("/retention/holds/", {"kind": "request", "reason": "x", "reference": reference})
        assert f"There is no incident {reference}" in text_of(page)
    assert officer.get("/retention/").status_code == 404


@pytest.mark.parametrize("role", ["handler", "reporter", "siro"])
def test_others_have_no_part_in_it(kept, visitor, role):
    other = visitor(role)
    for path in ("", "proposals/1/", "disposals/1/", "holds/", "holds/1/lift/"):
        assert other.get(f"/retention/{path}").status_code == 404


def test_the_list_costs_as_many_questions_however_long_it_is(kept, manager, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        manager.get("/retention/")
