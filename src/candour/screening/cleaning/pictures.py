"""A picture drawn anew from its pixels alone: no metadata, no thumbnail, no layers, nothing behind its end."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.elements import Element

LARGEST = 100_000_000
"""Pixels of a picture that is drawn anew."""


def redrawn(content: bytes) -> tuple[str, bytes]:
    """Return the ending and the bytes of a picture made of what is seen; a photo stays JPEG, all else becomes PNG.

    Turned as a viewer turns it; what is transparent stands on white, so that no pixel hides there.
    """
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > LARGEST:
                raise Unreadable(f"the picture has more than {LARGEST:,} pixels")
            photo = picture.format == "JPEG"
            seen = on_white(ImageOps.exif_transpose(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise Unreadable("the picture is damaged") from fault
    return written(seen, "JPEG" if photo else "PNG")


def on_white(picture: Image.Image) -> Image.Image:
    """Return a picture's colours as they are seen on white paper."""
    if picture.mode in {"L", "RGB"} and "transparency" not in picture.info:
        return Image.frombytes(picture.mode, picture.size, picture.tobytes())
    laid = picture.convert("RGBA")
    paper = Image.new("RGBA", laid.size, "white")
    paper.alpha_composite(laid)
    return paper.convert("RGB")


def written(picture: Image.Image, form: str) -> tuple[str, bytes]:
    """Return the ending and the bytes of a picture in a form that Pillow knows."""
    made = BytesIO()
    picture.save(made, form, **({"quality": 92} if form == "JPEG" else {}))
    return {"JPEG": "jpg", "PNG": "png"}[form], made.getvalue()


def width_of(content: bytes, said: str = "") -> float:
    """Return how many pixels wide a picture stands: as is said, or as it is."""
    if said.removesuffix("px").isdecimal():
        return min(float(said.removesuffix("px")), LARGEST)
    with Image.open(BytesIO(content)) as picture:
        return float(picture.width)


def cropped(rectangle: Element | None) -> tuple[float, ...]:
    """Return the shares of a picture that are cropped left, above, right and below (`srcRect`)."""
    shares = (elements.value(rectangle, edge, "0") for edge in "ltrb")
    return tuple(
        elements.decimal(text[:-1]) / 100 if text.endswith("%") else elements.decimal(text) / 100_000 for text in shares
    )


def cut(content: bytes, edges: tuple[float, ...] = ()) -> bytes:
    """Draw a picture anew, and cut off for good what is only cropped from sight. Raises Unreadable."""
    _, drawn = redrawn(content)
    if not any(edge > 0 for edge in edges):
        return drawn
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in edges)
    with Image.open(BytesIO(drawn)) as picture:
        wide, high = picture.size
        box = (round(wide * left), round(high * top), round(wide * (1 - right)), round(high * (1 - bottom)))
        if box[0] >= box[2] or box[1] >= box[3]:
            raise Unreadable("the picture is cropped to nothing")
        return written(picture.crop(box), picture.format or "PNG")[1]
