"""Works out the numbers that a word processor shows before the paragraphs of a list but does not keep in their text."""

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_SMALL_ROMAN = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLET = "•"


def shown(number: int, form: str) -> str:
    """Return a list number as it is shown; `form` is 1, a, A, i, I or bullet."""
    if form == "bullet":
        return _BULLET
    if form in "aA":
        letters = _letters(number)
    elif form in "iI":
        letters = _roman(number)
    else:
        return str(number)
    return letters.upper() if form.isupper() else letters


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa: as word processors go on after z."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN + _SMALL_ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


class Counter:
    """Counts the items of one list through its levels; a deeper level starts anew under each item above it."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def next(self, level: int, start: int = 1) -> int:
        """Return the number of the next item on this level (0 is the outermost)."""
        self._counts = {known: count for known, count in self._counts.items() if known <= level}
        self._counts[level] = self._counts.get(level, start - 1) + 1
        return self._counts[level]

    def at(self, level: int) -> int:
        """Return the number of the item of this level that we stand in."""
        return self._counts.get(level, 1)
