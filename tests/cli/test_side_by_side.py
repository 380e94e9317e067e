"""`candour figures --across` and `--group body`: several bodies in one table, on the command line."""

import pytest

WHEN = ("--by", "financial-year", "--from", "2014-04-01", "--to", "2016-03-31")
SPONSOR = """
[[sponsors]]
from = 2014-04-01
name = "Ministry"
body = "ministry"

[[shared]]
from = 2014-04-01
sponsor = "ministry"
measure = "events"

[[coverage]]
measure = "events"
from = 2011-04-01
reason = "kept since then"
"""


@pytest.fixture
def bodies(candour, tmp_path):
    (tmp_path / "body.toml").write_text(SPONSOR, encoding="utf-8")
    (tmp_path / "register.csv").write_text("reference,logged_on,tier\nA-1,2014-05-01,event\n", encoding="utf-8")
    for slug in ("north", "ministry"):
        assert candour("init", "--name", slug.capitalize(), "--slug", slug).code == 0
    assert candour("organisation", "load", tmp_path / "body.toml", "--body", "north").code == 0
    assert candour("load", tmp_path / "register.csv", "--body", "north").code == 0
    return candour


def test_a_sponsor_sees_its_bodies_side_by_side(bodies, tmp_path):
    asked = ("figures", "--body", "ministry", "--measure", "events", *WHEN, "--across")
    found = bodies(*asked, "--format", "json").json
    (north,) = found["bodies"]
    assert (north["body"], [cell["value"] for cell in north["cells"]]) == ("north", [1, 0])
    assert [cell["value"] for cell in found["total"]] == [1, 0]
    assert "  North        1        0" in bodies(*asked).out or "North        1        0" in bodies(*asked).out
    assert bodies(*asked, "--format", "csv").out.startswith("body,period,start,end,status,value")
    for form in ("ods", "xlsx", "svg", "pdf"):
        assert bodies(*asked, "--format", form, "--out", tmp_path / f"table.{form}").code == 0


def test_what_nobody_shares_is_not_there(bodies):
    refused = bodies("figures", "--body", "ministry", "--measure", "near-misses", *WHEN, "--across")
    assert (refused.code, "no body shares near-misses with Ministry; what is shared is events" in refused.err) == (
        2,
        True,
    )


def test_a_body_stands_beside_the_one_that_merged_into_it(bodies):
    why = ("--how", "merged", "--on", "2015-04-01", "--reason", "the order")
    bodies("succession", "hand-over", "--body", "north", "--to", "ministry", *why)
    bodies("succession", "take-over", "--body", "ministry", "--from", "north", "--prefix", "N/")
    printed = bodies("figures", "--body", "ministry", "--measure", "events", *WHEN, "--group", "body").out
    assert "North: merged into us on 1 April 2015" in printed
    assert "Together, 2014/15: without Ministry" in printed


def test_what_came_with_a_body_is_named_against_the_number_before(bodies):
    why = ("--how", "merged", "--on", "2015-04-01", "--reason", "the order")
    bodies("succession", "hand-over", "--body", "north", "--to", "ministry", *why)
    bodies("succession", "take-over", "--body", "ministry", "--from", "north", "--prefix", "N/")
    asked = ("figures", "--body", "ministry", "--measure", "events", *WHEN, "--group", "body", "--against", "1")
    found = bodies(*asked, "--format", "json").json
    assert [(one["reference"], one["kind"], one["value_to"]) for one in found["differences"]] == [
        ("N/A-1", "body-merged", 1)
    ]
    assert found["differences_add_up"]
    assert "N/A-1" in bodies(*asked).out
    middle = bodies(*asked[:4], "people-affected-median", *asked[5:])
    assert "A middle value is not a sum" in middle.out


def test_scheme_filters_and_middle_values_stand_side_by_side_too(bodies):
    asked = ("figures", "--body", "ministry", *WHEN, "--across", "--measure", "events", "--format", "json")
    assert [cell["value"] for cell in bodies(*asked, "--where", "category=IV").json["total"]] == [0, 0]


@pytest.mark.parametrize(
    "more",
    [("--share", "row"), ("--merge", "periods=2014/15|2015/16"), ("--against", "1"), ("--where", "their-own=IV")],
)
def test_what_cannot_be_done_for_several_bodies_says_so(bodies, more):
    assert bodies("figures", "--body", "ministry", "--measure", "events", *WHEN, "--across", *more).code == 2
