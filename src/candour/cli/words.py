"""How the words of a call are read: days, files and FIELD=VALUE, and the arguments that commands share."""

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn

from candour.rules.refusals import WrongInput

Namespace = argparse.Namespace


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a call in one line, and keeps examples as they are written."""

    def __init__(self, **options: object) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **options,  # type: ignore[arg-type]
        )

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def shared(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Add the arguments of every command that acts on a body."""
    parser.add_argument("--body", metavar="SLUG", help="which body (default: the only one there is)")
    parser.add_argument(
        "--as", dest="as_", metavar="PERSON", help="who acts: e-mail, name or number (default: operator)"
    )
    form(parser, *formats)


def form(parser: argparse.ArgumentParser, *more: str) -> None:
    """Add --format: text for people, json for programs, and what else a command writes."""
    parser.add_argument(
        "--format", choices=("text", "json", *more), default="text", help="how to print (default: text)"
    )


def day(text: str) -> date:
    """Read a day as 2016-02-28."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongInput(f"{text!r} is not a day; write it as 2016-02-28") from None


def existing(text: str) -> Path:
    """Read the name of a file that has to be there."""
    path = Path(text).expanduser()
    if not path.is_file():
        raise WrongInput(f"there is no file {text}")
    return path


def pair(text: str) -> tuple[str, str]:
    """Read FIELD=VALUE; the value may be empty."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise WrongInput(f"{text!r} is not FIELD=VALUE, such as department=Legal")
    return name.strip(), value.strip()


def checkpoint(text: str) -> tuple[int, str]:
    """Read NUMBER:DIGEST."""
    number, _, digest = text.partition(":")
    if not number.isdecimal() or not digest:
        raise WrongInput(f"{text!r} is not NUMBER:DIGEST, as `candour verify` prints them")
    return int(number), digest.strip().lower()
