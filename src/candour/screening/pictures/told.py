"""What a picture says of itself, whatever its format: EXIF, XMP, captions, notes of programs, small copies, a rest."""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import ExifTags, Image

from candour.screening import kinds
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside
from candour.screening.pictures import blocks

_GPS, _DETAILS, _SMALL_COPY = ExifTags.IFD.GPSInfo, ExifTags.IFD.Exif, ExifTags.IFD.IFD1
_MAKER_NOTE, _COMMENT = 0x927C, 0x9286
_THUMBNAIL = 0x0201
_WHO = {0x013B: "artist", 0x8298: "copyright", 0xA430: "owner", 0x9C9D: "author"}
_CAPTIONS = {0x010E: "description", 0x9C9B: "title", 0x9C9C: "comment", 0x9C9E: "keywords", 0x9C9F: "subject"}
_CAMERA = {
    0x010F: "make",
    0x0110: "model",
    0xA431: "serial number",
    0xA435: "lens number",
    0x9003: "taken at",
    0x0132: "at",
}
_PNG_DRAWN = frozenset(
    re.findall(
        "....",
        "IHDRPLTEIDATIENDtRNScHRMgAMAiCCPsBITsRGBbKGDhISTpHYssPLTtIMEacTLfcTLfdATtEXtzTXtiTXteXIfcICPmDCVcLLIoFFs",
    )
)
_WEBP_DRAWN = frozenset(("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP "))
_LARGEST_TEXT = 1 << 20
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    zlib.error,
    struct.error,
)
"""What Pillow raises for pictures of strangers."""


@dataclass
class Picture:
    """A picture that was looked into without being drawn."""

    content: bytes
    kind: kinds.Kind
    image: Image.Image
    exif: dict[str, str] = field(default_factory=dict)
    who: dict[str, str] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    place: bool = False
    maker_note: bool = False
    small_copies: list[bytes] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    xmp: list[str] = field(default_factory=list)
    layers: bool = False
    frames: int = 1
    rest: int = 0


def opened(content: bytes, inside: Inside) -> Picture:
    """Read what a picture says of itself. Raises Unreadable where it is damaged, or too large to be drawn."""
    try:
        image = Image.open(io.BytesIO(content))
        picture = Picture(content, inside.kind, image)
        _read_exif(image.getexif(), picture)
        _READERS[inside.kind](picture)
        picture.frames = int(getattr(image, "n_frames", 1))
    except Image.DecompressionBombError as fault:
        raise Unreadable("it is larger than a picture may be") from fault
    except BROKEN as fault:
        raise Unreadable("its picture is damaged") from fault
    return picture


def _read_exif(exif: Image.Exif, picture: Picture) -> None:
    details = exif.get_ifd(_DETAILS)
    everything = {**dict(exif.items()), **dict(details.items())}
    picture.place = bool(exif.get_ifd(_GPS))
    picture.maker_note = _MAKER_NOTE in everything
    if _said(everything.get(_COMMENT, b"")[8:] if isinstance(everything.get(_COMMENT), bytes) else ""):
        picture.captions["comment"] = _said(everything[_COMMENT][8:])
    for names, into in ((_WHO, picture.who), (_CAPTIONS, picture.captions), (_CAMERA, picture.exif)):
        into.update({name: _said(everything[tag]) for tag, name in names.items() if _said(everything.get(tag, ""))})
    if _THUMBNAIL in (where := exif.get_ifd(_SMALL_COPY)):
        picture.small_copies.append(_small_copy(where, picture.image.info.get("exif", b"")))


def _small_copy(where: dict[int, Any], exif: bytes) -> bytes:
    """Return the small copy that a camera put beside the picture, as it stands in the file."""
    start, length = where.get(_THUMBNAIL), where.get(_THUMBNAIL + 1)
    found = exif.removeprefix(b"Exif\0\0")
    return found[start : start + length] if isinstance(start, int) and isinstance(length, int) else b""


def _said(value: Any) -> str:
    """Return an entry as text; Windows writes its own entries in UTF-16."""
    if isinstance(value, bytes):
        wide = len(value) > 1 and value[1::2].count(0) > len(value) // 4
        value = value.decode("utf-16-le" if wide else "utf-8", "replace")
    return str(value).strip(" \0\t\r\n")


def _read_png(picture: Picture) -> None:
    end = len(picture.content)
    for block in blocks.of_png(picture.content):
        if block.name in {"tEXt", "zTXt", "iTXt"}:
            _keep_text(block, picture)
        elif block.name not in _PNG_DRAWN:
            picture.programs.append(block.name)
        elif block.name == "IEND":
            end = block.end
    picture.rest = len(picture.content) - end


def _keep_text(block: blocks.Block, picture: Picture) -> None:
    keyword, _, rest = block.data.partition(b"\0")
    name = keyword.decode("latin-1")
    text = _unpacked(block.name, rest)
    if name == "XML:com.adobe.xmp":
        picture.xmp.append(text)
    elif name.startswith("Raw profile type"):
        picture.programs.append(name)
    elif name not in {"Software", "Creation Time", "date:create", "date:modify", "date:timestamp"} and text.strip():
        picture.captions[name] = text


def _unpacked(kind: str, rest: bytes) -> str:
    if kind == "tEXt":
        return rest.decode("latin-1")
    if kind == "zTXt":
        return _inflated(rest[1:]).decode("latin-1")
    packed, _method, *_ = rest[:2].ljust(2, b"\0")
    text = rest[2:].split(b"\0", 2)[-1]
    return (_inflated(text) if packed else text).decode("utf-8", "replace")


def _inflated(data: bytes) -> bytes:
    return zlib.decompressobj().decompress(data, _LARGEST_TEXT)


def _read_jpeg(picture: Picture) -> None:
    end = len(picture.content)
    for block in blocks.of_jpeg(picture.content):
        if block.name == "FE" and block.data.strip(b"\0 "):
            picture.captions["comment"] = block.data.decode("utf-8", "replace")
        elif block.name == "E1" and block.data.startswith((b"http://ns.adobe.com/xap", b"http://ns.adobe.com/xmp")):
            picture.xmp.append(block.data.partition(b"\0")[2].decode("utf-8", "replace"))
        elif block.name == "E0" and block.data.startswith(b"JFXX\0"):
            picture.small_copies.append(block.data[6:])
        elif block.name == "ED":
            _keep_photoshop(block.data, picture)
        elif block.name == "D9":
            end = block.end
    picture.rest = len(picture.content[end:].strip(b"\0\r\n"))


_RESOURCE = re.compile(rb"8BIM(.{2})", re.DOTALL)
_IPTC = re.compile(rb"\x1c\x02([\x05\x19\x28\x37\x50\x55\x5a\x5c\x65\x67\x69\x6e\x73\x74\x78\x7a])(.{2})", re.DOTALL)
_IPTC_WHO = frozenset((80, 85, 110, 115, 116, 122))


def _keep_photoshop(data: bytes, picture: Picture) -> None:
    """Keep the captions (IPTC) and the small copy that Photoshop's block carries."""
    if any(match[1] in {b"\x04\x09", b"\x04\x0c"} for match in _RESOURCE.finditer(data)):
        picture.small_copies.append(data[data.find(b"\xff\xd8") :] if b"\xff\xd8" in data else b"")
    for match in _IPTC.finditer(data):
        text = data[match.end() : match.end() + int.from_bytes(match[2], "big")].decode("utf-8", "replace").strip()
        if text:
            (picture.who if match[1][0] in _IPTC_WHO else picture.captions)[f"IPTC {match[1][0]}"] = text


def _read_webp(picture: Picture) -> None:
    for block in blocks.of_riff(picture.content[: blocks.riff_end(picture.content)]):
        if block.name == "XMP ":
            picture.xmp.append(block.data.decode("utf-8", "replace"))
        elif block.name not in _WEBP_DRAWN:
            picture.programs.append(block.name.strip())
    picture.rest = max(0, len(picture.content) - blocks.riff_end(picture.content))


_TIFF_XMP, _TIFF_IPTC, _TIFF_PHOTOSHOP, _TIFF_LAYERS = 700, 33723, 34377, 37724
_TIFF_INNER = 330


def _read_tiff(picture: Picture) -> None:
    tags = dict(getattr(picture.image, "tag_v2", {}).items())
    if xmp := tags.get(_TIFF_XMP):
        picture.xmp.append(_said(xmp))
    for tag in (_TIFF_IPTC, _TIFF_PHOTOSHOP):
        if isinstance(tags.get(tag), bytes):
            _keep_photoshop(tags[tag], picture)
    picture.layers = _TIFF_LAYERS in tags or _TIFF_INNER in tags


def _read_gif(picture: Picture) -> None:
    if comment := _said(picture.image.info.get("comment", b"")):
        picture.captions["comment"] = comment
    picture.rest = len(picture.content) - blocks.gif_end(picture.content)


_READERS: dict[kinds.Kind, Callable[[Picture], None]] = {
    kinds.PNG: _read_png,
    kinds.JPEG: _read_jpeg,
    kinds.WEBP: _read_webp,
    kinds.TIFF: _read_tiff,
    kinds.GIF: _read_gif,
}


def plain(xmp: str) -> Iterator[str]:
    """Yield what XMP says without its names of things: the text between its tags, and what stands in quotes."""
    yield from (text.strip() for text in re.findall(r">([^<>]{2,})<", xmp) if text.strip())
