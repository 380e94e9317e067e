"""`candour sample`: a body with its register and a request, all made up, through the doors for real ones."""

from argparse import Namespace
from datetime import date
from importlib import resources
from pathlib import Path

from candour.cli import door, schema, words

SLUG = "sample"
RECEIVED, DATED = date(2016, 2, 28), date(2016, 3, 10)


def arguments(parser: words.Parser) -> None:
    parser.add_argument(
        "--codes", action="store_true", help="print the codes with which the sample's people sign in now"
    )
    words.form(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Make what is not there yet, and say where the reply and the sign-ins are."""
    door.django()
    if args.codes:
        return _codes(args)
    reply = door.data_dir() / "sample-reply"
    if not _stands(reply):
        _make(_folder(), reply)
    _say(args, reply)
    return 0


def _stands(reply: Path) -> bool:
    """Whether everything was made before: the answers are written last."""
    if schema.pending() or not (reply / "answers.json").exists():
        return False
    from candour.organisation import bodies

    return any(body.slug == SLUG for body in bodies.all_bodies())


def _folder() -> Path:
    folder = door.data_dir() / SLUG
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _make(folder: Path, reply: Path) -> None:
    """Every step adds nothing where it was done before, so that a run that was stopped can be repeated."""
    from candour.cli.sample import sign_ins

    door.tell("making the sample body; this takes some seconds")
    acting = _body()
    _write(folder, acting)
    _organisation(acting, folder)
    _register(acting, folder)
    sign_ins.made(acting)
    _answer(acting, folder, reply)


def _body() -> door.Acting:
    schema.bring_up_to_date()
    from candour.organisation import actions

    actions.add_body(SLUG, name="Sample Body", kind="ndpb", regime="foia", at=door.now())
    return door.acting(Namespace(body=SLUG, as_=None))


def _write(folder: Path, acting: door.Acting) -> None:
    from candour.cli.sample import incidents, pro_forma, sheet

    for name in ("body.toml", "request.txt"):
        (folder / name).write_bytes(resources.files(__package__).joinpath(name).read_bytes())
    (folder / "pro-forma.pdf").write_bytes(pro_forma.pdf())
    if not (folder / "register.xlsx").exists():
        sheet.write(folder / "register.xlsx", incidents.register(min(acting.today, incidents.LAST)))


def _organisation(acting: door.Acting, folder: Path) -> None:
    from candour.cli import organisation

    _, _, problems = organisation.load(acting, folder / "body.toml")
    if problems:
        raise AssertionError(problems)


def _register(acting: door.Acting, folder: Path) -> None:
    from candour.cli import load

    report = load.read_in(acting, folder / "register.xlsx", source="incident log")
    if report.held_back:
        raise AssertionError(report.held_back)


def _answer(acting: door.Acting, folder: Path, reply: Path) -> None:
    from candour.cli import answer
    from candour.foi.actions import Arrived

    asked = folder / "request.txt"
    answer.reply(acting, Arrived(asked.read_bytes(), asked.name, RECEIVED), reply, as_at=DATED, dated=DATED)


def _say(args: words.Namespace, reply: Path) -> None:
    from candour.cli.sample import sign_ins

    pdf = reply / "reply.pdf"
    people = [{"email": one.email, "password": one.password} for one in sign_ins.kept()]
    lines = [
        f"The reply to the sample request is {pdf}",
        f"The register it rests on is {_folder() / 'register.xlsx'}",
        f"Sign-ins (kept in {sign_ins.path()}; `candour sample --codes` prints the codes):",
        *(f"  {one['email']:<42} {one['password']}" for one in people),
    ]
    door.say(args, {"reply": str(pdf), "register": str(_folder() / "register.xlsx"), "sign_ins": people}, lines)


def _codes(args: words.Namespace) -> int:
    from candour.cli.sample import sign_ins

    codes = {one.email: one.code() for one in sign_ins.kept()}
    lines = [f"{email:<42} {code}" for email, code in codes.items()] or [
        "there is no sample yet; make it with `candour sample`"
    ]
    door.say(args, {"codes": codes}, lines)
    return 0 if codes else 2
