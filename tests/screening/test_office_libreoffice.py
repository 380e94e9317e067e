"""What LibreOffice writes keeps the verdict: what was hidden in a file is found after it went through that program.

Such a program leaves away what it does not know. What it keeps is named here for each format it writes, as the check
that found it before, and as `before>after` where the format has another for it.
"""

import importlib
import pkgutil

import libreoffice
import pytest

import office_corpus
from candour.screening import looking
from candour.screening.findings import Verdict
from office_corpus import clean, open_documents
from office_corpus.packages import FILES

for _module in pkgutil.iter_modules(office_corpus.__path__):
    importlib.import_module(f"office_corpus.{_module.name}")

KEPT = {
    (
        "xlsx",
        "xlsx",
    ): "very-hidden-sheet>hidden-sheet hidden-row hidden-column filtered-row collapsed-group far-cell note"
    " invisible-colour invisible-format conditional-hiding chart-cache cropped-picture scenario under-merged",
    ("xlsx", "ods"): "hidden-sheet hidden-row hidden-column filtered-row far-cell note>annotation"
    " invisible-colour>invisible-cell conditional-hiding cropped-picture",
    ("xlsx", "xls"): "hidden-sheet hidden-row hidden-column filtered-row>hidden-row note>record"
    " invisible-colour>invisible-cell invisible-format>invisible-cell conditional-hiding>record cropped-picture>record",
    ("ods", "ods"): "hidden-sheet hidden-row hidden-column",
    ("docx", "docx"): "hidden-text faint-text tiny-text blacked-text deletion insertion move format-change comment"
    " building-block custom-xml",
    ("docx", "odt"): "hidden-text faint-text tiny-text blacked-text deletion>tracked-change comment>annotation",
    ("docx", "doc"): "hidden-text faint-text tiny-text blacked-text deletion>tracked-change insertion>tracked-change"
    " comment bookmark",
    ("doc", "doc"): "hidden-text faint-text tiny-text blacked-text text-off-page tracked-change mail-merge",
    ("odt", "doc"): "hidden-text faint-text",
    ("xlsb", "xlsx"): "invisible-cell>invisible-colour hidden-row hidden-column far-cell under-merged",
    ("odt", "odt"): "hidden-text hidden-section faint-text",
    ("pptx", "pptx"): "hidden-slide speaker-notes covered faint-text shape-off-slide tiny-text",
    ("pptx", "odp"): "hidden-slide speaker-notes covered faint-text shape-off-slide tiny-text",
    ("pptx", "ppt"): "hidden-slide speaker-notes covered faint-text shape-off-slide tiny-text embedded-file>object",
    ("odp", "odp"): "hidden-slide speaker-notes",
}
CLEAN = {
    "xls": "table.xlsx written.xlsx styled.xlsx odfdo.ods",
    "xlsx": "written.xlsx drawn.xlsx odfdo.ods",
    "ods": "written.xlsx drawn.xlsx",
    "docx": "letter.docx styled.docx",
    "doc": "letter.docx styled.docx pictured.docx odfdo.odt rich.odt",
    "ppt": "slide.pptx styled.pptx odfdo.odp",
    "odt": "styled.docx",
    "pptx": "slide.pptx styled.pptx",
    "odp": "styled.pptx",
    "pdf": "written.xlsx styled.docx styled.pptx odfdo.odt",
    "html": "letter.docx odfdo.odt",
    "csv": "table.xlsx odfdo.ods",
    "png": "drawn.xlsx letter.docx styled.pptx",
    "txt": "letter.docx",
}
ENDINGS = sorted({*CLEAN, *(ending for _, ending in KEPT)})


def hidden(ending):
    """Yield (family, the check that found it before, the check that has to find it, how the file is made)."""
    for (family, to), codes in KEPT.items():
        if to == ending:
            for before, _, after in (code.partition(">") for code in codes.split()):
                yield family, before, f"{ending}.{after or before}", FILES[f"{family}.{before}"][0][1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_libreoffice_keeps_is_found_and_what_is_clean_is_not_blocked(ending, office, folder):
    files = {f"{family}-{before}.{family}": make for family, before, _, make in hidden(ending)}
    files |= {f"clean-{name}": clean.CLEAN[name] for name in CLEAN.get(ending, "").split()}
    reports = written(office, folder / ending, ending, files)
    for family, before, after, _ in hidden(ending):
        assert after in codes(reports[f"{family}-{before}.{family}"]), (family, before)
    for name in CLEAN.get(ending, "").split():
        report = reports[f"clean-{name}"]
        assert report.verdict is not Verdict.BLOCK, (name, report.findings)


def written(office, folder, ending, files):
    """Have LibreOffice write the files in a format, in one start, and look into what it wrote."""
    folder.mkdir()
    inputs = [folder / name for name in files]
    for place, make in zip(inputs, files.values(), strict=True):
        place.write_bytes(open_documents.whole(make()) if place.suffix in (".ods", ".odt", ".odp") else make())
    libreoffice.convert(office, inputs, ending, folder / "written")
    outputs = {one.name: folder / "written" / f"{one.stem}.{ending}" for one in inputs}
    return {name: looking.look(made.read_bytes(), made.name) for name, made in outputs.items()}


def codes(report):
    return {finding.code for finding in report.findings}
