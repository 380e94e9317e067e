"""What is seen of a binary Word document, as plain blocks: no change, comment, field's code or hidden word."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from candour.documents.plain_document import PAGE, PAGES, Around, Block, Paragraph, Picture, Piece, Section, Table
from candour.screening.cleaning import pictures
from candour.screening.cleaning.made import counted
from candour.screening.cleaning.numbering import BULLET, Counts, Level
from candour.screening.findings import Unreadable
from candour.screening.office.binary import drawn, field_data, headers, inline_pictures, letter_looks, numbered_lists
from candour.screening.office.binary import words as old_words
from candour.screening.office.binary.fields import Fields
from candour.screening.office.binary.letter_looks import CHANGED, DELETED, INSERTED, Look
from candour.screening.office.binary.paragraphs import Paragraph as OldParagraph
from candour.screening.office.binary.words import Words

_COMMENT, _DRAWN = "\x05", "\x08"
_SIGNS = str.maketrans({"\x0b": "\n", "\x1e": "-", **{chr(sign): "" for sign in (*range(9), *range(12, 30), 31)}})
_NUMBERS = {"PAGE": PAGE, "NUMPAGES": PAGES, "SECTIONPAGES": PAGES}
_FORMS = {0: "1", 1: "I", 2: "i", 3: "A", 4: "a", 5: "1", 22: "1"}
"""How a level of a list is numbered (MS-OSHARED 2.2.1.3)."""
_NO_LIST = 2_047
_TWENTIETHS = 20 * 72 / 25.4
"""Twentieths of a point in a millimetre."""


class OldWord:
    """A document of Word 97 to 2003 as it is read; `gone` counts what is left out, once its blocks are made."""

    def __init__(self, said: Words) -> None:
        self.said = said
        self.gone: Counter[str] = Counter()
        self._fields = Fields(tuple(_NUMBERS))
        self._counts = Counts()
        self._levels = {name: dict(enumerate(map(_level, levels))) for name, levels in said.lists.levels.items()}

    def sections(self) -> list[Section]:
        """Return the sections, each with what stands around its text; the notes stand in the last."""
        stories = old_words.by_story(self.said.paragraphs)
        found = headers.sections(self.said.streams, stories["document"], stories["headers and footers"])
        made = [Section(tuple(self._blocks(one.paragraphs)), self._around(one)) for one in found]
        notes = [block for name in ("footnotes", "endnotes") for block in self._blocks(stories[name])]
        last = made.pop()
        signs = "".join(one.text for one in stories["document"])
        self.gone["comments"] = signs.count(_COMMENT)
        self.gone["drawings, and texts in their boxes"] = signs.count(_DRAWN)
        return [*made, Section((*last.blocks, *notes), last.around)]

    def left_out(self) -> tuple[str, ...]:
        """Return what is left out, with its number."""
        return counted(self.gone)

    def _around(self, section: headers.Section) -> Around:
        """Return what stands around the text of a section, on first and even pages too where they have their own."""
        around = {name: tuple(self._blocks(found)) for name, found in section.around.items()}
        first, even = section.own_first, section.own_even
        return Around(
            around["header"],
            around["footer"],
            around["first header"] if first else None,
            around["first footer"] if first else None,
            around["even header"] if even else None,
            around["even footer"] if even else None,
        )

    def _blocks(self, found: Iterable[OldParagraph]) -> Iterator[Block]:
        """Yield the blocks of some paragraphs; those in a table make its rows and cells."""
        rows: list[tuple[str, ...]] = []
        cells: list[list[str]] = [[]]
        for one in found:
            if not one.in_table:
                yield from _table(rows)
                rows, cells = [], [[]]
                yield from self._paragraph(one)
            elif one.ends_row and one.depth == 1:
                rows.append(tuple("\n".join(cell) for cell in cells[:-1]) or ("",))
                cells = [[]]
            else:
                cells[-1].append("".join(piece.text for piece in self._pieces(one)))
                cells += [[]] if one.mark == "\x07" else []
        yield from _table(rows)

    def _paragraph(self, one: OldParagraph) -> Iterator[Block]:
        pieces = tuple(self._pieces(one))
        if any(piece.text.strip() or piece.stands_for for piece in pieces):
            level = min(one.outline or self.said.styles.level(one.style), 6)
            listed, label = self._label(one)
            yield Paragraph(pieces, level, bullet=listed and not label and not level, label=label)
        for kept in field_data.kept(self.said.streams, [one]):
            if kept.what == field_data.PICTURE:
                yield from self._picture(kept.content)

    def _label(self, one: OldParagraph) -> tuple[bool, str]:
        """Say whether a paragraph stands in a list, and what number stands before it."""
        number, depth = one.listed
        name = self.said.lists.uses.get(number, 0)
        if number in (0, _NO_LIST) or name not in self._levels:
            return False, ""
        return True, self._counts.label(str(name), self._levels[name], depth)

    def _pieces(self, one: OldParagraph) -> Iterator[Piece]:
        """Yield the letters that are seen: of a field its result, and for a page's number what it stands for."""
        for words in one.words:
            unseen = {*letter_looks.why_unseen(words.look, one.ground)} - {INSERTED, CHANGED}
            bold, italic = letter_looks.is_bold(words.look), letter_looks.is_italic(words.look)
            for text, number in self._fields.shown(words.text):
                seen = _said(text, words.look)
                if unseen and seen.strip():
                    self.gone["tracked deletions" if DELETED in unseen else "pieces of hidden, faint or tiny text"] += 1
                elif seen and not unseen:
                    yield Piece(seen, bold, italic)
                if number:
                    yield Piece("", bold, italic, _NUMBERS[number])

    def _picture(self, picture: bytes) -> Iterator[Picture]:
        """Yield a picture among the letters, drawn anew; one that is cropped or hidden is left out."""
        files = [content for ending, content in drawn.pictures(picture, inline_pictures.HEAD) if ending]
        with suppress(Unreadable):
            if files and not list(inline_pictures.unusual(picture)):
                yield Picture(pictures.redrawn(files[0])[1], inline_pictures.width(picture) / _TWENTIETHS)
                return
        self.gone["pictures that cannot be drawn"] += 1


def _said(text: str, look: Look) -> str:
    """Return letters as they are read; a sign of a typeface of signs stands as a dot."""
    return "•" * len(text) if letter_looks.is_sign(look) else text.translate(_SIGNS)


def _table(rows: list[tuple[str, ...]]) -> Iterator[Table]:
    if rows:
        yield Table(tuple(rows))


def _level(level: numbered_lists.Level) -> Level:
    form = _FORMS.get(level.form, "")
    return Level(form, level.start, level.pattern) if form and "%" in level.pattern else BULLET
