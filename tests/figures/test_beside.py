"""What others published stands beside our own table, quoted with its source, and never in it."""

from dataclasses import dataclass
from datetime import date

import pytest

import extracts
from candour.figures import beside, models, quoting
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput

REGISTER = """
    reference  logged_on  tier  incident_type
    A-1  2019-05-02  reported-to-ico  phishing
    A-2  2019-08-02  reported-to-ico  malware
"""


@dataclass(frozen=True)
class Figure:
    period: years.Period
    value: int
    about: str = "Reports: Justice"
    only: tuple = ()


def figures():
    first, second = years.read("Q1 2019/20"), years.read("Q2 2019/20")
    return [
        Figure(first, 10, only={}),
        Figure(second, 12, only={}),
        Figure(first, 4, only={"incident_type": "phishing"}),
        Figure(first, 90, about="Reports", only={}),
    ]


@pytest.fixture
def keep(body, operator):
    def load(found=None, on="2020-03-31", **more):
        said = {"measure": "incidents-reported-to-ico", "document": "Trends", "sha256": "ab" * 32, **more}
        day = date.fromisoformat(on)
        return quoting.load(body, found or figures(), said_on=day, **said, by=operator, at=extracts.NOW)

    return load


@pytest.fixture
def quarters(body, ask, tmp_path, keep):
    extracts.load(body, REGISTER, tmp_path)
    extracts.cover(body, "incidents-reported-to-ico", "2019-07-01")
    keep()
    return lambda **more: ask("incidents-reported-to-ico", "2019-04-01", "2019-09-30", by="quarter", **more)


def values(found):
    return {tuple(one.key.values()): [cell.value for cell in one.cells] for one in found.groups}


def test_it_stands_beside_the_same_periods_and_rows_with_its_source(body, quarters):
    found = beside.beside(body.pk, quarters(), "Reports: Justice")
    assert values(found) == {(): [10, 12]}
    assert found.groups[0].cells[0].source == {"what": "Trends", "said_on": "2020-03-31"}
    by_type = beside.beside(body.pk, quarters(group=["incident_type"]), "Reports: Justice")
    assert values(by_type) == {("malware",): [None, None]}
    narrowed = beside.beside(body.pk, quarters(where={"incident_type": "phishing"}), "Reports: Justice")
    assert values(narrowed) == {(): [4, None]}


def test_it_never_fills_a_cell_of_our_own(quarters, said):
    assert said(quarters()) == [("not_in_register", None), ("held", 1)]


def test_what_is_published_later_takes_its_place_from_that_day_on(body, quarters, keep):
    keep([Figure(years.read("Q1 2019/20"), 11, only={})], on="2021-03-31")
    assert values(beside.beside(body.pk, quarters(), "Reports: Justice")) == {(): [11, 12]}
    assert values(beside.beside(body.pk, quarters(as_at="2020-12-31"), "Reports: Justice")) == {(): [10, 12]}
    with pytest.raises(NotThere):
        beside.beside(body.pk, quarters(as_at="2019-12-31"), "Reports: Justice")


def test_loading_it_again_adds_nothing_and_one_entry_stands_for_all_of_it(body, quarters, keep):
    before = ledger.head(body.pk).number
    assert keep() == (None, 0)
    assert ledger.head(body.pk).number == before
    assert models.Statement.objects.filter(opened=before).count() == 4
    assert ledger.event(body.pk, before).facts["figures"] == 4


def test_it_can_be_taken_back_as_a_whole_and_still_comes_out_at_its_number(body, quarters, keep, operator):
    number = ledger.head(body.pk).number
    assert quoting.withdraw(body, number, reason="the wrong file", by=operator, at=extracts.NOW) == 4
    at = extracts.NOW.date()
    assert beside.names(body.pk, "incidents-reported-to-ico", AsAt(at, number)) == ["Reports", "Reports: Justice"]
    assert beside.names(body.pk, "incidents-reported-to-ico", AsAt(at, number + 1)) == []
    with pytest.raises(NotThere):
        quoting.withdraw(body, number, reason="again", by=operator, at=extracts.NOW)
    assert keep()[1] == 4


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"on": "2099-01-01"}, "still to come"),
        ({"measure": "weather"}, "not a measure"),
        ({"found": [Figure(years.read("2019/20"), 1, only={"weather": "fine"})]}, "cannot be filtered by"),
    ],
)
def test_what_cannot_be_stands_nowhere(keep, more, says):
    with pytest.raises(WrongInput, match=says):
        keep(**more)
