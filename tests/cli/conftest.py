"""A call of the command line inside the test's own process, with a data directory of its own."""

import json
from dataclasses import dataclass

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
