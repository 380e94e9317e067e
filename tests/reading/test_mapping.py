"""A mapping says which column is which field; what it says wrongly is refused with how to put it right."""

import pytest

from candour.reading import mapping
from candour.rules import refusals


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("columns = [", "not TOML"),
        ('colums = "x"', "colums is not known; did you mean columns?"),
        ("[columns]\nlogged = 'x'", r"\[columns\] logged is not known; did you mean logged_on?"),
        ("[constants]\ntear = 'x'", "did you mean tier?"),
        ("[values.on_premise]\nY = 'yes'", "did you mean on_premises?"),
        ('date_order = "dym"', "dmy, mdy, ymd"),
        ('null = "x"', "null has a value of the wrong kind"),
        ("null = [1]", "null has a value of the wrong kind"),
        ("header_row = '3'", "header_row has a value of the wrong kind"),
        ("[columns]\nlogged_on = 3", "text in quotation marks"),
        ("[columns]\ntier = 'T'\n[constants]\ntier = 'event'", "tier both a column and a constant"),
        ("[constants]\ntier = 1.5", "a text, a whole number, a day, true or false"),
        ("[values]\ntier = 'x'", "a table of cell = value"),
        ("[values.tier]\nx = 3", "text in quotation marks"),
    ],
)
def test_a_wrong_mapping_is_refused(text, refusal):
    with pytest.raises(refusals.WrongInput, match=refusal.replace("?", r"\?")):
        mapping.read(text)


def test_constants_become_what_a_cell_would_hold():
    guide = mapping.read(
        "[constants]\npersonal_data = true\nlogged_on = 2015-03-31\npeople_affected = 3\ntier = 'event'"
    )
    assert guide.constants == {
        "personal_data": "yes", "logged_on": "2015-03-31", "people_affected": "3", "tier": "event",
    }  # fmt: skip


def test_a_mapping_is_a_file_of_text(tmp_path):
    (tmp_path / "map.toml").write_text('date_order = "mdy"', encoding="utf-8-sig")
    assert mapping.load(tmp_path / "map.toml") == mapping.Guide(date_order="mdy")
    (tmp_path / "map.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(refusals.WrongInput, match="not text in UTF-8"):
        mapping.load(tmp_path / "map.toml")
    with pytest.raises(refusals.WrongInput, match="cannot be opened"):
        mapping.load(tmp_path / "none.toml")


ROWS = [["Incidents"], ["", ""], ["Reference no.", "Date logged", "Date Reported (dd/mm/yy)", "reference", "Team"]]


def test_the_header_is_the_row_that_names_the_most_fields():
    header = mapping.find_header(ROWS, mapping.Guide())
    assert header.row == 3
    assert header.columns == {"reference": 3, "reported_on": 2, "logged_on": 1, "department": 4}


def test_a_column_set_aside_is_not_guessed():
    assert "department" not in mapping.find_header(ROWS, mapping.Guide(ignore=["team"])).columns


def test_where_the_mapping_names_columns_only_those_are_read():
    guide = mapping.Guide(columns={"closed_on": "date  LOGGED"})
    header = mapping.find_header(ROWS, guide)
    assert (header.row, header.columns) == (3, {"closed_on": 1})
    assert mapping.unknown_columns(header, mapping.Guide(columns={"closed_on": "Date logged", "tier": "T"})) == ["T"]


def test_the_header_row_may_be_told():
    assert mapping.find_header(ROWS, mapping.Guide(header_row=1)).columns == {}
    with pytest.raises(refusals.WrongInput, match="header_row is 9"):
        mapping.find_header(ROWS, mapping.Guide(header_row=9))


def test_no_row_with_a_day_is_no_header():
    assert mapping.find_header([["Reference", "Team"]], mapping.Guide()) is None
    assert mapping.find_header([], mapping.Guide()) is None
