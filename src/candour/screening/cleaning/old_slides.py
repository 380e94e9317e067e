"""What is seen of a binary presentation, as plain blocks: no hidden slide, no notes, nothing off a slide or under."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from candour.documents.plain_document import Block, Paragraph, Picture, Piece
from candour.screening.cleaning import pictures
from candour.screening.cleaning.made import counted
from candour.screening.cleaning.seen_slides import BESIDE, NOT_DRAWN, NOTES, SLIDE_MM, parts
from candour.screening.findings import Unreadable
from candour.screening.office.binary.old_presentations import OldPresentation
from candour.screening.office.binary.slide_shapes import Shape
from candour.screening.office.binary.slide_texts import Run, Words
from candour.screening.office.binary.slides import Slide

_BREAKS = str.maketrans({"\x0b": "\n", **{chr(sign): "" for sign in (*range(9), *range(14, 32))}})


class OldSlides:
    """The slides of PowerPoint 97 to 2003 as they are seen; `gone` counts what is left out."""

    def __init__(self, show: OldPresentation) -> None:
        self.show = show
        self.gone: Counter[str] = Counter()

    def parts(self) -> Iterator[list[Block]]:
        """Return the blocks of each slide that is seen."""
        found = self.show.slides
        self.gone[NOTES] = found.notes
        return parts(found.shown, lambda slide: slide.hidden, self._slide, self.gone)

    def left_out(self) -> tuple[str, ...]:
        """Return what is left out, with its number."""
        return counted(self.gone)

    def _slide(self, slide: Slide) -> Iterator[Block]:
        """Yield a slide's title, then its other shapes in the order of drawing."""
        gone = slide.covered() | slide.off(self.show.slides.size)
        shapes = [one for place, one in enumerate(slide.shapes) if place not in gone and not one.is_hidden]
        self.gone[BESIDE] += len(slide.shapes) - len(shapes)
        unseen = {id(run) for run in (*slide.faint(), *slide.tiny())}
        for shape in sorted(shapes, key=lambda one: not any(words.title for words in one.texts)):
            for words in shape.texts:
                yield from self._paragraphs(words, unseen)
            if shape.picture:
                yield from self._picture(shape)

    def _paragraphs(self, words: Words, unseen: set[int]) -> Iterator[Paragraph]:
        lines: list[list[Piece]] = [[]]
        for run in words.runs:
            if id(run) in unseen:
                self.gone["runs of text too small or too faint to be read"] += 1
                continue
            first, *more = run.text.split("\r")
            lines[-1].append(_piece(first, run))
            lines += [[_piece(text, run)] for text in more]
        for line in lines:
            if any(piece.text.strip() for piece in line):
                yield Paragraph(tuple(line), level=1 if words.title else 0)

    def _picture(self, shape: Shape) -> Iterator[Picture]:
        """Yield the picture of a shape, drawn anew; one that is cropped or coloured otherwise is left out."""
        box, width = shape.box(), self.show.slides.size[0] or 1
        with suppress(Unreadable):
            if not shape.is_altered and (content := self.show.picture(shape.picture)):
                wide = (box.right - box.left) / width if box else 1
                yield Picture(pictures.redrawn(content)[1], min(wide, 1) * SLIDE_MM)
                return
        self.gone[NOT_DRAWN] += 1


def _piece(text: str, run: Run) -> Piece:
    return Piece(text.translate(_BREAKS), run.bold, run.italic)
