"""An OpenDocument file, opened: its content, styles, properties and settings; of a spreadsheet, its sheets."""

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from candour.screening import kinds, markup
from candour.screening.archives import Archive
from candour.screening.findings import Grid, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office import elements, unshown
from candour.screening.office.elements import Element
from candour.screening.office.odf.sheets import Sheet
from candour.screening.office.odf.styles import Styles

_PICTURES = r"(Pictures|Media)/[^/]+|Thumbnails/[^/]+"
_NOT_LOOKED_INTO = ("emf", "wmf", "svg", "svm")
_PLACES = ("body", "master-styles")


class OpenDocument:
    """An OpenDocument file whose parts have been read once."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the archive or a part cannot be read, or the file is locked with a password."""
        self.archive = Archive(content, inside)
        if "META-INF/manifest.xml" in self.archive and b"encryption-data" in self.archive.read("META-INF/manifest.xml"):
            raise Unreadable("it is locked with a password")
        self._unshown = unshown.LookedThrough()
        self.is_spreadsheet = inside.kind == kinds.ODS
        self.sheets: list[Sheet] = []
        drawn = self.xml("styles.xml")
        self.content = self._read_content(drawn)
        self.styles = Styles(drawn, self.content)
        self.master = drawn
        self.meta, self.settings = self.xml("meta.xml"), self.xml("settings.xml")

    @property
    def names(self) -> list[str]:
        """The parts' names, in the order of the archive."""
        return self.archive.names

    def matching(self, pattern: str) -> list[str]:
        """Return the parts whose name matches as a whole, in any case."""
        return sorted(name for name in self.names if re.fullmatch(pattern, name, re.IGNORECASE))

    def read(self, name: str) -> bytes:
        """Return a part's bytes. Raises Unreadable where it is missing, broken or over a limit."""
        return self._unshown.take(name, self.archive.read(name))

    def unshown(self) -> Iterator[tuple[str, str]]:
        """Yield what the XML of the parts carries that no program shows, by part; each is looked through once."""
        return self._unshown.among(self.names, self.read)

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part; None where there is no such part, or nothing in it."""
        content = self.read(name) if name in self.archive else b""
        return markup.parsed(content) if content.strip() else None

    @property
    def roots(self) -> list[tuple[str, Element]]:
        """The parts that hold texts and drawings: the content, and headers, footers and masters of the styles."""
        return [("content", self.content), *([("styles", self.master)] if self.master is not None else [])]

    def _read_content(self, drawn: Element | None) -> Element:
        content = self.read("content.xml")
        if not self.is_spreadsheet:
            return markup.parsed(content)
        markup.refuse_entities(content)
        events = etree.iterparse(BytesIO(content), events=("start", "end"), no_network=True, resolve_entities=False)
        try:
            self.sheets = list(_sheets(events, drawn))
        except etree.XMLSyntaxError as fault:
            raise Unreadable("its content is no sound XML") from fault
        root: Element = events.root
        return root


def _sheets(events: "etree.iterparse[tuple[str, Element]]", drawn: Element | None) -> Iterator[Sheet]:
    """Read the sheets as they come; the styles of a content stand before its sheets."""
    styles: Styles | None = None
    sheet: Sheet | None = None
    for event, element in events:
        name = elements.local(element)
        if event == "end" and name == "automatic-styles":
            styles = Styles(drawn, element)
        elif name == "table" and _is_sheet(element):
            if event == "start":
                sheet = Sheet.begun(element, styles or Styles(drawn, None))
            elif sheet is not None:
                yield sheet
                sheet = None
        elif event == "end" and sheet is not None and name in ("table-row", "table-column"):
            sheet.take_row(element) if name == "table-row" else sheet.take_column(element)


def _is_sheet(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and elements.local(parent) == "spreadsheet"


def texts(opened: OpenDocument) -> Iterator[Text]:
    """Yield the texts of sheets by column, or of paragraphs, then addresses, alternative texts and properties."""
    for sheet in opened.sheets:
        yield Text("the names of the sheets", sheet.name, hidden=sheet.hidden)
        for (column, hidden), pieces in sheet.texts.items():
            yield Text(sheet.at(f"column {column}"), "\n".join(pieces), hidden or sheet.hidden, column)
    for name, root in opened.roots:
        paragraphs = elements.named(root, "p", "h")
        yield Text(name, "\n".join(elements.text_of(one) for one in paragraphs), hidden=False)
        found = [elements.value(one, "href") for one in elements.named(root, "a", "image", "section-source", "object")]
        found += [elements.text_of(one) for one in elements.named(root, "desc", "title", "annotation", "deletion")]
        found += [elements.text_of(one) for one in elements.named(root, "section", "notes") if _is_not_shown(one)]
        found += elements.said(root, *_NAMING)
        yield Text(f"{name}, besides its text", "\n".join(text for text in found if text), hidden=True)
    yield Text("meta.xml", "\n".join(elements.said(opened.meta, "*")), hidden=True)
    yield Text("code that no program shows", "\n".join(text for _, text in opened.unshown()), hidden=True)
    yield Text("outside of its parts", opened.archive.outside_text(), hidden=True)
    yield Text("settings.xml", "\n".join(elements.said(opened.settings, *_SETTINGS)), hidden=True)


_NAMING = (
    "named-range", "named-expression", "content-validation", "scenario", "changed-region", "tracked-changes",
    "user-field-decl", "variable-decl", "variable-set", "database-display", "database-name", "database-next",
    "database-range", "bookmark", "bookmark-start", "show", "sender-firstname", "sender-lastname", "author-name",
)  # fmt: skip
"""Elements whose attributes, or whose text outside of paragraphs, somebody wrote."""
_SETTINGS = ("config-item",)


def _is_not_shown(element: Element) -> bool:
    return elements.local(element) == "notes" or elements.value(element, "display") in ("none", "condition")


def grids(opened: OpenDocument) -> Iterator[Grid]:
    """Yield the visible sheets of a spreadsheet that are small, and the tables of a document."""
    for sheet in opened.sheets:
        if sheet.rows and not sheet.hidden:
            yield Grid(f"sheet {sheet.name}", sheet.rows)
    if not opened.is_spreadsheet:
        for number, table in enumerate(elements.named(opened.content, "table"), 1):
            rows = [[elements.text_of(cell) for cell in elements.named(row, "table-cell")] for row in _rows(table)]
            yield Grid(f"table {number}", rows)


def _rows(table: Element) -> Iterator[Element]:
    yield from elements.named(table, "table-row")


def files(opened: OpenDocument) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures and media inside, which are looked into in turn."""
    for name in opened.matching(_PICTURES):
        if kinds.ending(name) not in _NOT_LOOKED_INTO:
            yield name, opened.archive.read(name)
