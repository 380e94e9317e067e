"""The record only grows, and says so when it did not."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from candour.ledger import actions, guards, models, queries, seal, verification
from candour.rules.refusals import Conflict, WrongInput

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BY = seal.Actor(1, "operator")


def refused(sql):
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_entries_follow_each_other_and_the_record_is_whole(chain):
    verdict = verification.verify(chain)
    assert verdict.ok
    assert verdict.entries == verdict.head.number == 5
    assert verdict.head.digest == models.Entry.objects.get(body=7, number=5).digest


def test_an_entry_is_never_altered_or_deleted(chain):
    refused("update ledger_entry set deed = 'x' where number = 2")
    refused("delete from ledger_entry where number = 5")


def test_an_entry_is_never_put_between_or_behind_a_gap(chain):
    columns = "body, number, at, person, role, deed, subject, content, previous, digest"
    refused(f"insert into ledger_entry ({columns}) select {columns} from ledger_entry where number = 5")
    gap = columns.replace("number", "9")
    refused(f"insert into ledger_entry ({columns}) select {gap} from ledger_entry where number = 5")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has INSERT OR REPLACE")
def test_insert_or_replace_does_not_pass_the_guards(chain):
    names = "id, body, number, at, person, role, deed, subject, content, previous, digest"
    refused(f"insert or replace into ledger_entry ({names}) select {names} from ledger_entry where number = 5")
    changed = names.replace("number", "6")
    refused(f"insert or replace into ledger_entry ({names}) select {changed} from ledger_entry where number = 5")
    refused("insert or replace into ledger_words select * from ledger_words")
    assert verification.verify(chain).ok


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_truncate_is_refused(chain):
    refused("truncate ledger_entry")
    refused("truncate ledger_words")


def test_words_are_only_ever_erased(chain):
    refused("update ledger_words set text = 'other' where number = 3")
    refused("delete from ledger_words where number = 3")
    models.Words.objects.filter(number=3).update(text=None, salt=None, erased_at=AT)
    assert verification.verify(chain).ok
    refused("update ledger_words set erased_at = null where number = 3")


BREAKS = {
    "changed": ("update ledger_entry set subject = 'x' where number = 2", 2, "changed"),
    "content changed": ("update ledger_entry set content = '{\"facts\":{}}' where number = 4", 4, "changed"),
    "removed": ("delete from ledger_entry where number = 2", 2, "missing"),
    "words changed": ("update ledger_words set text = 'other'", 3, "reason were changed"),
    "words removed": ("delete from ledger_words", 3, "missing"),
    "words without an entry": (
        "insert into ledger_words (body, number, field, salt, text) values (7, 5, 'reason', 's', 't')",
        5,
        "missing or were added",
    ),
}


@pytest.mark.parametrize("how", BREAKS)
def test_verify_finds_the_first_fault(chain, unguarded, how):
    sql, number, says = BREAKS[how]
    unguarded.execute(sql)
    guards.put_up()
    fault = verification.verify(chain).fault
    assert fault.number == number
    assert says in fault.what


def test_verify_finds_an_entry_that_was_replaced_with_its_own_seal(chain, unguarded):
    row = models.Entry.objects.get(number=3)
    row.deed = "incident.voided"
    row.digest = seal.seal(
        row.previous, 7, 3, seal.moment(row.at), seal.Actor(row.person, row.role), row.deed, row.subject, row.content
    )
    row.save()
    guards.put_up()
    assert verification.verify(chain).fault == verification.Fault(4, "the entry does not follow the one before it")


def test_verify_finds_entries_that_changed_places(chain, unguarded):
    for old, new in ((2, 100), (3, 2), (100, 3)):
        unguarded.execute("update ledger_entry set number = %s where number = %s", [new, old])
    guards.put_up()
    assert verification.verify(chain).fault.number == 2


def test_a_cut_off_end_shows_only_against_a_checkpoint(chain, unguarded):
    head = queries.head(chain)
    unguarded.execute("delete from ledger_entry where number = 5")
    guards.put_up()
    assert verification.verify(chain).ok
    fault = verification.verify(chain, expect=(head.number, head.digest)).fault
    assert fault.number == 5
    assert "cut off" in fault.what


def test_a_checkpoint_of_another_chain_is_a_fault(chain):
    assert verification.verify(chain, expect=(5, "0" * 64)).fault.number == 5


def test_verify_finds_a_guard_that_is_gone(chain):
    guard = guards.guards(connection.vendor)[0]
    table = f" on {guard.table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"drop trigger {guard.name}{table}")
    assert guard.name in verification.verify(chain).fault.what
    guards.put_up()
    assert verification.verify(chain).ok


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite cannot disable a trigger")
def test_verify_finds_a_guard_that_is_disabled(chain):
    with connection.cursor() as cursor:
        cursor.execute("alter table ledger_entry disable trigger entry_unaltered")
    assert "entry_unaltered" in verification.verify(chain).fault.what


def test_a_clock_set_back_refuses_the_deed(chain):
    with pytest.raises(Conflict, match="the clock is wrong"), transaction.atomic():
        actions.append(7, "x", subject="", facts={}, by=BY, at=AT - timedelta(seconds=61))


def test_a_clock_a_little_behind_takes_the_last_moment(chain):
    with transaction.atomic():
        actions.append(7, "x", subject="", facts={}, by=BY, at=AT - timedelta(seconds=59))
    assert models.Entry.objects.get(number=6).at == AT
    assert verification.verify(chain).ok


def test_each_body_has_a_chain_of_its_own(chain):
    with transaction.atomic():
        actions.append(8, "x", subject="", facts={}, by=BY, at=AT)
    assert queries.head(8).number == 1
    assert queries.head(7).number == 5


def test_a_deed_outside_a_transaction_is_a_fault_of_ours():
    with pytest.raises(RuntimeError):
        actions.append(7, "x", subject="", facts={}, by=BY, at=AT)


def test_what_the_record_knew_at_the_end_of_a_london_day(chain):
    summer = datetime(2027, 6, 1, 22, 59, tzinfo=UTC)
    with transaction.atomic():
        actions.append(7, "x", subject="", facts={}, by=BY, at=summer)
        actions.append(7, "x", subject="", facts={}, by=BY, at=summer + timedelta(minutes=1))
    assert queries.number_at_end_of(7, summer.date()) == 6
    assert queries.number_at_end_of(7, AT.date()) == 5
    assert queries.number_at_end_of(7, AT.date() - timedelta(days=1)) == 0


def test_a_number_beyond_the_head_and_a_day_to_come_are_refused(chain):
    today = AT.date()
    with pytest.raises(WrongInput, match="ends at 5"):
        queries.coordinates(7, today, 6, today=today)
    with pytest.raises(WrongInput, match="still to come"):
        queries.coordinates(7, today + timedelta(days=1), None, today=today)


@given(st.dictionaries(st.text(), st.one_of(st.none(), st.integers(), st.text())))
def test_the_same_facts_are_sealed_the_same_whatever_their_order(facts):
    turned = dict(reversed(facts.items()))
    assert seal.canonical(seal.plain(facts)) == seal.canonical(seal.plain(turned))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(PLAIN)
def test_what_is_sealed_is_what_any_writer_of_json_writes_with_sorted_keys_and_no_spaces(said):
    assert seal.canonical(said) == json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_a_float_is_refused():
    with pytest.raises(TypeError):
        seal.plain({"share": 0.5})
