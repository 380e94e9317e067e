"""No finding shows what it found: neither in what it says, nor in the place it names."""

import contextlib
import io
import warnings
import zipfile
import zlib

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import fuzzed
from candour.screening import looking, words
from candour.screening.findings import Known, masked
from candour.screening.identifiers import searching, sorts
from candour.screening.identifiers.names import Names
from office_corpus import binaries, compound

PERSONS = {sorts.NI_NUMBER, sorts.NHS_NUMBER, sorts.MOBILE, sorts.PRIVATE_EMAIL, sorts.BIRTH_DATE, sorts.BANK_ACCOUNT}
KNOWN = Known(names=frozenset(("Mary Smith", "John Jones")))
IDENTIFIERS = ("AB123456C", "943 476 5919", "07700 900123", "mary.smith@gmail.com", "SW1A 2AA")


def unmasked(text):
    names = [found.value for found in Names(KNOWN.names).within(text)]
    return [*names, *(found.value for found in searching.search(text) if found.sort in PERSONS)]


@pytest.fixture(scope="module")
def looked():
    """The whole corpus, looked into by somebody who knows two names."""
    with warnings.catch_warnings(action="ignore"):  # what readers say of damage
        return [(name, content, looking.look(content, name, known=KNOWN)) for name, content in fuzzed.seeds()]


def test_nothing_in_the_corpus_is_told_unmasked(looked):
    told = [(report.name, finding) for _, _, report in looked for finding in report.findings]
    assert [(name, one) for name, one in told if unmasked(f"{one.where}\n{one.what}")] == []


def test_a_known_name_is_found_wherever_the_corpus_hides_it(looked):
    """In whatever part: a list to choose from, a bookmark, a view, a printer's settings, a tracked change."""
    holds = [
        (name, report) for name, content, report in looked if any(b"Mary Smith" in part for part in layers(content))
    ]
    assert len(holds) > 100
    missed = [name for name, report in holds if "known-name" not in " ".join(one.code for one in report.findings)]
    assert [name for name in missed if not name.endswith(OUTSIDE)] == []


OUTSIDE = ("trailing-data.docx", "trailing-data.ods", "trailing-data.odt", "trailing-data.odp", "trailing-data.xlsb",
           "trailing-data.pptx", "archive-with-a-comment.xlsx", "large-for-what-it-shows.xlsx",
           "letters-in-a-sector-of-no-stream.xls")  # fmt: skip
"""Bytes beside the parts of a package, or a part that none names, are told and not read."""


def layers(content):
    """The bytes of a file, and of the parts of a package, and of the files in these."""
    yield content
    if content.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
            archive = zipfile.ZipFile(io.BytesIO(content))
            for entry in archive.infolist():
                yield from layers(archive.read(entry))


def test_the_name_of_a_sheet_is_a_place_and_is_masked_too():
    book = openpyxl.Workbook()
    book.active.title = "AB123456C Mary Smith"
    book.active["A1"] = "943 476 5919"
    made = io.BytesIO()
    book.save(made)
    report = looking.look(made.getvalue(), "of_Mary_Smith_AB123456C.xlsx", known=KNOWN)
    assert {finding.where for finding in report.findings if finding.code == "identifier.nhs-number"} == {
        "of_Ma**_Sm***_AB*******.xlsx › sheet AB******* Ma** Sm***, column A"
    }


@given(st.sampled_from(IDENTIFIERS), st.text(" abc,;()", max_size=5), st.text(" xyz,;()", max_size=5))
def test_an_identifier_in_a_place_is_never_shown(identifier, before, after):
    place = f"a.zip › {before} {identifier} {after}"
    assert searching.search(place)
    assert identifier not in words.masking(place, KNOWN)


def test_a_short_word_is_not_shown_whole():
    assert [masked(text) for text in ("Li Wu", "Ann", "Smith")] == ["L* W*", "An*", "Sm***"]


def test_the_name_of_a_sheet_is_searched_in_every_kind_of_workbook():
    for make, name in ((compound.old_workbook, "a.xls"), (binaries.xlsb, "a.xlsb")):
        report = looking.look(make(state=1), name, known=Known(suppliers=frozenset(("Secret Ltd", "Incidents Ltd"))))
        assert "hidden-identifier.known-supplier" in {one.code for one in report.findings}
