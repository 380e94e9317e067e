"""Tables by the codes of any scheme: those that come with Candour, several at once, and the body's own."""

from datetime import date, timedelta

import pytest

import extracts
from candour.figures import behind, differences, questions, tables
from candour.incidents.actions import categorising
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.rules import years
from candour.rules.refusals import WrongInput

REGISTER = """
    reference  logged_on   tier            department  category
    1          2011-05-03  other-incident  Legal       IV
    2          2011-06-03  other-incident  North       IV
    3          2012-05-03  other-incident  North       V
"""
PERIODS = years.periods("financial-year", date(2011, 4, 1), date(2013, 3, 31))
TODAY = extracts.NOW.date()


@pytest.fixture
def register(body, tmp_path, operator):
    extracts.load(body, REGISTER, tmp_path)
    extracts.cover(body, "other-incidents", "2011-04-01")
    code = {"by": operator, "at": extracts.NOW + timedelta(minutes=1)}
    categorising.categorise(body, "1", {"ico-type": "failure-to-use-bcc", "veris": "error"}, **code)
    categorising.categorise(body, "2", {"veris": "error"}, **code)
    categorising.categorise(body, "3", {"veris": "malware"}, **code)
    return body


def asked(body, group, where=None, own=()):
    question = questions.question("other-incidents", PERIODS, group=group, where=where, own=own)
    at = AsAt(TODAY, ledger.head(body.pk).number)
    return question, at, tables.table(body.pk, question, at)


def rows(table):
    return {tuple(group.key.values()): [cell.value for cell in group.cells] for group in table.groups}


def test_a_table_is_grouped_by_the_codes_of_a_scheme(register):
    _, _, table = asked(register, ["veris"])
    assert rows(table) == {("error",): [2, 0], ("malware",): [0, 1]}
    assert table.completeness["veris"] == {"known": 3, "of": 3}


def test_two_schemes_at_once_and_a_filter_by_a_third(register):
    _, _, table = asked(register, ["veris", "category"], {"ico-type": "failure-to-use-bcc"})
    assert rows(table) == {("error", "IV"): [1, 0]}
    _, _, table = asked(register, ["ico-type"])
    assert rows(table)["failure-to-use-bcc",] == [1, 0]
    assert rows(table)[None,] == [1, 1]


def test_the_incidents_behind_it_and_what_changed_since_go_by_the_same_codes(register, operator):
    question, at, _ = asked(register, ["veris"])
    mine = {"by": operator, "today": TODAY}
    assert [row.reference for row in behind.page(question, at, 0, {"veris": "error"}, **mine).rows] == ["1", "2"]
    later = extracts.NOW + timedelta(minutes=2)
    categorising.categorise(register, "2", {"veris": "misuse"}, reason="it was meant", by=operator, at=later)
    now = AsAt(TODAY, ledger.head(register.pk).number)
    [one] = differences.differences(register.pk, question, now, at.number)
    assert (one.reference, one.before.group, one.after.group) == ("2", ("error",), ("misuse",))


def test_a_scheme_of_the_body_s_own_is_grouped_by_its_slug(register, operator):
    content = {"scheme": "ministry-types", "code": "2", "label": "Disclosure in error"}
    said = {"from_": date(2011, 4, 1), "by": operator, "at": extracts.NOW + timedelta(minutes=2)}
    organisation.state(register, "category", "ministry-types 2", content, **said)
    later = extracts.NOW + timedelta(minutes=3)
    categorising.categorise(register, "1", {"ministry-types": "2"}, by=operator, at=later)
    with pytest.raises(WrongInput, match="cannot be grouped"):
        asked(register, ["ministry-types"])
    _, _, table = asked(register, ["ministry-types"], own={"ministry-types"})
    assert rows(table) == {("2",): [1, 0], (None,): [1, 1]}


def test_what_is_no_scheme_is_refused_before_it_reaches_the_database(register):
    with pytest.raises(WrongInput, match="choose from"):
        asked(register, ["veris'; drop table incidents_coding; --"])
