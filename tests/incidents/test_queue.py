"""The queue: what runs out first on top; and two handlers at once."""

from datetime import date, timedelta

import pytest

import extracts
import staff
from candour.incidents import models, moved
from candour.incidents.actions import amend, reporting, triage
from candour.incidents.queries import lines, queue
from candour.ledger import queries as ledger
from candour.rules import years

NOW = extracts.NOW
LATER = NOW + timedelta(hours=2)
TODAY = NOW.date()


@pytest.fixture
def handler(body):
    return staff.hire(body, "handler", name="First handler")


@pytest.fixture
def second(body):
    return staff.hire(body, "handler", name="Second handler")


def at_work(body, by):
    return queue.queue(body, by=by, today=TODAY)


def names(found):
    return [line.reference for line in found]


def test_the_clock_that_ends_first_stands_on_top(body, handler):
    late = staff.report(body, "One", discovered="19 November 2026 14:20")
    early = staff.report(body, "Two", discovered="18 November 2026 09:00", at=NOW + timedelta(minutes=1))
    found = at_work(body, handler)
    assert names(found.running) == [early, late]
    assert names(found.new) == [late, early]
    clock = found.running[1].clock
    assert (clock.ends.astimezone(years.LONDON).isoformat(), clock.exact) == ("2026-11-22T14:20:00+00:00", True)
    assert clock.hours_left(NOW) == 52
    assert clock.hours_left(clock.ends + timedelta(minutes=1)) == -1


def test_the_clock_runs_from_discovered_until_aware_is_set(body, handler):
    reference = staff.report(body, discovered="18 November 2026 09:00")
    assert not at_work(body, handler).running[0].clock.is_aware
    amend(body, reference, {"aware_at": "2026-11-19"}, reason="sure now", correction=False, by=handler, at=LATER)
    clock = at_work(body, handler).running[0].clock
    assert (clock.is_aware, clock.exact, clock.ends.date()) == (True, False, date(2026, 11, 22))


def test_no_clock_runs_where_nobody_is_to_be_told(body, handler):
    for change in ({"personal_data": "no"}, {"told_ico_on": "2026-11-20"}):
        reference = staff.report(body, f"{change}", at=LATER)
        amend(body, reference, change, reason="r", correction=False, by=handler, at=LATER)
    decided = staff.report(body, "Decided", at=LATER)
    models.Decision.objects.create(
        body=body.pk,
        incident=staff.number(body, decided),
        about="ico",
        outcome="do-not-tell",
        decided_on=TODAY,
        opened=1,
    )
    triage.dismiss(body, staff.report(body, "Nothing", at=LATER), reason="r", by=handler, at=LATER)
    assert at_work(body, handler).running == []


def test_the_clock_runs_on_after_the_decision_to_tell_until_the_ico_was_told(body, handler):
    reference = staff.report(body, "To be told", at=LATER)
    row = {"about": "ico", "outcome": "tell", "decided_on": TODAY, "opened": 1}
    models.Decision.objects.create(body=body.pk, incident=staff.number(body, reference), **row)
    assert names(at_work(body, handler).running) == [reference]
    assert queue.undecided(body, by=handler, today=TODAY, limit=5) == []
    amend(body, reference, {"told_ico_on": "2026-11-20"}, reason="r", correction=False, by=handler, at=LATER)
    assert names(at_work(body, handler).running) == []


def test_what_waits_for_me_and_what_for_others(body, handler, second):
    reference = staff.report(body)
    triage.accept(body, reference, by=handler, at=LATER)
    assert (names(at_work(body, handler).mine), names(at_work(body, second).mine)) == ([reference], [])
    triage.tell_supplier(
        body, reference, {"supplier": "IT supplier"}, owes="The log", due_on=date(2026, 11, 27), by=handler, at=LATER
    )
    reporting.ask(body, reference, "Was it opened?", by=handler, at=LATER)
    waiting = at_work(body, second).waiting
    assert [(one.kind, one.what, one.due_on) for one in waiting] == [
        ("supplier", "The log", date(2026, 11, 27)),
        ("reporter", "Was it opened?", None),
    ]


def test_the_queue_takes_the_same_number_of_queries_whatever_its_size(
    body, handler, django_assert_max_num_queries, django_assert_num_queries
):
    def grow(many):
        for n in range(many):
            at = LATER + timedelta(seconds=many * 100 + n)
            reference = staff.report(body, f"Report {many} {n}", at=at)
            if n % 2:
                triage.accept(body, reference, by=handler, at=at)
                triage.tell_supplier(body, reference, {"supplier": "S"}, owes="x", by=handler, at=at)

    grow(2)
    with django_assert_max_num_queries(16) as few:
        at_work(body, handler)
    grow(10)
    with django_assert_num_queries(len(few)):
        at_work(body, handler)


def test_one_incident_as_work_takes_few_queries(body, handler, django_assert_max_num_queries):
    reference = staff.report(body)
    triage.accept(body, reference, by=handler, at=LATER)
    with django_assert_max_num_queries(9):
        lines.line(body, reference, by=handler, today=TODAY)


def test_taking_up_takes_few_queries(body, handler, django_assert_max_num_queries):
    reference = staff.report(body)
    with django_assert_max_num_queries(30):
        triage.accept(body, reference, by=handler, at=LATER)


def note(body, reference, text, seen, *, by, once=""):
    with moved.still(body, reference, seen, by=by, once=once):
        triage.note(body, reference, text, by=by, at=LATER)


def test_of_two_at_once_the_second_sees_what_changed_and_decides(body, handler, second):
    reference = staff.report(body)
    seen = ledger.head(body.pk).number
    amend(body, reference, {"department": "North"}, reason="r", correction=False, by=handler, at=LATER)
    with pytest.raises(moved.Moved) as fault:
        note(body, reference, "text", seen, by=second)
    assert fault.value.kind == "conflict"
    told = moved.account(body, reference, seen, by=second, today=TODAY)
    assert [one.who for one in told.sentences] == ["First handler (Handler)"]
    assert [(one.label, one.then, one.now) for one in told.differences] == [("Department", "not stated", "North")]
    note(body, reference, "text", told.head, by=second)


def test_another_incident_moving_does_not_matter(body, handler):
    reference, other = staff.report(body), staff.report(body, "Other", at=LATER)
    seen = ledger.head(body.pk).number
    triage.note(body, other, "text", by=handler, at=LATER)
    note(body, reference, "text", seen, by=handler)


def test_a_double_click_is_one_deed(body, handler):
    reference = staff.report(body)
    seen = ledger.head(body.pk).number
    note(body, reference, "text", seen, by=handler, once="a")
    with pytest.raises(moved.SentBefore):
        note(body, reference, "text", seen, by=handler, once="a")
    assert staff.told(body, reference).count("Note: text") == 1
    note(body, reference, "more", ledger.head(body.pk).number, by=handler, once="b")


def test_a_deed_that_is_refused_leaves_its_form_to_be_sent_again(body, handler):
    reference = staff.report(body)
    seen = ledger.head(body.pk).number
    with pytest.raises(triage.WrongInput):
        note(body, reference, " ", seen, by=handler, once="a")
    note(body, reference, "text", seen, by=handler, once="a")
