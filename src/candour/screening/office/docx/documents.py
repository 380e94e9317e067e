"""A Word document, opened: its stories (body, headers, footers, notes, comments), its styles and settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from candour.screening.findings import Grid, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements, parts
from candour.screening.office.colours import hexadecimal
from candour.screening.office.docx import looks
from candour.screening.office.elements import Element
from candour.screening.office.packages import Package

_STORIES = r"word/(header\d*|footer\d*|footnotes\d*|endnotes\d*|comments\d*)\.xml|word/glossary/document\.xml"
_NOT_SHOWN = ("comments", "glossary")
_CELLS = 20_000


@dataclass(frozen=True)
class Story:
    """A text of its own within a document."""

    name: str
    part: str
    root: Element

    @property
    def hidden(self) -> bool:
        return any(name in self.part for name in _NOT_SHOWN)


class Document:
    """A document whose stories and styles have been read."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the package or a story cannot be read."""
        self.package = Package(content, inside)
        self.part = next(iter(self.package.related("", "officeDocument")), "word/document.xml")
        root = self.package.xml(self.part)
        if root is None:
            raise Unreadable("it has no document inside")
        self.root = root
        styles = next(iter(self.package.related(self.part, "styles")), "word/styles.xml")
        self.styles = looks.Styles(self.package.xml(styles))
        self.settings = self.package.xml("word/settings.xml")
        if elements.is_set(elements.first(self.settings, "displayBackgroundShape")):
            self.styles.page = hexadecimal(elements.value(elements.child(root, "background"), "color"))

    @cached_property
    def stories(self) -> list[Story]:
        """The body first, then headers, footers, notes, comments and the texts of the glossary."""
        found = [Story("body", self.part, self.root)]
        for part in self.package.matching(_STORIES):
            root = self.package.xml(part)
            if root is not None:
                found.append(Story(part.removeprefix("word/").removesuffix(".xml"), part, root))
        return found

    @cached_property
    def unseen(self) -> list[tuple[Story, looks.Run]]:
        """The letters that a reader does not see, in any story that is shown."""
        shown = [story for story in self.stories if not story.hidden]
        return [(story, run) for story in shown for run in looks.runs(story.root, self.styles) if run.look.why_unseen]


def texts(document: Document) -> Iterator[Text]:
    """Yield each story's text, then what is hidden in it, what its fields say, and the properties."""
    for story in document.stories:
        lines = (elements.text_of(one, "t") for one in elements.named(story.root, "p"))
        yield Text(story.name, "\n".join(lines), hidden=story.hidden)
        hidden = [run.text for held, run in document.unseen if held is story]
        deleted = [one.text or "" for one in elements.named(story.root, "delText", "instrText", "delInstrText")]
        if hidden or deleted:
            yield Text(f"{story.name}, hidden", "\n".join([*hidden, *deleted]), hidden=True)
        yield Text(f"{story.name}, names of its parts", "\n".join(elements.said(story.root, *_NAMING)), hidden=True)
    yield from parts.texts(document)


_NAMING = ("bookmarkStart", "alias", "tag", "listItem", "placeholder", "dataBinding", "fldSimple")
"""Elements whose attributes somebody wrote."""


def grids(document: Document) -> Iterator[Grid]:
    """Yield the tables of the body."""
    for number, table in enumerate(elements.named(document.root, "tbl"), 1):
        rows = [[elements.text_of(cell, "t") for cell in _children(row, "tc")] for row in _children(table, "tr")]
        if 0 < sum(len(row) for row in rows) <= _CELLS:
            yield Grid(f"table {number}", rows)


def _children(element: Element, name: str) -> Iterator[Element]:
    yield from element.iterchildren(f"{{*}}{name}")
