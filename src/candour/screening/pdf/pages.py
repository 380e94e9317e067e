"""What of a page is not seen: text under boxes, in no colour, outside the page, too small; pictures under boxes."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple

import pypdfium2 as pdfium

from candour.screening.pdf import clips, drawing, replacements, tables, twice
from candour.screening.pdf.drawing import PICTURE, SHADE, SHAPE, TEXT, Box, Colour, Drawn

_BAND = 12.0
"""Points of a page's height that are looked up together."""
_SMALL, _SLIVER = 1.5, 3.0
"""Points under which a letter is not read, and a box hides nothing."""
_ALIKE = 24
"""Colours this near to each other, summed over red, green and blue, are not told apart."""
_FAINTEST = 10
"""Of 255, how much lightness a text changes at least where it is seen: a pale watermark changes 20."""
_WHITE: Colour = (255, 255, 255)


class Why(Enum):
    """Why something a page draws is not seen."""

    COVERED = "covered"
    INVISIBLE = "invisible"
    OUTSIDE = "outside"
    COLOURLESS = "colourless"
    SMALL = "small"
    SIZELESS = "of no size"
    CLIPPED = "clipped"
    REPLACED = "replaced"
    PICTURE_COVERED = "picture covered"
    PICTURE_CUT = "picture cut"


_WITHOUT_WORDS = frozenset((Why.SIZELESS, Why.PICTURE_COVERED, Why.PICTURE_CUT))
"""Of these nothing can be said but that they are there."""


class Unseen(NamedTuple):
    """Something on a page that is not seen, and what it says."""

    page: int
    why: Why
    text: str


class Page(NamedTuple):
    """A page: its number from 1, all its text, what of it is not seen, its tagged tables, and whether it has lines.

    What is not seen also is what stands for letters that are seen, and says more than they do.
    """

    number: int
    text: str
    unseen: tuple[Unseen, ...]
    tables: list[tuple[bool, list[list[str]]]]
    lined: bool


def read(document: pdfium.PdfDocument, *, marked: bool = False) -> Iterator[Page]:
    """Yield every page in turn. Raises pdfium.PdfiumError where one cannot be read.

    `marked`: texts stand for others in it, and it is the copy that `replacements.as_drawn` makes.
    """
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        try:
            look = _Look(document, page, textpage, number + 1)
            replaced = replacements.beyond(look.texts, textpage) if marked else []
            found = tables.tagged(page, textpage, look.drawn)
            lined = not found and look.paths >= tables.LINES
            unseen = (*look.unseen(), *(Unseen(number + 1, Why.REPLACED, text) for text in replaced))
            yield Page(number + 1, textpage.get_text_range(), unseen, found, lined)
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
        self.texts = [one for one in self.drawn if one.kind == TEXT]
        self.shown: Box = page.get_cropbox()
        self.bands = _banded(self.drawn)

    def unseen(self) -> Iterator[Unseen]:
        """Yield what is not seen; all that is so for one reason is told together."""
        found: dict[Why, list[str]] = defaultdict(list)
        for why, text in (*self._pictures(), *self._in_part(), *self._whole()):
            found[why].append(text)
        for why, said in found.items():
            text = " ".join(said)
            if why in _WITHOUT_WORDS or any(map(str.isalnum, text)):
                yield Unseen(self.number, why, text)

    @cached_property
    def _covered(self) -> dict[int, list[Drawn]]:
        """By the turn of each text that something hides, wholly or in part: what does."""
        return {one.turn: over for one in self.texts if (over := self._covers(one))} if self.bands else {}

    @cached_property
    def _whys(self) -> dict[int, Why]:
        """By the turn of each text that is not seen at all, though nothing lies over it: why."""
        open_ = [one for one in self.texts if one.turn not in self._covered]
        found = {one.turn: why for one in open_ if (why := self._why(one))}
        doubtful = [one for one in open_ if one.turn not in found and self._is_doubtful(one)]
        return found | {one.turn: Why.INVISIBLE for one in self._undrawn(doubtful)}

    def _whole(self) -> Iterator[tuple[Why, str]]:
        """Yield the texts that are not seen; those too flat for PDFium come last: they are set upright to be read."""
        flat = []
        for one in self.texts:
            if why := self._whys.get(one.turn):
                said = drawing.words(one, self.textpage)
                yield why, said
                flat += [one] if why is Why.SMALL and not said else []
        for said in drawing.words_of_flat(flat, self.page) if flat else ():
            yield Why.SMALL if said else Why.SIZELESS, said

    def _in_part(self) -> Iterator[tuple[Why, str]]:
        """Yield the letters that are not seen of texts of which others may be."""
        if covered := [one for one in self.texts if one.turn in self._covered]:
            yield Why.COVERED, self._some(covered, lambda one, at: _is_in_any(self._covered[one.turn], at))
        whole = {*self._covered, *self._whys}
        if beyond := [one for one in self.texts if one.turn not in whole and not _lies_in(one.box, self.shown)]:
            yield Why.OUTSIDE, self._some(beyond, lambda _, at: not _holds(self.shown, at))
        if clipped := [one for one in self.texts if one.clip and not one.clip.surely_shows(one.box)]:
            yield Why.CLIPPED, self._some(clipped, lambda one, at: not (one.clip and one.clip.shows(at)))

    def _pictures(self) -> Iterator[tuple[Why, str]]:
        for one in self.drawn:
            if one.kind == PICTURE and (why := self._why_picture(one)):
                yield why, ""

    def _why(self, text: Drawn) -> Why | None:
        across, up = text.middle
        left, bottom, right, top = self.shown
        if not (left <= across <= right and bottom <= up <= top):
            return Why.OUTSIDE
        if not text.solid:
            return Why.INVISIBLE
        if text.size < _SMALL:
            return Why.SMALL
        return Why.COLOURLESS if self._is_colourless(text) else None

    def _is_colourless(self, text: Drawn) -> bool:
        behind = self._behind(text)
        return behind is not None and all(ink is not None and _differ(ink, behind) <= _ALIKE for ink in text.inks)

    def _is_doubtful(self, text: Drawn) -> bool:
        """Say whether nothing but a look at the page tells if a text is seen: by its ink, or by what lies behind it."""
        return text.blended or None in text.inks or self._behind(text) is None

    def _undrawn(self, texts: list[Drawn]) -> list[Drawn]:
        """Return those of some texts without which the page looks the same."""
        if not texts:
            return []
        seen = twice.difference(self.page, [one.raw for one in texts], _FAINTEST)
        return [one for one in texts if not twice.differs(self.page, seen, one.box)]

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

    def _some(self, texts: list[Drawn], unseen: Callable[[Drawn, clips.Point], bool]) -> str:
        """Return the letters of some texts that are not seen, by where they stand."""
        by = {drawing.address(one.raw): one for one in texts}
        found = ((by[raw], letter, middle) for raw, letter, middle in drawing.letters(self.textpage) if raw in by)
        return "".join(letter for one, letter, middle in found if unseen(one, middle))

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


def _is_in_any(drawn: list[Drawn], point: tuple[float, float]) -> bool:
    return any(_holds(one.box, point) for one in drawn)


def _spans(box: Box, up: float) -> bool:
    return box[1] <= up <= box[3]


def _overlaps(one: Box, other: Box) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > _SLIVER


def _within(one: Box, other: Box) -> bool:
    """Say whether a box worth the name lies in another, give or take a point."""
    return one[2] - one[0] > _SLIVER and one[3] - one[1] > _SLIVER and _lies_in(one, other)


def _lies_in(one: Box, other: Box) -> bool:
    left, bottom, right, top = other
    return left - 1 <= one[0] and bottom - 1 <= one[1] and one[2] <= right + 1 and one[3] <= top + 1


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
