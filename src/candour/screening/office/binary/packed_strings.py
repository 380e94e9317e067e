"""The strings of an xlsb workbook (MS-XLSB 2.5.122), with fonts of their own and with how they are pronounced."""

import struct

from candour.screening.office.binary import records
from candour.screening.office.binary.shared_strings import String

_RICH, _PRONOUNCED = 1, 2


def rich(data: bytes, at: int = 0) -> String:
    """Read a string that may be rich. Raises struct.error where it is cut off."""
    (flags,) = struct.unpack_from("<B", data, at)
    text = records.wide(data, at + 1)
    place = at + 5 + 2 * struct.unpack_from("<I", data, at + 1)[0]
    fonts = list[int]()
    if flags & _RICH:
        (count,) = struct.unpack_from("<I", data, place)
        runs = data[place + 4 : place + 4 + 4 * count]
        fonts = [font for _, font in struct.iter_unpack("<HH", runs[: len(runs) // 4 * 4])]
        place += 4 + 4 * count
    pronounced = bool(flags & _PRONOUNCED) and bool(records.wide(data, place).strip("\0 "))
    return String(text, tuple(fonts), pronounced)
