"""The family of binary documents (doc): what in them is not seen, who had a hand in them, what is left over."""

from collections.abc import Iterable, Iterator

from candour.screening import kinds, markup
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, Unreadable, masked
from candour.screening.inside import Inside
from candour.screening.office import elements, embedded
from candour.screening.office.binary import compound, document_accounts, drawn, inline_pictures, letter_looks, words
from candour.screening.office.binary.compound import Compound
from candour.screening.office.docx.traces import FETCHING, HOLDING, MADE_BY_WORD, TELLING

SAVE = "Save it in the present format (docx) or as PDF, and look again"
_SHOW = "Show it, and delete what is not to leave"
_ACCEPT = "Accept or reject all changes (Review, Accept All), save it as docx, and look again"
_BELOW = "Delete the words themselves, and write that they were removed"


class OldDocument:
    """A document of Word 97 to 2003."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged or locked."""
        self.file = Compound(content, inside)
        try:
            self.words = words.read(self.file)
        except compound.BROKEN as fault:
            raise Unreadable("its document is damaged") from fault


def _texts(document: OldDocument) -> Iterator[Text]:
    said = document.words
    for name, text in said.stories.items():
        yield Text(name, text, hidden=name in _NOT_SHOWN)
    yield Text("letters that are not seen", "\n".join(said.unseen.values()), hidden=True)
    yield Text("left over from earlier saves", "\n".join(said.left_over), hidden=True)
    beside = (said.reviewers, said.saved_by, said.commenters, said.bookmarks, said.variables, said.merge, said.fields)
    names = [name for one in (*beside, said.named, said.links, said.others) for name in one]
    names += [text for one in said.pictures for text in inline_pictures.texts(one)]
    yield Text("beside its text", "\n".join([*names, said.template, said.route, said.printer]), hidden=True)
    yield Text("custom XML", "\n".join(_stored(document)), hidden=True)
    yield from compound.texts(document.file)


_NOT_SHOWN = ("macros", "comments", "after its end")


def _parts(document: OldDocument) -> Iterator[tuple[str, bytes]]:
    """Yield the packages and the pictures that lie in the document."""
    yield from compound.files(document.file)
    found = (document.words.streams.data, document.words.streams.main)
    for number, (ending, content) in enumerate((one for stream in found for one in drawn.anywhere(stream)), 1):
        yield f"picture {number}.{ending}", content


DOC = Family("doc", (kinds.DOC,), opens=OldDocument, texts=_texts, parts=_parts)


def _named(found: Iterable[str]) -> Iterator[Seen]:
    yield from (Seen("", masked(one)) for one in dict.fromkeys(found) if one.strip())


def _unseen(document: OldDocument, what: str) -> Iterator[Seen]:
    yield from _named([document.words.unseen.get(what, "")])


@DOC.check("in-part", Severity.BLOCK, says="The document holds something that is not looked into", do=SAVE)
def in_part(document: OldDocument) -> Iterator[Seen]:
    yield from (Seen("", what) for what in document.words.unaccounted)


@DOC.check("hidden-text", Severity.BLOCK, says="Text is formatted as hidden", do=_SHOW)
def hidden_text(document: OldDocument) -> Iterator[Seen]:
    yield from _unseen(document, letter_looks.HIDDEN)


@DOC.check("faint-text", Severity.BLOCK, says="Text has the colour of its ground", do=_SHOW)
def faint_text(document: OldDocument) -> Iterator[Seen]:
    yield from _unseen(document, letter_looks.FAINT)


@DOC.check("tiny-text", Severity.BLOCK, says="Text has letters of a point or less", do=_SHOW)
def tiny_text(document: OldDocument) -> Iterator[Seen]:
    yield from _unseen(document, letter_looks.TINY)


@DOC.check("blacked-text", Severity.BLOCK, says="Text is blacked out, and still there below", do=_BELOW)
def blacked_text(document: OldDocument) -> Iterator[Seen]:
    yield from _unseen(document, letter_looks.BLACKED)


@DOC.check(
    "header-not-shown",
    Severity.BLOCK,
    says="A header or a footer that no page shows has text",
    do="Show it (Different First Page, Different Odd & Even), and delete what is not to leave",
)
def headers_not_shown(document: OldDocument) -> Iterator[Seen]:
    yield from _named(document.words.headers_not_shown)


@DOC.check("custom-xml", Severity.BLOCK, says="The file carries data in custom XML", do=SAVE)
def custom_xml(document: OldDocument) -> Iterator[Seen]:
    yield from (Seen("", masked(text)) for text in _stored(document))


def _stored(document: OldDocument) -> Iterator[str]:
    """Yield what Word 2007 and later have put beside the document, but for an empty list of books."""
    for name in document.file.starting(document_accounts.STORE):
        root = markup.parsed(document.file.read(name).rstrip(b"\0"))
        of_an_item = name.endswith("/Properties") and elements.local(root) == "datastoreItem"
        if not embedded.is_empty_list_of_books(root) and (not of_an_item or elements.text_of(root).strip()):
            yield " ".join(elements.said(root, "*"))


@DOC.check("text-off-page", Severity.BLOCK, says="Text stands far above or below its line", do=_SHOW)
def text_off_page(document: OldDocument) -> Iterator[Seen]:
    yield from _unseen(document, letter_looks.OFF)


@DOC.check(
    "tracked-change", Severity.BLOCK, says="Tracked changes keep what was before, and who changed it", do=_ACCEPT
)
def tracked_changes(document: OldDocument) -> Iterator[Seen]:
    yield from _unseen(document, letter_looks.DELETED)
    yield from _unseen(document, letter_looks.INSERTED)
    yield from _unseen(document, letter_looks.CHANGED)


@DOC.check(
    "left-over", Severity.BLOCK, says="Text that was deleted is still there, left over from earlier saves", do=SAVE
)
def left_over(document: OldDocument) -> Iterator[Seen]:
    yield from _named(document.words.left_over)


@DOC.check("comment", Severity.BLOCK, says="The document carries comments", do="Delete them (Review, Delete)")
def comments(document: OldDocument) -> Iterator[Seen]:
    yield from _named([document.words.stories["comments"]])
    yield from (Seen("who commented", masked(one)) for one in document.words.commenters if one)


@DOC.check("person", Severity.BLOCK, says="The document lists persons who changed it", do=_ACCEPT)
def persons(document: OldDocument) -> Iterator[Seen]:
    yield from _named(document.words.reviewers)


@DOC.check("saved-by", Severity.BLOCK, says="The document tells who saved it before, and in which folder", do=SAVE)
def saved_by(document: OldDocument) -> Iterator[Seen]:
    yield from _named(document.words.saved_by)


@DOC.check("route", Severity.BLOCK, says="The document carries a list of who was to read it", do=SAVE)
def routes(document: OldDocument) -> Iterator[Seen]:
    yield from _named([document.words.route])


@DOC.check("mail-merge", Severity.BLOCK, says="The document names the source of a mail merge", do=SAVE)
def merges(document: OldDocument) -> Iterator[Seen]:
    yield from _named(document.words.merge)


@DOC.check("variable", Severity.BLOCK, says="The document keeps variables that a program wrote", do=SAVE)
def variables(document: OldDocument) -> Iterator[Seen]:
    yield from _named(document.words.variables)


@DOC.check(
    "fetching-field", Severity.BLOCK, says="A field fetches text or data from another file", do="Turn it into text"
)
def fetching_fields(document: OldDocument) -> Iterator[Seen]:
    yield from _named(one for one in document.words.fields if FETCHING.match(one))


@DOC.check(
    "holding-field",
    Severity.BLOCK,
    says="A field holds words or data that the page does not show",
    do="Turn it into text (Ctrl+Shift+F9)",
)
def holding_fields(document: OldDocument) -> Iterator[Seen]:
    yield from _named(one for one in document.words.fields if HOLDING.match(one))


@DOC.check(
    "telling-field", Severity.WARN, says="A field tells of the file, its author or an address", do="Turn it into text"
)
def telling_fields(document: OldDocument) -> Iterator[Seen]:
    yield from _named(one for one in document.words.fields if TELLING.match(one))


@DOC.check(
    "bookmark", Severity.WARN, says="A bookmark has a name that somebody gave it", do="Delete it (Insert, Bookmark)"
)
def bookmarks(document: OldDocument) -> Iterator[Seen]:
    yield from _named(one for one in document.words.bookmarks if not MADE_BY_WORD.fullmatch(one))


@DOC.check("attached-template", Severity.WARN, says="The document names the file of its template", do=SAVE)
def templates(document: OldDocument) -> Iterator[Seen]:
    yield from _named([document.words.template])


@DOC.check(
    "alternative-text",
    Severity.WARN,
    says="A picture has a name or a text beside it",
    do="Read it (Format, Alt Text), and take out what may not leave",
)
def alternative_texts(document: OldDocument) -> Iterator[Seen]:
    yield from _named(text for one in document.words.pictures for text in inline_pictures.texts(one))


@DOC.check("associated", Severity.WARN, says="The document names its author, its title or a remark beside it", do=SAVE)
def associated(document: OldDocument) -> Iterator[Seen]:
    yield from _named(one for one in document.words.named if one.lower() not in compound.PROGRAMS)


@DOC.check("printer", Severity.WARN, says="The settings of a printer are in the file, with its name", do=SAVE)
def printers(document: OldDocument) -> Iterator[Seen]:
    yield from _named([document.words.printer])
