"""The families of binary documents and presentations (doc, ppt), and of other compound files, such as locked ones."""

from collections.abc import Iterator
from typing import Any

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, Unreadable, masked
from candour.screening.inside import Inside
from candour.screening.office.binary import compound, slides, words
from candour.screening.office.binary.compound import Compound

_SAVE = "Save it in the present format (docx, pptx) or as PDF, and look again"
_SHOW = "Show it, and delete what is not to leave"


class OldDocument:
    """A document of Word 97 to 2003."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged or locked."""
        self.file = Compound(content, inside)
        try:
            self.words = words.read(self.file)
        except compound.BROKEN as fault:
            raise Unreadable("its document is damaged") from fault


class OldPresentation:
    """A presentation of PowerPoint 97 to 2003."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged or locked."""
        self.file = Compound(content, inside)
        if self.file.starting("EncryptedSummary") or slides.is_locked(self.file.read("Current User")):
            raise Unreadable("it is locked with a password")
        self.slides = slides.read(self.file.read("PowerPoint Document"))


def _document_texts(document: OldDocument) -> Iterator[Text]:
    yield Text("document", document.words.text)
    yield Text("document, hidden or deleted", document.words.unseen, hidden=True)
    yield from compound.texts(document.file)


def _presentation_texts(show: OldPresentation) -> Iterator[Text]:
    yield Text("slides and notes", "\n".join(show.slides.texts), hidden=bool(show.slides.hidden or show.slides.notes))
    yield from compound.texts(show.file)


def _files(opened: Any) -> Iterator[tuple[str, bytes]]:
    yield from compound.files(opened.file)


DOC = Family("doc", (kinds.DOC,), opens=OldDocument, texts=_document_texts, parts=_files)
PPT = Family("ppt", (kinds.PPT,), opens=OldPresentation, texts=_presentation_texts, parts=_files)
OLE = Family("ole", (kinds.OLE,), opens=Compound, texts=compound.texts, parts=compound.files)


def _in_part(_opened: object) -> Iterator[Seen]:
    yield Seen("")


def _macros(opened: Any) -> Iterator[Seen]:
    yield from compound.programs(opened.file)


def _embedded(opened: Any) -> Iterator[Seen]:
    yield from compound.embedded(opened.file)


def _authors(opened: Any) -> Iterator[Seen]:
    yield from compound.persons(opened.file)


for _family, _thing in ((DOC, "document"), (PPT, "presentation")):
    _says = f"A {_thing} in a binary format is looked into only in part"
    _family.check("in-part", Severity.BLOCK, says=_says, do=_SAVE)(_in_part)
    _family.check("macro", Severity.BLOCK, says="The file carries a program (macros)", do=_SAVE)(_macros)
    _family.check("embedded-file", Severity.BLOCK, says="Another file lies inside this one", do=_SAVE)(_embedded)
    _family.check("author", Severity.WARN, says="The properties name a person or a template", do=_SAVE)(_authors)


@DOC.check("hidden-text", Severity.BLOCK, says="Text is hidden", do=_SHOW)
def hidden_text(document: OldDocument) -> Iterator[Seen]:
    if document.words.hidden:
        yield Seen("", masked(document.words.hidden))


@DOC.check("tracked-change", Severity.BLOCK, says="Tracked changes keep what was before", do="Accept all changes")
def tracked_changes(document: OldDocument) -> Iterator[Seen]:
    if document.words.changed:
        yield Seen("", masked(document.words.changed))


@DOC.check("comment", Severity.BLOCK, says="The document carries comments", do="Delete them")
def comments(document: OldDocument) -> Iterator[Seen]:
    if document.words.comments:
        yield Seen("", f"{document.words.comments:,} letters")


@PPT.check("hidden-slide", Severity.BLOCK, says="Slides are hidden", do=_SHOW)
def hidden_slides(show: OldPresentation) -> Iterator[Seen]:
    if show.slides.hidden:
        yield Seen("", f"{show.slides.hidden} slides")


@PPT.check("speaker-notes", Severity.BLOCK, says="Slides have notes for the speaker", do=_SHOW)
def speaker_notes(show: OldPresentation) -> Iterator[Seen]:
    if show.slides.notes:
        yield Seen("", f"{show.slides.notes} slides")


@PPT.check("comment", Severity.BLOCK, says="The presentation carries comments", do="Delete them")
def slide_comments(show: OldPresentation) -> Iterator[Seen]:
    if show.slides.comments:
        yield Seen("", f"{show.slides.comments} comments")


@OLE.check("locked", Severity.BLOCK, says="The file is locked with a password or by rights", do="Take the lock off")
def locked(file: Compound) -> Iterator[Seen]:
    yield from (Seen(name) for name in file.starting(*compound.ENCRYPTED))


@OLE.check(
    "unknown",
    Severity.BLOCK,
    says="A compound file is of no kind that can be looked into",
    do="Find out what it is; send another format that can be looked into",
)
def unknown(file: Compound) -> Iterator[Seen]:
    if not file.starting(*compound.ENCRYPTED):
        yield Seen("", f"{len(file.names)} streams")
