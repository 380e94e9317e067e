"""Word documents with one thing hidden in each, made by python-docx or changed in their XML."""

import io

import docx
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt, RGBColor

from office_corpus.packages import changed, shows, with_parts

BODY = "word/document.xml"
SETTINGS = "word/settings.xml"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWN = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
BY = 'w:id="9" w:author="Mary Smith" w:date="2015-06-01T09:00:00Z"'


def plain():
    """Return a letter of python-docx with a table and nothing else."""
    letter = docx.Document()
    letter.core_properties.title = letter.core_properties.comments = ""
    letter.add_paragraph("Thank you for your request of 1 June 2015.")
    table = letter.add_table(2, 2)
    for cell, text in zip(table._cells, ("Year", "Incidents", "2014/15", "81"), strict=True):
        cell.text = text
    return letter


def saved(letter):
    made = io.BytesIO()
    letter.save(made)
    return made.getvalue()


def with_run(change, text="ask Mary Smith"):
    letter = plain()
    change(letter.add_paragraph().add_run(text))
    return saved(letter)


def with_body(xml):
    """Save the letter with more XML at the end of its body."""
    return changed(saved(plain()), BODY, "<w:sectPr", f"{xml}<w:sectPr")


def paragraph(inner, settings=""):
    return f"<w:p {WORD} {DRAWN}>{settings}{inner}</w:p>"


def run(text="ask Mary Smith", settings=""):
    return f"<w:r><w:rPr>{settings}</w:rPr><w:t>{text}</w:t></w:r>"


def field(code):
    return with_body(paragraph(f"<w:r><w:instrText> {code} </w:instrText></w:r>"))


def part(name, text="<x/>", kind="x"):
    return with_parts(saved(plain()), {name: text}, [(BODY, kind, f"/{name}")])


def with_settings(inner):
    return changed(saved(plain()), SETTINGS, "</w:settings>", f"{inner}</w:settings>")


def anchored(shape, place=0, behind=0):
    position = f'<wp:positionH><wp:posOffset>{place}</wp:posOffset></wp:positionH><wp:extent cx="900000" cy="300000"/>'
    drawing = f'<wp:anchor behindDoc="{behind}">{position}<wp:wrapNone/><wp:docPr id="1" name="x"/>{shape}</wp:anchor>'
    return with_body(paragraph(f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"))


@shows("docx.hidden-text", "docx")
def hidden_text():
    return with_run(lambda run: setattr(run.font, "hidden", True))


@shows("docx.hidden-text", "docx")
def text_hidden_by_its_style():
    letter = plain()
    letter.styles["Quote"].font.hidden = True
    letter.add_paragraph("ask Mary Smith", "Quote")
    return saved(letter)


@shows("docx.faint-text", "docx")
def white_text():
    return with_run(lambda run: setattr(run.font.color, "rgb", RGBColor(255, 255, 255)))


@shows("docx.faint-text", "docx")
def text_in_the_colour_of_its_cell():
    text = paragraph(run(settings='<w:color w:val="1D70B8"/>'))
    cell = f'<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1D70B8"/></w:tcPr>{text}</w:tc>'
    return with_body(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


@shows("docx.tiny-text", "docx")
def text_of_one_point():
    return with_run(lambda run: setattr(run.font, "size", Pt(1)))


@shows("docx.tiny-text", "docx")
def line_without_height():
    settings = '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr>'
    return with_body(paragraph(run(), settings))


@shows("docx.blacked-text", "docx")
def text_highlighted_in_black():
    return with_run(lambda run: setattr(run.font, "highlight_color", WD_COLOR_INDEX.BLACK))


@shows("docx.blacked-text", "docx")
def text_on_black_ground():
    return with_body(paragraph(run(settings='<w:shd w:val="clear" w:fill="000000"/>')))


@shows("docx.covering-shape", "docx")
def black_box_over_text():
    return anchored('<wps:wsp><wps:spPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill></wps:spPr></wps:wsp>')


@shows("docx.cropped-picture", "docx")
def old_picture_that_is_cropped():
    v = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    return with_body(paragraph(f'<w:r><w:pict><v:imagedata {v} cropleft="9000f"/></w:pict></w:r>'))


@shows("docx.folded-heading", "docx")
def folded_heading():
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    return with_body(paragraph(run(), f"<w:pPr><w15:collapsed {w15}/></w:pPr>"))


@shows("docx.header-not-shown", "docx")
def header_that_no_page_shows():
    letter = plain()
    letter.sections[0].first_page_header.paragraphs[0].text = "ask Mary Smith"
    return saved(letter)


@shows("docx.note-not-shown", "docx")
def footnote_without_reference():
    note = f'<w:footnote w:id="7"><w:p>{run()}</w:p></w:footnote>'
    return part("word/footnotes.xml", f"<w:footnotes {WORD}>{note}</w:footnotes>", "footnotes")


@shows("docx.shape-off-page", "docx")
def shape_outside_of_the_page():
    return anchored("<wps:wsp/>", place=90_000_000)


@shows("docx.insertion", "docx")
def tracked_insertion():
    return with_body(paragraph(f"<w:ins {BY}>{run()}</w:ins>"))


@shows("docx.deletion", "docx")
def tracked_deletion():
    return with_body(paragraph(f"<w:del {BY}><w:r><w:delText>ask Mary Smith</w:delText></w:r></w:del>"))


@shows("docx.move", "docx")
def tracked_move():
    return with_body(paragraph(f"<w:moveFrom {BY}>{run()}</w:moveFrom>"))


@shows("docx.format-change", "docx")
def tracked_change_of_format():
    return with_body(paragraph(run(settings=f"<w:rPrChange {BY}><w:rPr/></w:rPrChange>")))


@shows("docx.comment", "docx")
def comment():
    letter = plain()
    letter.add_comment(letter.paragraphs[0].runs, "ask Mary Smith", "Mary Smith", "MS")
    return saved(letter)


@shows("docx.person", "docx")
def person():
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    return part("word/people.xml", f'<w15:people {w15}><w15:person w15:author="Mary Smith"/></w15:people>')


@shows("docx.mail-merge", "docx")
def mail_merge():
    return with_settings('<w:mailMerge><w:query w:val="SELECT * FROM staff"/></w:mailMerge>')


@shows("docx.variable", "docx")
def variable():
    return with_settings('<w:docVars><w:docVar w:name="Officer" w:val="Mary Smith"/></w:docVars>')


@shows("docx.attached-template", "docx")
def attached_template():
    target = "file:///S:/staff/letter.dotx"
    return with_parts(saved(plain()), {}, [(SETTINGS, "attachedTemplate", target, "External")])


@shows("docx.save-marks", "docx")
def save_marks():
    return with_settings('<w:rsids><w:rsid w:val="00A77427"/></w:rsids>')


@shows("docx.fetching-field", "docx")
def field_that_fetches():
    return field(r'INCLUDETEXT "C:\\Users\\msmith\\list.docx"')


@shows("docx.fetching-field", "docx")
def simple_field_that_fetches():
    return with_body(
        paragraph(rf'<w:fldSimple w:instr="LINK Excel.Sheet.12 C:\Users\msmith\a.xlsx">{run("1")}</w:fldSimple>')
    )


@shows("docx.telling-field", "docx")
def field_with_a_mail_address():
    return field('HYPERLINK "mailto:msmith@example.org"')


@shows("docx.content-control", "docx")
def content_control():
    choices = '<w:dropDownList><w:listItem w:displayText="Mary Smith" w:value="1"/></w:dropDownList>'
    return with_body(f"<w:sdt><w:sdtPr>{choices}</w:sdtPr><w:sdtContent>{paragraph(run('x'))}</w:sdtContent></w:sdt>")


@shows("docx.building-block", "docx")
def building_block():
    block = f"<w:docParts><w:docPart><w:docPartBody><w:p>{run()}</w:p></w:docPartBody></w:docPart></w:docParts>"
    text = f"<w:glossaryDocument {WORD}>{block}</w:glossaryDocument>"
    return part("word/glossary/document.xml", text, "glossaryDocument")


@shows("docx.bookmark", "docx")
def bookmark():
    return with_body(paragraph('<w:bookmarkStart w:id="1" w:name="Smith_disciplinary"/><w:bookmarkEnd w:id="1"/>'))


@shows("docx.protection", "docx")
def protection():
    return with_settings('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>')


@shows("docx.internal-link", "docx")
def link_to_an_internal_system():
    letter = plain()
    letter.part.relate_to("https://intranet.example.gov.uk/staff", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return saved(letter)
