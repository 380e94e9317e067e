"""A flat PDF: pages of lines that stand where they are told, over at most one picture a page, and nothing else.

Tagged (PDF/UA-1) like the letters; the pictures are decoration, for all text of a page is in its lines.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

import pikepdf
from PIL import Image

from candour.documents import typesetting

_FEW = 2_000
"""Colours up to which a picture is kept exactly; one with more is a photo and becomes JPEG."""


class Line(NamedTuple):
    """A line of text: its beginning, baseline and width in points from the page's top left, and how it looks."""

    x: float
    y: float
    width: float
    size: float
    text: str
    colour: str = "#000000"
    bold: bool = False
    italic: bool = False


class Page(NamedTuple):
    """A page in points, its lines in reading order, and what lies under them."""

    width: float
    height: float
    lines: Sequence[Line]
    picture: Image.Image | None = None


def pdf(pages: Sequence[Page]) -> bytes:
    """Return the pages as a PDF. Raises typesetting.Unsettable for characters that no typeface has."""
    with pikepdf.open(BytesIO(_set(pages))) as made:
        for place, page in zip(made.pages, pages, strict=True):
            if page.picture:
                _lay_under(made, place, page.picture)
        out = BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


def _set(pages: Sequence[Page]) -> bytes:
    told = [{"width": page.width, "height": page.height, "lines": list(_told(page))} for page in pages]
    data = {"pages": json.dumps(told, ensure_ascii=False)}
    return typesetting.compiled("flat.typ", data, format="pdf", pdf_standards="ua-1")


def _told(page: Page) -> Iterator[dict[str, object]]:
    return (line._asdict() for line in page.lines)


def _lay_under(made: pikepdf.Pdf, page: pikepdf.Page, picture: Image.Image) -> None:
    _, _, width, height = (float(edge) for edge in page.mediabox)
    name = page.add_resource(_drawn(made, picture.convert("RGB")), pikepdf.Name.XObject)
    drawing = f"/Artifact BMC q {width} 0 0 {height} 0 0 cm {name} Do Q EMC".encode()
    page.contents_add(drawing, prepend=True)


def _drawn(made: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    about = {
        "Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "ColorSpace": pikepdf.Name.DeviceRGB,
        "BitsPerComponent": 8, "Width": picture.width, "Height": picture.height,
    }  # fmt: skip
    if picture.getcolors(_FEW):
        return pikepdf.Stream(made, zlib.compress(picture.tobytes(), 6), Filter=pikepdf.Name.FlateDecode, **about)
    photo = BytesIO()
    picture.save(photo, "JPEG", quality=85)
    return pikepdf.Stream(made, photo.getvalue(), Filter=pikepdf.Name.DCTDecode, **about)
