"""`candour figures --across` and `--group body`: several bodies in one table, each by its own record."""

import json
from typing import TYPE_CHECKING

from candour.cli import asides, door, words
from candour.rules.refusals import NotThere, WrongInput

if TYPE_CHECKING:
    from candour.figures.across import Across, Line
    from candour.figures.questions import Question
    from candour.ledger.coordinates import AsAt

BODY = "body"
"""The group that sets a body beside those whose work came to it."""


def asked(args: words.Namespace) -> bool:
    """Say whether a call asks for several bodies."""
    return "across" in args and (args.across or args.group == BODY)


def written(args: words.Namespace, acting: door.Acting, question: "Question", as_at: "AsAt") -> bytes:
    """Count, and give the table as bytes; NotThere where no body shares the measure with its sponsor."""
    from candour.figures import across

    if args.beside or args.share or args.merge:
        raise WrongInput("several bodies are not set beside what others published, have no shares and are not merged")
    compared = args.against is not None or args.against_day is not None
    if compared and args.group != BODY:
        raise WrongInput("a sponsor sees numbers, not which incidents are behind them; leave out --against")
    found = across.across(_lines(args, acting, as_at), question, as_at.day)
    return _bytes(
        found, args.format, acting.body.name, _differences(args, acting, question, as_at) if compared else None
    )


def _differences(args: words.Namespace, acting: door.Acting, question: "Question", as_at: "AsAt") -> asides.Aside:
    from candour.figures import middles, taken_over

    there = asides.against(args, acting, as_at)
    before = asides.as_defined(acting, question, there.number)
    found = taken_over.seen(
        acting.body, question, as_at, there, by=acting.by, today=acting.today, before=before
    )  # fmt: skip
    adds_up = question.measure.gives.adds_up
    return asides.differing(found, {"differences_add_up": adds_up}, [] if adds_up else [middles.SAYS])


def _lines(args: words.Namespace, acting: door.Acting, as_at: "AsAt") -> "list[Line]":
    from candour.figures import neighbours

    if args.group == BODY:
        return neighbours.with_predecessors(acting.body, as_at.number)
    lines = neighbours.sponsored(acting.body, args.measure, acting.today)
    if not lines:
        shared = ", ".join(sorted(neighbours.shared_measures(acting.body, acting.today)))
        instead = f"what is shared is {shared}" if shared else "no body that it sponsors shares any measure with it"
        raise NotThere(f"no body shares {args.measure} with {acting.body}; {instead}")
    return lines


def _bytes(found: "Across", form: str, sender: str, aside: asides.Aside | None) -> bytes:
    from candour.figures import leaflet, lines

    if form == "json":
        data = found.as_json() | (aside.data if aside else {})
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
    if form == "pdf":
        return leaflet.of_bodies(found, sender=sender)
    if form == "text":
        return "\n".join([lines.text(found), *(aside.lines if aside else [])]).encode()
    return lines.written(found, form)
