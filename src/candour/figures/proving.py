"""Proves what was published: each table made again from the record gives the bytes that left, and its files stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from candour.figures import frozen, models
from candour.ledger import queries as ledger
from candour.organisation import files
from candour.organisation.models import PublicFile
from candour.rules.refusals import Refusal

TOLD = "table.json"
"""The file that says what a table says; it is kept, and does not leave."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with something published, and the entry that published it."""

    number: int
    what: str


def faults(body: int) -> Iterator[Fault]:
    """Yield every fault of what a body published, in order; one table after the other, a query or a few for each."""
    for row in models.Published.objects.filter(body=body).order_by("opened").iterator():
        yield from _faults(row)
    for sheet in models.Printed.objects.filter(body=body).order_by("opened", "place").iterator():
        yield from _drawn_again(sheet, frozen.written(sheet.told))


def count(body: int) -> int:
    """Return how many tables were published, by themselves or in a paper."""
    return sum(kind.objects.filter(body=body).count() for kind in (models.Published, models.Printed))


def _drawn_again(row: models.Told, told: bytes) -> Iterator[Fault]:
    if frozen.again(row) != told:
        yield Fault(row.opened, f"the table published in {row.document} does not come out of the record again")


def _faults(row: models.Published) -> Iterator[Fault]:
    told, sealed = frozen.written(row.told), ledger.many(row.body, [row.opened])
    if row.opened not in sealed or row.files != sealed[row.opened].facts.get("files") or not _led_to(row):
        yield Fault(row.opened, f"the files of what was published in {row.document} are not those its entry sealed")
    if (row.measure, row.title) != tuple(row.told["asked"]["measure"][name] for name in ("slug", "title")):
        yield Fault(row.opened, f"what was published in {row.document} stands under another title")
    if frozen.digest(told) != row.files[TOLD]:
        yield Fault(row.opened, f"what was published in {row.document} is not what its entry sealed")
    else:
        yield from _drawn_again(row, told)
    if row.closed is not None:  # what was withdrawn is gone with its link
        return
    for name, sha256 in row.files.items():
        if fault := _unread(sha256):
            yield Fault(row.opened, f"{name}, published in {row.document}: {fault}")


def _led_to(row: models.Published) -> bool:
    """Whether the public link leads to these files and no others, and is dead where they were withdrawn."""
    rows = PublicFile.objects.filter(body=row.body, opened=row.opened).values_list("name", "sha256", "closed")
    files_ = [(name, sha256, row.closed) for name, sha256 in row.files.items() if name != TOLD]
    return sorted(rows, key=str) == sorted(files_, key=str)


def _unread(sha256: str) -> str | None:
    try:
        files.read(sha256)
    except Refusal as refusal:
        return str(refusal)
    return None
