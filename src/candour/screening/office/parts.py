"""What workbooks, documents and presentations have in common: files inside them, drawings, properties, their texts."""

from collections.abc import Iterator
from typing import Protocol

from candour.screening import kinds
from candour.screening.findings import Text
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.packages import Package

CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_DRAWN = (
    r"xl/drawings/drawing[^/]*\.xml|word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml"
    r"|ppt/(slides|slideLayouts|slideMasters|notesSlides)/[^/]+\.xml|.*/diagrams/drawing[^/]*\.xml"
)
_FILES = r".*/(embeddings|media)/[^/]+|docProps/thumbnail\.[^/]+"
_NOT_LOOKED_INTO = ("emf", "wmf", "svg", "wdp")
"""Drawings that no family looks into; checks of their own name them."""


class Packaged(Protocol):
    """A workbook, a document or a presentation: what it is in the form of a package."""

    @property
    def package(self) -> Package: ...


def files(opened: Packaged) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each file inside, which is looked into in turn."""
    for name in opened.package.matching(_FILES):
        if kinds.ending(name) not in _NOT_LOOKED_INTO:
            yield name, opened.package.read(name)


def drawn(opened: Packaged) -> Iterator[tuple[str, Element]]:
    """Yield the parts that may hold drawings, with their roots."""
    for part in opened.package.matching(_DRAWN):
        root = opened.package.xml(part)
        if root is not None:
            yield part, root


def texts(opened: Packaged) -> Iterator[Text]:
    """Yield the texts of the properties and the drawings."""
    for part in (CORE, APP, CUSTOM):
        found = [
            one.text.strip() for one in elements.named(opened.package.xml(part), "*") if one.text and one.text.strip()
        ]
        if found:
            yield Text(part, "\n".join(found), hidden=True)
    yield Text("code that no program shows", "\n".join(text for _, text in opened.package.unshown()), hidden=True)
    yield Text("outside of its parts", opened.package.archive.outside_text(), hidden=True)
    for part, root in drawn(opened):
        yield from _drawing(part, root)
    yield from beside(opened)


_BESIDE = (
    r"(xl|word|ppt)/(comments[^/]*|threadedComments|persons|people|pivotCache|externalLinks|charts|slicerCaches|connections"
    r"|settings|queryTables|commentAuthors|authors|tags|webextensions|revisions)(/[^/]+)?\.xml"
    r"|customXml/item\d*\.xml|xl/(drawings/[^/]+\.vml|connections\.xml)|docMetadata/[^/]+\.xml"
)
_LARGEST = 32 << 20
"""Bytes of such a part up to which it is searched; each of them is told by a check in any case."""


def beside(opened: Packaged) -> Iterator[Text]:
    """Yield the texts of parts that no page shows: comments, caches, connections, custom XML."""
    for part in opened.package.matching(_BESIDE):
        if (root := opened.package.small_xml(part, _LARGEST)) is not None:
            yield Text(part, "\n".join(elements.said(root, "*")), hidden=True)


def _drawing(part: str, root: Element) -> Iterator[Text]:
    if not part.startswith(("word/", "ppt/")):
        yield Text(part, "\n".join(elements.text_of(one, "t") for one in elements.named(root, "p")))
    shapes = elements.named(root, "cNvPr", "docPr")
    named = [elements.value(one, name) for one in shapes for name in ("descr", "title", "name")]
    yield Text(f"{part}, alternative texts", "\n".join(text for text in named if text), hidden=True)
