"""What the styles of an OpenDocument file say: hidden, colour and ground, size, widths, heights, cropped pictures."""

import re
from functools import cached_property

from candour.screening.office import elements
from candour.screening.office.colours import LEAST_CONTRAST, WHITE, contrast, hexadecimal
from candour.screening.office.elements import Element

HIDDEN, TINY, FAINT, BARRED = "hidden", "a point or less", "in the colour of their ground", "under black"
CLEAR = "transparent"
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "pc": 12.0, "px": 0.75, "": 1.0}
_LENGTH = re.compile(r"(-?\d*\.?\d+)(pt|in|cm|mm|pc|px|)")
_DEPTH = 20


class Styles:
    """The styles of a file by family and name; a style takes from its parent what it does not say itself."""

    def __init__(self, common: Element | None, content: Element | None) -> None:
        self._elements = {
            (elements.value(one, "family"), elements.value(one, "name")): one
            for root in (common, content)
            for one in elements.named(root, "style", "default-style")
        }
        self._formats = {
            elements.value(one, "name"): one for root in (common, content) for one in elements.named(root, "text-style")
        }
        self._why: dict[tuple[str, str], str] = {}

    def named(self, family: str, name: str) -> Element | None:
        """Return a style itself; None where there is none of that name."""
        return self._elements.get((family, name))

    def said(self, family: str, name: str, attribute: str) -> str:
        """Return what a style, the nearest of its parents or its family's default says; "" where none says anything."""
        for _ in range(_DEPTH):
            element = self._elements.get((family, name), self._elements.get((family, "")))
            if element is None:
                return ""
            for properties in element:
                if found := elements.value(properties, attribute):
                    return found
            if not elements.value(element, "name"):
                return ""
            name = elements.value(element, "parent-style-name")
        return ""

    def why_unseen(self, family: str, name: str) -> str:
        """Say why letters of a style are not seen; "" where they are."""
        key = (family, name)
        if key not in self._why:
            self._why[key] = self._unseen(family, name)
        return self._why[key]

    def _unseen(self, family: str, name: str) -> str:
        if self.said(family, name, "display") == "none":
            return HIDDEN
        size = self.said(family, name, "font-size")
        if size and not size.endswith("%") and points(size) <= 1:
            return TINY
        if _is_small(self.said(family, name, "text-scale")):
            return TINY
        if _is_small(self.said(family, name, "opacity")) and self.said(family, name, "use-window-font-color") != "true":
            return CLEAR  # with the colour of the window it stands for "as the system has it"
        return self._unseen_by_colour(family, name)

    def _unseen_by_colour(self, family: str, name: str) -> str:
        letters = hexadecimal(self.said(family, name, "color"))
        ground = hexadecimal(self.said(family, name, "background-color"))
        if ground == (0, 0, 0) and letters is None and family == "text":
            return BARRED
        if letters is not None and contrast(letters, ground or WHITE) < LEAST_CONTRAST:
            return FAINT
        return ""

    def shows_no_text(self, name: str) -> bool:
        """Say whether the format of a cell style leaves texts away: one for texts without a place for them."""
        found = self._formats.get(self.said_itself("table-cell", name, "data-style-name"))
        return found is not None and elements.first(found, "text-content") is None

    def said_itself(self, family: str, name: str, attribute: str) -> str:
        """Return what the element of a style, or of the nearest of its parents, says in an attribute of its own."""
        for _ in range(_DEPTH):
            element = self._elements.get((family, name))
            if element is None or (found := elements.value(element, attribute)):
                return "" if element is None else found
            name = elements.value(element, "parent-style-name")
        return ""

    @cached_property
    def cropped(self) -> set[str]:
        """The names of graphic styles that cut a picture."""
        return {
            name
            for (family, name), one in self._elements.items()
            if family in ("graphic", "presentation") and any(_cuts(elements.value(found, "clip")) for found in one)
        }

    @cached_property
    def hidden_shapes(self) -> set[str]:
        return {name for (_, name), one in self._elements.items() if any(_is_hidden(found) for found in one)}


def points(length: str, otherwise: float = 12.0) -> float:
    """Return a length such as `2.5cm` in points."""
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * _UNITS[found[2]] if found else otherwise


def _is_small(share: str) -> bool:
    """Say whether per cents of a width, or of what does not shine through, are too few for letters to be seen."""
    return share.endswith("%") and elements.decimal(share[:-1], 100) <= _FEW


_FEW = 5


def _cuts(clip: str) -> bool:
    return any(points(one, 0) > 0 for one in re.findall(r"-?\d*\.?\d+\w*", clip))


def _is_hidden(properties: Element) -> bool:
    return elements.value(properties, "visibility") == "hidden"
