"""Text of a document that is there but not seen: hidden, white, tiny, blacked, folded away, covered, in no section."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.docx import looks
from candour.screening.office.docx.documents import Document, Story
from candour.screening.office.docx.family import DOCX
from candour.screening.office.elements import Element

_DELETE = "Show it (Home, Show ¶), and delete what is not to leave"
_BARE = "Delete the words themselves, and write that they were removed"


@DOCX.check("hidden-text", Severity.BLOCK, says="Text is formatted as hidden", do=_DELETE)
def hidden_text(document: Document) -> Iterator[Seen]:
    yield from _unseen(document, looks.HIDDEN)
    for story in document.stories:
        for row in elements.named(story.root, "trPr"):
            if elements.is_set(elements.child(row, "hidden")):
                yield Seen(story.name, "a row of a table")
            if is_flat(row):
                yield Seen(story.name, "a row of a table without height")


_FLAT = 40
"""Twentieths of a point: a row of this height or less shows no letters."""


def is_flat(row: Element | None) -> bool:
    """Say whether a row of a table, by its settings, has no height."""
    height = elements.child(row, "trHeight")
    return elements.value(height, "hRule") == "exact" and elements.whole(elements.value(height, "val")) <= _FLAT


@DOCX.check("faint-text", Severity.BLOCK, says="Text has the colour of its ground", do=_DELETE)
def faint_text(document: Document) -> Iterator[Seen]:
    yield from _unseen(document, looks.FAINT)


@DOCX.check("tiny-text", Severity.BLOCK, says="Text has letters of a point or less", do=_DELETE)
def tiny_text(document: Document) -> Iterator[Seen]:
    yield from _unseen(document, looks.TINY)


@DOCX.check("blacked-text", Severity.BLOCK, says="Text is blacked out, and still there below", do=_BARE)
def blacked_text(document: Document) -> Iterator[Seen]:
    yield from _unseen(document, looks.BARRED)


@DOCX.check(
    "covering-shape",
    Severity.BLOCK,
    says="A filled shape without text lies over the page; what is below it is still there",
    do="Delete the words or the picture below it, not only cover them",
)
def covering_shapes(document: Document) -> Iterator[Seen]:
    for story in document.stories:
        for shape in elements.named(story.root, "wsp", "rect", "roundrect", "oval"):
            if _covers(shape):
                yield Seen(story.name)


@DOCX.check("folded-heading", Severity.BLOCK, says="The text below a heading is folded away", do="Open it, and read it")
def folded_headings(document: Document) -> Iterator[Seen]:
    for one in elements.named(document.root, "collapsed"):
        if elements.is_set(one):
            yield Seen("body", masked(elements.text_of(_above(one, "p"), "t")))


@DOCX.check(
    "header-not-shown",
    Severity.BLOCK,
    says="A header or a footer that no page shows has text",
    do="Show it (Different First Page, Different Odd & Even Pages), and delete what is not to leave",
)
def headers_not_shown(document: Document) -> Iterator[Seen]:
    shown = set(_shown_headers(document))
    for story in document.stories:
        if story.name.startswith(("header", "footer")) and story.part not in shown:
            yield from _with_text(story)


@DOCX.check("note-not-shown", Severity.BLOCK, says="A footnote is in the file that no text refers to", do=_DELETE)
def notes_not_shown(document: Document) -> Iterator[Seen]:
    for name, reference in (("footnote", "footnoteReference"), ("endnote", "endnoteReference")):
        used = {elements.value(one, "id") for one in elements.named(document.root, reference)}
        for one in elements.named(document.package.xml(f"word/{name}s.xml"), name):
            text = elements.text_of(one, "t").strip()
            if text and elements.value(one, "id") not in used:
                yield Seen(f"{name}s", masked(text))


@DOCX.check(
    "shape-off-page",
    Severity.BLOCK,
    says="A shape or a picture lies outside of the page",
    do="Delete it, or move it onto the page",
)
def shapes_off_page(document: Document) -> Iterator[Seen]:
    size = elements.first(document.root, "pgSz")
    wide = elements.whole(elements.value(size, "w"), 11_906) * _TWIP
    high = elements.whole(elements.value(size, "h"), 16_838) * _TWIP
    for anchor in elements.named(document.root, "anchor"):
        extent = elements.child(anchor, "extent")
        across, down = _offset(anchor, "positionH"), _offset(anchor, "positionV")
        left = across + elements.whole(elements.value(extent, "cx"))
        top = down + elements.whole(elements.value(extent, "cy"))
        if across > wide or down > high or left < -wide // 4 or top < -high // 4:
            yield Seen("body")


@DOCX.check(
    "text-off-page",
    Severity.BLOCK,
    says="Text stands outside of the page",
    do="Take its indents away (Home, Paragraph) or its frame, read it, and delete what is not to leave",
)
def texts_off_page(document: Document) -> Iterator[Seen]:
    wide = page_width(document)
    for story in document.stories:
        for settings in elements.named(story.root, "pPr"):
            text = elements.text_of(settings.getparent(), "t").strip()
            if text and is_off(settings, wide):
                yield Seen(story.name, masked(text))


def page_width(document: Document) -> int:
    """Return how wide the first page is, in twentieths of a point."""
    return elements.whole(elements.value(elements.first(document.root, "pgSz"), "w"), 11_906)


def is_off(settings: Element | None, wide: int) -> bool:
    """Say whether a paragraph, by its settings, stands outside of a page of a width."""
    indents, frame = elements.child(settings, "ind"), elements.child(settings, "framePr")
    moved = [elements.whole(elements.value(indents, side)) for side in ("left", "start", "right", "end")]
    moved += [elements.whole(elements.value(frame, axis)) for axis in ("x", "y")]
    return any(abs(one) >= wide for one in moved)


_TWIP = 635
"""English Metric Units in a twentieth of a point."""


def _with_text(story: Story) -> Iterator[Seen]:
    if text := elements.text_of(story.root, "t").strip():
        yield Seen(story.name, masked(text))


def _unseen(document: Document, reason: str) -> Iterator[Seen]:
    for story, run in document.unseen:
        if run.look.why_unseen == reason and run.text.strip():
            yield Seen(story.name, masked(run.text))


def _covers(shape: Element) -> bool:
    """Say whether a shape is filled, has no text and lies before the text."""
    if elements.text_of(shape, "t").strip():
        return False
    if elements.local(shape) != "wsp":
        return shape.get("filled", "t") not in ("f", "false") and "z-index:-" not in shape.get("style", "")
    drawn = elements.child(shape, "spPr")
    anchor = _above(shape, "anchor")
    before = anchor is not None and not elements.is_on(anchor, "behindDoc")
    return before and elements.child(anchor, "wrapNone") is not None and elements.child(drawn, "solidFill") is not None


def _above(element: Element, name: str) -> Element | None:
    return next((one for one in element.iterancestors() if elements.local(one) == name), None)


def _shown_headers(document: Document) -> Iterator[str]:
    even = elements.is_set(elements.first(document.settings, "evenAndOddHeaders"))
    for section in elements.named(document.root, "sectPr"):
        kinds = {"default", *(["even"] if even else []), *(["first"] if _has_title_page(section) else [])}
        for one in elements.named(section, "headerReference", "footerReference"):
            if elements.value(one, "type", "default") in kinds:
                yield document.package.target(document.part, elements.value(one, "id"))


def _has_title_page(section: Element) -> bool:
    return elements.is_set(elements.child(section, "titlePg"))


def _offset(anchor: Element, axis: str) -> int:
    return elements.whole(elements.text_of(elements.child(elements.child(anchor, axis), "posOffset")))
