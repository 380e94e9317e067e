"""What people wrote beside the cells: notes, threaded comments, the list of who wrote them, and old drawings."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.workbooks import Workbook

_DELETE = "Delete it (Review, Delete), or send values only"


@XLSX.check("note", Severity.BLOCK, says="A cell carries a note", do=_DELETE)
def notes(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/(comments/)?comments?\d*\.xml"):
        for one in elements.named(book.package.xml(part), "comment"):
            yield Seen(f"{part}, cell {elements.value(one, 'ref')}", masked(elements.text_of(one, "t")))


@XLSX.check("threaded-comment", Severity.BLOCK, says="A cell carries a conversation of comments", do=_DELETE)
def threaded_comments(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/threadedComments/[^/]+\.xml"):
        for one in elements.named(book.package.xml(part), "threadedComment"):
            yield Seen(f"{part}, cell {elements.value(one, 'ref')}", masked(elements.text_of(one, "text")))


@XLSX.check(
    "person",
    Severity.BLOCK,
    says="The workbook lists persons who commented",
    do="Delete the comments and inspect the document (File, Info, Check for Issues), or send values only",
)
def persons(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/persons/[^/]+\.xml"):
        for one in elements.named(book.package.xml(part), "person"):
            yield Seen(part, masked(elements.value(one, "displayName")))


@XLSX.check(
    "old-drawing",
    Severity.BLOCK,
    says="An old drawing (VML) carries a note, a control or a picture",
    do="Delete it in Excel, or send values only",
)
def old_drawings(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/drawings/[^/]+\.vml"):
        yield Seen(part)
