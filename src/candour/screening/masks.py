"""Whether a picture goes on under what its mask makes transparent."""

import pikepdf
from PIL import Image, UnidentifiedImageError

_LARGEST = 40_000_000
"""Pixels of the largest picture whose mask is looked at."""
_BROKEN = (
    pikepdf.PdfError,
    pikepdf.exceptions.ImageDecompressionError,
    pikepdf.UnsupportedImageTypeError,
    UnidentifiedImageError,
    OSError,
    ValueError,
    RuntimeError,
    TypeError,
    AttributeError,
)
_CLEAR = 8
_DIFFERENT = 48
"""Lightness, from darkest to lightest, over which what lies under a mask is more than one flat colour."""


def hides(picture: pikepdf.Stream) -> bool:
    """Say whether there is more than a flat colour where a picture's soft mask lets nothing of it be seen."""
    mask = picture.get("/SMask")
    if not isinstance(mask, pikepdf.Stream):
        return False
    try:
        if int(picture.Width) * int(picture.Height) > _LARGEST:
            return False
        under = pikepdf.PdfImage(picture).as_pil_image().convert("L")
        over = pikepdf.PdfImage(mask).as_pil_image().convert("L")
    except _BROKEN:
        return False
    return differs_under(under, over.resize(under.size))


def differs_under(picture: Image.Image, alpha: Image.Image) -> bool:
    """Say whether a grey picture has different shades where its alpha is nothing."""
    clear = alpha.point(lambda value: 255 if value < _CLEAR else 0)
    shades = picture.histogram(mask=clear.convert("1"))
    there = [shade for shade, count in enumerate(shades) if count]
    return len(there) > 1 and there[-1] - there[0] > _DIFFERENT
