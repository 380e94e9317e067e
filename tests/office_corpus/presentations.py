"""Presentations with one thing hidden in each, made by python-pptx or changed in their XML."""

import io

import pptx
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Cm, Pt

from office_corpus.packages import changed, packed, parts_of, shows, with_parts
from office_corpus.shared import put
from office_corpus.workbooks import png

SLIDE, MAIN = "ppt/slides/slide1.xml", "ppt/presentation.xml"
TITLE = 5
PLACE = (Cm(2), Cm(6))


def plain():
    """Return a presentation of python-pptx with one slide and its title."""
    show = pptx.Presentation()
    show.core_properties.title = ""
    show.slides.add_slide(show.slide_layouts[TITLE]).shapes.title.text = "Incidents"
    return show


def saved(show):
    """Save a presentation without the small picture and the printer that python-pptx puts into every file."""
    made = io.BytesIO()
    show.save(made)
    left_out = ("thumbnail", "printerSettings")
    return packed(
        {name: text for name, text in parts_of(made.getvalue()).items() if not any(o in name for o in left_out)}
    )


def with_slide(change):
    show = plain()
    change(show.slides[0])
    return saved(show)


def with_text(change=str, place=PLACE, text="ask Mary Smith"):
    """Save the presentation with a text box more; `change` gets its letters."""

    def add(slide):
        run = slide.shapes.add_textbox(*place, Cm(8), Cm(2)).text_frame.paragraphs[0].add_run()
        run.text = text
        change(run)

    return with_slide(add)


def part(name, text="<x/>"):
    return with_parts(saved(plain()), {name: text})


def ending(inner):
    """Save the presentation with more XML at its end."""
    return changed(saved(plain()), MAIN, "</p:presentation>", f"{inner}</p:presentation>")


@shows("pptx.hidden-slide", "pptx")
def hidden_slide():
    return with_slide(lambda slide: slide._element.set("show", "0"))


@shows("pptx.unlisted-slide", "pptx")
def slide_that_is_not_listed():
    return part("ppt/slides/slide9.xml", "<sld/>")


@shows("pptx.speaker-notes", "pptx")
def speaker_notes():
    return with_slide(lambda slide: setattr(slide.notes_slide.notes_text_frame, "text", "ask Mary Smith"))


@shows("pptx.comment", "pptx")
def comment():
    return part("ppt/comments/comment1.xml", "<cmLst><cm><text>ask Mary Smith</text></cm></cmLst>")


@shows("pptx.person", "pptx")
def person():
    return part("ppt/commentAuthors.xml", '<cmAuthorLst><cmAuthor name="Mary Smith"/></cmAuthorLst>')


@shows("pptx.revision", "pptx")
def revision():
    return part("ppt/changesInfos/changesInfo1.xml")


@shows("pptx.master-text", "pptx")
def text_of_a_layout():
    show = plain()
    show.slide_layouts[TITLE].shapes._spTree.append(text_box(show))
    return saved(show)


def text_box(show):
    box = show.slides[0].shapes.add_textbox(Cm(2), Cm(6), Cm(8), Cm(2))
    box.text_frame.text = "ask Mary Smith"
    return box._element


@shows("pptx.media", "pptx")
def film():
    return part("ppt/media/media1.mp4", "x")


@shows("pptx.section", "pptx")
def section():
    return ending('<p:extLst><p:ext><section name="Smith case"/></p:ext></p:extLst>')


@shows("pptx.custom-show", "pptx")
def custom_show():
    return ending('<p:custShowLst><p:custShow name="Without Smith" id="1"/></p:custShowLst>')


@shows("pptx.tag", "pptx")
def tag():
    return part("ppt/tags/tag1.xml", '<tagLst><tag name="OFFICER" val="Mary Smith"/></tagLst>')


@shows("pptx.protection", "pptx")
def protection():
    return ending('<p:modifyVerifier algorithmName="SHA-512"/>')


@shows("pptx.shape-off-slide", "pptx")
def text_outside_of_the_slide():
    return with_text(place=(Cm(-20), Cm(2)))


@shows("pptx.covered", "pptx")
def black_box_over_text():
    def change(slide):
        slide.shapes.add_textbox(Cm(2), Cm(6), Cm(8), Cm(2)).text_frame.text = "ask Mary Smith"
        box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(2), Cm(6), Cm(8), Cm(2))
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor(0, 0, 0)

    return with_slide(change)


@shows("pptx.covered", "pptx")
def box_over_a_picture():
    def change(slide):
        slide.shapes.add_picture(png(), Cm(2), Cm(6), Cm(8), Cm(2))
        slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(2), Cm(6), Cm(8), Cm(2))

    return with_slide(change)


@shows("pptx.tiny-text", "pptx")
def text_of_one_point():
    return with_text(lambda run: setattr(run.font, "size", Pt(1)))


@shows("pptx.faint-text", "pptx")
def white_text():
    return with_text(lambda run: setattr(run.font.color, "rgb", RGBColor(255, 255, 255)))


@shows("pptx.embedded-file", "pptx")
def workbook_behind_a_chart():
    data = CategoryChartData()
    data.categories = ["2013/14", "2014/15"]
    data.add_series("Incidents", (75, 81))
    where = (Cm(2), Cm(6), Cm(10), Cm(8))
    return with_slide(lambda slide: slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *where, data))


put("pptx", "pptx", lambda: saved(plain()), SLIDE, "ppt", "</p:spTree>")
