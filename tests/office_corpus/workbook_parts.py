"""Workbooks that carry something besides their cells: caches, shapes, names, properties, other files."""

import io
import zipfile

from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from office_corpus.packages import changed, shows, with_parts
from office_corpus.workbooks import (
    MAIN,
    SHEET,
    drawing,
    part,
    plain,
    png,
    saved,
    shape,
    with_sheet,
    written,
    xml,
)

FORM = '<f:FormTemplates xmlns:f="http://schemas.microsoft.com/sharepoint/v3/contenttype/forms"/>'


@shows("xlsx.pivot-records", "xlsx")
def pivot_records():
    records = f'<pivotCacheRecords {MAIN} count="1"><r><s v="Mary Smith"/></r></pivotCacheRecords>'
    return part("xl/pivotCache/pivotCacheRecords1.xml", records)


def _definition():
    items = '<sharedItems><s v="Mary Smith"/></sharedItems>'
    fields = f'<cacheFields><cacheField name="Name">{items}</cacheField></cacheFields>'
    text = f"<pivotCacheDefinition {MAIN}>{fields}</pivotCacheDefinition>"
    return part("xl/pivotCache/pivotCacheDefinition1.xml", text, kind="pivotCacheDefinition")


@shows("xlsx.pivot-items", "xlsx")
def pivot_items():
    return _definition()


@shows("xlsx.pivot-orphan", "xlsx")
def pivot_cache_after_its_sheet_was_deleted():
    return _definition()


@shows("xlsx.slicer", "xlsx")
def slicer_cache():
    return part("xl/slicerCaches/slicerCache1.xml")


@shows("xlsx.data-model", "xlsx")
def data_model():
    return part("xl/model/item.data", "tables")


@shows("xlsx.power-query", "xlsx")
def power_query():
    return part("customXml/item1.xml", '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAA</DataMashup>')


@shows("xlsx.connection", "xlsx")
def connection():
    one = '<connection id="1" name="Provider=SQL;User=msmith"/>'
    return part("xl/connections.xml", f"<connections {MAIN}>{one}</connections>")


@shows("xlsx.query-table", "xlsx")
def query_table():
    return part("xl/queryTables/queryTable1.xml", f'<queryTable {MAIN} name="q"/>')


@shows("xlsx.external-link", "xlsx")
def values_of_another_workbook():
    cell = '<row r="1"><cell r="A1"><v>42</v></cell></row>'
    book = f'<externalBook><sheetDataSet><sheetData sheetId="0">{cell}</sheetData></sheetDataSet></externalBook>'
    return part("xl/externalLinks/externalLink1.xml", f"<externalLink {MAIN}>{book}</externalLink>")


@shows("xlsx.external-formula", "xlsx")
def formula_on_another_workbook():
    return with_sheet(lambda sheet: sheet.__setitem__("D2", "=[1]Staff!A1"))


@shows("xlsx.chart-cache", "xlsx")
def chart_of_a_sheet_that_is_gone():
    book = plain()
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=5), titles_from_data=True)
    book.active.add_chart(chart, "E2")
    cache = '<f>\'Gone\'!$B$2:$B$5</f><numCache><ptCount val="1"/><pt idx="0"><v>6</v></pt></numCache>'
    named = "<f>'Incidents'!$B$2:$B$5</f>"
    return changed(saved(book), "xl/charts/chart1.xml", named, cache)


@shows("xlsx.chart-cache", "xlsx")
def chart_with_values_that_no_cell_shows():
    def fill(book, sheet):
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Incidents!$B$2:$B$5"})
        sheet.insert_chart("E2", chart)

    return changed(written(fill), "xl/charts/chart1.xml", "<c:v>54</c:v>", "<c:v>123456</c:v>")


@shows("xlsx.note", "xlsx")
def note():
    return with_sheet(lambda sheet: setattr(sheet["B2"], "comment", Comment("ask Mary Smith", "Mary Smith")))


@shows("xlsx.old-drawing", "xlsx")
def old_drawing():
    return written(lambda _book, sheet: sheet.write_comment("B2", "ask Mary Smith"))


@shows("xlsx.threaded-comment", "xlsx")
def threaded_comment():
    one = '<threadedComment ref="B2"><text>ask Mary Smith</text></threadedComment>'
    return part("xl/threadedComments/threadedComment1.xml", f"<ThreadedComments>{one}</ThreadedComments>")


@shows("xlsx.person", "xlsx")
def person_who_commented():
    return part("xl/persons/person.xml", '<personList><person displayName="Mary Smith"/></personList>')


@shows("xlsx.text-box", "xlsx")
def text_box():
    return drawing(shape(text="ask Mary Smith"))


@shows("xlsx.far-shape", "xlsx")
def shape_far_below():
    return drawing(shape(text="ask Mary Smith"), rows=(9_000, 9_002))


@shows("xlsx.hidden-shape", "xlsx")
def hidden_shape():
    return drawing(shape(attributes=' hidden="1"'))


@shows("xlsx.shape-without-size", "xlsx")
def shape_without_size():
    return drawing(shape(text="ask Mary Smith", size=0))


@shows("xlsx.anchor-without-size", "xlsx")
def chart_without_size():
    return drawing("<xdr:graphicFrame/>", rows=(1, 1), columns=(1, 1))


@shows("xlsx.alternative-text", "xlsx")
def alternative_text():
    def fill(_book, sheet):
        sheet.insert_image("E2", "a.png", {"image_data": png(), "description": r"C:\Users\msmith\list.png"})

    return written(fill)


@shows("xlsx.cropped-picture", "xlsx")
def cropped_picture():
    made = written(lambda _book, sheet: sheet.insert_image("E2", "a.png", {"image_data": png()}))
    return changed(made, "xl/drawings/drawing1.xml", "<a:stretch>", '<a:srcRect l="25000" b="30000"/><a:stretch>')


@shows("xlsx.picture-original", "xlsx")
def picture_whose_original_is_kept():
    return part("xl/media/hdphoto1.wdp", "II")


@shows("xlsx.ink", "xlsx")
def ink():
    return part("xl/ink/ink1.xml", "<ink/>")


@shows("xlsx.picture-not-looked-into", "xlsx")
def vector_picture():
    return part("xl/media/image1.emf", "x")


@shows("xlsx.hidden-name", "xlsx")
def hidden_name():
    book = plain()
    book.defined_names["Staff"] = DefinedName("Staff", attr_text='"Mary Smith"', hidden=True)
    return saved(book)


@shows("xlsx.broken-name", "xlsx")
def broken_name():
    book = plain()
    book.defined_names["Staff"] = DefinedName("Staff", attr_text="#REF!$A$1")
    return saved(book)


@shows("xlsx.name-elsewhere", "xlsx")
def name_for_a_hidden_sheet():
    book = plain()
    book.create_sheet("Names").sheet_state = "hidden"
    book.defined_names["Staff"] = DefinedName("Staff", attr_text="Names!$A$1")
    return saved(book)


@shows("xlsx.validation-list", "xlsx")
def list_to_choose_from():
    chosen = DataValidation("list", formula1='"Mary Smith,John Jones"', sqref="D2:D9")
    return with_sheet(lambda sheet: sheet.add_data_validation(chosen))


@shows("xlsx.revision", "xlsx")
def shared_workbook():
    return part("xl/revisions/revisionLog1.xml", "<revisions/>")


@shows("xlsx.custom-view", "xlsx")
def custom_view():
    view = '<customWorkbookViews><customWorkbookView name="Mary Smith" guid="{0}"/></customWorkbookViews></workbook>'
    return xml("</workbook>", view, "xl/workbook.xml")


@shows("xlsx.scenario", "xlsx")
def scenario():
    one = '<scenario name="low"><inputCells r="B2" val="3"/></scenario>'
    return xml("</sheetData>", f"</sheetData><scenarios>{one}</scenarios>")


@shows("xlsx.formula", "xlsx")
def formula():
    return with_sheet(lambda sheet: sheet.__setitem__("B6", "=SUM(B2:B5)"))


@shows("xlsx.reaching-formula", "xlsx")
def formula_that_reaches_elsewhere():
    return with_sheet(lambda sheet: sheet.__setitem__("B6", '=HYPERLINK("http://intranet/x")'))


@shows("xlsx.protection", "xlsx")
def protected_sheet():
    return with_sheet(lambda sheet: sheet.protection.enable())


@shows("xlsx.size", "xlsx")
def large_for_what_it_shows():
    return part("xl/theme/theme9.xml", "<x>" + "Mary Smith " * 120_000 + "</x>")


@shows("xlsx.author", "xlsx")
def author():
    book = plain()
    book.properties.creator = "Mary Smith"
    return saved(book)


@shows("xlsx.last-author", "xlsx")
def last_author():
    book = plain()
    book.properties.lastModifiedBy = "Mary Smith"
    return saved(book)


@shows("xlsx.company", "xlsx")
def company():
    return written(lambda book, _sheet: book.set_properties({"company": "Secret Unit"}))


@shows("xlsx.manager", "xlsx")
def manager():
    return written(lambda book, _sheet: book.set_properties({"manager": "Mary Smith"}))


@shows("xlsx.template", "xlsx")
def template():
    return xml("</Properties>", r"<Template>C:\Users\msmith\list.xltx</Template></Properties>", "docProps/app.xml")


@shows("xlsx.base-address", "xlsx")
def base_address():
    return written(lambda book, _sheet: book.set_properties({"hyperlink_base": "//server/share"}))


@shows("xlsx.described", "xlsx")
def title():
    return written(lambda book, _sheet: book.set_properties({"title": "Staff under investigation"}))


@shows("xlsx.custom-property", "xlsx")
def custom_property():
    book = plain()
    book.custom_doc_props.append(StringProperty(name="Case officer", value="Mary Smith"))
    return saved(book)


@shows("xlsx.label", "xlsx")
def sensitivity_label():
    book = plain()
    book.custom_doc_props.append(StringProperty(name="MSIP_Label_1_Name", value="OFFICIAL-SENSITIVE"))
    return saved(book)


@shows("xlsx.macro", "xlsm")
def macro():
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return changed(part("xl/vbaProject.bin", "x"), "[Content_Types].xml", types, macros)


@shows("xlsx.control", "xlsx")
def control():
    return part("xl/activeX/activeX1.xml")


@shows("xlsx.embedded-file", "xlsx")
def embedded_workbook():
    return part("xl/embeddings/book1.xlsx", saved(plain()), SHEET, "package")


@shows("xlsx.orphan-picture", "xlsx")
def picture_that_no_sheet_shows():
    return with_parts(saved(plain()), {"xl/media/image8.png": png().getvalue()})


@shows("xlsx.custom-xml", "xlsx")
def custom_xml():
    return part("customXml/item1.xml", "<case><officer>Mary Smith</officer></case>")


@shows("xlsx.custom-form", "xlsx")
def form_of_a_library():
    return part("customXml/item2.xml", FORM)


@shows("xlsx.printer", "xlsx")
def printer_settings():
    return part("xl/printerSettings/printerSettings1.bin", "x")


@shows("xlsx.thumbnail", "xlsx")
def thumbnail():
    return part("docProps/thumbnail.png", png().getvalue(), "", "thumbnail")


@shows("xlsx.signature", "xlsx")
def signature():
    return part("_xmlsignatures/sig1.xml")


@shows("xlsx.add-in", "xlsx")
def add_in():
    return part("xl/webextensions/webextension1.xml")


@shows("xlsx.unknown-part", "xlsx")
def unknown_part():
    return part("xl/secrets/list.bin", "x")


@shows("xlsx.trailing-data", "xlsx")
def archive_with_a_comment():
    made = io.BytesIO(saved(plain()))
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = b"ask Mary Smith"
    return made.getvalue()


@shows("xlsx.internal-link", "xlsx")
def link_to_a_share():
    return with_sheet(lambda sheet: setattr(sheet["B2"], "hyperlink", "http://intranet/staff"))


@shows("xlsx.mail-link", "xlsx")
def link_to_a_mail_address():
    return with_sheet(lambda sheet: setattr(sheet["B2"], "hyperlink", "mailto:m.smith@example.org"))


@shows("xlsx.fetched", "xlsx")
def picture_fetched_from_elsewhere():
    return with_parts(saved(plain()), {}, [(SHEET, "image", "https://example.org/a.png", "External")])
