"""A visit: who asks for a page, for which body, at what moment, and what they may see there."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt, Head
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.rules import rights, years
from candour.rules.refusals import NotAllowed
from candour.rules.rights import Deed

Page = Callable[..., HttpResponseBase]


class Visit:
    """One request of a person who is signed in; the clock is read once, the roles when they are first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        if not request.user.is_authenticated:
            raise NotAllowed("nobody is signed in")
        self.person = request.user
        self.body = self.person.body
        self.only_opens = request.method != "POST"
        self.at = timezone.now()
        self.today = years.london_day(self.at)

    @cached_property
    def now(self) -> AsAt:
        """Today and the head of the record, read once: whatever is read later on this visit is at least as new."""
        return AsAt(self.today, self.head.number)

    @cached_property
    def head(self) -> Head:
        """The head that was read with the person; what does something on this visit reads it anew."""
        read = self.person.head_read if self.only_opens else None
        return read or ledger.head(self.body.pk)

    @cached_property
    def roles(self) -> frozenset[str]:
        return people.roles(self.person, self.today)

    @cached_property
    def training(self) -> bool:
        """Say whether the body is made for practice: every page and file of it is marked."""
        return self.marks.training

    @cached_property
    def owned(self) -> tuple[str, ...]:
        """The departments whose information this person owns; asked only of who holds that role."""
        return organisation.departments_of(self.person, self.now) if self.may(Deed.SEE_DEPARTMENT) else ()

    @cached_property
    def frame(self) -> organisation.Frame:
        """What the pages of the body carry and choose from, as it was when the visit began."""
        return organisation.frame(self.body.pk, self.person.head_read or self.head, self.today)

    @property
    def marks(self) -> organisation.Marks:
        return self.frame.marks

    @property
    def titles(self) -> list[str]:
        return [people.title(role) for role in sorted(self.roles)]

    def may(self, deed: str) -> bool:
        """Say whether this person may do, or see, `deed`."""
        return rights.acting_as(self.roles, Deed(deed)) is not None


def of(request: HttpRequest) -> Visit:
    """Return the visit that a request is; made once."""
    if "visit" not in vars(request):
        vars(request)["visit"] = Visit(request)
    visit: Visit = vars(request)["visit"]
    return visit


def may(*deeds: Deed) -> Callable[[Page], Page]:
    """Open a page only to somebody who may do, or see, one of `deeds`; to others it is not there."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            visit = of(request)
            if not any(visit.may(deed) for deed in deeds):
                raise NotAllowed(f"{visit.person} has no role that may see {' or '.join(deeds)}")
            return page(request, **parts)

        return guarded

    return guard


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the visit; None where nobody is signed in."""
    user = getattr(request, "user", None)
    return {"visit": of(request) if user is not None and user.is_authenticated else None}
