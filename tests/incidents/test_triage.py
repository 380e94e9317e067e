"""Triage: is it an incident, whose is it, who owes us what, who works on it."""

from datetime import date, timedelta

import pytest

import extracts
import staff
from candour.incidents import models
from candour.incidents.actions import assigning, recording, triage
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput

NOW = extracts.NOW
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def handler(body):
    return staff.hire(body, "handler", name="First handler")


@pytest.fixture
def second(body):
    return staff.hire(body, "handler", name="Second handler")


@pytest.fixture
def reference(body):
    return staff.report(body)


def test_what_is_taken_up_is_triaged_and_somebody_has_it(body, reference, handler):
    assert staff.version(body, reference).tier == "undetermined"
    triage.accept(body, reference, facts={"information_lost": "yes"}, by=handler, at=LATER)
    row = staff.version(body, reference)
    assert (row.triaged, row.tier) == ("yes", "other-incident")
    assert (staff.work(body, reference).state, staff.work(body, reference).assigned_to) == ("open", handler.number)
    assert staff.told(body, reference)[0].startswith("Taken up, and given to First handler.")
    assert staff.whole(body)


def test_what_is_open_is_not_taken_up_twice(body, reference, handler, second):
    triage.accept(body, reference, by=handler, at=LATER)
    with pytest.raises(Conflict, match="is open already"):
        triage.accept(body, reference, by=second, at=LATER)
    assert staff.work(body, reference).assigned_to == handler.number
    assert staff.whole(body)


def test_a_loaded_incident_can_be_taken_up(body, handler, tmp_path):
    extracts.load(body, "reference  logged_on\n2014-0001  2014-05-12", tmp_path)
    triage.accept(body, "2014-0001", by=handler, at=LATER)
    assert staff.work(body, "2014-0001").state == "open"
    assert staff.whole(body)


def test_not_an_incident_takes_a_reason_and_is_no_longer_counted(body, reference, handler):
    with pytest.raises(WrongInput, match="say why"):
        triage.dismiss(body, reference, reason=" ", by=handler, at=LATER)
    triage.dismiss(body, reference, reason="The letter was ours", by=handler, at=LATER)
    assert staff.version(body, reference).standing == "not-an-incident"
    assert staff.work(body, reference).state == "closed"
    assert "The letter was ours" not in staff.told(body, reference)[0]
    assert staff.whole(body)


def test_another_bodys_data_that_reached_us_is_not_ours_and_was_passed_on(body, reference, handler):
    triage.accept(body, reference, by=handler, at=LATER)
    with pytest.raises(WrongInput, match="to whom it was passed on"):
        triage.set_role(body, reference, "recipient", by=handler, at=LATER)
    passed = triage.PassedOn("Another Body", NOW.date())
    triage.set_role(body, reference, "recipient", passed=passed, by=handler, at=LATER)
    assert staff.version(body, reference).standing == "not-ours"
    assert "Passed on to Another Body on 20 November 2026." in staff.told(body, reference)[0]
    triage.set_role(body, reference, "joint", reason="half of it is ours", by=handler, at=LATER)
    assert staff.version(body, reference).standing == "counted"
    with pytest.raises(WrongInput, match="nothing would change"):
        triage.set_role(body, reference, "joint", by=handler, at=LATER)
    assert staff.whole(body)


def test_nothing_is_passed_on_in_the_future(body, reference, handler):
    passed = triage.PassedOn("Another Body", NOW.date() + timedelta(days=1))
    with pytest.raises(WrongInput, match="still to come"):
        triage.set_role(body, reference, "recipient", passed=passed, by=handler, at=LATER)


def test_a_suppliers_incident_keeps_when_they_knew_and_what_they_owe_us(body, reference, handler):
    facts = {"supplier": "IT supplier", "contract": "C-12", "supplier_knew_on": date(2026, 11, 2)}
    told = {**facts, "supplier_told_us_on": date(2026, 11, 18)}
    triage.tell_supplier(
        body, reference, told, owes="The log of who opened it", due_on=date(2026, 11, 27), by=handler, at=LATER
    )
    row = staff.version(body, reference)
    assert (row.supplier, row.supplier_knew_on, row.supplier_told_us_on) == (
        "IT supplier",
        date(2026, 11, 2),
        date(2026, 11, 18),
    )
    open_ = models.Awaited.objects.filter(body=body.pk, closed=None)
    assert [(one.kind, one.due_on) for one in open_] == [("supplier", date(2026, 11, 27))]
    assert "still owes us, by 27 November 2026: The log of who opened it" in staff.told(body, reference)[0]
    triage.tell_supplier(body, reference, {}, received=True, by=handler, at=LATER)
    assert not open_.all().exists()
    assert staff.whole(body)


def test_a_supplier_cannot_tell_us_before_they_knew(body, reference, handler):
    facts = {"supplier_knew_on": date(2026, 11, 18), "supplier_told_us_on": date(2026, 11, 2)}
    with pytest.raises(WrongInput, match="before they knew"):
        triage.tell_supplier(body, reference, facts, by=handler, at=LATER)
    with pytest.raises(WrongInput, match="no fact about a supplier"):
        triage.tell_supplier(body, reference, {"tier": "event"}, by=handler, at=LATER)


def test_the_wrong_recipients_confirmation_is_a_fact_with_a_date(body, reference, handler):
    triage.confirm_by_recipient(body, reference, NOW.date(), how="deleted", by=handler, at=LATER)
    assert staff.version(body, reference).recipient_confirmed_on == NOW.date()
    assert "The recipient wrote that it was deleted." in staff.told(body, reference)[0]


def test_an_exercise_was_never_counted(body, reference, handler):
    triage.mark_exercise(body, reference, reason="drill", by=handler, at=LATER)
    rows = models.Version.objects.filter(body=body.pk, closed=None)
    assert {row.standing for row in rows} == {"exercise"}
    with pytest.raises(Conflict, match="already"):
        triage.mark_exercise(body, reference, reason="drill", by=handler, at=LATER)


def test_work_goes_to_somebody_who_works_on_incidents(body, reference, handler, second):
    siro = staff.hire(body, "siro")
    triage.accept(body, reference, by=handler, at=LATER)
    assigning.assign(body, reference, second, reason="on leave", by=handler, at=LATER)
    assert staff.work(body, reference).assigned_to == second.number
    with pytest.raises(Conflict, match="already"):
        assigning.assign(body, reference, second, by=handler, at=LATER)
    with pytest.raises(Conflict, match="no role that works on incidents"):
        assigning.assign(body, reference, siro, by=handler, at=LATER)


def test_all_open_work_of_a_leaver_goes_over_in_one_deed(body, handler, second):
    found = [staff.report(body, f"Report {n}", at=NOW + timedelta(minutes=n)) for n in range(3)]
    for reference in found:
        triage.accept(body, reference, by=handler, at=LATER)
    triage.dismiss(body, found[2], reason="twice", by=handler, at=LATER)
    models.Action.objects.create(
        body=body.pk, number=1, incident=staff.number(body, found[0]), owner=handler.number,
        due_on=date(2026, 12, 1), state="open", opened=1,
    )  # fmt: skip
    done = assigning.hand_over(body, handler, second, reason="has left", by=second, at=LATER)
    assert (done.incidents, done.actions) == (tuple(found[:2]), 1)
    assert [staff.work(body, one).assigned_to for one in found] == [second.number, second.number, handler.number]
    assert models.Action.objects.get(body=body.pk, closed=None).owner == second.number
    assert "with all open work of First handler" in staff.told(body, found[1])[0]
    with pytest.raises(WrongInput, match="no open work"):
        assigning.hand_over(body, handler, second, by=second, at=LATER)
    assert staff.whole(body)


def test_a_note_stands_in_the_history(body, reference, handler):
    triage.note(body, reference, "Rang the recipient", by=handler, at=LATER)
    assert staff.told(body, reference)[0] == "Note: Rang the recipient"


def test_only_handlers_triage(body, reference):
    auditor = staff.hire(body, "auditor")
    with pytest.raises(NotAllowed):
        triage.accept(body, reference, by=auditor, at=LATER)
    with pytest.raises(NotThere):
        triage.note(body, "2026-9999", "text", by=staff.hire(body), at=LATER)


def test_a_laptop_found_again_moves_nothing_by_itself(body, handler):
    facts = {"information_lost": "yes", "triaged": "yes", "lost_or_stolen": "lost"}
    reference, _ = recording.record(body, facts, words={"description": "Laptop left on a train"}, by=handler, at=NOW)
    from candour.incidents import actions  # noqa: PLC0415

    actions.amend(
        body, reference, {"recovered_on": "2026-11-20"}, reason="found", correction=False, by=handler, at=LATER
    )
    row = staff.version(body, reference)
    assert (row.recovered_on, row.tier) == (date(2026, 11, 20), "other-incident")
