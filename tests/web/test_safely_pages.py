"""Make it safe to publish, on the page: before and after, why, what cannot be met, and the decision."""

import re

import pytest
from django.utils import timezone

import extracts
from candour.figures import models

ASKED = "measure=people-affected&by=financial-year&group=&start=1+April+2014&end=31+March+2016"


def test_the_page_shows_before_and_after_and_why(visitor, register, text_of):
    text = text_of(visitor("foi-officer").get(f"/figures/safe/?{ASKED}"))
    assert "It counts people" in text
    assert "Before" in text
    assert "Download" in text


def test_a_decision_is_recorded_with_its_reason(visitor, register, text_of):
    client = visitor("foi-officer")
    page = client.post(f"/figures/safe/?{ASKED}&protect=round-5", {"reason": "a village is named in the press"})
    assert page.status_code == 200
    assert "recorded by entry" in text_of(page)
    assert "There is a problem" not in text_of(page)
    assert "section 40(2)" in text_of(page)
    kept = models.Decision.objects.get()
    assert (kept.choice, kept.decided_by) == ("round-5", client.person.number)


def test_without_a_reason_it_is_not_recorded(visitor, register, text_of):
    page = visitor("foi-officer").post(f"/figures/safe/?{ASKED}&protect=round-5", {"reason": " "})
    assert page.status_code == 422
    assert not models.Decision.objects.exists()


def test_who_may_not_decide_sees_no_form_and_is_refused(visitor, register, text_of):
    client = visitor("auditor")
    assert "Record the decision" not in text_of(client.get(f"/figures/safe/?{ASKED}&protect=round-5"))
    client.post(f"/figures/safe/?{ASKED}&protect=round-5", {"reason": "why not"})
    assert not models.Decision.objects.exists()
    assert visitor("reporter").get(f"/figures/safe/?{ASKED}").status_code == 404


def test_a_rule_that_does_not_fit_says_so(visitor, register, text_of):
    page = visitor("foi-officer").get(f"/figures/safe/?{ASKED}&protect=unheard-of")
    assert "is no rule of disclosure control" in text_of(page)


@pytest.mark.parametrize("kind", ["csv", "json", "svg"])
def test_the_protected_table_as_a_file(visitor, register, kind):
    answer = visitor("foi-officer").get(f"/figures/safe/table.{kind}?{ASKED}&protect=round-5")
    assert answer.status_code == 200
    assert "people-affected-protected-as-at" in answer.headers["Content-Disposition"]
    assert b"to the nearest 5" in answer.content


ROWS = "measure=all-incidents&by=financial-year&group=department&start=1+April+2014&end=31+March+2016"


def test_rows_and_periods_are_ticked_and_become_one(visitor, register, text_of):
    client = visitor("foi-officer")
    page = client.get(f"/figures/safe/?{ROWS}&together-department=North&together-department=Legal", follow=True)
    (address, status) = page.redirect_chain[0]
    assert (status, "merge=department%3DNorth%7CLegal" in address, "together" in address) == (302, True, False)
    assert "North + Legal 1 2" in text_of(page)
    assert "Merged: Department: North + Legal" in text_of(page)
    again = client.get(f"{address}&together-periods=2014/15&together-periods=2015/16", follow=True)
    assert "North + Legal 3" in text_of(again)
    undo = re.findall(r'href="(/figures/safe/[^"]+)">undo', again.content.decode())
    assert "Merged" not in text_of(client.get(undo[0].replace("&amp;", "&")))


def test_a_merge_is_kept_with_the_decision_and_goes_into_the_file(visitor, register, text_of):
    client = visitor("foi-officer")
    merge = f"{ROWS}&merge=department%3DNorth%7CLegal&protect=standard"
    client.post(f"/figures/safe/?{merge}", {"reason": "two small departments"})
    kept = models.Decision.objects.get()
    assert kept.asked["merged"] == ["department=North|Legal"]
    assert "Merged first department: North + Legal" in text_of(client.get(f"/figures/decisions/{kept.opened}/"))
    assert b"North + Legal" in client.get(f"/figures/safe/table.csv?{merge}").content
    assert b"North + Legal" in client.get(f"/figures/table.csv?{merge}").content


def test_a_merged_row_says_in_words_which_of_its_parts_is_not_held(visitor, register, text_of):
    asked = "measure=people-affected&by=financial-year&group=tier&start=1+April+2014&end=31+March+2015"
    page = text_of(visitor("foi-officer").get(f"/figures/safe/?{asked}&merge=tier%3Devent%7Cnear-miss"))
    assert "Event + Near miss" in page
    assert "Event + Near miss, 2014/15: without near-miss: " in page


def test_a_merge_of_one_row_or_of_none_that_is_there_says_so(visitor, register, text_of):
    client = visitor("foi-officer")
    one = text_of(client.get(f"/figures/safe/?{ROWS}&together-department=North"))
    assert "Choose two or more of a kind to merge" in one
    assert client.get(f"/figures/safe/?{ROWS}&merge=department%3DNorth%7CEast").status_code == 422
    assert "there is no East" in text_of(client.get(f"/figures/?{ROWS}&merge=department%3DNorth%7CEast")).replace(
        "T", "t"
    )


def test_what_cannot_be_met_says_so_and_offers_what_can(visitor, register, tmp_path, text_of):
    """Three people in one year and four in the next are seven: nothing else is there to hide."""
    few = "reference  logged_on  tier  department  people_affected\n{}  {}  event  Archive  {}"
    for reference, day, people in (("A-1", "2012-05-01", 3), ("A-2", "2013-05-01", 4)):
        extracts.load(register, few.format(reference, day, people), tmp_path, at=timezone.now(), name=f"{people}.csv")
    client = visitor("foi-officer")
    days = "start=1+April+2012&end=31+March+2014"
    asked = f"measure=people-affected&by=financial-year&group=&{days}&where=department%3DArchive"
    page = client.get(f"/figures/safe/?{asked}&protect=standard")
    assert "could be worked out whatever other cells are hidden" in text_of(page)
    offers = re.findall(r'href="(/figures/safe/[^"]+)">(?:Try it without|Round to)', page.content.decode())
    assert len(offers) == 2
    for address in offers:
        assert "After" in text_of(client.get(address.replace("&amp;", "&")))
    merged = client.get(f"/figures/safe/?{asked}&protect=standard&merge=periods%3D2012/13%7C2013/14")
    assert "Hidden: 0 small, 0 more" in text_of(merged)
