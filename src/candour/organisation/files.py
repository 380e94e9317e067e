"""Keeps the files that a body states (policies, pro-formas) by the digest of their bytes, and proves them on return."""

import hashlib
import os
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import JSONField, Model, QuerySet, TextField
from django.db.models.functions import Cast

from candour.organisation.kinds import File
from candour.rules.refusals import Conflict, NotThere, WrongInput

LARGEST = 20 * 1024 * 1024
TYPES = ("pdf", "docx", "odt", "xlsx", "csv", "txt")
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_ODT = b"application/vnd.oasis.opendocument.text"


def keep(content: bytes, name: str) -> File:
    """Store a file and return what it is known by; the same bytes are stored once.

    The type is told by the content, and the name has to agree; WrongInput for an empty, over-large or other file.
    """
    shown = PurePath(name.replace("\\", "/")).name
    if not content:
        raise WrongInput(f"{shown} is empty")
    if len(content) > LARGEST:
        raise WrongInput(f"{shown} is larger than {LARGEST // 1024 // 1024} MB")
    _check_type(content, shown)
    return store(content, shown)


def store(content: bytes, name: str) -> File:
    """Store bytes whose type need not be told: a letter as it came, or what Candour itself has made."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not _path(sha256).exists():
        _write(_path(sha256), content)
    return File(sha256, name, len(content))


def read(sha256: str) -> bytes:
    """Return a file's bytes; NotThere where there is none, Conflict where they are no longer what was stored."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not _path(sha256).is_file():
        raise NotThere("there is no such file")
    content = _path(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Conflict(f"the stored file {sha256[:12]} was changed on the disk; restore it from a backup")
    return content


def erase(sha256: str) -> bool:
    """Erase a file that nothing names any more; False where it is not there."""
    path = _path(sha256)
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there


def named(digests: Collection[str], *, besides: Collection[type[Model]]) -> Iterator[str]:
    """Yield those of some files that a table names, `besides` tables of which it is known what they name.

    The ledger is not asked: an entry names what was there once.
    """
    for model in apps.get_models() if digests else ():
        if not model.__module__.startswith("candour.") or model.__module__.startswith("candour.ledger"):
            continue
        if model not in besides:
            for field in model._meta.concrete_fields:
                yield from _named(model, field, digests)


def _named(model: type[Model], field: Any, digests: Collection[str]) -> Iterator[str]:
    rows: QuerySet[Model] = QuerySet(model)
    if field.name == "sha256":
        yield from rows.filter(sha256__in=list(digests)).values_list("sha256", flat=True)
    elif isinstance(field, JSONField):
        texts = rows.annotate(text=Cast(field.name, TextField()))
        yield from (digest for digest in digests if texts.filter(text__contains=digest).exists())


def _path(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all, and through to the disk: a record will name these bytes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    for folder in (path.parent, path.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_type(content: bytes, name: str) -> None:
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    found = _types(content)
    if not found:
        raise WrongInput(f"{name} is none of {', '.join(TYPES)} by its content; save it as one of them")
    if suffix not in found:
        raise WrongInput(f"{name} is {' or '.join(found)} by its content; give it that ending")


def _types(content: bytes) -> tuple[str, ...]:
    """Tell which endings the content may carry; a text may be both of the text types."""
    if content.startswith(b"%PDF-"):
        return ("pdf",)
    if content.startswith(b"PK"):
        return _office(content)
    return ("csv", "txt") if _is_text(content) else ()


def _office(content: bytes) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(_ODT):
                return ("odt",) if archive.read("mimetype") == _ODT else ()
    except (zipfile.BadZipFile, RuntimeError):
        return ()
    if any(name.endswith("vbaProject.bin") for name in names):
        return ()
    return tuple(kind for part, kind in _OFFICE.items() if part in names)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(letter < " " and letter not in "\t\n\r\f" for letter in text)
