"""How the letters of a Word document look: what styles and runs say of colour, size, ground and of being hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from candour.screening.office import elements
from candour.screening.office.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, contrast, hexadecimal
from candour.screening.office.elements import Element

SMALLEST = 2
"""Half-points: letters of this size or smaller are not read by a person."""
_NARROWEST = 5
"""Per cent of a letter's width."""
_HIGHLIGHTS = {"black": BLACK, "white": WHITE, "yellow": (255, 255, 0), "green": (0, 255, 0), "cyan": (0, 255, 255)}
_SHADES = {"darkBlue": (0, 0, 128), "darkRed": (128, 0, 0), "darkGray": (128, 128, 128), "lightGray": (192, 192, 192)}
_DARK = 0.05


@dataclass(frozen=True)
class Look:
    """What is said of some letters; None where nothing is said."""

    hidden: bool | None = None
    colour: Colour | None = None
    size: int | None = None
    ground: Colour | None = None
    bar: bool = False
    """Black ground of the letters themselves, as a highlighter gives it."""
    clear: bool | None = None
    """Filled with nothing, or with a colour that all shines through."""

    def over(self, below: "Look") -> "Look":
        """Lay this over what a style says."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(below, **{**said, "bar": self.bar or below.bar})

    @property
    def why_unseen(self) -> str:
        """Say why such letters are not seen; "" where they are."""
        if self.hidden:
            return HIDDEN
        if self.size is not None and self.size <= SMALLEST:
            return TINY
        if self.bar and (self.colour is None or contrast(self.colour, BLACK) < LEAST_CONTRAST):
            return BARRED
        if self.clear:
            return FAINT
        if self.colour is not None and contrast(self.colour, self.ground or WHITE) < LEAST_CONTRAST:
            return FAINT
        return ""


HIDDEN, TINY, BARRED, FAINT = "hidden", "a point or less", "under black", "in the colour of their ground"


class Run(NamedTuple):
    """Some letters of a document that look alike."""

    text: str
    look: Look


class Styles:
    """The styles of a document, each with what it takes from the one it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {elements.value(one, "styleId"): one for one in elements.named(root, "style")}
        self._known: dict[str, Look] = {}
        self._root = root
        self.page: Colour | None = None
        """The colour of the pages, where they are shown in one."""

    @cached_property
    def default(self) -> Look:
        return look_of(elements.child(elements.first(self._root, "rPrDefault"), "rPr"))

    def look(self, style: str) -> Look:
        """Return what a style says of its letters; a style may not be based on itself."""
        if style not in self._known:
            self._known[style] = Look()
            element = self._elements.get(style)
            own = look_of(elements.child(element, "rPr"))
            based = elements.value(elements.child(element, "basedOn"), "val")
            self._known[style] = own.over(self.look(based) if based else Look())
        return self._known[style]

    def shades(self, style: str) -> bool:
        """Say whether a table's style gives cells a ground of its own."""
        return elements.first(self._elements.get(style), "shd") is not None


def runs(story: Element, styles: Styles) -> Iterator[Run]:
    """Yield the letters of a story in order, with how they look."""
    for paragraph in elements.named(story, "p"):
        base = _base(paragraph, styles)
        flat = _is_flat(elements.child(paragraph, "pPr"))
        for run in elements.named(paragraph, "r"):
            if text := elements.text_of(run, "t", "delText", "sym"):
                yield Run(text, _look(run, base, styles, flat=flat))


def of_run(run: Element, paragraph: Element, styles: Styles) -> Look:
    """Return how the letters of one run of a paragraph look."""
    return _look(run, _base(paragraph, styles), styles, flat=_is_flat(elements.child(paragraph, "pPr")))


def _base(paragraph: Element, styles: Styles) -> Look:
    """Return how the letters of a paragraph look where a run says nothing else."""
    style = styles.look(elements.value(elements.child(elements.child(paragraph, "pPr"), "pStyle"), "val"))
    ground = _ground(paragraph, styles)
    base = style.over(styles.default)
    ground = ground or styles.page
    return base if ground is None else replace(base, ground=ground)


def _look(run: Element, base: Look, styles: Styles, *, flat: bool) -> Look:
    own = elements.child(run, "rPr")
    of_style = styles.look(elements.value(elements.child(own, "rStyle"), "val"))
    found = look_of(own).over(of_style).over(base)
    return replace(found, size=0) if flat else found


def look_of(settings: Element | None) -> Look:
    """Return what `w:rPr` says."""
    if settings is None:
        return Look()
    hidden = [
        elements.is_set(one) for name in ("vanish", "specVanish") if (one := elements.child(settings, name)) is not None
    ]
    size = elements.value(elements.child(settings, "sz"), "val")
    ground = _own_ground(settings)
    return Look(
        any(hidden) if hidden else None,
        _colour(elements.child(settings, "color")),
        0 if _is_crushed(settings) else elements.whole(size) if size else None,
        ground,
        bar=ground == BLACK,
        clear=_is_clear(elements.child(settings, "textFill")),
    )


def _colour(element: Element | None) -> Colour | None:
    """Return a colour: that of the theme's paper and ink, made darker as it says, else the one written out."""
    theme = _THEME.get(elements.value(element, "themeColor"))
    if theme is None:
        return hexadecimal(elements.value(element, "val"))
    shade = _byte(elements.value(element, "themeShade", "FF")) / 255
    red, green, blue = (round(part * shade) for part in theme)
    return red, green, blue


def _byte(text: str) -> int:
    found = hexadecimal(text * 3)
    return found[0] if found else 255


_THEME = {"background1": WHITE, "light1": WHITE, "text1": BLACK, "dark1": BLACK}


def _is_crushed(settings: Element) -> bool:
    """Say whether letters are pressed together: to a sliver of their width, or one upon the other."""
    width = elements.value(elements.child(settings, "w"), "val").rstrip("%")
    apart = elements.whole(elements.value(elements.child(settings, "spacing"), "val"))
    return (bool(width) and elements.whole(width, 100) <= _NARROWEST) or apart <= _CLOSEST


_CLOSEST = -80
"""Twentieths of a point that each letter is moved towards the one before it."""


def _is_clear(fill: Element | None) -> bool | None:
    if fill is None:
        return None
    through = elements.whole(elements.value(elements.first(fill, "alpha"), "val"))
    return elements.child(fill, "noFill") is not None or through >= _THROUGH


_THROUGH = 95_000
"""Thousandths of a per cent that shine through."""


def _own_ground(settings: Element) -> Colour | None:
    mark = elements.value(elements.child(settings, "highlight"), "val")
    if mark and mark != "none":
        return {**_HIGHLIGHTS, **_SHADES}.get(mark, (128, 0, 128))
    return shade(settings)


def shade(settings: Element | None) -> Colour | None:
    """Return the ground that the settings of letters, a paragraph or a cell give."""
    found = elements.child(settings, "shd")
    if found is None:
        return None
    if elements.value(found, "val") == "solid":
        return hexadecimal(elements.value(found, "color")) or BLACK
    return hexadecimal(elements.value(found, "fill")) or (_UNKNOWN if elements.value(found, "themeFill") else None)


_UNKNOWN = (128, 128, 128)
"""The ground of a shape or a table style: neither white nor black letters are lost on it."""


def _ground(paragraph: Element, styles: Styles) -> Colour | None:
    """Return the ground a paragraph stands on: its own, its cell's, its table's, its shape's."""
    own = shade(elements.child(paragraph, "pPr"))
    if own is not None:
        return own
    for above in paragraph.iterancestors():
        name = elements.local(above)
        if name == "tc" and (found := shade(elements.child(above, "tcPr"))) is not None:
            return found
        if name == "tbl" and styles.shades(_table_style(above)):
            return _UNKNOWN
        if name in ("wsp", "shape", "rect") and _is_filled(above):
            return _UNKNOWN
    return None


def _table_style(table: Element) -> str:
    return elements.value(elements.child(elements.child(table, "tblPr"), "tblStyle"), "val")


def _is_filled(shape: Element) -> bool:
    fills = ("solidFill", "gradFill", "pattFill", "blipFill")
    styled = elements.child(shape, "style") is not None
    own = any(elements.child(elements.child(shape, "spPr"), fill) is not None for fill in fills)
    return own or styled or shape.get("fillcolor") is not None


def _is_flat(settings: Element | None) -> bool:
    """Say whether the lines of a paragraph have an exact height of a point or less."""
    spacing = elements.child(settings, "spacing")
    exact = elements.value(spacing, "lineRule") == "exact"
    return exact and elements.whole(elements.value(spacing, "line"), 240) <= 20  # noqa: PLR2004 - twentieths of a point
