"""One body with an operator."""

import pytest
from django.conf import settings

import extracts
from candour.incidents import recounting, replay
from candour.organisation import bodies, people


@pytest.fixture
def body(db, request):
    """A body; whatever the test does to it, what is believed can be rebuilt and recounted afterwards."""
    yield extracts.body()
    if "unguarded" not in request.fixturenames:
        every = [one.pk for one in bodies.all_bodies()]
        assert [replay.compare(one) or recounting.compare(one) for one in every] == [None] * len(every)


@pytest.fixture
def operator(body):
    return people.operator(body)


@pytest.fixture(autouse=True)
def data_dir(tmp_path):
    settings.DATA_DIR.mkdir(exist_ok=True)
    return settings.DATA_DIR
