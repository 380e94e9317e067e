"""`candour token`: tokens by which programs call the API as a person."""

from candour.cli import door, words


def arguments(parser: words.Parser) -> None:
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    add = what.add_parser("add", help="make a token; it is printed this once")
    add.add_argument("person", metavar="PERSON", help="as whom the program acts: e-mail, name or number")
    add.add_argument("--for", dest="purpose", required=True, metavar="TEXT", help="what the token is for")
    words.shared(add)
    add.set_defaults(run=_add)
    listed = what.add_parser("list", help="show the tokens in force")
    words.shared(listed)
    listed.set_defaults(run=_list)
    revoke = what.add_parser("revoke", help="take a token back")
    revoke.add_argument("number", type=int, metavar="NUMBER", help="as `candour token list` shows it")
    words.shared(revoke)
    revoke.set_defaults(run=_revoke)


def _add(args: words.Namespace) -> int:
    acting = door.acting(args)
    from candour.organisation import people, tokens

    person = people.person(acting.body, args.person)
    token = tokens.give(acting.body, person, purpose=args.purpose, by=acting.by, at=acting.at)
    door.say(args, {"token": token, "person": person.name}, [token])
    door.tell(f"candour: acts as {person.name}; it is shown this once, so keep it where only the program reads it")
    return 0


def _list(args: words.Namespace) -> int:
    acting = door.acting(args)
    from candour.organisation import tokens

    found = tokens.given(acting.body, by=acting.by, at=acting.at)
    rows = [{"number": one.number, "person": one.person, "for": one.purpose, "at": one.at.isoformat()} for one in found]
    door.say(args, {"tokens": rows}, (f"{one.number:>6}  {one.person}: {one.purpose}" for one in found))
    return 0


def _revoke(args: words.Namespace) -> int:
    acting = door.acting(args)
    from candour.organisation import tokens

    number = tokens.revoke(acting.body, args.number, by=acting.by, at=acting.at)
    door.said(args, number, f"token {args.number} is revoked")
    return 0
