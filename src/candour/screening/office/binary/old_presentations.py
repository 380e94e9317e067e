"""The family of binary presentations (ppt): hidden slides, notes, comments, objects, and earlier versions."""

from collections.abc import Iterator

from candour.rules.plurals import plural
from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, Text, Unreadable
from candour.screening.inside import Inside
from candour.screening.office.binary import compound, slides
from candour.screening.office.binary.compound import Compound

SAVE = "Save it in the present format (pptx) or as PDF, and look again"
_SHOW = "Show it, and delete what is not to leave"


class OldPresentation:
    """A presentation of PowerPoint 97 to 2003."""

    def __init__(self, content: bytes, inside: Inside) -> None:
        """Raises Unreadable where the file is damaged or locked."""
        self.file = Compound(content, inside)
        if self.file.starting("EncryptedSummary") or slides.is_locked(self.file.read("Current User")):
            raise Unreadable("it is locked with a password")
        self.slides = slides.read(self.file.read("PowerPoint Document"))


def _texts(show: OldPresentation) -> Iterator[Text]:
    yield Text("slides and notes", "\n".join(show.slides.texts), hidden=bool(show.slides.hidden or show.slides.notes))
    yield from compound.texts(show.file)


PPT = Family("ppt", (kinds.PPT,), opens=OldPresentation, texts=_texts, parts=lambda show: compound.files(show.file))


def _counted(count: int, what: str) -> Iterator[Seen]:
    if count:
        yield Seen("", plural(count, what, what if what == "of them" else ""))


@PPT.check("in-part", Severity.BLOCK, says="A presentation in a binary format is looked into only in part", do=SAVE)
def in_part(_show: OldPresentation) -> Iterator[Seen]:
    yield Seen("")


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
