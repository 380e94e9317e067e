"""The list of disposals outside the database, by which an older copy of it learns what has to be erased again.

It holds bodies, numbers and digests: nothing that was erased, and nothing from which it could be guessed.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from candour.incidents import models
from candour.ledger import models as ledger
from candour.ledger.rows import in_parts
from candour.organisation.models import Body
from candour.rules.refusals import WrongInput

FILE = "disposals.jsonl"


@dataclass(frozen=True)
class Line:
    """What was disposed of: in which body, what began with which entry, its digest, and that of the disposal's entry.

    The digest tells the entry from another of the same number in a record that went on differently.
    """

    body: str
    entry: int
    digest: str
    disposal: str


def path() -> Path:
    """Where the list is kept: in the data directory, beside the database and never in it."""
    return Path(settings.DATA_DIR) / FILE


def read(file: Path) -> list[Line]:
    """Return the lines of a list; none where there is no file. WrongInput for a line that Candour did not write.

    A last line without its end was never whole, and is left out.
    """
    if not file.exists():
        return []
    whole, _, _ = file.read_text(encoding="utf-8").rpartition("\n")
    return [_line(file, number, text) for number, text in enumerate(whole.splitlines(), 1)]


def _line(file: Path, number: int, text: str) -> Line:
    try:
        said = json.loads(text)
        return Line(str(said["body"]), int(said["entry"]), str(said["digest"]), str(said["disposal"]))
    except (ValueError, KeyError, TypeError) as fault:
        raise WrongInput(f"line {number} of {file} is not one that Candour wrote; restore the file") from fault


def keep(lines: Iterable[Line]) -> int:
    """Add what the list does not have, through to the disk; return how many lines that was."""
    lines = list(dict.fromkeys(lines))
    if not lines:
        return 0
    handle = os.open(path(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        there = set(read(path()))
        new = [line for line in lines if line not in there]
        if new:
            file.truncate(file.read().rfind(b"\n") + 1)
            file.write(b"".join(json.dumps(asdict(line)).encode() + b"\n" for line in new))
            file.flush()
            os.fsync(file.fileno())
    return len(new)


def carried_out() -> Iterator[Line]:
    """Yield a line for everything that this database has disposed of."""
    for body in Body.objects.order_by("pk"):
        rows = models.Disposed.objects.filter(body=body.pk).order_by("pk").values_list("entry", "origin")
        for some in in_parts(list(rows)):
            digests = _digests(body.pk, [entry for entry, _ in some])
            yield from (Line(body.slug, entry, digests[entry], origin) for entry, origin in some)


def outstanding(lines: Sequence[Line]) -> list[Line]:
    """Return what a list says was disposed of, and this database still has: it is older than the list."""
    bodies = dict(Body.objects.values_list("slug", "pk"))
    found: list[Line] = []
    for slug, pk in bodies.items():
        for some in in_parts([line for line in lines if line.body == slug]):
            found += _still_here(pk, some)
    return found


def _still_here(body: int, lines: Sequence[Line]) -> list[Line]:
    entries = [line.entry for line in lines]
    digests = _digests(body, entries)
    done = set(models.Disposed.objects.filter(body=body, entry__in=entries).values_list("entry", "origin"))
    return [
        line for line in lines if digests.get(line.entry) == line.digest and (line.entry, line.disposal) not in done
    ]


def _digests(body: int, entries: Sequence[int]) -> dict[int, str]:
    return dict(ledger.Entry.objects.filter(body=body, number__in=entries).values_list("number", "digest"))
