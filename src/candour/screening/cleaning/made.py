"""What cleaning makes, what may be removed, and which kinds have a clean rendition; nothing heavy is loaded for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from candour.screening import kinds

CLEANED = (
    kinds.PDF, kinds.TEXT, kinds.XLSX, kinds.XLSM, kinds.XLSB, kinds.XLS, kinds.ODS,
    kinds.DOCX, kinds.DOCM, kinds.DOC, kinds.ODT,
    kinds.PPTX, kinds.PPTM, kinds.PPT, kinds.ODP, kinds.PNG, kinds.JPEG, kinds.TIFF, kinds.WEBP, kinds.GIF,
    kinds.HTML, kinds.MAIL, kinds.MSG, kinds.ZIP,
)  # fmt: skip
"""Kinds that have a clean rendition."""
_INSTEAD = {
    kinds.OLE.slug: "Take its lock off in the program that made it, and clean it then",
}
_OTHERWISE = "No clean rendition can be made of this file. Mend it at its source, or save it in another format"


@dataclass(frozen=True)
class Rendition:
    """A file made anew: its name, its bytes, and in a sentence how it differs from what it was made of."""

    name: str
    content: bytes
    how: str
    left_out: tuple[str, ...] = ()
    """What of the file is not in it, each in a few words: what hid there, and what cannot be taken along."""


_ONE = (
    ("that are", "that is"), ("their slide", "its slide"), ("which stand ", "which stands "), (" and ", " or "),
    ("older programs", "an older program"), ("of tables", "of a table"), ("layouts or masters", "a layout or master"),
    *((f"{noun}s", noun) for noun in (
        "picture", "shape", "paragraph", "deletion", "insertion", "object", "drawing", "piece", "row", "chart",
        "diagram",
        "comment", "note", "section", "run", "text", "field", "frame", "annotation", "hidden slide", "hidden sheet",
    )),
)  # fmt: skip
"""How the words for several things are read for one of them."""


def counted(gone: Mapping[str, int]) -> tuple[str, ...]:
    """Say what was left out, with its numbers: "1 comment", "3 hidden slides"."""
    return tuple(f"{count} {_one(what) if count == 1 else what}" for what, count in gone.items() if count)


def _one(what: str) -> str:
    for several, one in _ONE:
        what = what.replace(several, one)
    return what


def can_be_redacted(name: str) -> bool:
    """Say whether words can be removed from a file of this name: from a PDF (areas, too) or a text."""
    return kinds.ending(name) in (*kinds.PDF.endings, *kinds.TEXT.endings)


def instead(kind: str) -> str:
    """Say what a person can do with a file of which no clean rendition can be made; `kind` as a report names it."""
    return _INSTEAD.get(kind, _OTHERWISE)


@dataclass(frozen=True)
class Area:
    """A part of a page that is to be removed: the page from 1, and edges in points from its top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_millimetres(cls, page: int, left: float, top: float, right: float, bottom: float) -> "Area":
        """Return an area whose edges are told in millimetres."""
        return cls(page, *(edge * 72 / 25.4 for edge in (left, top, right, bottom)))


@dataclass(frozen=True)
class Drawn:
    """A page as a PNG, how many pages there are, and its size in millimetres."""

    content: bytes
    pages: int
    width: float
    height: float
