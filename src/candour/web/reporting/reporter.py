"""A visit of a reporter: to which body, in which language, under which code, and whether as somebody we know."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from candour.incidents import codes
from candour.incidents.queries import reporting
from candour.organisation import bodies, people
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_reporting import Reporting
from candour.rules import receipts, years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import accounts
from candour.web.reporting import phrases
from candour.web.reporting.answers import Asking, Filled

if TYPE_CHECKING:
    from datetime import datetime

    from candour.organisation.models import Body, Person

CODE = "candour-report"
"""The cookie of a reporter that holds the code until the browser is closed."""

YEAR = 365 * 24 * 60 * 60


class Reporter:
    """One request of somebody who reports; the clock is read once."""

    def __init__(self, request: HttpRequest, slug: str) -> None:
        self.request = request
        self.body = _body(request, slug)
        self.at: datetime = timezone.now()
        self.today = years.london_day(self.at)
        self.say = phrases.of(request)
        self.language = self.say.language
        self.code = _code(request)

    @cached_property
    def settings(self) -> Reporting:
        return organisation.reporting(self.body, self.today)

    @cached_property
    def training(self) -> bool:
        """Whether the body is made for practice: every page and file of it is marked."""
        return organisation.practice(self.body.pk) is not None

    @cached_property
    def person(self) -> "Person | None":
        """Somebody of this body who is signed in with both factors, and may report."""
        user = self.request.user
        if isinstance(user, AnonymousUser) or user.body_id != self.body.pk or not accounts.has_second_factor(user):
            return None
        return user if people.may(user, Deed.REPORT, self.today) else None

    @property
    def may_report(self) -> bool:
        return bool(self.settings.without_account) or self.person is not None

    @property
    def anonymous(self) -> bool:
        """Whether no name need be given: the body says so, or knows who is signed in."""
        return self.settings.anonymous

    def by(self, *, named: bool) -> "Person | None":
        """Return whom the ledger names: nobody who wants to stay anonymous where that is allowed."""
        return self.person if named or not self.settings.anonymous else None

    @cached_property
    def draft(self) -> reporting.Draft | None:
        return reporting.draft(self.body, self.code, self.at) if self.code else None

    @cached_property
    def progress(self) -> reporting.Progress | None:
        return reporting.progress(self.body, self.code) if self.code else None

    @cached_property
    def asking(self) -> Asking:
        return Asking(self.say, self.today, self.at, self.anonymous)

    @cached_property
    def filled(self) -> Filled:
        return Filled(self.draft.pages if self.draft else {}, self.asking)

    def look_again(self) -> None:
        """Read anew what lies under the code."""
        for name in ("draft", "progress", "filled"):
            vars(self).pop(name, None)

    def begin(self) -> str:
        """Return the code to go on with: a new one where there is none, or where its report was sent."""
        if not self.code or (self.draft is None and self.progress is not None):
            self.code = codes.new()
        return self.code

    def remember(self, response: HttpResponse) -> HttpResponse:
        """Let the browser keep the code."""
        path, secure = f"/report/{self.body.slug}/", self.request.is_secure()
        if self.code:
            response.set_cookie(CODE, self.code, path=path, secure=secure, httponly=True, samesite="Lax")
        else:
            response.delete_cookie(CODE, path=path)
        return response


def keep_language(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Let the browser keep the language that was chosen."""
    chosen = request.GET.get("lang", "")
    if chosen in phrases.LANGUAGES:
        secure = request.is_secure()
        response.set_cookie(phrases.COOKIE, chosen, YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _body(request: HttpRequest, slug: str) -> "Body":
    """The body that is reported to; somebody who is signed in brings it along."""
    here = request.user.body if request.user.is_authenticated else None
    return here if here is not None and here.slug == slug else bodies.body(slug)


def _code(request: HttpRequest) -> str:
    try:
        return receipts.read(request.COOKIES.get(CODE, ""))
    except WrongInput:
        return ""
