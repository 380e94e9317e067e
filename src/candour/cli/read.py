"""`candour read`: what a request asks, or what an earlier reply said; starts no Django."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli import door, words
from candour.rules import years
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.reading.requests import Request

LARGEST = 10 * 1024 * 1024


def arguments(parser: words.Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="txt, eml, docx, pdf, html or odt; - for standard input")
    parser.add_argument("--reply", action="store_true", help="it is a reply that was sent: say what it answered")
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Read, and print; 3 where there is no question, or where it is doubtful what a reply said."""
    data, name = content(args.file)
    return _reply(args, data, name) if args.reply else _request(args, data, name)


def content(text: str) -> tuple[bytes, str]:
    """Return the bytes of a file, or of standard input for `-`, and its name; empty and over-large raise WrongInput."""
    if text == "-":
        data, name = sys.stdin.buffer.read(LARGEST + 1), "standard-input.txt"
    else:
        path = words.existing(text)
        if path.stat().st_size > LARGEST:
            raise WrongInput(f"{text} is larger than {LARGEST >> 20} MB; a request is some pages of text")
        data, name = path.read_bytes(), Path(text).name
    if not data:
        raise WrongInput(f"{text} is empty")
    if len(data) > LARGEST:
        raise WrongInput(f"{text} is larger than {LARGEST >> 20} MB; a request is some pages of text")
    return data, name


def _request(args: words.Namespace, data: bytes, name: str) -> int:
    from candour.reading import requests

    request = requests.read(data, name, today=_today())
    door.say(args, request.as_json(), _lines(request))
    return 0 if request.questions else 3


def _today() -> date:
    return years.london_day(door.now())


def _lines(request: "Request") -> Iterator[str]:
    if request.subject:
        yield request.subject
    if request.received:
        yield f"received {years.spoken_with_weekday(request.received)}"
    for question in request.questions:
        about = question.measure or question.topic or question.kind
        yield f"\n{question.number or '-':<4} {question.text}"
        yield f"     asks for {about} ({question.confidence:.0%} sure: {question.why})"
        if question.periods:
            yield f"     periods: {', '.join(period.label for period in question.periods)}"
    if not request.questions:
        yield "no question was found; a person has to read it"
    if request.unread:
        yield "\nBelongs to no question:"
        yield from (f"  {text}" for text in request.unread)


def _reply(args: words.Namespace, data: bytes, name: str) -> int:
    from candour.reading import replies

    reply = replies.read(data, name).as_json()
    lines = [
        f"{answer['number'] or '-':<4} {part['status']}" + _values(part)
        for answer in reply["answers"]
        for part in answer["parts"]
    ]
    lines += [f"doubt: {doubt}" for doubt in reply["doubts"]]
    door.say(args, reply, lines)
    return 3 if reply["doubts"] else 0


def _values(part: Mapping[str, Any]) -> str:
    said = ((one["period"], one["status"] if one["value"] is None else one["value"]) for one in part["values"])
    return "".join(f"  {period}: {value}" for period, value in said)
