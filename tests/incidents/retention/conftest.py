"""A register, its schedule, and the people who keep it: two records managers and an FOI officer."""

import pytest

import extracts
import retained
from candour.organisation import actions as organisation


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.FILES_DIR = settings.DATA_DIR / "files"
    settings.DATA_DIR.mkdir()


@pytest.fixture
def register(body, operator, tmp_path):
    assert extracts.load(body, retained.REGISTER, tmp_path).loaded == 5
    retained.schedule(body, operator)
    return body


@pytest.fixture
def somebody(body, operator):
    def add(name, role):
        return organisation.add_person(body, name=name, roles=[role], email=None, by=operator, at=extracts.NOW)

    return add


@pytest.fixture
def manager(somebody):
    return somebody("Records manager", "records-manager")


@pytest.fixture
def second(somebody):
    return somebody("Second records manager", "records-manager")


@pytest.fixture
def foi_officer(somebody):
    return somebody("FOI officer", "foi-officer")
