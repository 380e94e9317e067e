"""Which files have a clean rendition, and what makes it; runs in a child, as all reading of strangers' files does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from candour.screening import kinds
from candour.screening.cleaning import pictures


@dataclass(frozen=True)
class Rendition:
    """A file made anew: its name, its bytes, and in a sentence how it differs from what it was made of."""

    name: str
    content: bytes
    how: str


_Make = Callable[[bytes, str], Rendition]


def _picture(content: bytes, stem: str) -> Rendition:
    ending, made = pictures.redrawn(content)
    return Rendition(f"{stem}.{ending}", made, "The picture drawn anew, without what was stored beside it")


MAKERS: dict[kinds.Kind, _Make] = {
    **dict.fromkeys((kinds.PNG, kinds.JPEG, kinds.TIFF, kinds.WEBP, kinds.GIF), _picture),
}
"""What makes the clean rendition of each kind."""


def clean(content: bytes, name: str) -> Rendition | None:
    """Return the clean rendition of a file; None where its kind has none. Raises Unreadable."""
    kind = kinds.seen(content, name) if content else None
    make = MAKERS.get(kind) if kind else None
    return make(content, PurePath(name).stem) if make else None
