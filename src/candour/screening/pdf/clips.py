"""The clipping paths of a PDF page (PDF 32000-1, 8.5.4): what is drawn outside of one is there, and not seen."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

Point = tuple[float, float]
Outline = tuple[tuple[Point, ...], ...]
"""The parts of a path, each closed, as its corners; a curve as the corners that bend it."""

_SLACK = 1.0
"""Points that a text may go beyond a path before each of its letters is looked up."""


class Clip(NamedTuple):
    """The paths that something is cut off by; only what lies in all of them is seen."""

    paths: tuple[Outline, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What is left at most: (left, bottom, right, top); with right under left where nothing is."""
        edges = [_edges(path) for path in self.paths]
        left, bottom = (max(edge[side] for edge in edges) for side in (0, 1))
        right, top = (min(edge[side] for edge in edges) for side in (2, 3))
        return left, bottom, right, top

    @property
    def is_upright(self) -> bool:
        """Whether all paths are upright rectangles, so that what is left is one too."""
        return all(map(_is_upright, self.paths))

    def surely_shows(self, box: tuple[float, float, float, float]) -> bool:
        """Say whether a box lies in what is left, where all paths are upright rectangles."""
        left, bottom, right, top = self.box
        whole = left - _SLACK <= box[0] and bottom - _SLACK <= box[1] and box[2] <= right + _SLACK
        return whole and box[3] <= top + _SLACK and self.is_upright

    def shows(self, point: Point) -> bool:
        """Say whether a point lies in all paths. What goes round it in both directions alike is a hole."""
        return all(_turns(path, point) for path in self.paths)


def of(raw: Any, matrix: tuple[float, ...]) -> Clip | None:
    """Return what cuts off one thing that a page draws; None where nothing does."""
    held = pdfium_c.FPDFPageObj_GetClipPath(raw)
    count = pdfium_c.FPDFClipPath_CountPaths(held) if held else 0
    if count <= 0:
        return None
    return Clip(tuple(_outline(held, number, matrix) for number in range(count)))


def _outline(held: Any, number: int, matrix: tuple[float, ...]) -> Outline:
    a, b, c, d, e, f = matrix
    parts: list[list[Point]] = []
    for begins, x, y in _segments(held, number):
        if begins or not parts:
            parts.append([])
        parts[-1].append((a * x + c * y + e, b * x + d * y + f))
    return tuple(map(tuple, parts))


def _segments(held: Any, number: int) -> Iterator[tuple[bool, float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(pdfium_c.FPDFClipPath_CountPathSegments(held, number)):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(held, number, place)
        if pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            yield pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO, x.value, y.value


def _edges(path: Outline) -> tuple[float, float, float, float]:
    across, up = ([point[axis] for part in path for point in part] or [0.0] for axis in (0, 1))
    return min(across), min(up), max(across), max(up)


def _is_upright(path: Outline) -> bool:
    """Say whether a path is one rectangle whose sides are level and upright."""
    corners = {point for part in path for point in part}
    return len(path) == 1 and len({x for x, _ in corners}) <= 2 and len({y for _, y in corners}) <= 2  # noqa: PLR2004


def _turns(path: Outline, point: Point) -> int:
    """Return how often a path goes round a point; 0 for one that lies outside, by either rule of PDF."""
    x, y = point
    turns = 0
    for part in path:
        for (x1, y1), (x2, y2) in zip(part, (*part[1:], part[0]), strict=True):
            side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            if y1 <= y < y2 and side > 0:
                turns += 1
            elif y2 <= y < y1 and side < 0:
                turns -= 1
    return turns
