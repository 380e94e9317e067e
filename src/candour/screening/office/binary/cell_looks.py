"""How the cells of an xls workbook look (MS-XLS 2.4.353): letters in the colour of their ground, formats, sizes."""

import struct
from dataclasses import dataclass, field

from candour.screening.office.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, contrast, hexadecimal
from candour.screening.office.xlsx.styles import hides_numbers, hides_texts, shows_nothing

_PLAIN = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080"
    " 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF"
    " 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696"
    " 003366 339966 003300 333300 993300 993366 333399 333333"
)
_FIRST, _FIXED, _PAPER = 8, 8, 65
_TINY = 20
_SOLID, _WHOLE = 1, 20
_OTHER: Colour = (128, 128, 128)
_TEXT_COLOUR, _GROUNDS = 13, range(4, 7)
_WRITTEN, _OF_THEME = 2, 3


def _numbers(text: str) -> list[Colour]:
    return [hexadecimal(one) or BLACK for one in text.split()]


@dataclass
class Looks:
    """The fonts, number formats and palette of a workbook, and what follows of its cell formats by their number."""

    fonts: list[bytes] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    palette: list[Colour] = field(default_factory=lambda: _numbers(_PLAIN))
    cells: list[bytes] = field(default_factory=list)
    extended: set[int] = field(default_factory=set)
    """Cell formats to which a later Excel has given white letters."""
    texts: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    """Cell formats in which texts, or numbers, are not seen."""

    def take_palette(self, data: bytes) -> None:
        """Take the colours that stand in place of the usual ones (MS-XLS 2.4.188)."""
        for number, place in enumerate(range(2, len(data) - 3, 4)):
            if number < len(self.palette):
                self.palette[number] = (data[place], data[place + 1], data[place + 2])

    def take_extension(self, data: bytes) -> None:
        """Take what a later Excel says of a cell format: its letters' colour, where it is white (MS-XLS 2.4.355)."""
        number, _, count = struct.unpack_from("<HHH", data, 14)
        at, white, ground = 20, False, False
        for _ in range(count):
            kind, size = struct.unpack_from("<HH", data, at)
            white |= kind == _TEXT_COLOUR and _is_white(data[at + 4 : at + size])
            ground |= kind in _GROUNDS
            at += max(size, 4)
        if white and not ground:
            self.extended.add(number)

    def settle(self) -> None:
        """Say of each cell format whether it is seen, once all is read. Raises struct.error where one is cut off."""
        for number, look in enumerate(self.cells):
            font, code = struct.unpack_from("<HH", look)
            unseen = number in self.extended and self._ground(look) == WHITE
            format_ = self.formats.get(code, "")
            unseen = unseen or shows_nothing(format_) or self.is_unseen(font, self._ground(look))
            if unseen or hides_texts(format_):
                self.texts.add(number)
            if unseen or hides_numbers(format_):
                self.numbers.add(number)

    def is_unseen(self, font: int, ground: Colour = WHITE) -> bool:
        """Say whether letters of a font are not seen on a ground."""
        font -= 1 if font > 4 else 0  # noqa: PLR2004 - there is no font 4 (MS-XLS 2.5.129)
        if font >= len(self.fonts):
            return False
        height, _, colour = struct.unpack_from("<HHH", self.fonts[font])
        return height <= _TINY or contrast(self._colour(colour, BLACK), ground) < LEAST_CONTRAST

    def _ground(self, look: bytes) -> Colour:
        if len(look) < _WHOLE:
            return _OTHER
        pattern = struct.unpack_from("<I", look, 14)[0] >> 26
        if not pattern:
            return WHITE
        fore = struct.unpack_from("<H", look, 18)[0] & 0x7F
        return self._colour(fore, WHITE) if pattern == _SOLID else _OTHER

    def _colour(self, number: int, otherwise: Colour) -> Colour:
        if number < _FIXED:  # the first eight of the usual ones once more, whatever the palette says
            return _numbers(_PLAIN)[number]
        if number == _PAPER:
            return WHITE
        return self.palette[number - _FIRST] if number - _FIRST < len(self.palette) else otherwise


def _is_white(colour: bytes) -> bool:
    """Say whether a FullColorExt is white (MS-XLS 2.5.155): written out, or the theme's paper."""
    if len(colour) < 8:  # noqa: PLR2004 - its kind, its shade, its value
        return False
    kind, shade = struct.unpack_from("<Hh", colour)
    return (kind == _WRITTEN and colour[4:7] == b"\xff\xff\xff") or (
        kind == _OF_THEME and colour[4] == 0 and shade >= 0
    )
