"""Traces in a document: tracked changes, comments, persons, earlier saves, fields, merges, templates."""

import re
from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.addresses import begun
from candour.screening.office.docx.documents import Document
from candour.screening.office.docx.family import DOCX

_ACCEPT = "Accept or reject all changes (Review, Accept All), and look again"
_INSPECT = "Take it out (File, Info, Inspect Document), or send a PDF only"
FETCHING = re.compile(r"\s*(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|DATABASE|IMPORT|EMBED|RD)\b", re.IGNORECASE)
TELLING = re.compile(
    r"\s*(FILENAME|AUTHOR|USER\w+|DOCPROPERTY|DOCVARIABLE|MERGE\w+|TEMPLATE|HYPERLINK|LASTSAVEDBY)\b", re.IGNORECASE
)
HOLDING = re.compile(
    r"\s*(PRIVATE|ADDIN|IF|COMPARE|SET|ASK|FILLIN|MACROBUTTON|AUTOTEXT\w*|NEXTIF|SKIPIF)\b", re.IGNORECASE
)
"""Fields that hold words which the page does not show, or shows on a condition."""
MADE_BY_WORD = re.compile(r"_(GoBack|Toc|Ref|Hlk|MailAutoSig|PictureBullets)\d*|OLE_LINK\d+", re.IGNORECASE)


@DOCX.check("insertion", Severity.BLOCK, says="A tracked insertion tells who wrote what, and when", do=_ACCEPT)
def insertions(document: Document) -> Iterator[Seen]:
    yield from _changes(document, "ins", "cellIns")


@DOCX.check("deletion", Severity.BLOCK, says="Deleted text is still there as a tracked change", do=_ACCEPT)
def deletions(document: Document) -> Iterator[Seen]:
    yield from _changes(document, "del", "cellDel", "cellMerge")


@DOCX.check("move", Severity.BLOCK, says="Moved text is still there as a tracked change", do=_ACCEPT)
def moves(document: Document) -> Iterator[Seen]:
    yield from _changes(document, "moveFrom", "moveTo")


@DOCX.check("format-change", Severity.BLOCK, says="A tracked change of format tells who made it, and when", do=_ACCEPT)
def format_changes(document: Document) -> Iterator[Seen]:
    for story in document.stories:
        for one in elements.named(story.root, "*"):
            if elements.local(one).endswith(("PrChange", "GridChange", "numberingChange")):
                yield Seen(story.name, masked(elements.value(one, "author")))


@DOCX.check("comment", Severity.BLOCK, says="The document carries a comment", do="Delete it (Review, Delete)")
def comments(document: Document) -> Iterator[Seen]:
    for part in document.package.matching(r"word/comments\d*\.xml"):
        for one in elements.named(document.package.xml(part), "comment"):
            yield Seen(part, masked(elements.text_of(one, "t")))


@DOCX.check("person", Severity.BLOCK, says="The document lists persons who wrote or commented", do=_INSPECT)
def persons(document: Document) -> Iterator[Seen]:
    for part in document.package.matching(r"word/people\d*\.xml"):
        for one in elements.named(document.package.xml(part), "person"):
            yield Seen(part, masked(elements.value(one, "author")))


@DOCX.check("mail-merge", Severity.BLOCK, says="The document names the source of a mail merge", do=_INSPECT)
def mail_merges(document: Document) -> Iterator[Seen]:
    yield from (Seen("word/settings.xml") for _ in elements.named(document.settings, "mailMerge"))
    yield from (Seen(part) for part in document.package.matching(r"word/recipientData\d*\.xml"))


@DOCX.check("variable", Severity.BLOCK, says="The document keeps variables that a program wrote", do=_INSPECT)
def variables(document: Document) -> Iterator[Seen]:
    for one in elements.named(document.settings, "docVar"):
        yield Seen("word/settings.xml", masked(f"{elements.value(one, 'name')} {elements.value(one, 'val')}"))


@DOCX.check("attached-template", Severity.WARN, says="The document names the file of its template", do=_INSPECT)
def attached_templates(document: Document) -> Iterator[Seen]:
    for one in document.package.all_relations():
        if one.kind == "attachedTemplate":
            yield Seen(one.source, begun(one.target))


@DOCX.check("save-marks", Severity.WARN, says="Marks tell which parts were written in one sitting (rsid)", do=_INSPECT)
def save_marks(document: Document) -> Iterator[Seen]:
    if count := sum(1 for _ in elements.named(document.settings, "rsid")):
        yield Seen("word/settings.xml", f"{count:,} sittings")


@DOCX.check(
    "fetching-field",
    Severity.BLOCK,
    says="A field fetches text or data from another file",
    do="Turn it into text (Ctrl+Shift+F9)",
)
def fetching_fields(document: Document) -> Iterator[Seen]:
    yield from _fields(document, FETCHING)


@DOCX.check(
    "holding-field",
    Severity.BLOCK,
    says="A field holds words or data that the page does not show",
    do="Turn it into text (Ctrl+Shift+F9)",
)
def holding_fields(document: Document) -> Iterator[Seen]:
    yield from _fields(document, HOLDING)
    for story in document.stories:
        yield from (Seen(story.name, "data of a field") for one in elements.named(story.root, "fldData") if one.text)


@DOCX.check(
    "telling-field",
    Severity.WARN,
    says="A field tells of the file, its author or an address",
    do="Turn it into text (Ctrl+Shift+F9), or read what it says",
)
def telling_fields(document: Document) -> Iterator[Seen]:
    yield from _fields(document, TELLING)


@DOCX.check(
    "content-control",
    Severity.WARN,
    says="A content control carries a name, choices or bound data",
    do="Remove the control (right click, Remove Content Control), and keep its text",
)
def content_controls(document: Document) -> Iterator[Seen]:
    for story in document.stories:
        for one in elements.named(story.root, "sdtPr"):
            said = [elements.value(found, "val") for found in elements.named(one, "alias", "tag")]
            offered = [elements.value(found, "displayText") for found in elements.named(one, "listItem")]
            bound = elements.child(one, "dataBinding") is not None
            if any(said) or any(offered) or bound:
                yield Seen(story.name, masked(" ".join([*said, *offered])))


@DOCX.check(
    "building-block",
    Severity.BLOCK,
    says="The document carries texts to be put in (glossary, AutoText)",
    do="Copy what may leave into a new document",
)
def building_blocks(document: Document) -> Iterator[Seen]:
    for part in document.package.matching(r"word/glossary/document\.xml"):
        if text := elements.text_of(document.package.xml(part), "t").strip():
            yield Seen(part, masked(text))


@DOCX.check(
    "bookmark", Severity.WARN, says="A bookmark has a name that somebody gave it", do="Delete it (Insert, Bookmark)"
)
def bookmarks(document: Document) -> Iterator[Seen]:
    for story in document.stories:
        for one in elements.named(story.root, "bookmarkStart"):
            name = elements.value(one, "name")
            if name and not MADE_BY_WORD.fullmatch(name):
                yield Seen(story.name, masked(name))


@DOCX.check(
    "protection",
    Severity.WARN,
    says="The document is protected against editing; that hides nothing from anybody",
    do="Do not rely on it: delete what is not to leave",
)
def protections(document: Document) -> Iterator[Seen]:
    for one in elements.named(document.settings, "documentProtection", "writeProtection"):
        yield Seen("word/settings.xml", elements.local(one))


def _changes(document: Document, *names: str) -> Iterator[Seen]:
    for story in document.stories:
        for one in elements.named(story.root, *names):
            if elements.value(one, "author") or elements.value(one, "date") or elements.text_of(one):
                yield Seen(
                    story.name, masked(f"{elements.value(one, 'author')} {elements.text_of(one, 't', 'delText')}")
                )


def _fields(document: Document, pattern: re.Pattern[str]) -> Iterator[Seen]:
    for story in document.stories:
        said = [elements.text_of(one, "instrText") for one in elements.named(story.root, "p")]
        said += [elements.value(one, "instr") for one in elements.named(story.root, "fldSimple")]
        for text in said:
            if found := pattern.match(text):
                yield Seen(story.name, begun(text[found.start() :]))
