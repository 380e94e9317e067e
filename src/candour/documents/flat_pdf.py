"""A flat PDF: pages of lines that stand where they are told, over at most one picture a page, and nothing else.

Tagged (PDF/UA-1) like the letters; the pictures are decoration, for all text of a page is in its lines.
"""

import json
import re
import threading
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from PIL import Image

if TYPE_CHECKING:
    import typst

_FOLDER = Path(__file__).parent
_one_at_a_time = threading.Lock()  # the compiler's object may not be entered twice
_UNSETTABLE = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
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


class Unsettable(Exception):  # noqa: N818 - what the text is, for whoever draws the page as a picture instead
    """Characters that no typeface of ours has."""

    def __init__(self, characters: set[str]) -> None:
        super().__init__(f"no typeface has {' '.join(sorted(characters))}")
        self.characters = characters


def pdf(pages: Sequence[Page]) -> bytes:
    """Return the pages as a PDF. Raises Unsettable for characters that no typeface has."""
    with pikepdf.open(BytesIO(_set(pages))) as made:
        for place, page in zip(made.pages, pages, strict=True):
            if page.picture:
                _lay_under(made, place, page.picture)
        out = BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


def _set(pages: Sequence[Page]) -> bytes:
    import typst  # noqa: PLC0415 - a process that makes no PDF does not pay for it

    told = [{"width": page.width, "height": page.height, "lines": list(_told(page))} for page in pages]
    try:
        with _one_at_a_time:
            made = _compiler().compile(
                format="pdf", pdf_standards="ua-1", sys_inputs={"pages": json.dumps(told, ensure_ascii=False)}
            )
    except typst.TypstError as error:
        named = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(_UNSETTABLE.findall(error.diagnostic)))
        if not named:
            raise
        raise Unsettable(set(named)) from error
    assert isinstance(made, bytes)  # noqa: S101 - no output path: typst's signature cannot say so
    return made


def _told(page: Page) -> Iterator[dict[str, object]]:
    return (line._asdict() for line in page.lines)


@cache
def _compiler() -> "typst.Compiler":
    import typst  # noqa: PLC0415 - as above

    fonts = str(resources.files("font_roboto") / "files")
    return typst.Compiler(str(_FOLDER / "flat.typ"), root=str(_FOLDER), font_paths=[fonts], ignore_system_fonts=True)


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
