"""Takes values out of a PDF's objects, whatever a stranger put there: what is of another type is as if it were not."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf.exceptions import PikepdfError


def inside(holder: Any, key: str) -> Any:
    """Return the dictionary (or stream) under a key, an empty one where there is none."""
    found = holder.get(key) if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)) else None
    return found if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)) else pikepdf.Dictionary()


def drawn(page: Any) -> bytes:
    """Return what a page's content streams say; b"" where they cannot be unpacked."""
    found = page.get("/Contents")
    streams = [found] if isinstance(found, pikepdf.Stream) else listed(page, "/Contents")
    try:
        return b"\n".join(one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))
    except PikepdfError:
        return b""


def listed(holder: Any, key: str) -> list[Any]:
    """Return the dictionaries and streams in the array under a key."""
    found = holder.get(key) if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)) else None
    if not isinstance(found, pikepdf.Array):
        return []
    return [one for one in found if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream))]


def text(holder: Any, key: str) -> str:
    """Return what stands under a key as text: a string, a name, or the text of a stream."""
    return said(holder.get(key)) if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)) else ""


def said(value: Any) -> str:
    """Return a value as text, with signs that cannot be read replaced."""
    if value is None or isinstance(value, (pikepdf.Dictionary, pikepdf.Array)):
        return ""
    try:
        if isinstance(value, pikepdf.Stream):
            return value.read_bytes().decode("utf-8", "replace")
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("utf-8", "replace")
    except PikepdfError:
        return ""


def number(holder: Any, key: str) -> int:
    """Return a whole number under a key, 0 where there is none."""
    found = holder.get(key)
    return int(found) if isinstance(found, int) else 0


def decimal(holder: Any, key: str, otherwise: float) -> float:
    """Return a number under a key; `otherwise` where there is none."""
    try:
        return float(holder[key]) if key in holder else otherwise
    except (TypeError, ValueError):
        return otherwise


def numbers(holder: Any, key: str) -> list[float]:
    """Return the numbers in the array under a key; an empty list where anything else is among them."""
    found = holder.get(key)
    values: list[Any] = list(found) if isinstance(found, pikepdf.Array) else []
    try:
        return [float(value) for value in values]
    except (TypeError, ValueError):
        return []


def entries(holder: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values of a dictionary."""
    if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)):
        yield from dict(holder.items()).items()
