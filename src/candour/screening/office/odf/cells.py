"""Whether a cell of an OpenDocument spreadsheet is seen: by its style or its column's, and by the letters within it."""

from dataclasses import dataclass, field

from candour.screening.office import elements, shrunk
from candour.screening.office.colours import LEAST_CONTRAST, WHITE, contrast, hexadecimal
from candour.screening.office.elements import Element
from candour.screening.office.odf.styles import FAINT, Styles, points

NOTHING, SHRUNK = "a format that shows nothing", "made to fit, and so small that nobody reads it"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_USUAL = 64.0
"""Points of width of a column that does not say its own."""


@dataclass
class Cells:
    """The cells of one sheet; its columns are taken before them."""

    styles: Styles
    _defaults: dict[int, str] = field(default_factory=dict)
    _widths: dict[int, float] = field(default_factory=dict)

    def take_column(self, column: Element, numbers: range) -> None:
        """Take a run of columns, by their numbers from 1."""
        width = self.styles.said("table-column", elements.value(column, "style-name"), "column-width")
        self._defaults.update(dict.fromkeys(numbers, elements.value(column, "default-cell-style-name")))
        self._widths.update(dict.fromkeys(numbers, points(width, _USUAL)))

    def why_unseen(self, cell: Element, column: int) -> str:
        """Say why what a cell holds is not seen; "" where it is, and where it holds nothing."""
        shown, value, text = shown_in(cell), value_of(cell), elements.value(cell, "string-value")
        if (value and not shown) or (bool(text) and text.strip() != shown.strip()):
            return NOTHING
        style = elements.value(cell, "style-name") or self._defaults.get(column, "")
        if cell.get(_TYPE) == "string" and self.styles.shows_no_text(style):
            return NOTHING
        return (
            self.styles.why_unseen("table-cell", style) or self._within(cell, style) or self._fits(cell, column, style)
        )

    def _within(self, cell: Element, style: str) -> str:
        """Say why some letters within a cell are not seen on its ground."""
        for span in cell.iter("{*}span"):
            name = elements.value(span, "style-name")
            why, colour = self.styles.why_unseen("text", name), hexadecimal(self.styles.said("text", name, "color"))
            ground = hexadecimal(self.styles.said("table-cell", style, "background-color")) or WHITE
            if why not in ("", FAINT):
                return why
            if colour is not None and contrast(colour, ground) < LEAST_CONTRAST:
                return FAINT
        return ""

    def _fits(self, cell: Element, column: int, style: str) -> str:
        if self.styles.said("table-cell", style, "shrink-to-fit") != "true":
            return ""
        run = range(column, column + elements.whole(elements.value(cell, "number-columns-spanned"), 1))
        width = sum(self._widths.get(one, _USUAL) for one in run[:_MOST])
        full = points(self.styles.said("table-cell", style, "font-size"))
        return SHRUNK if shrunk.size(shown_in(cell), full, width) < shrunk.LEAST else ""


_MOST = 200


def shown_in(cell: Element) -> str:
    """Return the text that a cell shows."""
    return "\n".join(elements.text_of(one) for one in cell if elements.local(one) == "p")


def value_of(cell: Element) -> str:
    """Return the value that a cell computes with, as text: a day, a number or a text; "" where it has none."""
    return elements.value(cell, "date-value") or elements.value(cell, "value") or elements.value(cell, "string-value")
