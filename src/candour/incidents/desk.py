"""Who is there to be told or asked at one moment, and by which ways; read once, however many notices there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from candour.incidents import access, models
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import kinds, people
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_notices import MAIL, SMS, Absence, Duty, Notices, Reachable, hour
from candour.organisation.models import Body, Person
from candour.rules import calendars, years
from candour.rules.notices import Hours, ladder
from candour.rules.rights import Deed, Role, acting_as


@dataclass(frozen=True)
class Member:
    """Somebody who can be told: active, with an address; and the roles they hold."""

    person: Person
    roles: frozenset[str]


class Desk:
    """The people of a body as they are on a day, its rota, and how it tells them."""

    def __init__(self, body: Body, at: datetime) -> None:
        self.body, self.at, self.today = body, at, years.london_day(at)
        as_at = AsAt(self.today, ledger.head(body.pk).number)
        wanted = [Duty, Absence, Reachable, Notices, kinds.ClosedDay]
        self._said = organisation.Particulars(body, as_at, wanted)
        self.settings = self._said.one(Notices) or Notices()

    @cached_property
    def members(self) -> dict[int, Member]:
        """Everybody who can be told, by number."""
        everyone = people.everyone(self.body, self.today)
        return {
            person.number: Member(person, frozenset(roles))
            for person, roles in everyone
            if person.is_active and person.email
        }

    @cached_property
    def hours(self) -> Hours:
        """When people are at work here: by the body's quiet hours, and the bank holidays of its nations."""
        said = self.settings
        rows = calendars.holidays([day.as_holiday() for day in self._said.all(kinds.ClosedDay)])
        closed = frozenset(calendars.closed(said.nations, rows))
        return Hours(hour(said.quiet_from), hour(said.quiet_until), closed)

    @cached_property
    def rota(self) -> tuple[int, ...]:
        """The duty officer of today and the deputy; without a rota, whoever holds the role."""
        duty = self._said.one(Duty)
        return self._numbers([duty.person, duty.deputy]) if duty else self.holding(Role.DUTY_OFFICER)

    @cached_property
    def away(self) -> frozenset[int]:
        """Who is away today."""
        return frozenset(self._numbers(absence.person for absence in self._said.all(Absence)))

    @cached_property
    def telephones(self) -> dict[int, str]:
        """The telephones to which text messages go."""
        rows = [row for row in self._said.all(Reachable) if row.telephone]
        return {number: row.telephone for row in rows for number in self._numbers([row.person])}

    def holding(self, *roles: Role) -> tuple[int, ...]:
        """Whoever holds one of some roles."""
        return tuple(number for number, member in self.members.items() if member.roles.intersection(roles))

    def able(self, deed: Deed) -> tuple[int, ...]:
        """Whoever may do a deed."""
        return tuple(number for number, member in self.members.items() if acting_as(member.roles, deed))

    def ladder(self, incident: int) -> tuple[int, ...]:
        """Who is asked about an incident, in order; only those who may acknowledge it and see it."""
        able = self.seeing(self.able(Deed.ACKNOWLEDGE), incident)
        first = [number for number in self.rota if number in able]
        siros = [number for number in self.holding(Role.SIRO) if number in able]
        return ladder(first, siros, able, self.away)

    def seeing(self, numbers: Iterable[int], incident: int) -> tuple[int, ...]:
        """Those of some people who may see an incident."""
        confidential = models.Handling.objects.filter(body=self.body.pk, incident=incident, confidential=True).exists()
        found = [number for number in numbers if number in self.members]
        if not confidential:
            return tuple(found)
        return tuple(one for one in found if access.may_see(self.members[one].person, incident, self.today))

    def ways(self, number: int, *, insists: bool) -> tuple[str, ...]:
        """The ways by which somebody is told: mail, and what may not wait by one more."""
        second = self.settings.second
        if not insists or not second or (second == SMS and number not in self.telephones):
            return (MAIL,)
        return (MAIL, second)

    def _numbers(self, addresses: Iterable[str]) -> tuple[int, ...]:
        by_address = {str(member.person.email).casefold(): number for number, member in self.members.items()}
        found = (by_address.get(address.casefold()) for address in addresses)
        return tuple(dict.fromkeys(number for number in found if number is not None))
