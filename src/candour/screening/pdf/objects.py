"""Walks through everything a PDF refers to, once, and keeps what may hold more than its pages show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Name
from pikepdf.exceptions import PikepdfError

from candour.screening.pdf import values

_ACTIVE = frozenset(
    ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound")
)
_CONTAINERS = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)
_ONLY_FRAME = frozenset(("/ObjStm", "/XRef"))
_MOST = 2_000_000


@dataclass
class Holdings:
    """What a file holds beside what its pages draw."""

    actions: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    replacements: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, pikepdf.Stream] = field(default_factory=dict)
    properties: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """What stands in any other string: names of places, titles, prefixes of page numbers, marks."""
    fonts: list[Any] = field(default_factory=list)
    layer_sets: list[Any] = field(default_factory=list)
    private: int = 0
    left_over: int = 0


def holdings(pdf: pikepdf.Pdf) -> Holdings:
    """Walk from the trailer on; what is never reached is left over from an earlier version."""
    kept = Holdings()
    reached: set[tuple[int, int]] = set()
    for one in _reached(pdf, reached):
        _keep(one, kept)
    kept.left_over = sum(1 for one in pdf.objects if _is_left_over(one, reached))
    return kept


def _reached(pdf: pikepdf.Pdf, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield each dictionary and stream that is reached, each once."""
    waiting: list[Any] = [pdf.trailer]
    for _ in range(_MOST):
        if not waiting:
            return
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if isinstance(one, pikepdf.Array):
            waiting.extend(value for value in one if isinstance(value, _CONTAINERS))
        else:
            yield one
            waiting.extend(value for value in dict(one.items()).values() if isinstance(value, _CONTAINERS))


def _keep(one: Any, kept: Holdings) -> None:
    kind = values.text(one, "/S")
    if kind in _ACTIVE or "/JS" in one:
        kept.actions.append(kind.removeprefix("/") or "JavaScript")
    for key, into in (("/URI", kept.addresses), ("/Alt", kept.descriptions), ("/ActualText", kept.replacements)):
        if said := values.text(one, key):
            into.append(said)
    if "/S" in one and "/P" in one:  # an element of the structure: its title, and what a short form stands for
        keys = ("/T", "/E") if kind in _DESCRIBED else ("/T", "/E", "/Alt")
        kept.replacements += [said for key in keys if (said := values.text(one, key))]
    kept.words += _strings(one)
    if one.get("/Type") == Name.Font:
        kept.fonts.append(one)
    if one.get("/Type") == Name.OCMD:
        kept.layer_sets.append(one)
    if "/PieceInfo" in one:
        kept.private += 1
    if "/EF" in one:
        _keep_file(one, kept)
    if isinstance(one, pikepdf.Stream):
        _keep_stream(one, kept)


_DESCRIBED = frozenset(("/Figure", "/Formula", "/Form", "/Link", "/Annot", "/Table"))
"""Elements that rightly have a description: for all others it is read aloud instead of their text."""
_ORDINARY = frozenset(("/URI", "/Alt", "/ActualText", "/V", "/Contents", "/Author", "/ID", "/CharSet", "/D", "/M"))
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def _strings(one: Any) -> list[str]:
    """Return the strings of a dictionary and of its arrays that say something, without those that are read by name."""
    held = [value for key, value in values.entries(one) if key not in _ORDINARY]
    held += [value for array in held if isinstance(array, pikepdf.Array) for value in list(array)[:_MOST_STRINGS]]
    said = (values.said(value) for value in held if isinstance(value, pikepdf.String))
    return [text for text in said if _LETTERS.search(text)]


_MOST_STRINGS = 10_000


def _keep_file(one: Any, kept: Holdings) -> None:
    """Keep an attached file; two may carry one name, and one may be there under two keys."""
    name = values.text(one, "/UF") or values.text(one, "/F") or f"attachment {len(kept.files) + 1}"
    for _key, stream in values.entries(values.inside(one, "/EF")):
        if isinstance(stream, pikepdf.Stream):
            content = _unpacked(stream)
            if content not in kept.files.values():
                kept.files[name if name not in kept.files else f"{len(kept.files) + 1} {name}"] = content


def _keep_stream(one: pikepdf.Stream, kept: Holdings) -> None:
    if one.get("/Subtype") == Name.Image:
        kept.pictures[f"picture {one.objgen[0]}"] = one
    if one.get("/Type") == Name.Metadata and one.get("/Subtype") == Name.XML:
        kept.properties.append(values.said(one))


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """Return a stream's bytes, one of no kind where they cannot be unpacked, so that it is found unknown."""
    try:
        return stream.read_bytes()
    except PikepdfError:
        return b"\0"


def _is_left_over(one: Any, reached: set[tuple[int, int]]) -> bool:
    """Say whether an object is a page, a stream or a dictionary with text that nothing refers to."""
    if not isinstance(one, (pikepdf.Stream, pikepdf.Dictionary)) or one.objgen in reached:
        return False
    kind = values.text(one, "/Type")
    if isinstance(one, pikepdf.Stream):
        hint = isinstance(one.get("/S"), int)  # for the web: a stream with a number there
        return kind not in _ONLY_FRAME and not hint and not _unpacked(one).startswith(_TABLE)
    return kind in {"/Page", "/Annot"}


_TABLE = b"%!PS-Adobe-3.0 Resource-CMap"
"""How a table of letters for copying begins; TeX leaves some that no font of the file refers to."""
_TAG = re.compile(r"<[^>]*>")
_CREATOR = re.compile(r"<(dc:creator|pdf:Author|xmpRights:Owner|photoshop:AuthorsPosition)\b.*?</\1>", re.DOTALL)
_HISTORY = re.compile(r"<(?:xmpMM:(?:History|DerivedFrom|Ingredients|Versions)|photoshop:DocumentAncestors)\b")


def says_who(properties: str) -> str:
    """Return the author that XMP properties name, or nothing."""
    found = _CREATOR.search(properties)
    return " ".join(_TAG.sub(" ", found[0]).split()) if found else ""


def has_history(properties: str) -> bool:
    return _HISTORY.search(properties) is not None


def plain(properties: str) -> str:
    """Return the text of XMP properties without their author."""
    return "\n".join(line.strip() for line in _TAG.sub("\n", _CREATOR.sub("", properties)).splitlines() if line.strip())
