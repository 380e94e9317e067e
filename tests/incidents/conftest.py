"""One body with an operator."""

import pytest
from django.conf import settings

import extracts
from candour.incidents import replay
from candour.organisation import bodies, people


@pytest.fixture
def body(db, request):
    """A body; whatever the test does to it, what is believed can be rebuilt from the entries afterwards."""
    yield extracts.body()
    if "unguarded" not in request.fixturenames:
        assert [replay.compare(one.pk) for one in bodies.all_bodies()] == [None] * len(bodies.all_bodies())


@pytest.fixture
def operator(body):
    return people.operator(body)


@pytest.fixture(autouse=True)
def data_dir(tmp_path):
    settings.DATA_DIR.mkdir(exist_ok=True)
    return settings.DATA_DIR
