"""A register kept elsewhere comes in, once, whole, and can be taken back."""

from datetime import date, timedelta

import pytest

import extracts
from candour.incidents import actions, loading, models, undoing
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.organisation import actions as organisation
from candour.rules.refusals import Conflict, NotAllowed, WrongInput

REGISTER = """
    reference  logged_on   occurred_on  information_lost  resources_assigned  department  category
    2012-1     2012-05-03  2012-05-01   yes               -                   Legal       IV
    2012-2     2012-05-04  2012-05-04   no                yes                 North       -
    2012-3     2012-06-01  2012-05-28   no                no                  North       V
"""


def present(body):
    numbers = dict(models.Incident.objects.filter(body=body.pk).values_list("number", "reference"))
    rows = models.Version.objects.filter(body=body.pk, closed=None).order_by("incident", "held_from")
    return [(numbers[row.incident], row.tier, row.standing) for row in rows]


def test_a_register_comes_in_with_its_tiers(body, tmp_path):
    report = extracts.load(body, REGISTER, tmp_path)
    assert (report.about.read, report.loaded, len(report.held_back)) == (3, 3, 0)
    assert present(body) == [
        ("2012-1", "other-incident", "counted"),
        ("2012-2", "event", "counted"),
        ("2012-3", "near-miss", "counted"),
    ]
    assert ledger.event(body.pk, report.ledger_number).deed == "register.loaded"
    assert verification.verify(body.pk).ok


def test_what_a_register_knew_begins_on_the_day_it_logged_it(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    assert models.Version.objects.order_by("pk")[0].held_from == date(2012, 5, 3)
    assert models.Coding.objects.order_by("pk")[0].held_from == date(2012, 5, 3)


def test_the_same_file_twice_adds_nothing(body, tmp_path):
    first = extracts.load(body, REGISTER, tmp_path)
    head = ledger.head(body.pk)
    again = extracts.load(body, REGISTER, tmp_path)
    assert (again.loaded, again.already_there) == (0, 3)
    assert again.ledger_number == first.ledger_number
    assert ledger.head(body.pk) == head


def test_a_row_without_a_reference_is_known_by_its_cells_and_its_place_among_equals(body, tmp_path):
    text = """
        logged_on   information_lost
        2012-05-03  yes
        2012-05-03  yes
        2012-05-04  yes
    """
    assert extracts.load(body, text, tmp_path).loaded == 3
    assert extracts.load(body, text, tmp_path).already_there == 3
    more = text + "    2012-05-03  yes\n"
    assert extracts.load(body, more, tmp_path).loaded == 1


def test_a_known_reference_with_other_facts_is_held_back_naming_them(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    report = extracts.load(body, REGISTER.replace("North       V", "South       IV"), tmp_path)
    assert [(held.row, held.column) for held in report.held_back] == [(4, "reference")]
    assert "category, department" in report.held_back[0].problem
    assert report.already_there == 2


def test_with_update_it_is_a_change_from_now(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    later = extracts.NOW + timedelta(days=30)
    changed = REGISTER.replace("no                no ", "yes               no ").replace(
        "North       V", "North       IV"
    )
    report = extracts.load(body, changed, tmp_path, update=True, at=later)
    assert (report.updated, report.already_there) == (1, 2)
    rows = models.Version.objects.filter(closed=None, incident=models.Incident.objects.get(reference="2012-3").number)
    assert [(row.held_from, row.tier) for row in rows.order_by("held_from")] == [
        (date(2012, 6, 1), "near-miss"),
        (later.date(), "other-incident"),
    ]
    assert extracts.load(body, changed, tmp_path, at=later).already_there == 3


def test_an_amended_incident_is_still_the_row_its_source_said(body, operator, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    actions.amend(
        body, "2012-1", {"department": "South"}, reason="moved", correction=False, by=operator, at=extracts.NOW
    )
    assert extracts.load(body, REGISTER, tmp_path).already_there == 3


def test_a_reference_of_another_register_is_held_back(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    report = extracts.load(
        body, REGISTER + "    2012-4  2012-06-02  2012-06-02  yes  -  IT  -\n", tmp_path, source="desk"
    )
    assert (report.loaded, report.rows_held_back) == (1, 3)
    assert "from sheet" in report.held_back[0].problem


def test_a_row_like_one_of_another_source_is_proposed_never_linked(body, tmp_path):
    desk = """
        reference  occurred_on  logged_on   information_lost  department  category
        D-1        2012-05-01   2012-05-02  yes               Legal       IV
        D-2        2012-05-28   2012-06-01  no                South       V
        D-3        2012-05-04   2012-05-05  yes               North       -
    """
    alike = REGISTER.replace("category", "incident_type").replace("IV", "Loss")
    extracts.load(body, alike, tmp_path)
    report = extracts.load(
        body, desk.replace("category", "incident_type").replace("IV", "Loss"), tmp_path, source="desk"
    )
    assert [(one["reference"], one["looks_like"]) for one in report.duplicates] == [("D-1", "2012-1")]
    assert report.loaded == 3
    assert {standing for *_, standing in present(body)} == {"counted"}


def test_a_stated_tier_is_kept_and_the_doubt_listed(body, tmp_path):
    text = """
        reference  logged_on   tier        information_lost
        1          2012-05-03  Near miss   yes
        2          2012-05-03  Event       -
    """
    report = extracts.load(body, text, tmp_path)
    assert list(report.doubts) == [{"row": 2, "reference": "1", "stated": "near-miss", "follows": "other-incident"}]
    rows = models.Version.objects.order_by("pk")
    assert [(row.tier, row.tier_basis, row.tier_derived) for row in rows] == [
        ("near-miss", "stated", "other-incident"),
        ("event", "stated", "undetermined"),
    ]


def test_without_a_logged_day_the_first_given_stands_in_and_is_marked(body, tmp_path):
    text = """
        reference  reported_on  occurred_on  information_lost
        1          2012-05-09   2012-05-01   yes
        2          -            2012-05-02   yes
    """
    extracts.load(body, text, tmp_path)
    rows = list(models.Version.objects.order_by("pk"))
    assert [row.logged_on for row in rows] == [date(2012, 5, 9), date(2012, 5, 2)]
    assert "taken from reported_on" in rows[0].precision


def test_a_dry_run_writes_nothing(body, tmp_path):
    head = ledger.head(body.pk)
    report = extracts.load(body, REGISTER, tmp_path, dry_run=True)
    assert report.loaded == 3
    assert report.ledger_number is None
    assert ledger.head(body.pk) == head
    assert not models.Incident.objects.exists()


def test_no_usable_row_is_refused_and_nothing_changes(body, tmp_path):
    head = ledger.head(body.pk)
    with pytest.raises(WrongInput, match="no row"):
        extracts.load(body, "reference  logged_on\n1  31st September 2020\n", tmp_path)
    assert ledger.head(body.pk) == head


def test_names_and_free_text_are_not_in_the_clear_in_the_chain(body, tmp_path):
    text = "reference  logged_on  information_lost  description\n1  2012-05-03  yes  A letter went to Mill Lane\n"
    extracts.load(body, text, tmp_path)
    contents = "".join(ledger.models.Entry.objects.values_list("content", flat=True))
    assert "Mill Lane" not in contents
    assert ledger.models.Words.objects.filter(text__contains="Mill Lane").count() == 1


def test_a_load_is_undone_as_a_whole_and_its_references_may_come_again(body, operator, tmp_path):
    wrong = extracts.load(body, REGISTER.replace("yes               - ", "no                no"), tmp_path)
    before = ledger.head(body.pk).number
    undone = undoing.undo(body, wrong.ledger_number, reason="wrong mapping", by=operator, at=extracts.NOW)
    assert undone.voided == 3
    assert {standing for *_, standing in present(body)} == {"void"}
    again = extracts.load(body, REGISTER, tmp_path)
    assert again.loaded == 3
    assert [tier for _, tier, _ in present(body)] == ["other-incident", "event", "near-miss"]
    assert {standing for *_, standing in present(body)} == {"counted"}
    old = models.Version.objects.all().known(before)
    assert [row.tier for row in old.order_by("incident")] == ["near-miss", "event", "near-miss"]
    assert verification.verify(body.pk).ok


def test_an_undo_keeps_what_somebody_changed_since(body, operator, tmp_path):
    report = extracts.load(body, REGISTER, tmp_path)
    actions.amend(body, "2012-2", {"department": "IT"}, reason="moved", correction=False, by=operator, at=extracts.NOW)
    undone = undoing.undo(body, report.ledger_number, reason="twice", by=operator, at=extracts.NOW)
    assert (undone.voided, undone.kept) == (2, ("2012-2",))
    with pytest.raises(Conflict, match="undone already"):
        undoing.undo(body, report.ledger_number, reason="again", by=operator, at=extracts.NOW)


def test_an_undone_update_takes_back_only_the_update(body, operator, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    changed = REGISTER.replace("North       V", "South       V")
    report = extracts.load(body, changed, tmp_path, update=True)
    undone = undoing.undo(body, report.ledger_number, reason="wrong month", by=operator, at=extracts.NOW)
    assert (undone.voided, undone.taken_back) == (0, 1)
    open_ = models.Version.objects.filter(closed=None, held_until=date(9999, 12, 31)).order_by("incident")
    assert [row.department for row in open_] == ["Legal", "North", "North"]


def test_only_a_load_can_be_undone(body, operator):
    with pytest.raises(WrongInput, match="does not close a load"):
        undoing.undo(body, 1, reason="x", by=operator, at=extracts.NOW)


def test_a_person_without_the_right_loads_nothing(body, operator, tmp_path, monkeypatch):
    auditor = organisation.add_person(
        body, name="Auditor", roles=["auditor"], email="auditor@example.org", by=operator, at=extracts.NOW
    )
    monkeypatch.setattr(extracts.people, "operator", lambda _: auditor)
    with pytest.raises(NotAllowed):
        extracts.load(body, REGISTER, tmp_path)


def test_a_load_that_was_killed_is_completed_by_the_same_call(body, tmp_path, monkeypatch):
    lines = "\n".join(f"{n}  2012-05-03  yes" for n in range(12_000))
    text = f"reference  logged_on  information_lost\n{lines}\n"
    taken = loading._take

    def killed_after_the_first(under_way, batch):
        if under_way.report.loaded:
            raise KeyboardInterrupt
        taken(under_way, batch)

    monkeypatch.setattr(loading, "_take", killed_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        extracts.load(body, text, tmp_path)
    monkeypatch.undo()
    standing = models.Incident.objects.count()
    assert 0 < standing < 12_000
    report = extracts.load(body, text, tmp_path)
    assert (report.loaded, report.already_there) == (12_000 - standing, standing)
    assert models.Incident.objects.count() == 12_000
    assert models.Load.objects.get().ended == report.ledger_number
    assert verification.verify(body.pk).ok
