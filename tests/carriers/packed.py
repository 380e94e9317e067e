"""ZIP archives."""

import io
import zipfile

from carriers import carrying, clean

NOTE = "Thank you for your request.\n"


def zipped(*entries: tuple[str | zipfile.ZipInfo, str | bytes], comment: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
        archive.comment = comment
    return written.getvalue()


def entry(name: str, **more: object) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    for key, value in more.items():
        setattr(made, key, value)
    return made


def unlisted() -> bytes:
    """An archive whose second file was taken out of its list, and out of nothing else."""
    whole = zipped(("a.txt", NOTE), ("b.txt", "what was taken out"))
    second = whole.rindex(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    places = bytearray(whole[end:])
    places[8:12] = b"\x01\x00\x01\x00"
    places[12:16] = (second - whole.index(b"PK\x01\x02")).to_bytes(4, "little")
    return whole[:second] + bytes(places)


def twice() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", NOTE)
        archive.writestr("A.txt", NOTE + "And more.\n")
    return written.getvalue()


def locked() -> bytes:
    """An archive that says of its file that it takes a password."""
    whole = bytearray(zipped(("a.txt", NOTE)))
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


CARRIERS = (
    carrying("zip.comment", "comment.zip", lambda: zipped(("a.txt", NOTE), comment=b"packed by the head of unit")),
    carrying("zip.comment", "entry-comment.zip", lambda: zipped((entry("a.txt", comment=b"draft"), NOTE))),
    carrying("zip.path", "climbing.zip", lambda: zipped(("../../a.txt", NOTE))),
    carrying("zip.path", "absolute.zip", lambda: zipped(("/etc/a.txt", NOTE))),
    carrying("zip.path", "drive.zip", lambda: zipped(("C:\\temp\\a.txt", NOTE))),
    carrying("zip.link", "link.zip", lambda: zipped((entry("a.txt", external_attr=0o120777 << 16), "/etc/passwd"))),
    carrying("zip.odds-and-ends", "mac.zip", lambda: zipped(("a.txt", NOTE), ("__MACOSX/._a.txt", b"\0\5\x16\7"))),
    carrying("zip.odds-and-ends", "store.zip", lambda: zipped(("a.txt", NOTE), ("x/.DS_Store", b"\0\0\0\1Bud1"))),
    carrying("zip.odds-and-ends", "thumbs.zip", lambda: zipped(("a.txt", NOTE), ("Thumbs.db", b"\xd0\xcf\x11\xe0"))),
    carrying("zip.odds-and-ends", "desktop.zip", lambda: zipped(("a.txt", NOTE), ("desktop.ini", "[.ShellClassInfo]"))),
    carrying("zip.hidden-file", "dotted.zip", lambda: zipped(("a.txt", NOTE), (".notes.txt", "what is not shown"))),
    carrying("zip.hidden-file", "marked.zip", lambda: zipped((entry("a.txt", create_system=0, external_attr=2), NOTE))),
    carrying("zip.same-name", "twice.zip", twice),
    carrying("zip.archive-inside", "nested.zip", lambda: zipped(("b.zip", zipped(("a.txt", NOTE))))),
    carrying(
        "zip.archive-inside identifier.ni-number", "deep.zip", lambda: zipped(("b.zip", zipped(("a.txt", "AB123456C"))))
    ),
    carrying("zip.unlisted", "unlisted.zip", unlisted),
    carrying("zip.after-the-end", "after.zip", lambda: zipped(("a.txt", NOTE)) + b"what follows"),
    carrying("file.unreadable", "locked.zip", locked),
    carrying("file.unknown", "program.zip", lambda: zipped(("setup.exe", b"MZ\x90\0\3\0\0\0"))),
    carrying("file.ending", "lying.zip", lambda: zipped(("a.pdf", NOTE))),
    clean("letters.zip", lambda: zipped(("a.txt", NOTE), ("folder/b.csv", "Year,Incidents\r\n2013/14,39\r\n"))),
    clean("stored.zip", lambda: zipped((entry("a.txt"), NOTE), (entry("folder/"), ""), (entry("folder/b.txt"), NOTE))),
)
