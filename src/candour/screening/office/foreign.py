"""The check of what no program shows of an office file's XML, put to packages and to OpenDocument files."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import packaged
from candour.screening.office.odf import family as odf
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.parts import Packaged

_SAYS = "The file's code carries words that no program shows"
_DO = "Copy what may leave into a new document, or send values or a PDF only"


@packaged.check("unshown-code", Severity.BLOCK, says=_SAYS, do=_DO)
def in_packages(opened: Packaged) -> Iterator[Seen]:
    yield from (Seen(part, masked(text)) for part, text in opened.package.unshown())


@odf.check("unshown-code", Severity.BLOCK, says=_SAYS, do=_DO)
def in_open_documents(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(part, masked(text)) for part, text in opened.unshown())
