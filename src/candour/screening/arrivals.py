"""May this file be kept: size, kind by content, macros, and what an archive would unpack to, before it is stored."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from candour.rules.refusals import WrongInput
from candour.screening import kinds

LARGEST = 25 * 1024 * 1024
"""Bytes of one file."""

ENTRIES, RATIO, TOTAL, DEPTH = 2_000, 200, 250 * 1024 * 1024, 2
"""What an archive may hold: entries, how tightly packed each, bytes in all once unpacked, archives within archives."""

_MACROS = ("vbaproject.bin", "/activex/", "basic/script-lc.xml", "basic/")


@dataclass(frozen=True)
class Arrival:
    """A file that may be kept: what kind it is, and the name it is shown and given back by."""

    kind: kinds.Kind
    name: str


def admit(content: bytes, name: str) -> Arrival:
    """Say that a file may be kept, or raise WrongInput with what is wrong and what to do instead.

    Nothing of the file is run or shown; archives are measured without unpacking them.
    """
    shown = clean_name(name)
    if not content:
        raise WrongInput(f"{shown} is empty; choose the file again")
    if len(content) > LARGEST:
        raise WrongInput(f"{shown} is larger than {LARGEST >> 20} MB; send the part that is needed")
    kind = kinds.told(content, shown)
    if kind is None:
        raise WrongInput(f"{shown} is of no kind that is kept here; save it as one of {', '.join(kinds.ENDINGS)}")
    if kinds.ending(shown) not in kind.endings:
        raise WrongInput(f"{shown} is a {kind.slug} file by its content; give its name the ending .{kind.endings[0]}")
    if content.startswith(b"PK"):
        _measure(content, shown, depth=1)
    return Arrival(kind, shown)


def clean_name(name: str) -> str:
    """Return a file's name without folders, control characters or a leading dot, 120 characters at most."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    stem, dot, end = plain.rpartition(".")
    return f"{stem[:100]}{dot}{end[:19]}" if stem else plain[:120] or "file"


def _measure(content: bytes, name: str, depth: int) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        _check_sizes(entries, name)
        for entry in entries:
            _check_entry(archive, entry, name, depth)


def _check_sizes(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > ENTRIES:
        raise WrongInput(f"{name} holds more than {ENTRIES:,} files; send those that are needed")
    tight = any(entry.file_size > RATIO * max(entry.compress_size, 1) + 65_536 for entry in entries)
    if tight or sum(entry.file_size for entry in entries) > TOTAL:
        raise WrongInput(f"{name} would unpack to far more than its size; it was not opened")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, depth: int) -> None:
    path = entry.filename.lower()
    if any(mark in path for mark in _MACROS):
        raise WrongInput(f"{name} holds a program (a macro); save it without macros")
    if entry.flag_bits & 1:
        raise WrongInput(f"{name} is locked with a password; take the password off")
    if path.endswith(".zip"):
        if depth >= DEPTH:
            raise WrongInput(f"{name} holds archives within archives; send the files themselves")
        inner = archive.read(entry)
        if inner.startswith(b"PK\x03\x04"):
            _measure(inner, name, depth + 1)
