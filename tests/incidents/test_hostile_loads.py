"""What may go wrong around a load: a second one, a kill, a wrong mapping, a clock set back."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import dj_database_url
import psycopg
import pytest

import extracts
from candour.incidents import models, undoing
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.rules.refusals import Conflict

CANDOUR = [sys.executable, "-c", "import sys; from candour.cli import main; sys.exit(main(sys.argv[1:]))"]
ROWS = 22_000
BATCH = 5_000


@pytest.fixture
def candour(own_data):
    """Call the command line in a process of its own, for a body that was just made."""

    def call(*words):
        done = subprocess.run(
            [*CANDOUR, *words, "--format", "json"], env=own_data, check=False, capture_output=True, text=True
        )
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr

    code, _ = call("init", "--name", "Sample Body", "--slug", "sample")
    assert code == 0
    return call


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "large.csv"
    rows = "".join(f"{n},2012-05-{n % 28 + 1:02},yes\n" for n in range(ROWS))
    path.write_text(f"reference,logged_on,information_lost\n{rows}", encoding="utf-8")
    return path


@pytest.fixture
def under_way(candour, large, own_data):
    """A load of many batches, held in the middle: at least one batch stands, and not all."""
    with subprocess.Popen([*CANDOUR, "load", str(large)], env=own_data, stdout=subprocess.DEVNULL) as process:
        try:
            while standing(own_data) == 0:
                assert process.poll() is None
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGSTOP)
            assert standing(own_data) < ROWS
            yield process
        finally:
            process.kill()  # or what stands still would be waited for, for ever


def standing(environment):
    """How many incidents the database of another process holds."""
    question = "select count(*) from incidents_incident"
    if "CANDOUR_DATABASE_URL" not in environment:
        path = Path(environment["CANDOUR_DATA_DIR"]) / "candour.sqlite3"
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute(question).fetchone()[0]
    address = dj_database_url.parse(environment["CANDOUR_DATABASE_URL"])
    words = {name: address[name.upper()] for name in ("host", "port", "user", "password") if address[name.upper()]}
    with psycopg.connect(**words, dbname=address["NAME"]) as connection:
        return connection.execute(question).fetchone()[0]


def test_a_second_load_waits_and_is_refused_and_the_first_goes_on(candour, large, under_way):
    begun = time.monotonic()
    code, said = candour("load", str(large), "--source", "another")
    assert (code, "another load is running" in said) == (2, True)
    assert time.monotonic() - begun > 5
    os.kill(under_way.pid, signal.SIGCONT)
    assert under_way.wait(timeout=60) == 0
    assert candour("load", str(large))[1]["already_there"] == ROWS


def test_after_a_kill_whole_batches_stand_and_the_same_call_completes_them(candour, large, under_way, own_data):
    os.kill(under_way.pid, signal.SIGKILL)
    under_way.wait(timeout=10)
    stands = standing(own_data)
    assert 0 < stands < ROWS
    assert stands % BATCH == 0
    assert candour("verify")[1]["ok"]
    code, report = candour("load", str(large))
    assert (code, report["loaded"], report["already_there"]) == (0, ROWS - stands, stands)
    code, verdict = candour("verify")
    assert (code, verdict["ok"], verdict["replayed"]) == (0, True, True)


SWAPPED = """
    reference  first day   second day  lost  department
    1          2012-05-01  2013-06-03  yes   Legal
    2          2012-07-01  2012-08-03  no    North
    3          2013-01-01  2014-05-03  yes   Legal
"""
RIGHT = extracts.guide_of("""
    [columns]
    occurred_on = "first day"
    logged_on = "second day"
    information_lost = "lost"
""")
WRONG = extracts.guide_of("""
    [columns]
    logged_on = "first day"
    occurred_on = "second day"
    information_lost = "lost"
""")
PAST = [date(2012, 4, 1) + timedelta(days=31 * month) for month in range(30)]


def told(body, number, days=PAST):
    """What was believed of every incident that counts, on each of many days, as known at a ledger number."""
    names = dict(models.Incident.objects.filter(body=body.pk).values_list("number", "reference"))
    return [
        sorted(
            (names[row.incident], row.logged_on, row.occurred_on, row.tier)
            for row in models.Version.objects.filter(body=body.pk, standing="counted").as_at(AsAt(day, number))
        )
        for day in days
    ]


def test_a_wrong_mapping_that_is_noticed_a_day_later(body, operator, tmp_path):
    wrong = extracts.load(body, SWAPPED, tmp_path, guide=WRONG)
    given = told(body, wrong.ledger_number)
    later = extracts.NOW + timedelta(days=1)
    undone = undoing.undo(body, wrong.ledger_number, reason="the days were swapped", by=operator, at=later)
    assert (undone.voided, told(body, undone.ledger_number)) == (3, [[] for _ in PAST])
    again = extracts.load(body, SWAPPED, tmp_path, guide=RIGHT, at=later)
    beside = extracts.body("beside")
    right = extracts.load(beside, SWAPPED, tmp_path, guide=RIGHT)
    assert told(body, again.ledger_number) == told(beside, right.ledger_number) != given
    assert told(body, wrong.ledger_number) == given
    assert verification.verify(body.pk).ok


def test_a_clock_set_back_loads_nothing(body, tmp_path):
    extracts.load(body, SWAPPED, tmp_path, guide=RIGHT)
    head = ledger.head(body.pk)
    more = SWAPPED.replace("    1  ", "    4  ")
    with pytest.raises(Conflict, match="the clock is wrong"):
        extracts.load(body, more, tmp_path, guide=RIGHT, at=extracts.NOW - timedelta(seconds=61))
    assert ledger.head(body.pk) == head
    assert not models.Incident.objects.filter(reference="4").exists()
    extracts.load(body, more, tmp_path, guide=RIGHT, at=extracts.NOW - timedelta(seconds=30))
    assert ledger.head(body.pk).at == head.at
