"""The properties of an office file: who wrote it, where, from which template, under which label."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.packaged import check
from candour.screening.office.parts import APP, CORE, CUSTOM, Packaged

_INSPECT = "Take it out (File, Info, Inspect Document) if it may not leave"
_USUAL = {
    "openpyxl",
    "python-docx",
    "python-pptx",
    "xlsxwriter",
    "pptxgenjs",
    "libreoffice",
}


@check("author", Severity.WARN, says="The properties name who wrote the file", do=_INSPECT)
def authors(opened: Packaged) -> Iterator[Seen]:
    yield from _property(opened, CORE, "creator")


@check("last-author", Severity.WARN, says="The properties name who saved the file last", do=_INSPECT)
def last_authors(opened: Packaged) -> Iterator[Seen]:
    yield from _property(opened, CORE, "lastModifiedBy")


@check("company", Severity.WARN, says="The properties name a company", do=_INSPECT)
def companies(opened: Packaged) -> Iterator[Seen]:
    yield from _property(opened, APP, "Company")


@check("manager", Severity.WARN, says="The properties name a manager", do=_INSPECT)
def managers(opened: Packaged) -> Iterator[Seen]:
    yield from _property(opened, APP, "Manager")


@check("template", Severity.WARN, says="The properties name the template the file was made from", do=_INSPECT)
def templates(opened: Packaged) -> Iterator[Seen]:
    yield from _property(opened, APP, "Template")


@check("base-address", Severity.WARN, says="The properties name the place that links start from", do=_INSPECT)
def base_addresses(opened: Packaged) -> Iterator[Seen]:
    yield from _property(opened, APP, "HyperlinkBase")


@check(
    "described",
    Severity.WARN,
    says="The properties carry a title, a subject, keywords or a remark",
    do="Read them (File, Info), and take out what may not leave",
)
def descriptions(opened: Packaged) -> Iterator[Seen]:
    for name in ("title", "subject", "keywords", "description", "category"):
        yield from _property(opened, CORE, name)


@check("custom-property", Severity.WARN, says="The file carries properties of its own", do=_INSPECT)
def custom_properties(opened: Packaged) -> Iterator[Seen]:
    for one in elements.named(opened.package.xml(CUSTOM), "property"):
        if not _is_label(one):
            yield Seen(f"{CUSTOM}, {masked(elements.value(one, 'name'))}", masked(elements.text_of(one)))


@check(
    "label",
    Severity.WARN,
    says="The file carries a sensitivity label, with who set it and in which organisation",
    do="Compare the label with what may leave, and take it out",
)
def labels(opened: Packaged) -> Iterator[Seen]:
    for one in elements.named(opened.package.xml(CUSTOM), "property"):
        if _is_label(one) and elements.value(one, "name").endswith(("_Name", "_Enabled")):
            yield Seen(CUSTOM, elements.text_of(one))
    yield from (Seen(part) for part in opened.package.matching(r"docMetadata/LabelInfo\.xml"))


def _property(opened: Packaged, part: str, name: str) -> Iterator[Seen]:
    for one in elements.named(opened.package.xml(part), name):
        if (text := elements.text_of(one).strip()) and text.lower() not in _USUAL:
            yield Seen(f"{part}, {name}", masked(text))


def _is_label(element: Element) -> bool:
    return elements.value(element, "name").startswith("MSIP_Label")
