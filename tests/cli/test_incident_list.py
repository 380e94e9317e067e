"""`candour incident-list`: what is printed and written, and what takes a decision."""

import pytest

from candour.figures import models

ASKED = ("incident-list", "--from", "2014-04-01", "--to", "2015-03-31")
REGISTER = """\
reference,logged_on,tier,category,department,description
1,2014-05-03,other-incident,IV,Legal,Letter about Mrs Example
2,2014-05-21,event,,North,
3,2014-11-02,reported-to-ico,V,North,Laptop
"""


@pytest.fixture
def register(body, tmp_path):
    sheet = tmp_path / "register.csv"
    sheet.write_text(REGISTER)
    assert body("load", sheet).code == 0
    return body


def test_a_list_is_printed_with_what_it_rests_on(register):
    done = register(*ASKED)
    assert done.out.splitlines()[:4] == [
        "month    tier             category",
        "2014-05  event",
        "2014-05  other-incident   IV",
        "2014-11  reported-to-ico  V",
    ]
    assert "Incidents: 3 listed, 0 more that are confidential, not described" in done.out
    assert "Basis: Counted by the day it was logged in the register." in done.out


def test_json_names_its_coordinates_and_its_columns(register):
    found = register(*ASKED, "--format", "json").json
    assert found["incidents"][0] == {"month": "2014-05", "tier": "event", "category": None}
    assert (found["measure"], found["from"], found["to"]) == ("all-incidents", "2014-04-01", "2015-03-31")
    assert found["ledger_number"] > 0
    assert found["decision"] is None


def test_a_measure_and_a_filter_narrow_it(register):
    narrowed = register(*ASKED, "--measure", "other-incidents", "--where", "category=IV", "--format", "csv")
    assert narrowed.out.splitlines() == ["month,tier,category", "2014-05,other-incident,IV"]


def test_the_same_coordinates_give_the_same_list(register, tmp_path):
    number = register(*ASKED, "--format", "json").json["ledger_number"]
    then = register(*ASKED, "--format", "csv").out
    (tmp_path / "more.csv").write_text("reference,logged_on,tier\n9,2014-06-01,event\n")
    assert register("load", tmp_path / "more.csv").code == 0
    assert register(*ASKED, "--format", "csv").out != then
    assert register(*ASKED, "--ledger-number", number, "--format", "csv").out == then


NO_SENSE = {
    ("--with", "day"): "is a decision: say why",
    ("--with", "day", "--reason", " "): "give the reason",
    ("--reason", "why"): "take no decision",
    ("--where", "department=Legal"): "to show only department Legal is a decision",
    ("--with", "description", "--reason", "why"): "a list cannot show description",
    ("--format", "pdf"): "say where to write it",
    ("--to", "2013-01-01"): "before",
    ("--as-at", "2099-01-01"): "still to come",
    ("--ledger-number", "999999"): "the record ends at",
    ("--decision", "1"): "decided about no list",
    ("--measure", "unheard-of"): "is not a measure",
    ("--where", "description=x"): "cannot be grouped or filtered by",
    ("--as", "nobody"): "nobody",
}


def test_what_makes_no_sense_is_refused_and_nothing_recorded(register):
    for words, says in NO_SENSE.items():
        done = register(*ASKED, *words)
        assert done.code == 2, words
        assert says in done.err, words
    assert not models.Decision.objects.exists()
