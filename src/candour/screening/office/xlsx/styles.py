"""What a workbook's styles hide: font colour as the fill, the number format `;;;`, fonts of a point; and its dates."""

import colorsys
import re
from dataclasses import dataclass, field

from candour.screening.office import elements
from candour.screening.office.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, contrast, hexadecimal
from candour.screening.office.elements import Element
from candour.screening.office.packages import Package

SMALLEST = 1.0
"""Points: a font of this size or smaller is not read by a person."""
USUAL = 11.0
"""Points of a font that does not say its size; widths of columns are counted in its letters."""

_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_INDEXED = (
    BLACK,
    WHITE,
    (255, 0, 0),
    (0, 255, 0),
    (0, 0, 255),
    (255, 255, 0),
    (255, 0, 255),
    (0, 255, 255),
)
_SYSTEM_FOREGROUND, _SYSTEM_BACKGROUND = 64, 65


@dataclass(frozen=True)
class Styles:
    """Per cell style (the index a cell names): why it is not seen, and which styles show dates."""

    invisible: dict[int, str]
    dates: frozenset[int]
    conditional: dict[int, str]
    """Per differential style, which conditional formats name: why what it formats is not seen."""
    of_numbers: dict[int, str] = field(default_factory=dict)
    of_texts: dict[int, str] = field(default_factory=dict)
    """Per cell style, why numbers or texts alone are not seen in it."""
    grounds: tuple[Colour, ...] = ()
    tables: dict[str, str] = field(default_factory=dict)
    """Per style of tables that somebody made: why the cells of such a table are not seen."""
    palette: "Palette | None" = None
    shrunk: dict[int, float] = field(default_factory=dict)
    """Per cell style that makes its letters as small as its column asks for: their size before that, in points."""

    def why_unseen(self, style: int, type_: str) -> str:
        """Say why a cell of a style and a type (`s`, `n` …) is not seen; "" where it is."""
        kind = self.of_texts if type_ in ("s", "str", "inlineStr") else self.of_numbers
        return self.invisible.get(style) or kind.get(style, "")

    @property
    def hides_any(self) -> bool:
        """Whether any style hides anything: most workbooks have none, and have millions of cells."""
        return bool(self.invisible or self.of_numbers or self.of_texts)

    @classmethod
    def of(cls, package: Package, part: str) -> "Styles":
        root = package.xml(part) if part else None
        palette = Palette.of(package, root)
        formats = {
            elements.whole(elements.value(one, "numFmtId"), -1): elements.value(one, "formatCode")
            for one in elements.named(elements.child(root, "numFmts"), "numFmt")
        }
        fonts, fills = _children(root, "fonts"), _children(root, "fills")
        invisible, dates = {}, set()
        numbers, texts, shrunk, grounds = {}, {}, {}, []
        for index, xf in enumerate(_children(root, "cellXfs")):
            code = elements.whole(elements.value(xf, "numFmtId"))
            font = _at(fonts, elements.value(xf, "fontId"))
            fill = _at(fills, elements.value(xf, "fillId"))
            if reason := hidden_by(font, fill, formats.get(code, ""), palette):
                invisible[index] = reason
            own = formats.get(code, "")
            numbers.update({index: FORMAT} if hides_numbers(own) else {})
            texts.update({index: FORMAT} if hides_texts(own) else {})
            shrunk.update({index: _size(font)} if _shrinks(elements.child(xf, "alignment")) else {})
            grounds.append(_background(fill, palette))
            if code in _DATES or _is_date(formats.get(code, "")):
                dates.add(index)
        conditional = _differential(root, palette)
        tables = _tables(root, conditional)
        return cls(invisible, frozenset(dates), conditional, numbers, texts, tuple(grounds), tables, palette, shrunk)


@dataclass(frozen=True)
class Palette:
    """The colours that a workbook names by number."""

    theme: tuple[Colour, ...]
    indexed: tuple[Colour, ...]

    @classmethod
    def of(cls, package: Package, styles: Element | None) -> "Palette":
        scheme = elements.first(_theme(package), "clrScheme")
        theme = tuple(_theme_colour(elements.child(scheme, name), name) for name in _THEME)
        own = [
            hexadecimal(elements.value(one, "rgb"))
            for one in elements.named(elements.first(styles, "indexedColors"), "rgbColor")
        ]
        return cls(theme, tuple(one or BLACK for one in own) or (*_INDEXED, *_INDEXED))

    def colour(self, element: Element | None, otherwise: Colour) -> Colour:
        """Return what a colour element means; `otherwise` where it leaves the choice to the system."""
        if element is None or elements.is_on(element, "auto"):
            return otherwise
        found = hexadecimal(elements.value(element, "rgb"))
        if theme := elements.value(element, "theme"):
            found = self.theme[number] if (number := elements.whole(theme, 99)) < len(self.theme) else otherwise
        elif indexed := elements.value(element, "indexed"):
            number = elements.whole(indexed, 99)
            known = {_SYSTEM_FOREGROUND: BLACK, _SYSTEM_BACKGROUND: WHITE}
            found = self.indexed[number] if number < len(self.indexed) else known.get(number, otherwise)
        return tinted(found or otherwise, elements.decimal(elements.value(element, "tint")))


def hidden_by(font: Element | None, fill: Element | None, code: str, palette: Palette) -> str:
    """Say why cells of a style are not seen; "" where they are. `code` is the number format."""
    if shows_nothing(code):
        return "number format ;;;"
    if _size(font) <= SMALLEST:
        return "font of a point or less"
    letters = palette.colour(elements.child(font, "color"), BLACK)
    if contrast(letters, _background(fill, palette)) < LEAST_CONTRAST:
        return "letters in the colour of their ground"
    return ""


def _size(font: Element | None) -> float:
    return elements.decimal(elements.value(elements.child(font, "sz"), "val"), USUAL)


def _shrinks(alignment: Element | None) -> bool:
    """Say whether letters are made to fit their cell; where lines are wrapped, Excel does not do so."""
    return elements.is_on(alignment, "shrinkToFit") and not elements.is_on(alignment, "wrapText")


def hides_numbers(code: str) -> bool:
    """Say whether a number format shows something else than a number, or shows it in white."""
    sections = _sections(code)
    return bool(code) and (_is_white(sections[0]) or not _shows_a_number(sections[0]))


def hides_texts(code: str) -> bool:
    """Say whether a number format shows something else than a text (its fourth section), or shows it in white."""
    sections = _sections(code)
    last = sections[-1]
    return len(sections) > _OF_TEXTS and ("@" not in _bare(last) or _is_white(last))


_OF_TEXTS = 3
FORMAT = "number format ;;;"
_WHITES = re.compile(r"\[(white|color ?2)\]", re.IGNORECASE)
_PLACES = re.compile(r"[0#?@ymdhsge]|general|standard", re.IGNORECASE)


def _sections(code: str) -> list[str]:
    """Part a number format at its semicolons, not at those within quotes."""
    return re.sub(r'"[^"]*"|\\.', lambda found: found[0].replace(";", ","), code).split(";")


def _bare(section: str) -> str:
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", section)


def _is_white(section: str) -> bool:
    return _WHITES.search(section) is not None


def _shows_a_number(section: str) -> bool:
    """Say whether digits, a date or a span of time (`[h]`) stand in a section."""
    return _PLACES.search(_bare(section)) is not None or re.search(r"\[[hms]+\]", section.lower()) is not None


def shows_nothing(code: str) -> bool:
    """Say whether a number format shows neither numbers nor texts, such as `;;;`."""
    sections = re.sub(r"\[[^\]]*\]|_.|\*.|\"\s*\"|\\ ", "", code).split(";")
    return len(sections) > 1 and not any(section.strip() for section in sections)


def _background(fill: Element | None, palette: Palette) -> Colour:
    pattern = elements.child(fill, "patternFill")
    kind = elements.value(pattern, "patternType", "none" if pattern is None else "solid")
    if kind == "none" or pattern is None:
        return WHITE if elements.child(fill, "gradientFill") is None else (128, 128, 128)
    colours = {"solid": "fgColor"}
    return palette.colour(elements.child(pattern, colours.get(kind, "bgColor")), WHITE)


def _differential(root: Element | None, palette: Palette) -> dict[int, str]:
    found = {}
    for index, dxf in enumerate(_children(root, "dxfs")):
        font, fill = elements.child(dxf, "font"), elements.child(dxf, "fill")
        code = elements.value(elements.child(dxf, "numFmt"), "formatCode")
        ground = elements.child(elements.child(fill, "patternFill"), "bgColor")
        letters = elements.child(font, "color")
        below = palette.colour(ground, WHITE)
        if shows_nothing(code):
            found[index] = "number format ;;;"
        elif letters is not None and contrast(palette.colour(letters, BLACK), below) < LEAST_CONTRAST:
            found[index] = "letters in the colour of their ground"
    return found


def _tables(root: Element | None, conditional: dict[int, str]) -> dict[str, str]:
    """Return the styles of tables that let nobody see their cells, by name."""
    return {
        elements.value(style, "name"): reason
        for style in elements.named(root, "tableStyle")
        for one in elements.named(style, "tableStyleElement")
        if (reason := conditional.get(elements.whole(elements.value(one, "dxfId"), -1)))
    }


def _theme(package: Package) -> Element | None:
    names = package.matching(r"(xl|word|ppt)/theme/theme1\.xml")
    return package.xml(names[0]) if names else None


def _theme_colour(element: Element | None, name: str) -> Colour:
    shown = elements.first(element, "srgbClr", "sysClr")
    found = hexadecimal(elements.value(shown, "lastClr") or elements.value(shown, "val"))
    return found or (WHITE if name.startswith("lt") else BLACK)


def _children(root: Element | None, name: str) -> list[Element]:
    parent = elements.child(root, name)
    return [] if parent is None else [one for one in parent if elements.local(one)]


def _at(found: list[Element], index: str) -> Element | None:
    number = elements.whole(index)
    return found[number] if 0 <= number < len(found) else None


def _is_date(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code).lower()
    return "y" in plain or ("d" in plain and "m" in plain)


def tinted(colour: Colour, tint: float) -> Colour:
    """Make a colour lighter (tint above 0) or darker, as ECMA-376 part 1, 18.8.19 says."""
    if not tint:
        return colour
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), full)
    return round(red * 255), round(green * 255), round(blue * 255)
