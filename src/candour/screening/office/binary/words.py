"""A binary Word document (MS-DOC), read: its stories, what of them is not seen, and who had a hand in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from candour.screening.office.binary import (
    document_accounts,
    field_data,
    fields,
    headers,
    information,
    letter_looks,
    numbered_lists,
    paragraphs,
    stylesheet,
    tables,
)
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.information import Streams
from candour.screening.office.binary.numbered_lists import Lists
from candour.screening.office.binary.paragraphs import Paragraph
from candour.screening.office.binary.stylesheet import Styles

_TEMPLATE, _MERGED_FROM, _MERGED_WITH = 1, 8, 9
_NAMING = range(2, 8)
"""Places among the texts that go with a document (SttbfAssoc, MS-DOC 2.2.4); those named: title, subject … persons."""
_SHOWN = re.compile("[\x00-\x08\x0e-\x1f]")
_LETTERS = re.compile(rb"(?:[\x20-\x7e]\x00){4,}|[\x20-\x7e]{6,}")


@dataclass(frozen=True)
class Words:
    """What a document says: its stories by name, what of them is not seen and how, and what stands beside them."""

    paragraphs: Sequence[Paragraph]
    styles: Styles
    lists: Lists
    stories: Mapping[str, str]
    unseen: Mapping[str, str]
    left_over: Sequence[str]
    fields: tuple[str, ...]
    unaccounted: tuple[str, ...]
    streams: Streams
    reviewers: tuple[str, ...] = ()
    saved_by: tuple[str, ...] = ()
    commenters: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    template: str = ""
    named: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()
    route: str = ""
    printer: str = ""
    headers_not_shown: Sequence[str] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = ()
    """The pictures among its letters, as they lie in the stream of data."""
    others: tuple[str, ...] = ()
    """Names of styles and lists, and the signs of lists."""


def read(file: Compound) -> Words:
    """Read a document. Raises Unreadable where it is locked or too old; struct.error where it is damaged."""
    streams = information.opened(file)
    styles = stylesheet.read(streams.part(information.STYLES))
    lists = numbered_lists.read(streams)
    found = paragraphs.read(streams, styles)
    texts = ("\r".join(one.text for one in story) for story in by_story(found).values())
    codes = [code for text in texts for code in fields.codes(text)]
    unaccounted = [*document_accounts.unaccounted(file, streams, styles, lists, found)]
    unaccounted += [*sorted({*document_accounts.of_fields(codes)}), *document_accounts.of_notes(found)]
    kept = list(field_data.kept(streams, found))
    return Words(
        found,
        styles,
        lists,
        _stories(found),
        _unseen(found),
        list(document_accounts.left_over(streams, lists)),
        tuple(codes),
        tuple(unaccounted),
        streams,
        **_beside(streams),
        headers_not_shown=_not_shown(streams, found),
        links=tuple(text for one in kept if one.what == field_data.LINK for text in field_data.texts(one.content)),
        pictures=tuple(one.content for one in kept if one.what == field_data.PICTURE),
        others=_others(streams, styles, lists),
    )


def by_story(found: Iterable[Paragraph]) -> dict[str, list[Paragraph]]:
    """Return the paragraphs of each story."""
    stories: dict[str, list[Paragraph]] = {name: [] for name in (*information.STORIES, paragraphs.AFTER)}
    for one in found:
        stories[one.story].append(one)
    return stories


def _stories(found: Iterable[Paragraph]) -> dict[str, str]:
    return {name: _plain("".join(one.text + one.mark for one in story)) for name, story in by_story(found).items()}


def _plain(text: str) -> str:
    return _SHOWN.sub("", text.replace("\r", "\n").replace("\x07", "\t")).strip("\n\t\x0c ")


def _not_shown(streams: Streams, found: Iterable[Paragraph]) -> list[str]:
    """Return the headers and footers of first and even pages that no page shows."""
    stories, hidden = by_story(found), list[str]()
    for section in headers.sections(streams, stories["document"], stories["headers and footers"]):
        for name, story in section.around.items():
            shown = section.own_first if name.startswith("first") else section.own_even or not name.startswith("even")
            hidden += [] if shown else [_plain("".join(one.text for one in story))]
    return [text for text in dict.fromkeys(hidden) if text.strip()]


def _unseen(found: Iterable[Paragraph]) -> dict[str, str]:
    """Return the letters that are not seen or are tracked, by what is done to them."""
    texts: dict[str, str] = defaultdict(str)
    of_fields = fields.Fields()
    for paragraph in found:
        for words in paragraph.words:
            shown = "".join(text for text, _ in of_fields.shown(words.text))
            for what in letter_looks.why_unseen(words.look, paragraph.ground):
                texts[what] += words.text
            texts[letter_looks.HIDDEN] += shown if letter_looks.is_of_a_field(words.look) else ""
    return {what: _plain(text) for what, text in texts.items()}


def _beside(streams: Streams) -> dict[str, Any]:
    part = streams.part
    about = [*tables.texts(part(information.ASSOCIATED)), *[""] * (_MERGED_WITH + 1)]
    merge = [text for text in (about[_MERGED_FROM], about[_MERGED_WITH]) if text]
    return {
        "reviewers": tuple(tables.texts(part(information.REVIEWERS))[1:]),  # the first is "unknown" in each of them
        "saved_by": tuple(tables.texts(part(information.SAVED_BY))),
        "commenters": tuple(tables.counted(part(information.COMMENTERS))),
        "bookmarks": tuple(tables.texts(part(information.BOOKMARKS))),
        "variables": tuple(tables.variables(part(information.VARIABLES))),
        "template": about[_TEMPLATE],
        "named": tuple(about[number] for number in _NAMING),
        "merge": tuple(merge or (["the state of a merge"] if part(information.MERGE) else [])),
        "route": "".join(chr(one) for one in part(information.ROUTE) if one >= ord(" ")),
        "printer": " ".join(_lettered(b"".join(map(part, information.PRINTER)))),
    }


def _others(streams: Streams, styles: Styles, lists: Lists) -> tuple[str, ...]:
    names = [style.name for style in styles.found.values()]
    signs = [level.pattern for levels in lists.levels.values() for level in levels]
    threads = _lettered(streams.part(information.THREADS))
    return (*names, *signs, *threads, *(name for part in _NAMED for name in tables.texts(streams.part(part))))


_NAMED = (information.LIST_NAMES, information.LIST_CODES)


def _lettered(data: bytes) -> list[str]:
    found = _LETTERS.findall(data)
    return [one.decode("utf-16-le" if one[1:2] == b"\0" else "cp1252", "replace") for one in found]
