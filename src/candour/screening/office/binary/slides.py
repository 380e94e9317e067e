"""A binary presentation (MS-PPT), read: its slides, what of them is not seen, what lies beside them."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from candour.screening.office.binary import presentation_accounts, slide_records, slide_shapes
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.slide_records import Node, Saved
from candour.screening.office.binary.slide_shapes import Shape
from candour.screening.office.binary.slide_texts import Run
from candour.screening.office.colours import LEAST_CONTRAST, WHITE, Colour, contrast
from candour.screening.office.geometry import covered, off_page

_SHOW_INFO, _CHARS, _BYTES, _NAMED, _COMMENT, _SCHEME = 0x3F9, 0xFA0, 0xFA8, 0xFBA, 0x2EE0, 0x7F0
_OF_DOCUMENT, _OF_SLIDE, _PLACEHOLDER = 0x3E9, 0x3EF, 0xBC3
_STORED = 0xF007
_OBJECTS = (0x1011, 0xFEE, 0x1006)
"""Storages of objects and of programs, links to objects, controls (MS-PPT 2.10.34, 2.10.31, 2.10.10)."""
_HIDDEN, _OF_MASTER = 0x4, 0x4
_LOCKED = 0xF3D1C4DF
_TINIEST, _NAME = 1, 28
_SLIDES, _MASTERS, _NOTES = range(3)


@dataclass
class Slide:
    """A slide, or with the number 0 a master: its shapes, the ground they stand on, its colours by number."""

    number: int
    shapes: list[Shape]
    ground: Colour | None
    hidden: bool
    scheme: list[Colour]

    @property
    def place(self) -> str:
        """What a person finds it by."""
        return f"slide {self.number}" if self.number else "the master of the slides"

    def faint(self) -> Iterator[Run]:
        """Yield the letters that have the colour of their ground."""
        for shape, run in self._runs():
            ground = shape.ground(self.scheme) if shape.is_filled else None if self._is_above(shape) else self.ground
            if run.colour and ground and contrast(run.colour, ground) < LEAST_CONTRAST:
                yield run

    def tiny(self) -> Iterator[Run]:
        """Yield the letters of a point or less."""
        yield from (run for _, run in self._runs() if run.size is not None and run.size <= _TINIEST)

    def _runs(self) -> Iterator[tuple[Shape, Run]]:
        for shape in self.shapes:
            yield from ((shape, run) for words in shape.texts for run in words.runs if run.text.strip())

    def _is_above(self, shape: Shape) -> bool:
        """Say whether a picture or a filled shape is drawn before a shape, and so may be its ground."""
        before = self.shapes[: self.shapes.index(shape)]
        return any(one.is_filled or one.picture for one in before if not one.is_background)

    def covered(self) -> set[int]:
        """Return the places, among the shapes, of those under others."""
        boxes = [shape.box() for shape in self.shapes]
        below = {id(box) for _, box in covered([box for box in boxes if box])}
        return {place for place, box in enumerate(boxes) if id(box) in below}

    def off(self, size: tuple[int, int]) -> set[int]:
        """Return the places of the shapes beside a slide of this size."""
        boxes = [shape.box() for shape in self.shapes]
        return {place for place, box in enumerate(boxes) if box and off_page(box, *size) and box.holds}


@dataclass
class Slides:
    """What a presentation holds; counts of slides, but for the texts."""

    texts: list[str] = field(default_factory=list)
    shown: list[Slide] = field(default_factory=list)
    masters: list[Slide] = field(default_factory=list)
    size: tuple[int, int] = (0, 0)
    notes: int = 0
    comments: int = 0
    objects: int = 0
    saves: int = 0
    unaccounted: list[str] = field(default_factory=list)
    stored: list[int] = field(default_factory=list)
    """Where in their stream the pictures begin, by their number from 1."""

    @property
    def seen(self) -> set[str]:
        """The texts of the shapes of slides that are not hidden."""
        shown = (slide for slide in self.shown if not slide.hidden)
        return {words.text.replace("\r", "\n") for slide in shown for shape in slide.shapes for words in shape.texts}

    @property
    def hidden(self) -> int:
        return sum(slide.hidden for slide in self.shown)


def is_locked(user: bytes) -> bool:
    """Say whether the stream of the current user tells that the presentation is encrypted (MS-PPT 2.3.2)."""
    return len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _LOCKED  # noqa: PLR2004


def user(told: bytes) -> str:
    """Return the name of who saved the presentation last (MS-PPT 2.3.2)."""
    (letters,) = struct.unpack_from("<H", told.ljust(_NAME, b"\0"), _NAME - 8)
    return told[_NAME : _NAME + letters].decode("cp1252", "replace").strip("\0 ")


def read(file: Compound, pictures: bytes) -> Slides:
    """Read all records of the main stream. Raises Unreadable and struct.error where they are damaged."""
    whole = slide_records.tree(file.read("PowerPoint Document"))
    saved = slide_records.saved(whole, file.read("Current User"))
    found = Slides(saves=saved.times)
    for one in whole.every():
        if one.kind in (_CHARS, _BYTES, _NAMED):
            found.texts.append(_letters(one).replace("\r", "\n"))
        found.comments += one.kind == _COMMENT
        found.objects += one.kind in _OBJECTS
    found.notes = sum(_has_letters(one.every()) for one in whole.inside if one.kind == slide_records.NOTES)
    found.notes += sum(_has_letters(texts) for _, texts in slide_records.listed(saved, whole, _NOTES))
    about = next(iter(saved.document.children(_OF_DOCUMENT)), None)
    found.size = struct.unpack_from("<2i", about.data) if about else found.size
    found.shown = list(_slides(whole, saved))
    found.masters = list(_masters(whole, saved))
    stored = [one.data for one in whole.every() if one.kind == _STORED]
    found.stored = [struct.unpack_from("<28xI", one)[0] for one in stored]
    shapes = [shape for slide in (*found.shown, *found.masters) for shape in slide.shapes]
    found.unaccounted = list(presentation_accounts.unaccounted(file, whole, saved, shapes, pictures))
    return found


def _letters(one: Node) -> str:
    return one.data.decode("latin-1" if one.kind == _BYTES else "utf-16-le", "replace")


def _has_letters(found: Iterable[Node]) -> bool:
    return any(_letters(one).strip("*\r\n ") for one in found if one.kind in (_CHARS, _BYTES))


def _slides(whole: Node, saved: Saved) -> Iterator[Slide]:
    masters = [node for node, _ in slide_records.listed(saved, whole, _MASTERS)]
    for number, (node, texts) in enumerate(slide_records.listed(saved, whole, _SLIDES), 1):
        if node is None:
            continue
        scheme = _scheme(node)
        shapes = slide_shapes.of(node, texts, scheme)
        info, about = node.first(_SHOW_INFO), node.first(_OF_SLIDE)
        hidden = bool(info and struct.unpack_from("<10xH", info.data)[0] & _HIDDEN)
        of_master = bool(about and struct.unpack_from("<20xH", about.data)[0] & _OF_MASTER)
        master = next((one for one in masters if one), None)
        behind = slide_shapes.of(master, [], _scheme(master)) if of_master and master else shapes
        yield Slide(number, shapes, _background(behind, scheme), hidden, scheme)


def _masters(whole: Node, saved: Saved) -> Iterator[Slide]:
    for node, _ in slide_records.listed(saved, whole, _MASTERS):
        if node is not None:
            scheme = _scheme(node)
            shapes = slide_shapes.of(node, [], scheme)
            yield Slide(0, shapes, _background(shapes, scheme), hidden=False, scheme=scheme)


def _background(shapes: Iterable[Shape], scheme: list[Colour]) -> Colour | None:
    found = next((shape for shape in shapes if shape.is_background), None)
    return found.ground(scheme) if found else (scheme[0] if scheme else WHITE)


def _scheme(slide: Node) -> list[Colour]:
    """Return the colours of a slide (MS-PPT 2.4.17)."""
    found = [one.data for one in slide.children(_SCHEME) if one.instance == 1] or [b""]
    return [(one[0], one[1], one[2]) for one in (found[0][at : at + 4] for at in range(0, len(found[0]) - 3, 4))]
