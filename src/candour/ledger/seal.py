"""What a chained entry is made of: the one form that the writer writes and the verifier reads again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from os import urandom
from typing import Any

import orjson

BEGINNING = "0" * 64
"""What the first entry of a chain names as the digest before it."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_QUICK = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_SUBCLASS | orjson.OPT_PASSTHROUGH_DATETIME


@dataclass(frozen=True)
class Actor:
    """Who acts: a person's number in the body and the role held for the deed; the name lies elsewhere."""

    number: int
    role: str


def plain(value: Any) -> Any:
    """Return `value` as what JSON can hold; moments in UTC, days as ISO text; floats are refused (TypeError)."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a ledger entry holds no {type(value).__name__}")


def canonical(value: Any) -> str:
    """Write plain JSON in the one form that is sealed: sorted keys, no spaces, letters as they are."""
    try:
        return orjson.dumps(value, option=_QUICK).decode()
    except orjson.JSONEncodeError:  # what is plain only at a second look: a member of an enumeration, a long number
        return _ENCODER.encode(value)


def moment(at: datetime) -> str:
    """Write a moment in UTC to the microsecond, as it is sealed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(previous: str, body: int, number: int, at: str, actor: Actor, deed: str, subject: str, content: str) -> str:
    """Return the digest of an entry: SHA-256 over the digest before it and everything the entry says.

    The content is one line of JSON already, so it follows the rest on a line of its own.
    """
    said = canonical([previous, body, number, at, actor.number, actor.role, deed, subject])
    return hashlib.sha256(f"{said}\n{content}".encode()).hexdigest()


def salted(text: str, salt: str) -> str:
    """Return what an entry holds of a text that may one day be erased."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def salt() -> str:
    """Return 128 random bits, so that an erased text cannot be guessed back from its digest."""
    return urandom(16).hex()
