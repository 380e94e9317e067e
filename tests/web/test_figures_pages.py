"""The figures page says what its numbers rest on."""

import json
import re

import pytest
from django.utils import timezone

from candour.incidents import actions
from candour.ledger import queries as ledger
from candour.organisation import people

ASKED = "measure=all-incidents&by=financial-year&group=tier&start=1+April+2014&end=31+March+2016&as_at=10+March+2016"


def test_a_table_says_each_state_in_words(visitor, register, text_of):
    text = text_of(visitor("foi-officer").get(f"/figures/?{ASKED}"))
    assert "All incidents, by financial year" in text
    assert "reconstructed as at 10 March 2016 · record no." in text
    assert "Reported to the ICO 1 0 Other incident 1 0 Event 0 1 Near miss not in this register 1" in text
    assert "2015/16: to 10 March 2016" in text
    assert "Counted by the day it was logged in the register." in text


def test_each_number_leads_to_its_incidents_for_those_who_may_see_them(visitor, register):
    assert "/figures/incidents/?" not in visitor("foi-officer").get(f"/figures/?{ASKED}").content.decode()
    page = visitor("handler").get(f"/figures/?{ASKED}").content.decode()
    assert page.count('href="/figures/incidents/?measure=all-incidents') == 4


def test_unasked_it_shows_the_last_five_years_by_tier(visitor, register):
    page = visitor("handler").get("/figures/")
    assert page.status_code == 200
    assert len(re.findall(r'<th scope="col"', page.content.decode())) == 6


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("start=31+September+2020", "There is no 31 September 2020"),
        ("as_at=1+January+2099", "still to come"),
        ("record=999999", "the record ends at"),
        ("record=many", "must be a whole number"),
        ("measure=unheard-of", "Choose count from the list"),
        ("start=1+April+2016&end=1+April+2015", "before"),
        ("start=1+April+0&end=31+March+1", "cannot be read as a day"),
        ("start=1+April+0001&end=31+March+0002", "1900"),
        ("end=31+December+9999", "2200"),
        ("where=description%3Dletter", "single out"),
        ("where=ico_reference%3DIC-1", "single out"),
        ("against=999999", "the record ends at"),
        ("only=department", "say which value department has"),
        ("only=people_band&value=many", "is not a value of people_band"),
        ("by=accounting-period", "no accounting period of these days is stated"),
    ],
)
def test_a_question_that_makes_no_sense_says_what_to_mend(visitor, register, asked, says, text_of):
    page = visitor("handler").get(f"/figures/?{asked}")
    assert says.lower() in text_of(page).lower()
    assert "<title>Error: Figures – Candour</title>" in page.content.decode()


def test_a_filter_is_read_as_the_register_writes_it(visitor, register, text_of):
    asked = ASKED.replace("group=tier", "group=") + "&only=tier&value=Near+miss"
    assert "not in this register 1" in text_of(visitor("handler").get(f"/figures/?{asked}"))


def test_a_filter_by_what_nobody_named_says_so_instead_of_0(visitor, register, text_of):
    asked = ASKED.replace("group=tier", "group=") + "&only=department&value="
    page = text_of(visitor("handler").get(f"/figures/?{asked}Nort"))
    assert "No incident names the department 'Nort'. Did you mean 'North'?" in page
    known = text_of(visitor("handler").get(f"/figures/?{asked}North&also=tier&also_value=near-miss"))
    assert "There is a problem" not in known


def test_rows_and_periods_are_merged_on_the_page_that_builds_the_table(visitor, register, text_of):
    client = visitor("handler")
    rows = ASKED.replace("group=tier", "group=department")
    page = client.get(f"/figures/?{rows}&together-department=North&together-department=Legal", follow=True)
    assert page.redirect_chain[0][0].endswith("&merge=department%3DNorth%7CLegal")
    assert "North + Legal 1 2" in text_of(page)
    assert "Merged: Department: North + Legal undo" in text_of(page)
    one = text_of(client.get(f"/figures/?{rows}&together-department=North"))
    assert "Choose two or more of a kind to merge" in one


@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx", "json", "svg", "pdf"])
def test_the_same_table_as_a_file(visitor, register, kind):
    answer = visitor("auditor").get(f"/figures/table.{kind}?{ASKED}")
    assert answer.status_code == 200
    assert "all-incidents-as-at-2016-03-10-record-" in answer.headers["Content-Disposition"]
    if kind == "json":
        assert json.loads(answer.content)["groups"][0]["key"]["tier"] == "reported-to-ico"


def test_a_file_of_nonsense_is_refused(visitor, register):
    client = visitor("auditor")
    assert client.get("/figures/table.exe").status_code == 404
    assert client.get("/figures/table.csv?start=yesterday-ish").status_code == 422


@pytest.mark.parametrize("of", ["measure=all-incidents&group=tier", "measure=people-affected&group=department"])
def test_a_table_takes_as_many_queries_whatever_its_size(visitor, register, django_assert_max_num_queries, of):
    """One more where what moved first is counted as before, and the rest has to be looked at."""
    client = visitor("handler")
    client.get("/figures/")
    with django_assert_max_num_queries(31) as few:
        client.get(f"/figures/?{of}&by=financial-year&start=2014-04-01&end=2016-03-31&as_at=2016-03-10")
    with django_assert_max_num_queries(len(few) + 1):
        client.get(f"/figures/?{of}&by=quarter&start=2011-04-01&end=2020-03-31&as_at=2016-03-10")


def test_compared_with_an_earlier_record_number_it_names_what_counts_otherwise(visitor, register, text_of):
    before = ledger.head(register.pk).number
    why = {"reason": "the letter was opened", "correction": True}
    change = {"tier": "event"}
    actions.amend(register, "2014-0001", change, **why, by=people.operator(register), at=timezone.now())
    client = visitor("handler")
    page = text_of(client.get(f"/figures/?{ASKED}&against={before}"))
    assert f"Compared with record no. {before}" in page
    assert "2014-0001 Other incident, 2014/15 Event, 2014/15 corrected: the letter was opened" in page
    now = ledger.head(register.pk).number
    assert "No incident counts otherwise." in text_of(client.get(f"/figures/?{ASKED}&against={now}"))


def test_middle_values_are_compared_in_words(visitor, register, text_of):
    asked = ASKED.replace("all-incidents", "people-affected-median").replace("group=tier", "group=")
    page = text_of(visitor("handler").get(f"/figures/?{asked}&against=1"))
    assert "A middle value is not a sum" in page
    assert re.search(r"2014/15: .* then, 60.5 now", page)
