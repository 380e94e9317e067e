"""A register comes in, is amended, counted, undone: every promise of the commands about it."""

import csv
import io

import pytest

from candour.incidents import models

REGISTER = """Ref No,Date logged,Date of incident,Information lost?,Resources assigned?,Date reported to ICO,Dept,Detail
2014-1,20/11/2014,12/11/2014,Yes,,24/11/2014,Legal,A bundle went to the wrong court
2014-2,02/06/2014,01/06/2014,No,Yes,,IT,A computer was rebuilt
2014-3,03/06/2014,,No,Yes,,IT,A file was misfiled
2015-1,31st September 2020,,No,No,,IT,A door was held open
2015-2,07/05/2015,,No,No,,Legal,A letter was stopped in time
"""
LOAD = {
    "ledger_number",
    "file",
    "sha256",
    "source",
    "read",
    "loaded",
    "already_there",
    "held_back",
    "mapping",
    "doubts",
}
FIGURES = [
    "measure",
    "title",
    "definition_version",
    "unit",
    "basis",
    "as_at",
    "reconstructed",
    "ledger_number",
    "digest",
    "groups",
    "date_not_known",
    "breaks",
    "completeness",
]
CELL = {"period", "start", "end", "status", "value", "since", "until", "note"}
EVENTS = ("figures", "--measure", "events", "--from", "2013-04-01", "--to", "2015-03-31")


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.fixture
def loaded(body, sheet):
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        body("coverage", "set", "--measure", measure, "--from", "2014-04-01", "--reason", "the sheet begins there")
    assert body("load", sheet, "--source", "old sheet").code == 3
    return body


def values(said):
    return [(cell["period"], cell["status"], cell["value"]) for cell in said.json["groups"][0]["cells"]]


def test_a_sheet_comes_in_and_what_cannot_be_understood_is_held_back(body, sheet, tmp_path):
    said = body("load", sheet, "--held-back", tmp_path / "held.csv", "--format", "json")
    assert said.code == 3
    assert set(said.json) >= LOAD
    assert (said.json["read"], said.json["loaded"], said.json["already_there"]) == (5, 4, 0)
    assert said.json["source"] == "old.csv"
    (held,) = said.json["held_back"]
    assert set(held) == {"row", "column", "value", "problem"}
    assert (held["row"], held["column"], held["value"]) == (5, "Date logged", "31st September 2020")
    assert said.json["mapping"]["description"] == "Detail"


def test_the_rows_held_back_can_be_mended_and_loaded(body, sheet, tmp_path):
    body("load", sheet, "--source", "old sheet", "--held-back", tmp_path / "held.csv")
    text = (tmp_path / "held.csv").read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Ref No"] == "2015-1"
    assert "Date logged" in row["problem"]
    (tmp_path / "held.csv").write_text(text.replace("31st September 2020", "30/09/2020"), encoding="utf-8")
    mended = body("load", tmp_path / "held.csv", "--source", "old sheet", "--format", "json")
    assert mended.code == 0
    assert mended.json["loaded"] == 1


def test_the_same_file_again_adds_nothing(loaded, sheet):
    before = loaded("verify", "--format", "json").json["entries"]
    again = loaded("load", sheet, "--source", "old sheet", "--format", "json")
    assert (again.json["loaded"], again.json["already_there"]) == (0, 4)
    assert loaded("verify", "--format", "json").json["entries"] == before


def test_a_dry_run_changes_nothing(body, sheet):
    said = body("load", sheet, "--dry-run")
    assert "4 would be loaded" in said.out
    assert body("verify", "--format", "json").json["entries"] == 3


def test_a_file_without_a_usable_row_is_refused_and_its_rows_are_written(body, tmp_path):
    (tmp_path / "bad.csv").write_text("Ref,Date logged\n1,never\n2,soon\n")
    said = body("load", tmp_path / "bad.csv", "--held-back", tmp_path / "held.csv")
    assert said.code == 2
    assert "no row of bad.csv can be used" in said.err
    assert len((tmp_path / "held.csv").read_text().splitlines()) == 3


def test_a_mapping_file_says_which_column_is_which(body, tmp_path):
    (tmp_path / "odd.csv").write_text("a;b\n01/05/2014;x\n")
    (tmp_path / "odd.csv").write_text("a,b\n01/05/2014,x\n")
    (tmp_path / "map.toml").write_text('[columns]\nlogged_on = "a"\nreference = "b"\n[constants]\ntier = "event"\n')
    said = body("load", tmp_path / "odd.csv", "--mapping", tmp_path / "map.toml", "--format", "json")
    assert said.json["loaded"] == 1, said.err
    (tmp_path / "map.toml").write_text("colours = 3\n")
    assert body("load", tmp_path / "odd.csv", "--mapping", tmp_path / "map.toml").code == 2


def test_figures_are_printed_in_the_promised_keys(loaded):
    said = loaded(*EVENTS, "--format", "json")
    assert said.code == 0
    assert [key for key in said.json if key in FIGURES] == FIGURES
    assert set(said.json["groups"][0]["cells"][0]) >= CELL
    assert values(said) == [("2013/14", "not_in_register", None), ("2014/15", "held", 2)]


def test_the_same_question_gives_the_same_bytes(loaded):
    assert loaded(*EVENTS, "--format", "json").out == loaded(*EVENTS, "--format", "json").out


def test_figures_by_other_periods_groups_and_filters(loaded):
    year = loaded(*EVENTS, "--by", "calendar-year", "--where", "department=IT", "--format", "json")
    assert ("2014", "held_since", 2) in values(year)
    grouped = loaded(
        "figures", "--measure", "all-incidents", "--from", "2014-04-01", "--group", "tier", "--format", "json"
    )
    assert {"tier": "event"} in [group["key"] for group in grouped.json["groups"]]
    for wrong in (["--by", "fortnight"], ["--group", "colour"], ["--where", "category=IX"], ["--basis", "moon"]):
        assert loaded(*EVENTS, *wrong).code == 2


def test_without_days_the_last_financial_years_are_shown(loaded):
    said = loaded("figures", "--measure", "events", "--as-at", "2016-02-28", "--format", "json")
    assert [period for period, _, _ in values(said)] == ["2011/12", "2012/13", "2013/14", "2014/15", "2015/16"]


def test_figures_as_at_a_day_to_come_or_beyond_the_record_are_refused(loaded):
    assert loaded(*EVENTS, "--as-at", "2999-01-01").code == 2
    assert loaded(*EVENTS, "--ledger-number", "99999").code == 2
    assert loaded(*EVENTS, "--against", "99999").code == 2


@pytest.mark.parametrize(
    ("form", "begins"), [("csv", b""), ("ods", b"PK"), ("xlsx", b"PK"), ("svg", b"<svg"), ("pdf", b"%PDF")]
)
def test_figures_are_written_as_files(loaded, tmp_path, form, begins):
    path = tmp_path / f"events.{form}"
    assert loaded(*EVENTS, "--format", form, "--out", path).code == 0
    assert path.read_bytes().startswith(begins)
    assert path.stat().st_size > 100


def test_a_table_that_is_a_file_asks_where_to_write_it(loaded):
    assert "--out FILE" in loaded(*EVENTS, "--format", "xlsx").err
    assert "held" in loaded(*EVENTS, "--format", "csv").out


def test_a_change_and_a_correction_and_what_they_moved(loaded):
    before = loaded("verify", "--format", "json").json["head"]["number"]
    said = loaded("amend", "2014-2", "information_lost=yes", "--reason", "papers were missing", "--correction")
    assert said.code == 0, said.err
    then = loaded(*EVENTS, "--ledger-number", before, "--format", "json")
    now = loaded(*EVENTS, "--against", before, "--format", "json")
    assert values(then)[1] == ("2014/15", "held", 2)
    assert values(now)[1] == ("2014/15", "held", 1)
    (moved,) = now.json["differences"]
    assert set(moved) >= {"reference", "period", "from", "to", "why", "ledger_number"}
    assert moved["reference"] == "2014-2"
    assert "papers were missing" in moved["why"]
    assert "2014-2" in loaded(*EVENTS, "--against", before).out


def test_a_day_that_is_only_about_so_is_kept_as_such(loaded):
    said = loaded(
        "amend", "2014-3", "occurred_on=about May 2014", "people_affected=about 40", "--reason", "found a note"
    )
    assert said.code == 0, said.err
    occurred = loaded(*EVENTS, "--basis", "occurred", "--format", "json")
    assert values(occurred)[1] == ("2014/15", "held", 2)
    assert occurred.json["date_not_known"] == 0
    assert "time of day" in loaded("amend", "2014-3", "discovered_at=03/06/2014 14:20", "--reason", "so").err


@pytest.mark.parametrize(
    "words",
    [
        ["9999-1", "information_lost=yes"],
        ["2014-2", "colour=red"],
        ["2014-2", "logged_on=31st September 2020"],
        ["2014-2", "information_lost"],
        ["2014-2", "information_lost=no"],
    ],
)
def test_an_amendment_that_cannot_be_is_refused(loaded, words):
    said = loaded("amend", *words, "--reason", "because")
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_load_is_taken_back_as_a_whole(loaded, sheet):
    number = loaded("load", sheet, "--source", "old sheet", "--format", "json").json["ledger_number"]
    undone = loaded("load", "--undo", number, "--reason", "wrong sheet", "--format", "json")
    assert undone.code == 0, undone.err
    assert undone.json["voided"] == 4
    assert values(loaded(*EVENTS, "--format", "json"))[1] == ("2014/15", "held", 0)
    assert loaded("load", "--undo", number, "--reason", "again").code == 2
    assert loaded("load", "--undo", number).code == 2


def test_coverage_searches_and_statements_decide_the_cells(loaded):
    near = ("figures", "--measure", "near-misses", "--from", "2012-04-01", "--to", "2015-03-31", "--format", "json")
    searched = ("coverage", "searched", "--measure", "near-misses", "--from", "2013-04-01", "--to", "2014-03-31")
    assert loaded(*searched, "--places", "everywhere", "--by", "Tester", "--on", "2016-03-04").code == 0
    published = ("--published-on", "2013-07-01", "--document", "Annual report")
    assert (
        loaded("statement", "add", "--measure", "near-misses", "--period", "2012/13", "--value", "3", *published).code
        == 0
    )
    said = loaded(*near)
    assert values(said) == [("2012/13", "held", 3), ("2013/14", "not_held", None), ("2014/15", "held", 0)]
    assert said.json["groups"][0]["cells"][0]["source"] == {"what": "Annual report", "said_on": "2013-07-01"}
    shown = loaded("coverage", "show", "--format", "json").json
    assert [row["searcher"] for row in shown["searches"]] == ["Tester"]
    assert "Annual report" in loaded("coverage", "show").out


def test_stating_coverage_again_adds_nothing(loaded):
    again = loaded(
        "coverage", "set", "--measure", "events", "--from", "2014-04-01", "--reason", "the sheet begins there"
    )
    assert "nothing was added" in again.out
    assert loaded("statement", "add", "--measure", "events", "--period", "long ago", "--value", "1", "--published-on",
                  "2013-07-01", "--document", "D").code == 2  # fmt: skip


def test_a_count_kept_ready_that_is_wrong_is_found_and_made_anew(loaded):
    models.Balance.objects.filter(tier="event").update(incidents=5)
    found = loaded("verify", "--format", "json")
    assert found.code == 3
    assert "the balance of event" in found.json["first_fault"]["what"]
    assert loaded("verify", "--recount").code == 0
    assert loaded("verify").code == 0
