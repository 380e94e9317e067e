"""`candour worker`: reads each body's ledger on from its bookmark, tells people, and asks until somebody answers."""

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from candour.cli import door, schema, words
from candour.cli.notices import gateway, mail, wording
from candour.rules.plurals import plural
from candour.rules.refusals import Conflict, Refusal

if TYPE_CHECKING:
    from candour.incidents.queries.notices import Outbox, Parcel
    from candour.organisation.models import Body

EVERY = 15
"""Seconds between two rounds."""


@dataclass(frozen=True)
class Round:
    """What one round did for one body; `problems` are sentences, each once."""

    body: str
    read: int = 0
    asked: int = 0
    sent: int = 0
    failed: int = 0
    problems: tuple[str, ...] = ()


def arguments(parser: words.Parser) -> None:
    parser.add_argument("--once", action="store_true", help="one round, then stop")
    parser.add_argument(
        "--every", type=int, default=EVERY, choices=range(1, 601), metavar="SECONDS", help=f"default: {EVERY}"
    )
    words.form(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Work until stopped, or once; 3 where something could not be sent."""
    schema.require()
    if args.once:
        rounds = list(once(door.now()))
        door.say(args, {"bodies": [vars(one) for one in rounds]}, map(_line, rounds))
        return 3 if any(one.problems for one in rounds) else 0
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopped.set())
    print("Candour's worker is at work (stop it with Ctrl-C)", flush=True)
    while not stopped.is_set():
        _tell(once(door.now()))
        stopped.wait(args.every)
    return 0


def _line(one: Round) -> str:
    done = (
        f"{plural(one.read, 'entry', 'entries')} read, {one.asked} asked again, {one.sent} sent, {one.failed} not sent"
    )
    return "; ".join([f"{one.body}: {done}", *one.problems])


def _tell(rounds: Iterable[Round]) -> None:
    """Log what went wrong; a database that is away for a while ends no worker."""
    from django.db import DatabaseError, close_old_connections

    close_old_connections()
    try:
        for one in rounds:
            for problem in one.problems:
                print(f"candour: {one.body}: {problem}", file=sys.stderr, flush=True)
    except DatabaseError as fault:
        print(f"candour: {door.refusal(fault)}", file=sys.stderr, flush=True)


def once(at: datetime) -> Iterator[Round]:
    """Do one round for every body, at a moment; a body that another worker is at is left to that one."""
    from candour.organisation import bodies

    for body in bodies.all_bodies():
        yield _alone(body, at)


def _alone(body: "Body", at: datetime) -> Round:
    from candour.ledger import queries, turns

    if queries.sealed(body.pk):
        return Round(body.slug)
    with ExitStack() as stack:
        try:
            stack.enter_context(turns.one_at_a_time(body.pk, "worker", wait=0, line="worker-"))
        except Conflict:  # another worker is at it
            return Round(body.slug)
        try:
            return _round(body, at)
        except Refusal as refusal:
            return Round(body.slug, problems=(str(refusal),))


def _round(body: "Body", at: datetime) -> Round:
    from candour.incidents.actions import notices
    from candour.incidents.queries import notices as queries
    from candour.organisation import people

    operator = people.operator(body)
    read = 0
    while more := notices.gather(body, by=operator, at=at):
        read += more
    notices.remind(body, by=operator, at=at)
    asked = notices.escalate(body, by=operator, at=at)
    outbox = queries.outbox(body, at)
    post = _Post(body, outbox, lambda parcel: notices.sent(body, parcel.numbers, by=operator, at=at),
                 lambda parcel: notices.failed(body, parcel.numbers, at=at))  # fmt: skip
    post.send()
    return Round(body.slug, read, asked, post.sent, post.failed, tuple(dict.fromkeys(post.problems)))


class _Post:
    """Sends what is in the outbox, each parcel recorded before the next one goes."""

    def __init__(
        self, body: "Body", outbox: "Outbox", went: Callable[["Parcel"], None], stayed: Callable[["Parcel"], None]
    ) -> None:
        from django.conf import settings

        self.body, self.outbox, self.went, self.stayed, self.settings = body, outbox, went, stayed, settings
        self.site = wording.Site(settings.SITE_URL, body.slug)
        self.sent = self.failed = 0
        self.problems: list[str] = []

    def send(self) -> None:
        """Send everything; what one way refuses holds up nothing of the other."""
        mails = [parcel for parcel in self.outbox.parcels if parcel.channel == "mail"]
        for parcel in self.outbox.parcels:
            if parcel.channel != "mail":
                self._try(parcel, self._post)
        if mails:
            self._send_mails(mails)

    def _send_mails(self, parcels: list["Parcel"]) -> None:
        try:
            with mail.server(self.settings) as server:
                for parcel in parcels:
                    self._try(parcel, lambda one: self._mail(server, one))
        except mail.NotSent as fault:
            self.problems.append(str(fault))
            for parcel in parcels:
                self.stayed(parcel)
            self.failed += len(parcels)

    def _try(self, parcel: "Parcel", send: Callable[["Parcel"], None]) -> None:
        try:
            send(parcel)
        except mail.NotSent as fault:
            self.problems.append(str(fault))
            self.failed += 1
            self.stayed(parcel)
        else:
            self.sent += 1
            self.went(parcel)

    def _mail(self, server: Any, parcel: "Parcel") -> None:
        message = wording.message(parcel, self.outbox, self.site)
        sender = self.outbox.settings.sender or self.settings.DEFAULT_FROM_EMAIL
        identity = f"notice-{self.body.slug}-{parcel.numbers[0]}"
        mail.send(server, parcel, message, sender=sender, identity=identity)

    def _post(self, parcel: "Parcel") -> None:
        line = wording.line(parcel, self.outbox, self.site)
        gateway.send(parcel, self.outbox, line, self.settings.NOTICE_SECRETS_FILE)
