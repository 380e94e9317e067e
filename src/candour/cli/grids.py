"""Rows for a person at a terminal: columns that line up, the first to the left, numbers to the right."""

from collections.abc import Iterable, Sequence


def grid(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return lines with the cells of `rows` under `header`."""
    texts = [tuple(header), *(tuple("" if cell is None else str(cell) for cell in row) for row in rows)]
    widths = [max(len(line[place]) for line in texts) for place in range(len(header))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in texts]
