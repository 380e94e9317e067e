"""The lists of a Word document: what number or letter stands before each paragraph of one."""

from functools import cached_property

from candour.screening.cleaning.numbering import BULLET, Counts, Level
from candour.screening.office import elements
from candour.screening.office.docx.documents import Document
from candour.screening.office.elements import Element

_FORMS = {
    "decimal": "1", "decimalZero": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
}  # fmt: skip


class Lists:
    """The lists of a document, counted paragraph by paragraph as they are asked for."""

    def __init__(self, document: Document) -> None:
        self._package, self._part = document.package, document.part
        self._counts = Counts()

    def label(self, settings: Element | None) -> tuple[bool, str]:
        """Say of the next paragraph, by its settings, whether it stands in a list, and what number stands before it."""
        numbered = elements.child(settings, "numPr")
        if numbered is None:
            numbered = self._numbered_styles.get(elements.value(elements.child(settings, "pStyle"), "val"))
        name = elements.value(elements.child(numbered, "numId"), "val")
        if numbered is None or name in ("", "0"):
            return False, ""
        depth = elements.whole(elements.value(elements.child(numbered, "ilvl"), "val"))
        abstract = self._kinds.get(name, "")
        if name in self._restarting:
            self._restarting.remove(name)
            self._counts.restart(abstract or name)
        return True, self._counts.label(abstract or name, self._levels.get(abstract, {}), depth)

    @cached_property
    def _numbering(self) -> Element | None:
        return self._package.xml("word/numbering.xml")

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """By the number of a list, the kind of list that it is one of."""
        return {
            elements.value(one, "numId"): elements.value(elements.child(one, "abstractNumId"), "val")
            for one in elements.named(self._numbering, "num")
        }

    @cached_property
    def _restarting(self) -> set[str]:
        """The lists that begin to count anew, and have not begun yet."""
        lists = elements.named(self._numbering, "num")
        return {elements.value(one, "numId") for one in lists if elements.first(one, "startOverride") is not None}

    @cached_property
    def _levels(self) -> dict[str, dict[int, Level]]:
        return {
            elements.value(kind, "abstractNumId"): {
                elements.whole(elements.value(one, "ilvl")): _level(one) for one in kind.iterchildren("{*}lvl")
            }
            for kind in elements.named(self._numbering, "abstractNum")
        }

    @cached_property
    def _numbered_styles(self) -> dict[str, Element]:
        """By its id, how a style of paragraphs is numbered; those that are not are not in it."""
        styles = next(iter(self._package.related(self._part, "styles")), "word/styles.xml")
        found = {
            elements.value(one, "styleId"): elements.child(elements.child(one, "pPr"), "numPr")
            for one in elements.named(self._package.xml(styles), "style")
        }
        return {name: numbered for name, numbered in found.items() if numbered is not None}


def _level(level: Element) -> Level:
    form = elements.value(elements.child(level, "numFmt"), "val", "decimal")
    start = elements.whole(elements.value(elements.child(level, "start"), "val"), 1)
    pattern = elements.value(elements.child(level, "lvlText"), "val")
    return Level(_FORMS[form], start, pattern) if form in _FORMS and "%" in pattern else BULLET
