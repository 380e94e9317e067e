"""What cleaning makes, what may be removed, and which kinds have a clean rendition; nothing heavy is loaded for it."""

from dataclasses import dataclass

from candour.screening import kinds

CLEANED = (
    kinds.PDF, kinds.TEXT, kinds.XLSX, kinds.XLSM, kinds.ODS, kinds.DOCX, kinds.DOCM, kinds.ODT,
    kinds.PNG, kinds.JPEG, kinds.TIFF, kinds.WEBP, kinds.GIF,
)  # fmt: skip
"""Kinds that have a clean rendition."""


@dataclass(frozen=True)
class Rendition:
    """A file made anew: its name, its bytes, and in a sentence how it differs from what it was made of."""

    name: str
    content: bytes
    how: str


@dataclass(frozen=True)
class Area:
    """A part of a page that is to be removed: the page from 1, and edges in points from its top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
