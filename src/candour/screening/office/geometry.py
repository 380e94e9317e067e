"""Where shapes lie on a page or a slide: off it, or over one another."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A shape in the order of drawing; lengths in one unit, whichever. `covers`: filled and without text of its own."""

    name: str
    left: float
    top: float
    right: float
    bottom: float
    covers: bool
    holds: bool
    """Whether there is a text or a picture in it, which may be covered."""


_MOST_OF_IT = 0.5


def covered(boxes: Sequence[Box]) -> Iterator[tuple[Box, Box]]:
    """Yield (what covers, what is covered) where a filled shape hides half or more of what was drawn before it."""
    for number, above in enumerate(boxes):
        if above.covers:
            for below in boxes[:number]:
                if below.holds and _shared(above, below) >= _MOST_OF_IT * _size(below):
                    yield above, below


def off_page(box: Box, wide: float, high: float) -> bool:
    """Say whether a shape lies outside of a page of this size."""
    return box.right <= 0 or box.bottom <= 0 or box.left >= wide or box.top >= high


def _shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(wide, 0) * max(high, 0)


def _size(box: Box) -> float:
    return max((box.right - box.left) * (box.bottom - box.top), 1e-9)
