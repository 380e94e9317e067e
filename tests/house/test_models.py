"""Tables: keys point downwards, as imports do; and every row says whose it is."""

import inspect
import re

import doc_parts
import pytest
from django.apps import apps

SAYS_WHY = re.compile(r"\bno body\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def tables():
    """The models that people wrote, those between two tables left out."""
    found = [model for model in apps.get_models() if model.__module__.startswith("candour.")]
    assert found, "no room has a table"
    return found


@pytest.fixture(scope="module")
def floor():
    """The floor of every room, counted from the roof."""
    return {room: number for number, rooms in enumerate(doc_parts.layers()) for room in rooms}


def room(model):
    return model.__module__.split(".")[1]


def test_every_foreign_key_points_downwards_or_stays_in_its_room(tables, floor):
    up = [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for model in tables
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and points_up(model, field.related_model, floor)
    ]
    assert up == []


def points_up(model, target, floor):
    if not target.__module__.startswith("candour.") or room(target) == room(model):
        return False
    return floor[room(target)] <= floor[room(model)]


def test_every_table_has_its_body_or_says_why_not(tables):
    silent = [
        model._meta.label
        for model in tables
        if model._meta.label != "organisation.Body"
        and not any(field.name == "body" for field in model._meta.get_fields())
        and not SAYS_WHY.search(inspect.getdoc(model) or "")
    ]
    assert silent == []


def test_every_table_says_what_a_row_is(tables):
    silent = [model._meta.label for model in tables if (model.__doc__ or "").startswith(f"{model.__name__}(")]
    assert silent == []
