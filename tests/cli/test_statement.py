"""What others published comes in by the command line, stands beside our figures, and can be taken back."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRENDS = ROOT.parent / "shared" / "data" / "ico_trends_2019_2022.csv"
HOW_TO = ROOT / "docs" / "how-to" / "show-published-figures.md"

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
    assert "published of incidents-reported-to-ico are here; nobody's were loaded" in refused.err


@pytest.mark.skipif(not TRENDS.exists(), reason="the ICO's incident trends are not at ../shared/data")
def test_the_trends_of_the_ico_load_with_the_documented_mapping_and_stand_beside_our_own(body, tmp_path):
    guide, ours = tmp_path / "map.toml", tmp_path / "register.csv"
    guide.write_text(
        re.search(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)[1], encoding="utf-8"
    )
    ours.write_text("reference,logged_on,tier,told_ico_on\nA-1,2019-05-02,reported-to-ico,2019-05-02\n")
    assert body("load", ours).code == 0
    covered = ("--measure", "incidents-reported-to-ico", "--from", "2019-04-01", "--reason", "kept")
    assert body("coverage", "set", *covered).code == 0
    loaded = body("statement", "load", TRENDS, "--mapping", guide, "--format", "json").json
    with TRENDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sectors = {row["sector"] for row in rows}
    assert loaded["series"] == len(sectors) + 1
    asked = (*ASKED[:3], "--by", "quarter", "--from", "2019-04-01", "--to", "2021-12-31", "--format", "json")

    def published(about, **only):
        where = [word for name, value in only.items() for word in ("--where", f"{name.replace('_', '-')}={value}")]
        found = body(*asked, *where, "--beside", about).json
        return found["groups"][0]["cells"], found["beside"]["groups"][0]["values"]

    def told(**only):
        some = [row for row in rows if all(row[name] == value for name, value in only.items())]
        quarters = dict.fromkeys(row["fy_quarter"] for row in rows)
        return [sum(int(row["count"] or 0) for row in some if row["fy_quarter"] == quarter) for quarter in quarters]

    own, all_of_them = published("Reports to the ICO")
    assert [cell["value"] for cell in own][:2] == [1, 0]
    assert all_of_them == told()
    sector = "Central Government"
    assert published(f"Reports to the ICO: {sector}")[1] == told(sector=sector)
    of_type = told(sector=sector, incident_type="Failure to redact")
    assert 0 in told(sector=sector, incident_type="Cryptographic flaw")  # an empty cell is nought there
    assert published(f"Reports to the ICO: {sector}", ico_type="failure-to-redact")[1] == of_type
