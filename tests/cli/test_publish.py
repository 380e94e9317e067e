"""A table is published, explained where it differs, listed and withdrawn; the Annual Report's tables are made."""

import pytest

REGISTER = """reference,logged_on,occurred_on,tier,category,personal_data
1,2014-05-03,2014-05-01,other-incident,IV,yes
2,2014-06-03,2014-06-01,other-incident,V,no
"""
TABLE = ("--measure", "other-incidents", "--from", "2014-04-01", "--to", "2015-03-31")
JSON = ("--format", "json")
PUBLISH = ("publish", "table", *TABLE, "--document", "Annual Report", "--on", "2015-07-11", *JSON)


@pytest.fixture
def register(body, tmp_path):
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    body("coverage", "set", "--measure", "other-incidents", "--from", "2014-04-01", "--reason", "kept since")
    assert body("load", tmp_path / "register.csv").code == 0
    return body


def test_a_table_is_published_explained_proved_and_withdrawn(register):
    first = register(*PUBLISH).json
    assert first["link"].startswith("/released/")
    assert register("amend", "2", "tier=event", "--reason", "nothing was lost", "--correction").code == 0
    refused = register(*PUBLISH)
    assert refused.code == 2
    assert "2014/15: 1 now, 2 in Annual Report" in refused.err
    again = register(*PUBLISH, "--explanation", "One was found to be an event.").json
    assert again["disagreements"][0]["why"][1].startswith("2: ")
    assert register("verify", *JSON).json["ok"] is True
    assert register("publish", "withdraw", first["ledger_number"], "--reason", "replaced").code == 0
    rows = register("publish", "show", *JSON).json["published"]
    assert [bool(row["link"]) for row in rows] == [True, False]


def test_the_tables_of_a_year_and_their_draft(register, tmp_path):
    made = register("annual-report", "--year", "2014/15", "--out", tmp_path / "out", *JSON).json
    assert [row["total"] for row in made["table_2"]] == [0, 0, 0, 1, 0]
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".pdf", ".docx", ".odt", ".html"}
    assert register("annual-report", "--year", "March 2015").code == 2


def test_the_tables_of_a_year_are_published_as_one_paper_listed_and_withdrawn(register):
    asked = ("publish", "annual-report", "--year", "2014/15", "--document", "Annual Report", *JSON)
    left = register(*asked, "--on", "2015-07-11").json
    assert (left["link"][:10], left["disagreements"]) == ("/released/", [])
    (row,) = register("publish", "show", *JSON).json["published"]
    assert (row["number"], row["periods"], row["document"]) == (left["ledger_number"], "2014/15", "Annual Report")
    assert register("verify", *JSON).json["ok"] is True
    assert register("publish", "withdraw", left["ledger_number"], "--reason", "replaced").code == 0
    assert register(*asked, "--on", "2999-07-11").code == 2
