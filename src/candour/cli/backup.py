"""`candour backup`: the database and the files in one encrypted file."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from candour.cli import archive, door, dumps, passphrases, schema, words
from candour.rules.plurals import plural
from candour.rules.refusals import WrongInput

FORMAT = 1
KEY = "secret-key"
"""The file of the site's key, and its name in the archive."""


def arguments(parser: words.Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write; it must not be there yet")
    passphrases.argument(parser)
    words.form(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Dump, pack and encrypt; the file appears under its name only once it is whole."""
    if args.file.exists():
        raise WrongInput(f"{args.file} is there already; a backup never replaces another")
    passphrase = passphrases.read(args, twice=True)
    door.django()
    schema.require()
    with _appearing(args.file) as file, tempfile.TemporaryDirectory(dir=door.data_dir(), prefix=".backup-") as folder:
        kept = pack(file, passphrase, Path(folder))
    size = args.file.stat().st_size
    data = {"file": str(args.file), "bytes": size, "files": kept}
    door.say(
        args,
        data,
        [f"{args.file}: {plural(size, 'byte')}, the database and {plural(kept, 'file')}; keep the passphrase apart"],
    )
    return 0


def pack(file: IO[bytes], passphrase: str, folder: Path) -> int:
    """Write the backup to `file` by way of a dump in `folder`; return how many files of the record it holds."""
    heads = checkpoints()
    engine = dumps.engine()
    members = {engine.MEMBER: engine.dump(folder), **files(), **_key(), **_disposals()}
    about = {"format": FORMAT, "version": door.version(), "made_at": door.now().isoformat(), "heads": heads}
    with door.progress(sum(path.stat().st_size for path in members.values()), "backup") as progress:
        archive.pack(file, passphrase, members, about, progress.update)
    return len(files())


def checkpoints() -> dict[str, list[int | str]]:
    """Return each body's head, by slug: what a restored chain has to reach."""
    from candour.ledger import queries
    from candour.organisation import bodies

    heads = {body.slug: queries.head(body.pk) for body in bodies.all_bodies()}
    return {slug: [head.number, head.digest] for slug, head in heads.items()}


def _key() -> dict[str, Path]:
    """The site's own key where it lies in the data directory: without it no second factor opens after a restore."""
    path = door.data_dir() / KEY
    return {KEY: path} if path.exists() else {}


def _disposals() -> dict[str, Path]:
    """The list of what was disposed of, by which an older copy of the database learns what to erase again."""
    from candour.incidents import disposals

    disposals.keep(disposals.carried_out())
    path = disposals.path()
    return {disposals.FILE: path} if path.exists() else {}


def files() -> dict[str, Path]:
    """Return the files of the record, by their name in the archive."""
    folder = door.files_dir()
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {f"files/{path.relative_to(folder).as_posix()}": path for path in found}


@contextmanager
def _appearing(path: Path) -> Iterator[IO[bytes]]:
    """Write beside `path`, readable by its owner alone, and give the file its name when it is whole and on the disk."""
    if not path.parent.is_dir():
        raise WrongInput(f"there is no folder {path.parent}")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError as fault:
        raise WrongInput(f"{path} is there already; a backup never replaces another") from fault
    finally:
        Path(name).unlink()
