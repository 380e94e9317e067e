"""The cell formats of an xlsb workbook (MS-XLSB 2.1.7.50) by which nothing is seen of a cell."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from candour.screening.office.binary import records
from candour.screening.office.xlsx.styles import shows_nothing

_FONT, _FORMAT, _XF = 43, 44, 47
_BEGIN_XFS, _END_XFS = 617, 618
_TINY = 20
_INDEXED, _WRITTEN, _THEME = 1, 2, 3
_WHITE_INDEXED = (1, 9)


@dataclass
class _Styles:
    """What stood before the cell formats: the fonts that are not read on white, and the codes of number formats."""

    unread: list[bool] = field(default_factory=list)
    tiny: list[bool] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)

    def hides(self, data: bytes) -> bool:
        """Say whether a cell format shows nothing: `;;;`, letters of a point, or white ones on no ground."""
        code, font, fill = struct.unpack_from("<2xHHH", data)
        tiny = font < len(self.tiny) and self.tiny[font]
        unread = font < len(self.unread) and self.unread[font] and int(fill) == 0
        return shows_nothing(self.codes.get(code, "")) or tiny or unread


def faint(stream: bytes) -> Iterator[int]:
    """Yield the numbers of the cell formats that are not seen. Raises struct.error where the part is damaged."""
    styles, number = _Styles(), -1
    for record in records.packed(stream):
        if record.type == _FORMAT:
            styles.codes[struct.unpack_from("<H", record.data)[0]] = records.wide(record.data, 2)
        elif record.type == _FONT:
            styles.tiny.append(struct.unpack_from("<H", record.data)[0] <= _TINY)
            styles.unread.append(_is_white(record.data[12:20]))
        elif record.type in (_BEGIN_XFS, _END_XFS):
            number = 0 if record.type == _BEGIN_XFS else -1
        elif record.type == _XF and number >= 0:
            if styles.hides(record.data):
                yield number
            number += 1


def _is_white(colour: bytes) -> bool:
    """Say whether a BrtColor is white: by its number, of the theme's ground, or as it is written (MS-XLSB 2.4.325)."""
    if len(colour) < 8:  # noqa: PLR2004 - as long as it is
        return False
    kind, index = colour[0] >> 1, colour[1]
    if kind == _INDEXED:
        return index in _WHITE_INDEXED
    if kind == _THEME:
        return index == 0 and colour[2:4] == b"\0\0"
    return kind == _WRITTEN and colour[4:7] == b"\xff\xff\xff"
