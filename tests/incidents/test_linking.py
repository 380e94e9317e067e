"""Duplicates count once, related incidents both; one that was two is split, two that were one are joined."""

from datetime import date, timedelta

import pytest

import extracts
import staff
from candour.figures import questions, tables
from candour.incidents import codes, models
from candour.incidents.actions import linking, reporting, splitting, triage, voiding
from candour.incidents.queries.reporting import progress
from candour.incidents.said import Said
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.reading.days import read
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput

NOW = extracts.NOW
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def handler(body):
    return staff.hire(body, "handler", name="First handler")


@pytest.fixture
def two(body):
    return staff.report(body, "First letter"), staff.report(body, "Second letter", at=NOW + timedelta(minutes=1))


def counted(body, measure="all-incidents", *, number=None):
    asked = questions.question(measure, (years.Period(date(2026, 4, 1), date(2027, 3, 31), "2026/27", "span"),))
    at = AsAt(LATER.date(), ledger.head(body.pk).number if number is None else number)
    return tables.table(body.pk, asked, at).groups[0].cells[0].value or 0


def test_a_duplicate_counts_once_and_stands(body, two, handler):
    first, second = two
    assert counted(body) == 2
    linking.link(body, second, first, "duplicate", reason="the same letter", by=handler, at=LATER)
    assert counted(body) == 1
    assert staff.version(body, second).standing == "duplicate"
    assert staff.work(body, second).state == "closed"
    assert staff.told(body, first)[0] == f"{second} is a duplicate of this one: it is counted here."
    assert staff.told(body, second)[0].startswith(f"Linked as a duplicate of {first}: it is counted there.")
    linking.unlink(body, first, second, reason="two letters after all", by=handler, at=LATER)
    assert counted(body) == 2
    assert staff.work(body, second).state == "open"
    assert not models.Link.objects.filter(body=body.pk, closed=None).exists()
    assert staff.whole(body)


def test_related_incidents_both_count(body, two, handler):
    linking.link(body, *two, "related", by=handler, at=LATER)
    assert counted(body) == 2
    with pytest.raises(Conflict, match="linked already"):
        linking.link(body, two[1], two[0], "duplicate", by=handler, at=LATER)


def test_a_link_needs_two_that_count(body, two, handler):
    first, second = two
    third = staff.report(body, "Third letter", at=NOW + timedelta(minutes=2))
    linking.link(body, second, first, "duplicate", by=handler, at=LATER)
    with pytest.raises(Conflict, match="duplicate itself"):
        linking.link(body, third, second, "duplicate", by=handler, at=LATER)
    with pytest.raises(WrongInput, match="not linked to itself"):
        linking.link(body, third, third, "related", by=handler, at=LATER)
    with pytest.raises(NotThere):
        linking.link(body, third, "2026-0999", "related", by=handler, at=LATER)
    with pytest.raises(Conflict, match="are not linked"):
        linking.unlink(body, third, first, reason="no", by=handler, at=LATER)
    assert staff.whole(body)


def test_what_is_void_counts_on_no_day_and_can_be_brought_back(body, two, handler):
    first, _ = two
    voiding.void(body, first, reason="typed twice", by=handler, at=LATER + timedelta(days=3))
    assert counted(body) == 1
    with pytest.raises(Conflict, match="void already"):
        voiding.void(body, first, reason="again", by=handler, at=LATER + timedelta(days=3))
    voiding.restore(body, first, reason="it was not", by=handler, at=LATER + timedelta(days=3))
    assert counted(body) == 2
    assert staff.work(body, first).state == "new"
    assert staff.told(body, first)[0].startswith("Brought back.")
    assert staff.whole(body)


def test_what_others_are_counted_by_is_not_voided(body, two, handler):
    first, second = two
    linking.link(body, second, first, "duplicate", by=handler, at=LATER)
    with pytest.raises(Conflict, match="others are counted by"):
        voiding.void(body, first, reason="typed twice", by=handler, at=LATER)
    voiding.void(body, second, reason="typed twice", by=handler, at=LATER)
    voiding.restore(body, second, reason="no", by=handler, at=LATER)
    assert staff.version(body, second).standing == "duplicate"
    assert counted(body) == 1
    with pytest.raises(Conflict, match="end the link between the two first"):
        voiding.restore(body, second, reason="no", by=handler, at=LATER)


def split(body, reference, handler, **second):
    first = splitting.Part(frozenset({"data_types", "department"}), {"people_affected": 2})
    other = {"states": {"people_affected": 1}, "description": "The second letter", **second}
    parts = [first, splitting.Part(frozenset({"data_types"}), **other)]
    return splitting.split(body, reference, parts, reason="two letters", by=handler, at=LATER)


def test_one_that_turns_out_to_be_two(body, handler):
    reference = staff.report(body, data_types=("health",), people_affected=3, occurred=read("18 November 2026"))
    triage.accept(body, reference, facts={"information_lost": "yes"}, by=handler, at=LATER)
    first, second = split(body, reference, handler)
    one, two = staff.version(body, first), staff.version(body, second)
    assert first == reference
    assert (one.people_affected, two.people_affected) == (2, 1)
    assert (one.discovered_on, two.discovered_on) == (date(2026, 11, 19), date(2026, 11, 19))
    assert (one.data_types, two.data_types) == ("Health data", "Health data")
    assert (one.information_lost, two.information_lost) == (None, None)
    assert counted(body) == 2
    assert staff.told(body, first)[0].startswith(f"Split: {second} is now apart from it.")
    assert staff.told(body, second)[0].startswith(f"Split from {first}, as undetermined.")
    assert staff.work(body, second).assigned_to == handler.number
    assert staff.whole(body)


def test_no_part_is_known_later_than_the_whole(body, handler):
    reference = staff.report(body)
    with pytest.raises(WrongInput, match="known later than the whole; give 19 November 2026"):
        split(body, reference, handler, states={"aware_on": date(2026, 11, 20)})
    split(body, reference, handler, states={"aware_on": date(2026, 11, 18)})
    with pytest.raises(WrongInput, match="describe each new part"):
        split(body, reference, handler, description=" ")


def test_reports_and_duplicates_go_with_the_part_they_belong_to(body, two, handler):
    reference, repeated = two
    linking.link(body, repeated, reference, "duplicate", by=handler, at=LATER)
    code = codes.new()
    said = Said(description="A third letter", reporter="Reporter")
    third = reporting.report(body, said, code=code, way=reporting.Way(), by=None, at=LATER)
    report = models.Report.objects.get(body=body.pk, opened=third.number)
    _, part = split(body, third.reference, handler, reports=(report.opened,))
    moved = models.Report.objects.get(body=body.pk, digest=report.digest, closed=None)
    assert moved.incident == staff.number(body, part)
    assert ledger.event(body.pk, moved.incident).words["reporter"] == "Reporter"
    _, part = split(body, reference, handler, duplicates=(repeated,), published=("SB/FOI 26-003",))
    link = models.Link.objects.get(body=body.pk, closed=None, kind="duplicate")
    assert link.other == staff.number(body, part)
    assert f"Duplicates that go with it: {repeated}. Counted in: SB/FOI 26-003." in staff.told(body, part)[0]
    assert staff.whole(body)


def test_a_thing_goes_with_one_part_only(body, handler):
    parts = [splitting.Part(frozenset(), published=("A",)), splitting.Part(frozenset(), {}, "x", published=("A",))]
    with pytest.raises(WrongInput, match="published: each goes with one part only"):
        splitting.split(body, staff.report(body), parts, reason="two", by=handler, at=LATER)


def test_two_that_turn_out_to_be_one(body, handler):
    first = staff.report(body, "A letter", discovered="19 November 2026 14:20", people_affected=1)
    second = staff.report(body, "The letter", discovered="18 November 2026 09:00", at=NOW + timedelta(minutes=1))
    third = staff.report(body, "That letter", at=NOW + timedelta(minutes=2))
    linking.link(body, third, second, "duplicate", by=handler, at=LATER)
    splitting.join(body, first, [second], states={"people_affected": 2}, reason="one letter", by=handler, at=LATER)
    row = staff.version(body, first)
    assert (row.people_affected, row.aware_on) == (2, date(2026, 11, 18))
    assert "09:00" in row.times
    assert staff.version(body, second).standing == "void"
    assert counted(body) == 1
    link = models.Link.objects.get(body=body.pk, closed=None, kind="duplicate")
    assert link.other == staff.number(body, first)
    with pytest.raises(Conflict, match="is void; bring it back first"):
        splitting.join(body, first, [second], reason="again", by=handler, at=LATER)
    voiding.restore(body, second, reason="two after all", by=handler, at=LATER)
    assert counted(body) == 2
    assert staff.whole(body)


def followed(body, code):
    """Where the answer of whoever holds a code stands, and what they are told of the state of the work."""
    number = reporting.answer(body, code, "It was on Tuesday", at=LATER)
    return ledger.event(body.pk, number).subject, progress(body, code).state


def test_whoever_reported_what_was_joined_follows_up_the_one_that_goes_on(body, handler):
    second_code, third_code = codes.new(), codes.new()
    first = staff.report(body, "A letter")
    told = {"way": reporting.Way(), "by": None, "at": NOW}
    second, third = (
        reporting.report(body, Said(description="The letter"), code=code, **told).reference
        for code in (second_code, third_code)
    )
    triage.accept(body, first, by=handler, at=LATER)
    splitting.join(body, second, [third], reason="one letter", by=handler, at=LATER)
    splitting.join(body, first, [second], reason="one letter", by=handler, at=LATER)
    assert followed(body, second_code) == followed(body, third_code) == (first, "open")
    reporting.ask(body, first, "On which day?", by=handler, at=LATER)
    assert all(progress(body, code).waits for code in (second_code, third_code))
    voiding.restore(body, third, reason="two letters", by=handler, at=LATER)
    assert followed(body, third_code) == (third, "new")
    assert followed(body, second_code) == (first, "open")
    voiding.restore(body, second, reason="two letters", by=handler, at=LATER)
    assert followed(body, second_code) == (second, "new")
    assert staff.whole(body)


def test_a_suppliers_incident_that_is_one_for_us_and_one_for_another_body(body, handler):
    reference = staff.report(body, "The supplier's mailbox was open", people_affected=5)
    triage.accept(body, reference, by=handler, at=LATER)
    facts = {
        "supplier": "IT supplier",
        "supplier_knew_on": date(2026, 11, 1),
        "supplier_told_us_on": date(2026, 11, 19),
    }
    triage.tell_supplier(body, reference, facts, by=handler, at=LATER)
    keeps = frozenset({"supplier", "supplier_knew_on", "supplier_told_us_on"})
    parts = [
        splitting.Part(keeps, {"people_affected": 3}),
        splitting.Part(keeps, {"people_affected": 2}, "Another body's clients"),
    ]
    _, theirs = splitting.split(body, reference, parts, reason="two controllers", by=handler, at=LATER)
    assert staff.version(body, theirs).supplier_knew_on == date(2026, 11, 1)
    triage.set_role(body, theirs, "recipient", passed=triage.PassedOn("Another Body", NOW.date()), by=handler, at=LATER)
    assert counted(body) == 1
    assert counted(body, "not-ours") == 1
    assert staff.whole(body)
