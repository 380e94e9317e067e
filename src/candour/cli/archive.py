"""What lies inside a backup: a compressed tar of the database's dump and the files, closed by a manifest."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from candour.cli import vault
from candour.rules.refusals import WrongInput

MANIFEST = "manifest.json"
_FAST = 1
"""gzip's level: the dump of a database shrinks to a third even so, and the disk stays the slow part."""
_PIECE = 1 << 20

Progress = Callable[[int], Any]
"""Called with the bytes that were just moved."""


class _Measured:
    """Reads a member and digests it on the way."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file, self._progress = file, progress
        self.digest, self.size = hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        self._progress(len(piece))
        return piece

    def said(self) -> dict[str, Any]:
        return {"size": self.size, "sha256": self.digest.hexdigest()}


def pack(
    file: IO[bytes], passphrase: str, members: Mapping[str, Path], about: Mapping[str, Any], progress: Progress
) -> None:
    """Write `members` (name in the archive to path) and a manifest that holds `about`, encrypted, to `file`."""
    sealing = vault.Sealing(file, passphrase)
    with (
        gzip.GzipFile(fileobj=sealing, mode="wb", compresslevel=_FAST, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        said = {name: _add(tar, name, path, progress) for name, path in members.items()}
        text = json.dumps({**about, "members": said}, sort_keys=True).encode()
        tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
    sealing.finish()


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _add(tar: tarfile.TarFile, name: str, path: Path, progress: Progress) -> dict[str, Any]:
    with path.open("rb") as file:
        measured = _Measured(file, progress)
        tar.addfile(_member(name, path.stat().st_size), measured)
    return measured.said()


def unpack(file: IO[bytes], passphrase: str, folder: Path, progress: Progress) -> dict[str, Any]:
    """Write every member below `folder` and return the manifest; WrongInput unless each is what the manifest says."""
    found: dict[str, Any] = {}
    manifest: dict[str, Any] = {}
    for member, content in _members(vault.Opening(file, passphrase)):
        if member.name == MANIFEST:
            manifest = json.load(content)
        else:
            found[member.name] = _write(content, _below(folder, member), progress)
    if not manifest or found != manifest["members"]:
        raise WrongInput("what the backup holds is not what its manifest says; nothing was restored")
    return manifest


def _members(opening: vault.Opening) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    try:
        with (
            gzip.GzipFile(fileobj=opening, mode="rb") as packed,  # type: ignore[call-overload]
            tarfile.open(fileobj=packed, mode="r|") as tar,
        ):
            for member in tar:
                content = tar.extractfile(member)
                if content is not None:
                    yield member, content
            while packed.read(_PIECE):
                pass  # to the last chunk, which vouches for the end
    except (tarfile.TarError, gzip.BadGzipFile, EOFError) as fault:
        raise WrongInput("the backup is damaged inside; nothing was restored") from fault


def _below(folder: Path, member: tarfile.TarInfo) -> Path:
    path = (folder / member.name).resolve()
    if not member.isreg() or not path.is_relative_to(folder.resolve()):
        raise WrongInput(f"the backup holds {member.name!r}, which has no place here; nothing was restored")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _write(content: IO[bytes], path: Path, progress: Progress) -> dict[str, Any]:
    measured = _Measured(content, progress)
    with path.open("wb") as file:
        path.chmod(0o600)
        while piece := measured.read(_PIECE):
            file.write(piece)
    return measured.said()
