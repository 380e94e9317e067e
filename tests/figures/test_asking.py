"""What a person typed is read as the register writes it, and as the body's own years run."""

import re
from datetime import date

import pytest

import extracts
from candour.figures import asking
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions, kinds, kinds_of_work
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
    assert asking.written(body, {name: typed}, ledger.head(body.pk).number) == {name: read}


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


REGISTER = """
    reference  logged_on   tier   department  data_types                    cause
    1          2014-05-01  event  Estates     Health data; Location data    Haste
    2          2014-06-01  event  Finance     -                             -
"""


@pytest.fixture
def named(body, operator, tmp_path):
    """Read one filter, at the head or another ledger number."""
    actions.say(body, kinds_of_work.Department("Legal"), from_=date(2010, 1, 1), by=operator, at=extracts.NOW)
    empty = ledger.head(body.pk).number
    extracts.load(body, REGISTER, tmp_path)

    def ask(name, value, *, of_empty=False):
        return asking.values(body, {name: value}, empty if of_empty else ledger.head(body.pk).number)[name]

    return ask


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("department", "Estates"), ("department", "Legal"), ("data_types", "Location data"),
        ("data_types", "Sex life data"), ("source", "sheet"), ("tier_basis", "derived"), ("triaged", "no"),
    ],
)  # fmt: skip
def test_what_an_incident_or_a_list_names_may_be_counted_by_and_may_be_none(named, name, value):
    assert named(name, value) == value


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("department", "Estate", "No incident names the department 'Estate'. Did you mean 'Estates'?"),
        ("department", "legal", "Did you mean 'Legal'?"),
        ("department", "Zoo", "No incident names the department 'Zoo'; it can be Estates, Finance, Legal"),
        ("data_types", "Healthy data", "No incident names the kind of data 'Healthy data'. Did you mean 'Health data"),
        ("supplier", "Carrier", "No incident names a supplier yet; leave that filter out"),
        ("source", "shoot", "No incident names the register 'shoot'. Did you mean 'sheet'?"),
        ("tier_basis", "guessed", "'guessed' is not a value of tier_basis; it is one of derived, stated, overridden"),
    ],
)
def test_what_nobody_ever_named_is_refused_with_the_nearest(named, name, value, says):
    with pytest.raises(WrongInput, match=re.escape(says)):
        named(name, value)


def test_what_was_named_only_later_is_not_named_at_an_earlier_number(named):
    assert named("department", "Legal", of_empty=True) == "Legal"
    with pytest.raises(WrongInput, match="No incident names the department 'Estates'"):
        named("department", "Estates", of_empty=True)
