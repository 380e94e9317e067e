"""`candour person`: who may act for the body, and the link with which they sign in the first time."""

from typing import TYPE_CHECKING

from candour.cli import door, grids, words

if TYPE_CHECKING:
    from candour.organisation.models import Person


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    add = deeds.add_parser("add", help="add a person who holds roles from today")
    add.add_argument("name", metavar="NAME", help="how pages and the history name them")
    add.add_argument("--role", action="extend", nargs="+", required=True, metavar="ROLE", help="such as handler, dpo")
    add.add_argument("--email", help="with which they sign in")
    words.shared(add)
    add.set_defaults(run=add_person)
    again = deeds.add_parser("link", help="print a new sign-in link for somebody")
    again.add_argument("name", metavar="PERSON", help="e-mail, name or number")
    again.add_argument("--anew", action="store_true", help="although they have a password, which then ends")
    words.shared(again)
    again.set_defaults(run=link)
    everyone = deeds.add_parser("list", help="list the people and their roles")
    words.shared(everyone)
    everyone.set_defaults(run=list_all)


def add_person(args: words.Namespace) -> int:
    """Add the person and print the one-time link."""
    acting = door.acting(args)
    from candour.organisation import actions

    person = actions.add_person(
        acting.body, name=args.name, roles=args.role, email=args.email, by=acting.by, at=acting.at
    )
    address = _link(acting, person) if args.email else None
    data = {"number": person.number, "name": person.name, "roles": args.role, "link": address}
    lines = [f"{person.name} is person {person.number} of {acting.body}: {', '.join(args.role)}"]
    lines += [_says(address)] if address else ["without an e-mail address they cannot sign in"]
    door.say(args, data, lines)
    return 0


def link(args: words.Namespace) -> int:
    """Print a link for somebody who is there already; an older link holds as long as this one is not used.

    Anew: whoever forgot the password, or lost the telephone with the app, comes in as the first time.
    """
    acting = door.acting(args)
    from candour.organisation import actions, people
    from candour.rules.rights import Deed

    people.require(acting.by, Deed.RENEW_SIGN_IN, acting.at, acting.body)
    person = people.person(acting.body, args.name)
    if args.anew:
        actions.renew_sign_in(person, by=acting.by, at=acting.at)
    address = _link(acting, person)
    door.say(args, {"link": address}, [_says(address)])
    return 0


def list_all(args: words.Namespace) -> int:
    """List everybody with the roles held today."""
    acting = door.acting(args)
    from candour.organisation import people

    found = people.everyone(acting.body, acting.today)
    rows = [(person.number, person.name, person.email or "", ", ".join(roles)) for person, roles in found]
    names = ("number", "name", "email", "roles")
    door.say(args, {"people": [dict(zip(names, row, strict=True)) for row in rows]}, grids.grid(names, rows))
    return 0


def _link(acting: door.Acting, person: "Person") -> str:
    from django.conf import settings

    from candour.organisation import people

    return f"{settings.SITE_URL}/welcome/{people.sign_in_token(person, acting.at)}/"


def _says(address: str) -> str:
    return f"to sign in, once, within 72 hours: {address}"
