"""The shapes of a slide of a binary presentation (MS-PPT 2.5.13, MS-ODRAW 2.2.14): where they stand, what they hold."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from candour.screening.office.binary import slide_texts
from candour.screening.office.binary.inline_pictures import Property, properties_of
from candour.screening.office.binary.slide_records import Node
from candour.screening.office.binary.slide_texts import Words
from candour.screening.office.colours import Colour
from candour.screening.office.geometry import Box

GROUP, SHAPE, PLACE, WITHIN, OWN_UNITS, TEXT, ABOUT = 0xF003, 0xF004, 0xF010, 0xF00F, 0xF009, 0xF00D, 0xF00A
_PROPERTIES = (0xF00B, 0xF121, 0xF122)
_REFERS = 0xF9E
_BACKGROUND, _PICTURE, _FILL_KIND, _FILL, _FILLED, _FLAGS = 0x400, 0x104, 0x180, 0x181, 0x1BF, 0x3BF
_IS_FILLED, _SAYS_SO, _HIDDEN = 0x10, 0x100000, 0x2
_OPACITY, _CLEAR = 0x182, 0x8000
CROPS, ALTERED = range(0x100, 0x104), (0x108, 0x109, 0x10D)
_NAMES = (0x105, 0x380, 0x381)
_OF_SCHEME, _WRITTEN = 0x08, 0x00
_Move = Callable[[float, float], tuple[float, float]]


@dataclass
class Shape:
    """A shape: its place in the units of its slide, its texts, its properties."""

    place: tuple[float, float, float, float] | None
    texts: list[Words]
    properties: list[Property] = field(default_factory=list)
    flags: int = 0

    def value(self, number: int, otherwise: int = 0) -> int:
        """Return the value of a property."""
        return next((one.value for one in reversed(self.properties) if one.number == number), otherwise)

    @property
    def text(self) -> str:
        return "\n".join(words.text for words in self.texts)

    @property
    def is_background(self) -> bool:
        return bool(self.flags & _BACKGROUND)

    @property
    def is_hidden(self) -> bool:
        return bool(self.value(_FLAGS) & _HIDDEN)

    @property
    def names(self) -> list[str]:
        """What the shape, or the picture in it, is called, and how it is described."""
        return [one.text for one in self.properties if one.number in _NAMES and one.text]

    @property
    def picture(self) -> int:
        """The number of the picture that it shows; 0 for none."""
        return self.value(_PICTURE)

    @property
    def is_altered(self) -> bool:
        """Whether its picture is cropped, or shown in other colours than its own."""
        return any(one.value for one in self.properties if one.number in (*CROPS, *ALTERED))

    @property
    def is_filled(self) -> bool:
        said = self.value(_FILLED)
        return bool(said & _SAYS_SO and said & _IS_FILLED) and self.value(_OPACITY, 0x10000) >= _CLEAR

    def ground(self, scheme: list[Colour]) -> Colour | None:
        """Return the colour that it is filled with; None where it is not, or not with one colour."""
        if not (self.is_filled or self.is_background) or self.value(_FILL_KIND):
            return None
        red, green, blue, kind = self.value(_FILL, 0xFFFFFF).to_bytes(4, "little")
        if kind == _WRITTEN:
            return red, green, blue
        return scheme[red] if kind == _OF_SCHEME and red < len(scheme) else None

    def box(self) -> Box | None:
        """Return its place; None where it has none."""
        if self.place is None:
            return None
        holds = bool(self.text.strip()) or bool(self.picture)
        return Box(self.text or " ".join(self.names), *self.place, self.is_filled and not holds, holds)


def of(slide: Node, listed: list[Node], scheme: list[Colour]) -> list[Shape]:
    """Return the shapes of a slide, those in groups too; `listed` are the texts that the document keeps for it."""
    outline = list(slide_texts.read(listed, scheme))
    drawing = slide.first(0xF002)
    return list(_among(drawing, outline, scheme, lambda x, y: (x, y))) if drawing else []


def _among(parent: Node, outline: list[Words], scheme: list[Colour], move: _Move) -> Iterator[Shape]:
    for one in parent.inside:
        if one.kind == SHAPE:
            yield _shape(one, outline, scheme, move)
        elif one.kind == GROUP:
            yield from _among(one, outline, scheme, _moved(one, move))


def _moved(group: Node, move: _Move) -> _Move:
    """Return how the units of a group become those of the slide; the outermost has the slide's own."""
    itself = group.children(SHAPE)[0] if group.children(SHAPE) else None
    units = itself.first(OWN_UNITS) if itself else None
    place = _place(itself, move) if itself else None
    if units is None or place is None:
        return move
    left, top, right, bottom = struct.unpack_from("<4i", units.data)
    across = (place[2] - place[0]) / ((right - left) or 1)
    down = (place[3] - place[1]) / ((bottom - top) or 1)
    return lambda x, y: (place[0] + (x - left) * across, place[1] + (y - top) * down)


def _shape(node: Node, outline: list[Words], scheme: list[Colour], move: _Move) -> Shape:
    box, about = node.first(TEXT), node.first(ABOUT)
    texts = list(slide_texts.read(box.inside, scheme)) if box else []
    for one in box.inside if box else ():
        if one.kind == _REFERS and (number := struct.unpack_from("<I", one.data)[0]) < len(outline):
            texts.append(outline[number])
    said = [one for part in node.children(*_PROPERTIES) for one in properties_of(part.data, part.instance)]
    flags = struct.unpack_from("<4xI", about.data)[0] if about else 0
    return Shape(_place(node, move), [words for words in texts if words.text], said, flags)


def _place(node: Node, move: _Move) -> tuple[float, float, float, float] | None:
    """Return left, top, right, bottom (MS-PPT 2.7.1; MS-ODRAW 2.2.39 within a group)."""
    if (within := node.first(WITHIN)) is not None:
        left, top, right, bottom = struct.unpack_from("<4i", within.data)
    elif (place := node.first(PLACE)) is not None:
        form = "<4h" if len(place.data) < 16 else "<4i"  # noqa: PLR2004 - of two bytes each, or of four
        top, left, right, bottom = struct.unpack_from(form, place.data)
    else:
        return None
    return (*move(left, top), *move(right, bottom))
