"""A letter as OpenDocument text, the editable format of government: real styles, header rows, page fields."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from candour.documents import archive, letter_pdf, odt_styles, open_document, setting, wording
from candour.documents.blocks import Block, Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table


def odt(letter: Letter) -> bytes:
    """Return the letter as .odt; the same letter gives the same bytes."""
    letter = setting.prepared(letter)
    charts = {at: block.svg for at, block in enumerate(letter.blocks) if isinstance(block, Chart)}
    pictures = {_picture_name(at): letter_pdf.picture(svg) for at, svg in charts.items()}
    parts = {"content.xml": _content(letter), "styles.xml": odt_styles.styles(letter), **pictures}
    meta = open_document.meta(letter.title, author=letter.sender_name, language=letter.language, day=letter.dated)
    frame = open_document.frame_parts(open_document.TEXT, list(parts), meta)
    return archive.packed([*frame, *parts.items()], letter.dated)


def _content(letter: Letter) -> bytes:
    stays = setting.stays_with_next(letter)
    blocks = "".join(_block(at, block, stays=stays[at]) for at, block in enumerate(letter.blocks))
    tables = ((at, block) for at, block in enumerate(letter.blocks) if isinstance(block, Table))
    styles = "".join(_table_styles(at, table, stays=stays[at]) for at, table in tables)
    return open_document.document(
        "content",
        f"<office:automatic-styles>{_CELLS}{styles}</office:automatic-styles><office:body><office:text>"
        f"{_head(letter)}{blocks}{_lines('Signature', letter.signature)}{_lines('Last_line', [letter.last_line])}"
        "</office:text></office:body>",
    )


def _head(letter: Letter) -> str:
    references = "".join(_p("Reference", f"{escape(label)}: {escape(value)}") for label, value in letter.references)
    return (
        f"{_lines('Sender', [letter.sender_name])}{_lines('Letterhead', letter.letterhead)}{references}"
        f"{_p('Date', wording.spoken(letter.dated, letter.language))}{_lines('Addressee', letter.addressee)}"
        f"{_heading(letter.subject, 1)}"
    )


def _block(at: int, block: Block, *, stays: bool) -> str:
    match block:
        case Heading(text, level):
            made = _heading(text, level)
        case Question(number, text):
            made = _p("Question", _number(number) + _text(text))
        case Paragraph(runs):
            made = _p("Letter_text_kept" if stays else "Letter_text", _runs(runs))
        case Bullets(items):
            made = f'<text:list text:style-name="Bullets">{"".join(_item(item) for item in items)}</text:list>'
        case Table():
            made = _table(at, block)
        case Note(text):
            made = _p("Note", _text(text))
        case Chart():
            made = _picture(at, block)
    return made


def _text(text: str) -> str:
    lines = text.replace("\t", " ").split("\n")
    return "<text:line-break/>".join(escape(line) for line in lines)


def _p(style: str, inside: str) -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def _lines(style: str, lines: Iterable[str]) -> str:
    text = "\n".join(lines)
    return _p(style, _text(text)) if text else ""


def _heading(text: str, level: int) -> str:
    return f'<text:h text:style-name="Heading_{level}" text:outline-level="{level}">{_text(text)}</text:h>'


def _number(number: str) -> str:
    return f"{_strong(_text(number))}<text:tab/>"


def _item(item: Paragraph) -> str:
    return f"<text:list-item>{_p('Letter_bullet', _runs(item.runs))}</text:list-item>"


def _strong(inside: str) -> str:
    return f'<text:span text:style-name="Strong">{inside}</text:span>'


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    shown = _strong(_text(run.text)) if run.bold else _text(run.text)
    if run.link is None:
        return shown
    return (
        f'<text:a xlink:type="simple" xlink:href={quoteattr(run.link)} text:style-name="Internet_link">{shown}</text:a>'
    )


def _picture_name(at: int) -> str:
    return f"Pictures/chart{at}.png"


def _picture(at: int, chart: Chart) -> str:
    height = setting.TEXT_WIDTH * setting.shape(chart.svg)
    frame = (
        f'<draw:frame draw:name="Chart {at}" text:anchor-type="as-char" svg:width="{setting.TEXT_WIDTH:g}mm" '
        f'svg:height="{height:.1f}mm"><draw:image xlink:href="{_picture_name(at)}" xlink:type="simple" '
        f'xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>{escape(chart.alt)}</svg:desc></draw:frame>'
    )
    return _p("Letter_text", frame)


_CELLS = "".join(
    f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties fo:border="none" '
    f'fo:border-bottom="{border}" fo:padding="1.6mm" fo:padding-left="{left}"/></style:style>'
    for name, border, left in (
        ("Head", "0.9pt solid #0b0c0c", "1.6mm"),
        ("Cell", "0.4pt solid #b1b4b6", "1.6mm"),
        ("Head_first", "0.9pt solid #0b0c0c", "0mm"),
        ("Cell_first", "0.4pt solid #b1b4b6", "0mm"),
    )
)


def _table_styles(at: int, table: Table, *, stays: bool) -> str:
    widths = setting.widths(table)
    keep = ' fo:keep-with-next="always"' if stays else ""
    broken = "true" if setting.is_long(table) else "false"
    look = f'style:width="{sum(widths):.1f}mm" table:align="left" style:may-break-between-rows="{broken}"{keep}'
    columns = "".join(
        f'<style:style style:name="Table{at}.{column}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width:.1f}mm"/></style:style>'
        for column, width in enumerate(widths)
    )
    properties = f"<style:table-properties {look}/>"
    return f'<style:style style:name="Table{at}" style:family="table">{properties}</style:style>{columns}'


def _table(at: int, table: Table) -> str:
    columns = [f'<table:table-column table:style-name="Table{at}.{column}"/>' for column in range(len(table.header))]
    if table.row_headers:
        columns[0] = f"<table:table-header-columns>{columns[0]}</table:table-header-columns>"
    rows = "".join(_row(table, row) for row in table.rows)
    return (
        f'{_lines("Table_caption", [table.caption])}<table:table table:name="Table {at}" table:style-name="Table{at}">'
        f"<table:title>{escape(table.caption)}</table:title>{''.join(columns)}<table:table-header-rows>"
        f"{_row(table, table.header, head=True)}</table:table-header-rows>{rows}</table:table>"
    )


def _row(table: Table, row: tuple[str, ...], *, head: bool = False) -> str:
    cells = "".join(_cell(table, column, text, head=head) for column, text in enumerate(row))
    return f"<table:table-row>{cells}</table:table-row>"


def _cell(table: Table, column: int, text: str, *, head: bool) -> str:
    edge = ("Head" if head else "Cell") + ("" if column else "_first")
    bold = head or (table.row_headers and column == 0)
    words = ("Table_number" if setting.is_number(table, column) else "Table_text") + ("_heading" if bold else "")
    inside = _p(words, _text(text))
    return f'<table:table-cell table:style-name="{edge}" office:value-type="string">{inside}</table:table-cell>'
