"""What others published comes in by the command line, stands beside our figures, and can be taken back."""

import pytest

SHEET = "quarter,type,sector,reports\nQ1 2019-2020,Phishing,Justice,3\nQ1 2019-2020,Failure to redact,Justice,\n"
MAPPING = """
measure = "incidents-reported-to-ico"
document = "Trends"
published_on = 2020-02-15
about = "Reports"
each = "sector"
period = "quarter"
count = "reports"
blank = 0
adds_up = true
[where]
ico-type = "type"
"""
ASKED = (
    "figures",
    "--measure",
    "incidents-reported-to-ico",
    "--by",
    "quarter",
    "--from",
    "2019-04-01",
    "--to",
    "2019-06-30",
)


@pytest.fixture
def load(body, tmp_path):
    (tmp_path / "trends.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    return lambda: body(
        "statement", "load", tmp_path / "trends.csv", "--mapping", tmp_path / "map.toml", "--format", "json"
    )


def test_a_sheet_of_others_stands_beside_our_figures(body, load):
    first, again = load().json, load().json
    assert (first["figures"], first["series"], first["already_there"]) == (6, 2, 0)
    assert (again["ledger_number"], again["figures"], again["already_there"]) == (None, 0, 6)
    beside = body(*ASKED, "--beside", "Reports: Justice", "--format", "json").json["beside"]
    assert beside == {
        "about": "Reports: Justice",
        "document": "Trends",
        "said_on": "2020-02-15",
        "groups": [{"key": {}, "values": [3]}],
    }
    printed = body(*ASKED, "--where", "ico-type=failure-to-redact", "--beside", "Reports").out
    assert printed.rstrip().endswith("As published: Reports (Trends, 15 February 2020)\nQ1 2019/20\n0")


def test_it_is_taken_back_as_a_whole(body, load):
    number = load().json["ledger_number"]
    assert body("statement", "withdraw", number, "--reason", "an old edition", "--format", "json").json == {
        "withdrawn": 6
    }
    refused = body(*ASKED, "--beside", "Reports")
    assert refused.code == 2
    assert "was published about incidents-reported-to-ico; there is nothing" in refused.err
