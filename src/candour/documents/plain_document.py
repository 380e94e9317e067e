"""A document of plain blocks as DOCX or ODT: headings, paragraphs, lists, tables and pictures, and no history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from candour.documents import archive, characters, docx_styles, open_document

_WIDEST = 160
"""Millimetres that a picture may be wide."""
_DEEPEST = 3
"""The deepest heading that has a style of its own."""


PAGE, PAGES = "page", "pages"
"""What a piece may stand for: the number of its page, and how many pages there are."""


@dataclass(frozen=True)
class Piece:
    """Some words that look alike; `stands_for` PAGE or PAGES, they are that number, whatever the words."""

    text: str
    bold: bool = False
    italic: bool = False
    stands_for: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `level` 1 to 6 is a heading's, 0 that of running text. `label` stands before it: `1.`, `(a)`."""

    pieces: tuple[Piece, ...]
    level: int = 0
    bullet: bool = False
    label: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells of text."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture as PNG or JPEG, and how wide it stands, in millimetres."""

    content: bytes
    width: float


Block = Paragraph | Table | Picture
Story = tuple[Block, ...]


@dataclass(frozen=True)
class Around:
    """What stands above and below the text of pages; None on first or even pages that have nothing of their own."""

    header: Story = ()
    footer: Story = ()
    first_header: Story | None = None
    first_footer: Story | None = None
    even_header: Story | None = None
    even_footer: Story | None = None


@dataclass(frozen=True)
class Section:
    """A part of a document that begins on a new page, with what stands around its text."""

    blocks: Story
    around: Around = field(default_factory=Around)


def docx(sections: Sequence[Section]) -> bytes:
    """Return the sections as .docx; the same sections give the same bytes."""
    document = docx_styles.fresh()
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.title = ""
    for number, section in enumerate(sections):
        made = document.add_section() if number else document.sections[0]
        for block in section.blocks:
            _add(document, block)
        _set_around(made, section.around)
    evens = any(section.around.even_header is not None for section in sections)
    document.settings.odd_and_even_pages_header_footer = evens
    out = BytesIO()
    document.save(out)
    return archive.repacked(out.getvalue(), archive.FIRST_DAY)


def _set_around(made: Any, around: Around) -> None:
    """Set what stands around the text of a section; an empty story hides that of the section before."""
    made.different_first_page_header_footer = around.first_header is not None
    for name, story in (
        ("header", around.header), ("footer", around.footer),
        ("first_page_header", around.first_header), ("first_page_footer", around.first_footer),
        ("even_page_header", around.even_header), ("even_page_footer", around.even_footer),
    ):  # fmt: skip
        if story is not None:
            part = getattr(made, name)
            part.is_linked_to_previous = False
            for block in story:
                _add(part, block, plain=name.rpartition("_")[2].title())
            first = part.paragraphs[0]._p  # noqa: SLF001 - the blank one that python-docx begins with
            if story:
                first.getparent().remove(first)


def _add(part: Any, block: Block, plain: str = "Letter Text") -> None:
    """Add a block to a part of a document; `plain` is the style of its running text."""
    match block:
        case Paragraph(pieces, level, bullet, label):
            style = f"Heading {min(level, _DEEPEST)}" if level else "List Bullet" if bullet else plain
            made = part.add_paragraph(style=style)
            if label:
                made.add_run(f"{label}\t")
            for piece in pieces:
                _add_piece(made, piece)
        case Table(rows):
            columns = max(map(len, rows))
            made = part.add_table(len(rows), columns, *([] if plain == "Letter Text" else [Mm(_WIDEST)]))
            made.style = "Letter Table"
            for row, cells in zip(made.rows, rows, strict=True):
                for place, text in zip(row.cells, cells, strict=False):
                    place.text = characters.printable(text)
                    for line in place.paragraphs:
                        line.style = "Table Text"
        case Picture(content, width):
            run = part.add_paragraph(style=plain).add_run()
            run.add_picture(BytesIO(content), width=Mm(min(width, _WIDEST)))


def _add_piece(paragraph: Any, piece: Piece) -> None:
    run = paragraph.add_run("" if piece.stands_for else characters.printable(piece.text))
    run.bold, run.italic = piece.bold or None, piece.italic or None
    if piece.stands_for:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), {PAGE: "PAGE", PAGES: "NUMPAGES"}[piece.stands_for])
        run._r.addprevious(field)  # noqa: SLF001 - python-docx has no fields
        field.append(run._r)  # noqa: SLF001 - as above
        run.text = "1"


def odt(sections: Sequence[Section]) -> bytes:
    """Return the sections as .odt; the same sections give the same bytes."""
    stories = (story for section in sections for story in (section.blocks, *vars(section.around).values()))
    pictures = {
        f"Pictures/{number}.{_ending(block)}": block
        for number, block in enumerate((block for story in stories for block in story or ()), 1)
        if isinstance(block, Picture)
    }
    names = {id(block): name for name, block in pictures.items()}
    turns = "".join(_TURN.format(number) for number in range(1, len(sections)))
    text = "".join(
        (f'<text:p text:style-name="turn{number}"/>' if number else "") + _all_told(section.blocks, names)
        for number, section in enumerate(sections)
    )
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    automatic = f"<office:automatic-styles>{_STYLES}{turns}</office:automatic-styles>"
    content = open_document.document("content", f"{automatic}{body}")
    styles = open_document.document("styles", _page_styles(sections, names))
    parts = {"content.xml": content, "styles.xml": styles, **{name: one.content for name, one in pictures.items()}}
    frame = open_document.frame_parts(open_document.TEXT, list(parts), open_document.meta(""))
    return archive.packed([*frame, *parts.items()])


_CELL = '<table:table-cell table:style-name="cell">'
_PAGE = (
    '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" '
    'fo:margin-top="20mm" fo:margin-bottom="20mm" fo:margin-left="25mm" fo:margin-right="25mm"/><style:header-style>'
    '<style:header-footer-properties fo:margin-bottom="5mm"/></style:header-style><style:footer-style>'
    '<style:header-footer-properties fo:margin-top="5mm"/></style:footer-style></style:page-layout>'
)
_TURN = '<style:style style:name="turn{0}" style:family="paragraph" style:master-page-name="Section{0}"/>'
"""The paragraph with which a section after the first begins."""
_STYLES = (
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:padding="1mm" '
    'fo:border="0.5pt solid #b1b4b6"/></style:style>'
    '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="italic" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="both" style:family="text"><style:text-properties fo:font-weight="bold" '
    'fo:font-style="italic"/></style:style>'
)


def _all_told(blocks: Sequence[Block], names: dict[int, str]) -> str:
    return "".join(piece for block in blocks for piece in _told(block, names))


def _page_styles(sections: Sequence[Section], names: dict[int, str]) -> str:
    """Return the pages, one for each section, with what stands above and below its text."""
    pages = "".join(_page(number, section.around, names) for number, section in enumerate(sections))
    return (
        f"<office:automatic-styles>{_STYLES}{_PAGE}</office:automatic-styles>"
        f"<office:master-styles>{pages}</office:master-styles>"
    )


def _page(number: int, around: Around, names: dict[int, str]) -> str:
    shown = (
        ("header", around.header), ("header-left", around.even_header), ("header-first", around.first_header),
        ("footer", around.footer), ("footer-left", around.even_footer), ("footer-first", around.first_footer),
    )  # fmt: skip
    inside = "".join(
        f"<style:{name}>{_all_told(story, names) or '<text:p/>'}</style:{name}>"
        for name, story in shown
        if story is not None
    )
    name = f"Section{number}" if number else "Standard"
    return f'<style:master-page style:name="{name}" style:page-layout-name="page">{inside}</style:master-page>'


def _told(block: Block, names: dict[int, str]) -> Iterator[str]:
    match block:
        case Paragraph(pieces, level, bullet, label):
            said = f"{_text(label)}<text:tab/>" if label else ""
            said += "".join(map(_piece, pieces))
            if level:
                yield f'<text:h text:outline-level="{level}">{said}</text:h>'
            elif bullet:
                yield f"<text:list><text:list-item><text:p>{said}</text:p></text:list-item></text:list>"
            else:
                yield f"<text:p>{said}</text:p>"
        case Table(rows):
            yield f'<table:table><table:table-column table:number-columns-repeated="{max(map(len, rows))}"/>'
            for row in rows:
                cells = "".join(f"{_CELL}<text:p>{_text(cell)}</text:p></table:table-cell>" for cell in row)
                yield f"<table:table-row>{cells}</table:table-row>"
            yield "</table:table>"
        case Picture():
            width, height = _size(block)
            size = f'svg:width="{width:.1f}mm" svg:height="{height:.1f}mm"'
            yield f'<text:p><draw:frame text:anchor-type="as-char" {size}><draw:image '
            yield f'xlink:href="{names[id(block)]}" xlink:type="simple"/></draw:frame></text:p>'


def _piece(piece: Piece) -> str:
    if piece.stands_for:
        return {PAGE: "<text:page-number>1</text:page-number>", PAGES: "<text:page-count>1</text:page-count>"}[
            piece.stands_for
        ]
    look = {(True, False): "bold", (False, True): "italic", (True, True): "both"}.get((piece.bold, piece.italic))
    said = _text(piece.text)
    return f'<text:span text:style-name="{look}">{said}</text:span>' if look else said


def _text(text: str) -> str:
    lines = escape(characters.printable(text)).replace("\t", "<text:tab/>").split("\n")
    return "<text:line-break/>".join(lines)


def _size(picture: Picture) -> tuple[float, float]:
    with Image.open(BytesIO(picture.content)) as drawn:
        width = min(picture.width, _WIDEST)
        return width, width * drawn.height / drawn.width


def _ending(picture: Picture) -> str:
    return "jpg" if picture.content.startswith(b"\xff\xd8") else "png"
