"""Attempts are counted in one statement: threads and nodes count together, and a count ends with its time."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from candour.organisation import attempts
from candour.organisation.models import Attempts

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.1", "192.0.2.2"
THREADS, TIMES = 8, 10
AT_ONCE = f"""
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
import django
django.setup()
from candour.organisation import attempts
now = datetime.now(UTC)
def tries(_):
    return [attempts.count("code", {HERE!r}, 900, now) for _ in range({TIMES})]
with ThreadPoolExecutor({THREADS}) as pool:
    print(json.dumps(sorted(sum(pool.map(tries, range({THREADS})), []))))
"""


def tries(what="code", address=HERE, after=0):
    return attempts.count(what, address, 900, NOW + timedelta(seconds=after))


@pytest.mark.django_db
def test_each_address_and_each_thing_is_counted_apart():
    assert [tries(), tries(), tries(address=THERE), tries("report"), tries()] == [1, 2, 1, 1, 3]


@pytest.mark.django_db
def test_counting_begins_anew_when_its_time_is_over_and_what_is_over_is_thrown_away():
    assert [tries(), tries(after=899), tries(after=900), tries(after=901)] == [1, 2, 1, 2]
    tries(address=THERE, after=5000)
    assert Attempts.objects.count() == 1


@pytest.mark.django_db
def test_what_was_no_wrong_guess_is_given_back():
    tries()
    tries()
    attempts.give_back("code", HERE)
    assert tries() == 2


@pytest.mark.django_db
def test_the_database_does_not_say_where_people_are():
    tries()
    assert HERE not in Attempts.objects.get().address


def test_eight_threads_count_each_time_once(own_data):
    subprocess.run(
        [Path(sys.executable).with_name("candour"), "init", "--name", "B", "--slug", "b"],
        env=own_data,
        check=True,
        capture_output=True,
    )
    environment = {**own_data, "DJANGO_SETTINGS_MODULE": "candour.settings"}
    done = subprocess.run([sys.executable, "-c", AT_ONCE], env=environment, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == list(range(1, THREADS * TIMES + 1))
