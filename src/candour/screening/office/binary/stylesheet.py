"""The styles of a binary Word document (STSH, MS-DOC 2.9.271): what each says of letters and of paragraphs."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from candour.screening.office.binary import letter_looks
from candour.screening.office.binary.letter_looks import Look

_PARAGRAPH, _LETTERS, _TABLE, _LIST = 1, 2, 3, 4
_NONE = 0xFFF
_HEADINGS = range(1, 10)
_TITLE = 62
_DEEPEST = 15


class Style(NamedTuple):
    """A style: which one it is of those that Word knows, its kind, what it is based on, its name, what it sets."""

    known_as: int
    kind: int
    based_on: int
    name: str
    paragraph: bytes
    letters: bytes

    @property
    def level(self) -> int:
        """The level of the heading that it is; 0 where it is none."""
        return 1 if self.known_as == _TITLE else self.known_as if self.known_as in _HEADINGS else 0


@dataclass
class Styles:
    """The styles by their number, and what follows of each and of those it is based on."""

    found: dict[int, Style] = field(default_factory=dict)
    letters: dict[int, Look] = field(default_factory=dict)
    paragraphs: dict[int, Look] = field(default_factory=dict)

    def level(self, number: int) -> int:
        """Return the level of the heading that a style, or one that it is based on, is; 0 for none."""
        return next((style.level for style in self._line(number) if style.level), 0)

    def _line(self, number: int) -> Iterator[Style]:
        """Yield a style and those that it is based on, one after another."""
        for _ in range(_DEEPEST):
            if (style := self.found.get(number)) is None:
                return
            yield style
            number = style.based_on

    def settle(self) -> None:
        """Work out what each style comes to with those it is based on."""
        for number in self.found:
            letters, paragraph = dict[int, bytes](), dict[int, bytes]()
            for style in reversed(list(self._line(number))):
                letters = dict(letter_looks.laid(style.letters, letters, {}))
                paragraph = dict(letter_looks.laid(style.paragraph, paragraph, {}))
            self.letters[number], self.paragraphs[number] = letters, paragraph


def read(table: bytes) -> Styles:
    """Read the styles. Raises struct.error where they are cut off."""
    styles = Styles()
    if len(table) < 6:  # noqa: PLR2004 - its head
        return styles
    size, count, base = struct.unpack_from("<HHH", table)
    at = 2 + size
    for number in range(count):
        (length,) = struct.unpack_from("<H", table, at)
        if length:
            styles.found[number] = _style(table[at + 2 : at + 2 + length], base)
        at += 2 + length + length % 2
    styles.settle()
    return styles


def _style(data: bytes, base: int) -> Style:
    """Read a style (STD, MS-DOC 2.9.258); `base` is the length of its head."""
    known, kind, parts, _, _ = struct.unpack_from("<5H", data)
    (letters,) = struct.unpack_from("<H", data, base)
    name = data[base + 2 : base + 2 + 2 * letters].decode("utf-16-le", "replace")
    found = _parts(data, base + 4 + 2 * letters, parts & 0xF)
    paragraph, own = b"", b""
    if kind & 0xF == _PARAGRAPH and found:
        paragraph, own = found[0][2:], found[1] if len(found) > 1 else b""
    elif kind & 0xF == _LETTERS and found:
        own = found[0]
    elif kind & 0xF == _TABLE and len(found) > 2:  # noqa: PLR2004 - of its table, paragraphs and letters
        paragraph, own = found[1][2:], found[2]
    elif kind & 0xF == _LIST and found:
        paragraph = found[0][2:]
    return Style(known & 0xFFF, kind & 0xF, kind >> 4, name, paragraph, own)


def _parts(data: bytes, at: int, count: int) -> list[bytes]:
    """Return the lists of properties of a style, each with its length in front, on even places."""
    found = list[bytes]()
    for _ in range(count):
        at += at % 2
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        found.append(data[at + 2 : at + 2 + size])
        at += 2 + size
    return found
