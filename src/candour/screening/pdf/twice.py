"""A page drawn twice, with some of its texts and without: where both look alike, nobody sees the text.

This tells what no list of ways to hide does (masks, patterns, blending, pictures in the colour of the letters), and
takes a tenth of a second a page: only texts are looked at so of which nothing else tells whether they are seen.
"""

import ctypes
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

Box = tuple[float, float, float, float]

_SCALE, _EDGE = 1.5, 4_000
"""Pixels for a point, and of the longer edge of a page at most."""


def drawn(page: pdfium.PdfPage, scale: float = _SCALE) -> Image.Image:
    """Draw a page as it looks, its forms filled in."""
    fitting = min(scale, _EDGE / max(page.get_size()))
    made: Image.Image = page.render(scale=fitting, may_draw_forms=True).to_pil()
    return made.convert("RGB")


@contextmanager
def without(texts: Collection[Any]) -> Iterator[None]:
    """Hide some texts of a page (PDFium's handles) until the block ends."""
    modes = [(raw, pdfium_c.FPDFTextObj_GetTextRenderMode(raw)) for raw in texts]
    for raw, _ in modes:
        pdfium_c.FPDFTextObj_SetTextRenderMode(raw, pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)
    try:
        yield
    finally:
        for raw, mode in modes:
            pdfium_c.FPDFTextObj_SetTextRenderMode(raw, mode)


def difference(page: pdfium.PdfPage, texts: Collection[Any], least: int) -> Image.Image:
    """Return a picture that is white where a page looks otherwise without some texts, by so much lightness of 255."""
    before = drawn(page)
    with without(texts):
        after = drawn(page)
    return ImageChops.difference(before, after).convert("L").point(lambda light: 255 if light >= least else 0)


def differs(page: pdfium.PdfPage, picture: Image.Image, box: Box) -> bool:
    """Say whether anything in a box of the page (left, bottom, right, top in its points) is white in a difference."""
    corners = [_pixel(page, picture, x, y) for x in box[::2] for y in box[1::2]]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return picture.crop((min(across) - 1, min(down) - 1, max(across) + 2, max(down) + 2)).getbbox() is not None


def _pixel(page: pdfium.PdfPage, picture: Image.Image, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, picture.width, picture.height, 0, x, y, across, down)
    return across.value, down.value
