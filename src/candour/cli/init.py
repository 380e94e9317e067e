"""`candour init`: the database, a body and its operator."""

from candour.cli import door, schema, words


def arguments(parser: words.Parser) -> None:
    parser.add_argument("--name", required=True, help="the body's name, as letters print it")
    parser.add_argument("--slug", required=True, help="its short name in commands and addresses")
    parser.add_argument(
        "--kind",
        default="other",
        help="department, agency, ndpb, non-ministerial, council, nhs, police, school, university or other",
    )
    parser.add_argument("--regime", default="foia", help="foia or foisa: the law it answers requests under")
    words.form(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Migrate, add the body where it is not there, and say what was done."""
    door.django()
    steps = schema.bring_up_to_date()
    from candour.organisation import actions, bodies

    there = any(body.slug == args.slug for body in bodies.all_bodies())
    body = actions.add_body(args.slug, name=args.name, kind=args.kind, regime=args.regime, at=door.now())
    lines = [
        f"database   {schema.place()}: " + (f"{steps} migrations applied" if steps else "up to date"),
        f"body       {body} ({body.slug}): " + ("there already" if there else "added, with its operator"),
    ]
    data = {"database": schema.place(), "migrations_applied": steps, "body": body.slug, "added": not there}
    door.say(args, data, lines)
    return 0
