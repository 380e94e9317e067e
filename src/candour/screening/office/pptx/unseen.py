"""Shapes and texts of slides that are there but not seen: off the slide, under others, faint, tiny."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.colours import LEAST_CONTRAST, WHITE, Colour, contrast, hexadecimal
from candour.screening.office.elements import Element
from candour.screening.office.geometry import Box, covered, off_page
from candour.screening.office.pptx.family import PPTX
from candour.screening.office.pptx.presentations import Presentation, Slide, text_of

_DELETE = "Show it (Home, Select, Selection Pane), and delete what is not to leave"
_TINY = 100
"""Hundredths of a point: letters of this size or smaller are not read by a person."""
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")


@PPTX.check("shape-off-slide", Severity.BLOCK, says="A shape lies outside of its slide", do="Delete it, or move it")
def shapes_off_slides(presentation: Presentation) -> Iterator[Seen]:
    wide, high = presentation.size
    for slide in presentation.slides:
        for _, box in boxes(slide):
            if off_page(box, wide, high):
                yield Seen(slide.name, masked(box.name))


@PPTX.check(
    "covered", Severity.BLOCK, says="A filled shape lies over a text or a picture", do="Delete what is below it"
)
def covered_shapes(presentation: Presentation) -> Iterator[Seen]:
    for slide in presentation.slides:
        for _, below in covered([box for _, box in boxes(slide)]):
            yield Seen(slide.name, masked(below.name))


@PPTX.check("tiny-text", Severity.BLOCK, says="Text has letters of a point or less", do=_DELETE)
def tiny_text(presentation: Presentation) -> Iterator[Seen]:
    for slide in presentation.slides:
        for run in elements.named(slide.root, "r", "fld"):
            if is_tiny(run):
                yield Seen(slide.name, masked(elements.text_of(run, "t")))


@PPTX.check("faint-text", Severity.BLOCK, says="Text has the colour of its ground", do=_DELETE)
def faint_text(presentation: Presentation) -> Iterator[Seen]:
    for slide in presentation.slides:
        for shape in slide.shapes():
            yield from (Seen(slide.name, masked(elements.text_of(run, "t"))) for run in faint_runs(slide, shape))


def is_tiny(run: Element) -> bool:
    """Say whether a run's letters are of a point or less."""
    size = elements.value(elements.child(run, "rPr"), "sz")
    return bool(size) and elements.whole(size, 1800) <= _TINY


def faint_runs(slide: Slide, shape: Element) -> Iterator[Element]:
    """Yield the runs of a shape whose letters have the colour of their ground."""
    ground = _ground(slide, shape)
    own = elements.first(elements.child(elements.child(shape, "txBody"), "lstStyle"), "defRPr")
    for run in elements.named(shape, "r"):
        look = elements.child(run, "rPr")
        filled = elements.child(look, "solidFill")
        letters = _colour(elements.child(own, "solidFill") if filled is None else filled)
        lost = letters is not None and ground is not None and contrast(letters, ground) < LEAST_CONTRAST
        if (lost or _is_clear(look)) and elements.text_of(run, "t").strip():
            yield run


def _is_clear(look: Element | None) -> bool:
    """Say whether letters are filled with nothing, or with a colour that all shines through."""
    alpha = elements.value(elements.first(elements.child(look, "solidFill"), "alpha"), "val")
    return elements.child(look, "noFill") is not None or (bool(alpha) and elements.whole(alpha, _OPAQUE) <= _THROUGH)


_OPAQUE, _THROUGH = 100_000, 5_000
"""Thousandths of a per cent of a colour that are seen: all, and too few to be read."""


def _ground(slide: Slide, shape: Element) -> Colour | None:
    """Return the ground of a shape's text; None where a theme, a picture or another shape makes it."""
    drawn = elements.child(shape, "spPr")
    fill = elements.child(drawn, "solidFill")
    if fill is not None:
        return _colour(fill)
    styled = elements.child(shape, "style") is not None and elements.child(drawn, "noFill") is None
    if styled or elements.local(shape) != "sp" or any(elements.child(drawn, one) is not None for one in _FILLS):
        return None
    if _below(slide, shape):
        return None
    background = elements.first(slide.root, "bg")
    return WHITE if background is None else _colour(elements.first(background, "solidFill"))


def _below(slide: Slide, shape: Element) -> bool:
    """Say whether a picture or a filled shape is drawn on the slide before a shape, and so may be its ground."""
    for one in slide.shapes():
        if one is shape:
            return False
        if elements.local(one) == "pic" or _is_filled(one):
            return True
    return False


def boxes(slide: Slide) -> Iterator[tuple[Element, Box]]:
    """Yield the shapes that say where they are, with their places; not those in a group, whose units are its own."""
    for shape in slide.shapes():
        parent = shape.getparent()
        frame = elements.first(shape, "xfrm")
        place, size = elements.child(frame, "off"), elements.child(frame, "ext")
        if parent is None or elements.local(parent) != "spTree" or place is None or size is None:
            continue
        left, top = (elements.whole(elements.value(place, axis)) for axis in ("x", "y"))
        wide, high = (elements.whole(elements.value(size, side)) for side in ("cx", "cy"))
        text = text_of(shape)
        holds = bool(text) or elements.local(shape) in ("pic", "graphicFrame")
        yield (
            shape,
            Box(text or _name(shape), left, top, left + wide, top + high, _is_filled(shape) and not holds, holds),
        )


def _is_filled(shape: Element) -> bool:
    """Say whether a shape is filled: by itself, or by its style where it does not say that it is not."""
    drawn = elements.child(shape, "spPr")
    if elements.local(shape) != "sp" or elements.child(drawn, "noFill") is not None:
        return False
    own = any(elements.child(drawn, fill) is not None for fill in _FILLS)
    styled = elements.first(elements.child(shape, "style"), "fillRef")
    return own or (styled is not None and elements.value(styled, "idx", "0") != "0")


def _name(shape: Element) -> str:
    return elements.value(elements.first(shape, "cNvPr"), "name")


def _colour(fill: Element | None) -> Colour | None:
    """Return a colour that is written out, or the theme's usual background; None for others of the theme."""
    written = elements.child(fill, "srgbClr")
    if written is not None:
        return hexadecimal(elements.value(written, "val"))
    return WHITE if elements.value(elements.child(fill, "schemeClr"), "val") in ("bg1", "lt1") else None
