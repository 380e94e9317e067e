"""A number with its noun, in one place, so that nobody reads of "1 incidents"."""


def plural(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun, `many` by default with an s: "1 question", "3 questions", "2 entries"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
