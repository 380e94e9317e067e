"""The catalogue of the reporting pages: whole in both languages, and nothing in it that no page says."""

import re
import string
from pathlib import Path

import pytest

from candour.web.reporting import answers, phrases

WEB = Path(phrases.__file__).parents[1]
SOURCES = [*WEB.glob("**/*.py"), *WEB.glob("jinja2/**/*.html")]
SAID = re.compile(r'(?:say(?:\.known)?|refuse)\((?:"\w+", )?["\']([a-z_-]+\.[a-z._-]+)["\']')
MADE = (
    *("start.next.", "what.example.", "got.now.", "moment.", "outcome.", "progress.", "service.", "harm.", "got."),
    *("contact.", *(f"{page}." for page in answers.QUESTIONS), "follow.", "thread.", "problem."),
)
"""What the names begin with that are put together when a page is made."""


def names(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", phrases.catalogue())
def test_a_phrase_stands_in_both_languages_with_the_same_gaps(name):
    said = phrases.catalogue()[name]
    assert set(said) - {"check"} == set(phrases.LANGUAGES)
    assert names(said["en"]) == names(said["cy"])
    assert said["cy"]
    assert said["en"] != said["cy"]


def test_every_phrase_that_a_page_says_is_in_the_catalogue():
    said = {name for path in SOURCES for name in SAID.findall(path.read_text(encoding="utf-8"))}
    assert said
    assert {name for name in said if not name.endswith(".")} - set(phrases.catalogue()) == set()


def test_no_phrase_is_left_over():
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    left = [
        name
        for name in phrases.catalogue()
        if not re.search(rf"[\"']{re.escape(name)}[\"']", text) and not name.startswith(MADE)
    ]
    assert left == []


def test_every_choice_has_its_words():
    for page, form in answers.QUESTIONS.items():
        assert f"{page}.question" in phrases.catalogue()
        first = next(iter(form.base_fields.values()))
        if isinstance(first, answers.One):
            for value in first.values:
                assert f"{getattr(form, 'phrases', '') or page}.{value}" in phrases.catalogue()
