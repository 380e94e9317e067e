"""Cells that make their letters as small as it takes to fit: how small those become."""

LEAST = 2.0
"""Points under which nobody reads letters that were made to fit; ordinary tables stay above 4."""
_WIDE = 0.5
"""How wide a letter stands for each point of its height, over the letters of a text."""


def size(text: str, full: float, width: float) -> float:
    """Return how many points high a text stands in a cell of a width in points: `full` where it has the room."""
    return min(full, width / (_WIDE * max(len(text), 1)))
