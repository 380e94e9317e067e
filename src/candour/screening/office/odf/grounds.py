"""On what ground letters of an OpenDocument file stand: of their style, a cell, a shape, what lies below, a slide."""

from collections.abc import Iterator

from candour.screening.office import elements
from candour.screening.office.colours import WHITE, Colour, hexadecimal
from candour.screening.office.elements import Element
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.odf.styles import points

_CLEAR = ("", "transparent")
_SHAPES = ("custom-shape", "rect", "frame", "polygon", "ellipse", "path")
_CELLS = ("table-cell", "table-row", "table")


def under(opened: OpenDocument, element: Element) -> Colour | None:
    """Return the colour of the ground of a text; None where it is a picture, a gradient, or cannot be told."""
    family = "text" if elements.local(element) == "span" else "paragraph"
    for name, one in ((family, element), *(("", above) for above in element.iterancestors())):
        kind = elements.local(one)
        if kind == "page":
            return _of_slide(opened, one, element)
        for said in _said(opened, name or _family(kind), elements.value(one, "style-name")):
            return hexadecimal(said) if said else None
    return WHITE


def _family(kind: str) -> str:
    if kind in _CELLS:
        return kind
    if kind in _SHAPES:
        return "graphic"
    return {"span": "text", "p": "paragraph", "h": "paragraph"}.get(kind, "")


def _said(opened: OpenDocument, family: str, style: str) -> Iterator[str]:
    """Yield the colour that a style lays under its text; "" where it lays something that is no colour."""
    ground = opened.styles.said(family, style, "background-color") if family and style else ""
    if ground not in _CLEAR:
        yield ground
    for one in ("graphic", "presentation") if family == "graphic" and style else ():
        if (fill := opened.styles.said(one, style, "fill")) not in ("", "none"):
            yield opened.styles.said(one, style, "fill-color") if fill == "solid" else ""


def _of_slide(opened: OpenDocument, page: Element, element: Element) -> Colour | None:
    """Return the ground of a text on a slide: what lies below its shape, else the slide's own or its master's."""
    master = next((one for one in elements.named(opened.master, "master-page") if _is_master(one, page)), None)
    shape = next(one for one in (element, *element.iterancestors()) if one.getparent() is page)
    below = [*([] if master is None else master), *list(page)[: page.index(shape)]]
    for one in reversed([one for one in below if elements.local(one) in _SHAPES and _overlap(one, shape)]):
        if elements.first(one, "image") is not None:
            return None
        for said in _said(opened, "graphic", elements.value(one, "style-name")):
            return hexadecimal(said) if said else None
    for one in (page, *([] if master is None else [master])):
        fill = opened.styles.said("drawing-page", elements.value(one, "style-name"), "fill")
        if fill == "solid":
            return hexadecimal(opened.styles.said("drawing-page", elements.value(one, "style-name"), "fill-color"))
        if fill not in ("", "none"):
            return None
    return WHITE


def _is_master(master: Element, page: Element) -> bool:
    return elements.value(master, "name") == elements.value(page, "master-page-name")


def _overlap(one: Element, other: Element) -> bool:
    """Say whether two shapes meet; those that do not say where they are may."""
    if not (elements.value(one, "x") and elements.value(other, "x")):
        return True
    (left, top, right, bottom), (begin, high, end, low) = _box(one), _box(other)
    return left < end and begin < right and top < low and high < bottom


def _box(shape: Element) -> tuple[float, float, float, float]:
    left, top, wide, high = (points(elements.value(shape, side), 0) for side in ("x", "y", "width", "height"))
    return left, top, left + wide, top + high
