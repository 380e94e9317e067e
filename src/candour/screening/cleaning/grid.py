"""A page of a PDF as a picture under a grid of millimetres, to read off it where an area begins and ends."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from candour.rules.plurals import plural
from candour.screening.cleaning.made import Area, Drawn
from candour.screening.findings import Unreadable

_MM = 72 / 25.4
"""Points in a millimetre."""
_STEP, _NUMBERED, _STRONG = 10, 20, 50
"""Millimetres between the lines of the grid, between those with a number, and between the strong ones."""
_EDGE = 1_400
"""Pixels of the longer edge of the picture."""
_COLOURS = 64
"""Enough to find a place on a page; the picture is a quarter as heavy as with all its colours."""
_FINE, _THICK, _INK = (40, 90, 170, 70), (40, 90, 170, 150), (20, 50, 120, 255)
_REMOVED, _OUTLINE = (200, 0, 0, 90), (150, 0, 0, 255)


def drawn(content: bytes, number: int, areas: Collection[Area]) -> Drawn:
    """Draw a page (from 1) with its grid and some areas over it. Raises Unreadable where there is no such page."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            if not 0 < number <= len(document):
                raise Unreadable(f"it has {plural(len(document), 'page')}")
            with suppress(pypdfium2.PdfiumError):
                document.init_forms()
            page = document[number - 1]
            wide, high = page.get_size()
            scale = _EDGE / max(wide, high)
            shown = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGBA")
            made = _under(shown, scale, [area for area in areas if area.page == number])
            return Drawn(made, len(document), wide / _MM, high / _MM)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable("it is no PDF, or damaged or locked") from fault


def _under(shown: Image.Image, scale: float, areas: Collection[Area]) -> bytes:
    sheet = Image.new("RGBA", shown.size)
    pencil = ImageDraw.Draw(sheet)
    for number, area in enumerate(areas, 1):
        box = [edge * scale for edge in (area.left, area.top, area.right, area.bottom)]
        pencil.rectangle(box, fill=_REMOVED, outline=_OUTLINE, width=3)
        pencil.text((box[0] + 4, box[1] + 4), str(number), fill=_OUTLINE, font=ImageFont.load_default(20))
    _rule(pencil, shown.size, scale * _MM)
    out = BytesIO()
    drawn = Image.alpha_composite(shown, sheet).convert("RGB")
    drawn.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _rule(pencil: ImageDraw.ImageDraw, size: tuple[int, int], step: float) -> None:
    font = ImageFont.load_default(15)
    for along, across in ((0, 1), (1, 0)):
        for mm in _steps(size[along], step):
            line = [mm * step, 0.0, mm * step, float(size[across])]
            ends = line if along == 0 else [line[1], line[0], line[3], line[2]]
            pencil.line(ends, fill=_THICK if mm % _STRONG == 0 else _FINE, width=2 if mm % _STRONG == 0 else 1)
            if mm and mm % _NUMBERED == 0:
                place = (mm * step + 2, 2) if along == 0 else (2, mm * step + 2)
                pencil.rectangle(pencil.textbbox(place, str(mm), font=font), fill="white")
                pencil.text(place, str(mm), fill=_INK, font=font)


def _steps(edge: int, step: float) -> Iterator[int]:
    yield from range(0, int(edge / step) + 1, _STEP)
