"""A PDF drawn anew from what is seen of it: its visible text set again, all else as one picture under it.

A character is seen where the page looks different without its text. So whatever hides text (a box over it, white on
white, a layer that is off, an edge of the page) leaves it out, and nothing has to know how it was hidden.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from pikepdf.exceptions import PikepdfError
from PIL import Image, ImageDraw

from candour.documents import flat_pdf, typesetting
from candour.documents.flat_pdf import Line, Page
from candour.screening.cleaning import characters
from candour.screening.cleaning.characters import Character
from candour.screening.cleaning.made import Area
from candour.screening.findings import Unreadable
from candour.screening.pdf import replacements, shapes, twice, values

LARGEST = 2_000
"""Pages of a PDF that is drawn anew."""
REMOVED = "removed"
"""What stands in a box where something was removed."""

_DRAW = 150 / 72
"""Pixels for a point of the picture below the text."""
_SEEN = 32
"""From how much difference in lightness, of 255, a character is seen."""
_BOX, _BOX_EDGE = "#e8e8e8", "#505050"
_SMALLEST = 2
"""Points under which no eye reads a letter."""


def flat(content: bytes, *, areas: Collection[Area] = (), words: Collection[str] = ()) -> bytes:
    """Return a PDF of what is seen of another, without some areas and some words of it, which leave a mark.

    Raises Unreadable for what is damaged, locked or too long.
    """
    try:
        task = _Task(tuple(areas), tuple(words), _lying(content))
        with pypdfium2.PdfDocument(replacements.as_drawn(content)) as document:
            if len(document) > LARGEST:
                raise Unreadable(f"the PDF has more than {LARGEST:,} pages")
            with suppress(pypdfium2.PdfiumError):
                document.init_forms()
            return _set(document, task)
    except (pypdfium2.PdfiumError, PikepdfError) as fault:
        raise Unreadable("the PDF is damaged or locked") from fault


@dataclass(frozen=True)
class _Task:
    """What is to be removed, and the fonts whose text is not what they draw: it stays in the picture."""

    areas: tuple[Area, ...]
    words: tuple[str, ...]
    lying: frozenset[str]


def _lying(content: bytes) -> frozenset[str]:
    with pikepdf.open(BytesIO(content)) as pdf:
        found = [one for one in pdf.objects if values.text(one, "/Type") == "/Font"]
        return frozenset(name.lower() for name in shapes.lying(found))


def _set(document: pypdfium2.PdfDocument, task: _Task) -> bytes:
    """Set every page; again, as a picture, those with characters that no typeface has."""
    pictures: set[str] = set()
    while True:
        pages = [_page(page, number, task, pictures) for number, page in enumerate(document, 1)]
        try:
            return flat_pdf.pdf(pages)
        except typesetting.Unsettable as unsettable:
            if unsettable.characters <= pictures:  # pragma: no cover - each round learns some
                raise Unreadable("the PDF holds text that cannot be set") from unsettable
            pictures |= unsettable.characters


def _page(page: pypdfium2.PdfPage, number: int, task: _Task, pictures: set[str]) -> Page:
    """Draw one page anew; text that cannot be set level, or with our typefaces, stays in the picture."""
    width, height = page.get_size()
    read = [] if page.get_rotation() else list(characters.of(page, task.lying))
    areas = [(area.left, area.top, area.right, area.bottom) for area in task.areas if area.page == number]
    boxes = [*areas, *_boxes(read, task.words)]
    seen = set(_seen(page, read))
    settable = [one for one in read if one.settable and one.text not in pictures]
    set_again = [one for one in settable if one in seen and not _inside(one, boxes)]
    stays = {one.object for one in seen} - {one.object for one in settable}
    picture = _picture(page, stays, boxes, without_text=bool(read))
    marks = [_mark(box) for box in boxes]
    return Page(width, height, [*_lines(set_again), *marks], picture)


def _seen(page: pypdfium2.PdfPage, read: Sequence[Character]) -> Iterator[Character]:
    """Yield the characters where the page differs from itself without its text."""
    if not read:
        return
    ink = _Ink(twice.difference(page, characters.texts(page), _SEEN), *page.get_size())
    yield from (one for one in read if one.narrowest >= _SMALLEST and ink.shows(one))


class _Ink:
    """Where a page looks otherwise without its text: asked of each of thousands of characters, by its bytes."""

    def __init__(self, differs: Image.Image, width: float, height: float) -> None:
        self._dots, self._across, self._down = differs.tobytes(), differs.width, differs.height
        self._width, self._height, self._scale = width, height, differs.width / width

    def shows(self, one: Character) -> bool:
        """Say whether a character is seen; one that is cut in two at the page's edge goes with its middle."""
        middle = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        if not (0 <= middle[0] <= self._width and 0 <= middle[1] <= self._height):
            return False
        left, right = max(int(one.left * self._scale), 0), min(int(one.right * self._scale) + 1, self._across)
        rows = range(max(int(one.top * self._scale), 0), min(int(one.bottom * self._scale) + 1, self._down))
        return any(self._dots.find(b"\xff", row * self._across + left, row * self._across + right) >= 0 for row in rows)


def _picture(
    page: pypdfium2.PdfPage, stays: Collection[int], boxes: Sequence[tuple[float, ...]], *, without_text: bool
) -> Image.Image | None:
    """What lies under the text, with boxes where something was removed; None for a white page."""
    with twice.without(characters.texts(page, besides=stays) if without_text else []):
        drawn = twice.drawn(page, _DRAW)
    scale = drawn.width / page.get_width()
    pencil = ImageDraw.Draw(drawn)
    for box in boxes:
        pencil.rectangle([edge * scale for edge in box], fill=_BOX, outline=_BOX_EDGE)
    return drawn if drawn.getcolors(1) != [(drawn.width * drawn.height, (255, 255, 255))] else None


def _boxes(read: Sequence[Character], words: Collection[str]) -> Iterator[tuple[float, float, float, float]]:
    """Yield a box around each place where one of some words stands, hidden or not, a line of it at a time."""
    for found in characters.places(read, words):
        for line in characters.in_lines(found):
            yield (
                min(one.left for one in line) - 1,
                min(one.top for one in line) - 1,
                max(one.right for one in line) + 1,
                max(one.bottom for one in line) + 1,
            )


def _inside(one: Character, boxes: Iterable[tuple[float, float, float, float]]) -> bool:
    """Whether any part of a character lies in a box: half a letter may still be read."""
    return any(
        one.left < right and one.right > left and one.top < bottom and one.bottom > top
        for left, top, right, bottom in boxes
    )


def _mark(box: tuple[float, float, float, float]) -> Line:
    left, top, right, bottom = box
    size = max(_SMALLEST + 1, min(10.0, (bottom - top) * 0.7))
    width = min(right - left - 2, size * 4)
    return Line(left + 1, bottom - (bottom - top - size * 0.7) / 2, max(width, 1), size, REMOVED)


def _lines(read: Sequence[Character]) -> Iterator[Line]:
    for line in characters.in_lines(read):
        first, last = line[0], line[-1]
        text = "".join((" " if one.after_gap and one is not first else "") + one.text for one in line)
        width = last.end - first.start
        yield Line(first.start, first.baseline, width, first.size, text, first.colour, first.bold, first.italic)
