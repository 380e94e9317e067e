"""Clean renditions of mails, web pages, archives, presentations, binary workbooks: what is seen, and nothing else."""

import base64
import io
import struct
import zipfile

import docx
import pypdfium2
import pytest
from PIL import Image
from pptx.util import Cm, Pt

from candour.screening import apart, looking
from candour.screening.cleaning import made, renditions
from candour.screening.findings import Unreadable
from carriers import mails, packed
from office_corpus import binaries, binary_tables, compound, old_presentations, packed_workbooks, presentations, shows
from office_corpus.workbooks import png
from screening.test_cleaning import nowhere

HIDDEN = "Secretname"


def words_of(pdf):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def entries(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def blocked(rendition):
    return [one.code for one in looking.look(rendition.content, rendition.name).findings if one.severity == "block"]


PAGE = f"""<!DOCTYPE html><html><head><title>{HIDDEN} title</title><style>.gone {{display: none}}</style>
<script>var officer = "{HIDDEN}";</script></head><body><!-- {HIDDEN} --><h2>The figures</h2>
<p onclick="tell()">Incidents by <b>year</b>.</p><p class="gone">{HIDDEN}</p><span style="display:none">{HIDDEN}</span>
<ul><li>one</li><li>two</li></ul><table><tr><td>2014/15</td><td>80</td><td hidden>{HIDDEN}</td></tr></table>
<img src="https://track.example/{HIDDEN}.gif" alt="{HIDDEN}"><p data-officer="{HIDDEN}">The end.</p></body></html>"""


def test_a_web_page_becomes_what_it_shows():
    clean = renditions.clean(PAGE.encode(), "page.html")
    assert clean.name == "page.pdf"
    assert nowhere(HIDDEN, clean.content)
    text = words_of(clean.content)[0].replace("\r\n", "")
    for words in ("The figures", "Incidents by year.", "one", "2014/15", "80", "The end."):
        assert words in text
    assert blocked(clean) == []
    assert "1 comment" in clean.left_out
    assert any("come from elsewhere" in what for what in clean.left_out)


def test_a_picture_that_lies_in_a_page_is_drawn_again_and_a_hidden_one_is_not():
    red, blue = (f"data:image/png;base64,{as_text(colour)}" for colour in ("red", "blue"))
    page = f'<html><body><img src="{red}" width="200"><img src="{blue}" style="display:none"></body></html>'
    (drawn,) = pypdfium2.PdfDocument(renditions.clean(page.encode(), "page.html").content)
    colours = {colour for _, colour in drawn.render(scale=1).to_pil().convert("RGB").getcolors(100_000)}
    assert any(red > 200 and green < 60 for red, green, _ in colours)
    assert not any(blue > 200 and red < 60 for red, _, blue in colours)


def as_text(colour):
    drawn = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(drawn, "PNG")
    return base64.b64encode(drawn.getvalue()).decode()


def test_a_mail_becomes_what_those_who_got_it_saw():
    content = mails.eml(Bcc=f"{HIDDEN}@body.example", Received=f"from {HIDDEN}.local by relay")
    clean = renditions.clean(content, "reply.eml")
    assert clean.name == "reply.pdf"
    assert nowhere(HIDDEN, clean.content)
    (text,) = words_of(clean.content)
    for words in ("From: governance@body.example", "To: asker@example.org", "Subject: Your request", "The figures are"):
        assert words in text
    assert blocked(clean) == []


def test_of_a_mail_with_two_texts_the_one_that_is_shown_is_kept():
    page = mails.PAGE.format("").replace("ready", "<b>shown</b>")
    clean = renditions.clean(mails.eml(f"The plain text names {HIDDEN}.\n", page), "reply.eml")
    assert nowhere(HIDDEN, clean.content)
    assert "The figures are shown" in words_of(clean.content)[0]
    assert any("plain text" in what for what in clean.left_out)


def test_a_table_on_a_slide_keeps_what_is_seen_of_it():
    def change(slide):
        table = slide.shapes.add_table(2, 2, Cm(2), Cm(10), Cm(8), Cm(2)).table
        for cell, text in zip(table.iter_cells(), ("Year", "Events", "2014/15", "80"), strict=True):
            cell.text = text
        run = table.cell(1, 1).text_frame.paragraphs[0].add_run()
        run.text, run.font.size = HIDDEN, Pt(1)
        table.cell(0, 0).merge(table.cell(0, 1))
        table.cell(0, 1)._tc.txBody.p_lst[0].append_text(HIDDEN)

    clean = renditions.clean(presentations.with_slide(change), "show.pptx")
    assert nowhere(HIDDEN, clean.content)
    assert all(words in words_of(clean.content)[0] for words in ("Year", "2014/15", "80"))


def test_what_is_attached_to_a_mail_is_cleaned_and_packed_and_what_cannot_be_is_named():
    message = mails.mail()
    photo, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = HIDDEN
    Image.new("RGB", (30, 20), "blue").save(photo, "JPEG", exif=exif)
    message.add_attachment(photo.getvalue(), "image", "jpeg", filename="photo.jpg")
    message.add_attachment(b"\xd0\xcf\x11\xe0 old", "application", "msword", filename="old.doc")
    inner = mails.mail("The mail inside.\n", Bcc=f"{HIDDEN}@body.example")
    message.add_attachment(inner)
    clean = renditions.clean(message.as_bytes(), "reply.eml")
    found = entries(clean.content)
    assert list(found) == ["reply.pdf", "photo.jpg", "mail 3.pdf"]
    assert all(nowhere(HIDDEN, content) for content in found.values())
    assert "The mail inside." in words_of(found["mail 3.pdf"])[0]
    assert any(what.startswith("old.doc") for what in clean.left_out)
    assert "photo.jpg" in words_of(found["reply.pdf"])[0]
    assert blocked(clean) == []


def test_a_mail_as_outlook_saves_it_names_each_person_once():
    blind = mails.recipient(1, 3, HIDDEN, f"{HIDDEN}@body.example")
    to = mails.recipient(0, 1, "Asker", "asker@example.org")
    clean = renditions.clean(mails.msg({**to, **blind}), "reply.msg")
    assert nowhere(HIDDEN, clean.content)
    assert words_of(clean.content)[0].count("asker@example.org") == 1


def test_an_archive_is_packed_anew_with_each_file_cleaned():
    content = packed.zipped(
        ("__MACOSX/._a.txt", HIDDEN),
        ("../../figures/table.csv", "Year,Incidents\r\n2014/15,80\r\n"),
        ("page.html", PAGE),
        ("a/.hidden.txt", "a note\n"),
        (packed.entry("thing.exe"), b"MZ\0\1" + HIDDEN.encode()),
        ("inner.zip", packed.zipped(("Thumbs.db", HIDDEN), ("b.txt", "b\n"))),
        comment=HIDDEN.encode(),
    )
    clean = renditions.clean(content, "files.zip")
    found = entries(clean.content)
    assert list(found) == ["figures/table.csv", "page.pdf", "a/hidden.txt", "inner.zip"]
    assert list(entries(found["inner.zip"])) == ["b.txt"]
    assert not any(HIDDEN.encode() in part for part in (clean.content, *found.values()))
    assert any(what.startswith("thing.exe") for what in clean.left_out)
    assert blocked(clean) == []
    assert clean == renditions.clean(content, "files.zip")


def test_two_files_that_become_one_name_are_both_kept():
    page = "<html><body>text</body></html>"
    content = packed.zipped(("page.html", page), ("page.htm", page))
    assert list(entries(renditions.clean(content, "files.zip").content)) == ["page.pdf", "page-2.pdf"]


@pytest.mark.parametrize("depth", [5, 8])
def test_archives_that_lie_too_deeply_are_not_followed(depth):
    content = packed.zipped(("a.txt", "a\n"))
    for _ in range(depth):
        content = packed.zipped(("inner.zip", content), ("b.txt", "b\n"))
    clean = renditions.clean(content, "files.zip")
    assert any("no file of it" in what for what in clean.left_out)
    assert blocked(clean) == []


def test_an_archive_of_which_nothing_can_be_cleaned_has_no_rendition():
    with pytest.raises(Unreadable):
        renditions.clean(packed.zipped(("thing.exe", b"MZ\0\1")), "files.zip")


@pytest.mark.parametrize(
    ("name", "make"),
    [("show.pptx", shows.powerpoint), ("show.odp", shows.open_document)],
)
def test_a_presentation_becomes_a_page_for_each_slide_that_is_seen(name, make):
    clean = renditions.clean(make(HIDDEN), name)
    assert clean.name == "show.pdf"
    assert nowhere(HIDDEN, clean.content)
    first, second = words_of(clean.content)
    assert "The figures" in first
    assert "What everybody sees" in first
    assert "The second slide" in second
    assert "1 hidden slide" in clean.left_out
    assert "1 note for the speaker" in clean.left_out
    assert any("faint" in what for what in clean.left_out)
    assert blocked(clean) == []


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("figures.xls", binary_tables.old),
        ("figures.xlsb", binary_tables.new),
        ("figures.xlsb", lambda: binary_tables.new(font=packed_workbooks.BLACK, code=164)),
    ],
)
def test_a_binary_workbook_becomes_the_values_that_are_seen(name, make):
    clean = renditions.clean(make(), name)
    assert clean.name == "figures.csv"
    rows = clean.content.decode().splitlines()
    assert rows == ["Year,Incidents", "2014,80", "2015,76.5", ",", "Note,"]
    assert "invisible-cell" in {one.code.partition(".")[2] for one in looking.look(make(), name).findings}


HIDING = ("hidden-text", "faint-text", "tiny-text", "text-off-page", "comment", "left-over", "holding-field")


@pytest.mark.parametrize("code", HIDING)
def test_a_binary_document_becomes_what_is_seen_of_it(code):
    for make in (binaries.DOC[code], *binaries.MORE_DOC.get(code, {}).values()):
        clean = renditions.clean(make(), "reply.doc")
        assert clean.name == "reply.docx"
        assert nowhere("Mary Smith", clean.content)
        assert blocked(clean) == []


def test_tracked_deletions_go_and_insertions_stay():
    deleted, inserted = (struct.pack("<HB", mark, 1) for mark in (0x0800, 0x0801))
    gone = renditions.clean(compound.old_document("Thank you", deleted), "reply.doc")
    kept = renditions.clean(compound.old_document("Thank you", inserted), "reply.doc")
    assert [[line.text for line in docx.Document(io.BytesIO(one.content)).paragraphs] for one in (gone, kept)] == [
        [],
        ["Thank you"],
    ]
    assert "1 tracked deletion" in gone.left_out


def test_the_letters_of_a_binary_document_stay_in_their_order():
    text = "Dear all,\rsee \x13 PAGE \x14\x31\x15 and \x13 IF 1 \x14this\x15.\rThe\x0bend\x1elast \u201cquoted\u201d"
    clean = renditions.clean(compound.old_document(text), "reply.doc")
    said = [one.text for one in docx.Document(io.BytesIO(clean.content)).paragraphs]
    assert said == ["Dear all,", "see  and this.", "The\nend-last \u201cquoted\u201d"]


def test_a_binary_workbook_whose_sheets_are_all_hidden_has_no_rendition():
    with pytest.raises(Unreadable):
        renditions.clean(binary_tables.new(state=1), "figures.xlsb")


def test_what_is_locked_says_what_to_do_instead():
    assert "Take its lock off" in made.instead("ole")


def test_a_binary_presentation_becomes_what_is_seen_of_its_slides():
    kept, told = old_presentations.picture(png().getvalue())
    shapes = [
        old_presentations.shape(old_presentations.text("Thank you\rfor asking")),
        old_presentations.shape(old_presentations.text("The figures", kind=0), place=(1_200, 100, 2_000, 1_900)),
        old_presentations.shape(old_presentations.text(HIDDEN, size=1), place=(2_100, 100, 2_000, 2_500)),
        old_presentations.shape(old_presentations.text(HIDDEN), place=(100, 6_000, 7_000, 500)),
        old_presentations.shape(b"", (0x104, 1), place=(2_600, 100, 2_000, 3_000)),
    ]
    content = old_presentations.presentation(*shapes, notes=HIDDEN, pictures=kept, store=told)
    clean = renditions.clean(content, "show.ppt")
    assert clean.name == "show.pdf"
    assert nowhere(HIDDEN, clean.content)
    (page,) = words_of(clean.content)
    assert page.split() == ["The", "figures", "Thank", "you", "for", "asking"]
    assert {"1 note for the speaker", "1 run of text too small or too faint to be read"} <= set(clean.left_out)
    assert len(list(pypdfium2.PdfDocument(clean.content)[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) == 1
    assert blocked(clean) == []


def test_a_child_tells_what_was_left_out():
    assert apart.clean(PAGE.encode(), "page.html").left_out == renditions.clean(PAGE.encode(), "page.html").left_out
