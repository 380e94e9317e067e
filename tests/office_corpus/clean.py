"""Office files with nothing hidden in them, by several producers: none of them may be blocked."""

import io
import struct
from datetime import date

import odfdo
import openpyxl
import pptx.dml.color
import xlsxwriter
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm

from office_corpus import (
    compound,
    documents,
    old_presentations,
    open_documents,
    packed_workbooks,
    presentations,
    workbooks,
)
from office_corpus.binary_tables import BLACK_FONT
from office_corpus.compound import record
from office_corpus.packages import with_parts


def openpyxl_table():
    return workbooks.saved(workbooks.plain())


def openpyxl_styled():
    book = workbooks.plain()
    sheet = book.active
    for cell in sheet[1]:
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor="FF1D70B8")
        cell.border = Border(bottom=Side("thin"))
        cell.alignment = Alignment(horizontal="center")
    sheet["B2"].number_format = '#,##0;-#,##0;"–"'
    sheet.column_dimensions["A"].width = 14
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "A2"
    sheet.merge_cells("A7:C7")
    sheet["A7"] = "Source: the register"
    sheet.auto_filter.ref = "A1:C5"
    book.create_sheet("Notes")["A1"] = "What is counted, and how"
    return workbooks.saved(book)


def openpyxl_fitted():
    return workbooks.fitted(60)


def openpyxl_wrapped():
    return workbooks.fitted(8, wrap=True)


def openpyxl_chart():
    book = workbooks.plain()
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=5), titles_from_data=True)
    book.active.add_chart(chart, "E2")
    return workbooks.saved(book)


def xlsxwriter_table():
    def fill(book, sheet):
        sheet.add_table("A1:C5", {"columns": [{"header": name} for name in workbooks.TABLE[0]]})
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet.write_datetime("E1", date(2015, 4, 1), day)
        sheet.write_rich_string("E2", "from ", book.add_format({"bold": True}), "2015/16")
        sheet.set_header('&L&"Arial,Bold"&14Incidents&C&K1D70B8OFFICIAL&R&8&D')

    return workbooks.written(fill)


def xlsxwriter_chart_and_total():
    def fill(book, sheet):
        chart = book.add_chart({"type": "column"})
        shown = {"categories": "A$2:$A$5", "values": "B$2:$B$5", "name": "B$1"}
        chart.add_series({name: f"=Incidents!${cells}" for name, cells in shown.items()})
        sheet.insert_chart("E2", chart)
        sheet.insert_image("E20", "a.png", {"image_data": workbooks.png()})
        sheet.write_formula("B6", "=SUM(B2:B5)", None, 247)

    return workbooks.written(fill)


def xlsxwriter_in_constant_memory():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    sheet = book.add_worksheet("Incidents")
    for number, row in enumerate(workbooks.TABLE):
        sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def openpyxl_streamed():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Incidents")
    for row in workbooks.TABLE:
        sheet.append(row)
    return workbooks.saved(book)


def docx_letter():
    return documents.saved(documents.plain())


BOOKS = '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" Version="6"/>'


def docx_of_a_library():
    return with_parts(documents.saved(documents.plain()), {"customXml/item1.xml": BOOKS})


def docx_pictured():
    letter = documents.plain()
    letter.add_picture(workbooks.png())
    return documents.saved(letter)


def odt_with_notes_lists_and_links():
    """What a reply may hold besides paragraphs: a link, a note below the page, a list, a coloured head of a table."""
    link = '<text:p>See <text:a xlink:href="https://example.org/foi">the page</text:a>.</text:p>'
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    note = f"<text:p>80{note}<text:note-body><text:p>As at March.</text:p></text:note-body></text:note></text:p>"
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("first", "second"))
    head = (
        '<table:table-cell table:style-name="blue"><text:p><text:span text:style-name="white">Year</text:span></text:p>'
    )
    table = (
        f"<table:table><table:table-column/><table:table-row>{head}</table:table-cell></table:table-row></table:table>"
    )
    return open_documents.odt(f'{link}{note}<text:list text:style-name="L">{items}</text:list>{table}', HEAD_OF_A_TABLE)


HEAD_OF_A_TABLE = (
    '<style:style style:name="white" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="blue" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#1d70b8"/></style:style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." '
    'style:num-format="1"/></text:list-style>'
)


def docx_styled():
    letter = documents.plain()
    letter.add_heading("Answers", 1)
    letter.add_paragraph("first", "List Bullet")
    red = letter.add_paragraph().add_run("in red")
    red.font.color.rgb = RGBColor(212, 53, 28)
    red.font.highlight_color = WD_COLOR_INDEX.YELLOW
    letter.sections[0].header.paragraphs[0].text = "OFFICIAL"
    letter.sections[0].footer.paragraphs[0].text = "Page 1"
    table = letter.add_table(2, 2, "Medium Shading 1 Accent 1")
    table.cell(0, 0).paragraphs[0].add_run("Year").font.color.rgb = RGBColor(255, 255, 255)
    return documents.saved(letter)


def pptx_slide():
    return presentations.saved(presentations.plain())


def pptx_styled():
    def change(slide):
        box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(2), Cm(6), Cm(8), Cm(2))
        box.text_frame.text = "81 incidents"
        box.text_frame.paragraphs[0].runs[0].font.color.rgb = pptx.dml.color.RGBColor(255, 255, 255)
        slide.shapes.add_shape(MSO_SHAPE.OVAL, Cm(14), Cm(6), Cm(2), Cm(2))
        slide.shapes.add_table(2, 2, Cm(2), Cm(10), Cm(8), Cm(2)).table.cell(0, 0).text = "Year"

    return presentations.with_slide(change)


def odfdo_sheet():
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    table = odfdo.Table("Incidents")
    for row in workbooks.TABLE:
        table.append_row(odfdo.Row(width=len(row)))
        table.set_row_values(table.height - 1, list(row))
    book.body.append(table)
    return odf_saved(book)


def odfdo_letter():
    letter = odfdo.Document("text")
    letter.body.clear()
    letter.body.append(odfdo.Header(1, "Answers"))
    letter.body.append(odfdo.Paragraph("Thank you for your request of 1 June 2015."))
    return odf_saved(letter)


def odfdo_slides():
    show = odfdo.Document("presentation")
    show.body.clear()
    page = odfdo.DrawPage("page1", name="Incidents")
    page.append(odfdo.Frame.text_frame("81 incidents", size=("10cm", "2cm"), position=("2cm", "2cm")))
    show.body.append(page)
    return odf_saved(show)


def odf_saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def old_workbook():
    """A workbook of Excel 2003 with a table, as MS-XLS describes one; strings go on over two records."""
    day = "Incidents by year"
    strings = struct.pack("<II", 1, 1) + struct.pack("<HB", len(day), 0) + day[:9].encode()
    rest = b"\0" + day[9:].encode()
    cells = [record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)), record(0x27E, struct.pack("<HHHI", 1, 0, 0, 81 << 2 | 2))]
    frame = [
        record(0x200, struct.pack("<IIHHH", 0, 2, 0, 1, 0)),
        record(0x208, struct.pack("<8H", 0, 0, 1, 300, 0, 0, 0, 0)),
    ]
    window = record(0x23E, struct.pack("<HHHIHHI", 0x6B6, 0, 0, 64, 0, 0, 0))
    before = [
        record(0xFC, strings),
        record(0x3C, rest),
        record(0x3D, struct.pack("<9H", 0, 0, 9, 9, 0x38, 0, 0, 1, 600)),
    ]
    return compound.old_workbook(*frame, *cells, window, before=before, fonts=(BLACK_FONT,))


CLEAN = {
    "old.xls": old_workbook,
    "packed.xlsb": packed_workbooks.plain,
    "table.xlsx": openpyxl_table,
    "styled.xlsx": openpyxl_styled,
    "fitted.xlsx": openpyxl_fitted,
    "wrapped.xlsx": openpyxl_wrapped,
    "chart.xlsx": openpyxl_chart,
    "written.xlsx": xlsxwriter_table,
    "drawn.xlsx": xlsxwriter_chart_and_total,
    "constant-memory.xlsx": xlsxwriter_in_constant_memory,
    "streamed.xlsx": openpyxl_streamed,
    "letter.docx": docx_letter,
    "styled.docx": docx_styled,
    "library.docx": docx_of_a_library,
    "pictured.docx": docx_pictured,
    "rich.odt": odt_with_notes_lists_and_links,
    "plain.doc": compound.old_document,
    "library.doc": lambda: compound.stored(BOOKS.encode()),
    "plain.ppt": old_presentations.presentation,
    "slide.pptx": pptx_slide,
    "styled.pptx": pptx_styled,
    "plain.ods": open_documents.ods,
    "plain.odt": open_documents.odt,
    "plain.odp": open_documents.odp,
    "odfdo.ods": odfdo_sheet,
    "odfdo.odt": odfdo_letter,
    "odfdo.odp": odfdo_slides,
}
