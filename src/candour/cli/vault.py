"""The encrypted file of a backup: a passphrase, AES-256-GCM in chunks, a header that every chunk vouches for.

docs/reference/backup.md describes the format so that it can be read without this code. A chunk is handed on only after
its seal was checked; the last chunk is marked as the last, so that a file cut off anywhere is noticed.
"""

import hashlib
import json
import os
import struct
from collections.abc import Iterator
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from candour.rules.refusals import WrongInput

MAGIC = b"CANDOUR-BACKUP-1\n"
CHUNK = 1 << 20
"""Bytes of plain text in every chunk but the last."""
COST = 1 << 17
"""scrypt's N: 128 MiB and some tenths of a second for every passphrase tried."""

_TAG = 16
_LENGTH = struct.Struct(">I")
_LARGEST_HEADER = 1 << 16
_NOT_ONE = "this is not a backup that Candour wrote"
_FIRST = "the passphrase is not the one this backup was made with, or the file was changed; nothing was restored"
_LATER = "the backup is damaged, changed or cut off; nothing was restored"


class Sealing:
    """A file to write plain bytes to; what lies in `file` is encrypted. `finish` marks the end."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt, nonce = os.urandom(16), os.urandom(7)
        said = {"kdf": "scrypt", "n": COST, "r": 8, "p": 1, "salt": salt.hex()}
        said |= {"cipher": "aes-256-gcm", "chunk": CHUNK, "nonce": nonce.hex()}
        header = json.dumps(said, sort_keys=True).encode()
        self._file, self._waiting = file, bytearray()
        self._seal = _Seal(_key(passphrase, said), nonce, header)
        file.write(MAGIC + _LENGTH.pack(len(header)) + header)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._file.write(self._seal.close(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
        return len(data)

    def flush(self) -> None:
        """Nothing is written before a chunk is full."""

    def finish(self) -> None:
        """Seal what is left as the last chunk."""
        self._file.write(self._seal.close(bytes(self._waiting), last=True))


class Opening:
    """A file to read plain bytes from; WrongInput as soon as a chunk is not what was sealed."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        header, said = _header(file)
        self._chunks = _opened(file, _Seal(_key(passphrase, said), bytes.fromhex(said["nonce"]), header), said["chunk"])
        self._ready = bytearray()

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._ready) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._ready += chunk
        size = len(self._ready) if size < 0 else size
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken


class _Seal:
    """Seals and opens the chunks of one file in order; a nonce is 7 random bytes, a number, and whether it is last."""

    def __init__(self, key: bytes, nonce: bytes, header: bytes) -> None:
        self._cipher, self._nonce = AESGCM(key), nonce
        self._header = hashlib.sha256(MAGIC + header).digest()
        self.number = 0

    def _next(self, *, last: bool) -> bytes:
        self.number += 1
        return self._nonce + _LENGTH.pack(self.number - 1) + bytes([last])

    def close(self, plain: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._next(last=last), plain, self._header)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(self._next(last=last), sealed, self._header)
        except InvalidTag as fault:
            raise WrongInput(_FIRST if self.number == 1 else _LATER) from fault


def _opened(file: IO[bytes], seal: _Seal, size: int) -> Iterator[bytes]:
    sealed = file.read(size + _TAG)
    if len(sealed) < _TAG:
        raise WrongInput(_LATER)
    while sealed:
        ahead = file.read(size + _TAG)
        yield seal.open(sealed, last=not ahead)
        sealed = ahead


def _header(file: IO[bytes]) -> tuple[bytes, dict[str, Any]]:
    start = file.read(len(MAGIC) + _LENGTH.size)
    if len(start) < len(MAGIC) + _LENGTH.size or not start.startswith(MAGIC):
        raise WrongInput(_NOT_ONE)
    (length,) = _LENGTH.unpack(start[len(MAGIC) :])
    header = file.read(min(length, _LARGEST_HEADER))
    try:
        said = json.loads(header)
        usable = _usable(said)
    except (ValueError, KeyError, TypeError) as fault:
        raise WrongInput(_NOT_ONE) from fault
    if not usable:
        raise WrongInput("this backup asks for a cipher or a cost that this version of Candour does not use")
    return header, said


def _usable(said: dict[str, Any]) -> bool:
    """A header is not vouched for before the key is made, so what it may ask for has bounds."""
    kinds = (said["kdf"], said["cipher"], said["r"], said["p"]) == ("scrypt", "aes-256-gcm", 8, 1)
    lengths = len(bytes.fromhex(said["salt"])) == 16 and len(bytes.fromhex(said["nonce"])) == 7  # noqa: PLR2004 - bytes
    cost = said["n"] in {1 << power for power in range(10, 21)}
    return kinds and lengths and cost and 0 < said["chunk"] <= CHUNK << 4


def _key(passphrase: str, said: dict[str, Any]) -> bytes:
    kdf = Scrypt(salt=bytes.fromhex(said["salt"]), length=32, n=said["n"], r=said["r"], p=said["p"])
    return kdf.derive(passphrase.encode())
