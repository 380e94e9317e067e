"""An Annual Report leaves: its numbers are public from then on, and are held against what was public before."""

from datetime import date

import pytest

import extracts
from candour.figures import actions, annual, annual_publishing, models, proving, publishing, queries, safe, sealed
from candour.figures.undoing import Undoes
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.organisation import exits
from candour.rules import years
from candour.rules.disclosure_control import choice
from candour.rules.refusals import Conflict, NotThere, WrongInput

REGISTER = """
    reference  occurred_on  tier             category  personal_data  people_affected  told_ico_on
    1          2014-05-01   other-incident   IV        yes            3                -
    2          2014-06-01   other-incident   IV        yes            -                -
    3          2014-11-03   reported-to-ico  I         yes            120              2014-11-21
    4          2014-12-03   reported-to-ico  II        yes            3                2014-12-21
"""
AT, ON = extracts.NOW, date(2026, 7, 1)
WHERE = publishing.Publication("Annual Report 2014/15", ON)


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents"):
        extracts.cover(body, measure, "2011-04-01")
    return body


@pytest.fixture
def publish(register, operator):
    """Publish the tables of 2014/15 as they stand now."""

    def published(where=WHERE):
        number = ledger.head(register.pk).number
        report = annual.annual(register, years.read("2014/15"), AsAt(AT.date(), number))
        return annual_publishing.publish(register, report, where, by=operator, at=AT)

    return published


@pytest.fixture
def people(ask):
    """The people of the incidents that Table 1 lists, of the year or month by month."""
    where = {"tier": "reported-to-ico", "personal_data": "yes"}
    return lambda by="financial-year", first="2014-04-01": ask(
        "people-affected", first, "2015-03-31", by=by, where=where, basis="occurred"
    )


def table(register, made, operator, protect):
    where = publishing.Publication("Leaflet", ON, "counted anew", "asked for")
    return actions.publish(register, made, where, protect, by=operator, at=AT)


def faults(register):
    return [*sealed.faults(register.pk), *proving.faults(register.pk)]


def test_it_leaves_as_one_paper_that_is_proved_listed_and_withdrawn(register, publish, operator):
    left = publish()
    assert [paper.name for paper in exits.public(left.link)] == ["annual-report-2014-15.pdf"]
    assert faults(register) == []
    (row,) = queries.published(register)
    assert (row.number, row.periods, row.document, row.link) == (left.number, "2014/15", WHERE.document, left.link)
    publishing.withdraw(register, left.number, reason="the wrong year", by=operator, at=AT)
    assert queries.published(register)[0].link is None
    assert {one.closed for one in models.Printed.objects.filter(body=register.pk)} == {left.number + 1}
    assert faults(register) == []
    assert verification.verify(register.pk).ok
    with pytest.raises(NotThere):
        publishing.withdraw(register, left.number, reason="again", by=operator, at=AT)


def test_what_it_prints_line_by_line_is_public_when_a_table_is_asked_for_later(register, publish, people):
    """December's 3 stand in Table 1: to hide them protects nobody any more, and the procedure says where they stand."""
    publish()
    made = safe.draft(register, people("month"), choice.read("auto"), number=ledger.head(register.pk).number)
    assert made.advice.steps[1].answer == "yes: Annual Report 2014/15"
    year = safe.draft(register, people(), choice.read("standard,threshold=200"), number=ledger.head(register.pk).number)
    assert year.safe.done.hidden == set()


def test_it_does_not_leave_where_it_would_undo_a_mark(register, publish, people, operator):
    table(register, people("month", "2014-11-01"), operator, "standard,totals=hide")
    with pytest.raises(Undoes, match=r"Leaflet: .*December 2014"):
        publish()
    assert not models.Printed.objects.filter(body=register.pk).exists()
    publish(publishing.Publication("Annual Report 2014/15", ON, reason="The format is laid down."))
    assert models.Decision.objects.filter(body=register.pk).latest("opened").reason == "The format is laid down."
    assert faults(register) == []


def test_where_it_says_otherwise_than_before_somebody_explains_it(register, publish, tmp_path):
    publish()
    more = "reference  occurred_on  tier  category  personal_data\n5  2014-08-01  other-incident  V  yes"
    extracts.load(register, more, tmp_path, name="more.csv", source="another")
    with pytest.raises(Conflict, match="2014/15: 3 now, 2 in Annual Report 2014/15"):
        publish()
    assert publish(publishing.Publication("Correction", ON, "One came to light.")).disagreements


def test_it_needs_a_document_and_a_day_that_has_come(register, publish):
    with pytest.raises(WrongInput, match="name the document"):
        publish(publishing.Publication(" ", ON))
    with pytest.raises(WrongInput, match="still to come"):
        publish(publishing.Publication("Report", date(2027, 1, 1)))
