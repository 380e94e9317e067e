"""Office files that hide a name in a second and a third way: what somebody would try whom the first way failed."""

import io
import struct
import zipfile

from openpyxl.styles import Color, Font
from PIL import Image

from office_corpus import documents, open_documents, presentations, workbooks
from office_corpus.compound import old_workbook
from office_corpus.documents import WORD, paragraph, run, with_body
from office_corpus.open_documents import cell, odt, row, style
from office_corpus.packages import changed, packed, parts_of, shows

SHEET, SLIDE, STYLES = "xl/worksheets/sheet1.xml", "ppt/slides/slide1.xml", "xl/styles.xml"
NAME = "Mary Smith"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
HEADER = "<style:header><text:p>ask Mary Smith</text:p></style:header>"
OTHER = f'<style:master-page style:name="Other">{HEADER}</style:master-page>'
MASTERS = f'<office:master-styles><style:master-page style:name="Standard"/>{OTHER}</office:master-styles>'
DATA_STYLE = '<number:text-style xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" style:name="N1"/>'


def named(change):
    """A workbook with the name in a cell, and that cell changed."""

    def kept(sheet):
        sheet["B9"] = NAME
        change(sheet["B9"])

    return workbooks.with_sheet(kept)


@shows("xlsx.invisible-colour", "xlsx")
def the_colour_of_the_theme_s_paper():
    return named(lambda cell: setattr(cell, "font", Font(color=Color(theme=0))))


@shows("xlsx.invisible-format", "xlsx")
def number_format_in_white():
    return named(lambda cell: setattr(cell, "number_format", "[White]General;[White]General;[White]General;[White]@"))


@shows("xlsx.invisible-format", "xlsx")
def number_format_without_a_place_for_texts():
    return named(lambda cell: setattr(cell, "number_format", "General;General;General;"))


@shows("xlsx.invisible-format", "xlsx")
def number_format_that_shows_another_word():
    return workbooks.with_sheet(lambda sheet: setattr(sheet["B2"], "number_format", '"withheld"'))


@shows("xlsx.far-text", "xlsx")
def text_behind_many_blanks():
    return workbooks.with_sheet(lambda sheet: sheet.__setitem__("B2", f"81{' ' * 200}{NAME}"))


@shows("xlsx.far-text", "xlsx")
def text_below_many_empty_lines():
    return workbooks.with_sheet(lambda sheet: sheet.__setitem__("B2", f"81{chr(10) * 50}{NAME}"))


@shows("xlsx.invisible-letters", "xlsx")
def white_letters_within_a_cell():
    def fill(book, sheet):
        white = book.add_format({"font_color": "#FFFFFF"})
        sheet.write_rich_string("E2", "from ", white, NAME, " on")

    return workbooks.written(fill)


@shows("xlsx.invisible-letters", "xlsx")
def tiny_letters_within_a_cell_of_its_own():
    letters = f'<is><r><rPr><sz val="1"/></rPr><t>{NAME}</t></r></is>'
    return changed(workbooks.saved(workbooks.plain()), SHEET, "</row>", f'<c r="E1" t="inlineStr">{letters}</c></row>')


@shows("xlsx.phonetic", "xlsx")
def how_a_cell_is_pronounced():
    made = workbooks.written(lambda _book, _sheet: None)
    return changed(made, "xl/sharedStrings.xml", "</si>", f'<rPh sb="0" eb="1"><t>{NAME}</t></rPh></si>')


@shows("xlsx.invisible-table", "xlsx")
def table_of_a_style_in_white():
    made = workbooks.written(
        lambda _book, sheet: sheet.add_table(
            "A1:C5", {"style": None, "columns": [{"header": n} for n in workbooks.TABLE[0]]}
        )
    )
    parts = parts_of(made)
    white = '<dxfs count="1"><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs><tableStyles count="1">'
    own = '<tableStyle name="Own" pivot="0" count="1"><tableStyleElement type="wholeTable" dxfId="0"/></tableStyle>'
    text = parts[STYLES].decode().partition("<dxfs")[0]
    table = parts["xl/tables/table1.xml"].decode().replace("<tableStyleInfo", '<tableStyleInfo name="Own"')
    said = {STYLES: f"{text}{white}{own}</tableStyles></styleSheet>", "xl/tables/table1.xml": table}
    return packed({**parts, **{name: text.encode() for name, text in said.items()}})


@shows("xlsx.covered-cell", "xlsx")
def picture_over_the_cells():
    def fill(_book, sheet):
        dark = io.BytesIO()
        Image.new("RGB", (400, 300)).save(dark, "PNG")
        sheet.insert_image("A1", "dark.png", {"image_data": dark})

    return workbooks.written(fill)


@shows("xlsx.unshown-code", "xlsx")
def remark_in_the_list_of_sheets():
    made = workbooks.saved(workbooks.plain())
    return changed(made, "xl/workbook.xml", "<sheets>", f"<!-- ask {NAME} --><sheets>")


@shows("xlsx.flat-row", "xlsx")
def rows_that_are_flat_unless_they_are_set():
    made = workbooks.saved(workbooks.plain())
    return changed(made, SHEET, 'defaultRowHeight="15"', 'defaultRowHeight="0.5" customHeight="1"')


@shows("docx.trailing-data", "docx")
def bytes_after_the_archive():
    return documents.saved(documents.plain()) + b"ask Mary Smith"


@shows("docx.trailing-data", "docx")
def entry_that_the_list_does_not_name():
    letter = documents.saved(documents.plain())
    secret = packed({"secret.txt": NAME})
    secret = secret[: secret.index(b"PK\x01\x02")]
    end = letter.rindex(b"PK\x05\x06")
    (list_,) = struct.unpack_from("<I", letter, end + 16)
    place = struct.pack("<I", list_ + len(secret))
    return letter[:list_] + secret + letter[list_ : end + 16] + place + letter[end + 20 :]


@shows("xlsx.trailing-data", "xlsx")
def fields_beside_an_entry():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts_of(workbooks.saved(workbooks.plain())).items():
            entry = zipfile.ZipInfo(name)
            entry.extra = struct.pack("<HH", 0x9999, len(NAME)) + NAME.encode()
            archive.writestr(entry, content)
    return made.getvalue()


def lettered(settings):
    return with_body(paragraph(run(settings=settings)))


@shows("docx.faint-text", "docx")
def the_theme_s_paper_as_the_colour_of_letters():
    return lettered('<w:color w:val="auto" w:themeColor="background1"/>')


@shows("docx.faint-text", "docx")
def letters_filled_with_nothing():
    word14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    return lettered(f'<w14:textFill xmlns:w14="{word14}"><w14:noFill/></w14:textFill>')


@shows("docx.faint-text", "docx")
def letters_in_the_colour_of_the_page():
    coloured = changed(
        lettered('<w:color w:val="FF0000"/>'),
        "word/document.xml",
        "<w:body>",
        '<w:background w:color="FF0000"/><w:body>',
    )
    return changed(coloured, "word/settings.xml", "<w:zoom", "<w:displayBackgroundShape/><w:zoom")


@shows("docx.tiny-text", "docx")
def letters_one_upon_the_other():
    return lettered('<w:spacing w:val="-400"/>')


@shows("docx.hidden-text", "docx")
def row_without_height():
    flat = '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
    return with_body(f"<w:tbl {WORD}><w:tr>{flat}<w:tc>{paragraph(run())}</w:tc></w:tr></w:tbl>")


@shows("docx.text-off-page", "docx")
def text_indented_beyond_the_page():
    return with_body(paragraph(run(), '<w:pPr><w:ind w:left="20000"/></w:pPr>'))


@shows("docx.text-off-page", "docx")
def text_framed_beyond_the_page():
    return with_body(paragraph(run(), '<w:pPr><w:framePr w:w="100" w:x="-20000" w:hAnchor="page"/></w:pPr>'))


@shows("docx.holding-field", "docx")
def words_on_a_condition():
    return with_body(paragraph(FIELD.format(f'IF 1=2 "{NAME}" "x"')))


@shows("docx.holding-field", "docx")
def data_of_a_field():
    return with_body(
        paragraph('<w:r><w:fldChar w:fldCharType="begin"><w:fldData>TWFyeQ==</w:fldData></w:fldChar></w:r>')
    )


@shows("docx.unshown-code", "docx")
def words_for_older_programs_only():
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = '<mc:Choice Requires="wps"><w:r><w:t>a</w:t></w:r></mc:Choice>'
    both = f"{choice}<mc:Fallback>{run()}</mc:Fallback>"
    return with_body(paragraph(f'<mc:AlternateContent xmlns:mc="{space}">{both}</mc:AlternateContent>'))


@shows("docx.unshown-code", "docx")
def element_of_no_known_format():
    secret = f'<x:secret xmlns:x="urn:x">{NAME}</x:secret>'
    return changed(documents.saved(documents.plain()), documents.BODY, "<w:body>", f"<w:body>{secret}")


def coloured(fill):
    """A slide with the name in letters of this fill."""
    return changed(presentations.with_text(), SLIDE, "<a:r><a:t>ask", f"<a:r><a:rPr>{fill}</a:rPr><a:t>ask")


@shows("pptx.faint-text", "pptx")
def letters_that_all_shines_through():
    return coloured('<a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill>')


@shows("pptx.faint-text", "pptx")
def letters_without_a_fill():
    return coloured("<a:noFill/>")


@shows("pptx.faint-text", "pptx")
def shape_whose_letters_are_white():
    white = '<a:lvl1pPr><a:defRPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    before, _, after = parts_of(presentations.with_text())[SLIDE].decode().rpartition("<a:lstStyle/>")
    parts = {**parts_of(presentations.with_text()), SLIDE: f"{before}<a:lstStyle>{white}</a:lstStyle>{after}".encode()}
    return packed(parts)


@shows("odt.hidden-header", "odt")
def header_of_pages_that_do_not_come():
    return odt(common=MASTERS)


@shows("odt.faint-text", "odt")
def transparent_letters():
    space = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
    clear = f'<style:text-properties fo:color="#000000" loext:opacity="0%" xmlns:loext="{space}"/>'
    return odt(f'<text:p><text:span text:style-name="t">{NAME}</text:span></text:p>', style("t", "text", clear))


@shows("odt.tiny-text", "odt")
def letters_of_no_width():
    crushed = '<style:text-properties style:text-scale="1%"/>'
    return odt(f'<text:p><text:span text:style-name="t">{NAME}</text:span></text:p>', style("t", "text", crushed))


@shows("odt.faint-text", "odt")
def default_style_in_white():
    white = '<style:text-properties fo:color="#ffffff"/>'
    return odt(common=f'<style:default-style style:family="paragraph">{white}</style:default-style>')


@shows("odp.faint-text", "odp")
def white_letters_on_a_slide_that_says_it_is_white():
    page = '<style:drawing-page-properties draw:fill="solid" draw:fill-color="#ffffff"/>'
    styles = style("dp", "drawing-page", page) + style("white", "text", open_documents.LETTERS["white"])
    text = open_documents.frame(f'<text:span text:style-name="white">{NAME}</text:span>')
    return open_documents.made("odp", f'<draw:page draw:style-name="dp">{text}</draw:page>', styles)


@shows("ods.invisible-cell", "ods")
def format_that_leaves_texts_away():
    styles = DATA_STYLE + '<style:style style:name="c" style:family="table-cell" style:data-style-name="N1"/>'
    return open_documents.ods(
        f"<table:table-row>{cell(NAME, ' table:style-name=' + chr(34) + 'c' + chr(34))}</table:table-row>", styles
    )


@shows("ods.invisible-cell", "ods")
def value_that_is_not_what_is_shown():
    return open_documents.ods(row("x").replace("<table:table-cell", f'<table:table-cell office:string-value="{NAME}"'))


@shows("xls.in-part", "xls")
def letters_in_a_sector_of_no_stream():
    return old_workbook() + b"Mary Smith of 4 High Street, Hull ".ljust(512, b"\0")


@shows("ods.invisible-cell", "ods")
def letters_made_to_fit():
    fitted = style("c", "table-cell", '<style:table-cell-properties style:shrink-to-fit="true"/>')
    return open_documents.ods(open_documents.one_cell("c").replace(NAME, workbooks.LONG * 2), fitted)


@shows("ods.invisible-cell", "ods")
def tiny_letters_within_a_cell_of_a_sheet():
    paragraph, tiny = open_documents.span("tiny")
    return open_documents.ods(
        f"<table:table-row><table:table-cell>{paragraph}</table:table-cell></table:table-row>", tiny
    )


@shows("ods.invisible-cell", "ods")
def letters_in_the_colour_of_their_cell():
    black = style("c", "table-cell", '<style:table-cell-properties fo:background-color="#000000"/>')
    ink = style("ink", "text", '<style:text-properties fo:color="#000000"/>')
    text = f'<text:p>from <text:span text:style-name="ink">{NAME}</text:span></text:p>'
    filled = f'<table:table-cell office:value-type="string" table:style-name="c">{text}</table:table-cell>'
    return open_documents.ods(f"<table:table-row>{filled}</table:table-row>", black + ink)


@shows("ods.hidden-row", "ods")
def rows_of_a_group_that_is_folded():
    return open_documents.ods(f'<table:table-row-group table:display="false">{row(NAME)}</table:table-row-group>')


@shows("ods.tiny-letters", "ods")
def header_of_a_sheet_of_one_point():
    paragraph, tiny = open_documents.span("tiny")
    page = f'<style:master-page style:name="Default"><style:header>{paragraph}</style:header></style:master-page>'
    common = (
        f"<office:automatic-styles>{tiny}</office:automatic-styles><office:master-styles>{page}</office:master-styles>"
    )
    return open_documents.made("ods", open_documents.sheet(), "", common)


@shows("ods.tiny-letters", "ods")
def text_box_on_a_sheet_of_one_point():
    paragraph, tiny = open_documents.span("tiny")
    return open_documents.ods(styles=tiny, before=open_documents.frame("x").replace("<text:p>x</text:p>", paragraph))
