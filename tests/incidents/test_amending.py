"""One incident is changed from now on, or corrected as it always was; the history says what moved and why."""

import json
from datetime import date, timedelta

import pytest

import extracts
from candour.incidents import actions, models, replay, undoing
from candour.incidents.queries import incident
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules.refusals import Conflict, NotThere, WrongInput

REGISTER = """
    reference  logged_on   occurred_on       discovered_at     department  category  information_lost  resource assigned
    2012-1     2012-05-03  about 2012-05-01  2012-05-02 14:30  Legal       IV        no                yes
    2012-2     2012-05-04  2012-05-04        -                 North       -         no                no
"""
TODAY = extracts.NOW.date()
OPEN = date(9999, 12, 31)


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    return body


@pytest.fixture
def amend(register, operator):
    def amended(reference, /, *, correction=False, days=0, marks=None, reason="looked at again", **changes):
        at = extracts.NOW + timedelta(days=days)
        return actions.amend(
            register, reference, changes, reason=reason, correction=correction, by=operator, at=at, marks=marks
        )

    return amended


def believed(reference, *names):
    """The ranges believed now: first day, first day after, and the facts named."""
    number = models.Incident.objects.get(reference=reference).number
    rows = models.Version.objects.filter(incident=number, closed=None).order_by("held_from")
    return [(row.held_from, row.held_until, *(getattr(row, name) for name in names)) for row in rows]


def entry(body, number):
    return ledger.event(body.pk, number).facts


def test_a_change_holds_from_today(register, amend):
    number = amend("2012-1", department="South")
    assert believed("2012-1", "department") == [
        (date(2012, 5, 3), TODAY, "Legal"),
        (TODAY, OPEN, "South"),
    ]
    assert entry(register, number) == {"from": TODAY.isoformat(), "changes": {"department": ["Legal", "South"]}}


def test_a_correction_holds_from_the_first_day(register, amend):
    amend("2012-1", department="South", correction=True)
    assert believed("2012-1", "department") == [(date(2012, 5, 3), OPEN, "South")]


def test_a_correction_reaches_every_range_and_leaves_what_it_does_not_name(register, amend):
    amend("2012-1", department="South", days=1)
    amend("2012-1", people_affected=7, correction=True, days=2)
    assert [row[2:] for row in believed("2012-1", "department", "people_affected")] == [("Legal", 7), ("South", 7)]


def test_what_was_changed_can_be_corrected_back(register, amend):
    amend("2012-1", department="South", days=1)
    number = amend("2012-1", department="Legal", correction=True, days=2)
    assert [row[2] for row in believed("2012-1", "department")] == ["Legal", "Legal"]
    assert entry(register, number)["changes"] == {"department": ["South", "Legal"]}


def test_the_tier_follows_the_facts_and_the_entry_says_so(register, amend):
    number = amend("2012-1", information_lost="yes")
    assert believed("2012-1", "tier", "tier_basis")[-1][2:] == ("other-incident", "derived")
    assert entry(register, number)["follows"] == {
        TODAY.isoformat(): {"tier": ["event", "other-incident"], "tier_derived": ["event", "other-incident"]}
    }


def test_a_tier_that_a_person_gives_stays_when_facts_change(register, amend):
    amend("2012-2", tier="event")
    amend("2012-2", information_lost="yes", days=1)
    assert believed("2012-2", "tier", "tier_basis", "tier_derived")[-1][2:] == (
        "event", "overridden", "other-incident",
    )  # fmt: skip


def test_a_tier_that_is_taken_away_follows_again(register, amend):
    amend("2012-2", tier="event")
    amend("2012-2", tier=None, days=1)
    assert believed("2012-2", "tier", "tier_basis")[-1][2:] == ("near-miss", "derived")


@pytest.mark.parametrize("moment", ["recovered_on", "ico_report_withdrawn_on"])
def test_a_recovery_or_a_withdrawn_report_moves_nothing_by_itself(register, amend, moment):
    amend("2012-1", told_ico_on="2012-05-05")
    amend("2012-1", days=1, **{moment: "2012-06-01"})
    assert believed("2012-1", "tier")[-1][2:] == ("reported-to-ico",)


def test_telling_the_ico_on_a_day_says_that_it_was_told(register, amend):
    amend("2012-1", told_ico_on="2012-05-05", correction=True)
    assert believed("2012-1", "told_ico", "tier") == [(date(2012, 5, 3), OPEN, "yes", "reported-to-ico")]


def test_a_category_is_changed_from_now_and_taken_away(register, amend):
    amend("2012-1", category="V")
    amend("2012-2", category="I")
    amend("2012-2", category=None, days=1)
    rows = models.Coding.objects.filter(closed=None).order_by("incident", "held_from")
    assert [(row.held_from, row.held_until, row.code) for row in rows] == [
        (date(2012, 5, 3), TODAY, "IV"),
        (TODAY, OPEN, "V"),
        (TODAY, TODAY + timedelta(days=1), "I"),
    ]


def test_a_corrected_day_of_logging_is_the_first_day_it_was_known(register, amend):
    amend("2012-1", logged_on="2012-04-02", correction=True)
    assert believed("2012-1", "logged_on") == [(date(2012, 4, 2), OPEN, date(2012, 4, 2))]
    amend("2012-1", logged_on="2012-07-01", correction=True)
    assert believed("2012-1", "logged_on") == [(date(2012, 7, 1), OPEN, date(2012, 7, 1))]
    assert models.Coding.objects.get(closed=None).held_from == date(2012, 7, 1)


def test_a_fact_that_is_stated_anew_loses_its_mark_and_its_time(register, amend):
    amend("2012-1", occurred_on="2012-04-30", discovered_at="2012-05-03")
    assert believed("2012-1", "precision", "times")[-1][2:] == (None, None)


def test_a_new_mark_is_kept_beside_those_of_other_facts(register, amend):
    amend("2012-1", people_affected=40, marks={"people_affected": "approximate"})
    marks, times = believed("2012-1", "precision", "times")[-1][2:]
    assert json.loads(marks) == {"occurred_on": "approximate", "people_affected": "approximate"}
    assert json.loads(times)["discovered_at"].startswith("2012-05-02T14:30")


def test_only_the_mark_may_change(register, amend):
    amend("2012-1", occurred_on="2012-05-01")
    assert believed("2012-1", "precision")[-1][2] is None
    with pytest.raises(WrongInput, match="nothing would change"):
        amend("2012-1", occurred_on="2012-05-01", days=1)


def test_an_exercise_is_changed_into_one_and_back(register, amend):
    amend("2012-1", exercise="yes", correction=True)
    assert believed("2012-1", "standing")[-1][2] == "exercise"
    amend("2012-1", exercise="no", correction=True)
    assert believed("2012-1", "standing")[-1][2] == "counted"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"department": "Legal"}, "nothing would change"),
        ({"tier": "event"}, "nothing would change"),
        ({"category": "IV"}, "nothing would change"),
        ({"department": "South", "reason": "  "}, "say why"),
        ({"moon": "full"}, "'moon' cannot be amended"),
        ({"reference": "2012-9"}, "'reference' cannot be amended"),
        ({"logged_on": None}, "logged on some day"),
    ],
)
def test_what_cannot_be_amended_is_refused_and_nothing_is_entered(register, amend, changes, says):
    head = ledger.head(register.pk)
    with pytest.raises(WrongInput, match=says):
        amend("2012-1", **changes)
    assert ledger.head(register.pk) == head


def test_there_has_to_be_such_an_incident_that_stands(register, amend, operator):
    with pytest.raises(NotThere, match="2012-9"):
        amend("2012-9", department="South")
    undoing.undo(register, ledger.head(register.pk).number, reason="wrong", by=operator, at=extracts.NOW)
    with pytest.raises(Conflict, match="void"):
        amend("2012-1", exercise="no")


def test_a_new_description_is_words_and_moves_nothing(register, amend, operator):
    before = believed("2012-1", "tier")
    number = amend("2012-1", description="A letter went to the wrong house")
    assert believed("2012-1", "tier") == before
    assert entry(register, number).get("changes", {}) == {}
    seen = incident(register, "2012-1", AsAt(TODAY, number), by=operator, today=TODAY)
    assert seen.description == "A letter went to the wrong house"


def test_everything_amended_can_be_replayed(register, amend):
    amend("2012-1", information_lost="yes", people_affected=3, marks={"people_affected": "approximate"})
    amend("2012-1", occurred_on="2012-04-30", category="I", correction=True, days=1)
    amend("2012-1", tier="near-miss", days=2)
    assert replay.compare(register.pk) is None
