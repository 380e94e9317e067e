"""`--protect`: a table made safe to publish on its way out of `candour figures`, and the decision that is kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from candour.cli import door, words
from candour.cli.asides import Aside
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.figures.safe import Decided, Draft
    from candour.figures.tables import Table

BESIDE = ("against_day", "share", "beside", "minutes_per_record")
"""What may be said beside a table, and could give a hidden number of it away."""


def asking(parser: words.Parser) -> None:
    """Add how a table is protected."""
    parser.add_argument(
        "--protect",
        metavar="RULE",
        help="make it safe to publish: none, auto, or a rule such as standard, nhs-digital, bands, round-5; its parts "
        "may be changed: standard,threshold=10,totals=hide",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="with --protect: records the decision, and why")


@dataclass(frozen=True)
class Given(Aside):
    """The table as it may leave, and what is said of how it came about."""

    table: "Table"


def _as_json(draft: "Draft", decided: "Decided | None") -> dict[str, Any]:
    return {
        "decision": {
            "protect": draft.advice.protect,
            "high_risk": draft.advice.high_risk,
            "steps": [step.as_json() for step in draft.advice.steps],
            "choice": draft.choice.said,
            "ledger_number": decided.number if decided else None,
            "paragraph": decided.paragraph if decided else "",
        }
    }


def protected(args: words.Namespace, acting: door.Acting, table: "Table") -> Given | None:
    """Protect a table as asked, tell how on standard error, and record the decision where a reason is given."""
    if args.protect is None:
        if args.reason:
            raise WrongInput("--reason goes with --protect")
        return None
    if any(getattr(args, name) for name in BESIDE) or args.against is not None:
        raise WrongInput(
            "a table made safe to publish stands alone; leave out --against, --share, --beside and the like"
        )
    from candour.figures import safe
    from candour.ledger import queries
    from candour.rules.disclosure_control import choice

    draft = safe.draft(acting.body, table, choice.read(args.protect), number=queries.head(acting.body.pk).number)
    decided = safe.decide(acting.body, draft, reason=args.reason, by=acting.by, at=acting.at) if args.reason else None
    _tell(draft, decided)
    return Given(_as_json(draft, decided), [], draft.table)


def _tell(draft: "Draft", decided: "Decided | None") -> None:
    for step in draft.advice.steps:
        door.tell(f"{step.question} {step.answer}: {step.means}.")
    if draft.safe:
        small, beside, needed = len(draft.safe.done.small), draft.safe.beside, draft.safe.done.rule.needed
        door.tell(f"Hidden: {small} small, {beside} to protect them ({draft.safe.done.method}).")
        if draft.safe.done.hidden:
            door.tell(f"Audit: behind every mark at least {needed} numbers are possible, whatever is added up.")
    for one in draft.undoes:
        door.tell(f"Undoes a mark that was published: {one.words()}.")
    if decided is None:
        door.tell("Not recorded; --reason TEXT records the decision.")
    else:
        door.tell("\n".join(part for part in (f"Recorded by entry {decided.number}.", decided.paragraph) if part))


def refuse_across(args: words.Namespace) -> None:
    """Refuse protection where several bodies stand in one table: each protects its own."""
    if args.protect is not None or args.reason:
        raise WrongInput(
            "several bodies side by side are not protected as one table; each makes its own safe to publish"
        )
