"""Several bodies side by side: each as its own record tells it, one statement for all, and a total that says so."""

import io
from datetime import date

import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
from candour.figures import across, leaflet, lines, neighbours, questions, tables
from candour.figures import actions as knowing
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions, kinds, people, succession
from candour.organisation.kinds_of_bodies import Shared
from candour.organisation.kinds_of_work import Practice
from candour.rules import years
from candour.rules.refusals import WrongInput

TODAY = extracts.NOW.date()
NORTH = """
    reference  logged_on  tier  department  people_affected  category
    N-1  2013-05-02  event  HR  1  IV
    N-2  2014-03-02  other-incident  HR  20  IV
    N-3  2014-06-02  event  IT  -  V
    N-4  2015-06-02  near-miss  HR  3  -
"""
SOUTH = """
    reference  logged_on  tier  department  people_affected  category
    S-1  2013-06-02  event  HR  7  IV
    S-2  2014-07-02  event  HR  -  -
    S-3  2015-07-02  event  IT  2  IV
    S-4  2015-08-02  reported-to-ico  IT  400  I
"""
MEASURES = (
    "events", "near-misses", "all-incidents", "people-affected", "incidents-reported-to-ico", "people-affected-median",
    "open-at-end",
)  # fmt: skip


def say(body, stated, from_, until=None):
    days = {"from_": date.fromisoformat(from_), "until": date.fromisoformat(until) if until else None}
    actions.say(body, stated, **days, by=people.operator(body), at=extracts.NOW)


@pytest.fixture
def north(db, tmp_path):
    body = extracts.body("north")
    extracts.load(body, NORTH, tmp_path, name="north.csv")
    for measure in ("incidents-reported-to-ico", "other-incidents", "events"):
        extracts.cover(body, measure, "2011-04-01")
    extracts.cover(body, "near-misses", "2014-10-01")
    return body


@pytest.fixture
def south(db, tmp_path):
    body = extracts.body("south")
    extracts.load(body, SOUTH, tmp_path, name="south.csv")
    extracts.cover(body, "events", "2013-06-01")
    return body


@pytest.fixture
def ministry(north, south):
    sponsor = extracts.body("ministry")
    say(north, kinds.Sponsor("Ministry", body="ministry"), "2014-04-01")
    say(south, kinds.Sponsor("Ministry", body="ministry"), "2010-04-01", "2015-04-01")
    for body in (north, south):
        say(body, Shared("ministry", "events"), "2016-04-01")
    return sponsor


def asked(measure="events", first="2013-04-01", last="2016-03-31", by="financial-year", **more):
    periods = years.periods(by, date.fromisoformat(first), date.fromisoformat(last))
    return questions.question(measure, periods, **more)


def cells(row):
    return [(cell.status, cell.value) for cell in row.cells]


def heads(*bodies):
    return [across.Line(body, ledger.head(body.pk).number) for body in bodies]


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("by", ["financial-year", "quarter"])
def test_each_line_is_what_the_bodys_own_table_says(north, south, measure, by):
    for day in (TODAY, date(2014, 12, 31)):
        for more in ({}, {"where": {"department": "HR"}}, {"where": {"category": "IV"}}, {"basis": "reported"}):
            question = asked(measure, by=by, **more)
            found = across.across(heads(north, south), question, day)
            for body, row in zip((north, south), found.rows, strict=True):
                own = tables.table(body.pk, question, AsAt(day, ledger.head(body.pk).number))
                assert row.cells == own.groups[0].cells
                assert (row.digest, row.early) == (own.digest, own.early)


def test_each_body_is_read_at_its_own_ledger_number(north, south):
    before = ledger.head(south.pk).number
    actions_before = across.Line(south, before)
    extracts.cover(south, "events", "2015-04-01")
    now = across.across([*heads(north, south)], asked(), TODAY)
    then = across.across([*heads(north), actions_before], asked(), TODAY)
    assert cells(now.rows[1])[:2] == [("not_in_register", None), ("not_in_register", None)]
    assert cells(then.rows[1])[:2] == [("held_since", 1), ("held", 1)]
    assert now.rows[0] == then.rows[0]


def test_one_statement_counts_all_bodies_and_more_bodies_take_no_more_queries(north, south):
    def counted(lines):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            across.across(lines, asked(), TODAY)
        return len(captured), sum("incidents_version" in one["sql"] for one in captured)

    one, both = counted(heads(north)), counted(heads(north, south))
    assert one == both
    assert both[1] == 1


def test_the_total_adds_up_what_is_held_and_names_what_is_not(north, south):
    total = across.across(heads(north, south), asked("near-misses"), TODAY).total
    assert [cell.value for cell in total] == [None, 0, 1]
    assert "without Sample Body" in total[2].note


def test_a_sponsor_sees_what_is_shared_for_the_days_of_its_sponsorship_only(ministry, north, south):
    side = neighbours.sponsored(ministry, "events", TODAY)
    found = across.across(side, asked(), TODAY)
    by_body = {row.line.body: row for row in found.rows}
    assert cells(by_body[north]) == [("not_applicable", None), ("held", 1), ("held", 0)]
    assert cells(by_body[south]) == [("held_since", 1), ("held", 1), ("not_applicable", None)]
    assert by_body[north].cells[0].note == "not sponsored then"
    assert [cell.value for cell in found.total] == [1, 2, 0]
    assert neighbours.sponsored(ministry, "near-misses", TODAY) == []
    assert neighbours.shared_measures(ministry, TODAY) == {"events"}


def test_a_period_that_the_sponsorship_cuts_counts_its_own_part(ministry, north, south):
    calendar = asked(first="2014-01-01", last="2015-12-31", by="calendar-year")
    rows = {
        row.line.body: row
        for row in across.across(neighbours.sponsored(ministry, "events", TODAY), calendar, TODAY).rows
    }
    assert cells(rows[north]) == [("held_since", 1), ("held", 0)]
    assert rows[north].cells[0].since == date(2014, 4, 1)
    assert (rows[south].cells[1].value, rows[south].cells[1].until) == (0, date(2015, 3, 31))


def test_a_merged_body_is_a_line_of_its_own_up_to_its_last_day(north, south):
    by = {"by": people.operator(north), "at": extracts.NOW}
    sealed = succession.hand_over(north, [south], how="merged", on=date(2015, 4, 1), reason="the order", **by)
    succession.take_over(south, north, prefix="N/", by=people.operator(south), at=extracts.NOW)
    head = ledger.head(south.pk).number
    found = across.across(neighbours.with_predecessors(south, head), asked(), TODAY)
    old, own = found.rows
    assert (old.line.body, old.line.number, old.digest) == (north, sealed.number, sealed.digest)
    assert old.line.note == "merged into us on 1 April 2015"
    assert cells(old) == [("held", 1), ("held", 1), ("not_applicable", None)]
    assert cells(own) == [("held_since", 1), ("held", 1), ("held", 1)]
    assert [cell.value for cell in found.total] == [2, 2, 1]
    assert [row["ledger_number"] for row in found.as_json()["bodies"]] == [sealed.number, head]
    assert [
        row.line.body for row in across.across(neighbours.with_predecessors(south, head - 1), asked(), TODAY).rows
    ] == [south]


def test_a_break_of_one_body_is_said_with_its_name_and_drawn(ministry, north, south):
    for body, day in ((north, date(2014, 4, 1)), (north, date(2015, 4, 1)), (south, date(2015, 10, 1))):
        knowing.note_break(body, "events", day=day, note="a new form", by=people.operator(body), at=extracts.NOW)
    found = across.across(neighbours.sponsored(ministry, "events", TODAY), asked(), TODAY)
    assert [(one.body, one.day) for one in found.breaks] == [(north, date(2015, 4, 1))]  # the rest is not the sponsor's
    assert ("Break of Sample Body", "from 1 April 2015: a new form") in lines.about(found)
    assert "A: Sample Body: a new form" in lines.chart(found)
    assert found.as_json()["breaks"] == [{"body": "north", "day": "2015-04-01", "note": "a new form"}]


@pytest.mark.parametrize(
    ("measure", "more", "says"),
    [
        ("events", {"group": ["department"]}, "cannot be grouped besides"),
        ("events", {"where": {"our-own": "A"}, "own": ["our-own"]}, "a body's own scheme"),
    ],
)
def test_what_cannot_stand_side_by_side_says_why(north, measure, more, says):
    with pytest.raises(WrongInput, match=says):
        across.across(heads(north), asked(measure, **more), TODAY)


def test_no_body_is_no_row_and_no_number(ministry):
    found = across.across([], asked(), TODAY)
    assert found.rows == ()
    assert {cell.status for cell in found.total} == {"not_in_register"}


def test_a_table_with_a_body_for_practice_says_so_in_every_file(north, south):
    assert not across.across(heads(north, south), asked(), TODAY).training
    say(north, Practice(what="For new handlers"), "2014-04-01")
    found = across.across(heads(north, south), asked(), TODAY)
    assert found.as_json()["training"]
    assert lines.about(found)[0][0] == "TRAINING"
    assert b",TRAINING" in lines.written(found, "csv")
    with pdfplumber.open(io.BytesIO(leaflet.of_bodies(found, sender="Ministry"))) as paper:
        assert "TRAINING" in paper.pages[0].extract_text()
    assert not across.across(heads(south), asked(), TODAY).training


def test_a_leaflet_of_bodies_says_every_line_and_what_it_rests_on(north, south):
    with pdfplumber.open(
        io.BytesIO(leaflet.of_bodies(across.across(heads(north, south), asked(), TODAY), sender="X"))
    ) as paper:
        text = " ".join(page.extract_text() for page in paper.pages)
    for said in ("Events and anomalies, by body and financial year", "Together", "Record of Sample Body"):
        assert said in text
