"""Words, names and salts go; every figure stays, and the record is whole."""

import json
from datetime import date

import extracts
from candour.figures import measures, questions, tables
from candour.incidents import actions, erasing, queries, replay
from candour.ledger import models as ledger_models
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.rules import years
from candour.rules.rights import Deed
from retained import NAME, REGISTER, TODAY, dispose, on_the_list, texts


def every_table(body, head):
    """Every standard table at every ledger number, and as at several days: the same bytes as ever."""
    periods = years.periods("calendar-year", date(2011, 1, 1), date(2026, 12, 31))
    return {
        (measure.slug, number, day): tables.table(
            body.pk, questions.question(measure.slug, periods), AsAt(day, number)
        ).as_json()
        for measure in measures.STANDARD
        for number in range(head + 1)
        for day in (date(2020, 12, 31), TODAY)
    }


def test_every_figure_is_as_before_at_every_coordinate_and_the_record_is_whole(register, manager, second):
    head = ledger.head(register.pk)
    before = every_table(register, head.number)
    number = dispose(register, manager, second)
    assert every_table(register, head.number) == before
    verdict = verification.verify(register.pk, (head.number, head.digest))
    assert verdict.ok, verdict.fault
    assert replay.compare(register.pk) is None
    assert number == ledger.head(register.pk).number


def test_words_and_salts_go_and_one_entry_says_so_in_numbers(register, manager, second):
    number = dispose(register, manager, second)
    gone = ledger_models.Words.objects.exclude(erased_at=None)
    assert {(row.text, row.salt) for row in gone} == {(None, None)}
    assert sorted(text for text in texts(register) if NAME in text) == [f"{NAME} again", f"{NAME} of late"]
    entry = ledger_models.Entry.objects.get(body=register.pk, number=number)
    said = json.loads(entry.content)
    assert set(said) == {"facts"}
    assert said["facts"]["texts"] == 3
    assert on_the_list(register, manager) == []


def test_a_page_of_what_was_disposed_of_says_so_and_names_nobody(register, operator, manager, second):
    actions.amend(
        register, "2012-1", {"department": "North"}, reason=f"{NAME} said so", correction=False, by=operator,
        at=extracts.NOW,
    )  # fmt: skip
    number = dispose(register, manager, second)
    at = AsAt(TODAY, number)
    shown = queries.incident(register, "2012-1", at, by=operator, today=TODAY)
    last, *earlier = shown.history
    assert "erased under the retention schedule" in last.words
    assert last.who.startswith("Second records manager")
    assert [one.who for one in earlier] == ["somebody (Operator)"] * 2
    assert NAME not in str(shown)
    assert shown.description == "(erased)"


def test_what_is_done_with_an_incident_after_its_disposal_is_due_again(register, operator, manager, second):
    dispose(register, manager, second)
    actions.amend(
        register, "2012-1", {"department": "North"}, reason=f"{NAME} wrote", correction=True, by=operator,
        at=extracts.NOW,
    )  # fmt: skip
    assert on_the_list(register, manager) == ["2012-1"]
    dispose(register, manager, second)
    assert on_the_list(register, manager) == []
    assert not any(f"{NAME} wrote" in text for text in texts(register))


def test_a_register_loaded_again_brings_nothing_back(register, manager, second, tmp_path):
    dispose(register, manager, second)
    again = extracts.load(register, REGISTER, tmp_path)
    assert (again.loaded, again.already_there) == (0, 5)
    assert not any(f"{NAME} lost it" in text for text in texts(register))


def test_every_deed_is_known_to_speak_of_an_incident_or_not():
    others = {
        "body", "person", "role", "organisation", "register", "coverage", "search", "statement", "break", "request",
        "reply", "disposal", "work", "chain", "clearance", "disclosure", "enclosure", "figures", "files", "measure",
        "release", "sign-in", "token", "annual-report",
    }  # fmt: skip
    about = {beginning.removesuffix(".") for beginning in erasing.ABOUT_INCIDENTS}
    assert {deed.partition(".")[0] for deed in Deed if "." in deed} == others | about
