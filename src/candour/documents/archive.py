"""Zip files that are the same bytes for the same parts: entries carry the document's day, not the hour of packing."""

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO

FIRST_DAY = date(1980, 1, 1)  # the first that a zip file can say


def packed(parts: Iterable[tuple[str, bytes]], day: date = FIRST_DAY) -> bytes:
    """Return a zip file of the parts in their order; one called `mimetype` is stored plain (ODF 1.3 part 2, 3.3)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            archive.writestr(entry(name, day), data)
    return out.getvalue()


def repacked(made: bytes, day: date) -> bytes:
    """Return another library's zip file with every entry dated `day`."""
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return packed([(info.filename, archive.read(info)) for info in archive.infolist()], day)


def entry(name: str, day: date = FIRST_DAY) -> zipfile.ZipInfo:
    """Describe one entry: its name, its day, how it is stored."""
    day = min(max(day, FIRST_DAY), date(2107, 12, 31))
    info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
    info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    return info
