"""What somebody asked for, or claims about, is kept until the hold is lifted."""

from datetime import date

import pytest

import extracts
from candour.incidents.actions import holding
from candour.incidents.actions.holding import Scope
from candour.incidents.queries import retention
from candour.ledger import verification
from candour.rules import years
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from retained import ALWAYS, TODAY, held, on_the_list


def test_a_hold_keeps_one_incident_a_span_or_everything_until_it_is_lifted(register, manager):
    for scope, kept in [
        (Scope("2012-1"), ["2012-1"]),
        (Scope(logged_from=date(2012, 5, 4), logged_until=date(2020, 11, 19)), ["2012-2"]),
        (Scope(logged_until=date(2012, 5, 3)), ["2012-1"]),
        (Scope(), ["2012-2", "2012-1", "2020-1"]),
    ]:
        number = holding.place_hold(
            register, scope, kind="litigation", reason="a claim", case="QB-1", by=manager, at=extracts.NOW
        )
        assert held(register, manager) == kept
        assert not set(on_the_list(register, manager)) & set(kept)
        holding.lift_hold(register, number, reason="settled", by=manager, at=extracts.NOW)
    assert len(on_the_list(register, manager)) == 3
    assert verification.verify(register.pk).ok


def test_a_request_holds_what_was_logged_in_the_periods_it_asks_about_once(register, foi_officer, manager):
    asked = [years.read("2011/12"), years.read("2012/13")]
    number = holding.hold_for_request(register, "SB/FOI 26-1", asked, by=foi_officer, at=extracts.NOW)
    assert held(register, manager) == ["2012-2", "2012-1"]
    (hold,) = retention.holds(register, by=foi_officer, today=TODAY)
    assert (hold.case, hold.logged_from, hold.logged_until) == ("SB/FOI 26-1", date(2011, 4, 1), date(2013, 3, 31))
    assert holding.hold_for_request(register, "SB/FOI 26-1", asked, by=foi_officer, at=extracts.NOW) is None
    holding.lift_hold(register, number, reason="the time for a review has passed", by=manager, at=extracts.NOW)
    assert holding.hold_for_request(register, "SB/FOI 26-1", asked, by=foi_officer, at=extracts.NOW) is None


def test_a_request_that_names_no_period_holds_everything(register, foi_officer, manager):
    holding.hold_for_request(register, "SB/FOI 26-1", [], by=foi_officer, at=extracts.NOW)
    assert on_the_list(register, manager) == []


def test_who_may_place_and_lift_holds(register, foi_officer, manager):
    scope, why = Scope(logged_until=TODAY), {"kind": "appeal", "reason": "an appeal"}
    number = holding.place_hold(register, scope, **why, by=foi_officer, at=extracts.NOW)
    with pytest.raises(NotAllowed):
        holding.lift_hold(register, number, reason="over", by=foi_officer, at=extracts.NOW)
    for reference in ("2012-1", "none-such"):
        with pytest.raises(NotThere, match=f"there is no incident {reference}"):
            holding.place_hold(register, Scope(reference), **why, by=foi_officer, at=extracts.NOW)
    with pytest.raises(WrongInput, match="say why"):
        holding.lift_hold(register, number, reason=" ", by=manager, at=extracts.NOW)
    holding.lift_hold(register, number, reason="over", by=manager, at=extracts.NOW)
    with pytest.raises(Conflict, match="lifted already"):
        holding.lift_hold(register, number, reason="over", by=manager, at=extracts.NOW)
    with pytest.raises(NotThere):
        holding.lift_hold(register, 10**6, reason="over", by=manager, at=extracts.NOW)


def test_a_hold_says_what_it_keeps_and_why(register, manager):
    with pytest.raises(WrongInput, match="not on both"):
        Scope("2012-1", logged_from=TODAY)
    with pytest.raises(WrongInput, match="comes before the first"):
        Scope(logged_from=TODAY, logged_until=ALWAYS)
    for wrong in ({"kind": "whim", "reason": "x"}, {"kind": "other", "reason": ""}):
        with pytest.raises(WrongInput):
            holding.place_hold(register, Scope(), **wrong, by=manager, at=extracts.NOW)
