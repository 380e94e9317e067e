"""What real questionnaires ask, in the words of the guide: each command, and the page under Figures, answers it."""

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils import timezone

import extracts
from candour import cli
from candour.figures import actions as knowing
from candour.incidents import loading
from candour.organisation import people

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "count-what-is-asked.md"
COMMANDS = dict(re.findall(r"^\| (.+) \| `candour figures (.+)` \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
REGISTER = """\
Ref,Date logged,Occurred,Tier,Type,Department,Data type,Staff group,Cause,Lost or stolen,Encrypted,Discovered,\
Date reported to ICO,People affected,Devices,Cost,Disciplinary action,Closed on
A,15/01/2023,30/12/2022,reported-to-ico,Lost device,Housing,Health data,Front line,Left on a train,lost,no,\
15/01/2023,16/01/2023,120,1,£900,Warning,01/03/2023
B,03/05/2023,01/05/2023,reported-to-ico,E-mail,Schools,Basic personal identifiers,Office,Wrong address,neither,no,\
01/05/2023,10/05/2023,40,,,No action,
C,20/11/2023,,other-incident,E-mail,Housing,Health data,Front line,Wrong address,neither,no,,,3,,,No action,
D,02/02/2024,,other-incident,Lost device,Schools,,Office,Theft from a car,stolen,yes,,,,2,"£1,500",,01/03/2024
E,07/06/2024,,near-miss,E-mail,Housing,,,,,,,,,,,,
F,01/07/2024,,event,Attack,IT,,,,,,,,,,,,
"""
OF_DEPARTMENTS = {
    ("Housing", "reported-to-ico"): [1], ("Housing", "other-incident"): [1], ("Housing", "near-miss"): [1],
    ("IT", "event"): [1], ("Schools", "reported-to-ico"): [1], ("Schools", "other-incident"): [1],
}  # fmt: skip
ANSWERS = {
    "How many incidents were there in each calendar year, 2023 and 2024?": [3, 3],
    "… in each of the last three financial years?": [1, 3, 2],
    "… between 1 May 2023 and 14 February 2024?": [3],
    "… since 1 June 2023?": [4],
    "… in each month from January to March 2023?": [1, 0, 0],
    "… of each type?": {"E-mail": 3, "Lost device": 2, "Attack": 1},
    "… in each department?": {"Housing": 3, "Schools": 2, "IT": 1},
    "… in Housing alone, year by year?": [2, 1],
    "What kinds of data were concerned?": {"Health data": 2, "Basic personal identifiers": 1, None: 3},
    "Which groups of staff were involved?": {"Front line": 2, "Office": 2, None: 2},
    "What caused them?": {"Left on a train": 1, "Wrong address": 2, "Theft from a car": 1, None: 2},
    "How many concerned something lost, and how many something stolen?": {
        "lost": 1, "stolen": 1, "neither": 2, None: 2,
    },
    "How many stolen devices were not encrypted?": [0],
    "How many were reported to the ICO in each year?": [2, 0],
    "How many of those within 72 hours?": {"yes": 1, "no": 1},
    "How long did it take to tell the ICO?": [5],
    "How many people were affected in each year?": [163, 0],
    "How many incidents affected 100 people or more?": {"1 to 9": 1, "10 to 99": 1, "100 to 1k": 1, None: 3},
    "How many devices were lost or stolen in each year?": [1, 2],
    "What did they cost?": [900, 1500],
    "Was anyone disciplined?": {"Warning": 1, "No action": 2, None: 3},
    "How many were still open at the end of each year?": [2, 4],
    "How many did you know of on 31 December 2023?": [3],
    "How many happened, by the day they happened?": [1, 1],
    "How many of each kind in each department?": OF_DEPARTMENTS,
}  # fmt: skip


@pytest.fixture
def asked_for(body, tmp_path):
    """A register with every fact that is asked about, kept since April 2014."""
    now, by, path = timezone.now(), people.operator(body), tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    with extracts.read(path, today=now.date()) as rows:
        loading.load(rows, body=body, source="sheet", update=False, dry_run=False, by=by, at=now)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        knowing.state_coverage(
            body, measure, since=date(2014, 4, 1), until=None, where={}, kept_in=None, reason="kept", by=by, at=now
        )
    return body


def test_every_question_of_the_guide_has_its_answer_here():
    assert set(COMMANDS) == set(ANSWERS)
    assert len(COMMANDS) >= 20


def test_each_question_is_answered_by_its_command_and_by_the_page(asked_for, visitor, capsys):
    client = visitor("foi-officer")
    for question, words in COMMANDS.items():
        assert cli.main(["figures", *words.split(), "--body", asked_for.slug, "--format", "json"]) == 0, question
        answer = ANSWERS[question]
        expected = {(): answer} if isinstance(answer, list) else {key_of(key): said for key, said in answer.items()}
        assert rows(json.loads(capsys.readouterr().out)) == {key: listed(said) for key, said in expected.items()}, (
            question
        )
        given = client.get(f"/figures/table.json?{urlencode(on_the_page(words))}")
        assert rows(json.loads(given.content)) == {key: listed(said) for key, said in expected.items()}, question


def rows(table):
    """The numbers of each row, by what names it; rows of nothing but 0 are left out where there are several."""
    found = {tuple(row["key"].values()): [cell["value"] for cell in row["cells"]] for row in table["groups"]}
    return {key: cells for key, cells in found.items() if any(cells) or len(found) == 1}


def key_of(key):
    return key if isinstance(key, tuple) else (key,)


def listed(said):
    return said if isinstance(said, list) else [said]


def on_the_page(words):
    """The fields of the page that ask what a command asks."""
    pairs = list(zip(*[iter(words.split())] * 2, strict=True))
    said = dict(pairs)
    first, _, second = said.get("--group", "").partition(",")
    fields = {"group": first, "second": second, "start": said["--from"], "end": said.get("--to", "2027-03-31")}
    fields |= {name: said[f"--{word}"] for name, word in NAMES.items() if f"--{word}" in said}
    filters = [value.split("=") for name, value in pairs if name == "--where"]
    for (name, value), (fact, what) in zip((("only", "value"), ("also", "also_value")), filters, strict=False):
        fields |= {name: fact, value: what}
    return fields


NAMES = {"measure": "measure", "by": "by", "basis": "basis", "as_at": "as-at"}
