"""Addresses in office files: whether one leads inside the organisation, and as much of one as may be shown."""

import re
from urllib.parse import urlsplit

_NAMES = re.compile(
    r"(^|\.)(intranet|sharepoint|confluence|jira|wiki|internal|localhost|servicedesk)(\.|$|-)"
    r"|\.(local|lan|internal|intra|corp|home|gsi\.gov\.uk|gsx\.gov\.uk|pnn\.police\.uk)$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"(10|127|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)(\.\d{1,3}){1,3}")
_SHOWN = 12


def begun(address: str) -> str:
    """Return the beginning of an address or a path, at most half of it: enough to find it by."""
    return f"{address[: min(_SHOWN, len(address) // 2)]}***" if address else ""


def is_internal(address: str) -> bool:
    """Say whether an address is a file path, a share, a private network's, or has the name of an internal system."""
    if address.startswith(("\\\\", "//")) or re.match(r"[A-Za-z]:[\\/]|file:", address):
        return True
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return bool(host) and ("." not in host or bool(_NAMES.search(host)) or bool(_PRIVATE.fullmatch(host)))
