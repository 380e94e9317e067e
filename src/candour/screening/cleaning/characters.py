"""The characters of a PDF page as its drawing library tells them: where each stands, how it looks, what drew it."""

import ctypes
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_HYPHEN = 0x02
"""What the library says for a hyphen at the end of a line."""
_LEVEL = 0.02
"""Radians up to which text is level."""
_BOLD = 600
_ITALIC_FLAG = 1 << 6
_PRIVATE = range(0xE000, 0xF900)


@dataclass(frozen=True, eq=False)
class Character:
    """One character: its box and baseline in points from the page's top left, its look, and what object drew it.

    `narrowest` is how high or wide it stands, whichever is less; `settable` says whether it can be set again as text.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    start: float
    end: float
    baseline: float
    size: float
    narrowest: float
    colour: str
    bold: bool
    italic: bool
    after_gap: bool
    settable: bool
    object: int

    def continues(self, before: "Character") -> bool:
        """Whether this stands in one line with the character before it, in the same look."""
        same_look = (self.colour, self.bold, self.italic) == (before.colour, before.bold, before.italic)
        level = abs(self.baseline - before.baseline) < 0.2 * self.size and abs(self.size - before.size) < 0.1  # noqa: PLR2004 - points
        return same_look and level and -0.5 * self.size < self.start - before.end < 1.5 * self.size


def of(page: pypdfium2.PdfPage, lying: Collection[str] = ()) -> Iterator[Character]:
    """Yield the characters of a page that is not turned, in the order they are drawn; spaces only as gaps.

    Those of fonts that are `lying` (names in small letters) are not what they are said to be.
    """
    left, bottom, right, top = page.get_cropbox()
    del bottom, right
    textpage = page.get_textpage()
    gap = False
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        letter = "-" if code == _HYPHEN else chr(code) if code < 0x110000 else ""  # noqa: PLR2004 - the end of Unicode
        if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or letter.isspace() or code == 0:
            gap = True
            continue
        one = _character(textpage, index, letter, left, top, gap=gap)
        yield one if _font(textpage, index)[0] not in lying else replace(one, settable=False)
        gap = False


def _character(
    textpage: pypdfium2.PdfTextPage, index: int, letter: str, edge: float, top: float, *, gap: bool
) -> Character:
    box = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(textpage, index, *box)
    x1, x2, y1, y2 = (one.value for one in box)
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, loose)
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
    full, (wide, high) = pdfium.FPDFText_GetFontSize(textpage, index), _scales(matrix)
    drawn_by = pdfium.FPDFText_GetTextObject(textpage, index)
    filled = pdfium.FPDFTextObj_GetTextRenderMode(drawn_by) == pdfium.FPDF_TEXTRENDERMODE_FILL
    name, flags = _font(textpage, index)
    level = abs(pdfium.FPDFText_GetCharAngle(textpage, index)) < _LEVEL
    mapped = pdfium.FPDFText_HasUnicodeMapError(textpage, index) != 1 and ord(letter) not in _PRIVATE
    weight = pdfium.FPDFText_GetFontWeight(textpage, index)
    return Character(
        letter, x1 - edge, top - y2, x2 - edge, top - y1,
        start=x.value - edge, end=max(loose.right, x2) - edge, baseline=top - y.value,
        size=full * high, narrowest=full * min(wide, high), colour=_colour(textpage, index),
        bold="bold" in name or weight >= _BOLD,
        italic=bool(flags & _ITALIC_FLAG) or "italic" in name or "oblique" in name,
        after_gap=gap, settable=level and mapped and filled and letter.isprintable(),
        object=_address(drawn_by),
    )  # fmt: skip


def _scales(matrix: pdfium.FS_MATRIX) -> tuple[float, float]:
    """Return how much wider and higher a matrix makes letters."""
    return (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5


def _font(textpage: pypdfium2.PdfTextPage, index: int) -> tuple[str, int]:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace").lower(), flags.value


def _colour(textpage: pypdfium2.PdfTextPage, index: int) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}"


def _address(thing: object) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def texts(page: pypdfium2.PdfPage, besides: Collection[int] = ()) -> list[Any]:
    """Return the objects that draw the text of a page, but for some."""
    found = (one.raw for one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)))
    return [raw for raw in found if _address(raw) not in besides]


def in_lines(read: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield runs of characters that stand in one line in one look."""
    line: list[Character] = []
    for one in read:
        if line and not one.continues(line[-1]):
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def places(read: Sequence[Character], words: Collection[str]) -> Iterator[list[Character]]:
    """Yield the characters of each place where one of some words stands, whatever its case and its gaps."""
    text = "".join(one.text[:1] or "\0" for one in read).casefold()
    if len(text) != len(read):
        text = "".join(one.text[:1].lower()[:1] or "\0" for one in read)
    for word in words:
        if plain := "".join(word.split()).casefold():
            yield from (list(read[found.start() : found.end()]) for found in re.finditer(re.escape(plain), text))
