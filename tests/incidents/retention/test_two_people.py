"""One person proposes a list, and another approves it."""

import pytest

import extracts
from candour.incidents.actions import disposing, holding
from candour.incidents.actions.holding import Scope
from candour.incidents.queries import due, retention
from candour.ledger import queries as ledger
from candour.rules.refusals import Conflict, NotAllowed, WrongInput
from retained import NAME, TODAY, on_the_list, propose, texts


def test_who_proposed_does_not_approve(register, manager, second, operator):
    number = propose(register, manager)
    with pytest.raises(Conflict, match="a second person"):
        disposing.approve(register, number, by=manager, at=extracts.NOW)
    with pytest.raises(NotAllowed):
        disposing.approve(register, number, by=operator, at=extracts.NOW)
    assert any(NAME in text for text in texts(register))
    disposing.approve(register, number, by=second, at=extracts.NOW)
    with pytest.raises(Conflict, match="is closed"):
        disposing.approve(register, number, by=second, at=extracts.NOW)


def test_what_is_left_out_takes_a_reason_and_stays(register, manager, second):
    with pytest.raises(WrongInput, match="say why"):
        propose(register, manager, "2012-1")
    number = propose(register, manager, "2012-1", reason="the family asked us to keep it")
    shown = retention.proposal(register, number, by=second, today=TODAY)
    assert {line.name: line.left_out for line in shown.lines} == {"2012-1": True, "2012-2": False, "2020-1": False}
    assert shown.reason == "the family asked us to keep it"
    disposing.approve(register, number, by=second, at=extracts.NOW)
    assert on_the_list(register, manager) == ["2012-1"]
    with pytest.raises(WrongInput, match="nothing is left"):
        propose(register, manager, "2012-1", reason="still")


def test_a_list_that_changed_since_it_was_looked_at_is_not_proposed(register, manager):
    entries = [row.entry for row in due.due(register, by=manager, today=TODAY).rows]
    holding.place_hold(register, Scope("2012-1"), kind="other", reason="wait", by=manager, at=extracts.NOW)
    with pytest.raises(Conflict, match="changed since you looked"):
        disposing.propose(register, entries, by=manager, at=extracts.NOW)


def test_what_was_held_between_proposal_and_approval_is_skipped(register, manager, second):
    number = propose(register, manager)
    holding.place_hold(register, Scope("2012-1"), kind="request", reason="asked for", by=manager, at=extracts.NOW)
    done = ledger.event(register.pk, disposing.approve(register, number, by=second, at=extracts.NOW))
    assert (len(done.facts["incidents"]), done.facts["skipped"]) == (2, 1)
    assert f"{NAME} lost it" in texts(register)


def test_nothing_happens_where_all_of_it_is_held_by_then(register, manager, second):
    number = propose(register, manager)
    holding.place_hold(register, Scope(), kind="request", reason="asked for", by=manager, at=extracts.NOW)
    with pytest.raises(Conflict, match="nothing on the list"):
        disposing.approve(register, number, by=second, at=extracts.NOW)


def test_a_new_proposal_takes_the_place_of_the_one_before(register, manager, second):
    first, later = propose(register, manager), propose(register, second)
    assert retention.open_proposal(register) == later
    with pytest.raises(Conflict, match="is closed"):
        disposing.approve(register, first, by=second, at=extracts.NOW)
