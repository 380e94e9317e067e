"""What a page of a PDF draws, in the order in which it is drawn: texts, filled shapes and pictures, with their places.

PDFium reads the pages: it tells colours, modes and boxes of 200 dense pages within seconds, without drawing anything.
Boxes are (left, bottom, right, top) in points of the page; colours are (red, green, blue), 0 to 255.
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from candour.screening.pdf import clips

Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 8
_SOLID = 250
"""From this alpha on nothing shines through."""
_FAINT = 8
"""Under this alpha a text is not seen."""
_THICK, _SLACK = 5.0, 2.2
"""Points from which a line covers text, and how much wider than itself a straight one's box may be."""
_CORNERS = 6
"""Segments that a rectangle has at most, as programs write it."""
_LETTERS = 1 << 14


class Drawn(NamedTuple):
    """One thing that a page draws. `turn` is its place in the order; `raw` is PDFium's handle of it.

    `solid`: nothing shines through a shape or a picture; a text is drawn at all. Of a text, `size` is how high or wide
    its letters stand, whichever is less, `inks` are the colours that they are filled and outlined with (None for a
    pattern), `blended` says whether they are drawn through a mask or mixed with what lies below, and `clip` is what
    they are cut off by.
    """

    turn: int
    kind: int
    box: Box
    colour: Colour | None
    solid: bool
    raw: Any
    size: float = 0.0
    inks: tuple[Colour | None, ...] = ()
    blended: bool = False
    clip: clips.Clip | None = None

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


TEXT, SHAPE, PICTURE = pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE
SHADE, _FORM = pdfium_c.FPDF_PAGEOBJ_SHADING, pdfium_c.FPDF_PAGEOBJ_FORM
_FILLS, _OUTLINES = (0, 2, 4, 6), (1, 2, 5, 6)
"""The modes of text in which letters are filled, and in which their outline is drawn (PDF 32000-1, table 106)."""


def drawn(page: pdfium.PdfPage) -> tuple[list[Drawn], int]:
    """Return everything a page draws, forms within forms taken apart, in the order of drawing; and how many paths.

    The paths are those of the page itself, lines that cover nothing too.
    """
    count, get = pdfium_c.FPDFPage_CountObjects(page.raw), pdfium_c.FPDFPage_GetObject
    found: list[Drawn] = []
    paths = sum(_take(get(page.raw, number), _SAME, found, 0) == SHAPE for number in range(count))
    return found, paths


def _take(raw: Any, matrix: Matrix, found: list[Drawn], depth: int) -> int:
    """Take what a thing draws, and return its kind."""
    kind = pdfium_c.FPDFPageObj_GetType(raw)
    if kind == _FORM and depth < _DEEPEST:
        inner = _times(_matrix(raw), matrix)
        for number in range(pdfium_c.FPDFFormObj_CountObjects(raw)):
            _take(pdfium_c.FPDFFormObj_GetObject(raw, number), inner, found, depth + 1)
    elif kind in {TEXT, SHAPE, PICTURE, SHADE} and (box := _box(raw, matrix)):
        turn = len(found)
        if kind == TEXT:
            found.append(_text(turn, box, raw, matrix))
        elif kind == SHADE:
            clip = clips.of(raw, matrix)
            solid = not pdfium_c.FPDFPageObj_HasTransparency(raw) and (clip is None or clip.is_upright)
            found.append(Drawn(turn, kind, box if clip is None else _meet(box, clip.box), None, solid, raw))
        elif kind != SHAPE:
            found.append(Drawn(turn, kind, box, None, not pdfium_c.FPDFPageObj_HasTransparency(raw), raw))
        elif _paints(raw)[0]:
            found.append(_shape(turn, box, raw, *_colour(raw)))
        elif _paints(raw)[1] and (bar := _bar(raw, box)):
            found.append(_shape(turn, bar, raw, *_colour(raw, pdfium_c.FPDFPageObj_GetStrokeColor)))
    return int(kind)


def _shape(turn: int, box: Box, raw: Any, colour: Colour | None, alpha: int) -> Drawn:
    solid = alpha >= _SOLID and not pdfium_c.FPDFPageObj_HasTransparency(raw) and _is_rectangle(raw)
    return Drawn(turn, SHAPE, box, colour, solid, raw)


def _text(turn: int, box: Box, raw: Any, matrix: Matrix) -> Drawn:
    """Take a text: one in a mode that puts nothing on paper (3, 7), or wholly transparent, is not solid."""
    inks = [colour for colour, alpha in _inks(raw) if alpha >= _FAINT]
    blended = bool(pdfium_c.FPDFPageObj_HasTransparency(raw))
    clip = clips.of(raw, matrix)
    return Drawn(turn, TEXT, box, None, bool(inks), raw, _size(raw, matrix), tuple(inks), blended, clip)


def _inks(raw: Any) -> Iterator[tuple[Colour | None, int]]:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(raw)
    if mode in _FILLS:
        yield _colour(raw)
    if mode in _OUTLINES:
        yield _colour(raw, pdfium_c.FPDFPageObj_GetStrokeColor)


def words(text: Drawn, textpage: pdfium.PdfTextPage) -> str:
    """Return what a text says; at most some thousand letters of it."""
    buffer = (ctypes.c_ushort * _LETTERS)()
    size = pdfium_c.FPDFTextObj_GetText(text.raw, textpage.raw, buffer, ctypes.sizeof(buffer))
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace")


def words_of_flat(texts: Sequence[Drawn], page: pdfium.PdfPage) -> list[str]:
    """Return what texts say that are so flat that PDFium reads nothing: they are set upright on the page, and read."""
    for text in texts:
        x, y = text.box[0], text.box[1]
        pdfium_c.FPDFPageObj_SetMatrix(text.raw, pdfium_c.FS_MATRIX(1, 0, 0, 1, x, y))
    textpage = page.get_textpage()
    try:
        return [words(text, textpage) for text in texts]
    finally:
        textpage.close()


def letters(textpage: pdfium.PdfTextPage) -> Iterator[tuple[int, str, tuple[float, float]]]:
    """Yield each letter of a page: the address of the text that draws it, the letter, the middle of its box."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for number in range(pdfium_c.FPDFText_CountChars(textpage.raw)):
        raw = pdfium_c.FPDFText_GetTextObject(textpage.raw, number)
        if raw and pdfium_c.FPDFText_GetCharBox(textpage.raw, number, left, right, bottom, top):
            middle = ((left.value + right.value) / 2, (bottom.value + top.value) / 2)
            yield address(raw), chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, number) or 0xFFFD), middle


def address(raw: Any) -> int:
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


def shines_through(picture: Drawn, document: pdfium.PdfDocument, page: pdfium.PdfPage) -> bool:
    """Say whether any part of a picture is transparent, by its mask."""
    bitmap = pdfium_c.FPDFImageObj_GetRenderedBitmap(document.raw, page.raw, picture.raw)
    if not bitmap:
        return True
    try:
        if pdfium_c.FPDFBitmap_GetFormat(bitmap) != pdfium_c.FPDFBitmap_BGRA:
            return False
        size = pdfium_c.FPDFBitmap_GetStride(bitmap) * pdfium_c.FPDFBitmap_GetHeight(bitmap)
        return min(ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), size)[3::4], default=0) < _SOLID
    finally:
        pdfium_c.FPDFBitmap_Destroy(bitmap)


_LEFT, _BOTTOM, _RIGHT, _TOP, _SIZE = (ctypes.c_float() for _ in range(5))
_RED, _GREEN, _BLUE, _ALPHA = (ctypes.c_uint() for _ in range(4))
_MATRIX = pdfium_c.FS_MATRIX()
"""Where PDFium puts its answers. It is entered by one thread at a time; to make new places for each of a million
letters would take as long as to ask."""


def _box(raw: Any, matrix: Matrix) -> Box | None:
    if not pdfium_c.FPDFPageObj_GetBounds(raw, _LEFT, _BOTTOM, _RIGHT, _TOP):
        return None
    box = (_LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value)
    if matrix is _SAME:
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def _meet(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _matrix(raw: Any) -> Matrix:
    made = _MATRIX
    if not pdfium_c.FPDFPageObj_GetMatrix(raw, made):
        return _SAME
    return made.a, made.b, made.c, made.d, made.e, made.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that first does one thing, then the other."""
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def _colour(raw: Any, ask: Any = pdfium_c.FPDFPageObj_GetFillColor) -> tuple[Colour | None, int]:
    """Return the colour a thing is filled with, None where it is a pattern, and its alpha."""
    if not ask(raw, _RED, _GREEN, _BLUE, _ALPHA):
        return None, 255
    return (_RED.value, _GREEN.value, _BLUE.value), _ALPHA.value


def _size(raw: Any, matrix: Matrix) -> float:
    """Return how many points high a text stands on the page, or how wide where it is made narrower than high."""
    if not pdfium_c.FPDFTextObj_GetFontSize(raw, _SIZE):
        return 0.0
    a, b, c, d, _e, _f = _matrix(raw) if matrix is _SAME else _times(_matrix(raw), matrix)
    longer = max(a * a + b * b, c * c + d * d) ** 0.5
    return abs(_SIZE.value * (a * d - b * c)) / longer if longer else 0.0


def _paints(raw: Any) -> tuple[bool, bool]:
    """Say whether a shape is filled, and whether its line is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    known = bool(pdfium_c.FPDFPath_GetDrawMode(raw, fill, stroke))
    return known and fill.value != pdfium_c.FPDF_FILLMODE_NONE, known and bool(stroke.value)


def _bar(raw: Any, box: Box) -> Box | None:
    """Return what a straight line covers that is so thick that it hides what lies under it, as a marker pen does.

    PDFium's box of a line goes beyond its middle by its width on every side.
    """
    wide = ctypes.c_float()
    if not pdfium_c.FPDFPageObj_GetStrokeWidth(raw, wide) or wide.value < _THICK:
        return None
    left, bottom, right, top = box
    width = wide.value
    across = width if right - left > top - bottom else width / 2
    up = width * 1.5 - across
    straight = min(right - left, top - bottom) <= _SLACK * width
    return (left + across, bottom + up, right - across, top - up) if straight else None


def _is_rectangle(raw: Any) -> bool:
    """Say whether a shape is of a few straight lines; what has curves may leave open what its box covers."""
    count = pdfium_c.FPDFPath_CountSegments(raw)
    segments = [pdfium_c.FPDFPath_GetPathSegment(raw, number) for number in range(min(count, _CORNERS + 1))]
    return count <= _CORNERS and all(
        pdfium_c.FPDFPathSegment_GetType(segment) != pdfium_c.FPDF_SEGMENT_BEZIERTO for segment in segments
    )
