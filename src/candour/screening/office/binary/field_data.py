"""The stream of data of a binary Word document (MS-DOC 2.9.191, 2.9.193): where links lead to, pictures, other data."""

import re
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from candour.screening.office.binary.information import Streams
from candour.screening.office.binary.letter_looks import Look
from candour.screening.office.binary.paragraphs import Paragraph

_STANDS_FOR = "\x01"
_PLACE, _IS_DATA, _LONG = 0x6A03, 0x0806, (0x6646, 0x646B)
_LINK = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
"""The class of a link (MS-OSHARED 2.3.7.1)."""
_TEXTS = re.compile(rb"(?:[\x20-\xff]\x00){4,}")


class Kept(NamedTuple):
    """What lies at a place of the stream of data: where it begins and ends, what it is, its bytes."""

    begin: int
    end: int
    what: str
    content: bytes = b""


LINK, PICTURE, DATA, PROPERTIES = "link", "picture", "data of a field", "properties"


def kept(streams: Streams, paragraphs: Iterable[Paragraph]) -> Iterator[Kept]:
    """Yield what the letters and the paragraphs refer to. Raises struct.error where that is cut off."""
    for one in paragraphs:
        for words in one.words:
            if _STANDS_FOR in words.text and _PLACE in words.look:
                yield _kept(streams.data, words.look)
        for place in (int.from_bytes(one.look[sets], "little") for sets in _LONG if sets in one.look):
            yield Kept(place, place + 2 + struct.unpack_from("<H", streams.data, place)[0], PROPERTIES)


def _kept(data: bytes, look: Look) -> Kept:
    place = int.from_bytes(look[_PLACE], "little")
    size, head = struct.unpack_from("<iH", data, place)
    content = data[place + head : place + size]
    if any(look.get(_IS_DATA, b"\0")):
        return Kept(place, place + size, LINK if content[1:17] == _LINK else DATA, content)
    return Kept(place, place + size, PICTURE, data[place : place + size])


def texts(content: bytes) -> list[str]:
    """Return the texts of a link: where it leads to, what it says of itself."""
    return [found.decode("utf-16-le", "replace") for found in _TEXTS.findall(content)]
