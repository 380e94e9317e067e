"""Act and learn: actions with an owner and a day, why it happened at the root, and what is learnt from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import access, deed, models, opening, working
from candour.incidents.actions import categorising
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed

OPEN, DONE, DROPPED = STATES = ("open", "done", "dropped")
PARAGRAPH = re.compile(r"[A-Za-z0-9.()-]{0,20}")


@dataclass(frozen=True)
class Task:
    """Who does it, and by which day; `template` is the slug of the template it came from."""

    owner: Person
    due_on: date
    template: str = ""


@transaction.atomic
def plan(body: Body, reference: str, words: str, task: Task, *, by: Person, at: datetime) -> int:
    """Plan an action; return its number, which is that of the entry. Raises WrongInput for a day that has passed."""
    text = opening.said(words, "say what has to be done")
    now = opening.held(body, reference, by=by, at=at)
    _check(body, now.incident.number, task, at)
    also = {"to": task.owner.number, "due_on": task.due_on.isoformat(), "template": task.template}
    done = deed.do(body, reference, Deed.PLAN_ACTION, deed.Change(words={"action": text}, also=also), by=by, at=at)
    working.step(body.pk, done, Deed.PLAN_ACTION, at)
    _write(body, done.incident, done.number, done.number, owner=task.owner.number, due_on=task.due_on)
    return done.number


@transaction.atomic
def plan_anew(body: Body, number: int, task: Task, *, reason: str, by: Person, at: datetime) -> int:
    """Give an open action to somebody else, or another day, with the reason."""
    row, reference = _open(body, number, by=by, at=at)
    why = opening.said(reason, "say why the action changes hands or its day moves")
    if (row.owner, row.due_on) == (task.owner.number, task.due_on):
        raise WrongInput("nothing would change: it has this owner and this day already")
    _check(body, row.incident, task, at)
    also = {"action": number, "to": task.owner.number, "due_on": task.due_on.isoformat()}
    change = deed.Change(words={"reason": why}, also=also, beside=True)
    done = deed.do(body, reference, Deed.PLAN_ACTION, change, by=by, at=at)
    _replace(body, row, done.number, owner=task.owner.number, due_on=task.due_on)
    return done.number


@transaction.atomic
def end(body: Body, number: int, how: str, *, words: str = "", by: Person, at: datetime) -> int:
    """Say that an action is done, or dropped with a reason; Conflict where it ended before."""
    if how not in {DONE, DROPPED}:
        raise WrongInput("an action is done or dropped")
    row, reference = _open(body, number, by=by, at=at)
    text = opening.said(words, "say why it need not be done") if how == DROPPED else words.strip()
    change = deed.Change(words={"outcome": text}, also={"action": number, "how": how})
    done = deed.do(body, reference, Deed.END_ACTION, change, by=by, at=at)
    _replace(body, row, done.number, state=how)
    return done.number


@dataclass(frozen=True)
class Lesson:
    """Why it happened at the root (a code and words), what is learnt, and which paragraphs of policies say so.

    `paragraphs` are pairs of a policy's slug and the number of a paragraph, "" for the whole.
    """

    cause: str
    root_cause: str
    lesson: str = ""
    paragraphs: Sequence[tuple[str, str]] = ()


@transaction.atomic
def learn(body: Body, reference: str, lesson: Lesson, *, by: Person, at: datetime) -> int:
    """Record the root cause and the lesson; what was recorded before stays in the history."""
    words = {
        "root_cause": opening.said(lesson.root_cause, "say why it happened"),
        "lesson": lesson.lesson.strip(),
    }
    opening.held(body, reference, by=by, at=at)
    also = {"cause": lesson.cause, "paragraphs": _paragraphs(body, lesson.paragraphs, at)}
    done = deed.do(body, reference, Deed.LEARN, deed.Change(words=words, also=also), by=by, at=at)
    working.step(body.pk, done, Deed.LEARN, at)
    categorising.name_cause(body, reference, lesson.cause, by=by, at=at)
    return done.number


def _paragraphs(body: Body, paragraphs: Sequence[tuple[str, str]], at: datetime) -> list[dict[str, str]]:
    """Policies in force, each with the version of today, so that a later version changes no old lesson."""
    as_at = AsAt(years.london_day(at), ledger.head(body.pk).number)
    policies = {policy.slug: policy for policy in organisation.policies(body, as_at)}
    found = []
    for slug, paragraph in paragraphs:
        if slug not in policies:
            raise WrongInput(f"{slug} is no policy in force today")
        if not PARAGRAPH.fullmatch(paragraph):
            raise WrongInput("a paragraph is a number such as 2.1 or 4(b)")
        found.append({"policy": slug, "version": policies[slug].version, "paragraph": paragraph})
    return found


def _open(body: Body, number: int, *, by: Person, at: datetime) -> tuple[models.Action, str]:
    """The present row of an open action, with its incident's reference; NotThere, or Conflict where it ended."""
    row = models.Action.objects.filter(body=body.pk, number=number, closed=None).first()
    incident = models.Incident.objects.filter(body=body.pk, number=row.incident).first() if row else None
    if row is None or incident is None:
        raise NotThere("there is no such action")
    opening.held(body, incident.reference, by=by, at=at)
    row.refresh_from_db()
    if row.closed is not None or row.state != OPEN:
        raise Conflict("the action has ended, or changed a moment ago; open it again")
    return row, incident.reference


def _check(body: Body, incident: int, task: Task, at: datetime) -> None:
    today = years.london_day(at)
    if task.due_on < today:
        raise WrongInput(f"{years.spoken(task.due_on)} has passed; give a day from {years.spoken(today)} on")
    if task.owner.body_id != body.pk or not task.owner.is_active:
        raise WrongInput("an action belongs to somebody who works here")
    work = working.of(body.pk, incident)
    if work and work.confidential and not access.may_see(task.owner, incident, today):
        raise Conflict(f"{task.owner} is not among those who may see it; name them first")


def _write(body: Body, incident: int, number: int, opened: int, **said: Any) -> None:
    row = {"state": OPEN, **said}
    models.Action.objects.create(body=body.pk, incident=incident, number=number, opened=opened, **row)


def _replace(body: Body, row: models.Action, opened: int, **changes: Any) -> None:
    models.Action.objects.filter(pk=row.pk).update(closed=opened)
    said = {"owner": row.owner, "due_on": row.due_on, "state": row.state, **changes}
    _write(body, row.incident, row.number, opened, **said)
