"""The cell formats of an xlsb workbook (MS-XLSB 2.1.7.50): those by which texts, or numbers, are not seen in a cell."""

import struct
from dataclasses import dataclass, field

from candour.screening.office.binary import records
from candour.screening.office.binary.records import Record
from candour.screening.office.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, contrast
from candour.screening.office.xlsx.styles import Palette, hides_numbers, hides_texts, shows_nothing, tinted

_FONT, _FORMAT, _FILL, _XF, _COLOUR_OF_OURS = 43, 44, 45, 47, 475
_BEGIN_XFS, _END_XFS = 617, 618
_TINY, _SOLID = 20, 1
_INDEXED, _WRITTEN, _THEME = 1, 2, 3
_INK, _PAPER = 64, 65
_OTHER: Colour = (128, 128, 128)


@dataclass
class PackedLooks:
    """The fonts, fills and number formats of a workbook, and what follows of its cell formats by their number."""

    palette: Palette
    fonts: list[bytes] = field(default_factory=list)
    fills: list[bytes] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    colours: list[Colour] = field(default_factory=list)
    cells: list[bytes] = field(default_factory=list)
    within: bool = False
    texts: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    """Cell formats in which texts, or numbers, are not seen."""

    def take(self, record: Record) -> None:
        """Take a record of the styles. Raises struct.error where it is cut off."""
        data = record.data
        if record.type == _FORMAT:
            self.codes[struct.unpack_from("<H", data)[0]] = records.wide(data, 2)
        elif record.type == _FONT:
            self.fonts.append(data)
        elif record.type == _FILL:
            self.fills.append(data)
        elif record.type == _COLOUR_OF_OURS and len(data) >= 3:  # noqa: PLR2004 - red, green, blue
            self.colours.append((data[0], data[1], data[2]))
        elif record.type in (_BEGIN_XFS, _END_XFS):
            self.within = record.type == _BEGIN_XFS
        elif record.type == _XF and self.within:
            self.cells.append(data)

    def settle(self) -> None:
        """Say of each cell format whether it is seen, once all is read. Raises struct.error where one is cut off."""
        for number, look in enumerate(self.cells):
            code, font, fill = struct.unpack_from("<2xHHH", look)
            written = self.codes.get(code, "")
            unseen = shows_nothing(written) or self.is_unseen(font, self._ground(fill))
            self.texts |= {number} if unseen or hides_texts(written) else set()
            self.numbers |= {number} if unseen or hides_numbers(written) else set()

    def is_unseen(self, font: int, ground: Colour = WHITE) -> bool:
        """Say whether letters of a font are not seen on a ground."""
        if font >= len(self.fonts):
            return False
        data = self.fonts[font]
        (height,) = struct.unpack_from("<H", data)
        return height <= _TINY or contrast(self._colour(data[12:20], BLACK), ground) < LEAST_CONTRAST

    def _ground(self, fill: int) -> Colour:
        data = self.fills[fill] if fill < len(self.fills) else b""
        pattern = int.from_bytes(data[:4], "little")
        if not pattern:
            return WHITE
        return self._colour(data[4:12], WHITE) if pattern == _SOLID else _OTHER

    def _colour(self, data: bytes, otherwise: Colour) -> Colour:
        """Read a BrtColor (MS-XLSB 2.4.325): its kind, its number, its tint, and how it is written out."""
        if len(data) < 8:  # noqa: PLR2004 - as long as it is
            return otherwise
        kind, index, tint = struct.unpack_from("<BBh", data)
        if kind >> 1 == _WRITTEN:
            found = (data[4], data[5], data[6])
        elif kind >> 1 == _INDEXED:
            found = self._indexed(index, otherwise)
        else:
            theme = self.palette.theme
            found = theme[index] if kind >> 1 == _THEME and index < len(theme) else otherwise
        return tinted(found, tint / 32_767)

    def _indexed(self, index: int, otherwise: Colour) -> Colour:
        known = self.colours or self.palette.indexed
        return known[index] if index < len(known) else {_INK: BLACK, _PAPER: WHITE}.get(index, otherwise)
