"""Compound files that are no document: those locked with a password, and those of unknown kinds."""

from collections.abc import Iterator

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity
from candour.screening.office.binary import compound
from candour.screening.office.binary.compound import Compound

OLE = Family("ole", (kinds.OLE,), opens=Compound, texts=compound.texts, parts=compound.files)


@OLE.check("locked", Severity.BLOCK, says="The file is locked with a password or by rights", do="Take the lock off")
def locked(file: Compound) -> Iterator[Seen]:
    yield from (Seen(name) for name in file.starting(*compound.ENCRYPTED))


@OLE.check(
    "unknown",
    Severity.BLOCK,
    says="A compound file is of no kind that can be looked into",
    do="Find out what it is; send another format that can be looked into",
)
def unknown(file: Compound) -> Iterator[Seen]:
    if not file.starting(*compound.ENCRYPTED):
        yield Seen("", f"{len(file.names)} streams")
