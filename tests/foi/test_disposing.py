"""A request whose period is over: its words and papers go, on the same list and by the same two people as all else."""

import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
import staff
from candour.foi import actions, disposing, enclosing, keeping, models, queries, releasing
from candour.incidents import disposals
from candour.incidents.actions import disposing as repeating
from candour.incidents.actions import holding
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.rules.refusals import Conflict, NotThere
from foi import asking
from retained import dispose, held, on_the_list, schedule, texts

NAME = "Zebedee Quill"
LETTER = f"""
    From: {NAME} <zebedee.quill@example.org>
    Subject: A question of {NAME}

    1. About how many members of staff do you have?

    Yours faithfully, {NAME}
"""
LATER = extracts.NOW.replace(year=extracts.NOW.year + 4)


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.FILES_DIR = settings.DATA_DIR / "files"
    settings.DATA_DIR.mkdir()
    return settings.FILES_DIR


@pytest.fixture
def officer(body):
    return staff.hire(body, "foi-officer")


@pytest.fixture
def manager(body):
    return staff.hire(body, "records-manager", name="Records manager")


@pytest.fixture
def second(body):
    return staff.hire(body, "records-manager", name="Second records manager")


@pytest.fixture
def case(body, operator, officer):
    """A request that was answered, under a schedule that keeps requests for three years."""
    schedule(body, operator, "requests", record="requests", keep=3)
    return asking.reply(body, asking.arrived(LETTER, f"{NAME}.txt", their_reference=NAME), by=officer).case


def row(body, case):
    return models.Case.objects.get(body=body.pk, reference=case)


@pytest.fixture
def on_disk(own_files):
    """The names of the files that are kept."""
    return lambda: {path.name for path in own_files.rglob("*") if path.is_file()}


def test_its_words_names_and_papers_are_erased_and_that_it_was_asked_stays(
    body, case, manager, second, officer, on_disk
):
    assert on_the_list(body, manager) == []
    assert on_the_list(body, manager, LATER.date()) == [case]
    assert on_disk()
    dispose(body, manager, second, at=LATER)
    assert on_disk() == set()
    assert not any(NAME in text or "quill" in text.lower() for text in texts(body))
    kept = str(models.Case.objects.filter(body=body.pk).values().get())
    assert "quill" not in kept.lower()
    view = queries.case(body, case, by=officer, today=LATER.date())
    assert (view.row.erased, view.answers, view.files, view.row.received) == (True, None, (), asking.RECEIVED)
    assert [question["kind"] for question in view.request["questions"]] == ["fact"]
    assert verification.verify(body.pk).ok
    assert on_the_list(body, manager, LATER.date()) == []


def test_nothing_is_done_with_it_any_more_and_it_is_not_opened_again(body, case, manager, second, officer):
    dispose(body, manager, second, at=LATER)
    later = LATER + timedelta(days=1)
    with pytest.raises(Conflict, match="disposed of under the retention schedule"):
        asking.reply(body, asking.arrived(LETTER), by=officer, at=later)
    with pytest.raises(Conflict, match="disposed of"):
        releasing.ask_clearance(body, case, by=officer, at=later)
    with pytest.raises(NotThere):
        queries.file(body, case, "reply.pdf", by=officer, today=later.date())
    with pytest.raises(NotThere):
        actions.drawn_again(body, case)


def test_an_appeal_holds_the_request_and_the_period_begins_with_the_last_step(body, case, manager, officer):
    scope, why = holding.Scope(logged_from=asking.RECEIVED), "before the tribunal"
    number = holding.place_hold(body, scope, kind="appeal", reason=why, case=case, by=manager, at=extracts.NOW)
    assert (on_the_list(body, manager, LATER.date()), held(body, manager, LATER.date())) == ([], [case])
    holding.lift_hold(body, number, reason="it was withdrawn", by=manager, at=extracts.NOW)
    assert on_the_list(body, manager, LATER.date()) == [case]
    asking.reply(body, asking.arrived(LETTER), redraft=True, by=officer, at=LATER)
    assert on_the_list(body, manager, LATER.date()) == []


def test_a_reply_under_a_public_link_stays_until_it_is_withdrawn(body, case, manager, second, officer):
    approver = staff.hire(body, "release-approver")
    letter = b"Dear Sir or Madam\n\nPlease find our reply enclosed.\n"
    enclosing.enclose(body, case, content=letter, name="reply.txt", as_letter=True, by=officer, at=extracts.NOW)
    releasing.ask_clearance(body, case, by=officer, at=extracts.NOW)
    releasing.clear(body, case, by=approver, at=extracts.NOW)
    actions.release(body, case, by=officer, at=extracts.NOW)
    assert on_the_list(body, manager, LATER.date()) == []
    releasing.withdraw(body, case, reason="its time is over", by=officer, at=extracts.NOW)
    assert on_the_list(body, manager, LATER.date()) == [case]
    assert "reply.txt" in texts(body)
    dispose(body, manager, second, at=LATER)
    assert {"reply.txt", "its time is over"}.isdisjoint(texts(body))


def test_a_paper_that_another_request_has_too_stays(body, case, manager, second, officer, on_disk):
    other = asking.reply(body, "1. Which policies do you have?", by=officer).case
    for name in (case, other):
        enclosing.enclose(body, name, content=b"a,b\n1,2\n", name="table.csv", by=officer, at=extracts.NOW)
    (digest,) = models.Enclosure.objects.filter(request=row(body, case).number).values_list("sha256", flat=True)
    assert digest not in disposing.alone(body.pk, row(body, case).number)
    assert row(body, case).sha256 in disposing.alone(body.pk, row(body, case).number)
    dispose(body, manager, second, at=LATER)
    assert on_disk() == set()


def test_an_older_copy_of_the_record_loses_it_by_the_list_that_was_kept_outside(body, case):
    found = row(body, case)
    line = disposals.Line(body.slug, found.number, ledger.digest(body.pk, found.number), "0" * 64)
    assert found.sha256 in repeating.repeat([line], at=LATER)
    assert disposing.is_erased(row(body, case))
    assert not any("quill" in text.lower() for text in texts(body))
    assert verification.verify(body.pk).ok


def test_a_request_is_disposed_of_in_as_many_queries_however_many_others_there_are(
    body, case, officer, django_assert_max_num_queries
):
    number = row(body, case).number
    with CaptureQueriesContext(connection) as alone:
        gone = disposing.alone(body.pk, number)
    for month in range(1, 4):
        asking.reply(body, f"1. How many incidents were there in {month}/2014?", by=officer)
    with django_assert_max_num_queries(len(alone)):
        assert disposing.alone(body.pk, number) == gone


def test_what_goes_with_a_request_is_what_lies_in_its_tables(body, case, officer):
    enclosing.enclose(body, case, content=b"a,b\n1,2\n", name="table.csv", by=officer, at=extracts.NOW)
    releasing.ask_clearance(body, case, by=officer, at=extracts.NOW)
    noted, number = keeping.of(body.pk, row(body, case).number), row(body, case).number
    models.CaseFile.objects.all().delete()
    importlib.import_module("candour.foi.migrations.0003_files_of_requests").fill(apps, None)
    assert keeping.of(body.pk, number) == noted != set()
