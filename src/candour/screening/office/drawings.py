"""Pictures and shapes in office files: cropped pictures, hidden shapes, shapes without size, alternative texts, ink."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements, parts
from candour.screening.office.elements import Element
from candour.screening.office.packaged import check
from candour.screening.office.parts import Packaged

_SMALLEST = 12_700
"""English Metric Units in a point: a shape that is smaller both ways is not seen."""
_LAYERS = r".*/media/[^/]+\.wdp"


@check(
    "cropped-picture",
    Severity.BLOCK,
    says="A picture is cropped, and the whole of it is still in the file",
    do="Delete the cropped areas (Compress Pictures), or paste the picture as a new one",
)
def cropped_pictures(opened: Packaged) -> Iterator[Seen]:
    for part, root in parts.drawn(opened):
        for one in elements.named(root, "srcRect"):
            cut = [side for side in ("l", "t", "r", "b") if _share(elements.value(one, side)) > 0]
            if cut:
                yield Seen(part, ", ".join(f"{side} {elements.value(one, side)}" for side in cut))
        for one in elements.named(root, "imagedata"):
            if any(elements.value(one, f"crop{side}", "0") != "0" for side in ("left", "top", "right", "bottom")):
                yield Seen(part)


@check(
    "picture-original",
    Severity.BLOCK,
    says="A picture was altered, and the original is still in the file",
    do="Paste the picture as a new one",
)
def picture_originals(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(_LAYERS))
    for part, root in parts.drawn(opened):
        yield from (Seen(part) for _ in elements.named(root, "imgLayer"))


@check(
    "hidden-shape", Severity.BLOCK, says="A shape or a picture is hidden", do="Show it (Selection Pane), or delete it"
)
def hidden_shapes(opened: Packaged) -> Iterator[Seen]:
    for part, root in parts.drawn(opened):
        for one in elements.named(root, "cNvPr", "docPr"):
            if elements.is_on(one, "hidden"):
                yield Seen(part, masked(elements.value(one, "name")))


@check(
    "shape-without-size",
    Severity.BLOCK,
    says="A shape or a picture is too small to be seen",
    do="Delete it, or make it larger",
)
def shapes_without_size(opened: Packaged) -> Iterator[Seen]:
    for part, root in parts.drawn(opened):
        for one in elements.named(root, "ext", "extent"):
            if _is_too_small(one):
                yield Seen(part)


@check(
    "alternative-text",
    Severity.WARN,
    says="A picture or a shape has an alternative text",
    do="Read it (right click, View Alt Text): it may name a file, a place or a person",
)
def alternative_texts(opened: Packaged) -> Iterator[Seen]:
    for part, root in parts.drawn(opened):
        for one in elements.named(root, "cNvPr", "docPr", "tblDescription", "tblCaption"):
            text = elements.value(one, "descr") or elements.value(one, "title") or elements.value(one, "val")
            if text.strip():
                yield Seen(part, masked(text))


@check("ink", Severity.BLOCK, says="Something was drawn by hand, and its strokes are kept", do="Delete the ink")
def inks(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r".*/ink/[^/]+\.xml"))


@check(
    "picture-not-looked-into",
    Severity.WARN,
    says="A picture is of a kind (EMF, WMF, SVG) that is not looked into",
    do="Look at it; paste it as PNG if it may leave",
)
def pictures_not_looked_into(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r".*/media/[^/]+\.(emf|wmf|svg)"))


def _share(text: str) -> float:
    """Read a share of a picture: thousandths of a per cent (transitional), or a percentage (strict)."""
    return elements.decimal(text.removesuffix("%"))


def _is_too_small(extent: Element) -> bool:
    """Say whether an extent is of a thing too small to be seen.

    A line has no height, a group inherits its size, and a chart on a sheet has that of its anchor.
    """
    wide, high = elements.value(extent, "cx"), elements.value(extent, "cy")
    if not (wide and high):
        return False
    parent = extent.getparent()
    holder = parent.getparent() if parent is not None else None
    elsewhere = elements.local(holder) in ("grpSpPr", "graphicFrame") if holder is not None else False
    return not elsewhere and elements.whole(wide) < _SMALLEST and elements.whole(high) < _SMALLEST
