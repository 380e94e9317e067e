"""PDF files: how they are opened, which texts and files they hold, and what of their pages is not seen."""

import re
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from pikepdf.exceptions import PikepdfError

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Grid, Seen, Severity, Text, Unreadable, masked
from candour.screening.inside import Inside
from candour.screening.pdf import objects, pages, replacements, tables, values
from candour.screening.pdf.pages import Page, Why

_MOST_PICTURES, _MOST_FIELDS = 200, 100_000
_ORDINARY = frozenset(("/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"))
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)
_REMARK = re.compile(rb"^%(?!PDF-|%EOF)[ \t%]*([\x20-\x7e\x80-\xff]{4,400})", re.MULTILINE)
_BY_PROGRAM = re.compile(
    rb"(?:\x93\x8c\x8b\x9e )?ReportLab [Gg]enerated PDF document(?: -- digest)? \(opensource\)"
    rb"|QDF-1\.0|QDF: ignore_newline|(?:Contents for page|Page) \d+|Original object ID: \d+ \d+"
)
"""The remarks that ReportLab, and qpdf where it writes plainly, put into every file."""
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_REDRAW = "Send a clean rendition, in which it is gone"


class Document:
    """A PDF, opened by two readers: one for its objects, one for what its pages draw."""

    def __init__(self, content: bytes, pdf: pikepdf.Pdf) -> None:
        self.content, self.pdf = content, pdf

    @cached_property
    def pages(self) -> list[Page]:
        try:
            content = replacements.as_drawn(self.content) if self.says_otherwise else self.content
            document = pdfium.PdfDocument(content)
            try:
                return list(pages.read(document, marked=content is not self.content))
            finally:
                document.close()
        except (pdfium.PdfiumError, PikepdfError) as fault:
            raise Unreadable("its pages cannot be read") from fault

    @cached_property
    def marks(self) -> replacements.Marks:
        """What marks in the code of its pages say: other words for what is drawn, and what short forms stand for."""
        return replacements.marks(self.pdf)

    @property
    def says_otherwise(self) -> bool:
        return self.marks.replace or bool(self.holdings.replacements)

    @property
    def replaced(self) -> list[str]:
        """The texts that stand for others, in its structure and in the code of its pages."""
        return [*self.holdings.replacements, *self.marks.replacements]

    @cached_property
    def holdings(self) -> objects.Holdings:
        try:
            return objects.holdings(self.pdf)
        except (PikepdfError, RecursionError) as fault:
            raise Unreadable("it is damaged") from fault

    @cached_property
    def remarks(self) -> list[str]:
        """What stands as a remark in the file, or in what its pages draw: from a % that begins a line to its end."""
        outside = _STREAM.sub(b"", self.content)
        drawn = [values.drawn(page.obj) for page in self.pdf.pages]
        found = [one for content in (outside, *drawn) for one in _REMARK.findall(content)]
        said = (one.decode("utf-8", "replace") for one in found if not _BY_PROGRAM.fullmatch(one.rstrip()))
        return [text for text in said if _LETTERS.search(text)]

    @property
    def descriptions(self) -> list[str]:
        """What is said for those who cannot see a picture, or a part of the text."""
        return [*self.holdings.descriptions, *self.marks.descriptions]

    @property
    def root(self) -> Any:
        return self.pdf.Root

    @cached_property
    def info(self) -> dict[str, str]:
        """What the information dictionary says, without what programs and clocks write there."""
        found = values.entries(values.inside(self.pdf.trailer, "/Info"))
        said = {key.removeprefix("/"): values.said(value) for key, value in found if key not in _ORDINARY}
        return {key: text for key, text in said.items() if text.strip()}

    @cached_property
    def fields(self) -> list[Any]:
        """The fields of its form, those within others too."""
        waiting = values.listed(values.inside(self.root, "/AcroForm"), "/Fields")
        found: list[Any] = []
        seen: set[tuple[int, int]] = set()
        while waiting and len(found) < _MOST_FIELDS:
            one = waiting.pop()
            if not one.is_indirect or one.objgen not in seen:
                seen.add(one.objgen)
                found.append(one)
                waiting += values.listed(one, "/Kids")
        return found


def opened(content: bytes, _inside: Inside) -> Document:
    """Open a PDF. Raises Unreadable where it takes a password, is damaged, or has no pages."""
    try:
        pdf = pikepdf.open(BytesIO(content))
        if not len(pdf.pages):
            raise Unreadable("it has no pages")
    except pikepdf.PasswordError as fault:
        raise Unreadable("it is locked with a password; take the password off") from fault
    except (PikepdfError, RecursionError) as fault:
        raise Unreadable("it is damaged") from fault
    return Document(content, pdf)


def texts(document: Document) -> Iterator[Text]:
    """Yield what pages say, then what is not seen: hidden words, properties, bookmarks, descriptions, addresses."""
    for page in document.pages:
        yield Text(f"page {page.number}", page.text)
        for one in page.unseen:
            yield Text(f"page {page.number}", one.text, hidden=True)
    held = document.holdings
    yield Text(
        "its properties", "\n".join(value for key, value in document.info.items() if key != "Author"), hidden=True
    )
    yield Text("its properties", "\n".join(map(objects.plain, held.properties)), hidden=True)
    yield Text("its descriptions", "\n".join(document.descriptions), hidden=True)
    yield Text("its replacement text", "\n".join(document.replaced), hidden=True)
    yield Text("its links", "\n".join(held.addresses))
    yield Text("its fields", "\n".join(values.text(one, "/V") for one in document.fields), hidden=True)
    yield Text("words beside its pages", "\n".join([*held.words, *document.remarks]), hidden=True)
    notes = (values.text(one, "/Contents") for page in document.pdf.pages for one in values.listed(page.obj, "/Annots"))
    yield Text("its comments", "\n".join(notes), hidden=True)


def grids(document: Document) -> Iterator[Grid]:
    """Yield the tables; one that goes on over pages is one."""
    whole: list[tables.Table] = []
    for page in document.pages:
        for begins, rows in page.tables:
            if begins or not whole:
                whole.append(tables.Table(page.number, list(rows)))
            else:
                whole[-1].rows.extend(rows)
    lined = [page.number for page in document.pages if page.lined]
    if lined and not whole:
        whole = list(tables.ruled(document.content, lined))
    yield from (Grid(f"table on page {one.page}", one.rows) for one in whole)


def parts(document: Document) -> Iterator[tuple[str, bytes]]:
    """Yield attached files, and pictures that are files of their own inside (JPEG)."""
    yield from document.holdings.files.items()
    for name, picture in list(document.holdings.pictures.items())[:_MOST_PICTURES]:
        if picture.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
            yield f"{name}.jpg", picture.read_raw_bytes() or b"\0"


PDF = Family("pdf", (kinds.PDF,), opens=opened, texts=texts, grids=grids, parts=parts)


def _unseen(document: Document, why: Why) -> Iterator[Seen]:
    for page in document.pages:
        yield from (Seen(f"page {page.number}", masked(one.text)) for one in page.unseen if one.why is why)


@PDF.check(
    "text-under-box", Severity.BLOCK, says="Text lies under a box or a picture and can be copied out", do=_REDRAW
)
def text_under_boxes(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.COVERED)


@PDF.check("invisible-text", Severity.BLOCK, says="Text is there but not drawn, as under a scanned page", do=_REDRAW)
def invisible_text(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.INVISIBLE)


@PDF.check("text-outside-page", Severity.BLOCK, says="Text lies outside what is shown of the page", do=_REDRAW)
def text_outside(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.OUTSIDE)


@PDF.check("clipped-text", Severity.BLOCK, says="Text is cut off from sight and can be copied out", do=_REDRAW)
def clipped_text(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.CLIPPED)


@PDF.check("text-without-colour", Severity.BLOCK, says="Text has the colour of what it stands on", do=_REDRAW)
def text_without_colour(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.COLOURLESS)


@PDF.check("tiny-text", Severity.BLOCK, says="Text is too small to be seen", do=_REDRAW)
def tiny_text(document: Document) -> Iterator[Seen]:
    yield from (*_unseen(document, Why.SMALL), *_unseen(document, Why.SIZELESS))


@PDF.check("replaced-text", Severity.BLOCK, says="Text is copied and searched as other words than are seen", do=_REDRAW)
def replaced_text(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.REPLACED)


@PDF.check(
    "picture-under-box", Severity.BLOCK, says="A picture is whole under a box that covers part of it", do=_REDRAW
)
def pictures_under_boxes(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.PICTURE_COVERED)


@PDF.check("cut-picture", Severity.WARN, says="A picture goes on beyond the edge of the page", do=_REDRAW)
def cut_pictures(document: Document) -> Iterator[Seen]:
    return _unseen(document, Why.PICTURE_CUT)
