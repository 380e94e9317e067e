"""A table is published on its page, listed, read by whoever has the link, and withdrawn; and the Annual Report."""

import re
from datetime import date
from urllib.parse import quote

from django.test import Client
from django.utils import timezone

from candour.foi import actions as foi
from candour.foi import releasing

ASKED = "measure=other-incidents&by=financial-year&group=&start=1+April+2014&end=31+March+2015"
SAID = {"document": "Annual Report 2014/15", "on": "11 July 2015"}


def test_a_table_is_published_read_by_anybody_and_withdrawn(visitor, register, text_of):
    officer = visitor("foi-officer")
    page = text_of(officer.get(f"/figures/publish/?{ASKED}"))
    assert "Nothing that was published says otherwise" in page
    assert officer.post(f"/figures/publish/?{ASKED}", SAID).url == "/figures/published/"
    listed = officer.get("/figures/published/").content.decode()
    link = re.search(r'href="(/released/[^"]+)"', listed)[1]
    assert Client().get(link).status_code == 200
    number = re.search(r"/figures/published/(\d+)/withdraw/", listed)[1]
    withdraw = f"/figures/published/{number}/withdraw/"
    assert "Enter why it is withdrawn" in text_of(officer.post(withdraw, {"reason": ""}))
    assert officer.post(withdraw, {"reason": "the wrong year"}).url == "/figures/published/"
    assert Client().get(link).status_code == 404
    assert "withdrawn" in text_of(officer.get("/figures/published/"))


def test_publishing_asks_for_a_document_and_is_not_for_everybody(visitor, register, text_of):
    officer = visitor("records-manager")
    assert "Enter the document that" in text_of(officer.post(f"/figures/publish/?{ASKED}", {"on": "11 July 2015"}))
    later = text_of(officer.post(f"/figures/publish/?{ASKED}", {**SAID, "on": "11 July 2999"}))
    assert "still to come" in later
    assert visitor("handler").get(f"/figures/publish/?{ASKED}").status_code == 404
    assert "Publish this table" not in text_of(visitor("handler").get(f"/figures/?{ASKED}"))


def test_the_annual_report_is_shown_and_taken_away(visitor, register, text_of):
    reader = visitor("auditor")
    page = text_of(reader.get("/figures/annual-report/?year=2014/15"))
    assert "Table 2" in page
    assert "is answered with 1" in page
    assert "Enter a financial year" in text_of(reader.get("/figures/annual-report/?year=March"))
    for kind in ("pdf", "docx", "odt", "html"):
        assert reader.get(f"/figures/annual-report.{kind}?year=2014/15").status_code == 200
    assert reader.get("/figures/annual-report.exe?year=2014/15").status_code == 404


def test_the_annual_report_is_published_read_by_anybody_and_explained_where_it_differs(visitor, register, text_of):
    officer, address = visitor("foi-officer"), "/figures/annual-report/publish/?year=2014/15"
    assert "Publish these tables" in text_of(officer.get("/figures/annual-report/?year=2014/15"))
    assert "every number in them is public" in text_of(officer.get(address))
    assert "Enter the document that" in text_of(officer.post(address, {"on": "11 July 2015"}))
    assert officer.post(address, SAID).url == "/figures/published/"
    listed = officer.get("/figures/published/").content.decode()
    assert "Personal data incidents, for an Annual Report, 2014/15" in listed
    link = re.search(r'href="(/released/[^"]+)"', listed)[1]
    assert "annual-report-2014-15.pdf" in Client().get(link).content.decode()
    number = re.search(r"/figures/published/(\d+)/withdraw/", listed)[1]
    withdraw = f"/figures/published/{number}/withdraw/"
    assert officer.post(withdraw, {"reason": "the wrong year"}).url == "/figures/published/"
    assert Client().get(link).status_code == 404
    assert visitor("handler").get(address).status_code == 404
    assert "Publish these tables" not in text_of(visitor("handler").get("/figures/annual-report/?year=2014/15"))


def test_what_a_reply_said_otherwise_leads_to_its_request(visitor, body, register):
    officer, approver, now = visitor("foi-officer"), visitor("release-approver"), timezone.now()
    asked = b"1. How many other information security incidents did you record in 2014/15?"
    arrived = foi.Arrived(asked, "request.txt", date(2016, 2, 28))
    by = {"by": officer.person, "at": now}
    reference = foi.answer(body, arrived, as_at=None, dated=date(2016, 3, 10), redraft=False, **by).case
    releasing.ask_clearance(body, reference, **by)
    releasing.clear(body, reference, by=approver.person, at=now)
    foi.release(body, reference, **by)
    page = officer.get(f"/figures/publish/?{ASKED}&as_at=1+May+2014").content.decode()
    assert f"in {reference} (" in page
    assert f'href="/requests/{quote(reference)}/"' in page
