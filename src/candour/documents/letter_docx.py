"""A letter as a Word document: real styles, headings, header rows marked, page fields, language and title set."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer, _Header
from docx.shared import Mm
from lxml import etree

from candour.documents import archive, docx_styles, letter_pdf, setting, wording
from candour.documents.blocks import Block, Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table

_NAMES = nsdecls("w", "r")
_TWIPS = 56.6929  # in a millimetre
_KEPT = "<w:keepNext/>"
_TAB = "<w:r><w:tab/></w:r>"
_STRONG = '<w:rStyle w:val="Strong"/>'


def docx(letter: Letter) -> bytes:
    """Return the letter as .docx; the same letter gives the same bytes."""
    letter = setting.prepared(letter)
    document = docx_styles.fresh()
    _describe(document, letter)
    _set_edges(document, letter)
    stays = setting.stays_with_next(letter)
    body = _head(letter) + "".join(_block(document, block, stays=stays[at]) for at, block in enumerate(letter.blocks))
    body += _lines("Signature", letter.signature) + _lines("Last Line", [letter.last_line])
    _fill(document.element.body, body)
    out = BytesIO()
    document.save(out)
    return archive.repacked(out.getvalue(), letter.dated)


def _describe(document: Document, letter: Letter) -> None:
    said, noon = document.core_properties, datetime.combine(letter.dated, time(12), UTC)
    said.title, said.author, said.last_modified_by = letter.title[:255], letter.sender_name[:255], ""
    said.comments, said.language, said.revision = "", letter.language, 1
    said.created = said.modified = noon
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), letter.language)


def _fill(parent: Any, xml: str) -> None:
    """Put what the XML holds before what stands there already (the section's own properties)."""
    for at, child in enumerate(list(parse_xml(f"<w:body {_NAMES}>{xml}</w:body>"))):
        parent.insert(at, child)


def _set_edges(document: Document, letter: Letter) -> None:
    """Set header and footer; the running head begins on the second page."""
    section = document.sections[0]
    marking = _lines("Marking", [letter.marking])
    ours = letter.references[0][1] if letter.references else letter.sender_name
    running = _p("header", f"{_r(ours)}{_TAB}{_r(wording.spoken(letter.dated, letter.language))}")
    foot = _foot(letter) + marking
    _set_edge(section.header, marking + running)
    _set_edge(section.first_page_header, marking or _p("header", ""))
    _set_edge(section.footer, foot)
    _set_edge(section.first_page_footer, foot)


def _set_edge(edge: _Header | _Footer, xml: str) -> None:
    edge.is_linked_to_previous = False
    element = edge._element  # noqa: SLF001 - python-docx offers no way to set its content as a whole
    del element[:]
    _fill(element, xml)


def _foot(letter: Letter) -> str:
    page, of = wording.page_words(letter.language)
    number = f"{_r(page + ' ')}{_field('PAGE')}{_r(f' {of} ')}{_field('NUMPAGES')}"
    first, *others = letter.footer or ("",)
    edge = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="B1B4B6"/></w:pBdr>'
    return _p("footer", f"{_r(first)}{_TAB}{number}", edge) + "".join(_p("footer", _r(line)) for line in others)


def _field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _head(letter: Letter) -> str:
    references = "".join(_p("Reference", _r(f"{label}: {value}")) for label, value in letter.references)
    return (
        f"{_lines('Sender', [letter.sender_name])}{_lines('Letterhead', letter.letterhead)}{references}"
        f"{_p('Letter Date', _r(wording.spoken(letter.dated, letter.language)))}{_lines('Addressee', letter.addressee)}"
        f"{_p('Heading 1', _r(letter.subject))}"
    )


def _block(document: Document, block: Block, *, stays: bool) -> str:
    kept = _KEPT if stays else ""
    match block:
        case Heading(text, level):
            made = _p(f"Heading {level}", _r(text))
        case Question(number, text):
            made = _p("Question", _r(number, _STRONG) + _TAB + _r(text))
        case Paragraph(runs):
            made = _p("Letter Text", _runs(document, runs), kept)
        case Bullets(items):
            made = "".join(_p("List Bullet", _runs(document, item.runs)) for item in items)
        case Table():
            made = _table(block, stays=stays)
        case Note(text):
            made = _p("Note", _r(text))
        case Chart():
            made = _p("Letter Text", _picture(document, block), kept)
    return made


def _p(style: str, inside: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{docx_styles.style_id(style)}"/>{properties}</w:pPr>{inside}</w:p>'


def _r(text: str, properties: str = "") -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(lines)}</w:r>"


def _lines(style: str, lines: Iterable[str]) -> str:
    text = "\n".join(lines)
    return _p(style, _r(text)) if text else ""


def _runs(document: Document, runs: Iterable[Run]) -> str:
    return "".join(_run(document, run) for run in runs)


def _run(document: Document, run: Run) -> str:
    bold = "<w:b/>" if run.bold else ""
    if run.link is None:
        return _r(run.text, bold)
    target = document.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    shown = _r(run.text, f'<w:rStyle w:val="Hyperlink"/>{bold}')
    return f'<w:hyperlink r:id="{target}" w:history="1">{shown}</w:hyperlink>'


def _table(table: Table, *, stays: bool) -> str:
    widths = [round(width * _TWIPS) for width in setting.widths(table)]
    whole = not setting.is_long(table)
    kept = [True, *(whole for _ in table.rows)]
    kept[-1] = stays
    rows = "".join(
        _row(table, widths, row, head=at == 0, kept=kept[at]) for at, row in enumerate((table.header, *table.rows))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = f'w:val="{"06A0" if table.row_headers else "0620"}" w:firstRow="1" w:firstColumn="{int(table.row_headers)}"'
    return (
        f'{_lines("caption", [table.caption])}<w:tbl><w:tblPr><w:tblStyle w:val="LetterTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook {look} w:lastRow="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(table: Table, widths: list[int], row: tuple[str, ...], *, head: bool, kept: bool) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_cell(table, at, text, kept=kept)}</w:tc>'
        for at, (width, text) in enumerate(zip(widths, row, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell(table: Table, column: int, text: str, *, kept: bool) -> str:
    style = "Table Number" if setting.is_number(table, column) else "Table Text"
    return _p(style, _r(text), _KEPT if kept else "")


def _picture(document: Document, chart: Chart) -> str:
    made = letter_pdf.picture(chart.svg)
    inline = document.part.new_pic_inline(BytesIO(made), width=Mm(setting.TEXT_WIDTH))
    inline.docPr.set("descr", chart.alt)
    return f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"
