"""Picture files: what is found in PNG, JPEG, TIFF, WebP and GIF.

What no program can tell is whether something can still be read through a blur, or stands in a mirror: a person looks.
"""

import re
from collections.abc import Iterator

from PIL import Image

from candour.screening import kinds, masks
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, Unreadable, masked
from candour.screening.pictures import told
from candour.screening.pictures.told import Picture

_ANEW = "Send a clean rendition, which has the picture alone"
_LARGEST = 40_000_000
_XMP_WHO = re.compile(r"<(dc:creator|photoshop:(?:Credit|AuthorsPosition)|xmpRights:Owner)\b|\bphotoshop:Credit=")
_XMP_HISTORY = re.compile(
    r"xmpMM:(?:History|DerivedFrom|Ingredients)|photoshop:DocumentAncestors|crs:|GCamera:|Container:"
)


def texts(picture: Picture) -> Iterator[Text]:
    for name, text in {**picture.captions, **picture.who}.items():
        yield Text(f"its {name}", text, hidden=True)
    for properties in picture.xmp:
        yield Text("its properties (XMP)", "\n".join(told.plain(properties)), hidden=True)


PICTURE = Family("picture", (kinds.PNG, kinds.JPEG, kinds.TIFF, kinds.WEBP, kinds.GIF), opens=told.opened, texts=texts)


@PICTURE.check("place", Severity.BLOCK, says="The picture says where it was taken (GPS)", do=_ANEW)
def places(picture: Picture) -> Iterator[Seen]:
    if picture.place or any("exif:GPS" in properties for properties in picture.xmp):
        yield Seen("its EXIF")


@PICTURE.check(
    "small-copy",
    Severity.BLOCK,
    says="A small copy beside the picture may show what was cut or covered",
    do=_ANEW,
)
def small_copies(picture: Picture) -> Iterator[Seen]:
    for copy in picture.small_copies:
        yield Seen("", f"{len(copy):,} bytes")
    if any("xmpGImg:image" in properties or "xmp:Thumbnails" in properties for properties in picture.xmp):
        yield Seen("its properties (XMP)")


@PICTURE.check(
    "after-the-end",
    Severity.BLOCK,
    says="What was cut off the picture, or something else, follows its end",
    do=_ANEW,
)
def after_the_end(picture: Picture) -> Iterator[Seen]:
    if picture.rest > 0:
        yield Seen("", f"{picture.rest:,} bytes")


@PICTURE.check("layers", Severity.BLOCK, says="The picture holds the layers it was made of", do=_ANEW)
def layers(picture: Picture) -> Iterator[Seen]:
    if picture.layers:
        yield Seen("")


@PICTURE.check(
    "program-data",
    Severity.BLOCK,
    says="A program put data of its own into it, such as an earlier state",
    do=_ANEW,
)
def program_data(picture: Picture) -> Iterator[Seen]:
    for name in dict.fromkeys(picture.programs):
        yield Seen("", masked(name, 6))


@PICTURE.check("under-transparent", Severity.BLOCK, says="The picture goes on where it is made transparent", do=_ANEW)
def under_transparent(picture: Picture) -> Iterator[Seen]:
    image = picture.image
    if image.mode not in {"RGBA", "LA", "PA"} or image.width * image.height > _LARGEST:
        return
    try:
        whole = image.convert("RGBA")
    except told.BROKEN as fault:
        raise Unreadable("its picture is damaged") from fault
    grey = Image.merge("RGB", whole.split()[:3]).convert("L")
    if masks.differs_under(grey, whole.getchannel("A")):
        yield Seen("")


@PICTURE.check(
    "frames", Severity.WARN, says="The file holds more pictures than the first", do="Look at every one of them"
)
def frames(picture: Picture) -> Iterator[Seen]:
    if picture.frames > 1:
        yield Seen("", f"{picture.frames:,} in all")


@PICTURE.check(
    "maker-note", Severity.WARN, says="The camera's maker has put notes of its own into the picture", do=_ANEW
)
def maker_notes(picture: Picture) -> Iterator[Seen]:
    if picture.maker_note:
        yield Seen("its EXIF")


@PICTURE.check("camera", Severity.WARN, says="The picture says with what and when it was taken", do=_ANEW)
def cameras(picture: Picture) -> Iterator[Seen]:
    if picture.exif:
        yield Seen("its EXIF", ", ".join(picture.exif))


@PICTURE.check("author", Severity.WARN, says="The picture names who made or owns it", do=_ANEW)
def authors(picture: Picture) -> Iterator[Seen]:
    for name, text in picture.who.items():
        yield Seen(f"its {name}", masked(text))
    if any(map(_XMP_WHO.search, picture.xmp)):
        yield Seen("its properties (XMP)")


@PICTURE.check("caption", Severity.WARN, says="The picture carries words that are not seen in it", do=_ANEW)
def captions(picture: Picture) -> Iterator[Seen]:
    for name, text in picture.captions.items():
        yield Seen(f"its {masked(name, 12)}", masked(text))
    if any("dc:description" in properties or "dc:title" in properties for properties in picture.xmp):
        yield Seen("its properties (XMP)")


@PICTURE.check("history", Severity.WARN, says="The picture tells how it was edited", do=_ANEW)
def histories(picture: Picture) -> Iterator[Seen]:
    if any(map(_XMP_HISTORY.search, picture.xmp)):
        yield Seen("its properties (XMP)")
