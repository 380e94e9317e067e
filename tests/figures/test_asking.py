"""What a person typed is read as the register writes it, and as the body's own years run."""

from datetime import date

import pytest

import extracts
from candour.figures import asking
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions, kinds
from candour.rules.refusals import WrongInput

YEARS = date(2014, 4, 1), date(2016, 3, 31)


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("tier", "Near miss", "near-miss"),
        ("personal_data", "Yes", "yes"),
        ("category", "4", "IV"),
        ("people_band", "NONE", "None"),
        ("time_to_report", "more than 1 week", "More than 1 week"),
        ("root-cause", "Wrong-Recipient", "wrong-recipient"),
        ("department", " North ", "North"),
    ],
)
def test_a_value_is_read_as_the_register_writes_it(body, name, typed, read):
    assert asking.values(body, {name: typed}, ledger.head(body.pk).number) == {name: read}


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("department", " ", "say which value department has"),
        ("people_band", "many", "one of None, 1 to 9"),
        ("category", "VI", "not one of I, II, III, IV, V"),
        ("root-cause", "bad luck", "it is one of"),
        ("tier", "disaster", "tier"),
    ],
)
def test_what_a_closed_list_does_not_have_is_refused_instead_of_counted_as_nothing(body, name, typed, says):
    with pytest.raises(WrongInput, match=says):
        asking.values(body, {name: typed}, ledger.head(body.pk).number)


@pytest.fixture
def periods(body):
    """The labels of a kind of period in two years, as the body's own years run."""

    def ask(kind):
        at = AsAt(extracts.NOW.date(), ledger.head(body.pk).number)
        return [period.label for period in asking.periods(body, kind, *YEARS, at)]

    return ask


def test_accounting_periods_are_those_that_the_body_states(body, operator, periods):
    with pytest.raises(WrongInput, match="no accounting period of these days is stated"):
        periods("accounting-period")
    for label, first, last in (("P1", "2015-04-01", "2015-04-26"), ("P2", "2015-04-27", "2015-05-24")):
        stated = kinds.AccountingPeriod(label, date.fromisoformat(first), date.fromisoformat(last))
        actions.say(body, stated, from_=date(1900, 1, 1), by=operator, at=extracts.NOW)
    assert periods("accounting-period") == ["P1", "P2"]


def test_the_academic_year_begins_when_the_bodys_own_does(body, operator, periods):
    before = periods("academic-year")
    actions.say(body, kinds.AcademicYear(8, 1), from_=date(2010, 1, 1), by=operator, at=extracts.NOW)
    assert before[0] != periods("academic-year")[0]
