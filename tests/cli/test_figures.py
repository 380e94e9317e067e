"""`candour figures` and `candour measure`: one clear line for what cannot be asked, and what is said beside a table."""

from datetime import date, timedelta

import pytest

REGISTER = """Ref No,Date logged,Information lost?,Resources assigned?,Dept,Number of people affected
2014-1,20/11/2014,Yes,,Legal,4
2014-2,02/06/2014,No,Yes,IT,
2014-3,03/06/2014,No,Yes,,12
"""
YEAR = ("--measure", "all-incidents", "--from", "2014-04-01", "--to", "2015-03-31")


@pytest.fixture
def register(body, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    assert body("load", path).code == 0
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        words = ("--measure", measure, "--from", "2014-04-01", "--reason", "kept from that day")
        assert body("coverage", "set", *words).code == 0
    return body


def head(candour):
    return candour("figures", *YEAR, "--format", "json").json["ledger_number"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "2015-04-01", "--to", "2014-03-31"), "before"),
        (("--from", "0000-04-01"), "not a day"),
        (("--from", "0001-04-01", "--to", "0002-03-31"), "1900"),
        (("--to", "9999-12-31"), "2200"),
        (("--from", "1900-01-01", "--to", "2200-12-31", "--by", "month"), "at most 400"),
        (("--as-at", (date.today() + timedelta(days=2)).isoformat()), "still to come"),  # noqa: DTZ011 - any later day
        (("--where", "department=Lega"), "No incident names the department 'Lega'. Did you mean 'Legal'?"),
        (
            ("--where", "tier=disaster"),
            (
                "“disaster” is not one of reported-to-ico, other-incident, event, near-miss, "
                "undetermined; write one of these."
            ),
        ),
        (("--ledger-number", "999999"), "the record ends at"),
        (("--ledger-number", "-1"), "the record ends at"),
        (("--against", "999999"), "the record ends at"),
        (("--against-day", "2199-01-01"), "still to come"),
        (("--where", "description=letter"), "single out"),
        (("--where", "department="), "say which value department has: it can be IT, Legal"),
        (("--where", "people_affected=4"), "it is a number, by which incidents are grouped in bands"),
        (("--where", "logged_on=2014-06-02"), "it is a day, by which periods are made"),
        (("--where", "tier"), "'tier' is not FIELD=VALUE, such as department=Legal"),
        (("--group", "departments"), "the register holds no such fact; did you mean department?"),
        (
            ("--measure", "events", "--where", "tier=near-miss"),
            "events counts only incidents of the tier event, so none",
        ),
        (("--measure", "open-at-end", "--share", "row"), "ask for shares of the column"),
        (("--beside", "Trusts"), "no figures that 'Trusts' published of all-incidents are here; nobody's were loaded"),
        (("--across",), "no body that it sponsors shares any measure with it"),
        (("--where", "people_band=many"), "is not a value of people_band"),
        (("--by", "accounting-period"), "no accounting period of these days is stated"),
        (("--group", "shoe-size"), "the register holds no such fact"),
        (("--basis", "moon"), "is not a basis"),
        (("--share", "column", "--group", "data_types"), "overlap"),
        (("--minutes-per-record", "many"), "is not a number of minutes"),
        (("--minutes-per-record", "0"), "is not a number of minutes"),
        (("--measure", "deaths"), "is not a measure"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line_and_exit_2(register, words, says):
    called = register("figures", *YEAR, *words)
    assert (called.code, called.out) == (2, "")
    assert says in called.err
    assert len(called.err.strip().splitlines()) <= 2
    assert "Traceback" not in called.err


def test_who_may_not_see_figures_is_told_nothing(register):
    assert register("person", "add", "Reporter", "--role", "reporter").code == 0
    called = register("figures", *YEAR, "--as", "Reporter")
    assert (called.code, called.out) == (2, "")


def test_a_measure_of_ones_own_is_defined_asked_worded_anew_and_retired(register):
    words = ("--title", "With people", "--says", "Incidents of Legal.", "--where", "department=Legal")
    assert register("measure", "add", "of-legal", *words, "--format", "json").json["ledger_number"]
    assert register("measure", "add", "of-legal", *words, "--format", "json").json["ledger_number"] is None
    asked = ("--measure", "of-legal", *YEAR[2:])
    table = register("figures", *asked, "--format", "json").json
    assert (table["title"], table["groups"][0]["cells"][0]["value"]) == ("With people", 1)
    number = table["ledger_number"]
    assert register("measure", "retire", "of-legal", "--reason", "asked no more").code == 0
    gone = register("figures", *asked)
    assert gone.code == 2
    assert f"ask at ledger number {number}" in gone.err
    assert register("figures", *asked, "--ledger-number", number).code == 0
    shown = register("measure", "show", "of-legal", "--format", "json").json["measures"]
    assert [(one["version"], one["until"]) for one in shown] == [(1, number + 1)]
    assert "of-legal" not in register("measure", "show").out


def test_shares_and_what_it_takes_to_find_out_stand_beside_the_table(register):
    words = ("--group", "department", "--share", "column", "--minutes-per-record", "5")
    said = register("figures", *YEAR, *words, "--format", "json").json
    assert [row["values"] for row in said["shares"]["groups"]] == [[33.3], [33.3], [33.3]]
    found = said["finding_out"]
    assert found["limit"]["pounds"] == 450
    assert found["facts"]["department"] == {
        "records": 1, "hours": 0.08, "pounds": 2.08, "over_limit": False, "most_minutes_within_limit": 1080.0,
    }  # fmt: skip
    text = register("figures", *YEAR, *words).out
    assert "Share of the column" in text
    assert "1 × 5 minutes = 0.08 hours, £2.08, within the limit." in text


def test_two_days_are_compared(register):
    said = register("figures", *YEAR, "--against-day", "2014-10-01", "--format", "json").json
    assert [(one["reference"], one["kind"]) for one in said["differences"]] == [("2014-1", "recorded")]


def test_middle_values_are_compared_in_words_and_never_said_to_add_up(register):
    asked = ("figures", *YEAR, "--measure", "people-affected-median", "--against-day", "2014-04-01")
    said = register(*asked, "--format", "json").json
    assert not said["differences_add_up"]
    assert [(one["period"], one["before"]["value"]) for one in said["moved"]] == [("2014/15", None)]
    assert said["differences"]
    assert "A middle value is not a sum" in register(*asked).out
    sums = register("figures", *YEAR, "--against-day", "2014-10-01", "--format", "json").json
    assert sums["differences_add_up"]
    assert "moved" not in sums
