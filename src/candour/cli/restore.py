"""`candour restore`: a backup is unpacked beside what is in use, checked there, and only then put in its place."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from candour.cli import archive, backup, disposal, door, dumps, passphrases, schema, words
from candour.rules.plurals import plural
from candour.rules.refusals import Conflict, WrongInput

if TYPE_CHECKING:
    from candour.incidents.disposals import Line


def arguments(parser: words.Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=words.existing, help="the backup")
    passphrases.argument(parser)
    parser.add_argument("--replace", action="store_true", help="put it in place of what is there, which is kept aside")
    parser.add_argument("--check", action="store_true", help="only unpack and check it; nothing is put in place")
    parser.add_argument(
        "--disposals", type=words.existing, metavar="FILE", help="a copy of disposals.jsonl kept elsewhere"
    )
    words.form(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Restore, or leave everything as it was."""
    door.django()
    engine = dumps.engine()
    if not (args.replace or args.check or not (engine.occupied() or any(door.files_dir().rglob("*")))):
        raise Conflict(f"{schema.place()} is in use; restore into an empty data directory, or say --replace")
    passphrase = passphrases.read(args)
    kept = door.data_dir() / f"before-restore-{door.now():%Y%m%d-%H%M%S-%f}"
    with tempfile.TemporaryDirectory(dir=engine.beside(), prefix=".restoring-") as folder:
        manifest = _unpacked(args.file, passphrase, Path(folder), engine)
        known = _disposals(Path(folder), args.disposals)
        heads, again, aside = _restored(engine, Path(folder), manifest, known, None if args.check else kept)
    if not args.check:
        _finish(known)
    files = sum(name.startswith("files/") for name in manifest["members"])
    done = "is whole and can be restored" if args.check else "is restored"
    lines = [f"{args.file} of {manifest['made_at'][:16]} {done}: the database and {plural(files, 'file')}"]
    lines += [f"  {slug}: record whole, head {number}:{digest}" for slug, (number, digest) in heads.items()]
    lines += list(disposal.said(again)) if again else []
    lines += [f"what was there before is kept: {aside}"] if aside else []
    data = {"restored": not args.check, "made_at": manifest["made_at"], "files": files, "heads": heads, "kept": aside}
    data["disposals_repeated"] = again
    door.say(args, data, lines)
    return 0


def _unpacked(path: Path, passphrase: str, folder: Path, engine: ModuleType) -> dict[str, Any]:
    with path.open("rb") as file, door.progress(None, "restore") as progress:
        manifest = archive.unpack(file, passphrase, folder, progress.update)
    if engine.MEMBER not in manifest["members"]:
        raise WrongInput("this is a backup of the other kind of database; set CANDOUR_DATABASE_URL to one of its kind")
    return manifest


def _disposals(folder: Path, given: Path | None) -> "list[Line]":
    """Everything that is known to have been disposed of: by the list here, the one in the backup, and one given."""
    from candour.incidents import disposals

    places = [disposals.path(), folder / disposals.FILE, *([given] if given else [])]
    return list(dict.fromkeys(line for place in places for line in disposals.read(place)))


def _repeated(folder: Path, known: "list[Line]") -> int:
    """Erase from the staged database, and from the files beside it, what was disposed of since; return how many."""
    from candour.incidents import disposals
    from candour.incidents.actions import disposing

    again = disposals.outstanding(known)
    if again:
        for sha256 in disposing.repeat(again, at=door.now()):
            (folder / "files" / sha256[:2] / sha256).unlink(missing_ok=True)
        disposing.clean()
    return len(again)


def _finish(known: "list[Line]") -> None:
    """Keep the list for the next time, and erase the files that the repeated disposals named, wherever they lie."""
    from candour.incidents import disposals
    from candour.incidents.actions import disposing

    disposals.keep(known)
    disposing.finish()


def _restored(
    engine: ModuleType, folder: Path, manifest: dict[str, Any], known: "list[Line]", kept: Path | None
) -> tuple[dict[str, list[Any]], int, str | None]:
    """Check what was unpacked and, where `kept` is given, put it in place.

    Return the heads, how many disposals were carried out again, and where the old lies.
    """
    dumped = folder / engine.MEMBER
    try:
        with engine.staged(dumped):
            heads = _checked(manifest)
            again = _repeated(folder, known)
            heads = _heads() if again else heads
        if kept is None:
            return heads, again, None
        kept.mkdir(mode=0o700)
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, kept)
            for source, target in _places(folder):
                _place(source, target, kept / source.relative_to(folder), undo)
            aside: str | None = engine.put_in_place(dumped, kept)
            undo.pop_all()
    finally:
        engine.discard(dumped)
    if not any(kept.iterdir()):
        kept.rmdir()
    return heads, again, aside


def _heads() -> dict[str, list[Any]]:
    return {slug: [*head] for slug, head in backup.checkpoints().items()}


def _checked(manifest: dict[str, Any]) -> dict[str, list[Any]]:
    """Bring the staged database and its guards up to this version; return the heads of the chains, each verified."""
    if schema.newer():
        raise WrongInput(f"the backup was made by Candour {manifest['version']}, which is newer; nothing was restored")
    schema.bring_up_to_date()
    from candour.ledger import verification
    from candour.organisation import bodies

    heads = {}
    for body in bodies.all_bodies():
        number, digest = manifest["heads"].get(body.slug, (0, "0" * 64))
        verdict = verification.verify(body.pk, (number, digest))
        if verdict.fault:
            raise WrongInput(f"the record of {body.slug} is not whole: {verdict.fault.what}; nothing was restored")
        heads[body.slug] = [verdict.head.number, verdict.head.digest]
    return heads


def _places(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Every restored file and where it belongs; the database is not among them."""
    for source in sorted((folder / "files").rglob("*")):
        if source.is_file():
            yield source, door.files_dir() / source.relative_to(folder / "files")
    if (folder / backup.KEY).exists():
        yield folder / backup.KEY, door.data_dir() / backup.KEY


def _place(source: Path, target: Path, kept: Path, undo: ExitStack) -> None:
    """Put a file in its place; another that was there is kept aside. `undo` takes both back."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not target.exists():
        undo.callback(target.unlink, missing_ok=True)
    elif _digest(target) == _digest(source):
        return
    else:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.replace(kept)
        undo.callback(kept.replace, target)
    part = target.with_name(f"{target.name}.part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    part.replace(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
