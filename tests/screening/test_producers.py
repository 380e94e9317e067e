"""What another program saves anew keeps its verdict: openpyxl, python-docx, python-pptx and odfdo take the corpus.

Such a program leaves away what it does not know, and rightly: those codes are named, and all others have to be found.
"""

import importlib
import io
import pkgutil
import warnings
import zipfile

import docx
import odfdo
import openpyxl
import pptx
import pytest

import office_corpus
from candour.screening import looking
from candour.screening.findings import Verdict
from office_corpus import clean, open_documents
from office_corpus.packages import FILES

for _module in pkgutil.iter_modules(office_corpus.__path__):
    importlib.import_module(f"office_corpus.{_module.name}")


def by_openpyxl(content):
    return saved(openpyxl.load_workbook(io.BytesIO(content)))


def by_docx(content):
    return saved(docx.Document(io.BytesIO(content)))


def by_pptx(content):
    return saved(pptx.Presentation(io.BytesIO(content)))


def by_odfdo(content):
    return saved(odfdo.Document(io.BytesIO(open_documents.whole(content))))


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


BY = {"xlsx": by_openpyxl, "docx": by_docx, "pptx": by_pptx, **dict.fromkeys(("ods", "odt", "odp"), by_odfdo)}
UNRELATED = {
    "add-in", "control", "custom-form", "custom-property", "embedded-file", "ink", "label", "orphan-picture",
    "picture-not-looked-into", "picture-original", "printer", "signature", "trailing-data", "unknown-part",
    "unshown-code",
}  # fmt: skip
"""Parts that nothing in the file leads to, or that these programs make anew."""
LEFT_AWAY = {
    "docx": UNRELATED,
    "pptx": UNRELATED
    | {"comment", "custom-xml", "media", "person", "revision", "tag", "thumbnail", "unlisted-slide"},
    "xlsx": UNRELATED
    | {
        "advanced-filter", "anchor-without-size", "base-address", "company", "connection", "custom-view", "custom-xml",
        "data-model", "external-link", "far-shape", "fetched", "hidden-shape", "manager", "orphan-string", "person",
        "pivot-items", "pivot-orphan", "pivot-records", "power-query", "query-table", "revision", "shape-without-size",
        "size", "slicer", "invisible-letters", "phonetic",
        "template", "text-box", "threaded-comment", "thumbnail", "tiny-letters", "under-merged", "unlisted-sheet",
    },
    "ods": {"trailing-data"},
    "odt": {"trailing-data"},
    "odp": {"trailing-data"},
}  # fmt: skip


def looked(content, name):
    report = looking.look(content, name)
    return report.verdict, {finding.code for finding in report.findings}


@pytest.mark.parametrize("ending", BY)
def test_what_a_program_saves_anew_is_found_again(ending):
    found = {code: files[0] for code, files in FILES.items() if code.startswith(f"{ending}.")}
    kept = {code: file for code, file in found.items() if code.partition(".")[2] not in LEFT_AWAY[ending]}
    assert len(kept) > 20
    with warnings.catch_warnings(action="ignore"):  # what openpyxl says of what it leaves away
        for code, (name, make) in kept.items():
            if name.endswith(f".{ending}"):
                before, after = looked(make(), name), looked(BY[ending](make()), name)
                assert code in after[1], name
                assert (after[0] is Verdict.BLOCK) == (before[0] is Verdict.BLOCK), name


@pytest.mark.parametrize(
    "name", [name for name in clean.CLEAN if name != "chart.xlsx" and name.rpartition(".")[2] in BY]
)
def test_a_clean_file_stays_so(name):
    ending = name.rpartition(".")[2]
    assert looked(BY[ending](clean.CLEAN[name]()), name)[0] is not Verdict.BLOCK


def test_packing_is_no_way_around():
    """A file of each format, within an archive within an archive."""
    for ending in BY:
        name, make = next(file for code, files in FILES.items() for file in files if code.startswith(f"{ending}.h"))
        content = make()
        for place in (name, "inner.zip"):
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(place, content)
            content = made.getvalue()
        assert looked(content, "outer.zip")[0] is Verdict.BLOCK
