"""The pages of a reporter: start, one question a page, check, receipt, and following up with the code."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from candour.incidents.actions import drafting, reporting
from candour.incidents.said import Said
from candour.organisation import bodies
from candour.organisation import queries as organisation
from candour.rules import receipts
from candour.rules.refusals import Conflict, WrongInput
from candour.web import limits
from candour.web.reporting import phrases
from candour.web.reporting.answers import QUESTIONS, Answer, Asking, Harm, Line, Story
from candour.web.reporting.reporter import Reporter

Page = Callable[..., HttpResponse]
QUARTER = 15 * 60
REPORTS, MESSAGES, GUESSES = 200, 30, 10
"""How many reports, messages and wrong codes one address may send in a quarter of an hour; an office shares one."""


def public(page: Page) -> Callable[..., HttpResponse]:
    """Open a page to anybody, as a reporter to a body; it stays in no cache, and what is typed in no fault's notes."""

    @login_not_required
    @never_cache
    @sensitive_post_parameters()
    @wraps(page)
    def opened(request: HttpRequest, slug: str, **parts: Any) -> HttpResponse:
        reporter = Reporter(request, slug)
        return reporter.remember(page(reporter, **parts))

    return opened


def show(reporter: Reporter, template: str, *, status: int = 200, **content: Any) -> HttpResponse:
    """Return a page with what every page of a reporter has."""
    frame = {"reporter": reporter, "at": reporter.body.slug, "say": reporter.say, "settings": reporter.settings}
    return render(reporter.request, f"reporting/{template}.html", {**frame, **content}, status=status)


def to(reporter: Reporter, name: str, **parts: str) -> HttpResponse:
    """Send the browser to another page of the same body, by the name of its address."""
    return HttpResponseRedirect(reverse(name, kwargs={"slug": reporter.body.slug, **parts}))


@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Lead to the one body there is, or let the reporter choose."""
    found = bodies.all_bodies()
    if len(found) == 1:
        return redirect("report", slug=found[0].slug)
    shown = {"bodies": found, "say": phrases.of(request), "reporter": None, "choosing": True}
    shown |= {"training_bodies": organisation.practices()}
    return render(request, "reporting/choose.html", shown)


@public
def start(reporter: Reporter) -> HttpResponse:
    return show(reporter, "start")


@public
def question(reporter: Reporter, page: str) -> HttpResponse:
    """Ask one question; what is typed is kept before anything else is looked at, whoever has been signed out since."""
    if page not in QUESTIONS:
        raise Http404(page)
    if reporter.request.method == "POST":
        return _answered(reporter, page)
    if not reporter.may_report:
        return _sign_in(reporter)
    if page == "harm":
        reporter.begin()
    elif reporter.draft is None:
        return to(reporter, "report-question", page="harm")
    return _ask(reporter, page, reporter.filled.form(page) or _blank(reporter, page))


def _blank(reporter: Reporter, page: str) -> Answer:
    person = reporter.person
    known = {"contact": "yes", "reporter": person.name, "reach": person.email} if person and page == "contact" else {}
    return QUESTIONS[page](None, reporter.filled.asked(page, reporter.today), initial=known)


def _ask(reporter: Reporter, page: str, form: Answer) -> HttpResponse:
    shows_fault = form.is_bound and (reporter.request.method == "POST" or not form.is_valid())
    changes = "change" in reporter.request.GET
    before = "check" if changes else reporter.filled.before(page)
    return show(reporter, "question", form=form, page=page, before=before, changes=changes, fault=shows_fault)


def _answered(reporter: Reporter, page: str) -> HttpResponse:
    typed = {name: reporter.request.POST.getlist(name) for name in QUESTIONS[page].base_fields}
    code = reporter.code or reporter.begin()
    if page == "harm":
        if not limits.taken(reporter.request, "report", REPORTS, QUARTER):
            return too_many(reporter)
        code = reporter.begin()
    if reporter.draft is None and reporter.progress is not None and page != "harm":
        return _too_late(reporter, typed)
    _keep(reporter, code, page, typed)
    if not reporter.may_report:
        return _sign_in(reporter)
    form = QUESTIONS[page](MultiValueDict(typed), reporter.filled.asked(page, reporter.today))
    return _looked_at(reporter, page, form)


def _looked_at(reporter: Reporter, page: str, form: Answer) -> HttpResponse:
    """Lead on from what was kept: to the code, to what is wrong, to what to do now, or to the next question."""
    if "save" in reporter.request.POST:
        return to(reporter, "report-saved")
    if not form.is_valid():
        return _ask(reporter, page, form)
    if isinstance(form, Harm) and form.cleaned_data["harm"] == "yes":
        return _harm(reporter, reporter.code)
    return _next(reporter, page)


def _keep(reporter: Reporter, code: str, page: str, typed: dict[str, list[str]]) -> None:
    """Keep what was typed, and read it again from where it is kept."""
    if reporter.draft is None:
        drafting.begin(reporter.body, language=reporter.language, at=reporter.at, code=code)
    drafting.save(reporter.body, code, page, typed, language=reporter.language, at=reporter.at)
    reporter.look_again()


def _too_late(reporter: Reporter, typed: dict[str, list[str]]) -> HttpResponse:
    """The report was sent in another window: offer what was typed as something more to tell."""
    text = "\n".join(value for values in typed.values() for value in values if value)
    return _shown(reporter, More(None, reporter.asking, waits=False, initial={"answer": text}))


def _harm(reporter: Reporter, code: str) -> HttpResponse:
    """Put it on record at once that someone could come to harm; everything else can wait."""
    way = reporting.Way(language=reporter.language)
    by = reporter.by(named=False)
    said = Said(immediate_risk="yes")
    reporting.report(reporter.body, said, code=code, way=way, by=by, at=reporter.at, rest_follows=True)
    return to(reporter, "report-now")


def _next(reporter: Reporter, page: str) -> HttpResponse:
    changes = "change" in reporter.request.GET
    after = reporter.filled.after(page)
    if after is None or (changes and not reporter.filled.open):
        return to(reporter, "report-check")
    return to(reporter, "report-question", page=reporter.filled.open[0] if changes else after)


def _sign_in(reporter: Reporter) -> HttpResponse:
    """Send whoever has to sign in there, and back to where they were; what they typed is kept."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reporter.request.path})}")


def too_many(reporter: Reporter) -> HttpResponse:
    return show(reporter, "too-many", status=429)


@public
def now(reporter: Reporter) -> HttpResponse:
    """Show what to do when someone could come to harm; the report stands already."""
    if reporter.progress is None:
        return to(reporter, "report")
    return show(reporter, "now")


@public
def check(reporter: Reporter) -> HttpResponse:
    """Show all answers, each with a way to change it, and send them."""
    if reporter.draft is None:
        return to(reporter, "report-sent" if reporter.progress else "report")
    if not reporter.may_report:
        return _sign_in(reporter)
    filled = reporter.filled
    if reporter.request.method == "POST" and not filled.open:
        _send(reporter)
        return to(reporter, "report-sent")
    faults = filled.open if reporter.request.method == "POST" else []
    rows = [(page, filled.form(page)) for page in filled.route if page != "harm" or not reporter.draft.stands]
    return show(reporter, "check", rows=rows, open=filled.open, faults=faults, questions=_questions(reporter))


def _questions(reporter: Reporter) -> dict[str, str]:
    return {page: _blank(reporter, page).question for page in reporter.filled.route}


def _send(reporter: Reporter) -> None:
    said, code = reporter.filled.said(), reporter.code
    if reporter.draft and reporter.draft.stands:
        reporting.tell_more(reporter.body, said, code=code, at=reporter.at)
    else:
        by = reporter.by(named=reporter.filled.named)
        way = reporting.Way(language=reporter.language)
        reporting.report(reporter.body, said, code=code, way=way, by=by, at=reporter.at)


@public
def sent(reporter: Reporter) -> HttpResponse:
    """Show the receipt code: to whoever has it in this browser, as often as they look."""
    return show(reporter, "sent") if reporter.progress else to(reporter, "report")


@public
def saved(reporter: Reporter) -> HttpResponse:
    """Show the code with which an unfinished report is gone on with."""
    return show(reporter, "saved") if reporter.draft else to(reporter, "report")


class Code(Answer):
    name = "follow"
    code = Line(required=True)


@public
def follow(reporter: Reporter) -> HttpResponse:
    """Ask for a code; a wrong one is counted, so that nobody can go on guessing."""
    form = Code(reporter.request.POST or None, reporter.asking)
    if form.is_valid():
        if not limits.taken(reporter.request, "code", GUESSES, QUARTER):
            return too_many(reporter)
        fault = _opens(reporter, form.cleaned_data["code"])
        if fault is None:
            limits.give_back(reporter.request, "code")
            return to(reporter, "report-progress")
        form.refuse("code", fault)
    return show(reporter, "follow", form=form, fault=form.is_bound)


def _opens(reporter: Reporter, text: str) -> str | None:
    """Take on a code that opens something; else return the name of the phrase that says what is wrong."""
    before = reporter.code
    try:
        reporter.code = receipts.read(text)
    except WrongInput:
        return "follow.slip"
    reporter.look_again()
    if reporter.draft is None and reporter.progress is None:
        reporter.code = before
        return "follow.none"
    return None


class More(Answer):
    """What a reporter writes to us: the answer to what was asked, or something more."""

    name = "thread"
    answer = Story()

    def __init__(self, given: Any, asking: Asking, *, waits: bool, initial: Any = None) -> None:
        super().__init__(given, asking, initial=initial)
        self.fields["answer"].label = self.say("thread.answer" if waits else "thread.more")


@public
def progress(reporter: Reporter) -> HttpResponse:
    """Show how far we are, in plain words and nothing else, and take an answer."""
    if reporter.progress is None:
        return to(reporter, "report-saved" if reporter.draft else "report-follow")
    form = More(reporter.request.POST or None, reporter.asking, waits=reporter.progress.waits)
    if form.is_valid():
        if not limits.taken(reporter.request, "answer", MESSAGES, QUARTER):
            return too_many(reporter)
        reporting.answer(reporter.body, reporter.code, form.cleaned_data["answer"], at=reporter.at)
        return _thanks(reporter)
    return _shown(reporter, form)


def _shown(reporter: Reporter, form: "More | None" = None, *, file_fault: str = "") -> HttpResponse:
    thanks, waits = "thanks" in reporter.request.GET, bool(reporter.progress and reporter.progress.waits)
    form = form or More(None, reporter.asking, waits=waits)
    fault = form.is_bound or file_fault
    return show(reporter, "progress", form=form, fault=fault, thanks=thanks, file_fault=file_fault)


@public
def file(reporter: Reporter) -> HttpResponse:
    """Take a file where the body takes any from reporters; it is sealed, and kept for so long and no longer."""
    given = reporter.request.FILES.get("file")
    if not reporter.settings.attachments or reporter.progress is None:
        raise Http404
    if not limits.taken(reporter.request, "answer", MESSAGES, QUARTER):
        return too_many(reporter)
    kept = timedelta(days=reporter.settings.attachments_kept_days)
    if given is None:
        return _shown(reporter, file_fault=reporter.say("file.missing"))
    try:
        reporting.attach(reporter.body, reporter.code, given.read(), given.name or "", kept=kept, at=reporter.at)
    except (WrongInput, Conflict) as refusal:
        return _shown(reporter, file_fault=_refused(reporter, refusal))
    return _thanks(reporter)


def _refused(reporter: Reporter, refusal: WrongInput | Conflict) -> str:
    """Say why a file is not kept: what a file may be, in words for every language."""
    if reporter.language == "en":
        return str(refusal)[:1].upper() + str(refusal)[1:]
    return reporter.say("file.refused" if isinstance(refusal, WrongInput) else "file.later")


def _thanks(reporter: Reporter) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('report-progress', kwargs={'slug': reporter.body.slug})}?thanks")


@public
def leave(reporter: Reporter) -> HttpResponse:
    """Forget the code on this device."""
    if reporter.request.method == "POST":
        reporter.code = ""
    return to(reporter, "report")
