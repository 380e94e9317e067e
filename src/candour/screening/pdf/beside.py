"""What a PDF holds beside its pages: comments, fields, attached files, programs, properties, earlier versions."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from candour.screening import masks
from candour.screening.findings import Seen, Severity, masked
from candour.screening.pdf import objects, shapes, values
from candour.screening.pdf.family import PDF, Document
from candour.screening.pdf.layers import Layers
from candour.screening.pdf.pages import Why

_RENDITION = "Send a clean rendition, which leaves it out"
_PLAIN_ANNOTATIONS = frozenset(("/Link", "/Widget", "/Redact", "/FileAttachment", "/PrinterMark", "/TrapNet"))
_HIDDEN_FLAGS = 2 | 32
"""Hidden, and no view (ISO 32000-2, table 167)."""
_PATH = re.compile(
    r"(?:[A-Z]:\\|\\\\|/(?:home|Users|srv|mnt)/)|\.(?:docx?|xlsx?|pptx?|od[ts]|indd|jpe?g|png)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]{3,}")


def _annotations(document: Document) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(document.pdf.pages, 1):
        for one in values.listed(page.obj, "/Annots"):
            yield number, one


@PDF.check(
    "redaction-not-applied",
    Severity.BLOCK,
    says="A place is marked for redaction, but what stands there was not taken out",
    do="Apply the redactions in the program that marked them, or redact here",
)
def redactions(document: Document) -> Iterator[Seen]:
    for page, one in _annotations(document):
        if one.get("/Subtype") == Name.Redact:
            yield Seen(f"page {page}", masked(values.text(one, "/OverlayText")))


@PDF.check("annotation", Severity.BLOCK, says="The page carries a comment or a drawing laid over it", do=_RENDITION)
def annotations(document: Document) -> Iterator[Seen]:
    for page, one in _annotations(document):
        kind = values.text(one, "/Subtype")
        drawn = kind == "/Link" and "/AP" in one
        if kind not in _PLAIN_ANNOTATIONS or drawn:
            yield Seen(f"page {page}", f"{kind[1:]} {masked(values.text(one, '/Contents'))}".strip())


@PDF.check(
    "field", Severity.WARN, says="The file is a form whose fields hold what was typed in", do="Send it as flat pages"
)
def fields(document: Document) -> Iterator[Seen]:
    for where, one in _fields(document):
        if "/V" in one and one.get("/FT") != Name.Sig and not _is_hidden(one):
            yield Seen(where, masked(values.text(one, "/V")))


@PDF.check("hidden-field", Severity.BLOCK, says="A field of a form is hidden and holds something", do=_RENDITION)
def hidden_fields(document: Document) -> Iterator[Seen]:
    for where, one in _fields(document):
        if "/V" in one and one.get("/FT") != Name.Sig and _is_hidden(one):
            yield Seen(where, masked(values.text(one, "/V")))


@PDF.check("xfa", Severity.BLOCK, says="The file holds a second form (XFA) that other programs show", do=_RENDITION)
def second_forms(document: Document) -> Iterator[Seen]:
    if "/XFA" in values.inside(document.root, "/AcroForm"):
        yield Seen("")


@PDF.check(
    "signature", Severity.WARN, says="A signature names who signed", do="Make sure that the signatory may be known"
)
def signatures(document: Document) -> Iterator[Seen]:
    for where, one in _fields(document):
        if one.get("/FT") == Name.Sig and "/V" in one:
            signed = values.inside(one, "/V")
            said = (values.text(signed, key) for key in ("/Name", "/Reason", "/Location", "/ContactInfo"))
            yield Seen(where, masked(" ".join(said)))


def _fields(document: Document) -> Iterator[tuple[str, Any]]:
    return ((f"field {masked(values.text(one, '/T'), 8)}", one) for one in document.fields)


def _is_hidden(one: Any) -> bool:
    rectangle = values.numbers(one, "/Rect")
    nowhere = len(rectangle) == 4 and (rectangle[0] == rectangle[2] or rectangle[1] == rectangle[3])  # noqa: PLR2004
    return bool(values.number(one, "/F") & _HIDDEN_FLAGS) or nowhere


@PDF.check(
    "attachment", Severity.BLOCK, says="A file is attached inside the file", do="Send it beside, or leave it out"
)
def attachments(document: Document) -> Iterator[Seen]:
    for name in document.holdings.files:
        yield Seen("", masked(name, 4))


@PDF.check("portfolio", Severity.BLOCK, says="The file is a folder of other files (a portfolio)", do="Send them singly")
def portfolios(document: Document) -> Iterator[Seen]:
    if "/Collection" in document.root:
        yield Seen("")


@PDF.check("action", Severity.BLOCK, says="The file runs a program or opens something when it is read", do=_RENDITION)
def actions(document: Document) -> Iterator[Seen]:
    for kind in dict.fromkeys(document.holdings.actions):
        yield Seen("", kind)
    if any(address.lower().lstrip().startswith(("javascript:", "file:")) for address in document.holdings.addresses):
        yield Seen("its links", "a link that runs a program")


@PDF.check("hidden-layer", Severity.BLOCK, says="A layer of the file is switched off", do=_RENDITION)
def hidden_layers(document: Document) -> Iterator[Seen]:
    for name in Layers(document.root).unshown(document.holdings.layer_sets):
        yield Seen("", f"layer {masked(name)}")


@PDF.check(
    "author",
    Severity.WARN,
    says="The file's properties name an author whom its pages do not name",
    do="Make sure that the author may be known",
)
def authors(document: Document) -> Iterator[Seen]:
    said = _said_on_pages(document)
    named = (document.info.get("Author", ""), *map(objects.says_who, document.holdings.properties))
    for author in dict.fromkeys(named):
        if not _words(author) <= said:
            yield Seen("its properties", masked(author))


@PDF.check(
    "properties",
    Severity.WARN,
    says="The file's properties say more than its title",
    do="Read them (File, Properties), and take out what is not meant to be sent",
)
def properties(document: Document) -> Iterator[Seen]:
    for key, value in document.info.items():
        if key not in {"Title", "Author"} or (key == "Title" and _PATH.search(value)):
            yield Seen("its properties", f"{key} {masked(value)}")


@PDF.check("history", Severity.WARN, says="The file's properties tell what it was made from", do=_RENDITION)
def histories(document: Document) -> Iterator[Seen]:
    if any(map(objects.has_history, document.holdings.properties)):
        yield Seen("its properties (XMP)")


@PDF.check("earlier-version", Severity.BLOCK, says="The file still holds its earlier versions", do=_RENDITION)
def earlier_versions(document: Document) -> Iterator[Seen]:
    """Each time a PDF is added to, it ends once more; one that is made for the web ends twice from the start."""
    ends = len(re.findall(rb"startxref\s+\d+\s+%%EOF", document.content))
    first = 2 if b"/Linearized" in document.content[:1024] else 1
    if ends > first:
        yield Seen("", f"{ends - first} of them")


@PDF.check(
    "left-over", Severity.BLOCK, says="The file holds pages or pictures that nothing shows any more", do=_RENDITION
)
def left_over(document: Document) -> Iterator[Seen]:
    if count := document.holdings.left_over:
        yield Seen("", f"{count} of them")


@PDF.check("after-the-end", Severity.BLOCK, says="Something follows after the end of the file", do=_RENDITION)
def after_the_end(document: Document) -> Iterator[Seen]:
    rest = document.content[document.content.rfind(b"%%EOF") + len(b"%%EOF") :].strip(b"\0\r\n\t \x1a")
    if rest:
        yield Seen("", f"{len(rest):,} bytes")


@PDF.check("thumbnail", Severity.BLOCK, says="A page carries a small picture of how it once looked", do=_RENDITION)
def thumbnails(document: Document) -> Iterator[Seen]:
    for number, page in enumerate(document.pdf.pages, 1):
        if "/Thumb" in page.obj:
            yield Seen(f"page {number}")


@PDF.check("private-data", Severity.BLOCK, says="A program has put data of its own beside the pages", do=_RENDITION)
def private_data(document: Document) -> Iterator[Seen]:
    if count := document.holdings.private:
        yield Seen("", f"{count} places")


@PDF.check(
    "masked-picture", Severity.WARN, says="A picture goes on under parts of it that are made transparent", do=_RENDITION
)
def masked_pictures(document: Document) -> Iterator[Seen]:
    for name, picture in document.holdings.pictures.items():
        if masks.hides(picture):
            yield Seen("", name)


@PDF.check(
    "bookmark",
    Severity.WARN,
    says="A bookmark says something that no page says",
    do="Take the bookmark out, or make it say what the page says",
)
def bookmarks(document: Document) -> Iterator[Seen]:
    said = _said_on_pages(document)
    for title in _titles(document.pdf):
        if not _words(title) <= said:
            yield Seen("its bookmarks", masked(title))


def _titles(pdf: pikepdf.Pdf) -> Iterator[str]:
    waiting: list[Any] = [values.inside(values.inside(pdf.Root, "/Outlines"), "/First")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if "/Title" in one and one.objgen not in seen:
            seen.add(one.objgen)
            waiting += [values.inside(one, "/Next"), values.inside(one, "/First")]
            yield values.text(one, "/Title")


@PDF.check(
    "replacement-text",
    Severity.WARN,
    says="What is read aloud or copied differs from what is seen",
    do="Make the file anew from its source",
)
def replacement_text(document: Document) -> Iterator[Seen]:
    said = _said_on_pages(document)
    letters = _letters(" ".join(page.text for page in document.pages))
    told = {one.text for page in document.pages for one in page.unseen if one.why is Why.REPLACED}
    for text in dict.fromkeys(document.replaced):
        if text not in told and not _words(text) <= said and _letters(text) not in letters:
            yield Seen("its replacement text", masked(text))


@PDF.check(
    "description",
    Severity.WARN,
    says="The description of a picture names a file or folder",
    do="Describe what the picture shows instead",
)
def descriptions(document: Document) -> Iterator[Seen]:
    for text in document.descriptions:
        if _PATH.search(text):
            yield Seen("its descriptions", masked(text))


def _said_on_pages(document: Document) -> set[str]:
    return _words(" ".join(page.text for page in document.pages))


def _letters(text: str) -> str:
    """Return a text as a run of letters: a word may be parted at the end of a line, and stands whole beside it."""
    return "".join(filter(str.isalnum, text.casefold()))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


@PDF.check(
    "letters-differ",
    Severity.BLOCK,
    says="Letters are copied and searched as other letters than are seen, or are drawn as nothing",
    do=_RENDITION,
)
def differing_letters(document: Document) -> Iterator[Seen]:
    for name in shapes.lying(document.holdings.fonts):
        yield Seen("", f"font {name or 'drawn by hand'}")


@PDF.check(
    "remark", Severity.WARN, says="The file's code carries remarks, perhaps with names or folders", do=_RENDITION
)
def remarks(document: Document) -> Iterator[Seen]:
    yield from (Seen("its code", masked(text)) for text in document.remarks)


@PDF.check(
    "permissions",
    Severity.WARN,
    says="The file is locked against changes or copying, which keeps nothing secret",
    do="Take out what must not be seen instead of locking it",
)
def permissions(document: Document) -> Iterator[Seen]:
    if document.pdf.is_encrypted:
        yield Seen("")


@PDF.check(
    "damaged",
    Severity.WARN,
    says="The file is damaged and was mended to be read, so that other programs may show it otherwise",
    do="Make it anew",
)
def damaged(document: Document) -> Iterator[Seen]:
    if found := document.pdf.get_warnings():
        yield Seen("", f"{len(found)} faults")
