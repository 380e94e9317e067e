"""The sample: the published figures on both bases, made through the doors for real registers, answered, repeatable."""

import json
import stat
from argparse import Namespace
from collections import Counter
from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from candour.cli import door
from candour.cli.sample import incidents, sheet, sign_ins
from candour.organisation import people
from candour.reading import register
from candour.rules import tiers, years

PUBLISHED = {"2011/12": (0, 37, 4, 0, 0), "2012/13": (0, 54, 11, 0, 0), "2013/14": (0, 75, 39, 0, 0)} | {
    "2014/15": (1, 81, 80, 0, 0)
}
MEASURES = ("incidents-reported-to-ico", "other-incidents", "events")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "register.xlsx"
    sheet.write(path, incidents.register(incidents.LAST))
    return path


@pytest.fixture(scope="module")
def read(path):
    with register.open_register(path, today=incidents.LAST) as reading:
        return reading.about, [row for batch in reading for row in batch]


def tier(row):
    said = ("told_ico", "personal_data", "information_lost", "resources_assigned")
    return tiers.derive(**{name: row.facts.get(name, "") for name in said})[0]


@pytest.mark.parametrize("moment", ["logged_on", "occurred_on"])
def test_four_years_carry_the_published_figures(read, moment):
    dated = [row for row in read[1] if moment in row.facts]
    counts = Counter(
        (years.containing("financial-year", date.fromisoformat(row.facts[moment])).label, tier(row)) for row in dated
    )
    assert {label: tuple(counts[label, one] for one in sorted_tiers()) for label in PUBLISHED} == PUBLISHED
    assert sum(sum(year) for year in PUBLISHED.values()) == 382


def sorted_tiers():
    return (tiers.REPORTED, tiers.OTHER, tiers.EVENT, tiers.NEAR_MISS, tiers.UNDETERMINED)


def test_the_sheet_is_one_that_nobody_prepared_for_us(read):
    about, rows = read
    assert about.header_row == 4
    assert set(about.mapping) == set(sheet.HEADERS)
    assert about.unmapped == []
    assert about.other_sheets == ["Lists"]
    assert [total["text"].split()[0] for total in about.totals_skipped] == ["Total"]
    assert not any(row.problems for row in rows)
    assert len(rows) == sum(sum(year) for year in incidents.COUNTS.values())


def test_it_holds_what_registers_hold(read):
    rows = read[1]
    categories = Counter(row.facts["category"] for row in rows if "category" in row.facts)
    assert set(categories) == {"I", "II", "III", "IV", "V"}
    assert categories["IV"] > sum(categories.values()) / 2
    assert any("ico_report_withdrawn_on" in row.facts and tier(row) == tiers.REPORTED for row in rows)
    assert any("recovered_on" in row.facts and tier(row) == tiers.OTHER for row in rows)
    assert any(row.precision.get("people_affected") == "approximate" for row in rows)
    assert any(row.precision.get("occurred_on") == "approximate" for row in rows)
    assert Counter(map(tier, rows))[tiers.UNDETERMINED] == 8


def test_the_same_register_is_made_every_time(path, tmp_path):
    sheet.write(tmp_path / "again.xlsx", incidents.register(incidents.LAST))
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_on_an_earlier_day_it_knows_nothing_of_later_ones():
    rows = incidents.register(date(2016, 2, 28))
    assert max(value for row in rows for value in row.values() if isinstance(value, date)) <= date(2016, 2, 28)


@pytest.mark.slow
def test_the_sample_is_made_answered_and_stands(candour, settings):
    first = candour("sample", "--format", "json")
    assert first.code == 0, first.err
    reply = settings.DATA_DIR / "sample-reply"
    assert {path.name for path in reply.iterdir()} == {
        "answers.json", "pro-forma.pdf", "reply.pdf", "reply.docx", "reply.odt", "reply.html",
    }  # fmt: skip
    answers = json.loads((reply / "answers.json").read_text())
    assert (answers["received"], answers["as_at"], answers["dated"]) == ("2016-02-28", "2016-03-10", "2016-03-10")
    assert (answers["due"], answers["working_day"]) == ("2016-03-30", 9)
    assert {question["answer"]["needs"] for question in answers["questions"]} == {"nothing"}
    said = {question["number"]: question["answer"] for question in answers["questions"]}
    assert [cell["value"] for cell in cells(said["4b"])] == [37, 54, 75, 81]
    assert [cell["status"] for cell in cells(said["6b"])] == ["not_held"] * 4
    for basis in ("logged", "occurred"):
        assert [figures(candour, measure, basis) for measure in MEASURES] == [
            [year[place] for year in PUBLISHED.values()] for place in range(3)
        ]

    entries = candour("verify", "--format", "json").json["entries"]
    again = candour("sample", "--format", "json")
    assert again.json == first.json
    (reply / "answers.json").unlink()  # a run that was stopped before its end
    assert candour("sample", "--format", "json").json == first.json
    assert candour("verify", "--format", "json").json["entries"] == entries


def cells(answer):
    return next(part["figures"] for part in answer["parts"] if part["figures"])["groups"][0]["cells"]


def figures(candour, measure, basis):
    days = ("--from", "2011-04-01", "--to", "2015-03-31", "--basis", basis)
    said = candour("figures", "--measure", measure, *days, "--format", "json").json
    return [cell["value"] for cell in said["groups"][0]["cells"]]


def test_the_sign_ins_are_kept_for_their_owner_and_open_the_door(body):
    body("person", "add", "Tester", "--role", "handler", "--email", "tester@example.org")
    made = sign_ins.made(acting(body))
    assert [one.email for one in made] == ["tester@example.org"]
    assert stat.S_IMODE(sign_ins.path().stat().st_mode) == 0o600
    assert sign_ins.made(acting(body)) == made
    code = body("sample", "--codes", "--format", "json").json["codes"]["tester@example.org"]
    person = people.person(acting(body).body, "tester@example.org")
    assert person.check_password(made[0].password)
    assert Authenticator.objects.get(user=person).wrap().validate_code(code)


def acting(_body):
    return door.acting(Namespace(body="test", as_=None))
