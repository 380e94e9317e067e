"""A document of plain blocks as DOCX or ODT: headings, paragraphs, lists, tables and pictures, and no history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.shared import Mm
from PIL import Image

from candour.documents import archive, characters, docx_styles, open_document

_WIDEST = 160
"""Millimetres that a picture may be wide."""


@dataclass(frozen=True)
class Piece:
    """Some words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `level` 1 to 6 is a heading's, 0 that of running text."""

    pieces: tuple[Piece, ...]
    level: int = 0
    bullet: bool = False


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


def docx(blocks: Sequence[Block]) -> bytes:
    """Return the blocks as .docx; the same blocks give the same bytes."""
    document = docx_styles.fresh()
    document.sections[0].different_first_page_header_footer = False
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.title = ""
    for block in blocks:
        _add(document, block)
    out = BytesIO()
    document.save(out)
    return archive.repacked(out.getvalue(), archive.FIRST_DAY)


def _add(document: Any, block: Block) -> None:
    match block:
        case Paragraph():
            style = (
                f"Heading {min(block.level, 2)}" if block.level else "List Bullet" if block.bullet else "Letter Text"
            )
            made = document.add_paragraph(style=style)
            for piece in block.pieces:
                run = made.add_run(characters.printable(piece.text))
                run.bold, run.italic = piece.bold or None, piece.italic or None
        case Table():
            made = document.add_table(len(block.rows), max(map(len, block.rows)))
            for row, cells in zip(made.rows, block.rows, strict=True):
                for place, text in enumerate(cells):
                    row.cells[place].text = characters.printable(text)
        case Picture():
            document.add_picture(BytesIO(block.content), width=Mm(min(block.width, _WIDEST)))


def odt(blocks: Sequence[Block]) -> bytes:
    """Return the blocks as .odt; the same blocks give the same bytes."""
    pictures = {
        f"Pictures/{number}.{_ending(block)}": block
        for number, block in enumerate(blocks, 1)
        if isinstance(block, Picture)
    }
    names = {id(block): name for name, block in pictures.items()}
    inside = "".join(piece for block in blocks for piece in _told(block, names))
    body = f"<office:body><office:text>{inside}</office:text></office:body>"
    content = open_document.document("content", f"<office:automatic-styles>{_STYLES}</office:automatic-styles>{body}")
    parts = {"content.xml": content, **{name: block.content for name, block in pictures.items()}}
    frame = open_document.frame_parts(open_document.TEXT, list(parts), open_document.meta(""))
    return archive.packed([*frame, *parts.items()])


_STYLES = (
    '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="italic" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="both" style:family="text"><style:text-properties fo:font-weight="bold" '
    'fo:font-style="italic"/></style:style>'
)


def _told(block: Block, names: dict[int, str]) -> Iterator[str]:
    match block:
        case Paragraph(pieces, level, bullet):
            said = "".join(map(_piece, pieces))
            if level:
                yield f'<text:h text:outline-level="{level}">{said}</text:h>'
            elif bullet:
                yield f"<text:list><text:list-item><text:p>{said}</text:p></text:list-item></text:list>"
            else:
                yield f"<text:p>{said}</text:p>"
        case Table(rows):
            yield f'<table:table><table:table-column table:number-columns-repeated="{max(map(len, rows))}"/>'
            for row in rows:
                cells = "".join(f"<table:table-cell><text:p>{_text(cell)}</text:p></table:table-cell>" for cell in row)
                yield f"<table:table-row>{cells}</table:table-row>"
            yield "</table:table>"
        case Picture():
            width, height = _size(block)
            size = f'svg:width="{width:.1f}mm" svg:height="{height:.1f}mm"'
            yield f'<text:p><draw:frame text:anchor-type="as-char" {size}><draw:image '
            yield f'xlink:href="{names[id(block)]}" xlink:type="simple"/></draw:frame></text:p>'


def _piece(piece: Piece) -> str:
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
