"""`candour doctor`: what a person should look at, one line each."""

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from candour.cli import door, schema, words
from candour.rules.plurals import plural
from candour.rules.refusals import Refusal

LEAST_FREE = 1 << 30
"""Bytes of free disk under which a person should look."""
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that says earlier than this is wrong: the code is younger."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is as it should be, and what was seen."""

    name: str
    well: bool
    what: str


def arguments(parser: words.Parser) -> None:
    words.form(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Look at everything; 3 where something needs a person."""
    findings = [Finding("settings", *_settings())]
    if findings[0].well:
        findings += [found for look in LOOKS for found in look()]
    lines = [f"{'ok' if one.well else 'needs attention':<16} {one.name:<12} {one.what}" for one in findings]
    well = all(one.well for one in findings)
    rows = [{"name": one.name, "ok": one.well, "what": one.what} for one in findings]
    door.say(args, {"ok": well, "checks": rows}, lines)
    return 0 if well else 3


def _settings() -> tuple[bool, str]:
    try:
        door.django()
    except Refusal as refusal:
        return False, str(refusal)
    from django.conf import settings

    hosts = ", ".join(settings.ALLOWED_HOSTS)
    return True, f"data in {door.data_dir()}; answers to {hosts}; " + ("https" if settings.HTTPS else "http")


def _database() -> Iterator[Finding]:
    try:
        missing = schema.pending()
    except Refusal as refusal:
        yield Finding("database", False, str(refusal))
        return
    newer = "; made by a newer Candour" if not missing and schema.newer() else ""
    what = f"{len(missing)} migrations to apply: run `candour init`" if missing else f"up to date{newer}"
    yield Finding("database", not missing and not newer, f"{schema.place()}: {what}")
    if not missing:
        yield from _record()
        yield from _disposals()


def _record() -> Iterator[Finding]:
    from candour.ledger import guards, verification
    from candour.organisation import bodies

    fallen = guards.fallen()
    yield Finding("guards", not fallen, f"not up: {', '.join(fallen)}" if fallen else "the record can only grow")
    last = WRITTEN
    for body in bodies.all_bodies():
        verdict = verification.verify(body.pk)
        fault = f"entry {verdict.fault.number}: {verdict.fault.what}" if verdict.fault else "whole"
        yield Finding("chain", verdict.ok, f"{body.slug}: {plural(verdict.entries, 'entry', 'entries')}, {fault}")
        last = max(last, verdict.head.at or last)
    behind = ", which is before the last entry: set the clock" if door.now() < last else ""
    yield Finding("clock", not behind, f"{door.now():%d %B %Y %H:%M} UTC{behind}")


def _disposals() -> Iterator[Finding]:
    from candour.incidents import disposals
    from candour.incidents.actions import disposing

    left = len(disposals.outstanding(disposals.read(disposals.path())))
    what = f"{left} were not carried out here: run `candour disposal repeat`" if left else "each was carried out"
    if not left and not disposing.is_clean():
        what = "the database's files may still hold what was erased: run `candour disposal finish`"
        left = 1
    yield Finding("disposals", not left, what)


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(door.data_dir()).free
    yield Finding("disk", free > LEAST_FREE, f"{free / (1 << 30):.1f} GiB free")


def _assets() -> Iterator[Finding]:
    from django.contrib.staticfiles import finders

    missing = [name for name in ("govuk/govuk-frontend.min.css",) if finders.find(name) is None]
    yield Finding("assets", not missing, f"not there: {missing[0]}; run `make assets`" if missing else "there")


def _permissions() -> Iterator[Finding]:
    folder = door.data_dir()
    kept = [folder, *(folder / name for name in ("secret-key", "sample-sign-ins.txt") if (folder / name).exists())]
    open_ = [path for path in kept if _others_may(path)]
    what = f"others may read {open_[0]}: chmod go-rwx" if open_ else "only their owner reads the data and the key"
    yield Finding("permissions", not open_, what)


def _others_may(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_database, _disk, _assets, _permissions)
