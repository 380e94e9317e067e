"""What a presentation carries besides the slides that are seen: hidden slides, notes, comments, shows, old states."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.pptx.family import PPTX
from candour.screening.office.pptx.presentations import Presentation, text_of

_SLIDE = "Delete it, or show it (Slide Show, Hide Slide)"
_INSPECT = "Take it out (File, Info, Inspect Document), or send a PDF only"
_PLACEHOLDERS = ("Click to", "Click icon", "Second level", "Third level", "Fourth level", "Fifth level", "Drag picture")


@PPTX.check("hidden-slide", Severity.BLOCK, says="A slide is hidden", do=_SLIDE)
def hidden_slides(presentation: Presentation) -> Iterator[Seen]:
    yield from (Seen(slide.name, masked(text_of(slide.root))) for slide in presentation.slides if slide.hidden)


@PPTX.check(
    "unlisted-slide", Severity.BLOCK, says="A slide lies in the file that the presentation does not list", do=_INSPECT
)
def unlisted_slides(presentation: Presentation) -> Iterator[Seen]:
    listed = {slide.part.lower() for slide in presentation.slides}
    found = presentation.package.matching(r"ppt/slides/[^/]+\.xml")
    yield from (Seen(part) for part in found if part.lower() not in listed)


@PPTX.check("speaker-notes", Severity.BLOCK, says="A slide has notes for the speaker", do=_INSPECT)
def speaker_notes(presentation: Presentation) -> Iterator[Seen]:
    for slide in presentation.slides:
        if said := presentation.notes(slide):
            yield Seen(slide.name, masked(said))


@PPTX.check("comment", Severity.BLOCK, says="The presentation carries a comment", do="Delete it (Review, Delete)")
def comments(presentation: Presentation) -> Iterator[Seen]:
    for part in presentation.package.matching(r"ppt/comments/[^/]+\.xml"):
        for one in elements.named(presentation.package.xml(part), "cm"):
            yield Seen(part, masked(elements.text_of(one, "text", "t")))


@PPTX.check("person", Severity.BLOCK, says="The presentation lists persons who commented", do=_INSPECT)
def persons(presentation: Presentation) -> Iterator[Seen]:
    for part in presentation.package.matching(r"ppt/(commentAuthors|authors)\.xml"):
        for one in elements.named(presentation.package.xml(part), "cmAuthor", "author"):
            yield Seen(part, masked(elements.value(one, "name")))


@PPTX.check("revision", Severity.BLOCK, says="The presentation keeps a record of earlier changes", do=_INSPECT)
def revisions(presentation: Presentation) -> Iterator[Seen]:
    yield from (Seen(part) for part in presentation.package.matching(r"ppt/changesInfos/.+|ppt/revisionInfo\.xml"))


@PPTX.check(
    "master-text", Severity.WARN, says="A layout or a master has text of its own", do="Read it (View, Slide Master)"
)
def master_texts(presentation: Presentation) -> Iterator[Seen]:
    for part, root in presentation.masters():
        for shape in elements.named(root, "sp"):
            text = text_of(shape)
            if text and elements.first(shape, "ph") is None and not text.startswith(_PLACEHOLDERS):
                yield Seen(part, masked(text))


@PPTX.check(
    "media", Severity.WARN, says="A slide plays sound or film", do="Listen to it and look at it from end to end"
)
def media(presentation: Presentation) -> Iterator[Seen]:
    kinds = r"ppt/media/[^/]+\.(mp3|mp4|m4a|m4v|wav|wma|wmv|avi|mov|mpg|mpeg|ogg|webm)"
    yield from (Seen(part) for part in presentation.package.matching(kinds))


@PPTX.check("section", Severity.WARN, says="The slides lie in sections that have names", do="Read them, or remove them")
def sections(presentation: Presentation) -> Iterator[Seen]:
    for one in elements.named(presentation.root, "section"):
        yield Seen("the sections", masked(elements.value(one, "name")))


@PPTX.check("custom-show", Severity.WARN, says="The presentation keeps shows that leave slides out", do="Delete them")
def custom_shows(presentation: Presentation) -> Iterator[Seen]:
    for one in elements.named(presentation.root, "custShow"):
        yield Seen("the custom shows", masked(elements.value(one, "name")))


@PPTX.check("tag", Severity.WARN, says="The presentation keeps data of an add-in", do=_INSPECT)
def tags(presentation: Presentation) -> Iterator[Seen]:
    for part in presentation.package.matching(r"ppt/tags/[^/]+\.xml"):
        for one in elements.named(presentation.package.xml(part), "tag"):
            yield Seen(part, masked(elements.value(one, "val")))


@PPTX.check(
    "protection",
    Severity.WARN,
    says="The presentation is protected against editing; that hides nothing from anybody",
    do="Do not rely on it: delete what is not to leave",
)
def protections(presentation: Presentation) -> Iterator[Seen]:
    yield from (Seen("the presentation") for _ in elements.named(presentation.root, "modifyVerifier"))
