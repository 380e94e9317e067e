"""What real programs write: a file with ordinary content is not blocked, and the same with something hidden is found.

Ordinary is a table with widths and a bold header, a chart, a link, a header, a footer and a picture, as far as the
program knows them. LibreOffice has a test of its own.
"""

import io

import docx
import openpyxl
import pikepdf
import pytest
import typst
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from PIL import Image as Picture
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import black, lightgrey
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Image as PlacedImage
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from candour.screening import looking
from candour.screening.findings import Verdict

ROWS = (("Year", "Incidents"), ("2012/13", 54), ("2013/14", 75), ("2014/15", 81))
ADDRESS, NAME = "https://www.example.org/figures", "Mary Smith of Hull"


def picture():
    made = io.BytesIO()
    Picture.effect_noise((240, 120), 40).convert("RGB").save(made, "PNG")
    made.seek(0)
    return made


def by_openpyxl(*, hidden):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 11
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    sheet["A6"], sheet["A6"].hyperlink = "Figures", ADDRESS
    sheet.oddHeader.center.text, sheet.oddFooter.right.text = "Incidents", "Page &P of &N"
    sheet.add_image(Image(picture()), "D20")
    if hidden:
        book.create_sheet("Names").append([NAME])
        book["Names"].sheet_state = "hidden"
    return saved(book)


def by_xlsxwriter(*, hidden):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Incidents")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row, book.add_format({"bold": True}) if number == 0 else None)
    sheet.set_column("A:B", 14)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Incidents!$A$2:$A$4", "values": "=Incidents!$B$2:$B$4"})
    sheet.insert_chart("D2", chart)
    sheet.write_url("A6", ADDRESS, string="Figures")
    sheet.set_header("&CIncidents")
    sheet.set_footer("&RPage &P of &N")
    sheet.insert_image("D20", "logo.png", {"image_data": picture()})
    if hidden:
        sheet.write_column("C1", [NAME])
        sheet.set_column("C:C", None, None, {"hidden": True})
    book.close()
    return made.getvalue()


def by_python_docx(*, hidden):
    letter = docx.Document()
    letter.core_properties.author = ""
    letter.sections[0].header.paragraphs[0].text = "Incidents"
    letter.sections[0].footer.paragraphs[0].text = "Page 1"
    letter.add_heading("Answers", 1)
    table = letter.add_table(0, 2, "Table Grid")
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.width = Cm(4)
            cell.paragraphs[0].add_run(str(text)).bold = row is ROWS[0]
    linked(letter.add_paragraph("See "), "the figures")
    letter.add_picture(picture(), Cm(6))
    if hidden:
        letter.add_paragraph().add_run(NAME).font.hidden = True
    return saved(letter)


def linked(paragraph, text):
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def by_reportlab(*, hidden):
    styles = getSampleStyleSheet()
    bold = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"), ("BACKGROUND", (0, 0), (-1, 0), lightgrey)]
    table = Table(ROWS, colWidths=(90, 70), style=[*bold, ("GRID", (0, 0), (-1, -1), 0.5, black)])
    chart, drawing = VerticalBarChart(), Drawing(300, 160)
    chart.data, chart.categoryAxis.categoryNames = [[row[1] for row in ROWS[1:]]], [row[0] for row in ROWS[1:]]
    drawing.add(chart)
    link = Paragraph(f'See <link href="{ADDRESS}" color="blue">the figures</link>.', styles["BodyText"])

    def around(page, _document):
        page.drawString(72, 800, "Incidents")
        page.drawString(480, 30, f"Page {page.getPageNumber()}")
        if hidden:
            page.drawString(72, 60, NAME)
            page.rect(70, 55, 200, 16, fill=1)

    made = io.BytesIO()
    story = [Paragraph("Answers", styles["Heading1"]), table, drawing, link, PlacedImage(picture(), 120, 60)]
    SimpleDocTemplate(made).build(story, onFirstPage=around)
    return made.getvalue()


SOURCE = """
#set page(paper: "a4", header: [Incidents], numbering: "1 of 1")
#set document(title: "Answers")
= Answers
#table(columns: (4cm, 3cm), table.header([*Year*], [*Incidents*]), ..json(bytes(sys.inputs.rows)).flatten().map(str))
#for (_, count) in json(bytes(sys.inputs.rows)) { rect(width: count * 1mm, height: 4mm, fill: rgb("#1d70b8")) }
See #link("ADDRESS")[the official figures] of the office.
#image("logo.png", width: 6cm, alt: "A pattern")
"""


def by_typst(*, hidden, folder):
    (folder / "logo.png").write_bytes(picture().getvalue())
    more = f"#place(dx: 60cm)[{NAME}]" if hidden else ""
    (folder / "reply.typ").write_text(SOURCE.replace("ADDRESS", ADDRESS) + more)
    rows = "[" + ",".join(f'["{year}", {count}]' for year, count in ROWS[1:]) + "]"
    return typst.compile(str(folder / "reply.typ"), sys_inputs={"rows": rows})


def by_pikepdf(*, hidden):
    """Two programs' pages put together, with a title and a bookmark, and packed as tightly as can be."""
    with pikepdf.open(io.BytesIO(by_reportlab(hidden=False))) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Answers", 0))
        pdf.docinfo["/Title"] = "Incidents by year"
        if hidden:
            pdf.attachments["names.csv"] = f"name\r\n{NAME}\r\n".encode()
        made = io.BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
        return made.getvalue()


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


PROGRAMS = {
    "openpyxl": (by_openpyxl, "figures.xlsx", "xlsx.hidden-sheet"),
    "xlsxwriter": (by_xlsxwriter, "figures.xlsx", "xlsx.hidden-column"),
    "python-docx": (by_python_docx, "letter.docx", "docx.hidden-text"),
    "reportlab": (by_reportlab, "letter.pdf", "pdf.text-under-box"),
    "typst": (by_typst, "letter.pdf", "pdf.text-outside-page"),
    "pikepdf": (by_pikepdf, "letter.pdf", "pdf.attachment"),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_writes_is_not_blocked_and_what_is_hidden_in_it_is_found(program, tmp_path):
    make, name, code = PROGRAMS[program]
    folder = {"folder": tmp_path} if make is by_typst else {}
    clean, dirty = (looking.look(make(hidden=hidden, **folder), name) for hidden in (False, True))
    assert clean.verdict is not Verdict.BLOCK, clean.findings
    assert (dirty.verdict, code in {one.code for one in dirty.findings}) == (Verdict.BLOCK, True)
