"""What a presentation (odp) hides: hidden slides, speaker notes, shapes off the slide or under others, own shows."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.addresses import begun
from candour.screening.office.elements import Element
from candour.screening.office.geometry import Box, covered, off_page
from candour.screening.office.odf.family import ODP
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.odf.styles import points

_SHAPES = ("frame", "custom-shape", "rect", "ellipse", "polygon", "path")


@ODP.check("hidden-slide", Severity.BLOCK, says="A slide is hidden", do="Delete it, or show it")
def hidden_slides(opened: OpenDocument) -> Iterator[Seen]:
    for number, page in enumerate(pages(opened), 1):
        if is_hidden(opened, page):
            yield Seen(f"slide {number}", masked(elements.text_of(page)))


@ODP.check(
    "speaker-notes", Severity.BLOCK, says="A slide has notes for the speaker", do="Delete them, or send a PDF only"
)
def speaker_notes(opened: OpenDocument) -> Iterator[Seen]:
    for number, page in enumerate(pages(opened), 1):
        notes = elements.child(page, "notes")
        text = " ".join(elements.text_of(one) for one in elements.named(notes, "p"))
        if text.strip():
            yield Seen(f"slide {number}", masked(text))


@ODP.check("shape-off-slide", Severity.BLOCK, says="A shape lies outside of its slide", do="Delete it, or move it")
def shapes_off_slides(opened: OpenDocument) -> Iterator[Seen]:
    wide, high = size(opened)
    for number, page in enumerate(pages(opened), 1):
        for _, box in boxes(opened, page):
            if off_page(box, wide, high):
                yield Seen(f"slide {number}", masked(box.name))


@ODP.check("covered", Severity.BLOCK, says="A filled shape lies over a text or a picture", do="Delete what is below it")
def covered_shapes(opened: OpenDocument) -> Iterator[Seen]:
    for number, page in enumerate(pages(opened), 1):
        for _, below in covered([box for _, box in boxes(opened, page)]):
            yield Seen(f"slide {number}", masked(below.name))


@ODP.check("custom-show", Severity.WARN, says="The presentation keeps shows that leave slides out", do="Delete them")
def custom_shows(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "show"):
        yield Seen("the custom shows", masked(elements.value(one, "name")))


@ODP.check("media", Severity.WARN, says="A slide plays sound or film", do="Listen to it and look at it from end to end")
def media(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "plugin"):
        yield Seen("content", begun(elements.value(one, "href")))


@ODP.check("master-text", Severity.WARN, says="A master slide has text of its own", do="Read it (View, Master Slide)")
def master_texts(opened: OpenDocument) -> Iterator[Seen]:
    for page in elements.named(opened.master, "master-page"):
        own = [one for one in page if not elements.value(one, "class") and not elements.is_on(one, "placeholder")]
        text = " ".join(elements.text_of(one) for one in own if elements.local(one) in _SHAPES)
        if text.strip():
            yield Seen(f"master {elements.value(page, 'name')}", masked(text))


def pages(opened: OpenDocument) -> Iterator[Element]:
    """Yield the slides, hidden ones too."""
    yield from elements.named(opened.content, "page")


def is_hidden(opened: OpenDocument, page: Element) -> bool:
    """Say whether a slide is hidden."""
    return opened.styles.said("drawing-page", elements.value(page, "style-name"), "visibility") == "hidden"


def size(opened: OpenDocument) -> tuple[float, float]:
    """Return the width and the height of a slide in points."""
    said = elements.first(opened.master, "page-layout-properties")
    return points(elements.value(said, "page-width"), 794), points(elements.value(said, "page-height"), 595)


def boxes(opened: OpenDocument, page: Element) -> Iterator[tuple[Element, Box]]:
    """Yield the shapes of a slide that say where they are, with their places."""
    for shape in page:
        if elements.local(shape) in _SHAPES and elements.value(shape, "x"):
            left, top = (points(elements.value(shape, axis), 0) for axis in ("x", "y"))
            wide, high = (points(elements.value(shape, side), 0) for side in ("width", "height"))
            holds = bool(elements.text_of(shape).strip()) or elements.first(shape, "image") is not None
            style = elements.value(shape, "style-name")
            filled = "solid" in (opened.styles.said(family, style, "fill") for family in ("graphic", "presentation"))
            name = elements.text_of(shape).strip() or elements.value(shape, "name") or "a picture"
            yield shape, Box(name, left, top, left + wide, top + high, filled and not holds, holds)
