"""`candour due`: the account as JSON, in the keys that users script against."""

import csv
import json
from pathlib import Path

import pytest

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "foia_deadlines.csv"
KEYS = ["regime", "law", "from", "due", "counted", "skipped", "as_if_not_proclaimed"]


def due(call, *words):
    said = call("due", *words, "--format", "json")
    assert said.code == 0, said.err
    assert said.err == ""
    return said.json


def test_the_keys_are_the_promised_ones(call):
    account = due(call, "--received", "2016-02-28")
    assert list(account) == KEYS
    assert account["due"] == "2016-03-30"
    assert len(account["counted"]) == 20
    assert account["skipped"][0] == {
        "date": "2016-03-17",
        "why": "St Patrick's Day",
        "nations": ["NIR"],
        "source": account["skipped"][0]["source"],
    }


@pytest.mark.skipif(not CASES.exists(), reason="the cases are not on this machine")
def test_every_known_deadline_is_right(call):
    with CASES.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        account = due(
            call, "--regime", row["regime"], "--received", row["received"], "--working-days", row["working_days"]
        )
        assert account["due"] == row["due"], row


def test_a_clock_in_hours_counts_no_days_and_knows_its_zone(call):
    account = due(call, "--regime", "uk-gdpr-33", "--aware", "2026-03-27T17:30")
    assert account["due"] == "2026-03-30T18:30:00+01:00"
    assert account["counted"] == []


def test_a_clarification_starts_the_clock_again(call, tmp_path):
    events = tmp_path / "events.json"
    events.write_text(
        json.dumps(
            [
                {"kind": "clarification_asked", "on": "2016-03-02"},
                {"kind": "clarification_received", "on": "2016-03-10"},
            ]
        )
    )
    account = due(call, "--received", "2016-02-28", "--events", events)
    assert account["from"] == "2016-03-10"


@pytest.mark.parametrize("content", ["[", '{"kind": "fee_paid"}', '["fee_paid"]', '[{"kind": "fee_paid"}]'])
def test_events_that_cannot_be_read_are_refused(call, tmp_path, content):
    (tmp_path / "events.json").write_text(content)
    said = call("due", "--received", "2016-02-28", "--events", tmp_path / "events.json")
    assert said.code == 2
    assert said.out == ""


def test_people_see_the_weekday_and_why_a_day_did_not_count(call):
    said = call("due", "--received", "2016-02-28").out
    assert said.startswith("due Wednesday 30 March 2016, working day 20")
    assert "not counted: Friday 25 March 2016, Good Friday" in said


def test_with_a_body_its_own_bank_holidays_count_too(body, tmp_path):
    (tmp_path / "body.toml").write_text(
        '[[closed_days]]\nday = 2016-03-01\nname = "A day of joy"\nnations = ["WLS"]\nsource = "the gazette"\n'
    )
    assert body("organisation", "load", tmp_path / "body.toml").code == 0
    account = due(body, "--received", "2016-02-28", "--body", "test")
    assert account["due"] == "2016-03-31"
    assert "A day of joy" in account["skipped"][0]["why"]
