"""PDF files that say other than they show: by their fonts, shades, remarks, and links that are drawn."""

from functools import partial

from pikepdf import Array, Dictionary, Name

from carriers import carrying, clean
from carriers.portable import LINE, Change, made


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


CARRIERS = (
    carrying("pdf.letters-differ", "copied-as-others.pdf", partial(made, LINE, said_otherwise)),
    carrying("pdf.letters-differ", "letters-of-nothing.pdf", partial(made, LINE, drawn_by_hand(b""))),
    clean("letters-drawn-by-hand.pdf", partial(made, LINE, drawn_by_hand(b"0 0 500 500 re f"))),
    carrying("pdf.remark", "remark-on-page.pdf", partial(made, "% ask Mary Smith of Hull\n" + LINE)),
    carrying(
        "pdf.text-under-box", "shade-over-text.pdf", partial(made, LINE + "q 140 695 120 16 re W n /S sh Q", shaded)
    ),
    clean("shade-below-text.pdf", partial(made, "q 140 695 120 16 re W n /S sh Q 1 g " + LINE, shaded)),
    carrying("pdf.annotation", "link-with-a-look.pdf", partial(made, LINE, drawn_on)),
)
