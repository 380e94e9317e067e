"""Writes presentations of PowerPoint 97 to 2003 (MS-PPT), as small as they can be with a slide that shows something."""

import struct

from office_corpus.compound import atom, compound

PLACE = (100, 100, 2_000, 1_000)
"""Top, left, right and bottom in 576ths of an inch."""
COLOURS = (0xFFFFFF, 0, 0x808080, 0, 0x1D70B8, 0, 0, 0)
WHITE, BLACK = b"\xff\xff\xff\xfe", b"\0\0\0\xfe"


def within(kind, *records, instance=0):
    return atom(kind, b"".join(records), version=0xF | instance << 4)


def text(written, *, size=None, colour=None, kind=4):
    """A text as it stands in a shape: its head, its letters, how they look."""
    letters = written.encode("utf-16-le")
    said = (0x20000 if size is not None else 0) | (0x40000 if colour else 0)
    looks = struct.pack("<IHI", len(written) + 1, 0, 0) + struct.pack("<II", len(written) + 1, said)
    looks += (struct.pack("<H", size) if size is not None else b"") + (colour or b"")
    return atom(0xF9F, struct.pack("<I", kind)) + atom(0xFA0, letters) + atom(0xFA1, looks)


def shape(inner=b"", *about, place=PLACE, flags=0xA00):
    """A shape with a text; `about` are its properties as (number, value or text)."""
    texts = [value.encode("utf-16-le") if isinstance(value, str) else b"" for _, value in about]
    said = [
        struct.pack("<HI", number | (0x8000 if written else 0), len(written) or value)
        for (number, value), written in zip(about, texts, strict=True)
    ]
    properties = atom(0xF00B, b"".join(said + texts), version=3 | len(about) << 4)
    box = within(0xF00D, inner) if inner else b""
    where = atom(0xF010, struct.pack("<4h", *place))
    return within(0xF004, atom(0xF00A, struct.pack("<II", 1_025, flags), version=2), properties, where, box)


def slide(*shapes, more=(), flags=0):
    about = atom(0x3EF, b"\0" * 20 + struct.pack("<HH", flags, 0), version=2)
    colours = atom(0x7F0, b"".join(struct.pack(">I", colour << 8) for colour in COLOURS), version=1 << 4)
    group = within(0xF004, atom(0xF009, b"\0" * 16), atom(0xF00A, struct.pack("<II", 1_024, 5), version=2))
    drawing = within(0x40C, within(0xF002, atom(0xF008, b"\0" * 8), within(0xF003, group, *shapes)))
    return within(0x3EE, about, drawing, colours, *more)


GREETING = shape(text("Thank you"))


def master(*shapes):
    return slide(*shapes)[:2] + struct.pack("<H", 0x3F8) + slide(*shapes)[4:]


def presentation(
    *shapes, more=(), notes="", top=b"", earlier=b"", kept=b"", pictures=b"", store=b"", user=b"", behind=(), **streams
):
    """A ppt file of one slide.

    `more` stands in the slide, `kept` among the texts that the document keeps for it, `top` behind all. `earlier` is
    the slide before it was saved again, `user` who saved it, `behind` the shapes of a master.
    """
    shown = slide(*(shapes or (GREETING,)), more=more)
    noted = within(0x3F0, within(0x40C, within(0xF002, within(0xF003, shape(text(notes, kind=2)))))) if notes else b""
    listed = [within(0xFF0, atom(0x3F3, struct.pack("<IIIII", 2, 0, 0, 256, 0)), kept)]
    if notes:
        listed.append(within(0xFF0, atom(0x3F3, struct.pack("<IIIII", 3, 0, 0, 256, 0)), instance=2))
    if behind:
        listed.append(within(0xFF0, atom(0x3F3, struct.pack("<IIIII", 4, 0, 0, 256, 0)), instance=1))
    about = atom(0x3E9, struct.pack("<iiii", 5_760, 4_320, 4_320, 5_760) + b"\0" * 24, version=1)
    stored = within(0x40B, within(0xF000, within(0xF001, store))) if store else b""
    stream, places = b"", []
    for part in (within(0x3E8, about, stored, *listed, atom(0x3EA)), shown, noted, master(*behind) if behind else b""):
        places.append(len(stream))
        stream += part
    saves = _saves(len(stream), places, user, twice=bool(earlier))
    streams = {name.replace("__", "/"): content for name, content in streams.items()}
    whole = stream + saves[0] + earlier + top
    return compound({"PowerPoint Document": whole, "Current User": saves[1], "Pictures": pictures, **streams})


def _saves(begin, places, user, *, twice):
    """What tells of the save or the saves, and the stream that leads to the last one."""
    listed = atom(0x1772, struct.pack("<I", 1 | len(places) << 20) + struct.pack(f"<{len(places)}I", *places))
    found, last = b"", 0
    for _ in range(2 if twice else 1):
        place = begin + len(found)
        edit = struct.pack("<IIIIII", 256, 3 << 24, last, place, 1, len(places) + 1)
        last = place + len(listed)
        found += listed + atom(0xFF5, edit + b"\0" * 4)
    return found, atom(0xFF6, struct.pack("<IIIHH4x", 20, 0xE391C05F, last, len(user), 0x3F4) + user)


def picture(content, *, shown=1):
    """A PNG as the stream of pictures keeps it, and how the list of pictures tells of it."""
    kept = atom(0xF01E, b"\0" * 16 + b"\xff" + content, version=0x6E0 << 4)
    told = struct.pack("<BB16sHIII", 6, 6, b"\0" * 16, 0, len(kept), shown, 0) + b"\0" * 4
    return kept, atom(0xF007, told, version=2 | 6 << 4)
