"""What an OpenDocument file is made of besides its content (ODF 1.3 part 2): manifest, meta data, name spaces."""

from collections.abc import Iterator, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

TEXT = "application/vnd.oasis.opendocument.text"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        **{name: f"{_OASIS}{name}:1.0" for name in ("office", "style", "text", "table", "meta", "number")},
        "draw": f"{_OASIS}drawing:1.0",
        "fo": f"{_OASIS}xsl-fo-compatible:1.0",
        "svg": f"{_OASIS}svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def document(kind: str, inside: str) -> bytes:
    """Return one part of the file ("content", "styles", "meta") around what it holds."""
    around = f"office:document-{kind}"
    return f'{DECLARATION}<{around} {NAMESPACES} office:version="1.3">{inside}</{around}>'.encode()


def frame_parts(media_type: str, names: Sequence[str], meta: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the parts that come first: the type, the manifest of all the `names` in the file, the meta data."""
    yield "mimetype", media_type.encode()
    yield "META-INF/manifest.xml", _manifest(media_type, ["meta.xml", *names])
    yield "meta.xml", meta


def meta(title: str, *, author: str = "", language: str = "en-GB", day: date | None = None) -> bytes:
    """Return the meta data: title and language, and where given the author and the day."""
    said = f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
    if author:
        said += (
            f"<meta:initial-creator>{escape(author)}</meta:initial-creator><dc:creator>{escape(author)}</dc:creator>"
        )
    if day:
        said += f"<meta:creation-date>{day}T12:00:00</meta:creation-date><dc:date>{day}T12:00:00</dc:date>"
    return document("meta", f"<office:meta>{said}</office:meta>")


def _manifest(media_type: str, names: Sequence[str]) -> bytes:
    rows = [("/", media_type), *((name, "image/png" if name.endswith(".png") else "text/xml") for name in names)]
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>"
        for name, kind in rows
    )
    return (
        f'{DECLARATION}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">'
        f"{entries}</manifest:manifest>"
    ).encode()
