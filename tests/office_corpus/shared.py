"""Files for the checks that all office packages share, made from the plain document or presentation of each."""

import io
import zipfile
from functools import cache

from office_corpus import documents
from office_corpus.packages import changed, parts_of, shows, with_parts
from office_corpus.workbooks import png

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)
FORM = '<f:FormTemplates xmlns:f="http://schemas.microsoft.com/sharepoint/v3/contenttype/forms"/>'
MACRO_TYPES = {
    "wordprocessingml.document": "ms-word.document",
    "presentationml.presentation": "ms-powerpoint.presentation",
}


def core(content, inner):
    return with_parts(content, {"docProps/core.xml": f'<coreProperties {DC} xmlns:cp="cp">{inner}</coreProperties>'})


def app(content, inner):
    return with_parts(content, {"docProps/app.xml": f"<Properties>{inner}</Properties>"})


def custom(content, name, text):
    one = f'<property name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'
    return with_parts(content, {"docProps/custom.xml": f"{CUSTOM}{one}</Properties>"})


def with_macro(content):
    content = with_parts(content, {"x/vbaProject.bin": "x"})
    types = parts_of(content)["[Content_Types].xml"].decode()
    (kind, macros) = next((one, other) for one, other in MACRO_TYPES.items() if one in types)
    before = f"vnd.openxmlformats-officedocument.{kind}.main+xml"
    return changed(content, "[Content_Types].xml", before, f"vnd.{macros}.macroEnabled.main+xml")


def drawn(content, part, before, inner):
    namespaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="pic"'
    return changed(content, part, before, f"<pic:pic {namespaces}>{inner}</pic:pic>{before}")


def other(name, text="<x/>"):
    return lambda content: with_parts(content, {name: text})


def linked(source, kind, target):
    return lambda content: with_parts(content, {}, [(source, kind, target, "External")])


def about(main, folder, before):
    """Return, by the end of the code, how each of these files is made from a plain one."""

    def picture(inner):
        return lambda content: drawn(content, main, before, inner)

    return {
        "author": lambda content: core(content, "<dc:creator>Mary Smith</dc:creator>"),
        "last-author": lambda content: core(content, "<cp:lastModifiedBy>Mary Smith</cp:lastModifiedBy>"),
        "described": lambda content: core(content, "<dc:title>Mary Smith</dc:title>"),
        "company": lambda content: app(content, "<Company>Secret Unit</Company>"),
        "manager": lambda content: app(content, "<Manager>Mary Smith</Manager>"),
        "template": lambda content: app(content, r"<Template>C:\Users\msmith\a.dotx</Template>"),
        "base-address": lambda content: app(content, "<HyperlinkBase>//server/share</HyperlinkBase>"),
        "custom-property": lambda content: custom(content, "Officer", "Mary Smith"),
        "label": lambda content: custom(content, "MSIP_Label_1_Name", "OFFICIAL-SENSITIVE"),
        "macro": with_macro,
        "control": other(f"{folder}/activeX/activeX1.xml"),
        "embedded-file": other(f"{folder}/embeddings/oleObject1.bin", "x"),
        "orphan-picture": other(f"{folder}/media/image8.png", png().getvalue()),
        "custom-xml": other("customXml/item1.xml", "<case>Mary Smith</case>"),
        "custom-form": other("customXml/item2.xml", FORM),
        "printer": other(f"{folder}/printerSettings/printerSettings1.bin", "x"),
        "thumbnail": other("docProps/thumbnail.png", png().getvalue()),
        "signature": other("_xmlsignatures/sig1.xml"),
        "add-in": other(f"{folder}/webextensions/webextension1.xml"),
        "unknown-part": other(f"{folder}/secrets/list.dat", "x"),
        "internal-link": linked(main, "hyperlink", "file:///S:/staff/list.xlsx"),
        "mail-link": linked(main, "hyperlink", "mailto:msmith@example.org"),
        "fetched": linked(main, "image", "https://example.org/a.png"),
        "cropped-picture": picture('<a:srcRect l="25000"/>'),
        "picture-original": other(f"{folder}/media/hdphoto1.wdp", "x"),
        "hidden-shape": picture('<pic:cNvPr id="8" name="x" hidden="1"/>'),
        "shape-without-size": picture('<pic:spPr><a:xfrm><a:ext cx="0" cy="0"/></a:xfrm></pic:spPr>'),
        "alternative-text": picture(r'<pic:cNvPr id="8" name="x" descr="C:\Users\msmith\a.png"/>'),
        "ink": other(f"{folder}/ink/ink1.xml"),
        "picture-not-looked-into": other(f"{folder}/media/image9.emf", "x"),
        "trailing-data": with_comment,
        "unshown-code": other(f"{folder}/tables/remarked.xml", "<x><!-- ask Mary Smith --></x>"),
    }


def with_comment(content):
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = b"ask Mary Smith"
    return made.getvalue()


def put(family, ending, plain, main, folder, before):
    """Put a file for each shared check into the corpus."""
    plain = cache(plain)
    for code, make in about(main, folder, before).items():
        kept = shows(f"{family}.{code}", f"{ending[:-1]}m" if code == "macro" else ending)

        def made(make=make):
            return make(plain())

        made.__name__ = f"{family}-{code}"
        kept(made)


put("docx", "docx", lambda: documents.saved(documents.plain()), documents.BODY, "word", "<w:sectPr")
