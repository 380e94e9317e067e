"""A presentation, opened: its slides in order with their shapes, notes, layouts and masters."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from candour.screening.findings import Grid, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements, parts
from candour.screening.office.elements import Element
from candour.screening.office.packages import Package

SHAPES = ("sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart")
_OTHERS = r"ppt/(slideLayouts|slideMasters|notesMasters|handoutMasters)/[^/]+\.xml"
_NOTES = r"ppt/(notesSlides|comments)/[^/]+\.xml"


@dataclass(frozen=True)
class Slide:
    """A slide: its number from 1, its part and its XML; `part` is "" for none."""

    number: int
    part: str
    root: Element

    @property
    def name(self) -> str:
        return f"slide {self.number}"

    @property
    def hidden(self) -> bool:
        return elements.value(self.root, "show", "1").lower() in ("0", "false")

    def shapes(self) -> Iterator[Element]:
        """Yield the shapes in the order of drawing; those of a group stand for themselves."""
        tree = elements.first(self.root, "spTree")
        yield from (one for one in elements.named(tree, *SHAPES) if elements.local(one) != "grpSp")


class Presentation:
    """A presentation whose slides have been read."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the package or a slide cannot be read."""
        self.package = Package(content, inside)
        self.part = next(iter(self.package.related("", "officeDocument")), "ppt/presentation.xml")
        root = self.package.xml(self.part)
        if root is None:
            raise Unreadable("it has no presentation inside")
        self.root = root
        self.slides = list(self._slides())

    @cached_property
    def size(self) -> tuple[int, int]:
        """The width and the height of a slide in English Metric Units."""
        size = elements.first(self.root, "sldSz")
        return elements.whole(elements.value(size, "cx"), 9_144_000), elements.whole(
            elements.value(size, "cy"), 6_858_000
        )

    def notes(self, slide: Slide) -> str:
        """Return what the speaker's notes of a slide say."""
        said = []
        for part in self.package.related(slide.part, "notesSlide"):
            for shape in elements.named(self.package.xml(part), "sp"):
                kind = elements.value(elements.first(shape, "ph"), "type")
                if kind not in ("sldNum", "dt", "hdr", "ftr", "sldImg"):
                    said.append(text_of(shape))
        return " ".join(said).strip()

    def masters(self) -> Iterator[tuple[str, Element]]:
        """Yield the layouts and masters, with their parts."""
        for part in self.package.matching(_OTHERS):
            root = self.package.xml(part)
            if root is not None:
                yield part, root

    def _slides(self) -> Iterator[Slide]:
        for number, one in enumerate(elements.named(elements.first(self.root, "sldIdLst"), "sldId"), 1):
            part = self.package.target(self.part, _relation(one))
            root = self.package.xml(part) if part else None
            if root is not None:
                yield Slide(number, part, root)


def _relation(element: Element) -> str:
    """Return the relation of a slide: its `r:id`, not its plain `id`."""
    return next((str(text) for key, text in element.attrib.items() if str(key).endswith("}id")), "")


def text_of(element: Element | None) -> str:
    """Return the text of a shape, its paragraphs with spaces between."""
    return " ".join(elements.text_of(one, "t") for one in elements.named(element, "p")).strip()


def texts(presentation: Presentation) -> Iterator[Text]:
    """Yield the texts of slides, notes, comments, layouts and masters, and those that all packages have."""
    for slide in presentation.slides:
        yield Text(slide.name, _lines(slide.root), hidden=slide.hidden)
    for part in presentation.package.matching(_NOTES):
        root = presentation.package.xml(part)
        yield Text(part, "\n".join([_lines(root), elements.text_of(root, "text")]), hidden=True)
    for part, root in presentation.masters():
        yield Text(part, _lines(root), hidden=True)
    yield Text("sections and shows", "\n".join(elements.said(presentation.root, "section", "custShow")), hidden=True)
    yield from parts.texts(presentation)


def _lines(root: Element | None) -> str:
    return "\n".join(elements.text_of(one, "t") for one in elements.named(root, "p"))


def grids(presentation: Presentation) -> Iterator[Grid]:
    """Yield the tables of the slides."""
    for slide in presentation.slides:
        for table in elements.named(slide.root, "tbl"):
            rows = [
                [elements.text_of(cell, "t") for cell in elements.named(row, "tc")]
                for row in elements.named(table, "tr")
            ]
            yield Grid(slide.name, rows)
