"""A call of the command line inside the test's own process, with a data directory of its own."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from candour import cli
from candour.cli import door
from candour.organisation import actions


@dataclass(frozen=True)
class Called:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def call(capsys):
    """Call `candour` with words; returns exit code and what was printed."""

    def called(*words):
        capsys.readouterr()
        code = cli.main([str(word) for word in words])
        return Called(code, *capsys.readouterr())

    return called


@pytest.fixture
def candour(call, db, settings, tmp_path):
    """The same with a database and a data directory."""
    settings.DATA_DIR = tmp_path / "data"
    settings.FILES_DIR = settings.DATA_DIR / "files"
    settings.DATA_DIR.mkdir(mode=0o700)
    return call


@pytest.fixture
def body(candour):
    """A body that was just made, as `candour init` makes it, and the call to act for it."""
    actions.add_body("test", name="Test Body", kind="council", regime="foia", at=door.now())
    return candour


# a database of its own needs a process of its own; one for all calls of a test, for it starts slowly
CHILD = """
import contextlib, io, json, sys
from candour.cli import main
for line in sys.stdin:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(json.loads(line))
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


@pytest.fixture
def installed(own_data):
    """Call the command line in a child; on PostgreSQL its own programs have to be there. `code` None: any will do."""
    if "CANDOUR_DATABASE_URL" in own_data and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump and pg_restore are not on PATH")
    command, pipe = [sys.executable, "-c", CHILD], subprocess.PIPE
    with subprocess.Popen(command, env=own_data, stdin=pipe, stdout=pipe, text=True) as child:

        def call(*words, code=0):
            print(json.dumps([str(word) for word in words]), file=child.stdin, flush=True)
            ended, out, err = json.loads(child.stdout.readline())
            assert ended == code or code is None, err
            return SimpleNamespace(code=ended, stdout=out, stderr=err)

        yield call
