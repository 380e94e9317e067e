"""What happened to an incident gives the difference that it makes its kind."""

from datetime import date, timedelta

import pytest

import extracts
from candour.figures import differences, questions
from candour.figures.kinds import KINDS
from candour.incidents import actions
from candour.incidents.actions import linking, splitting, voiding
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import years

PERIODS = years.periods("financial-year", date(2014, 4, 1), date(2016, 3, 31))
REGISTER = """
    reference  logged_on   tier            people_affected  department  closed_on   discovered_at  told_ico_on
    1          2014-05-03  other-incident  3                Legal       2014-06-01  2014-05-01     -
    2          2014-06-03  other-incident  5                North       -           -              -
"""
AT = extracts.NOW + timedelta(minutes=1)
TODAY = extracts.NOW.date()


@pytest.fixture
def register(body, tmp_path):
    return extracts.covered(body, REGISTER, tmp_path, since="2014-04-01")


@pytest.fixture
def kinds(register):
    """Do something, and give the kinds of difference that it makes to a table, by reference."""

    def made(deed, measure="other-incidents", **more):
        before = ledger.head(register.pk).number
        deed()
        question = questions.question(measure, PERIODS, **more)
        at = AsAt(TODAY, ledger.head(register.pk).number)
        found = differences.differences(register.pk, question, at, before)
        back = differences.differences(register.pk, question, AsAt(TODAY, before), at)
        assert [one.kind for one in back] == [one.kind for one in found]
        return {one.reference: one.kind for one in found}

    return made


@pytest.mark.parametrize(
    ("changes", "asked", "kind"),
    [
        ({"tier": "event"}, {}, "re-tiered"),
        ({"told_ico_on": "2014-06-01", "tier": "reported-to-ico"}, {}, "told-ico"),
        ({"ico_report_withdrawn_on": "2014-06-01", "tier": "near-miss"}, {}, "ico-report-withdrawn"),
        ({"recovered_on": "2014-06-01", "tier": "event"}, {}, "recovered"),
        ({"logged_on": "2015-05-03"}, {}, "date-corrected"),
        ({"people_affected": 9}, {"measure": "people-affected"}, "people-corrected"),
        ({"people_affected": 90}, {"group": ["people_band"]}, "people-corrected"),
        ({"department": "South"}, {"group": ["department"]}, "facts-changed"),
        ({"category": "IV"}, {"group": ["category"]}, "facts-changed"),
        ({"discovered_at": "2014-05-02"}, {"basis": "discovered", "group": ["department"]}, None),
        ({"closed_on": "2015-05-01"}, {"measure": "open-at-end"}, "closed"),
        ({"closed_on": None}, {"measure": "open-at-end"}, "reopened"),
        ({"exercise": "yes"}, {}, "dismissed"),
    ],
)
def test_a_correction_is_of_the_kind_of_what_it_corrects(register, kinds, operator, changes, asked, kind):
    def correct():
        actions.amend(register, "1", changes, reason="looked at", correction=True, by=operator, at=AT)

    assert kinds(correct, **asked) == ({"1": kind} if kind else {})


def test_what_the_register_said_at_the_end_of_a_period_was_corrected(register, kinds, operator, tmp_path):
    told = {"by": operator, "reason": "looked at"}
    late = "reference  logged_on  occurred_on  tier\n9  2015-05-01  2014-07-01  other-incident\n"
    found = kinds(lambda: extracts.load(register, late, tmp_path), "open-at-end", basis="occurred")
    assert found == {"9": "recorded-late"}
    actions.amend(register, "1", {"closed_on": None}, correction=False, at=AT, **told)
    at = AT + timedelta(minutes=1)
    never = {"changes": {"closed_on": None}, "correction": True, "at": at}
    assert kinds(lambda: actions.amend(register, "1", **never, **told), "open-at-end") == {"1": "date-corrected"}


def test_voided_and_brought_back(register, kinds, operator):
    told = {"reason": "entered by mistake", "by": operator, "at": AT}
    assert kinds(lambda: voiding.void(register, "1", **told)) == {"1": "voided"}
    assert kinds(lambda: voiding.restore(register, "1", **told)) == {"1": "restored"}


def test_linked_as_a_duplicate_and_no_longer(register, kinds, operator):
    told = {"reason": "the same letter", "by": operator, "at": AT}
    assert kinds(lambda: linking.link(register, "1", "2", linking.DUPLICATE, **told)) == {"1": "duplicate-linked"}
    assert kinds(lambda: linking.unlink(register, "1", "2", **told)) == {"1": "duplicate-unlinked"}


def test_split_and_joined(register, kinds, operator):
    told = {"reason": "two letters", "by": operator, "at": AT}
    parts = [
        splitting.Part(frozenset(), {"people_affected": 1}),
        splitting.Part(frozenset({"tier"}), {"people_affected": 2}, "The other letter"),
    ]
    assert set(kinds(lambda: splitting.split(register, "1", parts, **told), "people-affected").values()) == {"split"}
    assert kinds(lambda: splitting.join(register, "1", ["2"], **told)) == {"2": "joined"}


def test_coverage_and_a_source_and_what_is_logged_late(register, kinds, tmp_path):
    late = "reference  logged_on  tier\nL{0}  2014-07-01  other-incident\n"
    again = "reference  logged_on  tier\nL2  2014-07-02  other-incident\n"
    older = {"source": "older", "name": "older.csv", "at": AT}
    assert kinds(lambda: extracts.load(register, late.format(1), tmp_path, **older)) == {"L1": "source-loaded"}
    assert kinds(lambda: extracts.load(register, again, tmp_path, **older)) == {"L2": "recorded-late"}
    narrower = {"at": AT}
    covered = kinds(lambda: extracts.cover(register, "other-incidents", "2014-06-01", **narrower))
    assert covered == {"1": "coverage-changed"}


def test_every_kind_has_a_sentence():
    assert all(says.endswith(".") for says in KINDS.values())
