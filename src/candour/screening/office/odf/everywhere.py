"""What any OpenDocument file may carry: properties, printer, thumbnail, versions, programs, objects, links, remarks."""

import re
from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.addresses import begun, is_internal
from candour.screening.office.odf.family import check
from candour.screening.office.odf.files import OpenDocument

_PROPERTIES = "Take it out (File, Properties, Reset Properties), and save without personal information"
_SAVE = "Copy what may leave into a new document, or send values or a PDF only"
_PROGRAMS = {"openpyxl", "odfdo", "libreoffice", "unknown", "microsoft excel", "microsoft word"}
OBJECT = re.compile(r"(?:\./)?((?:Object|obj)[^/]*)/content\.xml", re.IGNORECASE)
_KNOWN = re.compile(
    r"mimetype|META-INF/[^/]+|(.*/)?(content|styles|meta|settings|layout-cache)(\.xml)?|manifest\.rdf|Thumbnails/[^/]+"
    r"|(Pictures|Media|ObjectReplacements|Configurations2|Basic|Scripts|Dialogs|Versions|Fonts|Object[^/]*)/.*|VersionList\.xml",
    re.IGNORECASE,
)


@check("author", Severity.WARN, says="The properties name who wrote, changed or printed the file", do=_PROPERTIES)
def authors(opened: OpenDocument) -> Iterator[Seen]:
    yield from _meta(opened, "creator", "initial-creator", "printed-by")


@check("template", Severity.WARN, says="The properties name the template the file was made from", do=_PROPERTIES)
def templates(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.meta, "template"):
        yield Seen("meta.xml", masked(elements.value(one, "title") or elements.value(one, "href")))


@check("editing", Severity.WARN, says="The properties tell how often and how long the file was edited", do=_PROPERTIES)
def editing(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.meta, "editing-cycles"):
        if elements.whole(one.text or "") > 1:
            yield Seen("meta.xml", f"{one.text} times")


@check("described", Severity.WARN, says="The properties carry a title, a subject, keywords or a remark", do=_PROPERTIES)
def descriptions(opened: OpenDocument) -> Iterator[Seen]:
    yield from _meta(opened, "title", "subject", "keyword", "description")


@check("custom-property", Severity.WARN, says="The file carries properties of its own", do=_PROPERTIES)
def custom_properties(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.meta, "user-defined"):
        if one.text and elements.value(one, "name") not in ("AppVersion", "Info 1", "Info 2", "Info 3", "Info 4"):
            yield Seen(f"meta.xml, {masked(elements.value(one, 'name'))}", masked(one.text))


@check("printer", Severity.WARN, says="The settings name a printer", do="Choose another printer, and save again")
def printers(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.settings, "config-item"):
        if elements.value(one, "name") in ("PrinterName", "PrinterSetup") and (one.text or "").strip():
            yield Seen("settings.xml", masked(one.text or ""))


@check(
    "thumbnail",
    Severity.WARN,
    says="A small picture of the first page is in the file, perhaps of an older state",
    do="Look at it: unpack the file, Thumbnails/thumbnail.png; a PDF has none",
)
def thumbnails(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.matching(r"Thumbnails/.+"))


@check("version", Severity.BLOCK, says="Older versions are kept in the file", do="Delete them (File, Versions)")
def versions(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.matching(r"Versions/.+|VersionList\.xml"))


@check("macro", Severity.BLOCK, says="The file carries a program (Basic or another language)", do=_SAVE)
def macros(opened: OpenDocument) -> Iterator[Seen]:
    for part in opened.matching(r"Basic/.+|Scripts/.+|Dialogs/.+"):
        if not part.endswith(("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")):
            yield Seen(part)
    for _, root in opened.roots:
        yield from (Seen(elements.value(one, "href")) for one in elements.named(root, "event-listener"))


@check(
    "embedded-object",
    Severity.BLOCK,
    says="Another document lies inside this one",
    do="Delete it, or paste it as a picture",
)
def embedded_objects(opened: OpenDocument) -> Iterator[Seen]:
    for part in opened.names:
        if (found := OBJECT.fullmatch(part)) and not is_chart(opened, part):
            yield Seen(found[1])
    for part in opened.matching(r"(Object[^/]*|\./Object[^/]*|[^/]+\.bin)"):
        yield Seen(part)


@check(
    "object-picture",
    Severity.WARN,
    says="A picture stands for an object, perhaps of an older state of it",
    do="Look at it: unpack the file, ObjectReplacements",
)
def object_pictures(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.matching(r"ObjectReplacements/.+"))


@check("orphan-picture", Severity.BLOCK, says="A picture is in the file that no page shows", do=_SAVE)
def orphan_pictures(opened: OpenDocument) -> Iterator[Seen]:
    used = {
        elements.value(one, "href").removeprefix("./") for _, root in opened.roots for one in elements.named(root, "*")
    }
    yield from (Seen(part) for part in opened.matching(r"Pictures/.+") if part not in used)


@check(
    "fetched",
    Severity.BLOCK,
    says="A part of the document is fetched from elsewhere",
    do="Break the link (Edit, Links)",
)
def fetched(opened: OpenDocument) -> Iterator[Seen]:
    holders = (
        "image",
        "section-source",
        "table-source",
        "object",
        "object-ole",
        "plugin",
        "dde-source",
        "cell-range-source",
    )
    for name, root in opened.roots:
        for one in elements.named(root, *holders):
            target = elements.value(one, "href") or elements.value(one, "dde-topic")
            if re.match(r"[A-Za-z]+:|\.\./|//|\\\\|/", target) or elements.value(one, "dde-topic"):
                yield Seen(name, begun(target))


@check("internal-link", Severity.WARN, says="A link points to an internal system or a file", do="Remove the link")
def internal_links(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        for one in elements.named(root, "a"):
            if is_internal(target := elements.value(one, "href")):
                yield Seen(name, begun(target))


@check("annotation", Severity.BLOCK, says="The file carries a comment", do="Delete it (Delete All Comments)")
def annotations(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        yield from (Seen(name, masked(elements.text_of(one))) for one in elements.named(root, "annotation"))


@check("tracked-change", Severity.BLOCK, says="Tracked changes keep what was before", do="Accept or reject all changes")
def tracked_changes(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        for one in elements.named(root, "tracked-changes"):
            yield from (Seen(name, masked(elements.text_of(change))) for change in one)


@check("alternative-text", Severity.WARN, says="A picture or a shape has an alternative text", do="Read it")
def alternative_texts(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        for frame in elements.named(root, "frame", "custom-shape", "rect", "g"):
            text = "".join(elements.text_of(one) for one in frame if elements.local(one) in ("desc", "title"))
            if text.strip():
                yield Seen(name, masked(text))


@check(
    "cropped-picture",
    Severity.BLOCK,
    says="A picture is cropped, and the whole of it is in the file",
    do="Crop it for good",
)
def cropped_pictures(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        for one in elements.named(root, "frame"):
            if elements.value(one, "style-name") in opened.styles.cropped:
                yield Seen(name, masked(elements.value(one, "name")))


@check("signature", Severity.WARN, says="A digital signature names who signed", do="Send a copy without the signature")
def signatures(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(part) for part in opened.matching(r"META-INF/.*signatures\.xml"))


@check("unknown-part", Severity.WARN, says="A part of the file is of no kind that is known here", do=_SAVE)
def unknown_parts(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(masked(name)) for name in opened.names if not _KNOWN.fullmatch(name))


@check("trailing-data", Severity.BLOCK, says="Bytes lie in the file outside of its parts", do="Save the file anew")
def trailing_data(opened: OpenDocument) -> Iterator[Seen]:
    for where, found in opened.archive.outside():
        if found:
            yield Seen(masked(where, 8), f"{len(found):,} bytes")


def _meta(opened: OpenDocument, *names: str) -> Iterator[Seen]:
    for one in elements.named(opened.meta, *names):
        if (text := (one.text or "").strip()) and text.lower() not in _PROGRAMS:
            yield Seen(f"meta.xml, {elements.local(one)}", masked(text))


def is_chart(opened: OpenDocument, part: str) -> bool:
    """Say whether the content of an object is a chart."""
    return elements.first(opened.xml(part), "chart") is not None
