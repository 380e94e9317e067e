"""The styles of a letter as OpenDocument text: named for what they are, so that an editor can restyle the whole."""

from xml.sax.saxutils import escape

from candour.documents import open_document, wording
from candour.documents.blocks import Letter

_QUIET = 'fo:color="#484f54"'
_KEPT = 'fo:keep-with-next="always"'
_HAIR = "0.5pt solid #b1b4b6"
_BOLD = 'fo:font-weight="bold"'

# name: the style it builds on, its paragraph properties, its text properties
_PARAGRAPHS = {
    "Letter_text": ("Standard", 'fo:margin-bottom="3.2mm"', ""),
    "Letter_text_kept": ("Letter_text", _KEPT, ""),
    "Sender": ("Standard", 'fo:margin-left="98mm" fo:margin-bottom="1.5mm"', f'fo:font-size="15pt" {_BOLD}'),
    "Letterhead": ("Standard", 'fo:margin-left="98mm"', 'fo:font-size="9.5pt"'),
    "Reference": ("Standard", "", ""),
    "Date": ("Standard", 'fo:margin-top="2mm" fo:margin-bottom="8mm"', ""),
    "Addressee": ("Standard", "", ""),
    "Question": (
        "Standard",
        (
            'fo:margin-left="13mm" fo:text-indent="-9mm" fo:margin-top="6mm" fo:margin-bottom="3.2mm" '
            f'fo:padding-left="4mm" fo:border-left="2.5pt solid #b1b4b6" {_KEPT}'
        ),
        f'fo:font-size="10.5pt" {_QUIET}',
    ),
    "Letter_bullet": ("Standard", 'fo:margin-bottom="1.6mm"', ""),
    "Table_caption": (
        "Standard",
        f'fo:margin-top="3mm" fo:margin-bottom="1.5mm" {_KEPT}',
        f'fo:font-size="10pt" {_BOLD}',
    ),
    "Table_text": ("Standard", 'fo:line-height="120%"', 'fo:font-size="10pt"'),
    "Table_number": ("Table_text", 'fo:text-align="end"', ""),
    "Table_text_heading": ("Table_text", "", _BOLD),
    "Table_number_heading": ("Table_text_heading", 'fo:text-align="end"', ""),
    "Note": (
        "Standard",
        'fo:margin-top="1.8mm" fo:margin-bottom="4mm" fo:line-height="120%"',
        f'fo:font-size="9pt" {_QUIET}',
    ),
    "Signature": ("Standard", 'fo:keep-together="always" fo:margin-top="7mm"', ""),
    "Last_line": (
        "Standard",
        f'fo:margin-top="9mm" fo:padding-top="2mm" fo:border-top="{_HAIR}"',
        f'fo:font-size="8pt" {_QUIET}',
    ),
    "Page_edge": ("Standard", 'fo:line-height="115%"', f'fo:font-size="8.5pt" {_QUIET}'),
    "Page_foot": ("Page_edge", f'fo:padding-top="2mm" fo:border-top="{_HAIR}"', ""),
    "Marking": ("Page_edge", 'fo:text-align="center"', f'fo:font-size="10pt" {_BOLD}'),
}
_HEADINGS = {1: ("14pt", "8mm", "5mm"), 2: ("12pt", "6.5mm", "3mm"), 3: ("11pt", "5.5mm", "2.5mm")}
_RIGHT_TAB = '<style:tab-stops><style:tab-stop style:position="160mm" style:type="right"/></style:tab-stops>'
_NUMBER_TAB = '<style:tab-stops><style:tab-stop style:position="0mm"/></style:tab-stops>'
_TABS = {"Page_edge": _RIGHT_TAB, "Page_foot": _RIGHT_TAB, "Question": _NUMBER_TAB}


def styles(letter: Letter) -> bytes:
    """Return the part that holds the styles and the page with its header and footer."""
    named = "".join((_defaults(letter.language), *map(_paragraph, _PARAGRAPHS), *map(_heading, _HEADINGS), _OTHERS))
    page = (
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" '
        'style:print-orientation="portrait" fo:margin-top="14mm" fo:margin-bottom="12mm" fo:margin-left="25mm" '
        'fo:margin-right="25mm"/><style:header-style><style:header-footer-properties fo:min-height="11mm" '
        'fo:margin-bottom="4mm"/></style:header-style><style:footer-style><style:header-footer-properties '
        'fo:min-height="13mm" fo:margin-top="5mm"/></style:footer-style></style:page-layout>'
    )
    return open_document.document(
        "styles",
        f"<office:styles>{named}</office:styles><office:automatic-styles>{page}</office:automatic-styles>"
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">{_edges(letter)}'
        "</style:master-page></office:master-styles>",
    )


def _defaults(language: str) -> str:
    tongue, _, country = language.partition("-")
    return (
        '<style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="130%" '
        'fo:orphans="2" fo:widows="2" fo:text-align="start" style:writing-mode="page"/><style:text-properties '
        'fo:font-family="Arial, \'Liberation Sans\', Helvetica" style:font-family-generic="swiss" fo:font-size="11pt" '
        f'fo:color="#0b0c0c" fo:language="{tongue}" fo:country="{country or "none"}" fo:hyphenate="false"/>'
        '</style:default-style><style:style style:name="Standard" style:family="paragraph"/>'
    )


def _paragraph(name: str) -> str:
    parent, paragraph, text = _PARAGRAPHS[name]
    return (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_", " ")}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"><style:paragraph-properties {paragraph}>{_TABS.get(name, "")}'
        f"</style:paragraph-properties><style:text-properties {text}/></style:style>"
    )


def _heading(level: int) -> str:
    size, above, below = _HEADINGS[level]
    return (
        f'<style:style style:name="Heading_{level}" style:display-name="Heading {level}" style:family="paragraph" '
        f'style:parent-style-name="Standard" style:next-style-name="Letter_text" style:default-outline-level="{level}">'
        f'<style:paragraph-properties fo:margin-top="{above}" fo:margin-bottom="{below}" fo:keep-with-next="always" '
        f'fo:line-height="115%"/><style:text-properties fo:font-size="{size}" {_BOLD}/></style:style>'
    )


_OTHERS = (
    f'<style:style style:name="Strong" style:family="text"><style:text-properties {_BOLD}/></style:style>'
    '<style:style style:name="Internet_link" style:display-name="Internet link" style:family="text">'
    '<style:text-properties fo:color="#1d4f91" style:text-underline-style="solid"/></style:style>'
    '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
    '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
    '<style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="6mm" '
    'fo:text-indent="-5mm" fo:margin-left="6mm"/></style:list-level-properties></text:list-level-style-bullet>'
    "</text:list-style>"
)


def _edges(letter: Letter) -> str:
    marking = f'<text:p text:style-name="Marking">{escape(letter.marking)}</text:p>' if letter.marking else ""
    ours = letter.references[0][1] if letter.references else letter.sender_name
    day = wording.spoken(letter.dated, letter.language)
    running = f'<text:p text:style-name="Page_edge">{escape(ours)}<text:tab/>{day}</text:p>'
    foot = _foot(letter) + marking
    return (
        f"<style:header>{marking}{running}</style:header>"
        f"<style:header-first>{marking or EMPTY_LINE}</style:header-first>"
        f"<style:footer>{foot}</style:footer><style:footer-first>{foot}</style:footer-first>"
    )


EMPTY_LINE = '<text:p text:style-name="Page_edge"/>'


def _foot(letter: Letter) -> str:
    page, of = wording.page_words(letter.language)
    this = '<text:page-number text:select-page="current">1</text:page-number>'
    number = f"{page} {this} {of} <text:page-count>1</text:page-count>"
    first, *others = [escape(line) for line in letter.footer] or [""]
    lines = "".join(f"<text:line-break/>{line}" for line in others)
    return f'<text:p text:style-name="Page_foot">{first}<text:tab/>{number}{lines}</text:p>'
