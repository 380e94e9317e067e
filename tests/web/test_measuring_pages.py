"""The builder and the measures kept from it: two facts, filters, shares, what it takes to find out, another day."""

from candour.figures import definitions
from candour.ledger import queries as ledger

ASKED = "measure=all-incidents&by=financial-year&start=2014-04-01&end=2016-03-31&as_at=2016-03-10"


def test_a_table_by_two_facts_with_shares_and_what_it_takes_to_find_out(visitor, register, text_of):
    asked = f"{ASKED}&group=department&second=cause&share=column&minutes=5"
    page = text_of(visitor("foi-officer").get(f"/figures/?{asked}"))
    assert "Department · cause" in page
    assert "Shares of the column" in page
    assert "× 5 minutes =" in page
    assert "The limit is £450, 18 hours at £25 an hour" in page


def test_what_does_not_fit_is_said_over_the_form(visitor, register, text_of):
    client = visitor("handler")
    for asked, says in (
        ("group=data_types&share=column", "categories overlap"),
        ("minutes=many", "is not a number of minutes"),
        ("group=tier&second=tier", "at most 2 different facts"),
        ("against_day=1+January+2099", "still to come"),
    ):
        page = client.get(f"/figures/?{ASKED}&{asked}")
        assert page.status_code == 200
        assert says in text_of(page).lower()


def test_a_table_is_compared_with_another_day(visitor, register, text_of):
    page = text_of(visitor("handler").get(f"/figures/?{ASKED}&group=tier&against_day=1+October+2014"))
    assert "as at 1 October 2014" in page
    assert "It was logged after the earlier day" in page


def test_what_a_table_counts_is_kept_worded_anew_and_retired(visitor, register, text_of):
    client = visitor("handler")
    asked = f"{ASKED}&group=&only=department&value=Legal"
    assert "only where department is Legal" in text_of(client.get(f"/figures/measures/new/?{asked}"))
    said = {"slug": "of-legal", "title": "Incidents of Legal", "says": "Whatever Legal reported."}
    assert client.post(f"/figures/measures/new/?{asked}", said).status_code == 302
    assert "Incidents of Legal" in text_of(client.get("/figures/measures/"))
    assert "Whatever Legal reported." in text_of(client.get(f"/figures/?{ASKED}&measure=of-legal"))
    anew = {**said, "says": "Whatever Legal told us."}
    assert client.post("/figures/measures/new/?measure=of-legal", anew).status_code == 302
    assert "Version 2" in text_of(client.get("/figures/measures/of-legal/"))
    number = ledger.head(register.pk).number
    assert client.post("/figures/measures/of-legal/", {"reason": ""}).status_code == 422
    assert client.post("/figures/measures/of-legal/", {"reason": "asked no more"}).status_code == 302
    gone = text_of(client.get(f"/figures/?measure=of-legal&record={number + 1}"))
    assert f"ask at ledger number {number}" in gone
    assert definitions.measure(register.pk, "of-legal", number).version == 2


def test_a_measure_that_cannot_be_kept_says_why_and_who_may_not_finds_nothing(visitor, register, text_of):
    page = visitor("handler").post(f"/figures/measures/new/?{ASKED}", {"slug": "Mine!", "title": "x", "says": "y"})
    assert page.status_code == 422
    assert "small letters" in text_of(page)
    auditor = visitor("auditor")
    assert auditor.get(f"/figures/measures/new/?{ASKED}").status_code == 404
    assert auditor.get("/figures/measures/").status_code == 200
    assert auditor.get("/figures/measures/none/").status_code == 404
