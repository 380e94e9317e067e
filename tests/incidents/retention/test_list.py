"""The list outside the database tells an older copy of it what to erase again."""

import pytest
from django.db import connection, transaction

import extracts
from candour.incidents import disposals, replay
from candour.incidents.actions import disposing
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.organisation import people
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from retained import NAME, TODAY, dispose, on_the_list, texts


def test_the_list_outside_holds_numbers_and_digests_only(register, manager, second):
    dispose(register, manager, second)
    lines = disposals.read(disposals.path())
    assert len(lines) == 3
    assert {line.disposal for line in lines} == {ledger.head(register.pk).digest}
    text = disposals.path().read_text()
    assert "2012-1" not in text
    assert NAME not in text
    assert disposals.path().stat().st_mode & 0o077 == 0
    disposing.finish()
    assert disposals.path().read_text() == text
    assert disposals.outstanding(lines) == []


def test_an_older_copy_is_told_by_the_list_what_to_erase_again(register, manager, second):
    with transaction.atomic():
        dispose(register, manager, second)
        transaction.set_rollback(True)
    lines = disposals.read(disposals.path())
    assert disposals.outstanding(lines) == lines
    disposing.repeat(lines, at=extracts.NOW)
    assert disposals.outstanding(lines) == []
    assert not any(f"{NAME} lost it" in text for text in texts(register))
    assert ledger.event(register.pk, ledger.head(register.pk).number).deed == "disposal.repeated"
    assert verification.verify(register.pk).ok
    assert replay.compare(register.pk) is None
    assert on_the_list(register, manager) == []
    assert disposing.repeat(lines, at=extracts.NOW) == frozenset()


def test_a_record_that_went_on_differently_loses_nothing_of_its_own(register, manager, second):
    dispose(register, manager, second)
    (line, *_) = disposals.read(disposals.path())
    other = disposals.Line(line.body, line.entry, "0" * 64, "1" * 64)
    elsewhere = disposals.Line("another-body", line.entry, line.digest, "1" * 64)
    assert disposals.outstanding([other, elsewhere]) == []
    again = disposals.Line(line.body, line.entry, line.digest, "1" * 64)
    assert disposals.outstanding([again]) == [again]


def test_a_line_that_was_cut_off_is_written_again_and_a_strange_one_is_refused(register, manager, second):
    dispose(register, manager, second)
    whole = disposals.path().read_bytes()
    disposals.path().write_bytes(whole[:-20])
    assert len(disposals.read(disposals.path())) == 2
    disposing.finish()
    assert disposals.path().read_bytes() == whole
    disposals.path().write_bytes(b"{}\n" + whole)
    with pytest.raises(WrongInput, match="line 1"):
        disposals.read(disposals.path())


def test_the_operator_repeats_and_never_approves(body, operator):
    assert people.may(operator, Deed.REPEAT_DISPOSAL, TODAY)
    assert not people.may(operator, Deed.DISPOSE, TODAY)
    assert connection.vendor in {"sqlite", "postgresql"}
