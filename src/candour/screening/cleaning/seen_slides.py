"""What the slides of every presentation share when they are made anew: the hidden ones go, and what goes is counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from candour.documents.plain_document import Block

Slide = TypeVar("Slide")

HIDDEN, NOTES = "hidden slides", "notes for the speaker"
BESIDE = "shapes that are hidden, covered or off their slide"
NOT_DRAWN = "pictures that cannot be drawn"
"""What is left out, in the words that a person reads."""

SLIDE_MM = 250
"""Millimetres that stand for the width of a slide."""


def parts(
    slides: Iterable[Slide],
    is_hidden: Callable[[Slide], bool],
    blocks: Callable[[Slide], Iterable[Block]],
    gone: Counter[str],
) -> Iterator[list[Block]]:
    """Yield the blocks of each slide that is seen; `gone` counts the others."""
    for slide in slides:
        if is_hidden(slide):
            gone[HIDDEN] += 1
        else:
            yield list(blocks(slide))
