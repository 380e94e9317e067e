"""OpenDocument files with one thing hidden in each, written as plain XML."""

import zipfile

from office_corpus.packages import packed, parts_of, shows, with_parts
from office_corpus.shared import with_comment
from office_corpus.workbooks import png

NAMES = (
    *("office", "style", "text", "table", "drawing", "meta", "presentation", "script", "config", "form", "chart"),
    *("svg-compatible", "xsl-fo-compatible"),
)
SHORT = {"drawing": "draw", "svg-compatible": "svg", "xsl-fo-compatible": "fo"}
NAMESPACES = " ".join(f'xmlns:{SHORT.get(n, n)}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in NAMES)
NAMESPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
KINDS = {"ods": "spreadsheet", "odt": "text", "odp": "presentation"}


def root(name, inner):
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {NAMESPACES}>{inner}</office:{name}>'


def made(ending, body, styles="", common="", **parts):
    """Put a file together from its body, its own styles and its common ones; `parts` by name, `_` for a stop."""
    kind = KINDS[ending]
    content = (
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    )
    files = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": root("document-content", content),
        "styles.xml": root("document-styles", common),
        **{name.replace("_", "."): text for name, text in parts.items()},
    }
    return packed(files, zipfile.ZIP_DEFLATED)


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
)
ENTRY = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'


def whole(content):
    """Add the list of the parts and the properties, which programs ask for and the smallest files do without."""
    parts = {"meta.xml": root("document-meta", "<office:meta/>").encode(), **parts_of(content)}
    kind = parts["mimetype"].decode()
    listed = "".join(ENTRY.format(name, kind if name == "/" else "") for name in ["/", *parts])
    return packed({**parts, "META-INF/manifest.xml": MANIFEST.format(listed)})


def cell(text, attributes="", name="table-cell"):
    return f'<table:{name} office:value-type="string"{attributes}><text:p>{text}</text:p></table:{name}>'


def row(*texts, attributes=""):
    return f"<table:table-row{attributes}>{''.join(map(cell, texts))}</table:table-row>"


def sheet(inner="", attributes="", name="Incidents"):
    rows = row("Year", "Incidents") + row("2014/15", "81") + inner
    return f'<table:table table:name="{name}"{attributes}>{rows}</table:table>'


def style(name, family, properties):
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def ods(inner="", styles="", after="", before="", **parts):
    return made("ods", f"{before}{sheet(inner)}{after}", styles, **parts)


def odt(inner="", styles="", common="", **parts):
    return made("odt", f"<text:p>Thank you for your request.</text:p>{inner}", styles, common, **parts)


def odp(inner="", styles="", common="", **parts):
    return made("odp", f'<draw:page draw:name="page1">{frame("Incidents")}{inner}</draw:page>', styles, common, **parts)


def frame(text, place=(50, 50), attributes=""):
    size = f'svg:x="{place[0]}pt" svg:y="{place[1]}pt" svg:width="200pt" svg:height="40pt"'
    return f"<draw:frame {size}{attributes}><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"


def filled(place=(50, 50)):
    size = f'svg:x="{place[0]}pt" svg:y="{place[1]}pt" svg:width="200pt" svg:height="40pt"'
    return f'<draw:rect draw:style-name="black" {size}/>'


BLACK = style("black", "graphic", '<style:graphic-properties draw:fill="solid" draw:fill-color="#000000"/>')
PLAIN = {"ods": ods, "odt": odt, "odp": odp}
LETTERS = {
    "white": '<style:text-properties fo:color="#ffffff"/>',
    "tiny": '<style:text-properties fo:font-size="1pt"/>',
    "none": '<style:text-properties text:display="none"/>',
    "barred": '<style:text-properties fo:background-color="#000000"/>',
}


def span(name, family="text"):
    return f'<text:p><text:span text:style-name="{name}">ask Mary Smith</text:span></text:p>', style(
        name, family, LETTERS[name]
    )


def put(code, ending, make):
    """Put a file into the corpus under the code of its check."""
    make.__name__ = code.replace(".", "-")
    shows(code, ending)(make)


def meta(inner):
    return {"meta_xml": root("document-meta", f"<office:meta>{inner}</office:meta>")}


def setting(name, text):
    item = f'<config:config-item config:name="{name}">{text}</config:config-item>'
    return {"settings_xml": root("document-settings", f"<office:settings>{item}</office:settings>")}


CROPPED = style("cut", "graphic", '<style:graphic-properties fo:clip="rect(0cm, 1cm, 0cm, 0cm)"/>')
CHANGES = "<text:tracked-changes><text:changed-region>Mary Smith</text:changed-region></text:tracked-changes>"
TITLED = "<draw:frame><svg:title>Mary Smith</svg:title></draw:frame>"


def remote(target, name="image"):
    return f'<draw:frame><draw:{name} xlink:href="{target}"/></draw:frame>'


EVERYWHERE = {
    "author": lambda plain: plain(**meta("<meta:initial-creator>Mary Smith</meta:initial-creator>")),
    "template": lambda plain: plain(**meta('<meta:template xlink:title="Smith-Jones"/>')),
    "editing": lambda plain: plain(**meta("<meta:editing-cycles>12</meta:editing-cycles>")),
    "described": lambda plain: plain(**meta("<dc:title>Mary Smith</dc:title>")),
    "custom-property": lambda plain: plain(
        **meta('<meta:user-defined meta:name="Case">Mary Smith</meta:user-defined>')
    ),
    "printer": lambda plain: plain(**setting("PrinterName", "Floor 4, Mary Smith")),
    "thumbnail": lambda plain: with_parts(plain(), {"Thumbnails/thumbnail.png": png().getvalue()}),
    "version": lambda plain: with_parts(plain(), {"Versions/Version1": "x"}),
    "macro": lambda plain: with_parts(plain(), {"Basic/Standard/Module1.xml": "<x/>"}),
    "embedded-object": lambda plain: with_parts(plain(), {"Object 1/content.xml": root("document-content", "")}),
    "object-picture": lambda plain: with_parts(plain(), {"ObjectReplacements/Object 1": "x"}),
    "orphan-picture": lambda plain: with_parts(plain(), {"Pictures/a.png": png().getvalue()}),
    "fetched": lambda plain: plain(remote("https://example.org/a.png")),
    "internal-link": lambda plain: plain('<text:p><text:a xlink:href="http://intranet/a">a</text:a></text:p>'),
    "annotation": lambda plain: plain("<office:annotation><text:p>ask Mary Smith</text:p></office:annotation>"),
    "tracked-change": lambda plain: plain(CHANGES),
    "alternative-text": lambda plain: plain(TITLED),
    "cropped-picture": lambda plain: plain('<draw:frame draw:style-name="cut"/>', styles=CROPPED),
    "signature": lambda plain: with_parts(plain(), {"META-INF/documentsignatures.xml": "<x/>"}),
    "unknown-part": lambda plain: with_parts(plain(), {"secrets.bin2": "x"}),
    "trailing-data": lambda plain: with_comment(plain()),
    "unshown-code": lambda plain: plain('<x:secret xmlns:x="urn:x">Mary Smith</x:secret>'),
}
for _ending, _plain in PLAIN.items():
    for _code, _make in EVERYWHERE.items():
        put(f"{_ending}.{_code}", _ending, lambda make=_make, plain=_plain: make(plain))

HIDDEN_SHEET = style("ta2", "table", '<style:table-properties table:display="false"/>')
NARROW = style("co2", "table-column", '<style:table-column-properties style:column-width="0.01in"/>')
FLAT = style("ro2", "table-row", '<style:table-row-properties style:row-height="0.01in"/>')
FILTER = (
    "<table:filter><table:filter-condition table:field-number='0' table:operator='=' table:value='x'/></table:filter>"
)
CHART = root(
    "document-content",
    '<office:body><office:chart><chart:chart><table:table><table:table-row><table:table-cell office:value="123456"/>'
    "</table:table-row></table:table></chart:chart></office:chart></office:body>",
)
SHEETS = {
    "hidden-sheet": lambda: ods(styles=HIDDEN_SHEET, after=sheet(attributes=' table:style-name="ta2"', name="Names")),
    "hidden-column": lambda: made("ods", hidden_column()),
    "narrow-column": lambda: made("ods", hidden_column('table:style-name="co2"'), NARROW),
    "hidden-row": lambda: ods(row("Mary Smith", "1", attributes=' table:visibility="collapse"')),
    "flat-row": lambda: ods(row("Mary Smith", "1", attributes=' table:style-name="ro2"'), FLAT),
    "filtered-row": lambda: ods(row("Mary Smith", "1", attributes=' table:visibility="filter"')),
    "database-range": lambda: ods(
        after=f"<table:database-ranges><table:database-range>{FILTER}</table:database-range></table:database-ranges>"
    ),
    "far-cell": lambda: ods('<table:table-row table:number-rows-repeated="5000"/>' + row("Mary Smith")),
    "invisible-cell": lambda: ods(one_cell("white"), style("white", "table-cell", LETTERS["white"])),
    "conditional-hiding": lambda: ods(styles=style("white", "table-cell", LETTERS["white"]) + MAPPED),
    "under-merged": lambda: ods(
        f"<table:table-row>{cell('x')}{cell('Mary Smith', '', 'covered-table-cell')}</table:table-row>"
    ),
    "pivot-table": lambda: ods(after="<table:data-pilot-tables><table:data-pilot-table/></table:data-pilot-tables>"),
    "scenario": lambda: ods("<table:scenario/>"),
    "external-formula": lambda: ods(formula("of:=['file:///S:/staff.ods'#$A.A1]")),
    "formula": lambda: ods(formula("of:=SUM([.B2:.B3])")),
    "reaching-formula": lambda: ods(formula("of:=INDIRECT([.B2])")),
    "named-range": lambda: ods(
        after='<table:named-expressions><table:named-range table:name="Smith"/></table:named-expressions>'
    ),
    "validation-list": lambda: ods(before=VALIDATION),
    "protection": lambda: made("ods", sheet(attributes=' table:protected="true"')),
    "chart-cache": lambda: with_parts(ods(), {"Object 1/content.xml": CHART}),
}
MAPPED = style("map", "table-cell", '<style:map style:condition="cell-content()&gt;0" style:apply-style-name="white"/>')
VALIDATION = (
    "<table:content-validations><table:content-validation table:condition="
    '\'of:cell-content-is-in-list("Mary Smith";"John Jones")\'/></table:content-validations>'
)


def hidden_column(attributes='table:visibility="collapse"'):
    return sheet().replace("<table:table-row>", f"<table:table-column {attributes}/><table:table-row>", 1)


def one_cell(name):
    return f"<table:table-row>{cell('Mary Smith', f' table:style-name={chr(34)}{name}{chr(34)}')}</table:table-row>"


def formula(text):
    return f'<table:table-row><table:table-cell table:formula="{text}" office:value="81"/></table:table-row>'


def letters(plain, name):
    return lambda: plain(*span(name))


def on_slide(name):
    text, own = span(name)
    inside = frame("").replace("<text:p></text:p>", text)
    return lambda: odp(inside, own)


def section(attributes):
    return f'<text:section text:name="a" {attributes}><text:p>ask Mary Smith</text:p></text:section>'


HEADER = (
    '<office:master-styles><style:master-page style:name="Standard"><style:header style:display="false">'
    "<text:p>Mary Smith</text:p></style:header></style:master-page></office:master-styles>"
)
COLLAPSED = ' table:visibility="collapse"'
DOCUMENTS = {
    "hidden-text": letters(odt, "none"),
    "hidden-section": lambda: odt(section('text:display="none"')),
    "hidden-row": lambda: odt(f"<table:table>{row('Mary Smith', attributes=COLLAPSED)}</table:table>"),
    "hidden-header": lambda: odt(common=HEADER),
    "telling-field": lambda: odt("<text:p><text:sender-lastname>Smith</text:sender-lastname></text:p>"),
    "variable": lambda: odt(
        '<text:user-field-decls><text:user-field-decl office:string-value="Mary Smith"/></text:user-field-decls>'
    ),
    "database-field": lambda: odt(
        '<text:p><text:database-display text:database-name="Smith">x</text:database-display></text:p>'
    ),
    "bookmark": lambda: odt('<text:p><text:bookmark text:name="Smith disciplinary"/></text:p>'),
    "covering-shape": lambda: odt(filled(), BLACK),
    "faint-text": letters(odt, "white"),
    "tiny-text": letters(odt, "tiny"),
    "blacked-text": letters(odt, "barred"),
}
HIDDEN_SLIDE = style("dp2", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>')
NOTES = f"<presentation:notes>{frame('ask Mary Smith')}</presentation:notes>"
MASTER = (
    f'<office:master-styles><style:master-page style:name="Default">{frame("ask Mary Smith")}</style:master-page>'
    "</office:master-styles>"
)


SLIDES = {
    "hidden-slide": lambda: made(
        "odp", f'<draw:page draw:style-name="dp2">{frame("ask Mary Smith")}</draw:page>', HIDDEN_SLIDE
    ),
    "speaker-notes": lambda: odp(NOTES),
    "shape-off-slide": lambda: odp(frame("ask Mary Smith", (-900, 0))),
    "covered": lambda: odp(filled(), BLACK),
    "custom-show": lambda: odp(
        '<presentation:settings><presentation:show presentation:name="Smith"/></presentation:settings>'
    ),
    "media": lambda: odp('<draw:frame><draw:plugin xlink:href="Media/smith.mp4"/></draw:frame>'),
    "master-text": lambda: odp(common=MASTER),
    "faint-text": on_slide("white"),
    "tiny-text": on_slide("tiny"),
    "blacked-text": on_slide("barred"),
}


for _ending, _files in (("ods", SHEETS), ("odt", DOCUMENTS), ("odp", SLIDES)):
    for _code, _make in _files.items():
        put(f"{_ending}.{_code}", _ending, lambda make=_make: make())


@shows("odt.hidden-text", "odt")
def hidden_paragraph():
    return odt('<text:p><text:hidden-paragraph text:condition="1" text:is-hidden="true"/>ask Mary Smith</text:p>')


@shows("odt.hidden-section", "odt")
def section_on_a_condition():
    return odt(section('text:display="condition" text:condition="ooow:1"'))
