"""What the guide shows for a mail gateway and a shared folder is run as it stands there: scripts, units and all."""

import configparser
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import post_office

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "how-to" / "screen-files.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```(?:sh|ini)\n((?:#![^\n]*\n)?# (/[\w./-]+).*?)```", GUIDE, re.DOTALL)
BLOCKS = {Path(place).name: text for text, place in SHOWN}
"""What the guide shows to be written into files, by the files' names."""
SENDMAIL = """#!{python}
import smtplib, sys
smtplib.SMTP("127.0.0.1", {port}).sendmail("sender@body.example", [sys.argv[-1]], sys.stdin.buffer.read())
"""
MAIL = (
    "From: officer@body.example\nTo: requester@post.example\nSubject: Our reply\n{more}\nThank you for your request.\n"
)


@pytest.fixture
def program(tmp_path):
    """Write a script of the guide, with some words of it replaced; it finds the `candour` that is tested."""

    def written(name, **instead):
        text = BLOCKS[name]
        for old, new in instead.items():
            text = text.replace({"sendmail": "/usr/sbin/sendmail", "wait": "-5 seconds"}[old], str(new))
        return executable(tmp_path / name, text)

    return written


def executable(path, text):
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def run(*words, given=b"", **more):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        words, input=given, capture_output=True, check=False, env={**os.environ, "PATH": path}, **more
    )


def workbook():
    book = openpyxl.Workbook()
    book.active.append(["Year", "Incidents"])
    book.active.append(["2014/15", 80])
    book.create_sheet("Officers").sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_mail_goes_through_the_filter_and_one_with_a_blind_copy_is_held(program, tmp_path):
    with post_office.mail_server() as box:
        sendmail = executable(tmp_path / "sendmail", SENDMAIL.format(python=sys.executable, port=box.port))
        screen = program("screen-and-send", sendmail=sendmail)
        sent = run(
            screen, "-f", "officer@body.example", "--", "requester@post.example", given=MAIL.format(more="").encode()
        )
        held = run(screen, "--", "requester@post.example", given=MAIL.format(more="Bcc: other@post.example\n").encode())
    assert (sent.returncode, sent.stderr) == (0, b"")
    assert [mail["Subject"] for mail in box.mails] == ["Our reply"]
    assert held.returncode == 69
    assert b"mail.blind-copy" in held.stderr
    assert b"other@post.example" not in held.stderr


def test_the_filter_leaves_nothing_behind_and_asks_for_another_try_where_it_cannot_look(program, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    screen = program("screen-and-send", sendmail="/bin/true")
    clean = {**os.environ, "TMPDIR": str(work), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    subprocess.run([screen, "x@post.example"], input=MAIL.format(more="").encode(), check=True, env=clean)
    assert list(work.iterdir()) == []
    nothing = subprocess.run(
        [screen], input=b"x", check=False, capture_output=True, env={**clean, "PATH": "/usr/bin:/bin"}
    )
    assert (nothing.returncode, list(work.iterdir())) == (75, [])


def test_what_is_dropped_into_a_folder_is_screened_and_moved(program, tmp_path):
    coming, done = tmp_path / "outgoing", tmp_path / "screened"
    coming.mkdir()
    done.mkdir()
    (coming / "figures.xlsx").write_bytes(workbook())
    (coming / "reply.txt").write_text("Thank you.\n")
    (coming / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    said = run(program("screen-what-waits", wait="1 day"), coming, done)
    assert said.returncode == 3, said.stderr
    assert list(coming.iterdir()) == []
    (found,) = [json.loads(path.read_text()) for path in done.glob("*.json")]
    verdicts = {Path(one["file"]).name: one["verdict"] for one in found["files"]}
    assert verdicts == {".DS_Store": "block", "figures.xlsx": "block", "reply.txt": "clear"}
    assert [path.name for path in done.glob("*-clean/*.csv")] == ["figures.csv"]


def test_the_units_say_what_systemd_understands(tmp_path):
    for name in ("candour-screen.path", "candour-screen.service"):
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str
        unit.read_string(BLOCKS[name])
        assert "Unit" in unit
        (tmp_path / name).write_text(BLOCKS[name].replace("/usr/local/bin/screen-what-waits", "/bin/true"))
    assert unit["Service"]["SuccessExitStatus"] == "3"
    assert unit["Service"]["ExecStart"].split()[0] == "/usr/local/bin/screen-what-waits"
    if verify := shutil.which("systemd-analyze"):
        said = run(verify, "verify", *sorted(tmp_path.glob("candour-screen.*")))
        assert b"candour-screen" not in said.stderr, said.stderr
