"""The list of incidents for publication: month not day, category not sentence, no small unit, nothing confidential."""

from datetime import date

import pytest

import extracts
from candour.figures import listing, models
from candour.incidents.actions import access
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.organisation.kinds_of_work import Department
from candour.rules.refusals import NotAllowed, WrongInput

REGISTER = """
    reference  logged_on   tier            department  category  people_affected  description
    1          2014-05-03  other-incident  Legal       IV        3                Letter about Mrs Example
    2          2014-05-21  event           North       -         -                -
    3          2014-11-02  other-incident  North       V         40               Laptop
    4          2015-04-01  near-miss       Legal       -         -                -
    5          -           other-incident  Legal       -         -                -
"""
YEAR = listing.Asked(date(2014, 4, 1), date(2015, 3, 31))


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    return body


@pytest.fixture
def make(register, operator):
    def made(asked=YEAR, reason="", by=None):
        as_at = AsAt(extracts.NOW.date(), ledger.head(register.pk).number)
        return listing.listed(register, asked, as_at, reason=reason, by=by or operator, at=extracts.NOW)

    return made


def more(*names):
    return listing.Asked(YEAR.first, YEAR.last, "logged", names)


def test_a_line_has_a_month_a_tier_and_a_category_and_no_more(make):
    found = make()
    assert found.header == ("month", "tier", "category")
    assert found.lines == (
        ("2014-05", "event", None), ("2014-05", "other-incident", "IV"), ("2014-11", "other-incident", "V"),
    )  # fmt: skip
    for form in ("csv", "ods"):
        assert b"Example" not in listing.written(found, form)
    assert not models.Decision.objects.exists()


def test_more_takes_a_decision_that_is_recorded(make):
    with pytest.raises(WrongInput, match="is a decision"):
        make(more("day"))
    found = make(more("day", "people_affected"), reason="the days stand in the annual report")
    assert found.lines[0] == ("2014-05", "event", None, "2014-05-21", None)
    kept = models.Decision.objects.get()
    assert (kept.kind, kept.opened, kept.choice) == ("list", found.decision, "with day, people_affected")


def test_a_unit_of_fewer_than_a_hundred_people_or_of_unknown_size_is_not_named(make, register, operator):
    organisation.say(
        register, Department(name="North", staff=140), from_=date(2010, 1, 1), by=operator, at=extracts.NOW
    )
    organisation.say(register, Department(name="Legal", staff=12), from_=date(2010, 1, 1), by=operator, at=extracts.NOW)
    found = make(more("department"), reason="large departments only")
    assert [line[-1] for line in found.lines] == ["North", listing.NOT_NAMED, "North"]


def test_a_confidential_incident_is_counted_and_not_described(make, register, operator):
    access.restrict(register, "3", persons=[operator.number], reason="staff", by=operator, at=extracts.NOW)
    found = make()
    assert len(found.lines) == 2
    assert found.confidential == 1
    assert dict(found.about())["Incidents"] == "2 listed, 1 more that are confidential and not described"


def test_free_text_and_what_a_list_does_not_know_are_refused():
    for name in ("description", "reference", "supplier"):
        with pytest.raises(WrongInput, match="a list cannot show"):
            more(name)
    with pytest.raises(WrongInput, match="before the first"):
        listing.Asked(date(2015, 1, 1), date(2014, 1, 1))


def test_who_may_not_see_figures_may_not_list(make, register, operator):
    reporter = organisation.add_person(
        register, name="Reporter", roles=["reporter"], email="r@example.org", by=operator, at=extracts.NOW
    )
    with pytest.raises(NotAllowed):
        make(by=reporter)
