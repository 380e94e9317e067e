"""Takes single parts out of the zip archives that office documents are, within limits."""

import io
import re
import zipfile
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from candour.rules import refusals

LARGEST_PART = 20 << 20
"""Bytes that one part of a document may unpack to."""
_DAMAGED = "The document is damaged or cut short; open it, save it anew and try again."


def opened(data: bytes) -> zipfile.ZipFile:
    """Open the archive; one that is damaged or encrypted is WrongInput."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as fault:
        raise refusals.WrongInput(_DAMAGED) from fault
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise refusals.WrongInput("The document is protected by a password; save it without one and try again.")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """Return the root of an XML part, or None where the archive has none of that name."""
    try:
        with archive.open(name) as handle:
            content = handle.read(LARGEST_PART + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError) as fault:  # the last: unknown ways of packing
        raise refusals.WrongInput(_DAMAGED) from fault
    if len(content) > LARGEST_PART:
        raise refusals.WrongInput("The document unpacks to far more than a letter holds; send only its text.")
    try:
        root: Element = ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException) as fault:
        raise refusals.WrongInput(_DAMAGED) from fault
    return root


def names(archive: zipfile.ZipFile, pattern: str) -> list[str]:
    """Return the names of the parts that match, in order."""
    return sorted(name for name in archive.namelist() if re.fullmatch(pattern, name))
