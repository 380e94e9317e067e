"""What is seen of the slides of a presentation, as plain blocks: no hidden slide, no notes, nothing off or under."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from candour.documents.plain_document import Block, Paragraph, Picture, Piece, Table
from candour.screening import kinds
from candour.screening.cleaning import open_text, pictures
from candour.screening.cleaning.made import counted
from candour.screening.cleaning.old_slides import OldSlides
from candour.screening.cleaning.seen_slides import BESIDE, NOT_DRAWN, NOTES, SLIDE_MM, parts
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements
from candour.screening.office.binary.old_presentations import OldPresentation
from candour.screening.office.elements import Element
from candour.screening.office.geometry import Box, covered, off_page
from candour.screening.office.odf import slides as open_slides
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.pptx import unseen
from candour.screening.office.pptx.presentations import Presentation, Slide, text_of

_TITLES = ("title", "ctrTitle")


@dataclass(frozen=True)
class Slides:
    """The blocks of each slide that is seen, and what is left out."""

    parts: list[list[Block]]
    left_out: tuple[str, ...]


def of(content: bytes, inside: Inside) -> Slides:
    """Return what is seen of a presentation. Raises Unreadable."""
    show: _OfOpen | _OfPowerPoint | OldSlides
    if inside.kind is kinds.ODP:
        show = _OfOpen(OpenDocument(content, inside))
    elif inside.kind is kinds.PPT:
        show = OldSlides(OldPresentation(content, inside))
    else:
        show = _OfPowerPoint(Presentation(content, inside))
    parts = list(show.parts())
    return Slides(parts, show.left_out())


class _OfPowerPoint:
    """A presentation of PowerPoint."""

    def __init__(self, show: Presentation) -> None:
        self.show = show
        self.gone: Counter[str] = Counter()

    def parts(self) -> Iterator[list[Block]]:
        self.gone["texts of layouts and masters, which stand behind the slides"] = sum(
            elements.first(shape, "ph") is None and bool(text_of(shape))
            for _, root in self.show.masters()
            for shape in elements.named(root, "sp")
        )
        slides = list(self.show.slides)
        self.gone[NOTES] = sum(bool(self.show.notes(slide)) for slide in slides)
        return parts(slides, lambda slide: slide.hidden, self._slide, self.gone)

    def left_out(self) -> tuple[str, ...]:
        return counted(self.gone)

    def _slide(self, slide: Slide) -> Iterator[Block]:
        """Yield a slide's title, then its other shapes in the order of drawing."""
        gone = set(_unseen(list(unseen.boxes(slide)), *self.show.size))
        shapes = [one for one in slide.shapes() if one not in gone and not _is_hidden(one)]
        self.gone[BESIDE] += len(list(slide.shapes())) - len(shapes)
        for shape in sorted(shapes, key=lambda one: _place_of(one) not in _TITLES):
            yield from self._shape(slide, shape)

    def _shape(self, slide: Slide, shape: Element) -> Iterator[Block]:
        kind = elements.local(shape)
        if (table := elements.first(shape, "tbl")) is not None:
            faint = set(unseen.faint_runs(slide, shape))
            if rows := tuple(self._rows(table, faint)):
                yield Table(rows)
        elif kind == "pic":
            yield from self._picture(slide, shape)
        elif kind in ("graphicFrame", "contentPart"):
            self.gone["charts, diagrams and objects"] += 1
        else:
            faint = set(unseen.faint_runs(slide, shape))
            for paragraph in elements.named(shape, "p"):
                yield from self._paragraph(paragraph, shape, faint)

    def _paragraph(self, paragraph: Element, shape: Element, faint: set[Element]) -> Iterator[Paragraph]:
        pieces = tuple(self._pieces(paragraph, faint))
        if any(piece.text.strip() for piece in pieces):
            place = _place_of(shape)
            plain = elements.first(elements.child(paragraph, "pPr"), "buNone") is not None
            bullet = not plain and place in ("body", "obj", "") and elements.first(shape, "ph") is not None
            yield Paragraph(pieces, level=1 if place in _TITLES else 0, bullet=bullet)

    def _pieces(self, paragraph: Element, faint: set[Element]) -> Iterator[Piece]:
        for one in paragraph:
            name = elements.local(one)
            if name == "br":
                yield Piece("\n")
            elif name in ("r", "fld"):
                if one in faint or unseen.is_tiny(one):
                    self.gone["runs of text too small or too faint to be read"] += 1
                else:
                    look = elements.child(one, "rPr")
                    yield Piece(elements.text_of(one, "t"), elements.is_on(look, "b"), elements.is_on(look, "i"))

    def _rows(self, table: Element, faint: set[Element]) -> Iterator[tuple[str, ...]]:
        for row in elements.named(table, "tr"):
            yield tuple(self._cell(cell, faint) for cell in row.iterchildren("{*}tc"))

    def _cell(self, cell: Element, faint: set[Element]) -> str:
        """Return what a cell shows: nothing where it lies under one that goes on over it."""
        if elements.is_on(cell, "hMerge") or elements.is_on(cell, "vMerge"):
            return ""
        lines = (self._pieces(one, faint) for one in elements.named(cell, "p"))
        return "\n".join("".join(piece.text for piece in line) for line in lines).strip()

    def _picture(self, slide: Slide, shape: Element) -> Iterator[Picture]:
        blip = elements.first(shape, "blip")
        part = self.show.package.target(slide.part, elements.value(blip, "embed"))
        wide = elements.whole(elements.value(elements.first(shape, "ext"), "cx")) / self.show.size[0] or 1
        with suppress(Unreadable):
            edges = pictures.cropped(elements.first(shape, "srcRect"))
            yield Picture(pictures.cut(self.show.package.read(part), edges), min(wide, 1) * SLIDE_MM)
            return
        self.gone[NOT_DRAWN] += 1


class _OfOpen:
    """A presentation of OpenDocument."""

    def __init__(self, opened: OpenDocument) -> None:
        self.opened = opened
        self.text = open_text.Open(opened)
        self.gone, self.left_out = self.text.gone, self.text.left_out

    def parts(self) -> Iterator[list[Block]]:
        pages = list(open_slides.pages(self.opened))
        self.gone[NOTES] = sum(
            any(elements.text_of(one).strip() for one in elements.named(elements.child(page, "notes"), "p"))
            for page in pages
        )
        return parts(pages, lambda page: open_slides.is_hidden(self.opened, page), self._slide, self.gone)

    def _slide(self, page: Element) -> Iterator[Block]:
        gone = set(_unseen(list(open_slides.boxes(self.opened, page)), *open_slides.size(self.opened)))
        gone |= {one for one in page if elements.value(one, "style-name") in self.opened.styles.hidden_shapes}
        self.gone[BESIDE] += len(gone)
        for shape in page:
            if shape not in gone and elements.local(shape) != "notes":
                yield from _titled(self.text.among([shape]), elements.value(shape, "class") == "title")


def _titled(blocks: Iterator[Block], is_title: bool) -> Iterator[Block]:  # noqa: FBT001 - of the shape they stand in
    for block in blocks:
        yield Paragraph(block.pieces, level=1) if is_title and isinstance(block, Paragraph) else block


def _unseen(boxes: list[tuple[Element, Box]], wide: float, high: float) -> Iterator[Element]:
    """Yield the shapes that lie off their slide, or under others."""
    below = {id(box) for _, box in covered([box for _, box in boxes])}
    yield from (shape for shape, box in boxes if id(box) in below or off_page(box, wide, high))


def _is_hidden(shape: Element) -> bool:
    return elements.is_on(elements.first(shape, "cNvPr"), "hidden")


def _place_of(shape: Element) -> str:
    """Return the kind of the placeholder that a shape fills; "" for none, and for one that says no kind."""
    return elements.value(elements.first(shape, "ph"), "type")
