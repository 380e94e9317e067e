"""A table leaves the building: frozen, proved for ever, and held against all that was published before."""

import json
from datetime import date

import pytest

import extracts
from candour.figures import actions, consistency, frozen, measures, models, printed, proving, publishing, questions
from candour.incidents import actions as incidents
from candour.ledger import guards, verification
from candour.organisation import actions as organisation
from candour.organisation import exits, files
from candour.rules import years
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from candour.rules.rights import Role

REGISTER = """
    reference  logged_on   tier             category  personal_data  people_affected
    1          2014-05-03  other-incident   IV        yes            3
    2          2014-06-03  other-incident   IV        yes            -
    3          2014-07-03  other-incident   V         no             -
    4          2014-11-20  reported-to-ico  IV        yes            120
    5          2015-02-02  event            -         no             -
"""
WHERE = publishing.Publication("Annual Report 2014/15", date(2026, 7, 1))


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        extracts.cover(body, measure, "2011-04-01")
    return body


@pytest.fixture
def year(register, ask):
    """The table of a measure for 2014/15 as it stands now."""
    return lambda measure="other-incidents", **more: ask(measure, "2014-04-01", "2015-03-31", **more)


@pytest.fixture
def published(register, year, operator):
    """The other incidents of 2014/15, published: three of them."""
    left = actions.publish(register, year(), WHERE, by=operator, at=extracts.NOW)
    return left.link, models.Published.objects.get(body=register.pk)


def retier(body, reference, tier, by):
    incidents.amend(
        body, reference, {"tier": tier}, reason="looked at again", correction=True, by=by, at=extracts.NOW
    )  # fmt: skip


def test_a_table_leaves_with_its_files_and_both_coordinates(published):
    link, row = published
    assert [paper.name for paper in exits.public(link)] == [
        "other-incidents-2014-15.pdf",
        "other-incidents-2014-15.csv",
    ]
    assert (row.measure, row.document, row.record_number) == (
        "other-incidents",
        "Annual Report 2014/15",
        row.opened - 2,
    )
    assert row.told["groups"][0]["cells"][0]["value"] == 3
    assert json.loads(files.read(row.files["table.json"])) == row.told


def test_what_was_published_comes_out_again_whatever_changes_later(published, register, year, operator):
    retier(register, "3", "event", operator)
    assert year().groups[0].cells[0].value == 2
    assert list(proving.faults(register.pk)) == []
    assert verification.verify(register.pk).ok


def test_verify_finds_a_file_that_was_changed_and_a_table_that_was(published, register, settings, tmp_path):
    _, row = published
    path = files._path(row.files["other-incidents-2014-15.pdf"])
    was = path.read_bytes()
    path.write_bytes(b"%PDF-1.7 another")
    assert "changed on the disk" in next(proving.faults(register.pk)).what
    path.write_bytes(was)
    guards.take_down()
    rows = models.Published.objects.filter(body=register.pk)
    kept = row.files
    rows.update(files={**kept, "other-incidents-2014-15.pdf": kept["table.json"]})
    assert "not those its entry sealed" in next(proving.faults(register.pk)).what
    told = json.loads(json.dumps(row.told))
    told["groups"][0]["cells"][0]["value"] = 2
    rows.update(files=kept, told=told)
    assert "is not what its entry sealed" in next(proving.faults(register.pk)).what
    rows.update(told=row.told)
    guards.put_up()
    assert list(proving.faults(register.pk)) == []


def test_a_table_that_says_otherwise_has_to_be_explained_incident_by_incident(published, register, year, operator):
    retier(register, "3", "event", operator)
    found = consistency.disagreements(register.pk, year(), by=operator, today=extracts.NOW.date())
    assert [(one.period, one.before.value, one.value) for one in found] == [("2014/15", 3, 2)]
    assert [line.split(":")[0] for line in found[0].why] == ["1 incident", "3"]
    with pytest.raises(Conflict, match="explain it: 2014/15: 2 now, 3 in Annual Report 2014/15"):
        actions.publish(register, year(), WHERE, by=operator, at=extracts.NOW)
    again = publishing.Publication("Letter 1", date(2026, 7, 2), "One was found to be an event.")
    assert actions.publish(register, year(), again, by=operator, at=extracts.NOW)


def test_a_table_by_tier_is_held_against_the_total_that_was_published(register, year, operator):
    total = year("all-incidents")
    actions.publish(register, total, WHERE, by=operator, at=extracts.NOW)
    by_tier = year("all-incidents", group=("tier",))
    assert consistency.disagreements(register.pk, by_tier, by=operator, today=extracts.NOW.date()) == []


def test_a_statement_from_before_the_register_that_differs_is_shown(register, year, operator):
    actions.add_statement(
        register, "other-incidents", period=year().question.periods[0], value=7, said_on=date(2015, 7, 1),
        document="Annual Report", by=operator, at=extracts.NOW,
    )  # fmt: skip
    (found,) = consistency.disagreements(register.pk, year(), by=operator, today=extracts.NOW.date())
    assert (found.before.value, found.value) == (7, 3)
    assert "only quoted" in found.why[0]


def test_what_is_withdrawn_dies_with_its_link_and_stays_on_record(
    published, register, operator, django_capture_on_commit_callbacks
):
    link, row = published
    with django_capture_on_commit_callbacks(execute=True):
        publishing.withdraw(register, row.opened, reason="wrong year", by=operator, at=extracts.NOW)
    with pytest.raises(NotThere):
        exits.public(link)
    with pytest.raises(NotThere):
        files.read(row.files["other-incidents-2014-15.pdf"])
    assert list(proving.faults(register.pk)) == []
    with pytest.raises(NotThere):
        publishing.withdraw(register, row.opened, reason="again", by=operator, at=extracts.NOW)


def test_who_may_not_publish_does_not_and_a_document_has_a_name_and_a_day(register, year, operator):
    somebody = organisation.add_person(
        register, name="Handler", roles=[Role.HANDLER], email="", by=operator, at=extracts.NOW
    )
    with pytest.raises(NotAllowed):
        actions.publish(register, year(), WHERE, by=somebody, at=extracts.NOW)
    with pytest.raises(WrongInput, match="name the document"):
        actions.publish(register, year(), publishing.Publication(" ", date(2026, 7, 1)), by=operator, at=extracts.NOW)
    with pytest.raises(WrongInput, match="still to come"):
        actions.publish(register, year(), publishing.Publication("X", date(2027, 7, 1)), by=operator, at=extracts.NOW)


@pytest.mark.parametrize("measure", measures.STANDARD, ids=lambda one: one.slug)
def test_a_question_comes_out_of_what_was_kept_of_it_with_its_own_definition(measure):
    periods = years.periods("quarter", date(2014, 4, 9), date(2015, 3, 31))
    question = questions.question(measure, periods, group=("tier",), where={"department": "North"})
    assert frozen.asked_again(json.loads(json.dumps(frozen.asked(question)))) == question


def people(year):
    return year("people-affected", group=("tier",))


def test_counts_of_people_leave_protected_and_come_out_again_as_they_left(register, year, operator):
    actions.publish(register, people(year), WHERE, by=operator, at=extracts.NOW)
    row = models.Published.objects.get(body=register.pk)
    statuses = {cell["status"] for group in row.told["groups"] for cell in group["cells"]}
    assert "suppressed" in statuses
    assert row.rule["scope"] == "people"
    assert b",3," not in files.read(row.files["people-affected-2014-15.csv"])
    assert list(proving.faults(register.pk)) == []
    assert models.Decision.objects.get(body=register.pk).reason == printed.BY_PROCEDURE


@pytest.mark.parametrize("protect", ["standard", "round-5", "nhs-digital", "bands"])
def test_what_was_rounded_is_counted_and_rounded_again_and_what_was_hidden_stays_hidden(
    register, year, operator, protect
):
    actions.publish(register, people(year), WHERE, protect, by=operator, at=extracts.NOW)
    row = models.Published.objects.get(body=register.pk)
    assert frozen.again(row) == frozen.written(row.told)
    cells = [cell for group in row.told["groups"] for cell in group["cells"] if cell["value"]]
    for cell in cells:
        cell["value"] += 5
    assert (frozen.again(row) == frozen.written(row.told)) is (not cells)


def test_to_leave_small_numbers_of_people_bare_takes_a_reason_that_is_kept(register, year, operator):
    with pytest.raises(WrongInput, match="could lead to people"):
        actions.publish(register, people(year), WHERE, "none", by=operator, at=extracts.NOW)
    said = publishing.Publication("Report", date(2026, 7, 1), reason="It was in the newspapers.")
    actions.publish(register, people(year), said, "none", by=operator, at=extracts.NOW)
    assert models.Decision.objects.get(body=register.pk).reason == "It was in the newspapers."
