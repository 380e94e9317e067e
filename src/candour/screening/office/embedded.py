"""What lies inside an office package besides its text: programs, controls, other files, custom XML, unknown parts."""

import re
from collections.abc import Iterator

from lxml import etree

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.packaged import check
from candour.screening.office.parts import Packaged

_PROGRAM = "Save the file in a format without macros, or send values or a PDF only"
_EMBEDDED = "Delete it, or paste it as a picture"
_INSPECT = "Take it out (File, Info, Inspect Document), or send values or a PDF only"
_BOOKS = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_FORMS = {
    "http://schemas.microsoft.com/office/2006/metadata/contentType",
    "http://schemas.microsoft.com/sharepoint/v3/contenttype/forms",
}
"""What a document library writes into each of its files: the fields it asks for, not what was filled in."""
_KNOWN = re.compile(
    r"\[content_types\]\.xml|(.*/)?_rels/[^/]*\.rels|docprops/[^/]+|docmetadata/[^/]+|customxml/[^/]+|_xmlsignatures/[^/]+"
    r"|(xl|word|ppt)/(theme|media|embeddings|charts|diagrams|drawings|activex|ctrlprops|printersettings|fonts|ink|webextensions|comments)/.+"
    r"|xl/(workbook|sharedstrings|styles|calcchain|metadata|connections|usernames|comments\d*|sharedstrings\d*)\.(xml|bin)"
    r"|xl/(worksheets|chartsheets|dialogsheets|macrosheets|tables|pivottables|pivotcache|slicers|slicercaches|timelines"
    r"|timelinecaches|externallinks|querytables|threadedcomments|persons|revisions|model|customdata|customproperty|richdata"
    r"|featurepropertybag|namedsheetviews|xmlmaps)/.+|xl/xmlmaps\.xml|(.*/)?vba(project|data)[^/]*"
    r"|word/(document|styles|settings|websettings|fonttable|numbering|footnotes|endnotes|comments\w*|people|header\d*|footer\d*"
    r"|styleswitheffects|keymapcustomizations|attachedtoolbars|recipientdata|mailmerge\w*)\d*\.(xml|bin)|word/glossary/.+"
    r"|ppt/(presentation|presprops|viewprops|tablestyles|commentauthors|authors|revisioninfo|changesinfos/[^/]+)\.xml"
    r"|ppt/(slides|slidelayouts|slidemasters|notesslides|notesmasters|handoutmasters|tags|comments|changesinfos)/.+",
    re.IGNORECASE,
)


@check("macro", Severity.BLOCK, says="The file carries a program (macros)", do=_PROGRAM)
def macros(opened: Packaged) -> Iterator[Seen]:
    yield from (
        Seen(part) for part in opened.package.matching(r".*vba(Project|Data)[^/]*\.(bin|xml)|.*/macrosheets/.+")
    )


@check("control", Severity.BLOCK, says="The file carries a control (ActiveX or a form's)", do=_EMBEDDED)
def controls(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r".*/(activeX|ctrlProps)/[^/]+\.xml"))


@check("embedded-file", Severity.BLOCK, says="Another file lies inside this one", do=_EMBEDDED)
def embedded_files(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r".*/embeddings/[^/]+"))
    kinds = ("package", "oleObject", "aFChunk", "subDocument", "control")
    for one in opened.package.all_relations():
        if one.kind in kinds and "/embeddings/" not in one.target.lower():
            yield Seen(one.source, masked(one.target))


@check(
    "orphan-picture",
    Severity.BLOCK,
    says="A picture is in the file that no page shows",
    do="Save the file anew in its program, and look again",
)
def orphan_pictures(opened: Packaged) -> Iterator[Seen]:
    used = {one.target.lower() for one in opened.package.all_relations()}
    pictures = opened.package.matching(r"(xl|word|ppt)/media/[^/]+")
    yield from (Seen(part) for part in pictures if part.lower() not in used)


@check("custom-xml", Severity.BLOCK, says="The file carries data in custom XML", do=_INSPECT)
def custom_xml(opened: Packaged) -> Iterator[Seen]:
    for part, root in _custom(opened):
        if _namespace(root) not in _FORMS:
            yield Seen(part, masked(elements.text_of(root).strip()))


@check("custom-form", Severity.WARN, says="The file names the forms of the library it was kept in", do=_INSPECT)
def custom_forms(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part, root in _custom(opened) if _namespace(root) in _FORMS)


@check(
    "printer",
    Severity.WARN,
    says="The settings of a printer are in the file, with its name and perhaps its server",
    do="Take them out: save the file in LibreOffice, or send values or a PDF only",
)
def printers(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r".*/printerSettings[^/]*/?[^/]*\.bin"))


@check(
    "thumbnail",
    Severity.WARN,
    says="A small picture of the first page is in the file, perhaps an older one",
    do=_INSPECT,
)
def thumbnails(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r"docProps/thumbnail\.[^/]+"))


@check("signature", Severity.WARN, says="A digital signature names who signed", do="Send a copy without the signature")
def signatures(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.package.matching(r"_xmlsignatures/[^/]+\.xml"))


@check("add-in", Severity.WARN, says="The file carries data of an add-in", do=_INSPECT)
def add_ins(opened: Packaged) -> Iterator[Seen]:
    yield from (
        Seen(part) for part in opened.package.matching(r".*/webextensions/[^/]+\.xml|customUI/.+|userCustomization/.+")
    )


@check(
    "unknown-part",
    Severity.WARN,
    says="A part of the file is of no kind that is known here",
    do="Find out what it is, or send values or a PDF only",
)
def unknown_parts(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(masked(name)) for name in opened.package.names if not _KNOWN.fullmatch(name))


@check(
    "trailing-data",
    Severity.BLOCK,
    says="Bytes lie in the file outside of its parts",
    do="Save the file anew in its program, and look again",
)
def trailing_data(opened: Packaged) -> Iterator[Seen]:
    for where, found in opened.package.archive.outside():
        if found:
            yield Seen(masked(where, 8), f"{len(found):,} bytes")


def _custom(opened: Packaged) -> Iterator[tuple[str, Element]]:
    """Yield the items of custom XML that hold anything; Word adds an empty list of books to most documents."""
    for part in opened.package.matching(r"customXml/item\d*\.xml"):
        root = opened.package.xml(part)
        if root is not None and not is_empty_list_of_books(root):
            yield part, root


def is_empty_list_of_books(root: Element) -> bool:
    """Say whether an item of custom XML is the list that Word adds to most documents, and nothing is in it."""
    return _namespace(root) == _BOOKS and len(root) == 0


def _namespace(root: Element) -> str:
    return etree.QName(root).namespace or ""
