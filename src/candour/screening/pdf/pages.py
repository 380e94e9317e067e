"""What of a page is not seen: text under boxes, in no colour, outside the page, too small; pictures under boxes."""

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

import pypdfium2 as pdfium

from candour.screening.pdf import drawing, tables
from candour.screening.pdf.drawing import PICTURE, SHADE, SHAPE, TEXT, Box, Colour, Drawn

_BAND = 12.0
"""Points of a page's height that are looked up together."""
_SMALL, _SLIVER = 1.5, 3.0
"""Points under which a letter is not read, and a box hides nothing."""
_ALIKE = 24
"""Colours this near to each other, summed over red, green and blue, are not told apart."""
_WHITE: Colour = (255, 255, 255)


class Why(Enum):
    """Why something a page draws is not seen."""

    COVERED = "covered"
    INVISIBLE = "invisible"
    OUTSIDE = "outside"
    COLOURLESS = "colourless"
    SMALL = "small"
    CLIPPED = "clipped"
    PICTURE_COVERED = "picture covered"
    PICTURE_CUT = "picture cut"


class Unseen(NamedTuple):
    """Something on a page that is not seen, and what it says."""

    page: int
    why: Why
    text: str


class Page(NamedTuple):
    """A page: its number from 1, all its text, what of it is not seen, its tagged tables, and whether it has lines."""

    number: int
    text: str
    unseen: tuple[Unseen, ...]
    tables: list[tuple[bool, list[list[str]]]]
    lined: bool


def read(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Yield every page in turn. Raises pdfium.PdfiumError where one cannot be read."""
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        try:
            look = _Look(document, page, textpage, number + 1)
            found = tables.tagged(page, textpage, look.drawn)
            lined = not found and look.paths >= tables.LINES
            yield Page(number + 1, textpage.get_text_range(), tuple(look.unseen()), found, lined)
        finally:
            textpage.close()
            page.close()


class _Look:
    """One look at one page."""

    def __init__(
        self, document: pdfium.PdfDocument, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int
    ) -> None:
        self.document, self.page, self.textpage, self.number = document, page, textpage, number
        self.drawn, self.paths = drawing.drawn(page)
        self.shown: Box = page.get_cropbox()
        self.bands = _banded(self.drawn)

    def unseen(self) -> Iterator[Unseen]:
        found: dict[Why, list[str]] = defaultdict(list)
        texts = [one for one in self.drawn if one.kind == TEXT]
        covers = {one.turn: over for one in texts if (over := self._covers(one))} if self.bands else {}
        for one in texts:
            if one.turn not in covers and (why := self._why(one)):
                found[why].append(drawing.words(one, self.textpage))
        for one in self.drawn:
            if one.kind == PICTURE and (why := self._why_picture(one)):
                found[why].append("")
        if covers:
            found[Why.COVERED].append(self._covered([one for one in texts if one.turn in covers], covers))
        if clipped := [one for one in texts if one.clip and not one.clip.surely_shows(one.box)]:
            found[Why.CLIPPED].append(self._cut_off(clipped))
        for why, said in found.items():
            text = " ".join(said)
            if "picture" in why.value or any(map(str.isalnum, text)):
                yield Unseen(self.number, why, text)

    def _why(self, text: Drawn) -> Why | None:
        across, up = text.middle
        left, bottom, right, top = self.shown
        if not (left <= across <= right and bottom <= up <= top):
            return Why.OUTSIDE
        if not text.solid:
            return Why.INVISIBLE
        if text.height < _SMALL:
            return Why.SMALL
        return Why.COLOURLESS if self._is_colourless(text) else None

    def _is_colourless(self, text: Drawn) -> bool:
        if text.colour is None or not text.filled:
            return False
        behind = self._behind(text)
        return behind is not None and _differ(text.colour, behind) <= _ALIKE

    def _behind(self, text: Drawn) -> Colour | None:
        """Return the colour that a text stands on, None where it is a picture, a shade, or a shape with curves."""
        if not self.bands:
            return _WHITE
        for other in reversed(self.bands.get(_band(text.middle[1]), ())):
            if other.turn < text.turn and _holds(other.box, text.middle):
                return other.colour if other.solid else None
        return _WHITE

    def _covers(self, text: Drawn) -> list[Drawn]:
        """Return what is drawn over some of a text later, so that it hides it."""
        later = [one for one in self.bands.get(_band(text.middle[1]), ()) if one.turn > text.turn and one.solid]
        over = [one for one in later if _overlaps(one.box, text.box) and _spans(one.box, text.middle[1])]
        return [
            one
            for one in over
            if one.kind in {SHAPE, SHADE} or not drawing.shines_through(one, self.document, self.page)
        ]

    def _covered(self, texts: list[Drawn], covers: dict[int, list[Drawn]]) -> str:
        over = {drawing.address(one.raw): covers[one.turn] for one in texts}
        return "".join(
            letter
            for raw, letter, middle in drawing.letters(self.textpage)
            if raw in over and any(_holds(one.box, middle) for one in over[raw])
        )

    def _cut_off(self, texts: list[Drawn]) -> str:
        by = {drawing.address(one.raw): one.clip for one in texts if one.clip}
        return "".join(
            letter for raw, letter, middle in drawing.letters(self.textpage) if raw in by and not by[raw].shows(middle)
        )

    def _why_picture(self, picture: Drawn) -> Why | None:
        """Say whether a picture is blacked out in part, or lies beyond the edge of the page."""
        later = [one for one in self.drawn[picture.turn + 1 :] if one.kind == SHAPE and one.solid]
        boxes = [one for one in later if _within(one.box, picture.box) and _is_plain(one.colour)]
        if any(not self._is_written_on(box) for box in boxes):
            return Why.PICTURE_COVERED
        return Why.PICTURE_CUT if _share_outside(picture.box, self.shown) > _CUT else None

    def _is_written_on(self, box: Drawn) -> bool:
        """Say whether something is drawn on a box: then it is a panel, and hides nothing by itself."""
        return any(_holds(box.box, one.middle) for one in self.drawn[box.turn + 1 :] if one.kind in {TEXT, PICTURE})


_CUT = 0.2
"""Share of a picture beyond the page from which it was cut, and not only set to the edge."""


def _banded(drawn: list[Drawn]) -> dict[int, list[Drawn]]:
    bands: dict[int, list[Drawn]] = defaultdict(list)
    for one in drawn:
        left, bottom, right, top = one.box
        if one.kind in {SHAPE, PICTURE, SHADE} and right - left > _SLIVER and top - bottom > _SLIVER:
            for band in range(max(_band(bottom), -_FURTHEST), min(_band(top), _FURTHEST) + 1):
                bands[band].append(one)
    return bands


_FURTHEST = 1200
"""Bands of the largest page that PDF allows (14,400 points)."""


def _band(up: float) -> int:
    return int(max(min(up, _BAND * _FURTHEST), -_BAND * _FURTHEST) // _BAND)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _spans(box: Box, up: float) -> bool:
    return box[1] <= up <= box[3]


def _overlaps(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > _SLIVER


def _within(one: Box, other: Box) -> bool:
    """Say whether a box worth the name lies in another, give or take a point."""
    large = one[2] - one[0] > _SLIVER and one[3] - one[1] > _SLIVER
    return (
        large
        and other[0] - 1 <= one[0]
        and other[1] - 1 <= one[1]
        and one[2] <= other[2] + 1
        and one[3] <= other[3] + 1
    )


def _share_outside(box: Box, shown: Box) -> float:
    across = max(0.0, min(box[2], shown[2]) - max(box[0], shown[0]))
    up = max(0.0, min(box[3], shown[3]) - max(box[1], shown[1]))
    area = (box[2] - box[0]) * (box[3] - box[1])
    return 1 - across * up / area if area > 0 else 0.0


def _is_plain(colour: Colour | None) -> bool:
    """Say whether a colour is one that things are blacked or whited out with."""
    return colour is not None and (_differ(colour, _WHITE) <= _ALIKE or sum(colour) <= _ALIKE)


def _differ(one: Colour, other: Colour) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2])
