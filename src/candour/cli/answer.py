"""`candour answer`: a request goes in, the whole reply comes out as files; nothing is sent."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli import door, read, words
from candour.rules import years
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.foi.actions import Arrived, Reply


def arguments(parser: words.Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="txt, eml, docx, pdf, html or odt; - for standard input")
    parser.add_argument("--received", required=True, type=words.day, metavar="DATE", help="the day it reached the body")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the reply's files are written")
    parser.add_argument("--as-at", type=words.day, metavar="DATE", help="the knowledge it rests on (default: receipt)")
    parser.add_argument("--dated", type=words.day, metavar="DATE", help="the day on the letter (default: today)")
    parser.add_argument("--our-reference", default="", metavar="TEXT", help="default: the next by the body's pattern")
    parser.add_argument("--their-reference", default="", metavar="TEXT", help="default: what the request says")
    parser.add_argument("--channel", default="email", choices=("email", "post", "web", "telephone"))
    parser.add_argument("--redraft", action="store_true", help="draft anew at the head of the record")
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Draft the reply and write it; 3 while anything needs a person."""
    data, name = read.content(args.file)
    acting = door.acting(args)
    from candour.foi.actions import Arrived

    arrived = Arrived(data, name, args.received, args.channel, args.our_reference, args.their_reference)
    drafted = reply(acting, arrived, args.out, as_at=args.as_at, dated=args.dated, redraft=args.redraft)
    door.say(args, drafted.answers, _lines(drafted, args.out))
    return 3 if drafted.needs_a_person or not drafted.answers["questions"] else 0


def reply(
    acting: door.Acting,
    arrived: "Arrived",
    out: Path,
    *,
    as_at: date | None = None,
    dated: date | None = None,
    redraft: bool = False,
) -> "Reply":
    """Draft the reply to a request and write its files and enclosures into `out`, the answers last."""
    from candour.foi import actions
    from candour.organisation import queries as organisation

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise WrongInput(f"{out} cannot be a folder for the reply: {fault.strerror}") from fault
    drafted = actions.answer(
        acting.body,
        arrived,
        as_at=as_at,
        dated=dated or acting.today,
        redraft=redraft,
        by=acting.by,
        at=acting.at,
    )
    _hold(acting, drafted.case)
    for name, content in [*drafted.enclosures, *sorted(drafted.files.items(), reverse=True)]:
        _write(out / organisation.file_name(acting.body.pk, Path(name).name), content)
    return drafted


def _hold(acting: door.Acting, case: str) -> None:
    """Keep what the request is about from disposal: the periods it names, or everything where a question names none.

    Case and hold know each other by the case's reference alone (FOIA s.77).
    """
    from candour.foi import queries
    from candour.incidents.actions import holding

    asked = queries.periods(acting.body, case, by=acting.by, today=acting.today)
    holding.hold_for_request(acting.body, case, asked, by=acting.by, at=acting.at)


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _lines(drafted: "Reply", out: Path) -> Iterator[str]:
    said = drafted.answers
    due = date.fromisoformat(said["due"])
    yield f"{said['case']}: due {years.spoken_with_weekday(due)}; the letter is dated working day {said['working_day']}"
    if not drafted.anew:
        yield "the same request was answered before: this is the same reply (--redraft draws it anew)"
    for question in said["questions"]:
        yield f"\n{question['number'] or '-':<4} {question['text']}"
        yield from (f"     {line}" for line in _answer(question["answer"]))
    if not said["questions"]:
        yield "no question was found; a person has to read it"
    yield f"\nwritten to {out}: " + ", ".join(sorted([*drafted.files, *(name for name, _ in drafted.enclosures)]))


def _answer(answer: dict[str, Any]) -> Iterator[str]:
    for part in answer["parts"]:
        if part["words"]:
            yield part["words"]
        for group in part["figures"]["groups"] if part["figures"] else ():
            yield "  ".join(f"{cell['period']}: {_cell(cell)}" for cell in group["cells"])
    yield from (f"NEEDS A PERSON: {what}" for what in answer["open"])


def _cell(cell: dict[str, Any]) -> str:
    return cell["status"].replace("_", " ") if cell["value"] is None else str(cell["value"])
