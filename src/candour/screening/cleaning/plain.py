"""Text as it is read: in one encoding, without signs nobody sees; a table without what a spreadsheet would run."""

import re
from collections.abc import Collection, Iterator

from candour.documents import values
from candour.screening import kinds
from candour.screening.inside import Inside
from candour.screening.plain_text import TEXT

REMOVED = "[removed]"
"""What stands where words were removed."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\U000e0001-\U000e007f]"
)

_BLANKS = re.compile("[ \t\u00a0]{20,}")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){5,}")


def rewritten(content: bytes, name: str) -> bytes:
    """Return a text or a table anew; what stood far off is brought near. Raises Unreadable for rows without sense."""
    written = TEXT.opens(content, Inside(name, kinds.TEXT))
    if written.table:
        return values.comma_separated([[seen(cell) for cell in row] for row in written.filled])
    return _BLANK_LINES.sub("\n\n\n", _BLANKS.sub("    ", seen(written.text))).encode()


def seen(text: str) -> str:
    """Return a text without the signs that nobody sees."""
    return _UNSEEN.sub("", text)


def without(text: str, words: Collection[str]) -> str:
    """Return a text without some words, whatever their case and the gaps in them; each place is marked."""
    for word in sorted(words, key=len, reverse=True):
        if pattern := r"\s+".join(_letters(word)):
            text = re.sub(pattern, REMOVED, text, flags=re.IGNORECASE)
    return text


def _letters(word: str) -> Iterator[str]:
    return (re.escape(piece) for piece in word.split())
