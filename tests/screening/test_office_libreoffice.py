"""What LibreOffice writes keeps the verdict: what was hidden in a file is found after it went through another program.

LibreOffice is looked for, never fetched: Debian's packages for it are a download of 104 MB (325 MB on the disk), more
than all else that the tests need. Without it these tests are skipped, also in continuous integration; what it writes
was looked at when the checks were made, and the rest of the corpus comes from five other producers.
"""

import shutil
import subprocess

import pytest

from candour.screening import looking
from candour.screening.findings import Verdict
from office_corpus import clean, documents, presentations, workbook_parts, workbooks

SHEETS = {
    "hidden-sheet": workbooks.hidden_sheet,
    "hidden-row": workbooks.fifty_hidden_rows,
    "hidden-column": workbooks.hidden_column,
    "filtered-row": workbooks.rows_hidden_by_a_filter,
    "far-cell": workbooks.cell_far_below,
}
SEEN_AS = {
    **{("ods", code): make for code, make in SHEETS.items()},
    **{("xlsx", code): make for code, make in SHEETS.items()},
    ("xls", "hidden-sheet"): workbooks.hidden_sheet,
    ("xls", "hidden-row"): workbooks.fifty_hidden_rows,
    ("xls", "hidden-column"): workbooks.hidden_column,
    ("xls", "invisible-cell"): workbooks.format_that_shows_nothing,
    ("ods", "invisible-cell"): workbooks.white_on_white,
    ("ods", "annotation"): workbook_parts.note,
    ("xlsx", "note"): workbook_parts.note,
    ("odt", "hidden-text"): documents.hidden_text,
    ("odt", "tracked-change"): documents.tracked_deletion,
    ("odt", "blacked-text"): documents.text_highlighted_in_black,
    ("doc", "hidden-text"): documents.hidden_text,
    ("doc", "tracked-change"): documents.tracked_deletion,
    ("doc", "comment"): documents.comment,
    ("odp", "hidden-slide"): presentations.hidden_slide,
    ("odp", "speaker-notes"): presentations.speaker_notes,
    ("odp", "covered"): presentations.black_box_over_text,
    ("ppt", "hidden-slide"): presentations.hidden_slide,
    ("ppt", "speaker-notes"): presentations.speaker_notes,
}
CLEAN = {"ods": "styled.xlsx", "xlsx": "drawn.xlsx", "odt": "styled.docx", "odp": "styled.pptx"}
STARTED_AS = {"ods": "xlsx", "xls": "xlsx", "xlsx": "xlsx", "odt": "docx", "doc": "docx", "odp": "pptx", "ppt": "pptx"}


@pytest.mark.slow
@pytest.mark.parametrize("ending", STARTED_AS)
def test_libreoffice_keeps_what_is_hidden_and_it_is_found(ending, tmp_path):
    hidden = {code: make for (to, code), make in SEEN_AS.items() if to == ending}
    reports = written(
        tmp_path, ending, {**hidden, **({"clean": clean.CLEAN[CLEAN[ending]]} if ending in CLEAN else {})}
    )
    missed = [code for code in hidden if f"{ending}.{code}" not in codes(reports[code])]
    assert missed == []
    assert "clean" not in reports or reports["clean"].verdict is not Verdict.BLOCK, reports["clean"].findings


def written(folder, ending, files):
    """Have LibreOffice write files of one format, in one start, and look into what it wrote."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip(
            "LibreOffice is not on this machine (Debian: libreoffice-calc-nogui, -writer-nogui, -impress-nogui)"
        )
    inputs = [folder / f"{code}.{STARTED_AS[ending]}" for code in files]
    for place, make in zip(inputs, files.values(), strict=True):
        place.write_bytes(make())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", ending, "--outdir", folder / "written", *inputs]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {
        code: looking.look((folder / "written" / f"{code}.{ending}").read_bytes(), f"{code}.{ending}") for code in files
    }


def codes(report):
    return {finding.code for finding in report.findings}
