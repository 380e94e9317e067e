"""What the register holds is found in a file by itself: who reported incidents, references, suppliers."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candour.incidents import codes, said
from candour.incidents.actions import reporting
from candour.organisation import actions, exits, files, kinds, known, people
from candour.organisation.exits import Paper
from candour.rules import years

LETTER = b"Incident 2015-0002 was reported by Morfudd Probert, and Post Room told us in 2014-2015.\n"
FOUND = {"identifier.known-name", "identifier.case-reference", "identifier.known-supplier"}


@pytest.fixture
def told_us(register):
    """A register of four incidents, one report with its reporter's name, and a supplier."""
    now, by = timezone.now(), people.operator(register)
    supplier = kinds.Supplier(slug="post-room", name="Post Room Ltd")
    actions.say(register, supplier, from_=date(2010, 1, 1), by=by, at=now)
    what = said.Said(description="A letter went astray", reporter="Morfudd Probert")
    reporting.report(register, what, code=codes.new(), way=reporting.Way(), by=None, at=now)
    return register


def codes_of(report):
    return {one.code for one in report.findings}


def test_the_gate_knows_them_without_being_told(told_us):
    now, by = timezone.now(), people.operator(told_us)
    paper = Paper("reply.txt", files.store(LETTER, "reply.txt").sha256)
    exits.screen(told_us, "Gov/1", [paper], by=by, at=now)
    assert codes_of(exits.reports(told_us, [paper], at=now)[paper.sha256]) == FOUND


def test_a_new_reporter_has_a_file_looked_into_again(told_us):
    now, by = timezone.now(), people.operator(told_us)
    paper = Paper("reply.txt", files.store(LETTER, "reply.txt").sha256)
    exits.screen(told_us, "Gov/1", [paper], by=by, at=now)
    assert exits.screen(told_us, "Gov/1", [paper], by=by, at=now) is None
    what = said.Said(description="Another letter", reporter="Another Person")
    reporting.report(told_us, what, code=codes.new(), way=reporting.Way(), by=None, at=now)
    assert exits.reports(told_us, [paper], at=now) == {}
    assert exits.screen(told_us, "Gov/1", [paper], by=by, at=now)


def test_only_who_may_see_incidents_learns_who_reported_them(told_us, visitor):
    def found_by(role):
        file = SimpleUploadedFile("reply.txt", LETTER)
        return visitor(role).post("/screen/", {"file": file, "way": "look"}).content.decode()

    assert "identifier.known-name" in found_by("handler")
    seen = found_by("foi-officer")
    assert "identifier.known-name" not in seen
    assert "identifier.case-reference" in seen


def test_knowing_takes_the_same_few_questions_however_many_reported(told_us, django_assert_num_queries):
    now, today = timezone.now(), years.london_day(timezone.now())
    with django_assert_num_queries(7) as few:
        known.of(told_us, today)
    for number in range(5):
        what = said.Said(description="A letter", reporter=f"Person {number}")
        reporting.report(told_us, what, code=codes.new(), way=reporting.Way(), by=None, at=now)
    with django_assert_num_queries(len(few)):
        assert "Person 4" in known.of(told_us, today).names
    with django_assert_num_queries(len(few)):
        known.mark(told_us, today)
