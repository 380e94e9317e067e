"""The styles of a letter as a Word document, and the empty document that carries them, made once and copied."""

from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

_QUIET = '<w:color w:val="484F54"/>'
_BOLD = "<w:b/>"
_KEPT = "<w:keepNext/>"
_RIGHT_TAB = '<w:tabs><w:tab w:val="right" w:pos="9071"/></w:tabs>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:g}"/><w:szCs w:val="{points * 2:g}"/>'


def _spacing(before: float = 0, after: float = 0, line: float = 1.3) -> str:
    """Space above and below in points; the height of a line in lines."""
    return f'<w:spacing w:before="{before * 20:g}" w:after="{after * 20:g}" w:line="{line * 240:g}" w:lineRule="auto"/>'


def _edge(side: str, points: float, space: int, colour: str = "B1B4B6") -> str:
    return f'<w:pBdr><w:{side} w:val="single" w:sz="{points * 8:g}" w:space="{space}" w:color="{colour}"/></w:pBdr>'


# id and name: the style it builds on, its paragraph properties, its run properties (each in the order of the schema)
_PARAGRAPHS = {
    "Sender": ("Normal", _spacing(after=4) + '<w:ind w:left="5556"/>', _BOLD + _size(15)),
    "Letterhead": ("Normal", '<w:ind w:left="5556"/>', _size(9.5)),
    "Reference": ("Normal", "", ""),
    "Letter Date": ("Normal", _spacing(6, 24), ""),
    "Addressee": ("Normal", "", ""),
    "Letter Text": ("Normal", _spacing(after=9), ""),
    "Question": (
        "Normal",
        _KEPT
        + _edge("left", 2.5, 10)
        + '<w:tabs><w:tab w:val="left" w:pos="794"/></w:tabs>'
        + _spacing(18, 9, 1.25)
        + '<w:ind w:left="794" w:hanging="510"/>',
        _QUIET + _size(10.5),
    ),
    "List Bullet": (
        "Normal",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + _spacing(after=9) + "<w:contextualSpacing/>",
        "",
    ),
    "caption": ("Normal", _KEPT + _spacing(8, 4, 1.15), _BOLD + _size(10)),
    "Table Text": ("Normal", _spacing(4, 4, 1.1), _size(10)),
    "Table Number": ("Table Text", '<w:jc w:val="right"/>', ""),
    "Note": ("Normal", _spacing(6, 12, 1.15), _QUIET + _size(9)),
    "Signature": ("Normal", "<w:keepLines/>" + _spacing(before=20), ""),
    "Last Line": ("Normal", _edge("top", 0.5, 6) + _spacing(before=26), _QUIET + _size(8)),
    "header": ("Normal", _RIGHT_TAB + _spacing(line=1.15), _QUIET + _size(8.5)),
    "footer": ("Normal", _RIGHT_TAB + _spacing(line=1.15), _QUIET + _size(8.5)),
    "Marking": ("header", '<w:jc w:val="center"/>', _BOLD + _size(10)),
}
_KNOWN_TO_WORD = {"List Bullet", "caption", "Signature", "header", "footer"}
_HEADINGS = {1: (14, 24, 15), 2: (12, 19, 8), 3: (11, 16, 7)}  # points: size, above, below

_TABLE = """<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="LetterTable"><w:name w:val="Letter Table"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"/></w:tblBorders>
<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="142" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="0B0C0C"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>
</w:tblStylePr><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>"""

_CHARACTERS = """<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1D4F91"/>
<w:u w:val="single"/></w:rPr></w:style>"""

_DEFAULTS = """<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:color w:val="0B0C0C"/>
<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="312" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"""

_BULLETS = """<w:numbering {names}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/>
<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""

_SETTINGS = """<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting
w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"""

_LEFTOVERS = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")


def fresh() -> Document:
    """Return an empty A4 document that carries the styles."""
    return docx.Document(BytesIO(_template()))


@cache
def _template() -> bytes:
    document = docx.Document()
    _replace(document.styles.element, f"<w:styles {nsdecls('w')}>{_styles()}</w:styles>")
    _replace(document.part.numbering_part.element, _BULLETS.format(names=nsdecls("w")))
    _replace(document.settings.element, f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>")
    _drop_leftovers(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(25)
    section.bottom_margin, section.header_distance, section.footer_distance = Mm(30), Mm(13), Mm(12)
    section.different_first_page_header_footer = True
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _replace(element: Any, xml: str) -> None:
    element[:] = list(parse_xml(xml))


def _drop_leftovers(document: Document) -> None:
    """Take out what the empty document of python-docx says of its own making: a picture, a program, a data store."""
    for related in (document.part.package.rels, document.part.rels):
        for name in [name for name, each in related.items() if each.reltype.endswith(_LEFTOVERS)]:
            del related[name]


def style_id(name: str) -> str:
    """Return the id under which a style of that name is referred to."""
    return name.title().replace(" ", "") if name.islower() else name.replace(" ", "")


def _styles() -> str:
    paragraphs = "".join(_paragraph(name) for name in _PARAGRAPHS)
    return _DEFAULTS + _CHARACTERS + _TABLE + paragraphs + "".join(_heading(level) for level in _HEADINGS)


def _paragraph(name: str) -> str:
    parent, paragraph, run = _PARAGRAPHS[name]
    own = "" if name in _KNOWN_TO_WORD else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{style_id(parent)}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def _heading(level: int) -> str:
    size, above, below = _HEADINGS[level]
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="LetterText"/><w:qFormat/><w:pPr>{_KEPT}<w:keepLines/>'
        f'{_spacing(above, below, 1.15)}<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr>{_BOLD}{_size(size)}</w:rPr>'
        "</w:style>"
    )
