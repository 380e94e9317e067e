"""The characters of a PDF page as its drawing library tells them: where each stands, how it looks, what drew it."""

import ctypes
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_HYPHEN = 0x02
"""What the library says for a hyphen at the end of a line."""
_LEVEL = 0.02
"""Radians up to which text is level."""
_BOLD = 600
_ITALIC_FLAG = 1 << 6
_PRIVATE = range(0xE000, 0xF900)


@dataclass(eq=False, slots=True)
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
    reader, gap = _Reader(page, lying), False
    for index in range(reader.count):
        letter = reader.letter(index)
        if letter:
            yield reader.character(index, letter, gap=gap)
        gap = not letter


class _Look(NamedTuple):
    """How all characters of one object look: in size, colour and face; and whether they can be set again as text."""

    size: float
    narrowest: float
    colour: str
    bold: bool
    italic: bool
    settable: bool


class _Reader:
    """Reads the characters of a page. A page may have thousands: PDFium puts its answers into the same places."""

    def __init__(self, page: pypdfium2.PdfPage, lying: Collection[str]) -> None:
        self._page, self._lying = page.get_textpage(), lying
        self._text = self._page.raw
        self._left, _, _, self._top = page.get_cropbox()
        self.count = self._page.count_chars()
        self._looks: dict[int, _Look] = {}
        self._box = [ctypes.c_double() for _ in range(4)]
        self._loose, self._x, self._y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()

    def letter(self, index: int) -> str:
        """Return a character; "" for a space, and for what stands only in the text and not on the page."""
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        letter = "-" if code == _HYPHEN else chr(code) if 0 < code < 0x110000 else ""  # noqa: PLR2004 - the end of Unicode
        return "" if letter.isspace() or pdfium.FPDFText_IsGenerated(self._text, index) == 1 else letter

    def character(self, index: int, letter: str, *, gap: bool) -> Character:
        pdfium.FPDFText_GetCharBox(self._text, index, *self._box)
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._loose)
        pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        x1, x2, y1, y2 = (one.value for one in self._box)
        drawn_by = pdfium.FPDFText_GetTextObject(self._text, index)
        address = _address(drawn_by)
        look = self._looks.get(address) or self._looks.setdefault(address, self._look(index, drawn_by))
        known = pdfium.FPDFText_HasUnicodeMapError(self._text, index) != 1 and ord(letter) not in _PRIVATE
        return Character(
            letter, x1 - self._left, self._top - y2, x2 - self._left, self._top - y1,
            start=self._x.value - self._left, end=max(self._loose.right, x2) - self._left,
            baseline=self._top - self._y.value, size=look.size, narrowest=look.narrowest, colour=look.colour,
            bold=look.bold, italic=look.italic, after_gap=gap,
            settable=look.settable and known and letter.isprintable(), object=address,
        )  # fmt: skip

    def _look(self, index: int, drawn_by: Any) -> _Look:
        matrix, full = pdfium.FS_MATRIX(), pdfium.FPDFText_GetFontSize(self._text, index)
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        wide, high = (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5
        name, flags = self._font(index)
        level = abs(pdfium.FPDFText_GetCharAngle(self._text, index)) < _LEVEL
        filled = pdfium.FPDFTextObj_GetTextRenderMode(drawn_by) == pdfium.FPDF_TEXTRENDERMODE_FILL
        return _Look(
            size=full * high,
            narrowest=full * min(wide, high),
            colour=self._colour(index),
            bold="bold" in name or pdfium.FPDFText_GetFontWeight(self._text, index) >= _BOLD,
            italic=bool(flags & _ITALIC_FLAG) or "italic" in name or "oblique" in name,
            settable=level and filled and name not in self._lying,
        )

    def _font(self, index: int) -> tuple[str, int]:
        buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._text, index, buffer, 128, flags)
        return buffer.value.decode("utf-8", "replace").lower(), flags.value

    def _colour(self, index: int) -> str:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(self._text, index, red, green, blue, alpha)
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
