"""Tables that leave: totals add up, what is hidden cannot be worked out, small numbers follow the rule handed in."""

import pytest

from candour.screening import small_numbers
from candour.screening.findings import Grid, Known


def told(table, threshold=None):
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {finding.code for finding in small_numbers.look([Grid("the table", rows)], Known(threshold=threshold))}


ROW = "Team | A | B | C | D | Total\nAll of it | {} | 37"


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ("30 | 4 | 2 | 1", set()),
        ("30 | 4 | 2 | 2", {"table.total"}),
        ("30 | * | * | 1", set()),  # 6 in two cells: 1 to 5 each
        ("30 | 5 | 1 | *", {"table.worked-out"}),  # one hidden cell
        ("30 | 5 | * | *", {"table.worked-out"}),  # 2 in two cells: 1 and 1
        ("33 | * | * | 0", set()),  # 4 in two cells: 1 to 3 each
        ("29 | <5 | <5 | 0", {"table.worked-out"}),  # 8 in two cells under 5: both 4
        ("30 | fewer than 5 | fewer than 5 | 1", set()),
        ("30 | 7% | * | 1", set()),  # nothing is added up where a cell is no count
    ],
)
def test_a_row_with_its_total(cells, codes):
    assert told(ROW.format(cells)) == codes


def test_a_column_with_its_total():
    table = "Year | Events\n2013/14 | 39\n2014/15 | {}\nTotal | 119"
    assert told(table.format("80")) == set()
    assert told(table.format("81")) == {"table.total"}
    assert told(table.format("*")) == {"table.worked-out"}


def test_numbers_that_were_rounded_each_by_itself_need_not_add_up():
    assert told("Year | Events\n2013/14 | 40\n2014/15 | 80\n2015/16 | 15\nTotal | 130") == set()


def test_thousands_are_read():
    assert told("Year | Events\n2013/14 | 1,039\n2014/15 | 80\nTotal | 1,119") == set()


def test_small_counts_of_incidents_are_left_alone_without_a_rule():
    assert told("Year | Incidents\n2013/14 | 3\n2014/15 | 80") == set()


def test_small_counts_of_people_are_pointed_out():
    assert told("Year | Pupils\n2013/14 | 3\n2014/15 | 80") == {"table.few-people"}
    assert told("Year | Pupils\n2013/14 | 0\n2014/15 | 80") == set()


def test_small_counts_under_the_bodys_own_threshold_stop_a_file():
    assert told("Year | Incidents\n2013/14 | 9\n2014/15 | 80", threshold=10) == {"table.small-number"}
    assert told("Year | Incidents\n2013/14 | 10\n2014/15 | 80", threshold=10) == set()


def test_a_long_table_is_data_and_no_statistics():
    assert told("n | Pupils | Total\n" + "1 | 2 | 9\n" * 3_000) == set()
