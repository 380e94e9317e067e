"""Rows may go to the database behind our back, as long as nobody notices."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from candour.ledger import background, chain, models, rows, seal, verification

BY = seal.Actor(1, "operator")
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BODY = 7

pytestmark = pytest.mark.django_db


def enter(*subjects):
    with chain.extend(BODY, by=BY, at=AT) as end:
        for subject in subjects:
            end.enter("incident.recorded", subject, {"about": subject})


@transaction.atomic
def in_one(deed, subject, then):
    with background.writing():
        deed(subject)
        then()


def test_whoever_asks_meanwhile_finds_all_that_was_written():
    with transaction.atomic(), background.writing():
        enter(*(f"2026-{number}" for number in range(1, 2001)))
        assert models.Entry.objects.filter(body=BODY).count() == 2000
        enter("2026-2001")
    assert verification.verify(BODY).entries == 2001


def test_what_the_database_refuses_is_raised_and_nothing_of_it_stands():
    enter("2026-1")
    first = models.Entry.objects.filter(body=BODY).values_list(*chain.ENTRY).get()
    with pytest.raises(DatabaseError):
        in_one(enter, "2026-2", then=lambda: rows.insert(models.Entry, chain.ENTRY, [first]))
    assert verification.verify(BODY).entries == 1


def test_an_error_of_our_own_takes_back_what_was_written_behind():
    with pytest.raises(ZeroDivisionError):
        in_one(enter, "2026-1", then=lambda: 1 / 0)
    assert not models.Entry.objects.filter(body=BODY).exists()
    enter("2026-1")
    assert verification.verify(BODY).ok


def test_only_postgresql_has_a_thread_for_it_and_only_inside_the_block():
    where = []
    with transaction.atomic(), background.writing():
        background.write(lambda: where.append(threading.current_thread()))
    background.write(lambda: where.append(threading.current_thread()))
    behind_us, here = where
    assert here is threading.current_thread()
    assert (behind_us is here) == (connection.vendor == "sqlite")
