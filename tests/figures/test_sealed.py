"""Somebody takes the guards down, alters what was published or what it rests on, and puts them back up."""

import json
from datetime import date

import pytest

import extracts
from candour.figures import actions, defining, models, proving, publishing, sealed
from candour.ledger import guards, verification
from candour.organisation.models import PublicFile
from candour.rules import years

REGISTER = """
    reference  logged_on   tier             people_affected
    1          2014-05-03  other-incident   3
    2          2014-06-03  reported-to-ico  40
"""
TABLES = {model.__name__: model for model in (
    models.Coverage, models.Search, models.Statement, models.Break, models.Definition, models.Decision, models.Published
)}  # fmt: skip

ALTERED = (
    ("Coverage", "since", date(2010, 4, 1)),
    ("Coverage", "only", {"department": "North"}),
    ("Coverage", "reason", "another"),
    ("Coverage", "kept_in", "a cellar"),
    ("Search", "until", date(2011, 12, 31)),
    ("Search", "places", "everywhere"),
    ("Statement", "value", 8),
    ("Statement", "document", "Another report"),
    ("Break", "note", "nothing"),
    ("Definition", "tiers", ["events"]),
    ("Definition", "says", "Another thing."),
    ("Definition", "value", "people"),
    ("Decision", "reason", "because"),
    ("Decision", "rule", None),
    ("Decision", "steps", []),
    ("Published", "document", "Another report"),
    ("Published", "published_on", date(2025, 7, 1)),
    ("Published", "as_at", date(2025, 7, 1)),
    ("Published", "record_number", 1),
    ("Published", "title", "Another title"),
    ("Published", "measure", "events"),
    ("Published", "rule", None),
    ("Published", "decision", None),
    ("Published", "closed", 1),
    ("Published", "opened", 2),
    ("Coverage", "opened", 1),
)


@pytest.fixture
def record(body, tmp_path, ask, operator):
    """A body that said something of each kind, replaced some of it, and published a protected table."""
    with_it = {"by": operator, "at": extracts.NOW}
    extracts.load(body, REGISTER, tmp_path)
    extracts.cover(body, "other-incidents", "2012-04-01")
    extracts.cover(body, "other-incidents", "2011-04-01")
    year = years.containing("financial-year", date(2011, 5, 1))
    actions.add_statement(
        body, "other-incidents", period=year, value=7, said_on=date(2015, 7, 1), document="Report", **with_it
    )
    actions.record_search(
        body, "events", since=date(2010, 1, 1), until=date(2010, 12, 31), places="the loft", searcher="Archivist",
        on=date(2020, 1, 1), **with_it,
    )  # fmt: skip
    actions.note_break(body, "other-incidents", day=date(2014, 4, 1), note="a new form", **with_it)
    defining.define(body, "lost-things", title="Lost things", says="What was lost.", **with_it)
    defining.define(body, "lost-things", title="Lost things", says="What was lost for good.", **with_it)
    table = ask("people-affected", "2014-04-01", "2015-03-31", group=("tier",))
    actions.publish(body, table, publishing.Publication("Annual Report", date(2026, 7, 1)), **with_it)
    return body


def found(body):
    return [*sealed.faults(body.pk), *proving.faults(body.pk)]


def altered(row, **changes):
    """Alter a row with the guards down, and put them back up: the chain itself stays whole."""
    guards.take_down()
    type(row).objects.filter(pk=row.pk).update(**changes)
    guards.put_up()


def test_an_honest_record_has_no_fault_and_each_alteration_is_named(record):
    """The chain and the guards see nothing of them."""
    assert found(record) == []
    for table, field, value in ALTERED:
        row = TABLES[table].objects.filter(body=record.pk).latest("opened")
        altered(row, **{field: value})
        assert found(record), f"{table} {field}"
        altered(row, **{field: getattr(row, field)})
    assert verification.verify(record.pk).ok
    assert found(record) == []


def test_each_part_of_the_rule_and_of_the_definition_is_sealed(record):
    row = models.Published.objects.get(body=record.pk)
    altered(row, rule={**row.rule, "threshold": 4})
    assert found(record)[0].what == "the published table is not what its entry said"
    altered(row, rule=row.rule)
    told = json.loads(json.dumps(row.told))
    told["asked"]["measure"]["says"] = "Something else."
    altered(row, told=told)
    assert [fault.number for fault in found(record)] == [row.opened]


def test_a_row_that_was_taken_out_and_one_that_was_put_in_are_named(record):
    for name, model in TABLES.items():
        row = model.objects.filter(body=record.pk).latest("opened")
        number, was = row.opened, row.pk
        guards.take_down()
        row.delete()
        assert number in {fault.number for fault in found(record)}, name
        row.pk, row.opened = was, 1
        row.save(force_insert=True)
        assert 1 in {fault.number for fault in found(record)}, name
        model.objects.filter(pk=was).update(opened=number)
        guards.put_up()
    assert found(record) == []


def test_what_was_replaced_or_withdrawn_does_not_come_back_and_a_link_leads_where_it_did(record, operator):
    old = models.Coverage.objects.filter(body=record.pk).earliest("opened")
    closed = old.closed
    altered(old, closed=None)
    assert "does not end where the record says" in found(record)[0].what
    altered(old, closed=closed)
    row = PublicFile.objects.filter(body=record.pk).latest("pk")
    altered(row, sha256="0" * 64)
    assert "files" in found(record)[0].what
    altered(row, sha256=row.sha256)
    row = models.Published.objects.get(body=record.pk)
    publishing.withdraw(record, row.opened, reason="wrong", by=operator, at=extracts.NOW)
    assert found(record) == []
    altered(row, closed=None)
    assert "does not end" in found(record)[0].what
