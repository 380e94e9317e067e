"""A virus scanner that a site runs beside Candour: ClamAV, asked over its socket (INSTREAM)."""

import socket
import struct
from collections.abc import Iterator

from candour.rules.refusals import Conflict, WrongInput

SECONDS = 30
_PIECE = 1 << 16


def scan(content: bytes, address: str) -> None:
    """Have a scanner look at some bytes; `address` is `unix:/path/to/socket` or `host:port`.

    Raises WrongInput where it finds something, Conflict where it cannot be asked: then nothing is kept.
    """
    try:
        with _connected(address) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for piece in _pieces(content):
                scanner.sendall(piece)
            said = _answer(scanner)
    except OSError as fault:
        raise Conflict("the virus scanner cannot be reached, so the file was not kept; try again later") from fault
    if said.endswith("FOUND"):
        raise WrongInput("the virus scanner found something in the file; it was not kept")
    if not said.endswith("OK"):
        raise Conflict(f"the virus scanner could not look at the file ({said[:80]}); it was not kept")


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(SECONDS)
        found.connect(address.removeprefix("unix:"))
        return found
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _PIECE):
        piece = content[start : start + _PIECE]
        yield struct.pack(">I", len(piece)) + piece
    yield struct.pack(">I", 0)


def _answer(scanner: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (piece := scanner.recv(4096)):
        said += piece
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()
