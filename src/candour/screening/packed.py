"""ZIP archives: what lies beside, before and between the files they list, names that lead elsewhere, odds and ends."""

import re
import stat
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator

from candour.screening import archives, kinds
from candour.screening.archives import Archive
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, masked

_CLUTTER = re.compile(
    r"(?:^|[/\\])(?:__MACOSX(?:[/\\]|$)|\.DS_Store$|\._|Thumbs\.db$|ehthumbs\.db$|desktop\.ini$|~\$|\.git/|\.svn/)",
    re.IGNORECASE,
)
_LEADS_AWAY = re.compile(r"^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)")
_LOCAL = b"PK\x03\x04"
_END, _END_HEADER = b"PK\x05\x06", struct.Struct("<4s4H2IH")
_ANNEX = "Pack the files anew, only those that are to be sent"


def texts(archive: Archive) -> Iterator[Text]:
    yield Text("its comment", archive.comment.decode("utf-8", "replace"), hidden=True)
    yield Text("the names of its files", "\n".join(re.sub(r"[_.-]+", " ", name) for name in archive.names))


def members(archive: Archive) -> Iterator[zipfile.ZipInfo]:
    """Yield the entries that are files which somebody packed: no links, no odds and ends."""
    for entry in archive.entries:
        if not _CLUTTER.search(entry.filename) and not _is_link(entry):
            yield entry


def parts(archive: Archive) -> Iterator[tuple[str, bytes]]:
    for entry in members(archive):
        yield entry.filename, archive.read_entry(entry)


ZIP = Family("zip", (kinds.ZIP,), opens=Archive, texts=texts, parts=parts)


@ZIP.check("comment", Severity.WARN, says="The archive or a file in it carries a comment", do=_ANNEX)
def comments(archive: Archive) -> Iterator[Seen]:
    if archive.comment.strip():
        yield Seen("", masked(archive.comment.decode("utf-8", "replace")))
    for entry in archive.entries:
        if entry.comment.strip():
            yield Seen(masked(entry.filename, 8), masked(entry.comment.decode("utf-8", "replace")))


@ZIP.check("path", Severity.BLOCK, says="A file would be unpacked to another place than its folder", do=_ANNEX)
def paths(archive: Archive) -> Iterator[Seen]:
    for name in archive.names:
        if _LEADS_AWAY.search(name):
            yield Seen("", masked(name, 8))


@ZIP.check("link", Severity.BLOCK, says="An entry is a link to another place on the disk", do=_ANNEX)
def links(archive: Archive) -> Iterator[Seen]:
    for entry in archive.entries:
        if _is_link(entry):
            yield Seen("", masked(entry.filename, 8))


@ZIP.check(
    "odds-and-ends",
    Severity.BLOCK,
    says="The archive holds what a program put there unasked, with names or small pictures of other files",
    do=_ANNEX,
)
def odds_and_ends(archive: Archive) -> Iterator[Seen]:
    for name in archive.names:
        if found := _CLUTTER.search(name):
            yield Seen("", found[0].strip("/\\"))


@ZIP.check("hidden-file", Severity.BLOCK, says="A file has a name that folders do not show", do=_ANNEX)
def hidden_files(archive: Archive) -> Iterator[Seen]:
    for entry in archive.entries:
        dotted = any(part.startswith(".") and set(part) != {"."} for part in entry.filename.split("/"))
        marked = entry.create_system == 0 and entry.external_attr & _HIDDEN
        if (dotted or marked) and not _CLUTTER.search(entry.filename):
            yield Seen("", masked(entry.filename, 8))


@ZIP.check("same-name", Severity.BLOCK, says="Two files have one name, so that only one of them is seen", do=_ANNEX)
def same_names(archive: Archive) -> Iterator[Seen]:
    for name, count in Counter(name.casefold() for name in archive.names).items():
        if count > 1:
            yield Seen("", masked(name, 8))


@ZIP.check("archive-inside", Severity.WARN, says="An archive lies in the archive", do="Pack the files themselves")
def archives_inside(archive: Archive) -> Iterator[Seen]:
    for name in archive.names:
        if kinds.ending(name) in {"zip", "7z", "rar", "gz", "tar", "tgz", "bz2", "xz", "cab"}:
            yield Seen("", masked(name, 8))


@ZIP.check("unlisted", Severity.BLOCK, says="The archive holds a file that its list does not name", do=_ANNEX)
def unlisted(archive: Archive) -> Iterator[Seen]:
    """A file that was taken out of the list may still be there: look where each listed one ends."""
    listed = {entry.header_offset for entry in archive.entries_and_folders}
    for entry in archive.entries_and_folders:
        end = archives.end_of(archive.content, entry)
        beyond = archive.content[end : end + _DESCRIPTOR + len(_LOCAL)].find(_LOCAL)
        if beyond >= 0 and end + beyond not in listed:
            yield Seen("", f"after {masked(entry.filename, 8)}")


@ZIP.check("after-the-end", Severity.BLOCK, says="Something follows after the end of the archive", do=_ANNEX)
def after_the_end(archive: Archive) -> Iterator[Seen]:
    place = archive.content.rfind(_END)
    *_, length = _END_HEADER.unpack_from(archive.content.ljust(place + _END_HEADER.size, b"\0"), place)
    rest = len(archive.content) - place - _END_HEADER.size - length
    if rest > 0:
        yield Seen("", f"{rest:,} bytes")


_HIDDEN = 2
"""The attribute that DOS and Windows hide a file by."""
_DESCRIPTOR = 24
"""Bytes that may follow a file's data: its check sum and sizes."""


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)
