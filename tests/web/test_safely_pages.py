"""Make it safe to publish, on the page: before and after, why, what cannot be met, and the decision."""

import pytest

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
