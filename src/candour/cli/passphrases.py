"""Where a passphrase comes from: the first line of a file, or a prompt that does not show it."""

import getpass
import sys

from candour.cli import words
from candour.rules.refusals import WrongInput

SHORTEST = 12
"""Characters a passphrase has at least; whoever finds the file may try as often as they like."""


def argument(parser: words.Parser) -> None:
    parser.add_argument(
        "--passphrase-file", type=words.existing, metavar="FILE", help="its first line is the passphrase"
    )


def read(args: words.Namespace, *, twice: bool = False) -> str:
    """Return the passphrase; `twice` asks again, for one that is new. WrongInput when there is none or it is short."""
    if args.passphrase_file:
        lines = args.passphrase_file.read_text(encoding="utf-8").splitlines() or [""]
        return _long_enough(lines[0].strip())
    if not sys.stdin.isatty():
        raise WrongInput("give the passphrase with --passphrase-file; there is no terminal to ask at")
    said = _long_enough(getpass.getpass("Passphrase: "))
    if twice and getpass.getpass("Once more: ") != said:
        raise WrongInput("the two passphrases differ")
    return said


def _long_enough(said: str) -> str:
    if len(said) < SHORTEST:
        raise WrongInput(f"a passphrase has at least {SHORTEST} characters; four or five words do well")
    return said
