"""Presentations of three slides, two of which are seen, with something hidden in each of the ways there are."""

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm, Pt

from office_corpus import open_documents, presentations
from office_corpus.workbooks import png


def powerpoint(hidden):
    """A presentation of PowerPoint: `hidden` stands on a hidden slide, in notes, off a slide, under a box, in white."""
    show = pptx.Presentation()
    first, gone, second = (show.slides.add_slide(show.slide_layouts[presentations.TITLE]) for _ in range(3))
    first.shapes.title.text = "The figures"
    gone.shapes.title.text = hidden
    gone._element.set("show", "0")
    second.shapes.title.text = "The second slide"
    first.notes_slide.notes_text_frame.text = hidden
    _box(first, "What everybody sees", Cm(12))
    _box(first, hidden, Cm(-20))
    _box(first, hidden, Cm(2)).font.size = Pt(1)
    _box(second, hidden, Cm(2)).font.color.rgb = RGBColor(255, 255, 255)
    _box(second, hidden, Cm(14))
    over = second.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(14), Cm(4), Cm(8), Cm(2))
    over.fill.solid()
    over.fill.fore_color.rgb = RGBColor(0, 0, 0)
    second.shapes.add_picture(png(), Cm(2), Cm(8), Cm(6), Cm(4))
    unseen = second.shapes.add_textbox(Cm(2), Cm(14), Cm(8), Cm(2))
    unseen.text_frame.text = hidden
    unseen._element.nvSpPr.cNvPr.set("hidden", "1")
    return presentations.saved(show)


def _box(slide, text, left):
    run = slide.shapes.add_textbox(left, Cm(4), Cm(8), Cm(2)).text_frame.paragraphs[0].add_run()
    run.text = text
    return run


def open_document(hidden):
    """A presentation of OpenDocument with the same."""
    title = open_documents.frame("The figures", attributes=' presentation:class="title"')
    seen = open_documents.frame("What everybody sees", (300, 50))
    off = open_documents.frame(hidden, (-900, 50))
    white = open_documents.frame(f'<text:span text:style-name="white">{hidden}</text:span>', (50, 200))
    notes = f"<presentation:notes>{open_documents.frame(hidden)}</presentation:notes>"
    covered = open_documents.frame(hidden, (50, 300)) + open_documents.filled((50, 300))
    gone = f'<draw:page draw:style-name="gone">{open_documents.frame(hidden)}</draw:page>'
    second = open_documents.frame("The second slide")
    styles = (
        open_documents.BLACK
        + open_documents.style("white", "text", open_documents.LETTERS["white"])
        + open_documents.style(
            "gone", "drawing-page", '<style:drawing-page-properties presentation:visibility="hidden"/>'
        )
    )
    slides = f"<draw:page>{title}{seen}{off}{white}{notes}</draw:page>{gone}<draw:page>{second}{covered}</draw:page>"
    return open_documents.made("odp", slides, styles)
