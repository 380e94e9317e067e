"""One body with an operator."""

import pytest
from django.conf import settings

import extracts
from candour.organisation import people


@pytest.fixture
def body(db):
    return extracts.body()


@pytest.fixture
def operator(body):
    return people.operator(body)


@pytest.fixture(autouse=True)
def data_dir(tmp_path):
    settings.DATA_DIR.mkdir(exist_ok=True)
    return settings.DATA_DIR
