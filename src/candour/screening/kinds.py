"""What kind of file some bytes are, told by the content and never by the name alone."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be kept: the endings its name may have, and the type a download of it is given."""

    slug: str
    endings: tuple[str, ...]
    mime: str


PDF = Kind("pdf", ("pdf",), "application/pdf")
PNG = Kind("png", ("png",), "image/png")
JPEG = Kind("jpeg", ("jpg", "jpeg"), "image/jpeg")
TIFF = Kind("tiff", ("tif", "tiff"), "image/tiff")
WEBP = Kind("webp", ("webp",), "image/webp")
DOCX = Kind("docx", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = Kind("xlsx", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PPTX = Kind("pptx", ("pptx",), "application/vnd.openxmlformats-officedocument.presentationml.presentation")
ODT = Kind("odt", ("odt",), "application/vnd.oasis.opendocument.text")
ODS = Kind("ods", ("ods",), "application/vnd.oasis.opendocument.spreadsheet")
ODP = Kind("odp", ("odp",), "application/vnd.oasis.opendocument.presentation")
ZIP = Kind("zip", ("zip",), "application/zip")
MAIL = Kind("mail", ("eml",), "message/rfc822")
TEXT = Kind("text", ("txt", "csv", "tsv", "log", "md"), "text/plain; charset=utf-8")

XLSM = Kind("xlsm", ("xlsm", "xltm", "xlam"), "application/vnd.ms-excel.sheet.macroEnabled.12")
XLSB = Kind("xlsb", ("xlsb",), "application/vnd.ms-excel.sheet.binary.macroEnabled.12")
DOCM = Kind("docm", ("docm", "dotm"), "application/vnd.ms-word.document.macroEnabled.12")
PPTM = Kind("pptm", ("pptm", "ppsm", "potm"), "application/vnd.ms-powerpoint.presentation.macroEnabled.12")
XLS = Kind("xls", ("xls", "xlt"), "application/vnd.ms-excel")
DOC = Kind("doc", ("doc", "dot"), "application/msword")
PPT = Kind("ppt", ("ppt", "pps", "pot"), "application/vnd.ms-powerpoint")
MSG = Kind("msg", ("msg",), "application/vnd.ms-outlook")
OLE = Kind("ole", ("bin", "ole"), "application/x-ole-storage")
GIF = Kind("gif", ("gif",), "image/gif")
HTML = Kind("html", ("html", "htm", "xhtml"), "text/html")

KINDS = (PDF, PNG, JPEG, TIFF, WEBP, DOCX, XLSX, PPTX, ODT, ODS, ODP, ZIP, MAIL, TEXT)
"""Kinds that may be kept."""
LOOKED_INTO = (*KINDS, XLSM, XLSB, DOCM, PPTM, XLS, DOC, PPT, MSG, OLE, GIF, HTML)
"""Kinds that screening tells apart."""
BY_SLUG = {kind.slug: kind for kind in KINDS}
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)

_BEGIN = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"II*\0", TIFF), (b"MM\0*", TIFF))
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OPEN_DOCUMENT = {kind.mime.encode(): kind for kind in (ODT, ODS, ODP)}
_BINARY_OFFICE = {"word/document.xml": DOCM, "xl/workbook.xml": XLSM, "ppt/presentation.xml": PPTM}
_OLE_BEGIN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("__properties_version1.0", MSG),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
    ("Workbook", XLS),
    ("Book", XLS),
)
_MAIL_HEADERS = (b"from:", b"received:", b"return-path:", b"date:", b"subject:", b"delivered-to:", b"message-id:")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)
_TYPES = 1 << 20
_ACTIVE = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php", b"#!")


def ending(name: str) -> str:
    """Return the ending of a file's name in small letters, without the dot."""
    return PurePath(name.replace("\\", "/")).suffix.removeprefix(".").lower()


def told(content: bytes, name: str) -> Kind | None:
    """Tell what kind of file some bytes are; None where they are none of KINDS, or active content in disguise.

    The name only decides between kinds of text.
    """
    for start, kind in _BEGIN:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _text(content, name)


def seen(content: bytes, name: str) -> Kind | None:
    """Tell what kind of file screening is to look into: of LOOKED_INTO, so also what is never kept."""
    if content.startswith(_OLE_BEGIN):
        return _compound(content)
    if content.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if content.startswith(b"PK\x03\x04") and (kind := _with_macros(content)):
        return kind
    if _begin(content).startswith((b"<!doctype html", b"<html")):
        return HTML
    if ending(name) in TEXT.endings and _is_wide_or_has_nuls(content):
        return TEXT
    return told(content, name)


def _is_wide_or_has_nuls(content: bytes) -> bool:
    """Text as UTF-16, or with NULs strewn in: never kept, but screening says what is wrong with it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" in content and not _CONTROL.search(content.replace(b"\0", b""))


def _compound(content: bytes) -> Kind:
    """Tell a file of the old binary office formats by the names of its streams."""
    named = (kind for stream, kind in _STREAMS if f"{stream}\0".encode("utf-16-le") in content)
    return next(named, OLE)


def _with_macros(content: bytes) -> Kind | None:
    """Tell an office file whose type says that it may hold macros, or that its parts are binary."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.bin" in names:
                return XLSB
            if "[Content_Types].xml" not in names or archive.getinfo("[Content_Types].xml").file_size > _TYPES:
                return None
            types = archive.read("[Content_Types].xml")
    except _BROKEN:
        return None
    return (
        next((kind for part, kind in _BINARY_OFFICE.items() if part in names), None)
        if b".macroEnabled." in types
        else None
    )


def _begin(content: bytes) -> bytes:
    return content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _packed(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:  # noqa: PLR2004 - a media type
                return _OPEN_DOCUMENT.get(archive.read("mimetype"), ZIP)
    except _BROKEN:
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), ZIP)


def _text(content: bytes, name: str) -> Kind | None:
    begin = _begin(content)
    if _CONTROL.search(content) or begin.startswith(_ACTIVE):
        return None
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if ending(name) not in {*TEXT.endings, *MAIL.endings}:
            return None
    is_mail = begin.startswith(_MAIL_HEADERS) or ending(name) in MAIL.endings
    return MAIL if is_mail else TEXT
