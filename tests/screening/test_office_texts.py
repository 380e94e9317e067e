"""The words of every place in an office file are handed over to be searched, also those that nobody sees."""

import pytest

from candour.screening import families, kinds
from candour.screening.inside import Inside
from office_corpus import (
    binaries,
    documents,
    open_documents,
    packed_workbooks,
    presentations,
    workbook_parts,
    workbooks,
)

HOLDING = {
    "an invisible cell": (workbooks.white_on_white, "a.xlsx"),
    "a cell far below": (workbooks.cell_far_below, "a.xlsx"),
    "a note": (workbook_parts.note, "a.xlsx"),
    "a threaded comment": (workbook_parts.threaded_comment, "a.xlsx"),
    "a pivot cache": (workbook_parts.pivot_records, "a.xlsx"),
    "custom XML": (workbook_parts.custom_xml, "a.xlsx"),
    "a text box": (workbook_parts.text_box, "a.xlsx"),
    "a leftover string": (workbooks.string_that_no_cell_shows, "a.xlsx"),
    "hidden text": (documents.hidden_text, "a.docx"),
    "deleted text": (documents.tracked_deletion, "a.docx"),
    "a comment": (documents.comment, "a.docx"),
    "a variable": (documents.variable, "a.docx"),
    "speaker notes": (presentations.speaker_notes, "a.pptx"),
    "a layout": (presentations.text_of_a_layout, "a.pptx"),
    "a hidden section": (lambda: open_documents.odt(open_documents.section('text:display="none"')), "a.odt"),
    "a hidden row": (open_documents.SHEETS["hidden-row"], "a.ods"),
    "a property": (lambda: open_documents.EVERYWHERE["author"](open_documents.ods), "a.ods"),
    "old hidden text": (binaries.DOC["hidden-text"], "a.doc"),
    "old notes": (binaries.PPT["speaker-notes"], "a.ppt"),
    "a string of an xlsb": (binaries.XLSB["orphan-string"], "a.xlsb"),
    "text within a formula": (lambda: binaries.xlsb(book_names=(NAMED,)), "a.xlsb"),
    "an old property": (binaries.XLS["author"], "a.xls"),
}
NAMED = packed_workbooks.name("Officer", means="Mary Smith".encode("utf-16-le"))

SEEN = ("a cell far below", "a text box")


@pytest.mark.parametrize("place", HOLDING)
def test_the_words_of_every_place_are_searched(place):
    make, name = HOLDING[place]
    kind = kinds.seen(make(), name)
    family = families.of(kind)
    found = list(family.texts(family.opens(make(), Inside(name, kind))))
    assert any("Mary Smith" in text.text and (text.hidden or place in SEEN) for text in found)
