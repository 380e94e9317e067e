"""A table that leaves as a page of its own: tagged, with its chart, its numbers in words, and what it rests on."""

from io import BytesIO

import pdfplumber
import pikepdf
import pytest

import extracts
from candour.figures import actions as knowing
from candour.figures import leaflet, rendering

REGISTER = """
    reference  logged_on  tier  incident_type  department
    A-1  2014-05-02  other-incident  phishing  North
    A-2  2014-06-02  event  malware  South
    A-3  2015-06-02  event  malware  -
    A-4  2016-02-02  near-miss  phishing  West
"""


@pytest.fixture
def register(body, tmp_path, operator):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events"):
        extracts.cover(body, measure, "2011-04-01")
    extracts.cover(body, "near-misses", "2015-04-01")
    knowing.note_break(
        body, "events", day=extracts.NOW.date().replace(2015, 4, 1), note="a new form", by=operator, at=extracts.NOW
    )
    return body


def text_of(made):
    with pdfplumber.open(BytesIO(made)) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def kinds(made):
    with pikepdf.open(BytesIO(made)) as pdf:
        return [str(each.S) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def test_it_says_every_state_the_break_and_what_it_rests_on(register, ask):
    table = ask("all-incidents", "2014-04-01", "2016-03-31", group=["tier"], as_at="2016-03-10")
    made = leaflet.pdf(table, sender="Sample Body")
    text = text_of(made)
    assert "All incidents, by financial year" in text
    assert "Near miss not in this 1 register" in text
    assert "from 1 April 2015: a new form" in text
    assert "Counted by the day it was logged in the register." in text
    assert f"record no. {table.as_at.number} · {table.digest}" in text
    assert {"/Figure", "/Table", "/TH"} <= set(kinds(made))
    assert leaflet.pdf(table, sender="Sample Body") == made


def test_many_periods_stand_as_rows(register, ask):
    months = ask("all-incidents", "2014-04-01", "2015-03-31", by="month", group=["tier"])
    made = text_of(leaflet.pdf(months, sender="Sample Body"))
    assert "May 2014 0 1 0 not in this 0 register" in made


@pytest.mark.parametrize(
    ("asked", "mark"),
    [
        ({"by": "financial-year"}, 'height="170"'),
        ({"by": "month"}, 'text-anchor="end">0</text>'),
        ({"by": "month", "group": ["tier", "incident_type"]}, 'text-anchor="end">0</text>'),
    ],
)
def test_the_chart_is_of_the_kind_that_can_show_it(register, ask, asked, mark):
    assert mark in rendering.chart(ask("near-misses", "2014-04-01", "2016-03-31", **asked))


def test_more_bars_than_have_room_for_their_numbers_are_lines(register, ask):
    asked = {"by": "financial-year", "group": ["tier"]}
    assert 'text-anchor="end">0</text>' not in rendering.chart(
        ask("all-incidents", "2011-04-01", "2016-03-31", **asked)
    )
    assert 'text-anchor="end">0</text>' in rendering.chart(ask("all-incidents", "2008-04-01", "2016-03-31", **asked))


def test_the_chart_names_tiers_as_a_person_reads_them(register, ask):
    svg = rendering.chart(ask("all-incidents", "2014-04-01", "2016-03-31", group=["tier"]))
    assert ">Near miss</text>" in svg
    assert "near-miss" not in svg


def test_more_rows_than_lines_can_tell_apart_are_a_heat_table(body, tmp_path, ask):
    rows = "\n".join(f"    B-{at}  2014-05-0{at}  event  Area {at}" for at in range(1, 8))
    extracts.load(body, f"reference  logged_on  tier  department\n{rows}", tmp_path)
    table = ask("events", "2014-04-01", "2015-03-31", by="month", group=["department"])
    assert "no number</text>" in rendering.chart(table)
    made = text_of(leaflet.pdf(table, sender="Sample Body"))
    assert "Events and anomalies, October 2014 on" in made
    assert "Area 7" in made
