"""The records of a binary presentation (MS-PPT 2.3), as a tree, and which of them are those of its last save."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from candour.screening.findings import Unreadable

DOCUMENT, SLIDE, MASTER, NOTES, HANDOUT = 0x3E8, 0x3EE, 0x3F8, 0x3F0, 0xFC9
LIST, LISTED, DIRECTORY, SAVE, TAG = 0xFF0, 0x3F3, 0x1772, 0xFF5, 0x138B
_CONTAINER, _DEEPEST, _MOST = 0xF, 30, 2_000_000
_OF_A_SAVE = 0xFFFFF
_EDIT = 16
"""Where the stream of the current user tells of the last save (MS-PPT 2.3.2)."""


class Node(NamedTuple):
    """A record: its type, what its head says besides, its bytes, where it begins, the records within, what is left."""

    kind: int
    instance: int
    data: bytes
    at: int
    inside: tuple["Node", ...] = ()
    rest: bytes = b""

    def every(self) -> Iterator["Node"]:
        """Yield this record and all those within."""
        yield self
        for one in self.inside:
            yield from one.every()

    def first(self, *kinds: int) -> "Node | None":
        """Return the first record of a kind within, however deep; None where there is none."""
        return next((one for one in self.every() if one.kind in kinds and one is not self), None)

    def children(self, *kinds: int) -> list["Node"]:
        """Return the records of some kinds right within."""
        return [one for one in self.inside if one.kind in kinds]


def tree(stream: bytes) -> Node:
    """Return the records of a stream within one that stands for it all."""
    return Node(0, 0, stream, -8, *_inside(stream, 0))


def _inside(data: bytes, depth: int) -> tuple[tuple[Node, ...], bytes]:
    found, at = list[Node](), 0
    while at + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, at)
        if kind == 0 or at + 8 + size > len(data):
            break
        within = data[at + 8 : at + 8 + size]
        holds = version & 0xF == _CONTAINER or kind == TAG
        inside, rest = _inside(within, depth + 1) if holds and depth < _DEEPEST else ((), b"")
        found.append(Node(kind, version >> 4, within, at, inside, rest))
        at += 8 + size
    return tuple(found), data[at:]


class Saved(NamedTuple):
    """What the last save left: the document, where each thing it refers to lies, by number, and the earlier saves."""

    document: Node
    places: dict[int, int]
    saves: set[int]
    """Where what tells of saves lies: the saves themselves and their directories."""
    times: int


def saved(whole: Node, user: bytes) -> Saved:
    """Follow the saves from the last one back (MS-PPT 2.1.2). Raises Unreadable where they lead nowhere."""
    at_top = {one.at: one for one in whole.inside}
    (place,) = struct.unpack_from("<I", user.ljust(_EDIT + 4, b"\0"), _EDIT)
    places, saves, number, times = dict[int, int](), set[int](), 0, 0
    while (edit := at_top.get(place)) is not None and edit.kind == SAVE and place not in saves:
        last, directory, document = struct.unpack_from("<8xIII", edit.data)
        number = number or document
        saves |= {place, directory}
        places = {**_places(at_top.get(directory)), **places}
        place, times = last, times + 1
        if not last:
            break
    found = at_top.get(places.get(number, -1))
    if found is None or found.kind != DOCUMENT:
        raise Unreadable("its last save cannot be found")
    return Saved(found, places, saves, times)


def _places(directory: Node | None) -> dict[int, int]:
    """Return where things lie, by their number (MS-PPT 2.3.4)."""
    found, at = dict[int, int](), 0
    while directory is not None and at + 4 <= len(directory.data):
        (head,) = struct.unpack_from("<I", directory.data, at)
        first, count = head & _OF_A_SAVE, head >> 20
        for number, place in enumerate(struct.unpack_from(f"<{count}I", directory.data, at + 4)):
            found[first + number] = place
        at += 4 + 4 * count
    return found


def listed(saved_: Saved, whole: Node, instance: int) -> list[tuple[Node | None, list[Node]]]:
    """Return what a list of the document leads to, with the records of its texts: 0 slides, 1 masters, 2 notes."""
    at_top = {one.at: one for one in whole.inside}
    found: list[tuple[Node | None, list[Node]]] = []
    for one in saved_.document.children(LIST):
        for entry in one.inside if one.instance == instance else ():
            if entry.kind == LISTED:
                (number,) = struct.unpack_from("<I", entry.data)
                found.append((at_top.get(saved_.places.get(number, -1)), []))
            elif found:
                found[-1][1].append(entry)
    return found
