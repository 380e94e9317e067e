"""The shared strings of a workbook: their texts, letters that look apart from their cell's, how they are pronounced."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from candour.screening import markup
from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.colours import BLACK, LEAST_CONTRAST, Colour, contrast
from candour.screening.office.elements import Element
from candour.screening.office.packages import Package
from candour.screening.office.xlsx.styles import SMALLEST, Palette

FAR = re.compile(r"[ \t\u00a0]{60,}\S|(?:\n[ \t\r\u00a0]*){12,}\S")
"""Blanks or empty lines in the text of a cell, after which nobody sees how it goes on."""


_SHORT = 12
"""Signs of the shortest text with such a gap in it, and one more."""


class Run(NamedTuple):
    """Letters within a string: their colour, and their size in points."""

    colour: Colour
    size: float


@dataclass
class Shared:
    """The shared strings in order; by their number, the runs of those whose letters look apart."""

    texts: list[str] = field(default_factory=list)
    rich: dict[int, list[Run]] = field(default_factory=dict)
    phonetic: list[str] = field(default_factory=list)


def is_unseen(run: Run, ground: Colour) -> bool:
    """Say whether letters are not seen on a ground."""
    return run.size <= SMALLEST or contrast(run.colour, ground) < LEAST_CONTRAST


def may_be_far(text: str) -> bool:
    """Say whether it is worth to look closely: there may be millions of cells."""
    return "  " in text or "\n\n" in text or "\n " in text or "\t" in text or "\u00a0" in text


def near(text: str) -> str:
    """Return the text of a cell up to the first long gap in it."""
    if len(text) < _SHORT or not may_be_far(text):
        return text
    found = FAR.search(text)
    return text[: found.start()] if found else text


def read(package: Package, part: str, palette: Palette | None) -> Shared:
    """Read the shared strings one by one: there may be a million. Raises Unreadable where they are broken."""
    shared = Shared()
    if part not in package:
        return shared
    content = package.read(part)
    markup.refuse_entities(content)
    try:
        for _, item in etree.iterparse(BytesIO(content), tag="{*}si", no_network=True, resolve_entities=False):
            _take(item, shared, palette)
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError as fault:
        raise Unreadable("its shared strings are no sound XML") from fault
    return shared


def _take(item: Element, shared: Shared, palette: Palette | None) -> None:
    if len(item) > 1 or elements.child(item, "t") is None:
        if palette and (found := list(runs(item, palette))):
            shared.rich[len(shared.texts)] = found
        shared.phonetic += [text for one in elements.named(item, "rPh") if (text := elements.text_of(one, "t").strip())]
    shared.texts.append("".join(_pieces(item)))


def _pieces(item: Element) -> Iterator[str]:
    for child in item:
        if elements.local(child) == "t":
            yield child.text or ""
        elif elements.local(child) == "r":
            yield elements.text_of(child, "t")


def runs(item: Element, palette: Palette) -> Iterator[Run]:
    """Yield the letters of a string, shared or of a cell, that look apart."""
    for one in elements.named(item, "r"):
        look = elements.child(one, "rPr")
        if look is not None and elements.text_of(one, "t").strip():
            size = elements.value(elements.child(look, "sz"), "val")
            colour = palette.colour(elements.child(look, "color"), BLACK)
            yield Run(colour, elements.decimal(size, 11) if size else 11)
