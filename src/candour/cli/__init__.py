"""The door for operators: finds the command, reads its words, and turns what comes of it into an exit code.

0 done · 2 the call or the input cannot be used, and nothing changed · 3 done, but something needs a person · 1 a fault
in Candour. Only the chosen command's module is loaded, and a command loads the rooms it needs when it runs: help and
`candour due` start no Django.
"""

import importlib
import os
import sys
from collections.abc import Sequence
from types import TracebackType

from candour.cli import door, words
from candour.cli.commands import COMMANDS
from candour.rules.refusals import Refusal

DONE, FAULT, CANNOT, NEEDS_A_PERSON = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; `argv` are the words after `candour` (default: the process's own)."""
    if argv is None:
        sys.excepthook = _fault
    try:
        args = _read(sys.argv[1:] if argv is None else list(argv))
        if COMMANDS[args.command].django:
            door.django()
        return int(args.run(args))
    except Refusal as refusal:
        return _cannot(refusal)
    except _database_faults() as fault:
        return _cannot(door.refusal(fault))
    except SystemExit as end:  # argparse has said what it had to say
        return int(end.code or 0)
    except BrokenPipeError:  # whoever read our answer has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("candour: stopped", file=sys.stderr)
        return 130


def _cannot(refusal: Refusal) -> int:
    print(f"candour: {refusal}", file=sys.stderr)
    return CANNOT


def _database_faults() -> tuple[type[Exception], ...]:
    """What a database says when it is busy, away or has no tables; nothing where no command started Django."""
    db = sys.modules.get("django.db")
    return (db.DatabaseError,) if db else ()


def _read(given: list[str]) -> words.Namespace:
    parser = words.Parser(
        prog="candour",
        description="An information-security incident register that can answer for itself.",
        epilog=_listing(),
    )
    names = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = [name for name in given if name in COMMANDS][:1] or list(COMMANDS)
    for name in chosen:
        command = COMMANDS[name]
        one = names.add_parser(name, description=command.says, epilog=f"Example:\n  {command.example}")
        importlib.import_module(f"candour.cli.{name.replace('-', '_')}").arguments(one)
    return parser.parse_args(given)


def _listing() -> str:
    rows = (f"  {name:<13} {command.says}\n                {command.example}" for name, command in COMMANDS.items())
    return "Commands, each with an example (candour COMMAND --help says more):\n" + "\n".join(rows)


def _fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    print("candour: this is a fault in Candour, not in what you asked for; please report it with:", file=sys.stderr)
    sys.__excepthook__(kind, fault, trace)
