"""The family of binary presentations (ppt): hidden slides, notes, comments, objects, and earlier versions."""

from collections.abc import Iterator

from candour.rules.plurals import plural
from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, Unreadable, masked
from candour.screening.inside import Inside
from candour.screening.office.binary import compound, drawn, slides
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.slide_shapes import Shape
from candour.screening.office.binary.slides import Slide

SAVE = "Save it in the present format (pptx) or as PDF, and look again"
_SHOW = "Show it, and delete what is not to leave"


class OldPresentation:
    """A presentation of PowerPoint 97 to 2003."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged or locked."""
        self.file = Compound(content, inside)
        if self.file.starting("EncryptedSummary") or slides.is_locked(self.file.read("Current User")):
            raise Unreadable("it is locked with a password")
        self.user = slides.user(self.file.read("Current User"))
        self.pictures = self.file.read("Pictures")
        try:
            self.slides = slides.read(self.file, self.pictures)
        except compound.BROKEN as fault:
            raise Unreadable("its presentation is damaged") from fault

    @property
    def looked_at(self) -> list[Slide]:
        """The slides, and the masters, which stand behind them."""
        return [*self.slides.shown, *self.slides.masters]

    def picture(self, number: int) -> bytes:
        """Return the file of a picture; b"" where it is of a kind that nothing looks into, or is not there."""
        places = self.slides.stored
        found = drawn.pictures(self.pictures, places[number - 1]) if 0 < number <= len(places) else iter(())
        ending, content = next(found, ("", b""))
        return content if ending else b""

    def shapes(self) -> Iterator[tuple[Slide, int, Shape]]:
        """Yield each shape with its slide, and its place among the shapes of that."""
        for slide in self.looked_at:
            yield from ((slide, place, shape) for place, shape in enumerate(slide.shapes))


def _texts(show: OldPresentation) -> Iterator[Text]:
    seen = show.slides.seen
    yield Text("slides", "\n".join(text for text in show.slides.texts if text in seen))
    yield Text("who saved it", show.user, hidden=True)
    yield Text("beside the slides", "\n".join(text for text in show.slides.texts if text not in seen), hidden=True)
    names = (name for _, _, shape in show.shapes() for name in shape.names)
    yield Text("names of shapes and pictures", "\n".join(names), hidden=True)
    yield from compound.texts(show.file)


def _parts(show: OldPresentation) -> Iterator[tuple[str, bytes]]:
    """Yield the packages and the pictures that lie in the presentation."""
    yield from compound.files(show.file)
    for number, (ending, content) in enumerate(drawn.pictures(show.pictures), 1):
        if ending:
            yield f"picture {number}.{ending}", content


PPT = Family("ppt", (kinds.PPT,), opens=OldPresentation, texts=_texts, parts=_parts)


def _counted(count: int, what: str) -> Iterator[Seen]:
    if count:
        yield Seen("", plural(count, what, what if what == "of them" else ""))


@PPT.check("in-part", Severity.BLOCK, says="The presentation holds something that is not looked into", do=SAVE)
def in_part(show: OldPresentation) -> Iterator[Seen]:
    yield from (Seen("", what) for what in show.slides.unaccounted)


@PPT.check("faint-text", Severity.BLOCK, says="Text has the colour of its ground", do=_SHOW)
def faint_text(show: OldPresentation) -> Iterator[Seen]:
    yield from (Seen(slide.place, masked(run.text)) for slide in show.looked_at for run in slide.faint())


@PPT.check("tiny-text", Severity.BLOCK, says="Text has letters of a point or less", do=_SHOW)
def tiny_text(show: OldPresentation) -> Iterator[Seen]:
    yield from (Seen(slide.place, masked(run.text)) for slide in show.looked_at for run in slide.tiny())


@PPT.check("covered", Severity.BLOCK, says="A filled shape lies over a text or a picture", do="Delete what is below it")
def covered_shapes(show: OldPresentation) -> Iterator[Seen]:
    for slide in show.looked_at:
        yield from (_shape(slide, slide.shapes[place]) for place in sorted(slide.covered()))


@PPT.check("shape-off-slide", Severity.BLOCK, says="A shape lies outside of its slide", do="Delete it, or move it")
def shapes_off_slides(show: OldPresentation) -> Iterator[Seen]:
    for slide in show.looked_at:
        yield from (_shape(slide, slide.shapes[place]) for place in sorted(slide.off(show.slides.size)))


@PPT.check("hidden-shape", Severity.BLOCK, says="A shape or a picture is hidden", do=_SHOW)
def hidden_shapes(show: OldPresentation) -> Iterator[Seen]:
    yield from (_shape(slide, shape) for slide, _, shape in show.shapes() if shape.is_hidden)


@PPT.check("alternative-text", Severity.WARN, says="A shape or a picture has a name or a text beside it", do=_SHOW)
def alternative_texts(show: OldPresentation) -> Iterator[Seen]:
    yield from (Seen(slide.place, masked(name)) for slide, _, shape in show.shapes() for name in shape.names)


def _shape(slide: Slide, shape: Shape) -> Seen:
    return Seen(slide.place, masked(shape.text or " ".join(shape.names)))


@PPT.check("user", Severity.WARN, says="The presentation names who saved it last", do=SAVE)
def users(show: OldPresentation) -> Iterator[Seen]:
    if show.user and show.user.lower() not in compound.PROGRAMS:
        yield Seen("", masked(show.user))


@PPT.check("hidden-slide", Severity.BLOCK, says="Slides are hidden", do=_SHOW)
def hidden_slides(show: OldPresentation) -> Iterator[Seen]:
    yield from _counted(show.slides.hidden, "slide")


@PPT.check("speaker-notes", Severity.BLOCK, says="Slides have notes for the speaker", do=_SHOW)
def speaker_notes(show: OldPresentation) -> Iterator[Seen]:
    yield from _counted(show.slides.notes, "slide")


@PPT.check("comment", Severity.BLOCK, says="The presentation carries comments", do="Delete them")
def comments(show: OldPresentation) -> Iterator[Seen]:
    yield from _counted(show.slides.comments, "comment")


@PPT.check("object", Severity.BLOCK, says="Objects of other programs, or a program, lie in the presentation", do=SAVE)
def objects(show: OldPresentation) -> Iterator[Seen]:
    yield from _counted(show.slides.objects, "object")


@PPT.check(
    "earlier-version", Severity.BLOCK, says="The presentation still holds its earlier versions (fast save)", do=SAVE
)
def earlier_versions(show: OldPresentation) -> Iterator[Seen]:
    yield from _counted(show.slides.saves - 1, "of them")
