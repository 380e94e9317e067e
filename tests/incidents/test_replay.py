"""What is believed can be rebuilt from the entries alone, and a table that says otherwise is found."""

from datetime import timedelta

import pytest
from django.db import connection

import extracts
from candour.incidents import actions, replay, undoing
from candour.ledger import guards

REGISTER = """
    reference  logged_on   occurred_on       information_lost  resources_assigned  department  category
    2012-1     2012-05-03  about 2012-05-01  no                yes                 Legal       IV
    2012-2     2012-05-04  2012-05-04        no                yes                 North       -
"""


@pytest.fixture
def register(body, operator, tmp_path):
    """Two incidents with every kind of deed behind them."""
    extracts.load(body, REGISTER, tmp_path)
    later = [extracts.NOW + timedelta(days=days) for days in range(1, 6)]
    changed = REGISTER.replace("Legal       IV", "South       V ").replace(
        "no                yes", "no                no"
    )
    update = extracts.load(body, changed, tmp_path, update=True, at=later[0])
    amend(body, operator, later[1], "2012-1", information_lost="yes", correction=True)
    amend(body, operator, later[1], "2012-1", logged_on="2012-04-20", category="I", correction=True)
    undoing.undo(body, update.ledger_number, reason="wrong month", by=operator, at=later[2])
    wrong = extracts.load(body, "reference  logged_on\n2012-3  2012-06-03\n", tmp_path, at=later[3], source="desk")
    undoing.undo(body, wrong.ledger_number, reason="wrong file", by=operator, at=later[3])
    extracts.load(body, "reference  logged_on\n2012-3  2012-05-03\n", tmp_path, at=later[4], source="desk")
    return body


def amend(body, operator, at, reference, *, correction=False, **changes):
    actions.amend(body, reference, changes, reason="looked at", correction=correction, by=operator, at=at)


@pytest.fixture
def unguarded(register):
    guards.take_down()
    yield connection.cursor()
    guards.put_up()


def test_the_entries_alone_say_what_the_tables_hold(register):
    assert replay.compare(register.pk) is None


def test_many_incidents_are_compared_a_few_at_a_time(register, monkeypatch):
    monkeypatch.setattr(replay, "AT_ONCE", 2)
    assert replay.compare(register.pk) is None


@pytest.mark.parametrize(
    "break_it",
    [
        "update incidents_version set department = 'IT' where closed is null and held_until > '2999-01-01'",
        "update incidents_version set tier = 'near-miss' where closed is not null",
        "update incidents_version set held_from = '2011-01-01' where closed is null",
        "update incidents_version set closed = closed - 1 where closed is not null",
        "delete from incidents_version where closed is null",
        "update incidents_coding set code = 'II' where closed is null",
        "delete from incidents_coding",
    ],
)
def test_a_belief_that_no_entry_made_is_found(unguarded, register, break_it):
    unguarded.execute(break_it)
    assert "is not what the entries say" in replay.compare(register.pk).what


def test_an_incident_that_was_taken_out_or_renamed_is_found(unguarded, register):
    unguarded.execute("update incidents_incident set reference = 'X' where reference = '2012-2'")
    assert replay.compare(register.pk).what == "the register has no incident 2012-2"


def test_facts_of_no_incident_are_found(unguarded, register):
    unguarded.execute("update incidents_version set incident = 999 where closed is null and tier = 'undetermined'")
    assert replay.compare(register.pk) is not None


def test_other_bodies_are_replayed_apart(register, tmp_path):
    other = extracts.body("other")
    extracts.load(other, REGISTER, tmp_path)
    assert replay.compare(other.pk) is None
