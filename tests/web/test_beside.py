"""On the page of a table stand the figures that others published, for its rows and periods, where there are any."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils import timezone

from candour.figures import quoting
from candour.organisation import people
from candour.rules import years

ASKED = "measure=incidents-reported-to-ico&by=financial-year&start=1+April+2014&end=31+March+2016&group="


@dataclass(frozen=True)
class Figure:
    period: years.Period
    value: int
    about: str = "Reports: Justice"
    only: tuple = ()


@pytest.fixture
def published(register):
    figures = [Figure(years.read("2014/15"), 412, only={}), Figure(years.read("2015/16"), 9, about="Reports", only={})]
    about = {"measure": "incidents-reported-to-ico", "document": "Trends", "said_on": date(2016, 6, 1)}
    by = people.operator(register)
    quoting.load(register, figures, **about, sha256="ab" * 32, by=by, at=timezone.now())


def test_what_others_published_is_chosen_and_stands_below_with_its_source(visitor, published, text_of):
    client = visitor("foi-officer")
    page = text_of(client.get(f"/figures/?{ASKED}"))
    assert "What others published Whose figures Reports Reports: Justice Show beside" in page
    chosen = text_of(client.get(f"/figures/?{ASKED}&beside=Reports%3A+Justice"))
    assert "412 not in this register Reports: Justice, as published: Trends, 1 June 2016." in chosen


def test_choosing_keeps_what_was_asked(visitor, published):
    page = visitor("foi-officer").get(f"/figures/?{ASKED}").content.decode()
    assert '<input type="hidden" name="start" value="1 April 2014">' in page
    assert 'name="beside" value=' not in page


def test_where_nobody_published_anything_there_is_no_such_part(visitor, register, text_of):
    assert "What others published" not in text_of(visitor("foi-officer").get(f"/figures/?{ASKED}"))


def test_a_name_that_is_not_there_shows_the_choice_only(visitor, published, text_of):
    page = visitor("foi-officer").get(f"/figures/?{ASKED}&beside=Nobody")
    assert page.status_code == 200
    assert "as published:" not in text_of(page)
