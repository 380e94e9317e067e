"""Nothing of what was erased stays in the database's own files, and nobody is told so before it is true."""

from contextlib import contextmanager

import pytest
from django.db import connection

from candour.ledger import erasing


@contextmanager
def somebody_looks(at):
    """Another connection, in the middle of a transaction that saw a table as it was."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("begin isolation level repeatable read")
            cursor.execute(f"select count(*) from {at}")
            yield
    finally:
        other.close()


@pytest.fixture
def outside(django_db_setup, django_db_blocker, monkeypatch):
    """The database outside of any transaction, and little patience; the test writes nothing."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            pytest.skip("the tests' own SQLite lies in memory; tests/cli/test_disposal.py looks into a file")
        monkeypatch.setattr(erasing, "PATIENCE", 0.3)
        yield


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("looked_at", ["ledger_words", "ledger_entry"])
def test_while_somebody_still_sees_what_was_nothing_is_called_clean(looked_at):
    with somebody_looks(looked_at):
        with connection.cursor() as cursor:
            cursor.execute("select pg_current_xact_id()")  # something is written meanwhile
        assert not erasing.clean(["ledger_words"])
    # other tests may be in the middle of a transaction in the same server
    assert any(erasing.clean(["ledger_words"]) for _ in range(500))


@pytest.mark.usefixtures("outside")
def test_a_table_that_somebody_holds_is_not_waited_for_for_ever():
    with somebody_looks("ledger_words"):
        assert not erasing.clean(["ledger_words"])


@pytest.mark.django_db
def test_inside_a_transaction_nothing_can_be_cleaned():
    assert not erasing.clean(["ledger_words"])
