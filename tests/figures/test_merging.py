"""Rows and periods merged before small numbers are protected: what adds up, what cannot be merged, what it guards."""

from datetime import date

import pytest

import extracts
from candour.figures import (
    actions,
    earlier,
    frozen,
    merges,
    merging,
    models,
    protecting,
    proving,
    public,
    publishing,
    rendering,
    safe,
)
from candour.ledger import queries as ledger
from candour.organisation import actions as organisation
from candour.organisation.kinds_of_work import Department
from candour.rules.disclosure_control import choice, rule
from candour.rules.refusals import WrongInput

STANDARD = rule.preset("standard")
COUNTS = {
    ("North", 2011): 12, ("North", 2012): 9, ("North", 2013): 10,
    ("South", 2011): 3, ("South", 2012): 6, ("South", 2013): 8,
    ("Legal", 2011): 8, ("Legal", 2012): 11, ("Legal", 2013): 7,
    ("-", 2012): 5,
}  # fmt: skip


@pytest.fixture
def departments(body, tmp_path):
    return extracts.counted(body, COUNTS, tmp_path)


@pytest.fixture
def table(departments, ask):
    return lambda group=("department",), measure="other-incidents", **more: ask(
        measure, "2011-04-01", "2014-03-31", group=list(group), **more
    )


def merged(table, *texts):
    return merging.merged(table, [merges.read(text) for text in texts])


def cells(table):
    return {group.name: [cell.value for cell in group.cells] for group in table.groups}


def test_rows_become_one_that_adds_them_up_and_bears_their_names(table):
    found = merged(table(), "department=South|North")
    assert cells(found) == {"Legal": [8, 11, 7], "South + North": [15, 15, 18], "not stated": [0, 5, 0]}
    assert ("Merged", "department: South + North") in rendering.about(found)
    assert found.as_json()["merged"] == ["department=South|North"]
    assert cells(merged(table(), "department=Legal|not stated"))["Legal + not stated"] == [8, 16, 7]


def test_periods_that_follow_each_other_become_one(table):
    found = merged(table(), "periods=2011/12|2012/13")
    assert [period.label for period in found.question.periods] == ["2011/12 + 2012/13", "2013/14"]
    assert cells(found)["South"] == [9, 8]
    one = found.question.periods[0]
    assert (one.start, one.end) == (date(2011, 4, 1), date(2013, 3, 31))


def test_a_merge_may_build_upon_another(table):
    found = merged(table(), "department=North|South", "department=North + South|Legal", "periods=2012/13|2013/14")
    assert cells(found) == {"North + South + Legal": [23, 51], "not stated": [0, 5]}
    assert merges.parts(found.merged, "department", "North + South + Legal") == ("North", "South", "Legal")


def test_of_two_facts_one_is_merged(table):
    found = merged(table(("department", "tier")), "department=North|South")
    assert cells(found)["North + South · other-incident"] == [15, 15, 18]


def test_a_period_that_is_not_held_is_said_beside_the_rest(departments, table):
    extracts.cover(departments, "other-incidents", "2012-04-01")
    found = merged(table(()), "periods=2011/12|2012/13")
    cell = found.groups[0].cells[0]
    assert cell.value == 31
    assert "without 2011/12" in cell.note


@pytest.mark.parametrize(
    ("texts", "asked", "says"),
    [
        (["department=North"], {}, "merges nothing"),
        (["department=North|North"], {}, "merges nothing"),
        (["North|South"], {}, "merges nothing"),
        (["department=North|East"], {}, "there is no East to merge"),
        (["cause=a|b"], {}, "rows by cause cannot be merged"),
        (["data_types=a|b"], {"group": ("data_types",)}, "cannot be merged here"),
        (["periods=2011/12|2013/14"], {}, "do not follow each other"),
        (["periods=2011/12|2012/13"], {"measure": "open-at-end"}, "open in the next one"),
        (["department=North|South"], {"measure": "people-affected-median"}, "a median is not added up"),
    ],
)
def test_what_cannot_be_merged_says_why(table, texts, asked, says):
    with pytest.raises(WrongInput, match=says):
        merged(table(**asked), *texts)


def test_a_figure_that_is_only_quoted_is_not_added_up(departments, table, operator):
    extracts.cover(departments, "other-incidents", "2012-04-01")
    period = table(()).question.periods[0]
    actions.add_statement(
        departments, "other-incidents", period=period, value=20, said_on=date(2012, 7, 1), document="Report",
        by=operator, at=extracts.NOW,
    )  # fmt: skip
    with pytest.raises(WrongInput, match="quoted from a document"):
        merged(table(()), "periods=2011/12|2012/13")


def test_after_a_merge_fewer_numbers_are_small_and_nothing_is_hidden(table):
    assert protecting.protect(table(), STANDARD).done.hidden
    assert not protecting.protect(merged(table(), "department=North|South"), STANDARD).done.hidden
    assert not protecting.protect(merged(table(), "periods=2011/12|2012/13"), STANDARD).done.hidden


def test_a_part_published_by_itself_that_leaves_a_small_number_is_refused(table):
    found = merged(table(), "department=North|South")
    alone = earlier.Published(
        "other-incidents", "logged", date(2011, 4, 1), date(2012, 3, 31), 12, "reply 4", {"department": "North"}
    )
    with pytest.raises(WrongInput, match="reply 4 gives a part"):
        protecting.protect(found, STANDARD, published=[alone])
    larger = earlier.Published(
        "other-incidents", "logged", date(2012, 4, 1), date(2013, 3, 31), 9, "reply 4", {"department": "North"}
    )
    assert not protecting.protect(found, STANDARD, published=[larger]).done.hidden


def test_a_total_published_before_is_held_against_the_merged_rows(table):
    total = earlier.Published("other-incidents", "logged", date(2011, 4, 1), date(2012, 3, 31), 23, "reply 5", {})
    safe_ = protecting.protect(merged(table(), "department=North|South"), STANDARD, published=[total])
    assert safe_.table.control.earlier == ("reply 5",)


WHERE = publishing.Publication("Report", date(2026, 7, 1), reason="two small departments")


def test_a_merged_table_is_published_with_its_decision_and_comes_out_again(departments, table, operator):
    found = merged(table(), "department=North|South", "periods=2012/13|2013/14")
    actions.publish(departments, found, WHERE, "standard", by=operator, at=extracts.NOW)
    row = models.Published.objects.get()
    assert row.told["asked"]["merged"] == ["department=North|South", "periods=2012/13|2013/14"]
    assert [group["key"] for group in row.told["groups"]][1] == {"department": "North + South"}
    assert frozen.again(row) == frozen.written(row.told)
    assert list(proving.faults(departments.pk)) == []
    assert models.Decision.objects.get().asked["merged"] == row.told["asked"]["merged"]


def test_what_was_published_merged_is_held_against_its_parts(departments, table, operator):
    found = merged(table(), "department=North|South")
    actions.publish(departments, found, WHERE, "standard", by=operator, at=extracts.NOW)
    known = public.known(departments.pk, table().question, ledger.head(departments.pk).number)
    values = protecting.counted(table())
    sums = earlier.sums(table().question, values, known)
    two = {cell for cell in values if cell[0][0] in {"North", "South"} and cell[1].year == 2011}
    assert (two, 15) in [(set(one.parts), one.least) for one in sums]
    hidden = protecting.protect(table(), STANDARD, published=known).done.hidden
    assert two <= hidden  # South is small, and North would give it away


def test_a_merged_unit_is_as_large_as_its_parts(departments, table, operator):
    for name, staff in (("North", 70), ("South", 60), ("Legal", 500)):
        organisation.say(
            departments, Department(name=name, staff=staff), from_=date(2010, 1, 1), by=operator, at=extracts.NOW
        )

    def step(table):
        made = safe.draft(departments, table, choice.read("auto"), number=ledger.head(departments.pk).number)
        return made.advice.steps[2].answer

    assert step(table()) == "yes: North (70), South (60)"
    assert step(merged(table(), "department=North|South")) == "no"
