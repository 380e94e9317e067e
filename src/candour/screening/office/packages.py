"""A package of Office Open XML (docx, xlsx, pptx): its parts, what they are and what they refer to."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from candour.screening import markup
from candour.screening.archives import Archive
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements, unshown
from candour.screening.office.elements import Element

CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Relation:
    """What a part refers to: a part of the package, or something outside of it."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A package whose parts are found whatever the case of their names (ECMA-376 part 2, 6.2.2.3)."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the archive is broken, locked or over a limit."""
        self.inside = inside
        self.archive = Archive(content, inside)
        self.size = len(content)
        self._exact = {name.lower(): name for name in self.archive.names}
        self._sizes = {entry.filename.lower(): entry.file_size for entry in self.archive.entries}
        self._unshown = unshown.LookedThrough()
        self._roots: dict[str, Element] = {}
        self._relations: dict[str, list[Relation]] = {}

    @property
    def names(self) -> list[str]:
        """The parts' names, in the order of the archive."""
        return self.archive.names

    def matching(self, pattern: str) -> list[str]:
        """Return the parts whose name matches as a whole, in any case, in alphabetical order."""
        found = re.compile(pattern, re.IGNORECASE)
        return sorted(name for name in self.names if found.fullmatch(name))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._exact

    def read(self, name: str) -> bytes:
        """Return a part's bytes. Raises Unreadable where it is missing, broken or over a limit."""
        exact = self._exact.get(name.lower(), name)
        return self._unshown.take(exact, self.archive.read(exact))

    def unshown(self) -> Iterator[tuple[str, str]]:
        """Yield what the XML of the parts carries that no program shows, by part; each is looked through once."""
        return self._unshown.among(self.names, self.read)

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, parsed once; None where there is no such part, or nothing in it."""
        key = name.lower()
        if key not in self._exact:
            return None
        if key not in self._roots:
            content = self.read(name)
            if not content.strip():
                return None
            self._roots[key] = markup.parsed(content)
        return self._roots[key]

    def small_xml(self, name: str, most: int) -> Element | None:
        """Return the root of an XML part of at most so many bytes; None where it is larger, or no sound XML."""
        if self._sizes.get(name.lower(), 0) > most:
            return None
        try:
            return self.xml(name)
        except Unreadable:
            return None

    def relations(self, source: str) -> list[Relation]:
        """Return what a part refers to; the package's own for the source ""."""
        if source not in self._relations:
            folder, _, name = source.rpartition("/")
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[source] = [_relation(source, one) for one in elements.named(root, "Relationship")]
        return self._relations[source]

    def all_relations(self) -> list[Relation]:
        """Return what all parts refer to."""
        sources = [re.sub(r"_rels/([^/]*)\.rels$", r"\1", name) for name in self.matching(r"(.*/)?_rels/[^/]*\.rels")]
        return [relation for source in sources for relation in self.relations(source)]

    def related(self, source: str, kind: str) -> list[str]:
        """Return the parts that a part refers to by a kind of relation (the last piece of its type), where they are."""
        found = [one.target for one in self.relations(source) if one.kind == kind and not one.external]
        return [name for name in found if name in self]

    def target(self, source: str, id_: str) -> str:
        """Return the part, or the address, that a part refers to by an id; "" where there is none."""
        return next((one.target for one in self.relations(source) if one.id == id_), "")


def _relation(source: str, element: Element) -> Relation:
    external = elements.value(element, "TargetMode").lower() == "external"
    target = elements.value(element, "Target")
    if not external:
        target = _inside(source, unquote(target))
    kind = elements.value(element, "Type").rstrip("/").rpartition("/")[2]
    return Relation(source, elements.value(element, "Id"), kind, target, external)


def _inside(source: str, target: str) -> str:
    folder = source.rpartition("/")[0]
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")
