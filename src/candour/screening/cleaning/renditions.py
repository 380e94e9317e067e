"""Which files have a clean rendition, and what makes it; runs in a child, as all reading of strangers' files does."""

from collections.abc import Callable, Collection
from pathlib import PurePath

from candour.documents import plain_document, plain_pdf, values
from candour.screening import kinds, web_pages
from candour.screening.cleaning import (
    bundles,
    mails,
    old_word,
    open_text,
    pages,
    pictures,
    plain,
    sheets,
    slides,
    web,
    word,
)
from candour.screening.cleaning.made import Area, Rendition
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.mail import family as mail
from candour.screening.mail.message import Message
from candour.screening.office.binary.old_documents import OldDocument
from candour.screening.office.docx.documents import Document
from candour.screening.office.odf.files import OpenDocument

_Make = Callable[[bytes, Inside], Rendition]
_DESIGN = "colours, type sizes and where things stand"


def _picture(content: bytes, inside: Inside) -> Rendition:
    ending, made = pictures.redrawn(content)
    return Rendition(f"{_stem(inside)}.{ending}", made, "The picture drawn anew, without what was stored beside it")


def _pdf(content: bytes, inside: Inside) -> Rendition:
    how = "Each page drawn anew: its visible text set again over one picture of all else, with nothing under it"
    return Rendition(f"{_stem(inside)}.pdf", pages.flat(content), how)


def _workbook(content: bytes, inside: Inside) -> Rendition:
    found = sheets.visible(content, inside)
    if not found:
        raise Unreadable("no value of it is seen")
    if len(found) == 1:
        how = "The values that are seen in its one visible sheet, as CSV"
        return Rendition(f"{_stem(inside)}.csv", values.comma_separated(found[0][1]), how)
    how = "The values that are seen in its visible sheets, as an OpenDocument spreadsheet without formulas"
    return Rendition(f"{_stem(inside)}.ods", values.spreadsheet(found), how)


def _text(content: bytes, inside: Inside) -> Rendition:
    how = "The text in UTF-8, without signs that are not seen and without what a spreadsheet would run"
    ending = "csv" if kinds.ending(inside.name) in {"csv", "tsv"} else "txt"
    return Rendition(f"{_stem(inside)}.{ending}", plain.rewritten(content, inside.name), how)


def _document(content: bytes, inside: Inside) -> Rendition:
    how = "The text, headers, footers, tables and pictures that are seen, as a document without history or hidden words"
    seen: word.Word | open_text.Open | old_word.OldWord
    if inside.kind is kinds.ODT:
        ending, write, seen = "odt", plain_document.odt, open_text.Open(OpenDocument(content, inside))
    elif inside.kind is kinds.DOC:
        ending, write, seen = "docx", plain_document.docx, _old_word(content, inside)
    else:
        ending, write, seen = "docx", plain_document.docx, word.Word(Document(content, inside))
    made = write(seen.sections())
    return Rendition(f"{_stem(inside)}.{ending}", made, how, (*seen.left_out(), _DESIGN))


def _old_word(content: bytes, inside: Inside) -> old_word.OldWord:
    return old_word.OldWord(OldDocument(content, inside).words)


def _slides(content: bytes, inside: Inside) -> Rendition:
    seen = slides.of(content, inside)
    if not seen.parts:
        raise Unreadable("no slide of it is seen")
    how = (
        "The text, tables and pictures of the slides that are seen, as a plain PDF: a page for each, without their"
        " design. Whoever needs their look saves them as PDF in the program itself, and screens that"
    )
    return Rendition(f"{_stem(inside)}.pdf", plain_pdf.pdf(seen.parts, lying=True), how, (*seen.left_out, _DESIGN))


def _page(content: bytes, inside: Inside) -> Rendition:
    shown = web.Shown(web_pages.opened(content, inside))
    how = "The text, tables and pictures that the page shows, as PDF, without programs, comments and hidden elements"
    made = plain_pdf.pdf([shown.blocks()])
    return Rendition(f"{_stem(inside)}.pdf", made, how, (*shown.left_out(), _DESIGN))


def _mail(content: bytes, inside: Inside) -> Rendition:
    return _of_message(mail.MAIL.opens(content, inside), inside)


def _of_message(message: Message, inside: Inside) -> Rendition:
    """Make the PDF of a mail; with what is attached, each file cleaned, it is packed into an archive."""
    if inside.depth > inside.limits.depth:
        raise Unreadable("mails lie too deeply within each other")
    seen, stem = mails.Seen(message, inside), _stem(inside)
    made = plain_pdf.pdf([seen.blocks()])
    how = "What those who got the mail saw, as PDF: From, To, Cc, Date, Subject and its text"
    bundle = bundles.Bundle(inside, _inside)
    bundle.put(f"{stem}.pdf", made)
    for one in seen.attached:
        bundle.take(one.name, one.content)
    for number, inner in enumerate(message.nested, 1):
        nested = _of_message(inner, inside.within(f"mail {number}.msg", kinds.MSG))
        bundle.put(nested.name, nested.content)
    left_out = (*seen.left_out(), *bundle.left_out)
    if len(bundle.files) == 1:
        return Rendition(f"{stem}.pdf", made, how, left_out)
    return Rendition(
        f"{stem}.zip", bundle.packed(), f"{how}; packed with what is attached, each file cleaned", left_out
    )


def _archive(content: bytes, inside: Inside) -> Rendition:
    bundle = bundles.unpacked(content, inside, _inside)
    how = "The clean rendition of each file in it, packed anew without comments and odds and ends"
    return Rendition(f"{_stem(inside)}.zip", bundle.packed(), how, tuple(bundle.left_out))


def _stem(inside: Inside) -> str:
    return PurePath(inside.name).stem.lstrip(".") or "file"


MAKERS: dict[kinds.Kind, _Make] = {
    kinds.PDF: _pdf,
    kinds.TEXT: _text,
    kinds.HTML: _page,
    kinds.ZIP: _archive,
    **dict.fromkeys((kinds.MAIL, kinds.MSG), _mail),
    **dict.fromkeys((kinds.DOCX, kinds.DOCM, kinds.DOC, kinds.ODT), _document),
    **dict.fromkeys(sheets.READERS, _workbook),
    **dict.fromkeys((kinds.PPTX, kinds.PPTM, kinds.PPT, kinds.ODP), _slides),
    **dict.fromkeys((kinds.PNG, kinds.JPEG, kinds.TIFF, kinds.WEBP, kinds.GIF), _picture),
}
"""What makes the clean rendition of each kind."""


def clean(content: bytes, name: str) -> Rendition | None:
    """Return the clean rendition of a file; None where its kind has none. Raises Unreadable."""
    kind = kinds.seen(content, name) if content else None
    return _inside(content, Inside(name, kind)) if kind else None


def _inside(content: bytes, inside: Inside) -> Rendition | None:
    make = MAKERS.get(inside.kind)
    return make(content, inside) if make else None


def redacted(content: bytes, name: str, words: Collection[str], areas: Collection[Area]) -> Rendition:
    """Return a PDF or a text without some words, and a PDF without some areas; each place is marked.

    The rendition is made anew from what is left, so that nothing of what was removed is in its bytes.
    Raises Unreadable, also for a file of another kind.
    """
    kind = kinds.seen(content, name) if content else None
    how = "Made anew without the words and areas that were to be removed; each place is marked"
    stem = PurePath(name).stem
    if kind is kinds.PDF:
        return Rendition(f"{stem}.pdf", pages.flat(content, areas=areas, words=words), how)
    if kind is kinds.TEXT:
        left = plain.without(plain.rewritten(content, name).decode(), words).encode()
        return Rendition(f"{stem}.{kinds.ending(name) or 'txt'}", left, how)
    raise Unreadable("only a PDF or a text can be redacted; make a clean rendition first")
