"""A body and its register, told as an extract of a few lines, loaded the way every register is."""

import csv
import io
import pickle
import textwrap
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from candour.figures import actions as knowing
from candour.incidents import loading
from candour.organisation import actions, people
from candour.reading import mapping, register

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def body(slug="sample"):
    return actions.add_body(slug, name="Sample Body", kind="ndpb", regime="foia", at=NOW)


def sheet(text):
    """Turn lines of words apart by two spaces or more into a CSV file's text; the first line is the header."""
    lines = [line.strip() for line in textwrap.dedent(text).strip().splitlines()]
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        cells = [cell.strip() for cell in line.split("  ") if cell.strip()]
        writer.writerow(["" if cell == "-" else cell for cell in cells])
    return out.getvalue()


def load(of, text, folder, *, source="sheet", at=NOW, update=False, dry_run=False, name="register.csv", guide=None):
    path = Path(folder) / name
    path.write_text(sheet(text), encoding="utf-8")
    return load_file(of, path, source=source, at=at, update=update, dry_run=dry_run, guide=guide)


@contextmanager
def read(path, **how):
    """Read a register in its child, as always; what it said of the very same file before is not asked again.

    Hundreds of tests begin with the same few rows, and a child takes longer to start than they take.
    """
    asked = path.read_bytes(), path.name, repr(sorted(how.items()))
    if asked not in _SAID:
        with register.open_register(path, **how) as found:
            _SAID[asked] = pickle.dumps((found.about, found._names, list(found._items)))
    about, names, items = pickle.loads(_SAID[asked])  # noqa: S301 - our own words
    yield register.Reading(about, names, iter(items))


_SAID = {}


def load_file(of, path, *, source="sheet", at=NOW, update=False, dry_run=False, guide=None):
    given = {"guide": guide} if guide else {}
    with read(path, today=at.date(), **given) as reading:
        return loading.load(
            reading, body=of, source=source, update=update, dry_run=dry_run, by=people.operator(of), at=at
        )


def cover(of, measure, since="2000-01-01", until=None, *, where=None, fact="", at=NOW):
    return knowing.state_coverage(
        of,
        measure,
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        where=where or {},
        fact=fact,
        kept_in=None,
        reason="the register was kept from that day",
        by=people.operator(of),
        at=at,
    )


def covered(of, text, folder, *, since):
    """Load a register whose four tiers were all recorded from a day on."""
    load(of, text, folder)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses"):
        cover(of, measure, since)
    return of


def counted(of, counts, folder):
    """Load so many other incidents of each (department, year), logged in May of it and recorded since April 2011."""
    lines = ["reference  logged_on  tier  department"]
    for (department, year), count in counts.items():
        days = (f"{year}-05-0{1 + at % 9}" for at in range(count))
        lines += (f"{department}-{year}-{at}  {day}  other-incident  {department}" for at, day in enumerate(days))
    load(of, "\n".join(lines), folder)
    cover(of, "other-incidents", "2011-04-01")
    return of


def guide_of(text):
    return mapping.read(text)
