"""A body's own measures: defined, worded anew, retired; what was asked of them before still comes out."""

from datetime import date, timedelta

import pytest

import extracts
from candour.figures import defining, definitions, differences, questions, tables
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.models import Entry
from candour.rules import years
from candour.rules.refusals import NotAllowed, NotThere, WrongInput
from staff import hire

TODAY = extracts.NOW.date()
PERIODS = years.periods("financial-year", date(2014, 4, 1), date(2015, 3, 31))
REGISTER = """
    reference  logged_on   tier            lost_or_stolen  department
    1          2014-05-05  other-incident  stolen          Legal
    2          2014-06-05  other-incident  lost            Legal
    3          2014-07-05  near-miss       stolen          North
"""
STOLEN = {
    "title": "Stolen things", "says": "Incidents in which something was stolen.", "where": {"lost_or_stolen": "stolen"},
}  # fmt: skip


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("other-incidents", "near-misses", "events", "incidents-reported-to-ico"):
        extracts.cover(body, measure, "2014-04-01")
    return body


@pytest.fixture
def define(register, operator):
    def defined(slug="stolen", minutes=1, **more):
        at = extracts.NOW + timedelta(minutes=minutes)
        return defining.define(register, slug, **{**STOLEN, **more}, by=operator, at=at)

    return defined


def head(body):
    return ledger.head(body.pk).number


def ask(body, number=None, slug="stolen"):
    number = head(body) if number is None else number
    question = questions.question(definitions.measure(body.pk, slug, number), PERIODS)
    return tables.table(body.pk, question, AsAt(TODAY, number))


def test_a_defined_measure_counts_what_its_definition_says(register, define):
    number = define()
    assert ask(register).groups[0].cells[0].value == 2
    said = ask(register).as_json()
    assert (said["measure"], said["title"], said["definition_version"]) == ("stolen", "Stolen things", 1)
    entry = Entry.objects.get(body=register.pk, number=number)
    assert (entry.deed, entry.subject) == ("measure.defined", "stolen")
    assert "Stolen things" not in entry.content


def test_it_is_worded_anew_as_a_new_version_and_the_old_number_still_says_the_old(register, define):
    old = define()
    assert define(minutes=2) is None
    define(minutes=3, tiers=("other-incident",))
    assert (ask(register).measure.version, ask(register).groups[0].cells[0].value) == (2, 1)
    assert (ask(register, old).measure.version, ask(register, old).groups[0].cells[0].value) == (1, 2)
    assert [one.measure.version for one in definitions.versions(register.pk, "stolen")] == [2, 1]


def test_the_difference_that_a_new_wording_makes_is_named_as_such(register, define):
    old = define()
    define(minutes=3, tiers=("other-incident",))
    before, after = (
        questions.question(definitions.measure(register.pk, "stolen", number), PERIODS)
        for number in (old, head(register))
    )
    (one,) = differences.differences(register.pk, after, AsAt(TODAY, head(register)), old, before=before)
    assert (one.reference, one.kind, one.why) == ("3", "definition-changed", "definition changed")


def test_a_retired_one_answers_old_numbers_and_says_to_new_ones_what_to_do(register, define, operator):
    define()
    last = head(register)
    at = extracts.NOW + timedelta(minutes=5)
    gone = defining.retire(register, "stolen", reason="nobody asks for it", by=operator, at=at)
    assert ask(register, last).groups[0].cells[0].value == 2
    with pytest.raises(WrongInput, match=rf"retired on 20 November 2026 by entry {gone}; ask at ledger number {last}"):
        ask(register)
    with pytest.raises(NotThere):
        defining.retire(register, "stolen", reason="again", by=operator, at=at)
    assert define(minutes=6) is not None
    assert ask(register).measure.version == 2


def test_before_it_was_defined_it_says_from_which_number_on(register, define):
    number = define()
    with pytest.raises(WrongInput, match=f"first defined by entry {number}"):
        ask(register, number - 1)
    with pytest.raises(WrongInput, match=r"is not a measure; the measures are .*stolen"):
        ask(register, slug="deaths")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"slug": "events"}, "standard measure"),
        ({"slug": "Stolen Things"}, "small letters"),
        ({"says": " "}, "say in a sentence"),
        ({"tiers": ("incident",)}, "counts one or more of the tiers"),
        ({"tiers": ()}, "counts one or more of the tiers"),
        ({"value": "colour"}, "is not a kind of value"),
        ({"basis": "moon"}, "is not a basis"),
        ({"where": {"description": "x"}}, "single out"),
    ],
)
def test_a_definition_that_cannot_be_used_says_what_to_mend(define, register, wrong, says):
    before = head(register)
    with pytest.raises(WrongInput, match=says):
        define(**wrong)
    assert head(register) == before


def test_a_filter_of_the_definition_is_not_asked_away(register, define):
    define()
    measure = definitions.measure(register.pk, "stolen", head(register))
    with pytest.raises(WrongInput, match="counts only where lost_or_stolen is 'stolen'"):
        questions.question(measure, PERIODS, where={"lost_or_stolen": "lost"})


def test_who_may_not_state_coverage_may_not_define_a_measure(register, operator):
    handler, auditor = (hire(register, role) for role in ("handler", "auditor"))
    at = extracts.NOW + timedelta(minutes=1)
    assert defining.define(register, "stolen", **STOLEN, by=handler, at=at)
    with pytest.raises(NotAllowed):
        defining.define(register, "other", **STOLEN, by=auditor, at=at)
    with pytest.raises(NotAllowed):
        defining.retire(register, "stolen", reason="x", by=auditor, at=at)
