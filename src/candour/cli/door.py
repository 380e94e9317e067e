"""What every command does on its way in and out: start Django, say who acts for which body and when, and print."""

import importlib.metadata
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli.words import Namespace
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, Refusal, WrongInput

if TYPE_CHECKING:
    from candour.ledger.coordinates import AsAt
    from candour.organisation.models import Body, Person
    from candour.rules.rights import Deed

AWAY = ("locked", "unable to open", "connection", "could not", "disk", "not a database")
"""Words by which a database says that it is busy, away or full."""

NO_TABLES = ("no such table", "no such column", 'relation "', 'column "')
"""Words by which it says that it was never made, or not brought up to date."""

NO_DATABASE = "the database is not there or not up to date; run `candour init --name NAME --slug SLUG`"


@dataclass(frozen=True)
class Acting:
    """For which body a command acts, who acts, and the moment at which it does."""

    body: "Body"
    by: "Person"
    at: datetime

    @property
    def today(self) -> date:
        """The day it is in London."""
        return years.london_day(self.at)

    def coordinates(self, day: date | None = None, number: int | None = None) -> "AsAt":
        """The two coordinates of a question: today and the head of the record, unless others are asked for."""
        from candour.ledger import queries

        return queries.coordinates(self.body.pk, day or self.today, number, today=self.today)

    def check(self, look: "Deed") -> None:
        """Raise NotAllowed where whoever acts may not look at something; no entry is made."""
        from candour.organisation import people

        people.require(self.by, look, self.at, self.body)


def now() -> datetime:
    """Read the clock; commands hand the moment on, no room below reads it."""
    return datetime.now(UTC)


def django() -> None:
    """Start Django; a setting that cannot be used raises WrongInput with its hint."""
    import django as framework
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.settings")
    try:
        framework.setup()
    except ImproperlyConfigured as fault:
        raise WrongInput(str(fault)) from fault
    except OSError as fault:
        raise WrongInput(f"the data directory cannot be used: {fault}") from fault


def acting(args: Namespace) -> Acting:
    """Say who acts for which body, as --body and --as name them; NotThere where there is nobody of that name."""
    django()
    from candour.organisation import bodies, people

    body = bodies.body(args.body)
    return Acting(body, people.person(body, args.as_) if args.as_ else people.operator(body), now())


def refusal(fault: Exception) -> Refusal:
    """Say what a person can do about a database that cannot be used now; any other fault of it is raised again."""
    said = str(fault)
    if any(sign in said for sign in NO_TABLES):
        return NotThere(NO_DATABASE)
    if not any(sign in said for sign in AWAY):
        raise fault
    return Conflict(f"the database is busy or cannot be reached: {said.splitlines()[0]}; try again")


def version() -> str:
    """Return this version of Candour."""
    return importlib.metadata.version("candour")


def data_dir() -> Path:
    """Return the folder in which this installation keeps its data; Django has been started."""
    from django.conf import settings

    return Path(settings.DATA_DIR)


def files_dir() -> Path:
    """Return the folder of the files that the record names, made where it is missing; Django has been started."""
    from django.conf import settings

    folder = Path(settings.FILES_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def counted(what: str, unit: str = "row") -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error that is told how much is done, and of how much."""
    with progress(None, what, unit) as bar:
        before = 0

        def show(done: int, of: int) -> None:
            nonlocal before
            bar.total = of
            bar.update(done - before)
            before = done

        yield show


@contextmanager
def progress(total: int | None, what: str, unit: str = "B") -> Iterator[Any]:
    """Show a bar on standard error while work goes on, where somebody looks; its `update` is told of each step."""
    from tqdm import tqdm

    with tqdm(total=total, desc=what, unit=unit, unit_scale=True, leave=False, disable=not sys.stderr.isatty()) as bar:
        yield bar


def say(args: Namespace, data: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Print one JSON object for a program, or lines for a person."""
    if args.format == "json":
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            print(line)


def said(args: Namespace, number: int | None, what: str) -> None:
    """Print which entry a statement became, or that it was stated so already."""
    outcome = f"entry {number}" if number else "stated so already; nothing was added"
    say(args, {"ledger_number": number}, [f"{what}: {outcome}"])


def tell(message: str) -> None:
    """Say something to a person beside the answer: on standard error."""
    print(message, file=sys.stderr)
