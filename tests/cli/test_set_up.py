"""Setting up: the body, its people, what it says of itself, and whether the record is whole."""

import re

from candour.cli import door
from candour.organisation import actions, people

VERIFY = {"entries", "ok", "head", "first_fault", "replayed"}


def test_init_makes_a_body_and_is_safe_to_repeat(candour):
    first = candour("init", "--name", "Test Body", "--slug", "test", "--kind", "council", "--format", "json")
    assert (first.code, first.json["added"]) == (0, True)
    again = candour("init", "--name", "Another name", "--slug", "test", "--format", "json")
    assert (again.code, again.json["added"]) == (0, False)
    assert candour("verify", "--format", "json").json["entries"] == 3


def test_init_refuses_what_is_no_body(candour):
    assert candour("init", "--name", "X", "--slug", "x", "--kind", "circus").code == 2
    assert candour("init", "--name", "X", "--slug", "Not A Slug").code == 2
    assert candour("verify").code == 2


def test_verify_says_whether_the_record_is_whole_in_the_promised_keys(body):
    said = body("verify", "--format", "json")
    assert said.code == 0
    assert set(said.json) == VERIFY
    assert said.json["ok"] is True
    assert said.json["first_fault"] is None
    head = said.json["head"]
    assert body("verify", "--expect", f"{head['number']}:{head['digest']}").code == 0


def test_verify_holds_the_record_to_a_checkpoint_kept_outside(body):
    said = body("verify", "--expect", "99:00ff", "--format", "json")
    assert said.code == 3
    assert "cut off" in said.json["first_fault"]["what"]
    assert body("verify", "--expect", f"2:{'0' * 64}").code == 3


def test_person_add_prints_a_link_that_works_once(body):
    said = body("person", "add", "Tester", "--role", "handler", "auditor", "--email", "tester@example.org")
    assert said.code == 0
    token = re.search(r"http://127\.0\.0\.1:8000/welcome/([^/]+)/", said.out)[1]
    assert people.by_token(token, door.now()).name == "Tester"
    listed = body("person", "list", "--format", "json").json["people"]
    assert {"number": 2, "name": "Tester", "email": "tester@example.org", "roles": "auditor, handler"} in listed


def test_a_new_link_for_somebody_without_password(body):
    body("person", "add", "Tester", "--role", "handler", "--email", "tester@example.org")
    assert "/welcome/" in body("person", "link", "tester@example.org").out
    assert body("person", "link", "Nobody").code == 2


def test_a_role_that_is_none_and_roles_kept_apart_are_refused(body):
    assert "is not a role" in body("person", "add", "X", "--role", "king").err
    assert "who advises does not decide" in body("person", "add", "X", "--role", "dpo", "siro").err
    assert body("verify", "--format", "json").json["entries"] == 3


def test_who_acts_is_named_and_somebody_unknown_is_refused(body):
    body("person", "add", "Reader", "--role", "auditor")
    assert "there is no one person called" in body("fact", "set", "staff", "9", "--on", "2015-04-01", "--as", "X").err
    refused = body("fact", "set", "staff", "9", "--on", "2015-04-01", "--as", "Reader")
    assert refused.code == 2
    assert "has no role that may do this" in refused.err


def test_several_bodies_have_to_be_told_apart(body):
    actions.add_body("second", name="Second", kind="nhs", regime="foia", at=door.now())
    assert "say which with --body" in body("verify").err
    assert body("verify", "--body", "second").code == 0
    assert "no body called 'third'" in body("verify", "--body", "third").err


def test_the_example_organisation_loads_and_repeating_it_adds_nothing(body, tmp_path):
    (tmp_path / "body.toml").write_text(body("organisation", "load", "--example").out)
    first = body("organisation", "load", tmp_path / "body.toml", "--format", "json")
    assert first.code == 0, first.json["held_back"]
    assert any(row.startswith("coverage 1") for row in first.json["added"])
    again = body("organisation", "load", tmp_path / "body.toml", "--format", "json").json
    assert again["added"] == []
    assert len(again["unchanged"]) == len(first.json["added"])


def test_a_row_for_the_figures_that_is_wrong_is_held_back_with_its_reason(body, tmp_path):
    (tmp_path / "body.toml").write_text(
        '[[coverage]]\nmeasure = "near-misses"\nfrom = 2015-04-01\n'
        '[[coverage]]\nmeasure = "near-misses"\nfrom = "spring"\nreason = "so"\n'
        '[[breaks]]\nmeasure = "events"\non = 2014-09-01\nnote = "new form"\nwhy = "x"\n'
        '[[statements]]\nmeasure = "events"\nperiod = "once"\nvalue = 3\npublished_on = 2011-07-01\ndocument = "D"\n'
        '[[searches]]\nmeasure = "spells"\nfrom = 2011-04-01\nto = 2012-03-31\nplaces = "P"\nby = "B"\n'
        "on = 2016-03-01\n"
    )
    said = body("organisation", "load", tmp_path / "body.toml", "--format", "json")
    assert said.code == 3
    reasons = [
        "coverage 1 (near-misses): reason is missing",
        "coverage 2 (near-misses): from is 'spring'; write a day such as 2014-04-01",
        "searches 1 (spells): 'spells' is not a measure",
        "statements 1 (events): 'once' is not a period",
        "breaks 1 (events): why is not known here",
    ]
    assert [problem for problem in said.json["held_back"] if not problem.startswith(tuple(reasons))] == []
    assert len(said.json["held_back"]) == len(reasons)


def test_a_fact_is_stated_from_a_day_and_shown_as_at_a_day(body):
    body("fact", "set", "staff", "1,750", "--on", "2011-04-01", "--unit", "headcount")
    body("fact", "set", "staff", "1800", "--on", "2015-04-01", "--unit", "headcount", "--approximate")
    body("fact", "set", "contractors-with-access", "not-known", "--on", "2015-04-01")
    then = body("fact", "show", "--as-at", "2014-06-01", "--format", "json").json["facts"]
    assert [(row["key"], row["value"]) for row in then] == [("staff", 1750)]
    later = body("fact", "show", "--as-at", "2016-02-28").out
    assert "value 1800" in later
    assert "contractors-with-access" in later
    again = body("fact", "set", "staff", "1800", "--on", "2015-04-01", "--unit", "headcount", "--approximate")
    assert "nothing was added" in again.out


def test_a_day_to_come_cannot_be_asked_about(body):
    said = body("fact", "show", "--as-at", "2999-01-01")
    assert said.code == 2
    assert "still to come" in said.err


def test_the_doctor_says_what_needs_a_person(body, settings):
    said = body("doctor", "--format", "json")
    checks = {check["name"]: check["ok"] for check in said.json["checks"]}
    assert set(checks) >= {"settings", "database", "guards", "chain", "clock", "disk", "assets", "permissions"}
    assert [name for name, well in checks.items() if not well and name not in {"assets", "disk"}] == []
    settings.DATA_DIR.chmod(0o755)
    warned = body("doctor")
    assert warned.code == 3
    assert re.search(r"needs attention +permissions", warned.out)
