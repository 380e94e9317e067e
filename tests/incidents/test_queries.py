"""The register as a list that is turned by key, and one incident as it stood on any day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
from candour.incidents import actions, undoing
from candour.incidents.queries import incident, page
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.rules.refusals import NotThere, WrongInput

TODAY = extracts.NOW.date()
REGISTER = """
    reference  logged_on   tier            department  category  description
    1          2012-05-03  other-incident  Legal       IV        A letter went to the wrong house
    2          2012-05-04  event           North       -         A server stood open
    3          2012-05-04  near-miss       North       V         A bag was found again
    4          2012-06-01  other-incident  Legal       IV        A memory stick was lost
    5          2012-07-01  event           -           -         -
"""


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    return body


@pytest.fixture
def ask(register, operator):
    def asked(**more):
        return page(register, by=operator, today=TODAY, **more)

    return asked


@pytest.fixture
def look(register, operator):
    def looked(reference="1", day=TODAY, number=None, by=operator):
        number = ledger.head(register.pk).number if number is None else number
        return incident(register, reference, AsAt(day, number), by=by, today=TODAY)

    return looked


@pytest.fixture
def amend(register, operator):
    def amended(reference, /, *, correction=False, days=1, **changes):
        at = extracts.NOW + timedelta(days=days)
        return actions.amend(
            register, reference, changes, reason="looked at again", correction=correction, by=operator, at=at
        )

    return amended


def names(found):
    return [row.reference for row in found.rows]


def test_the_latest_logged_come_first(ask):
    assert names(ask()) == ["5", "4", "3", "2", "1"]
    row = ask().rows[-1]
    assert (row.tier, row.category, row.department, row.source) == ("other-incident", "IV", "Legal", "sheet")
    assert row.description == "A letter went to the wrong house"


def test_pages_are_turned_by_key_to_the_end_and_back(ask):
    first = ask(limit=2)
    second = ask(limit=2, before=first.older)
    third = ask(limit=2, before=second.older)
    assert [names(one) for one in (first, second, third)] == [["5", "4"], ["3", "2"], ["1"]]
    assert (first.newer, third.older) == (None, None)
    back = ask(limit=2, after=third.newer)
    assert names(back) == ["3", "2"]
    again = ask(limit=2, after=back.newer)
    assert (names(again), again.newer) == (["5", "4"], None)
    assert names(ask(limit=2, before=again.older)) == ["3", "2"]


def test_an_incident_that_comes_in_meanwhile_moves_no_page(ask, register, tmp_path):
    first = ask(limit=2)
    extracts.load(register, "reference  logged_on  tier\n6  2012-08-01  event\n", tmp_path, source="late")
    assert names(ask(limit=2, before=first.older)) == ["3", "2"]


@pytest.mark.parametrize("key", ["x", "2012-05-04", "2012-05-04.x", "2012-13-01.3"])
def test_a_key_that_is_none_is_refused(ask, key):
    with pytest.raises(WrongInput, match="begin at the first"):
        ask(before=key)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"tier": "event"}, ["5", "2"]),
        ({"department": "Legal"}, ["4", "1"]),
        ({"tier": "event", "department": "North"}, ["2"]),
        ({"source": "desk"}, []),
        ({"standing": "counted", "tier": ""}, ["5", "4", "3", "2", "1"]),
    ],
)
def test_the_list_is_filtered_by_what_is_believed_now(ask, filters, found):
    assert names(ask(filters=filters)) == found


def test_a_filter_that_is_none_is_refused(ask):
    with pytest.raises(WrongInput, match="not by moon"):
        ask(filters={"moon": "full"})


def test_words_are_found_in_descriptions_and_references(ask):
    assert names(ask(words="letter")) == ["1"]
    assert names(ask(words="stick", filters={"tier": "other-incident"})) == ["4"]
    assert names(ask(words="stick", filters={"tier": "event"})) == []
    assert names(ask(words="5")) == ["5"]


def test_who_may_not_see_incidents_sees_what_somebody_sees_where_there_are_none(register, look, operator):
    nobody = organisation.add_person(
        register, name="Reporter", roles=["reporter"], email="reporter@example.org", by=operator, at=extracts.NOW
    )
    with pytest.raises(NotThere):
        page(register, by=nobody, today=TODAY)
    with pytest.raises(NotThere):
        look(by=nobody)
    with pytest.raises(NotThere):
        look("99")


def test_the_queries_of_a_page_do_not_grow_with_the_register(ask, register, tmp_path, django_assert_num_queries):
    extracts.load(register, many(20), tmp_path, source="few")
    few = queries_of(lambda: ask(limit=20))
    extracts.load(register, many(180, "y"), tmp_path, source="many")
    with django_assert_num_queries(few):
        assert len(ask(limit=20).rows) == 20


def many(rows, name="x"):
    lines = "\n".join(f"{name}{n}  2012-09-{n % 28 + 1:02}  event  row {n}" for n in range(rows))
    return f"reference  logged_on  tier  description\n{lines}\n"


def queries_of(function):
    with CaptureQueriesContext(connection) as captured:
        function()
    return len(captured)


def test_an_incident_is_shown_as_it_stood_on_an_earlier_day(look, amend):
    amend("1", tier="event", department="South")
    tomorrow = TODAY + timedelta(days=1)
    facts = {shown.name: shown.words for shown in look(day=tomorrow).facts}
    assert (look(day=tomorrow).tier, facts["department"]) == ("event", "South")
    facts = {shown.name: shown.words for shown in look().facts}
    assert (look().tier, facts["department"]) == ("other-incident", "Legal")
    with pytest.raises(NotThere):
        look(day=date(2012, 5, 2))


def test_a_correction_holds_for_earlier_days_but_not_at_an_earlier_number(look, amend):
    before = amend("1", people_affected=3) - 1
    amend("1", tier="event", correction=True)
    assert look(day=date(2012, 6, 1)).tier == "event"
    assert look(day=date(2012, 6, 1), number=before).tier == "other-incident"


def test_the_category_is_shown_with_its_label_of_that_day(look, amend):
    assert look().category[0] == "IV"
    assert look().category[1]
    amend("1", category=None)
    assert look(day=TODAY + timedelta(days=1)).category is None


def test_why_a_tier_is_what_it_is(look, amend):
    assert look().tier_why == "The source register stated it."
    amend("1", tier="event", information_lost="yes", days=0)
    assert look().tier_why.startswith("A person decided it; see the history. By the facts it would be other-incident")


def test_the_history_says_from_what_to_what_who_and_why(look, amend):
    amend("3", information_lost="yes", tier=None, people_affected=1200)
    history = look("3", day=TODAY + timedelta(days=1)).history
    newest, oldest = history[0], history[-1]
    assert "People affected changed from not stated to 1200." in newest.words
    assert "So the tier moved from near-miss to other-incident, from 21 November 2026." in newest.words
    assert newest.reason == "looked at again"
    assert "Operator" in newest.who
    assert oldest.words == "Recorded from sheet, as near-miss."


def test_the_history_of_a_load_that_was_undone_and_came_again(look, register, operator, tmp_path):
    undoing.undo(register, ledger.head(register.pk).number, reason="wrong file", by=operator, at=extracts.NOW)
    extracts.load(register, REGISTER, tmp_path)
    again, voided, recorded = look().history
    assert again.words == recorded.words == "Recorded from sheet, as other-incident."
    assert "oid" in voided.words
    assert voided.reason == "wrong file"


def test_another_deed_with_the_same_subject_is_not_its_history(look, register, tmp_path):
    text = "reference  logged_on  tier\nevents  2012-05-03  event\n"
    extracts.load(register, text, tmp_path, source="events")
    extracts.cover(register, "events")
    assert [sentence.words for sentence in look("events").history] == ["Recorded from events, as event."]


def test_an_undone_update_is_described_and_found_as_before(look, ask, register, operator, tmp_path):
    changed = REGISTER.replace("A letter went to the wrong house", "A parcel went to the wrong house")
    update = extracts.load(register, changed, tmp_path, update=True)
    assert look().description == "A parcel went to the wrong house"
    undoing.undo(register, update.ledger_number, reason="wrong month", by=operator, at=extracts.NOW)
    assert look().description == "A letter went to the wrong house"
    assert look(number=update.ledger_number).description == "A parcel went to the wrong house"
    assert ask().rows[-1].description == "A letter went to the wrong house"
    assert names(ask(words="letter")) == ["1"]
