"""`candour figures --across` and `--group body`: several bodies in one table, each by its own record."""

import json
from typing import TYPE_CHECKING

from candour.cli import door, words
from candour.rules.refusals import NotThere, WrongInput

if TYPE_CHECKING:
    from candour.figures.across import Across, Line
    from candour.figures.questions import Question
    from candour.ledger.coordinates import AsAt

BODY = "body"
"""The group that sets a body beside those whose work came to it."""


def asked(args: words.Namespace) -> bool:
    """Say whether a call asks for several bodies."""
    return bool(args.across) or args.group == BODY


def written(args: words.Namespace, acting: door.Acting, question: "Question", as_at: "AsAt") -> bytes:
    """Count, and give the table as bytes; NotThere where no body shares the measure with its sponsor."""
    from candour.figures import across

    if args.against is not None or args.beside:
        raise WrongInput("several bodies are neither compared with another number nor set beside what others published")
    found = across.across(_lines(args, acting, as_at), question, as_at.day)
    return _bytes(found, args.format)


def _lines(args: words.Namespace, acting: door.Acting, as_at: "AsAt") -> "list[Line]":
    from candour.figures import neighbours

    if args.group == BODY:
        return neighbours.with_predecessors(acting.body, as_at.number)
    lines = neighbours.sponsored(acting.body, args.measure, acting.today)
    if not lines:
        shared = ", ".join(sorted(neighbours.shared_measures(acting.body, acting.today))) or "nothing"
        raise NotThere(f"no body shares {args.measure} with {acting.body}; shared is {shared}")
    return lines


def _bytes(found: "Across", form: str) -> bytes:
    from candour.figures import lines

    if form == "json":
        return (json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "pdf":
        raise WrongInput("several bodies are not written as PDF; take text, json, csv, ods, xlsx or svg")
    return lines.text(found).encode() if form == "text" else lines.written(found, form)
