"""Text of a document or a presentation that is there but not seen, and fields that tell of more than they show."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.colours import LEAST_CONTRAST, contrast, hexadecimal
from candour.screening.office.elements import Element
from candour.screening.office.odf import grounds
from candour.screening.office.odf.family import ODP, ODT
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.odf.styles import BARRED, CLEAR, FAINT, HIDDEN, TINY

_DELETE = "Show it (View, Formatting Marks), and delete what is not to leave"
_BARE = "Delete the words themselves, and write that they were removed"
_TELLING = (
    *("author-name", "author-initials", "file-name", "template-name", "initial-creator", "creator", "printed-by"),
    *("sender-firstname", "sender-lastname", "sender-company", "sender-email", "sender-initials", "sender-title"),
    *("sender-phone-work", "sender-phone-private", "sender-street", "sender-position", "user-defined"),
)
_HEADERS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
_VARIABLES = ("variable-set", "user-field-decl", "variable-input", "placeholder")


@ODT.check("hidden-text", Severity.BLOCK, says="Text is hidden, or shown only on a condition", do=_DELETE)
def hidden_text(opened: OpenDocument) -> Iterator[Seen]:
    yield from unseen(opened, HIDDEN)
    for name, root in opened.roots:
        for one in elements.named(root, "hidden-text", "hidden-paragraph", "conditional-text"):
            said = "string-value", "string-value-if-true", "string-value-if-false"
            text = " ".join(elements.value(one, attribute) for attribute in said)
            yield Seen(name, masked(text.strip() or elements.text_of(_paragraph(one))))


@ODT.check("hidden-section", Severity.BLOCK, says="A section is hidden, or shown only on a condition", do=_DELETE)
def hidden_sections(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "section"):
        if elements.value(one, "display") in ("none", "condition"):
            yield Seen(f"section {masked(elements.value(one, 'name'))}", masked(elements.text_of(one)))


@ODT.check("hidden-row", Severity.BLOCK, says="A row of a table is hidden", do=_DELETE)
def hidden_rows(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "table-row", "table-column"):
        if elements.value(one, "visibility") in ("collapse", "filter"):
            yield Seen("a table", masked(elements.text_of(one)))


@ODT.check("hidden-header", Severity.BLOCK, says="A header or a footer that no page shows has text", do=_DELETE)
def hidden_headers(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.master, *_HEADERS):
        if elements.value(one, "display") == "false" and elements.text_of(one).strip():
            yield Seen("styles", masked(elements.text_of(one)))
    used = _used_masters(opened)
    for page in elements.named(opened.master, "master-page"):
        if elements.value(page, "name") not in used:
            text = " ".join(elements.text_of(one) for one in elements.named(page, *_HEADERS)).strip()
            yield from ([Seen("styles", masked(text))] if text else [])


def _used_masters(opened: OpenDocument) -> set[str]:
    """Return the kinds of pages that the document may come to: its first, those that styles begin, and what follows."""
    pages = list(elements.named(opened.master, "master-page"))
    used = {"Standard", *(elements.value(one, "name") for one in pages[:1])}
    used |= {
        elements.value(one, "master-page-name") for _, root in opened.roots for one in elements.named(root, "style")
    }
    for _ in pages:  # each may lead to one more
        used |= {elements.value(one, "next-style-name") for one in pages if elements.value(one, "name") in used}
    return used


@ODT.check("telling-field", Severity.WARN, says="A field tells of the file or its author", do="Turn it into text")
def telling_fields(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        yield from (Seen(name, masked(elements.text_of(one))) for one in elements.named(root, *_TELLING))


@ODT.check("variable", Severity.BLOCK, says="The document keeps variables with values of their own", do="Delete them")
def variables(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, *_VARIABLES):
        if text := elements.value(one, "string-value") or elements.value(one, "value"):
            yield Seen("content", masked(text))


@ODT.check(
    "database-field", Severity.BLOCK, says="The document names the source of a mail merge", do="Turn it into text"
)
def database_fields(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(
        opened.content, "database-display", "database-name", "database-next", "database-row-select"
    ):
        yield Seen("content", masked(elements.value(one, "database-name")))


@ODT.check("bookmark", Severity.WARN, says="A bookmark has a name that somebody gave it", do="Delete it")
def bookmarks(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "bookmark", "bookmark-start", "reference-mark"):
        name = elements.value(one, "name")
        if not name.startswith(("_", "__RefHeading", "Toc")):
            yield Seen("content", masked(name))


@ODT.check("covering-shape", Severity.BLOCK, says="A filled shape without text lies over the page", do=_BARE)
def covering_shapes(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "rect", "custom-shape", "polygon", "ellipse", "path"):
        style = elements.value(one, "style-name")
        filled = opened.styles.said("graphic", style, "fill") == "solid"
        below = opened.styles.said("graphic", style, "run-through") == "background"
        if filled and not below and not elements.text_of(one).strip():
            yield Seen("content", masked(elements.value(one, "name")))


def _faint(opened: OpenDocument) -> Iterator[Seen]:
    yield from unseen(opened, FAINT)


def _tiny(opened: OpenDocument) -> Iterator[Seen]:
    yield from unseen(opened, TINY)


def _blacked(opened: OpenDocument) -> Iterator[Seen]:
    yield from unseen(opened, BARRED)


for _family in (ODT, ODP):
    _family.check("faint-text", Severity.BLOCK, says="Text has the colour of its ground", do=_DELETE)(_faint)
    _family.check("tiny-text", Severity.BLOCK, says="Text has letters of a point or less", do=_DELETE)(_tiny)
    _family.check("blacked-text", Severity.BLOCK, says="Text is blacked out, and still there below", do=_BARE)(_blacked)


def unseen(opened: OpenDocument, reason: str) -> Iterator[Seen]:
    """Yield the texts that are not seen for a reason; letters on a picture or a gradient are taken to be seen."""
    for name, root in opened.roots:
        for one in elements.named(root, "span", "p", "h"):
            family = "text" if elements.local(one) == "span" else "paragraph"
            style = elements.value(one, "style-name")
            why = opened.styles.why_unseen(family, style)
            faint = reason == FAINT and (why == CLEAR or _is_faint(opened, one, family, style))
            is_so = faint or (why == reason != FAINT)
            if is_so and elements.text_of(one).strip():
                yield Seen(name, masked(elements.text_of(one)))


def _is_faint(opened: OpenDocument, element: Element, family: str, style: str) -> bool:
    letters = hexadecimal(opened.styles.said(family, style, "color"))
    ground = None if letters is None else grounds.under(opened, element)
    return letters is not None and ground is not None and contrast(letters, ground) < LEAST_CONTRAST


def _paragraph(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if elements.local(one) in ("p", "h")), None)
