"""Checks of what lies in the streams beside a binary document or presentation: programs, files, properties."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, masked
from candour.screening.office.binary import compound, old_documents, old_presentations
from candour.screening.office.binary.compound import Compound


class OfStreams(Protocol):
    """A document or a presentation: what it is as a compound file."""

    @property
    def file(self) -> Compound: ...


_Look = Callable[[OfStreams], Iterable[Seen]]
_FAMILIES: tuple[tuple[Family[Any], str], ...] = (
    (old_documents.DOC, old_documents.SAVE),
    (old_presentations.PPT, old_presentations.SAVE),
)


def _check(code: str, severity: Severity, says: str) -> Callable[[_Look], _Look]:
    def registered(look: _Look) -> _Look:
        for family, save in _FAMILIES:
            family.check(code, severity, says=says, do=save)(look)
        return look

    return registered


@_check("macro", Severity.BLOCK, "The file carries a program (macros)")
def macros(opened: OfStreams) -> Iterator[Seen]:
    yield from compound.programs(opened.file)


@_check("embedded-file", Severity.BLOCK, "Another file lies inside this one")
def embedded_files(opened: OfStreams) -> Iterator[Seen]:
    yield from compound.embedded(opened.file)


@_check("author", Severity.WARN, "The properties name a person, an organisation or a template")
def authors(opened: OfStreams) -> Iterator[Seen]:
    yield from compound.persons(opened.file)


@_check("described", Severity.WARN, "The properties carry a title, a subject, keywords or a remark")
def described(opened: OfStreams) -> Iterator[Seen]:
    yield from compound.described(opened.file)


@_check("custom-property", Severity.WARN, "The file carries properties of its own")
def custom_properties(opened: OfStreams) -> Iterator[Seen]:
    yield from (Seen(masked(name), masked(text)) for name, text in opened.file.own_properties())


@_check("thumbnail", Severity.WARN, "A small picture of the first page is in the file, perhaps an older one")
def thumbnails(opened: OfStreams) -> Iterator[Seen]:
    yield from (Seen("its properties") for _ in opened.file.properties("thumbnail"))
