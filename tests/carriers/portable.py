"""PDF files, written by hand through pikepdf, by reportlab and by typst."""

import io
import zlib
from collections.abc import Callable
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from reportlab.pdfgen import canvas

from carriers import carrying, clean

LINE = "BT /F1 12 Tf 72 700 Td (It was sent to Mary Smith of Hull) Tj ET "
BOX = "0 g 140 695 120 16 re f "
Change = Callable[[Pdf], None]


def made(content: str = LINE, *changes: Change, **saved: object) -> bytes:
    """A PDF of one page that draws `content`, changed afterwards."""
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page = pikepdf.Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=[0, 0, 595, 842],
            Resources=Dictionary(Font=Dictionary(F1=pdf.make_indirect(font))),
            Contents=pdf.make_stream(content.encode()),
        )
    )
    pdf.pages.append(page)
    for change in changes:
        change(pdf)
    written = io.BytesIO()
    pdf.save(written, **saved)
    return written.getvalue()


def on_page(**entries: object) -> Change:
    def change(pdf):
        for key, value in entries.items():
            pdf.pages[0].obj[Name("/" + key)] = value

    return change


def in_root(**entries: object) -> Change:
    def change(pdf):
        for key, value in entries.items():
            pdf.Root[Name("/" + key)] = value

    return change


def in_info(**entries: str) -> Change:
    def change(pdf):
        for key, value in entries.items():
            pdf.docinfo[Name("/" + key)] = value

    return change


def annotated(**entries: object) -> Change:
    return on_page(Annots=[Dictionary(Type=Name.Annot, Rect=[140, 690, 260, 712], **entries)])


def form(**entries: object) -> Change:
    def change(pdf):
        field = pdf.make_indirect(
            Dictionary(Subtype=Name.Widget, Rect=[72, 600, 200, 620], T=String("reason"), **entries)
        )
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.pages[0].obj.Annots = Array([field])

    return change


def with_file(content: bytes, name: str) -> Change:
    def change(pdf):
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)

    return change


def layered(*, off: bool) -> Change:
    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft notes")))
        pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=layer)
        usual = Dictionary(OFF=Array([layer]) if off else Array())
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=usual)

    return change


LAYER = "/OC /MC0 BDC BT /F1 12 Tf 72 650 Td (a note on a layer) Tj ET EMC "


def pictured(mode: str = "RGB", *, masked: bool = False, noisy: bool = True) -> Change:
    """Put a picture on the page, of many shades or of one, drawn 200 points wide and high at 100, 300."""

    def change(pdf):
        shades = bytes((x * y) % 251 if noisy else 90 for x in range(64) for y in range(64))
        picture = Image.frombytes("L", (64, 64), shades).convert(mode)
        entries = {"Width": 64, "Height": 64, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
        stream = pdf.make_stream(zlib.compress(picture.tobytes()), Type=Name.XObject, Subtype=Name.Image, **entries)
        stream.Filter = Name.FlateDecode
        if masked:
            half = b"\0" * 2048 + b"\xff" * 2048
            mask = {**entries, "ColorSpace": Name.DeviceGray}
            stream.SMask = pdf.make_stream(half, Type=Name.XObject, Subtype=Name.Image, **mask)
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=stream)

    return change


def in_a_form(box: list[int]) -> Change:
    """Put a form on the page, with a text in it that its box cuts off or not."""

    def change(pdf):
        font = pdf.pages[0].obj.Resources.Font
        text = b"BT /F1 12 Tf 200 650 Td (what nobody sees) Tj ET"
        form = pdf.make_stream(text, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary(Font=font))
        pdf.pages[0].obj.Resources.XObject = Dictionary(Fm1=form)

    return change


def photographed(pdf: Pdf) -> None:
    """A photograph with the place it was taken in it, as cameras write it."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(written, "JPEG", exif=exif)
    stream = pdf.make_stream(written.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=40, Height=40)
    stream.ColorSpace, stream.BitsPerComponent, stream.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=stream)


DRAWN = "q 200 0 0 200 100 300 cm /Im1 Do Q "


def told(properties: str) -> Change:
    def change(pdf):
        start = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
        text = f'{start}<rdf:Description rdf:about="" {names}>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>'
        pdf.Root.Metadata = pdf.make_stream(text.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return change


def tagged(**entries: object) -> Change:
    def change(pdf):
        figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, **entries))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=figure))

    return change


def bookmarked(title: str) -> Change:
    def change(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(title, 0))

    return change


def updated() -> bytes:
    """A page that was changed by adding to the file: what it said before is still in it."""
    before = made(LINE)
    number = before.count(b" 0 obj") + 1
    start = before[before.rindex(b"startxref") :].split()[1]
    more = f"{number} 0 obj\n<<>>\nendobj\nxref\n{number} 1\n{len(before):010} 00000 n \n".encode()
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Prev %s >>\nstartxref\n%d\n%%%%EOF\n"
    return before + more + trailer % (number + 1, start, len(before) + more.index(b"xref"))


def left_over() -> bytes:
    """A file written by hand, as no program here writes what nothing refers to."""
    stream = b"9 0 obj\n<< /Length 24 >>\nstream\nBT (an earlier page) Tj  \nendstream\nendobj\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    places.append(len(body))
    body += stream.replace(b"9 0", b"4 0")
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def by_reportlab(
    *, boxed: bool = False, small: bool = False, pale: bool = False, form_within: bool = False, clipped: bool = False
) -> bytes:
    written = io.BytesIO()
    page = canvas.Canvas(written, pagesize=(595, 842))
    if form_within:
        page.beginForm("stamp")
        page.drawString(10, 10, "It was sent to Mary Smith of Hull")
        page.rect(50, 5, 120, 16, fill=1, stroke=0)
        page.endForm()
        page.translate(60, 500)
        page.doForm("stamp")
    else:
        page.setFont("Helvetica", 0.4 if small else 12)
        page.setFillGray(1 if pale else 0)
        if clipped:
            cell = page.beginPath()
            cell.rect(72, 690, 90, 20)
            page.clipPath(cell, stroke=0)
        page.drawString(72, 700, "It was sent to Mary Smith of Hull")
        if boxed:
            page.setFillGray(0)
            page.rect(140, 695, 120, 16, fill=1, stroke=0)
    page.showPage()
    page.save()
    return written.getvalue()


def tabled(hidden: str = "*", *, lines: bool = True) -> bytes:
    """A table of counts with its total, drawn with lines or without."""
    rows = (("Year", "Events"), ("2013/14", "39"), ("2014/15", hidden), ("Total", "119"))
    written = io.BytesIO()
    page = canvas.Canvas(written, pagesize=(595, 842))
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            left, bottom = 72 + across * 100, 700 - down * 20
            page.drawString(left + 4, bottom + 5, cell)
            if lines:
                page.rect(left, bottom, 100, 20)
    page.showPage()
    page.save()
    return written.getvalue()


SECRET = "BT /F1 12 Tf 72 650 Td (what nobody sees) Tj ET "
AROUND = "0 0 595 842 re 60 640 m 60 670 l 360 670 l 360 640 l h "
"""A path with a hole where the secret stands."""
CIRCLE = "0 655 m 0 755 240 755 240 655 c 240 555 0 555 0 655 c h "
HELD = Dictionary(Type=Name.Filespec, F=String("a.txt"))


CARRIERS = (
    carrying("pdf.text-under-box", "box.pdf", partial(made, LINE + BOX)),
    carrying("pdf.text-under-box", "marker.pdf", partial(made, LINE + "0 G 16 w 140 704 m 260 704 l S")),
    carrying("pdf.text-under-box", "whited.pdf", partial(made, LINE + BOX.replace("0 g", "1 g"))),
    carrying("pdf.text-under-box", "box-reportlab.pdf", partial(by_reportlab, boxed=True)),
    carrying("pdf.text-under-box", "box-in-form.pdf", partial(by_reportlab, form_within=True)),
    carrying(
        "pdf.text-under-box", "picture.pdf", partial(made, SECRET.replace("72 650", "150 400") + DRAWN, pictured())
    ),
    carrying("pdf.invisible-text", "mode.pdf", partial(made, LINE + "3 Tr " + SECRET)),
    carrying("pdf.invisible-text", "clipped.pdf", partial(made, LINE + "7 Tr " + SECRET)),
    carrying("pdf.text-outside-page", "outside.pdf", partial(made, LINE + SECRET.replace("72 650", "72 900"))),
    carrying("pdf.text-outside-page", "cropped.pdf", partial(made, LINE + SECRET, on_page(CropBox=[0, 680, 595, 842]))),
    carrying("pdf.clipped-text", "clip.pdf", partial(made, LINE + "q 60 690 300 30 re W n " + SECRET + "Q")),
    carrying("pdf.clipped-text", "clip-empty.pdf", partial(made, LINE + "q 0 0 0 0 re W* n " + SECRET + "Q")),
    carrying("pdf.clipped-text", "clip-in-part.pdf", partial(made, LINE + "q 60 640 60 30 re W n " + SECRET + "Q")),
    carrying("pdf.clipped-text", "clip-hole.pdf", partial(made, LINE + "q " + AROUND + "W* n " + SECRET + "Q")),
    carrying(
        "pdf.clipped-text",
        "clip-twice.pdf",
        partial(made, LINE + "q 0 0 595 842 re W n 0 0 595 500 re W n " + SECRET + "Q"),
    ),
    carrying("pdf.clipped-text", "clip-form.pdf", partial(made, LINE + "/Fm1 Do", in_a_form([0, 0, 100, 100]))),
    carrying("pdf.clipped-text", "clip-reportlab.pdf", partial(by_reportlab, clipped=True)),
    carrying("pdf.text-without-colour", "white.pdf", partial(made, LINE + "1 g " + SECRET)),
    carrying("pdf.text-without-colour", "black.pdf", partial(made, "0 g 60 640 300 40 re f " + LINE + SECRET)),
    carrying("pdf.text-without-colour", "white-reportlab.pdf", partial(by_reportlab, pale=True)),
    carrying("pdf.tiny-text", "tiny.pdf", partial(made, LINE + SECRET.replace("12 Tf", "0.3 Tf"))),
    carrying("pdf.tiny-text", "tiny-reportlab.pdf", partial(by_reportlab, small=True)),
    carrying("pdf.picture-under-box", "photo-box.pdf", partial(made, DRAWN + "0 g 150 350 60 40 re f", pictured())),
    carrying("pdf.cut-picture", "cut.pdf", partial(made, "q 400 0 0 400 400 300 cm /Im1 Do Q", pictured())),
    carrying("pdf.redaction-not-applied", "marked.pdf", partial(made, LINE, annotated(Subtype=Name.Redact))),
    carrying(
        "pdf.annotation", "comment.pdf", partial(made, LINE, annotated(Subtype=Name.Text, Contents=String("not yet")))
    ),
    carrying("pdf.annotation", "popup.pdf", partial(made, LINE, annotated(Subtype=Name.Popup))),
    carrying("pdf.annotation", "square.pdf", partial(made, LINE, annotated(Subtype=Name.Square))),
    carrying("pdf.field", "form.pdf", partial(made, LINE, form(FT=Name.Tx, V=String("Mary Smith")))),
    carrying("pdf.hidden-field", "hidden-field.pdf", partial(made, LINE, form(FT=Name.Tx, V=String("x y"), F=2))),
    carrying(
        "pdf.signature",
        "signed.pdf",
        partial(made, LINE, form(FT=Name.Sig, V=Dictionary(Type=Name.Sig, Name=String("Head of unit")))),
    ),
    carrying("pdf.xfa", "xfa.pdf", partial(made, LINE, in_root(AcroForm=Dictionary(Fields=[], XFA=String("<x/>"))))),
    carrying("pdf.attachment", "attached.pdf", partial(made, LINE, with_file(b"name,reason\n", "list.csv"))),
    carrying(
        "pdf.attachment identifier.ni-number",
        "attached-list.pdf",
        partial(made, LINE, with_file(b"name,number\nx,AB123456C\n", "list.csv")),
    ),
    carrying(
        "pdf.portfolio", "portfolio.pdf", partial(made, LINE, in_root(Collection=Dictionary(Type=Name.Collection)))
    ),
    carrying(
        "pdf.action",
        "script.pdf",
        partial(made, LINE, in_root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("1")))),
    ),
    carrying(
        "pdf.action",
        "launch.pdf",
        partial(made, LINE, in_root(OpenAction=Dictionary(S=Name.Launch, F=String("a.exe")))),
    ),
    carrying(
        "pdf.action",
        "link-script.pdf",
        partial(
            made, LINE, annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("javascript:app.alert(1)")))
        ),
    ),
    carrying(
        "words.internal-address",
        "link-inside.pdf",
        partial(made, LINE, annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("http://intranet/list")))),
    ),
    carrying("pdf.hidden-layer", "layer.pdf", partial(made, LINE + LAYER, layered(off=True))),
    carrying("pdf.author", "author.pdf", partial(made, LINE, in_info(Author="Head of unit"))),
    carrying(
        "pdf.author",
        "author-xmp.pdf",
        partial(made, LINE, told("<dc:creator><rdf:Seq><rdf:li>A head</rdf:li></rdf:Seq></dc:creator>")),
    ),
    carrying("pdf.properties", "keywords.pdf", partial(made, LINE, in_info(Keywords="redundancy, draft 3"))),
    carrying("pdf.properties", "path.pdf", partial(made, LINE, in_info(Title="C:\\Users\\x\\letter final.docx"))),
    carrying("pdf.history", "history.pdf", partial(made, LINE, told("<xmpMM:History><rdf:Seq/></xmpMM:History>"))),
    carrying("pdf.earlier-version", "updated.pdf", updated),
    carrying("pdf.left-over", "left-over.pdf", left_over),
    carrying("pdf.after-the-end", "after.pdf", lambda: made() + b"PK\x03\x04 what follows"),
    carrying(
        "pdf.thumbnail", "thumbnail.pdf", partial(made, LINE, lambda pdf: on_page(Thumb=pdf.make_stream(b"x"))(pdf))
    ),
    carrying("pdf.private-data", "private.pdf", partial(made, LINE, on_page(PieceInfo=Dictionary(A=Dictionary())))),
    carrying("pdf.masked-picture", "mask.pdf", partial(made, DRAWN, pictured(masked=True))),
    carrying("picture.place", "photographed.pdf", partial(made, DRAWN, photographed)),
    carrying("pdf.bookmark", "bookmark.pdf", partial(made, LINE, bookmarked("Draft: redundancies at Hull"))),
    carrying(
        "pdf.replacement-text", "replaced.pdf", partial(made, LINE, tagged(ActualText=String("the other letter")))
    ),
    carrying("pdf.description", "described.pdf", partial(made, LINE, tagged(Alt=String("C:\\pictures\\ward 7.jpg")))),
    carrying("pdf.permissions", "locked.pdf", partial(made, LINE, encryption=pikepdf.Encryption(owner="x", user=""))),
    carrying(
        "file.unreadable", "password.pdf", partial(made, LINE, encryption=pikepdf.Encryption(owner="x", user="y"))
    ),
    carrying("pdf.damaged", "damaged.pdf", lambda: made().replace(b"startxref\n", b"startxref\n9")),
    carrying(
        "hidden-identifier.ni-number",
        "identifier.pdf",
        partial(made, LINE + "3 Tr " + SECRET.replace("what nobody sees", "AB123456C")),
    ),
    carrying("table.worked-out", "table.pdf", tabled),
    carrying("table.total", "sum.pdf", partial(tabled, "81")),
    clean("table-right.pdf", partial(tabled, "80")),
    clean("underlined.pdf", partial(made, LINE + "0 G 1 w 72 697 m 260 697 l S 2 w 60 680 300 40 re S")),
    clean("crossed.pdf", partial(made, LINE + "0 G 8 w 50 600 m 400 800 l S")),
    clean("page.pdf", made),
    clean("page-reportlab.pdf", by_reportlab),
    clean("clipped-page.pdf", partial(made, "q 0 0 595 842 re W n " + LINE + SECRET + "Q")),
    clean("clipped-box.pdf", partial(made, LINE + "q 60 640 300 30 re W* n " + SECRET + "Q")),
    clean("clipped-circle.pdf", partial(made, LINE + "q " + CIRCLE + "W n " + SECRET + "Q")),
    clean("form-whole.pdf", partial(made, LINE + "/Fm1 Do", in_a_form([0, 0, 595, 842]))),
    clean("panel.pdf", partial(made, "0 g 60 690 300 30 re f 1 g " + LINE)),
    clean(
        "shaded.pdf", partial(made, "0.9 g 60 690 300 30 re f 0 g " + LINE + "0.8 g 60 640 300 30 re f 0 g " + SECRET)
    ),
    clean("photo.pdf", partial(made, LINE + DRAWN, pictured())),
    clean(
        "panel-on-photo.pdf",
        partial(made, DRAWN + "1 g 110 380 180 40 re f 0 g " + SECRET.replace("72 650", "120 395"), pictured()),
    ),
    clean("logo.pdf", partial(made, LINE + DRAWN, pictured(masked=True, noisy=False))),
    clean("white-on-photo.pdf", partial(made, DRAWN + "1 g " + SECRET.replace("72 650", "120 395"), pictured())),
    clean(
        "link.pdf",
        partial(made, LINE, annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://ico.example")))),
    ),
    clean("layer-on.pdf", partial(made, LINE + LAYER, layered(off=False))),
    clean("titled.pdf", partial(made, LINE, in_info(Title="Reply to your request"), bookmarked("Sent to Mary Smith"))),
    clean("web.pdf", partial(made, LINE, linearize=True)),
    clean("packed.pdf", partial(made, LINE, object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    clean("described-well.pdf", partial(made, LINE, tagged(Alt=String("A bar chart of incidents by year")))),
)
