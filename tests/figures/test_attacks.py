"""A clever journalist with a script: tables published one after the other, added up and taken away from each other."""

from datetime import date

import pytest

import attacker
import extracts
from candour.figures import actions, merges, merging, models, protecting, publishing, safe
from candour.figures.undoing import Undoes
from candour.ledger import queries as ledger
from candour.rules.disclosure_control import choice, rule
from candour.rules.disclosure_control.protecting import CannotBeMet
from candour.rules.refusals import Refusal

COUNTS = {
    ("North", "2011"): 12,
    ("North", "2012"): 9,
    ("South", "2011"): 4,
    ("South", "2012"): 20,
    ("Legal", "2011"): 8,
    ("Legal", "2012"): 11,
}
STANDARD = rule.preset("standard")
WHERE = publishing.Publication("Annual Report", date(2026, 7, 1), "counted anew", "asked for")
FIRST, LAST = "2011-04-01", "2013-03-31"


@pytest.fixture
def departments(body, tmp_path):
    """Other incidents of three departments, and one event of each; South had four in 2011/12, a month apart."""
    lines = ["reference  logged_on  tier  department  cause"]
    for (name, year), count in COUNTS.items():
        for at in range(count):
            day = f"{year}-{5 + at % 4:02}-0{1 + at // 4}"
            lines.append(f"{name}-{year}-{at}  {day}  other-incident  {name}  {'theft' if at % 2 else 'loss'}")
    extracts.load(body, "\n".join(lines), tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        extracts.cover(body, measure, "2011-04-01")
    return body


@pytest.fixture
def years(departments, ask):
    return lambda measure="other-incidents", **more: ask(measure, FIRST, LAST, **{"group": ["department"], **more})


@pytest.fixture
def publish(departments, operator):
    """Publish a table, protected as chosen."""

    def published(table, protect="standard"):
        actions.publish(departments, table, WHERE, protect, by=operator, at=extracts.NOW)
        return models.Published.objects.filter(body=departments.pk).latest("opened")

    return published


@pytest.fixture
def draft(body):
    """A table as it would leave now, held against all that was published."""
    return lambda table, protect="standard": safe.draft(
        body, table, choice.read(protect), number=ledger.head(body.pk).number
    )


def hidden(table):
    """The names of cells that stand under a mark, such as ("South", "2011/12")."""
    return {
        (group.name, period.label)
        for group in table.groups
        for period, cell in zip(table.question.periods, group.cells, strict=True)
        if cell.status == "suppressed"
    }


def test_a_higher_threshold_of_before_is_not_undone_by_a_lower_one_now(years, publish, draft):
    publish(years(), "standard,threshold=10")
    with pytest.raises(Undoes, match=r"Annual Report: Legal, 2011/12; North, 2012/13"):
        draft(years())
    assert draft(years(), "standard,threshold=10").safe


def test_to_undo_what_was_hidden_on_purpose_takes_no_control_and_a_reason(departments, years, publish, draft, operator):
    publish(years())
    assert [one.document for one in draft(years(), "none").undoes] == ["Annual Report"]
    bare = publishing.Publication("Report", date(2026, 7, 2))
    with pytest.raises(Refusal, match="reason"):
        actions.publish(departments, years(), bare, "none", by=operator, at=extracts.NOW)


def test_months_with_marks_do_not_make_up_a_hidden_year(years, publish, draft):
    """Four months that are never zero make up at least four, and the year was a number from 1 to 4."""
    publish(years(where={"department": "South"}, group=[]), "standard,totals=hide")
    with pytest.raises((Undoes, CannotBeMet)):
        draft(years(where={"department": "South"}, group=[], by="month"), "standard,totals=hide")


def test_a_year_does_not_make_up_hidden_months(years, publish, draft):
    publish(years(where={"department": "South"}, group=[], by="month"), "standard,totals=hide")
    with pytest.raises((Undoes, CannotBeMet)):
        draft(years(where={"department": "South"}, group=[]), "standard,totals=hide")


@pytest.mark.parametrize(
    ("measure", "more"),
    [
        ("all-incidents", {"where": {"tier": "other-incident"}}),
        ("all-incidents", {"group": ["department", "tier"]}),
        ("other-incidents", {"by": "calendar-year"}),
    ],
)
def test_another_measure_that_counts_the_same_is_held_against_it(years, publish, draft, measure, more):
    """Hidden by the choice of another rule, so that other cells are hidden besides."""
    publish(years(), "standard")
    with pytest.raises(Undoes):
        draft(years(measure, **more), "standard,threshold=3")


def test_what_was_published_of_all_incidents_is_known_of_other_incidents(years, publish, draft):
    publish(years("all-incidents", where={"tier": "other-incident"}))
    found = draft(years())
    assert found.table.control.earlier == ("Annual Report",)


def test_a_total_and_the_rest_by_filters_do_not_leave_a_department(years, publish, draft):
    """23 in all; North 12 and Legal 8 by themselves; South was published as a mark."""
    publish(years(where={"department": "South"}, group=[]), "standard,totals=hide")
    publish(years(group=[]), "none")
    publish(years(where={"department": "North"}, group=[]), "none")
    with pytest.raises(Undoes, match="Annual Report: 2011/12"):
        draft(years(where={"department": "Legal"}, group=[]), "standard")


def test_the_rest_that_was_published_is_known_when_a_department_is_asked_for(years, publish, draft):
    for name in ("North", "Legal"):
        publish(years(where={"department": name}, group=[]), "none")
    publish(years(group=[]), "none")
    with pytest.raises((CannotBeMet, Undoes)):
        draft(years(where={"department": "South"}, group=[]), "standard,totals=hide,strict=yes")


def test_a_merged_row_and_a_part_of_it_do_not_leave_the_other_part(years, publish, draft):
    merged = merging.merged(years(), [merges.read("department=North|South")])
    publish(merged)
    found = draft(years())
    assert ("South", "2011/12") in hidden(found.table)
    assert all(one.possible >= 3 for one in found.safe.done.ranges.values())


def test_a_median_between_two_small_numbers_does_not_leave(body, tmp_path, ask, draft):
    register = "reference  logged_on  tier  people_affected\n" + "\n".join(
        f"{people}  2011-05-0{people}  other-incident  {people}" for people in (2, 3)
    )
    extracts.load(body, register, tmp_path)
    extracts.cover(body, "other-incidents", "2011-04-01")
    with pytest.raises(Refusal, match="median may be the number of one person"):
        draft(ask("people-affected-median", FIRST, "2012-03-31", group=["tier"]), "auto")


CHOICES = ("standard,totals=hide", "standard,threshold=10,totals=hide", "nhs-digital", "bands", "round-5", "round-10")


def test_every_cut_that_may_leave_beside_a_table_leaves_its_marks_open(years, publish, draft):
    """The attacker adds up all that is printed of both tables; what would tell is refused, and some do not tell."""
    first = years()
    row = publish(first)
    left = [made for made in (_left(draft, years(group=["department", "cause"]), said) for said in CHOICES) if made]
    assert 0 < len(left) < len(CHOICES)
    small = (("South",), first.question.periods[0].start, first.question.periods[0].end)
    for made in left:
        assert len(_possible(first, row, made, small)) >= 3


def _left(draft, table, said):
    try:
        return draft(table, said)
    except (Undoes, CannotBeMet):
        return None


def _possible(first, row, made, target):
    """What `target` can be: cells of the second table are the parts, those of the first are their sums."""
    by, small = made.choice.rule, STANDARD.hiding[0]
    true = {cell: int(value) for cell, value in protecting.counted(made.before).items()}
    shown = {}
    for cell, value in true.items():
        known = by.hidden(value) if cell in made.safe.done.hidden else by.shown(value)
        shown[cell] = (known.least, 60 if known.most is None else known.most)
    marks = {
        (group["key"]["department"], cell["start"]): cell for group in row.told["groups"] for cell in group["cells"]
    }
    sums = []
    for whole, value in protecting.counted(first).items():
        parts = {cell: 1 for cell in true if (cell[0][0], *cell[1:]) == (whole[0][0], *whole[1:])}
        mark = marks[whole[0][0], whole[1].isoformat()]["status"] == "suppressed"
        shown[whole] = value if not mark else small if value <= small[1] else (1, 60)
        sums.append(({**parts, whole: -1}, 0, 0))
    for period in first.question.periods:
        column = {cell: 1 for cell in protecting.counted(first) if cell[1] == period.start}
        total = sum(protecting.counted(first)[cell] for cell in column)
        sums.append((column, total, total))
    return attacker.possible(shown, sums, target, range(1, 5))
