"""What a released reply carried is public: a later table is held against it, and a reply against what left before."""

import io
import re
import zipfile
from datetime import date
from importlib import import_module

import pdfplumber
import pytest
from django.apps import apps

import extracts
import staff
from candour.figures import actions as figures
from candour.figures import consistency, models, proving, publishing, questions, sealed, tables
from candour.figures.undoing import Undoes
from candour.foi import actions, releasing
from candour.ledger import guards, verification
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.rules import years
from foi import asking

REGISTER = """
    reference  logged_on   tier             personal_data  people_affected
    1          2014-05-03  other-incident   yes            3
    2          2014-09-03  reported-to-ico  yes            120
    3          2015-05-03  other-incident   yes            40
    4          2015-06-03  event            no             -
"""
PEOPLE = "1. How many people were affected by breaches in 2014/15 and 2015/16?"
COUNTS = "1. How many information security events did you record in 2014/15 and 2015/16?"
FIELDS = ("opened", "closed", "paper", "document", "published_on", "measure", "as_at", "told", "rule", "place")
AT, WHERE = extracts.NOW, publishing.Publication("Annual Report", date(2026, 7, 1), "counted anew", "asked for")


@pytest.fixture
def register(body, tmp_path):
    return extracts.covered(body, REGISTER, tmp_path, since="2011-04-01")


@pytest.fixture
def officer(body):
    return staff.hire(body, "foi-officer")


@pytest.fixture
def release(register, officer):
    """Answer a request and let the reply out."""

    def released(request, tell_first=lambda: None):
        reference = asking.reply(register, request, by=officer).case
        tell_first()
        releasing.ask_clearance(register, reference, by=officer, at=AT)
        releasing.clear(register, reference, by=staff.hire(register, "release-approver"), at=AT)
        actions.release(register, reference, by=officer, at=AT)
        return reference

    return released


@pytest.fixture
def table(register):
    """A table of a measure over two years, at the head."""

    def asked(measure, *, by="financial-year", first=date(2014, 4, 1), last=date(2016, 3, 31), **more):
        question = questions.question(measure, years.periods(by, first, last), **more)
        return tables.table(register.pk, question, AsAt(AT.date(), ledger.head(register.pk).number))

    return asked


@pytest.fixture
def publish(register, operator):
    return lambda made, protect="standard": figures.publish(register, made, WHERE, protect, by=operator, at=AT)


def test_small_numbers_of_people_stand_under_a_mark_in_a_reply_with_the_section_and_the_key(register):
    answer = asking.answers(asking.reply(register, PEOPLE.replace("2014/15 and ", "")))["1"]
    assert asking.cells(answer) == [("held", 40)]
    drafted = asking.reply(register, "1. How many people were affected by breaches in May 2014 and May 2015?")
    (part,) = asking.answers(drafted)["1"]["parts"]
    assert [cell["status"] for cell in part["figures"]["groups"][0]["cells"]] == ["suppressed", "suppressed"]
    assert (part["status"], part["section"], part["protection"]["threshold"]) == ("suppressed", "40(2)", 5)
    assert any(note.startswith("*: a number from 1 to 4") for note in part["notes"])
    assert any("section 40(2) of the Freedom of Information Act 2000" in note for note in part["notes"])


MONTHS = "1. How many people were affected by breaches in May 2014 and May 2015?"
MAY = {"by": "month", "first": date(2014, 5, 1), "last": date(2014, 5, 31)}


def test_a_mark_in_a_released_reply_is_not_undone_by_a_table_published_later(register, release, table, publish):
    """3 and 40 stand under marks, with 43 known together: either by itself gives the other away."""
    reference = release(MONTHS)
    with pytest.raises(Undoes, match=f"{reference}: May 2014"):
        publish(table("people-affected", **MAY), "standard,threshold=3")
    with pytest.raises(Undoes, match="May 2014"):
        publish(table("people-affected", by="month", first=date(2015, 5, 1), last=date(2015, 5, 31)))


def test_no_file_of_a_reply_holds_a_number_that_stands_under_a_mark(body, tmp_path):
    """One of five digits, which would give a small one away; the files of a reply that gives it hold it all."""
    text = REGISTER.replace("yes            40", "yes            40177")
    extracts.covered(body, text, tmp_path, since="2011-04-01")
    for name, content in asking.reply(body, MONTHS).files.items():
        assert not re.search("40,?177", unpacked(content)), name
    whole = asking.reply(body, MONTHS.replace("May 2014 and May 2015", "2015/16"))
    assert all(re.search("40,?177", unpacked(content)) for content in whole.files.values())


def unpacked(content):
    """All that a file says, an archive's parts and a PDF's pages among it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if content.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return " ".join(page.extract_text() for page in pdf.pages)
    return content.decode()


def test_what_a_draft_says_that_did_not_leave_is_not_public(register, table, publish):
    asking.reply(register, MONTHS)
    assert publish(table("people-affected", **MAY), "standard,threshold=3")


def test_a_reply_that_would_undo_a_published_mark_is_left_to_a_person(register, table, publish):
    publish(table("people-affected"), "standard,threshold=100,totals=hide")
    answer = asking.answers(asking.reply(register, PEOPLE))["1"]
    assert answer["parts"] == []
    assert "published only as a mark (Annual Report: 2015/16" in answer["open"][0]


def test_a_cleared_reply_is_stopped_where_a_mark_was_published_meanwhile(register, release, table, publish):
    def meanwhile():
        publish(table("people-affected"), "standard,threshold=100,totals=hide")

    with pytest.raises(Undoes, match="Annual Report: 2015/16"):
        release(PEOPLE, meanwhile)
    assert not models.Printed.objects.filter(body=register.pk).exists()


def test_marks_of_a_reply_that_were_undone_meanwhile_do_not_leave(register, release, table, publish):
    def meanwhile():
        publish(table("people-affected", **MAY), "standard,threshold=3")

    with pytest.raises(Undoes, match="May 2014"):
        release(MONTHS, meanwhile)


def test_one_answer_of_a_reply_does_not_give_away_another(register):
    drafted = asking.reply(register, f"{MONTHS}\n2. How many people were affected by breaches in 2015/16?")
    first, second = asking.answers(drafted).values()
    assert first["needs"] == "nothing"
    assert "published only as a mark (this reply: May 2014" in second["open"][0]


def test_what_a_reply_said_is_explained_where_a_later_table_says_otherwise(
    register, release, table, operator, tmp_path
):
    reference = release(COUNTS)
    more = "reference  logged_on  tier\n5  2014-08-01  event"
    extracts.load(register, more, tmp_path, name="more.csv", source="another")
    found = consistency.disagreements(register.pk, table("events"), by=operator, today=AT.date())
    assert [(one.period, one.before.document, one.before.value, one.value) for one in found] == [
        ("2014/15", reference, 0, 1)
    ]


def test_tables_of_replies_are_proved_and_sealed_and_closed_with_the_reply(register, release, officer):
    reference = release(MONTHS)
    row = models.Printed.objects.get(body=register.pk)
    assert (row.document, row.measure, row.rule["threshold"]) == (reference, "people-affected", 5)
    assert [*sealed.faults(register.pk), *proving.faults(register.pk)] == []
    assert verification.verify(register.pk).ok
    decided = models.Decision.objects.get(body=register.pk)
    assert (decided.measure, decided.choice, decided.rule["threshold"]) == ("people-affected", "auto", 5)
    assert decided.steps[-1]["answer"] == "small numbers: 1"
    number = releasing.withdraw(register, reference, reason="a mistake", by=officer, at=AT)
    assert models.Printed.objects.get(body=register.pk).closed == number
    assert [*sealed.faults(register.pk), *proving.faults(register.pk)] == []


@pytest.mark.parametrize("field", ["told", "rule", "document", "closed", "opened"])
def test_an_altered_table_of_a_reply_is_found(register, release, field):
    release(MONTHS)
    guards.take_down()
    row = models.Printed.objects.get(body=register.pk)
    told = {**row.told, "groups": []}
    other = {"told": told, "rule": {**row.rule, "threshold": 9}, "document": "another", "closed": 1, "opened": 1}
    models.Printed.objects.filter(pk=row.pk).update(**{field: other[field]})
    assert next(sealed.faults(register.pk)).what


def test_replies_that_left_before_are_kept_as_published_by_the_migration(register, release):
    release(COUNTS)
    kept = models.Printed.objects.get(body=register.pk)
    guards.take_down()
    kept.delete()
    import_module("candour.foi.migrations.0004_tables_of_replies").fill(apps, None)
    again = models.Printed.objects.get(body=register.pk)
    assert {name: getattr(again, name) for name in FIELDS} == {name: getattr(kept, name) for name in FIELDS}
