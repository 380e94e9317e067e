"""Of every file of the corpus that has a clean rendition, that rendition may leave."""

import importlib
import pkgutil
import warnings

import pytest

import office_corpus
from candour.screening import kinds, looking
from candour.screening.cleaning import made, renditions
from candour.screening.findings import Unreadable, Verdict
from carriers import deceits, mails, packed, pages, pictures, portable, texts
from office_corpus.packages import FILES
from screening.test_cleaning import nowhere

for _module in pkgutil.iter_modules(office_corpus.__path__):
    importlib.import_module(f"office_corpus.{_module.name}")

WORDS = ("text.", "words.", "identifier.", "table.")
"""Checks of what is seen: a clean rendition shows it as the file does, and a person decides."""

OTHERS = [one for module in (texts, portable, deceits, packed, pages, pictures, mails) for one in module.CARRIERS]
OFFICE = [(name, make) for files in FILES.values() for name, make in files]


def blocks(content, name):
    report = looking.look(content, name)
    return [one.code for one in report.findings if one.severity == "block" and not one.code.startswith(WORDS)]


def cleaned(content, name):
    try:
        return renditions.clean(content, name)
    except Unreadable:
        return None


@pytest.mark.parametrize("start", range(8))
def test_a_rendition_of_a_file_may_leave(start):
    files = [(one.name, one.make) for one in OTHERS] + OFFICE
    seen = 0
    with warnings.catch_warnings(action="ignore"):  # XFA forms, which the library that draws pages does not draw
        for name, make in files[start::8]:
            if clean := cleaned(make(), name):
                seen += 1
                assert blocks(clean.content, clean.name) == [], name
    assert seen > 10


SEEN = ("telling-field", "insertion", "format-change", "folded-heading")
"""Checks of what a person may see in the file, if after a click: the rendition may show it, too."""


@pytest.mark.parametrize("ending", ["xlsx", "ods", "docx", "odt", "pptx", "odp"])
def test_a_name_that_hides_in_a_file_is_not_in_its_rendition(ending):
    shown = []
    for code in [code for code in FILES if code.startswith(f"{ending}.") and code.partition(".")[2] not in SEEN]:
        for name, make in FILES[code]:
            clean = cleaned(make(), name) if name.endswith(ending) else None
            if clean and not nowhere("Smith", clean.content):
                shown.append(f"{code}: {name}")
    assert shown == []


def test_a_rendition_of_a_rendition_may_leave_too():
    for name, make in OFFICE[::40]:
        if clean := cleaned(make(), name):
            again = renditions.clean(clean.content, clean.name)
            assert looking.look(again.content, again.name).verdict is not Verdict.BLOCK


def test_the_kinds_that_are_said_to_have_a_rendition_have_one():
    assert set(renditions.MAKERS) == set(made.CLEANED)
    assert set(made.CLEANED) <= set(kinds.LOOKED_INTO)
