"""PDF files that say other than they show: by their fonts, shades, remarks, and links that are drawn."""

import io
import re
from functools import partial

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

from carriers import carrying, clean
from carriers.portable import DRAWN, LAYER, LINE, SECRET, Change, made, on_page, pictured


def said_otherwise(pdf):
    """Give the font a table for copying in which A is Z, B is Y, and so on."""
    pairs = " ".join(f"<{65 + n:02x}> <{90 - n:04x}>" for n in range(26))
    table = f"1 begincodespacerange <00> <ff> endcodespacerange 26 beginbfchar {pairs} endbfchar"
    pdf.pages[0].obj.Resources.Font.F1.ToUnicode = pdf.make_stream(table.encode())


def drawn_by_hand(glyph: bytes) -> Change:
    def change(pdf):
        glyphs = Dictionary(a=pdf.make_stream(b"600 0 d0 " + glyph))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], CharProcs=glyphs)
        font.FontMatrix = [0.001, 0, 0, 0.001, 0, 0]
        font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array([0, *[Name.a] * 256]))
        font.FirstChar, font.LastChar, font.Widths = 0, 255, Array([600] * 256)
        pdf.pages[0].obj.Resources.Font.F1 = font

    return change


def shaded(pdf):
    black = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[0], N=1)
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 1, 1], Extend=[True, True])
    shade.Function = black
    pdf.pages[0].obj.Resources.Shading = Dictionary(S=shade)


def drawn_on(pdf):
    """Give a link a look of its own, with a text in it."""
    look = pdf.make_stream(b"BT /F1 12 Tf 2 2 Td (Mary Smith) Tj ET", Subtype=Name.Form, BBox=[0, 0, 100, 20])
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 120], AP=Dictionary(N=look))
    pdf.pages[0].obj.Annots = Array([link])


def set_in_type(*, said_otherwise: bool) -> bytes:
    """A letter whose font lies in the file, as typst sets it; its text may say each small letter as the 13th on."""
    written = typst.compile(b"= Answers\nIt was sent to the office of the council.")
    with pikepdf.open(io.BytesIO(written)) as pdf:
        for table in [one.ToUnicode for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one]:
            table.write(_CODE.sub(_rotated, table.read_bytes()) if said_otherwise else table.read_bytes())
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


_CODE = re.compile(rb"^(<[0-9A-F]+>) <00(6[1-9A-F]|7[0-9A])>$", re.MULTILINE)


def _rotated(code: re.Match[bytes]) -> bytes:
    return b"%s <00%02X>" % (code[1], (int(code[2], 16) - ord("a") + 13) % 26 + ord("a"))


def standing(text: str, drawn: str, key: str = "ActualText") -> str:
    """What stands for a drawn text, in a mark of the page's own code."""
    return f"/Span <</{key} ({text})>> BDC {drawn} EMC "


def named(**entries: object) -> Change:
    """A list of properties that a mark names."""

    def change(pdf):
        pdf.pages[0].obj.Resources.Properties = Dictionary(P0=pdf.make_indirect(Dictionary(**entries)))

    return change


def member(**entries: object) -> Change:
    """A layer that is on, and a set of layers that a mark names."""

    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft notes")))
        held = {key: Array([Name.Not, layer]) if key == "VE" else value for key, value in entries.items()}
        group = Dictionary(Type=Name.OCMD, OCGs=layer, **held)
        pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=pdf.make_indirect(group))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))

    return change


def zoomed(least: float) -> Change:
    """A layer that is shown from some magnification on."""

    def change(pdf):
        usage = Dictionary(Zoom=Dictionary(min=least))
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft notes"), Usage=usage))
        pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=layer)
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())

    return change


def masked_out(pdf):
    """A state of drawing in which a mask lets nothing through."""
    nothing = pdf.make_stream(b"0 g 0 0 595 842 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    nothing.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    state = Dictionary(Type=Name.ExtGState, SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=nothing))
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G0=state)


def pale(pdf):
    """A state in which an eighth of what is drawn is seen, as of a watermark."""
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, ca=0.125, BM=Name.Multiply))


def white_picture(pdf):
    pictured(noisy=False)(pdf)
    picture = pdf.pages[0].obj.Resources.XObject.Im1
    picture.write(b"\xff" * 64 * 64 * 3)


LONG = LINE.replace("72 700", "500 700")
"""A line that begins on the page and ends beyond its edge."""
OFFICE = "BT /F1 12 Tf 72 650 Td (the {}ce) Tj ET "

CARRIERS = (
    carrying("pdf.tiny-text", "no-width.pdf", partial(made, LINE + "0 Tz " + SECRET)),
    carrying(
        "pdf.tiny-text hidden-identifier.ni-number",
        "no-width-number.pdf",
        partial(made, LINE + "0 Tz " + SECRET.replace("what nobody sees", "AB123456C")),
    ),
    carrying("pdf.tiny-text", "no-size.pdf", partial(made, LINE + SECRET.replace("12 Tf", "0 Tf"))),
    carrying("pdf.tiny-text", "no-room.pdf", partial(made, LINE + "q 0 0 0 0 200 200 cm " + SECRET + "Q")),
    carrying("pdf.tiny-text", "hardly-any-width.pdf", partial(made, LINE + "4 Tz " + SECRET)),
    carrying("pdf.tiny-text", "no-height.pdf", partial(made, LINE + "q 1 0 0 0.02 0 600 cm " + SECRET + "Q")),
    carrying("pdf.tiny-text", "folded.pdf", partial(made, LINE + "q 1 1 1 1.01 -600 -300 cm " + SECRET + "Q")),
    clean("narrow.pdf", partial(made, LINE + "50 Tz " + SECRET)),
    carrying("pdf.text-outside-page", "partly-outside.pdf", partial(made, SECRET + LONG)),
    carrying(
        "pdf.text-outside-page",
        "partly-cropped.pdf",
        partial(made, SECRET + LINE, on_page(CropBox=[0, 0, 170, 842])),
    ),
    clean("cropped-beside.pdf", partial(made, SECRET + LINE, on_page(CropBox=[60, 600, 400, 800]))),
    carrying("pdf.text-without-colour", "white-outline.pdf", partial(made, LINE + "1 Tr 1 G " + SECRET)),
    carrying("pdf.text-without-colour", "white-both.pdf", partial(made, LINE + "2 Tr 1 G 1 g " + SECRET)),
    clean("outlined.pdf", partial(made, LINE + "2 Tr 0 G 1 g " + SECRET)),
    carrying("pdf.invisible-text", "masked-out.pdf", partial(made, LINE + "/G0 gs " + SECRET, masked_out)),
    carrying(
        "pdf.invisible-text",
        "white-on-white-picture.pdf",
        partial(made, LINE + DRAWN + "1 g " + SECRET.replace("72 650", "120 395"), white_picture),
    ),
    clean("watermark.pdf", partial(made, LINE + "/G0 gs " + SECRET.replace("12 Tf", "60 Tf"), pale)),
    carrying("pdf.replaced-text", "stands-for.pdf", partial(made, LINE + standing("Mary Smith of Hull", SECRET))),
    carrying(
        "pdf.replaced-text",
        "stands-for-in-list.pdf",
        partial(made, LINE + f"/Span /P0 BDC {SECRET} EMC", named(ActualText=String("Mary Smith of Hull"))),
    ),
    carrying(
        "pdf.replaced-text hidden-identifier.ni-number",
        "stands-for-spelt.pdf",
        partial(made, LINE + standing("AB123456C", SECRET, "Actual#54ext")),
    ),
    carrying(
        "pdf.replacement-text", "short-form.pdf", partial(made, LINE + standing("Mary Smith, Ward 7", SECRET, "E"))
    ),
    carrying("pdf.replacement-text", "stands-for-picture.pdf", partial(made, standing("Ward 7", DRAWN), pictured())),
    clean("soft-hyphen.pdf", partial(made, standing("the office", OFFICE.format("of-) Tj 0 -14 Td (fi")))),
    clean("capitals.pdf", partial(made, standing("The Office", OFFICE.format("OFFI")))),
    carrying("pdf.hidden-layer", "set-of-layers.pdf", partial(made, LINE + LAYER, member(P=Name.AllOff))),
    carrying("pdf.hidden-layer", "not-of-a-layer.pdf", partial(made, LINE + LAYER, member(VE=True))),
    carrying("pdf.hidden-layer", "layer-zoomed.pdf", partial(made, LINE + LAYER, zoomed(20))),
    clean("set-of-layers-on.pdf", partial(made, LINE + LAYER, member(P=Name.AnyOn))),
    carrying("pdf.letters-differ", "copied-as-others.pdf", partial(made, LINE, said_otherwise)),
    carrying("pdf.letters-differ", "letters-of-nothing.pdf", partial(made, LINE, drawn_by_hand(b""))),
    carrying("pdf.letters-differ", "font-that-lies.pdf", partial(set_in_type, said_otherwise=True)),
    clean("font-of-its-own.pdf", partial(set_in_type, said_otherwise=False)),
    clean("letters-drawn-by-hand.pdf", partial(made, LINE, drawn_by_hand(b"0 0 500 500 re f"))),
    carrying("pdf.remark", "remark-on-page.pdf", partial(made, "% ask Mary Smith of Hull\n" + LINE)),
    carrying(
        "pdf.text-under-box", "shade-over-text.pdf", partial(made, LINE + "q 140 695 120 16 re W n /S sh Q", shaded)
    ),
    clean("shade-below-text.pdf", partial(made, "q 140 695 120 16 re W n /S sh Q 1 g " + LINE, shaded)),
    carrying("pdf.annotation", "link-with-a-look.pdf", partial(made, LINE, drawn_on)),
)
