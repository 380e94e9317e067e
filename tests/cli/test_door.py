"""The door itself: help, one clear line for what cannot be used, exit codes, and what is not loaded."""

import os
import shlex
import subprocess
import sys

import pytest
from django.db import OperationalError

from candour import cli
from candour.cli import words
from candour.cli.commands import COMMANDS
from candour.organisation import actions


def test_help_lists_every_command_with_an_example(call):
    said = call("--help")
    assert said.code == 0
    for name, command in COMMANDS.items():
        assert f"  {name} " in said.out
        assert command.example in said.out
        assert command.example.startswith(f"candour {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does_with_its_example(call, name):
    said = call(name, "--help")
    assert said.code == 0
    assert COMMANDS[name].example in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_is_a_call_that_is_understood(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = shlex.split(COMMANDS[name].example)[1:]
    if name == "verify":
        given[-1] = "418:3f9a"
    for word in given:
        if "." in word and "/" not in word and "@" not in word and ":" not in word:
            (tmp_path / word).touch()
    (tmp_path / "candour.backup").touch()
    given = [word.replace("/mnt/backup/", f"{tmp_path}/") for word in given]
    assert cli._read(given).command == name


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["due"], "one of the arguments --received --aware is required"),
        (["due", "--received", "28/02/2016"], "'28/02/2016' is not a day; write it as 2016-02-28"),
        (["read", "nowhere.txt"], "there is no file nowhere.txt"),
        (["load"], "name the FILE to load"),
        (["verify", "--expect", "12"], "'12' is not NUMBER:DIGEST"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(call, given, says):
    said = call(*given)
    assert said.code == 2
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "given", [["due", "--received", "2016-02-28"], ["due", "--regime", "uk-gdpr-33", "--aware", "2026-03-27T17:30"]]
)
def test_due_starts_no_django_and_answers_at_once(given):
    program = f"import sys; from candour import cli; cli.main({given!r}); sys.exit('django' in sys.modules)"
    assert _seconds([sys.executable, "-c", program]) < 0.6


def test_read_starts_no_django(tmp_path):
    (tmp_path / "request.txt").write_text("1. How many near misses did you have in 2014/15?")
    given = ["read", str(tmp_path / "request.txt")]
    program = f"import sys; from candour import cli; cli.main({given!r}); sys.exit('django' in sys.modules)"
    _seconds([sys.executable, "-c", program])


def _seconds(command):
    """Processor seconds of a call; what else the machine does is left out."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def test_a_fault_is_said_to_be_ours_and_exits_with_1():
    program = (
        "import sys; from candour import cli; from candour.rules import clocks\n"
        "def broken(*args, **more): raise RuntimeError('broken')\n"
        "clocks.due = broken; sys.argv = ['candour', 'due', '--received', '2016-02-28']; sys.exit(cli.main())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("candour: this is a fault in Candour")
    assert "RuntimeError: broken" in done.stderr


def test_an_unknown_setting_stops_the_start_with_a_hint(own_data):
    command = [sys.executable, "-c", "import sys; from candour.cli import main; sys.exit(main(['verify']))"]
    done = subprocess.run(
        command, env={**own_data, "CANDOUR_COLOUR": "red"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "CANDOUR_COLOUR is not a setting" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_database_without_tables_says_how_to_make_them(own_data):
    command = [sys.executable, "-c", "import sys; from candour.cli import main; sys.exit(main(['verify']))"]
    done = subprocess.run(command, env=own_data, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run `candour init" in done.stderr


def test_a_pair_is_read_at_its_first_equals_sign():
    assert words.pair("cause = a=b") == ("cause", "a=b")
    assert words.pair("cause=") == ("cause", "")


def test_a_database_that_is_busy_is_said_to_be_after_a_wait(body, monkeypatch):
    def locked(*_args, **_more):
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "set_fact", locked)
    said = body("fact", "set", "staff", "9", "--on", "2015-04-01")
    assert said.code == 2
    assert "the database is busy" in said.err
    monkeypatch.setattr(actions, "set_fact", lambda *_args, **_more: OperationalError.nonsense)
    with pytest.raises(AttributeError):
        body("fact", "set", "staff", "9", "--on", "2015-04-01")


def test_what_is_no_database_is_refused(own_data, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "candour.sqlite3").write_text("this is a letter, not a database, and rather a long one" * 10)
    environment = {**own_data, "CANDOUR_DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'candour.sqlite3'}"}
    command = [sys.executable, "-c", "import sys; from candour.cli import main; sys.exit(main(['verify']))"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "not a database" in done.stderr
