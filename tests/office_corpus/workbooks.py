"""Workbooks with one thing hidden in each, made by openpyxl and xlsxwriter or changed in their XML."""

import io

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

from office_corpus.packages import changed, shows, with_parts

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TABLE = (
    ("Year", "Incidents", "Events"),
    ("2011/12", 37, 4),
    ("2012/13", 54, 11),
    ("2013/14", 75, 39),
    ("2014/15", 81, 80),
)


def plain():
    """Return a workbook of openpyxl with a table of incidents and nothing else."""
    book = openpyxl.Workbook()
    book.active.title = "Incidents"
    for row in TABLE:
        book.active.append(row)
    return book


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_sheet(change):
    """Save the plain workbook after a change to its sheet."""
    book = plain()
    change(book.active)
    return saved(book)


def written(fill):
    """Save a workbook of xlsxwriter with the table; `fill` gets the workbook and its sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Incidents")
    for number, row in enumerate(TABLE):
        sheet.write_row(number, 0, row)
    fill(book, sheet)
    book.close()
    return made.getvalue()


def part(name, text="<x/>", source="xl/workbook.xml", kind="x"):
    """Save the plain workbook with a part more."""
    return with_parts(saved(plain()), {name: text}, [(source, kind, f"/{name}")])


def xml(before, after, name=SHEET):
    """Save the plain workbook with a piece of XML changed."""
    return changed(saved(plain()), name, before, after)


def png():
    made = io.BytesIO()
    Picture.new("RGB", (40, 40), "grey").save(made, "png")
    return io.BytesIO(made.getvalue())


def drawing(inner, rows=(1, 2), columns=(1, 3)):
    """Save the plain workbook with a drawing anchored from one row to another."""
    anchor = (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{columns[0]}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{rows[0]}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{columns[1]}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{rows[1]}"
        f"</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>{inner}<xdr:clientData/></xdr:twoCellAnchor>"
    )
    return part("xl/drawings/drawing1.xml", f"<xdr:wsDr {DRAWING}>{anchor}</xdr:wsDr>", SHEET, "drawing")


def shape(name="Box", text="", size=914400, attributes=""):
    return (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="{name}"{attributes}/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm></xdr:spPr>'
        f"<xdr:txBody><a:bodyPr/><a:p><a:r>"
        f"<a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


@shows("xlsx.hidden-sheet", "xlsx")
def hidden_sheet():
    book = plain()
    book.create_sheet("Names").sheet_state = "hidden"
    return saved(book)


@shows("xlsx.hidden-sheet", "xlsx")
def hidden_sheet_of_another_producer():
    return written(lambda book, _sheet: book.add_worksheet("Names").hide())


@shows("xlsx.very-hidden-sheet", "xlsx")
def very_hidden_sheet():
    return written(lambda book, _sheet: book.add_worksheet("Names").very_hidden())


@shows("xlsx.hidden-window", "xlsx")
def hidden_window():
    book = plain()
    book.views[0].visibility = "hidden"
    return saved(book)


@shows("xlsx.other-sheet", "xlsx")
def chart_sheet():
    book = plain()
    book.create_chartsheet("Chart").add_chart(BarChart())
    return saved(book)


@shows("xlsx.unlisted-sheet", "xlsx")
def sheet_that_is_not_listed():
    return part("xl/worksheets/sheet9.xml", f"<worksheet {MAIN}><sheetData/></worksheet>")


@shows("xlsx.hidden-column", "xlsx")
def hidden_column():
    return with_sheet(lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True))


@shows("xlsx.hidden-column", "xlsx")
def hidden_column_of_another_producer():
    return written(lambda _book, sheet: sheet.set_column("B:B", None, None, {"hidden": True}))


@shows("xlsx.narrow-column", "xlsx")
def column_without_width():
    return with_sheet(lambda sheet: setattr(sheet.column_dimensions["B"], "width", 0.5))


@shows("xlsx.hidden-row", "xlsx")
def hidden_row():
    return with_sheet(lambda sheet: setattr(sheet.row_dimensions[3], "hidden", True))


@shows("xlsx.hidden-row", "xlsx")
def fifty_hidden_rows():
    def fill(_book, sheet):
        for row in range(5, 55):
            sheet.write(row, 0, f"officer {row}")
            sheet.set_row(row, None, None, {"hidden": True})

    return written(fill)


@shows("xlsx.flat-row", "xlsx")
def row_without_height():
    return with_sheet(lambda sheet: setattr(sheet.row_dimensions[3], "height", 0.5))


@shows("xlsx.collapsed-group", "xlsx")
def rows_folded_away():
    return with_sheet(lambda sheet: sheet.row_dimensions.group(2, 4, hidden=True))


@shows("xlsx.collapsed-group", "xlsx")
def columns_folded_away():
    return with_sheet(lambda sheet: sheet.column_dimensions.group("B", "C", hidden=True))


def _filtered(sheet):
    sheet.auto_filter.ref = "A1:C5"
    sheet.auto_filter.add_filter_column(0, ["2011/12"])
    sheet.row_dimensions[3].hidden = True


@shows("xlsx.filter", "xlsx")
def filter_with_criteria():
    return with_sheet(_filtered)


@shows("xlsx.filtered-row", "xlsx")
def rows_hidden_by_a_filter():
    return with_sheet(_filtered)


@shows("xlsx.filter", "xlsx")
def filter_of_a_table():
    def fill(_book, sheet):
        sheet.add_table("A1:C5", {"columns": [{"header": name} for name in TABLE[0]]})

    filtered = '<filterColumn colId="0"><filters><filter val="2011/12"/></filters></filterColumn></autoFilter>'
    before = '<autoFilter ref="A1:C5"/>'
    return changed(written(fill), "xl/tables/table1.xml", before, f'<autoFilter ref="A1:C5">{filtered}')


@shows("xlsx.advanced-filter", "xlsx")
def advanced_filter():
    book = plain()
    book.active.defined_names["_xlnm.Criteria"] = DefinedName("_xlnm.Criteria", attr_text="Incidents!$F$1:$F$2")
    return saved(book)


@shows("xlsx.far-cell", "xlsx")
def cell_far_below():
    return with_sheet(lambda sheet: sheet.cell(5_000, 1, "Mary Smith"))


@shows("xlsx.far-cell", "xlsx")
def cell_far_to_the_right():
    return with_sheet(lambda sheet: sheet.cell(2, 700, "Mary Smith"))


@shows("xlsx.outside-print-area", "xlsx")
def cells_outside_of_the_print_area():
    return with_sheet(lambda sheet: setattr(sheet, "print_area", "A1:B5"))


@shows("xlsx.invisible-colour", "xlsx")
def white_on_white():
    def change(sheet):
        sheet["F2"] = "Mary Smith"
        sheet["F2"].font = Font(color="FFFFFFFF")

    return with_sheet(change)


@shows("xlsx.invisible-colour", "xlsx")
def black_on_black():
    def change(sheet):
        sheet["B2"].fill = PatternFill("solid", fgColor="FF000000")

    return with_sheet(change)


@shows("xlsx.invisible-colour", "xlsx")
def theme_white_on_white():
    def fill(book, sheet):
        sheet.write("F2", "Mary Smith", book.add_format({"font_color": "#FEFEFE"}))

    return written(fill)


@shows("xlsx.invisible-format", "xlsx")
def format_that_shows_nothing():
    return with_sheet(lambda sheet: setattr(sheet["B2"], "number_format", ";;;"))


@shows("xlsx.tiny-font", "xlsx")
def font_of_one_point():
    return with_sheet(lambda sheet: setattr(sheet["B2"], "font", Font(size=1)))


LONG = "Mary Smith of Hull, who told the ward of what she had seen, and whom she had told of it before"


def fitted(width, *, wrap=False):
    """Save the plain workbook with a long text that is made to fit its cell."""

    def change(sheet):
        sheet["B2"] = LONG
        sheet["B2"].alignment = Alignment(shrink_to_fit=True, wrap_text=wrap)
        sheet.column_dimensions["B"].width = width

    return with_sheet(change)


@shows("xlsx.shrunk-cell", "xlsx")
def letters_made_to_fit():
    return fitted(8)


@shows("xlsx.shrunk-cell", "xlsx")
def letters_made_to_fit_by_another_producer():
    return written(lambda book, sheet: sheet.write("E2", LONG, book.add_format({"shrink": True})))


@shows("xlsx.unseen-header", "xlsx")
def header_of_one_point():
    return written(lambda _book, sheet: sheet.set_header("&LIncidents&R&1Mary Smith of Hull"))


@shows("xlsx.unseen-header", "xlsx")
def footer_in_white():
    return written(lambda _book, sheet: sheet.set_footer('&C&"Arial,Bold"&10&KFFFFFFMary Smith of Hull'))


@shows("xlsx.tiny-letters", "xlsx")
def text_box_of_one_point():
    return written(lambda _book, sheet: sheet.insert_textbox("E2", "Mary Smith", {"font": {"size": 1}}))


@shows("xlsx.conditional-hiding", "xlsx")
def conditional_format_that_hides():
    rule = CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FFFFFFFF"))
    return with_sheet(lambda sheet: sheet.conditional_formatting.add("B2:B5", rule))


@shows("xlsx.conditional-hiding", "xlsx")
def bars_without_their_values():
    rule = DataBarRule("min", None, "max", None, "FF1D70B8", showValue=False)
    return with_sheet(lambda sheet: sheet.conditional_formatting.add("B2:B5", rule))


@shows("xlsx.under-merged", "xlsx")
def value_under_merged_cells():
    return xml("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')


@shows("xlsx.orphan-string", "xlsx")
def string_that_no_cell_shows():
    made = written(lambda _book, _sheet: None)
    return changed(made, "xl/sharedStrings.xml", "</sst>", "<si><t>Mary Smith</t></si></sst>")
