"""Pictures, written by Pillow and added to by hand."""

import io
import struct
import zlib
from functools import partial

from PIL import Image, PngImagePlugin, TiffImagePlugin

from carriers import carrying, clean

SIZE = (48, 32)


def shades() -> Image.Image:
    return Image.frombytes("L", SIZE, bytes((x * y) % 251 for y in range(SIZE[1]) for x in range(SIZE[0]))).convert(
        "RGB"
    )


def saved(kind: str, image: Image.Image | None = None, **more: object) -> bytes:
    written = io.BytesIO()
    (image or shades()).save(written, kind, **more)
    return written.getvalue()


def exif(tags: dict[int, object] | None = None, *, place: bool = False, note: bool = False) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = 1  # upright: Pillow writes no EXIF without a first entry
    for tag, value in (tags or {}).items():
        made[tag] = value
    if place:
        made.get_ifd(0x8825)[1] = "N"
        made.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    if note:
        made.get_ifd(0x8769)[0x927C] = b"maker's own notes"
    return made


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with(name: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk before its end."""
    whole = saved("PNG")
    return whole[:-12] + chunk(name, data) + whole[-12:]


def jpeg_with(marker: int, data: bytes) -> bytes:
    whole = saved("JPEG")
    return whole[:2] + struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data + whole[2:]


def webp_with(name: bytes, data: bytes) -> bytes:
    whole = saved("WEBP", lossless=True)
    body = whole[12:] + name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def with_small_copy() -> bytes:
    """A JPEG whose EXIF carries a small JPEG, as cameras and phones write it."""
    small = saved("JPEG", shades().resize((16, 12)))
    first = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 1, 0, 26)
    places = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small), 0)
    tiff = b"II*\0" + struct.pack("<I", 8) + first + places + small
    return jpeg_with(0xE1, b"Exif\0\0" + tiff)


def half_clear(*, flat: bool) -> Image.Image:
    image = (Image.new("RGB", SIZE, "white") if flat else shades()).convert("RGBA")
    image.putalpha(Image.frombytes("L", SIZE, b"\0" * 768 + b"\xff" * 768))
    return image


def text_chunk(keyword: str, text: str, *, international: bool = False, packed: bool = False) -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    (info.add_itxt if international else info.add_text)(keyword, text, zip=packed)
    return info


def layered_tiff() -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[37724] = b"Adobe Photoshop Document Data Block\0"
    tags.tagtype[37724] = 7
    return saved("TIFF", tiffinfo=tags)


IPTC = b"\x1c\x02\x50\x00\x0eA head of unit\x1c\x02\x78\x00\x0bThe caption"
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF><rdf:Description>%s</rdf:Description></rdf:RDF></x:xmpmeta>"

CARRIERS = (
    carrying("picture.place", "gps.jpg", partial(saved, "JPEG", exif=exif(place=True))),
    carrying("picture.place", "gps.png", partial(saved, "PNG", exif=exif(place=True))),
    carrying("picture.place", "gps.webp", partial(saved, "WEBP", exif=exif(place=True))),
    carrying("picture.place", "gps.tif", partial(saved, "TIFF", tiffinfo={0x8825: {1: "N"}})),
    carrying("picture.small-copy", "small-copy.jpg", with_small_copy),
    carrying("picture.small-copy", "jfxx.jpg", lambda: jpeg_with(0xE0, b"JFXX\0\x10" + saved("JPEG"))),
    carrying(
        "picture.small-copy",
        "photoshop.jpg",
        lambda: jpeg_with(
            0xED, b"Photoshop 3.0\0008BIM\x04\x0c\0\0" + struct.pack(">I", 30) + b"\0" * 28 + saved("JPEG")
        ),
    ),
    carrying("picture.after-the-end", "cut.png", lambda: saved("PNG") + b"what was cut off"),
    carrying("picture.after-the-end", "cut.jpg", lambda: saved("JPEG") + b"what was cut off"),
    carrying("picture.after-the-end", "cut.webp", lambda: saved("WEBP") + b"what was cut off"),
    carrying("picture.after-the-end", "cut.gif", lambda: saved("GIF") + b"what was cut off"),
    carrying("picture.layers", "layers.tif", layered_tiff),
    carrying("picture.program-data", "state.png", lambda: png_with(b"prVW", b"an earlier state")),
    carrying("picture.program-data", "state.webp", lambda: webp_with(b"PRIV", b"an earlier state")),
    carrying("picture.under-transparent", "clear.png", partial(saved, "PNG", half_clear(flat=False))),
    carrying(
        "picture.under-transparent",
        "clear.webp",
        partial(saved, "WEBP", half_clear(flat=False), lossless=True, exact=True),
    ),
    carrying("picture.under-transparent", "clear.tif", partial(saved, "TIFF", half_clear(flat=False))),
    carrying(
        "picture.frames", "frames.gif", lambda: saved("GIF", save_all=True, append_images=[Image.new("RGB", SIZE)])
    ),
    carrying(
        "picture.frames", "pages.tif", lambda: saved("TIFF", save_all=True, append_images=[Image.new("RGB", SIZE)])
    ),
    carrying("picture.maker-note", "note.jpg", partial(saved, "JPEG", exif=exif(note=True))),
    carrying("picture.camera", "camera.jpg", partial(saved, "JPEG", exif=exif({0x0110: "Camera 5"}))),
    carrying("picture.author", "artist.jpg", partial(saved, "JPEG", exif=exif({0x013B: "A head of unit"}))),
    carrying("picture.author picture.caption", "iptc.jpg", lambda: jpeg_with(0xED, b"Photoshop 3.0\0" + IPTC)),
    carrying("picture.author", "xmp.jpg", lambda: jpeg_with(0xE1, XMP % b"<dc:creator>A head</dc:creator>")),
    carrying("picture.caption", "caption.jpg", partial(saved, "JPEG", exif=exif({0x010E: "The ward after the flood"}))),
    carrying(
        "picture.caption", "windows.jpg", partial(saved, "JPEG", exif=exif({0x9C9C: "Mary's desk".encode("utf-16-le")}))
    ),
    carrying("picture.caption", "comment.jpg", partial(saved, "JPEG", comment=b"the desk of Mary")),
    carrying(
        "picture.caption", "text.png", lambda: saved("PNG", pnginfo=text_chunk("Description", "the desk of Mary"))
    ),
    carrying("picture.caption", "packed.png", lambda: saved("PNG", pnginfo=text_chunk("Title", "a desk", packed=True))),
    carrying(
        "picture.caption", "itxt.png", lambda: saved("PNG", pnginfo=text_chunk("Title", "y ddesg", international=True))
    ),
    carrying("picture.caption", "comment.gif", partial(saved, "GIF", comment=b"the desk of Mary")),
    carrying("picture.history", "history.jpg", lambda: jpeg_with(0xE1, XMP % b"<xmpMM:History/>")),
    carrying("picture.history", "history.webp", partial(saved, "WEBP", xmp=XMP[29:] % b"<xmpMM:History/>")),
    carrying("hidden-identifier.ni-number", "number.png", lambda: saved("PNG", pnginfo=text_chunk("x", "AB123456C"))),
    carrying("file.ending", "lying.jpg", partial(saved, "PNG")),
    carrying("file.unreadable", "broken.png", lambda: saved("PNG")[:20]),
    *(
        clean(f"plain.{ending}", partial(saved, kind))
        for ending, kind in (("png", "PNG"), ("jpg", "JPEG"), ("tif", "TIFF"), ("webp", "WEBP"), ("gif", "GIF"))
    ),
    clean("software.png", lambda: saved("PNG", pnginfo=text_chunk("Software", "a program"))),
    clean("logo.png", partial(saved, "PNG", half_clear(flat=True))),
    clean("logo.webp", partial(saved, "WEBP", half_clear(flat=True))),
    clean("progressive.jpg", partial(saved, "JPEG", progressive=True, quality=95)),
    clean("dots.png", partial(saved, "PNG", dpi=(300, 300))),
)
