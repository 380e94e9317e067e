"""What is to be sent now, by whom and to whom; and what one person was told, is asked, and wants to be told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core import signing

from candour.incidents import access, models
from candour.incidents.desk import Desk
from candour.incidents.queries import causing, telling
from candour.ledger import queries as ledger
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_notices import MAIL, SMS, WEBHOOK, Notices
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.notices import CHOICES, Choice, Kind
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed

GIVEN_UP = timedelta(days=7)
"""After this what asks for nothing is not sent any more; what has to be acknowledged is tried for ever."""

LATER = 64
"""Minutes between two tries at most; for what has to be acknowledged, 4."""
SOON = 4
AT_ONCE = 200
_SIGNER = signing.Signer(salt="candour.incidents.notices")


@dataclass(frozen=True)
class Item:
    """One notice in a parcel; `words` only where the body lets mails quote an incident; `due` of a clock or action."""

    number: int
    kind: Kind
    reference: str = ""
    mark: int = 0
    asked: int = 1
    insists: bool = False
    words: str = ""
    due: datetime | None = None

    @property
    def token(self) -> str:
        """What a link to this notice carries, so that no other leads there."""
        return _SIGNER.sign(str(self.number)).partition(":")[2]


@dataclass(frozen=True)
class Parcel:
    """One message: `to` is an address, a telephone, or a webhook's own address; `name` is whom it is for.

    `is_reporter`: it says nothing that the receipt page does not, in the reporter's `language`.
    """

    channel: str
    to: str
    name: str
    items: tuple[Item, ...]
    language: str = "en"
    is_reporter: bool = False
    is_digest: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The notices it carries."""
        return tuple(item.number for item in self.items)


@dataclass(frozen=True)
class Outbox:
    """What is to be sent now, what urgent first, and how this body sends; `practice`: it is one for practice."""

    settings: Notices
    practice: bool
    parcels: tuple[Parcel, ...] = ()


def outbox(body: Body, at: datetime) -> Outbox:
    """Return what is due and not sent yet, leaving out what failed a short while ago; about ten queries."""
    rows = _waiting(body, at)
    desk = Desk(body, at)
    post = _Post(desk, rows)
    single = (post.parcel([row]) for row in rows if not row.digest)
    parcels = [one for one in (*single, *post.digests()) if one]
    return Outbox(desk.settings, organisation.practice(body.pk) is not None, tuple(parcels))


def _waiting(body: Body, at: datetime) -> list[models.Notice]:
    rows = models.Notice.objects.filter(body=body.pk, sent_at=None, over=False, due_at__lte=at)
    found = rows.order_by("-insists", "due_at", "pk")[:AT_ONCE]
    return [row for row in found if (row.insists or row.due_at > at - GIVEN_UP) and _may_try(row, at)]


def _may_try(row: models.Notice, at: datetime) -> bool:
    pause = min(2**row.tries, SOON if row.insists else LATER)
    return row.tried_at is None or at >= row.tried_at + timedelta(minutes=pause)


@dataclass
class _Post:
    """Turns rows into parcels, with what it takes read once."""

    desk: Desk
    rows: Sequence[models.Notice]
    references: dict[int, str] = field(init=False)
    texts: dict[str, str | None] = field(init=False)
    clocks: dict[int, datetime] = field(init=False)
    reporters: dict[int, causing.Reporter] = field(init=False)

    def __post_init__(self) -> None:
        body, numbers = self.desk.body, {row.incident for row in self.rows}
        self.references = telling.references(body, numbers)
        open_ = numbers - telling.confidential(body, numbers)
        named = [self.references[number] for number in open_ if number in self.references]
        self.texts = telling.descriptions(body, named) if self.desk.settings.content else {}
        has_clock = any(row.kind == Kind.CLOCK for row in self.rows)
        self.clocks = {one.incident: one.ends for one in causing.running(body, self.desk.at)} if has_clock else {}
        reported = {row.incident for row in self.rows if row.report}
        self.reporters = {one.number: one for number in reported for one in causing.reporters(body, number)}

    def parcel(self, rows: Sequence[models.Notice], *, is_digest: bool = False) -> Parcel | None:
        """Make one parcel of rows that go to the same person by the same way; None where nobody can be reached."""
        row = rows[0]
        member, reporter = self.desk.members.get(row.person), self.reporters.get(row.report)
        to = self._address(row, reporter)
        if not to:
            return None
        name = member.person.name if member else ""
        items = tuple(self._item(one) for one in rows)
        language = reporter.language if reporter else "en"
        return Parcel(row.channel, to, name, items, language, is_reporter=row.report > 0, is_digest=is_digest)

    def _address(self, row: models.Notice, reporter: causing.Reporter | None) -> str:
        if row.channel == WEBHOOK:
            return self.desk.settings.webhook
        if row.channel == SMS:
            return self.desk.telephones.get(row.person, "") if self.desk.settings.sms else ""
        if row.person:
            member = self.desk.members.get(row.person)
            return str(member.person.email) if member else ""
        return reporter.address if reporter else ""

    def _item(self, row: models.Notice) -> Item:
        reference = self.references.get(row.incident, "")
        if row.report:
            return Item(row.pk, Kind(row.kind))
        words = self.texts.get(reference) or ""
        due = self.clocks.get(row.incident) if row.kind == Kind.CLOCK else None
        return Item(row.pk, Kind(row.kind), reference, row.mark, row.asked, row.insists, words, due)

    def digests(self) -> Iterator[Parcel | None]:
        """One parcel for each person who wants a digest."""
        people_: dict[int, list[models.Notice]] = {}
        for row in self.rows:
            if row.digest and row.channel == MAIL:
                people_.setdefault(row.person, []).append(row)
        for rows in people_.values():
            own = [row for row in rows if not row.report]
            yield self.parcel(own, is_digest=True) if own else None
            yield from (self.parcel([row]) for row in rows if row.report)


def by_token(number: int, token: str) -> int:
    """Return the number of the notice a link was made for; NotThere for a link that was altered."""
    try:
        return int(_SIGNER.unsign(f"{number}:{token}"))
    except signing.BadSignature:
        raise NotThere("this link is not whole; open it from the message again") from None


@dataclass(frozen=True)
class Asked:
    """Who was asked, how and when; `sent_at` None: it has not gone out."""

    name: str
    channel: str
    asked: int
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class Shown:
    """One notice as its page says it; `taken` is who acknowledged it and when, None while nobody has."""

    number: int
    kind: Kind
    reference: str
    mark: int
    caused_at: datetime
    insists: bool
    over: bool
    taken: tuple[str, datetime] | None
    asked: tuple[Asked, ...]
    may_acknowledge: bool


def notice(body: Body, number: int, *, by: Person, at: datetime) -> Shown:
    """Return a notice to whoever it is for, or may see its incident; NotThere for everybody else."""
    row = models.Notice.objects.filter(body=body.pk, pk=number).first()
    if row is None or by.body_id != body.pk:
        raise NotThere("there is no such notice")
    sees = bool(_seen(by, [row.incident], at))
    if row.person != by.number and not sees:
        raise NotThere("there is no such notice")
    may = row.insists and sees and people.may(by, Deed.ACKNOWLEDGE, years.london_day(at))
    same = models.Notice.objects.filter(body=body.pk, entry=row.entry, kind=row.kind, mark=row.mark, insists=True)
    reference = telling.references(body, [row.incident]).get(row.incident, "") if sees else ""
    return Shown(
        row.pk, Kind(row.kind), reference, row.mark, row.caused_at, row.insists, row.over,
        _taken(body, row), tuple(_asked(body, same.order_by("asked", "pk"))), may,
    )  # fmt: skip


def _taken(body: Body, row: models.Notice) -> tuple[str, datetime] | None:
    if row.acknowledged is None:
        return None
    event = ledger.event(body.pk, row.acknowledged)
    return people.names(body, [event.person]).get(event.person, "somebody"), event.at


def _asked(body: Body, rows: Iterable[models.Notice]) -> Iterator[Asked]:
    found = [row for row in rows if row.person]
    names = people.names(body, {row.person for row in found})
    for row in found:
        yield Asked(names.get(row.person, "somebody"), row.channel, row.asked, row.due_at, row.sent_at)


@dataclass(frozen=True)
class Line:
    """One notice in a person's list."""

    number: int
    kind: Kind
    reference: str
    mark: int
    caused_at: datetime
    waits: bool


def mine(by: Person, at: datetime, *, limit: int = 50) -> list[Line]:
    """Return what a person was told, or is to be told, the latest first; what they still may see. Three queries."""
    rows = models.Notice.objects.filter(body=by.body_id, person=by.number, channel=MAIL).order_by("-caused_at", "-pk")
    found = list(rows[:limit])
    numbers = {row.incident for row in found}
    names = telling.references(by.body, numbers)
    seen = _seen(by, numbers, at)
    return [
        Line(
            row.pk, Kind(row.kind), names.get(row.incident, "") if row.incident in seen else "", row.mark,
            row.caused_at, waits=row.insists and not row.over,
        )
        for row in found
    ]  # fmt: skip


def _seen(by: Person, numbers: Iterable[int], at: datetime) -> frozenset[int]:
    rows = models.Version.objects.filter(body=by.body_id, closed=None, incident__in=list(numbers))
    try:
        return frozenset(access.visible(rows, by, years.london_day(at)).values_list("incident", flat=True))
    except NotThere:
        return frozenset()


def preferences(by: Person) -> dict[Kind, Choice]:
    """Return when a person is told of each kind of thing that they may choose about."""
    chosen = causing.choices(by.body)
    return {kind: chosen.get((by.number, kind), offered[0]) for kind, offered in CHOICES.items() if len(offered) > 1}


@dataclass(frozen=True)
class OnDuty:
    """Who is called today, in this order, by name; and by which ways beside the mail."""

    names: tuple[str, ...]
    second: str
    escalate_after: int


def on_duty(body: Body, at: datetime) -> OnDuty:
    """Return the ladder of today, for an incident that is not confidential."""
    desk = Desk(body, at)
    names = tuple(desk.members[number].person.name for number in desk.ladder(0))
    return OnDuty(names, desk.settings.second, desk.settings.escalate_after)
