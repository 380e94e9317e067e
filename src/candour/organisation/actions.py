"""Deeds about who we are: a body, a person, a role, and anything a body says of itself from a day on."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from candour.ledger import actions as ledger
from candour.ledger import chain, queries
from candour.ledger.beliefs import Range, believe
from candour.ledger.coordinates import Head
from candour.ledger.models import OPEN
from candour.ledger.seal import Actor, canonical, plain
from candour.organisation import cells, files, kinds, people, toml
from candour.organisation.models import Body, Particular, Person, RoleHeld
from candour.organisation.stated import Stated
from candour.rules import years
from candour.rules.refusals import Conflict, Refusal, WrongInput
from candour.rules.rights import Deed, Role, kept_apart

KINDS = ("department", "agency", "ndpb", "non-ministerial", "council", "nhs", "police", "school", "university", "other")
REGIMES = ("foia", "foisa")
GIVEN = tuple(role for role in Role if role is not Role.OPERATOR)
"""The roles that a person may be given; the operator's is nobody else's."""

FOUNDED = date(1900, 1, 1)
"""From when the operator holds the role: before any record that could be loaded."""


@transaction.atomic
def add_body(slug: str, *, name: str, kind: str, regime: str, at: datetime) -> Body:
    """Add a body and its operator; a body that is there already is returned as it is."""
    found = Body.objects.filter(slug=slug).first()
    if found:
        return found
    if kind not in KINDS or regime not in REGIMES:
        raise WrongInput(f"kind is one of {', '.join(KINDS)}; regime is one of {', '.join(REGIMES)}")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or not name.strip():
        raise WrongInput("a body has a name and a slug of small letters, digits and single hyphens: sample-body")
    body = Body.objects.create(slug=slug, name=name, kind=kind, regime=regime)
    by = Actor(people.OPERATOR, Role.OPERATOR)
    ledger.append(body.pk, Deed.ADD_BODY, subject=slug, facts={"kind": kind, "regime": regime}, by=by, at=at)
    operator = Person(body=body, number=people.OPERATOR, name="Operator")
    _enrol(operator, [Role.OPERATOR], FOUNDED, by=by, at=at)
    return body


@transaction.atomic
def add_person(body: Body, *, name: str, roles: Collection[str], email: str | None, by: Person, at: datetime) -> Person:
    """Add a person who holds roles from today; an e-mail address that is known already raises Conflict."""
    actor = people.require(by, Deed.ADD_PERSON, at, body)
    if not name.strip() or not name.isprintable():
        raise WrongInput("a person has a name of one line")
    if email:
        _check_email(email)
    _check_roles(roles)
    with chain.extend(body.pk, by=actor, at=at):
        last = Person.objects.filter(body=body).order_by("-number").values_list("number", flat=True)[0]
    person = Person(body=body, number=last + 1, name=name.strip(), email=email.lower() if email else None)
    _enrol(person, roles, years.london_day(at), by=actor, at=at)
    return person


def _enrol(person: Person, roles: Collection[str], day: date, *, by: Actor, at: datetime) -> None:
    person.set_unusable_password()
    person.save(force_insert=True)
    subject = f"person {person.number}"
    words = {"name": person.name, "email": person.email}
    ledger.append(person.body_id, Deed.ADD_PERSON, subject=subject, facts={}, words=words, by=by, at=at)
    for role in dict.fromkeys(roles):
        _hold(person, role, day, by=by, at=at)


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as fault:
        raise WrongInput(f"{email} is not an e-mail address") from fault
    if Person.objects.filter(email__iexact=email).exists():
        raise Conflict(f"{email} belongs to somebody already")


def _check_roles(roles: Collection[str]) -> None:
    unknown = [role for role in roles if role not in GIVEN]
    if unknown:
        raise WrongInput(f"{unknown[0]!r} is not a role that can be given; those are {', '.join(GIVEN)}")
    pair = kept_apart(roles)
    if pair:
        raise Conflict(f"one person cannot be both {' and '.join(sorted(pair))}: who advises does not decide")


def _hold(person: Person, role: str, day: date, *, by: Actor, at: datetime) -> None:
    facts = {"role": role, "from": day}
    number = ledger.append(person.body_id, Deed.GIVE_ROLE, subject=f"person {person.number}", facts=facts, by=by, at=at)
    RoleHeld.objects.create(
        body=person.body_id, person=person.number, role=role, held_from=day, held_until=OPEN, opened=number
    )


@transaction.atomic
def give_role(person: Person, role: str, *, by: Person, at: datetime) -> None:
    """Give a person a role from today; roles that are kept apart raise Conflict, a role already held is no deed."""
    actor = people.require(by, Deed.GIVE_ROLE, at, person.body)
    day = years.london_day(at)
    with chain.extend(person.body_id, by=actor, at=at):
        held = people.roles(person, day)
    if role not in held:
        _check_roles({role, *held - {Role.OPERATOR}})
        _hold(person, role, day, by=actor, at=at)


@transaction.atomic
def take_role(person: Person, role: str, *, by: Person, at: datetime) -> None:
    """End a role from today; one that is not held is no deed."""
    actor = people.require(by, Deed.TAKE_ROLE, at, person.body)
    day = years.london_day(at)
    with chain.extend(person.body_id, by=actor, at=at) as end:
        found = RoleHeld.objects.filter(body=person.body_id, person=person.number, role=role, closed=None)
        held = [row for row in found if row.held_until > day]
        if not held:
            return
        number = end.enter(Deed.TAKE_ROLE, f"person {person.number}", {"role": role, "from": day.isoformat()})
    believe(held, Range(day), number)


@transaction.atomic
def set_password(token: str, password: str, *, at: datetime) -> Person:
    """Set the first password of the person a sign-in link was made for; the link is used up.

    Nothing of it enters the ledger. Raises NotThere for a link that does not hold, WrongInput for a weak password.
    """
    person = people.by_token(token, at, lock=True)
    try:
        password_validation.validate_password(password, person)
    except ValidationError as fault:
        raise WrongInput(" ".join(fault.messages)) from fault
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


@transaction.atomic
def renew_sign_in(person: Person, *, by: Person, at: datetime) -> str:
    """Let somebody come in anew: return what a one-time link carries; their password and second factor end at once.

    They are signed out everywhere. It stands in the ledger who did it. Nobody does it to themselves (Conflict), so that
    a window left open does not lose its owner the account.
    """
    actor = people.require(by, Deed.RENEW_SIGN_IN, at, person.body)
    if person.number == by.number:
        raise Conflict("ask another administrator, or the operator, for a new link of your own")
    person.set_unusable_password()
    token = people.sign_in_token(person, at)
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    ledger.append(person.body_id, Deed.RENEW_SIGN_IN, subject=f"person {person.number}", facts={}, by=actor, at=at)
    return token


@transaction.atomic
def state(
    body: Body,
    kind: str,
    key: str,
    content: Mapping[str, Any],
    *,
    from_: date,
    until: date | None = None,
    by: Person,
    at: datetime,
) -> int | None:
    """State one particular of the body for days `from_ <= day < until`; return the ledger number, None for nothing new.

    Without `until` it holds until the day from which something else of that kind and key was stated. What was stated
    for those days before is closed, and still comes out at its ledger number. The content, which may hold names, goes
    into the ledger as words. Raises cells.Unusable for content that is not of its kind.
    """
    actor = people.require(by, Deed.STATE, at, body)
    value = plain(content)
    if kind in kinds.BY_KIND:
        cells.read(kinds.BY_KIND[kind], value)
    with chain.extend(body.pk, by=actor, at=at) as end:
        present = _present(body, kind, key)
        held = Range(from_, until or min((row.held_from for row in present if row.held_from > from_), default=OPEN))
        if held.held_until <= held.held_from:
            raise WrongInput(f"{kind} {key}: the last day comes before the first")
        if any(row.content == value and not [*held.without(_days(row))] for row in present):
            return None
        number = end.enter(Deed.STATE, f"{kind} {key}", _facts(kind, key, held), {"content": canonical(value)})
    days = {"held_from": held.held_from, "held_until": held.held_until, "opened": number}
    believe(present, held, number, [Particular(body=body.pk, kind=kind, key=key, content=value, **days)])
    return number


@transaction.atomic
def end(body: Body, kind: str, key: str, *, from_: date, by: Person, at: datetime) -> int | None:
    """Say that what holds on a day ends with the day before; return the ledger number, None where nothing held."""
    actor = people.require(by, Deed.STATE, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end_:
        held = [row for row in _present(body, kind, key) if row.held_from <= from_ < row.held_until]
        if not held:
            return None
        days = Range(from_, held[0].held_until)
        number = end_.enter(Deed.STATE, f"{kind} {key}", {**_facts(kind, key, days), "ended": "yes"})
    believe(held, days, number)
    return number


def _present(body: Body, kind: str, key: str) -> list[Particular]:
    return list(Particular.objects.filter(body=body.pk, kind=kind, key=key, closed=None))


def _days(row: Particular) -> Range:
    return Range(row.held_from, row.held_until)


def _facts(kind: str, key: str, held: Range) -> dict[str, str]:
    return {"kind": kind, "key": key, "from": held.held_from.isoformat(), "until": held.held_until.isoformat()}


def say(body: Body, stated: Stated, *, from_: date, until: date | None = None, by: Person, at: datetime) -> int | None:
    """State a particular that is given as a value of its kind; otherwise as `state`."""
    return state(body, stated.kind, stated.key, cells.content(stated), from_=from_, until=until, by=by, at=at)


def set_fact(
    body: Body,
    name: str,
    value: str,
    *,
    from_: date,
    unit: str = "",
    approximate: bool = False,
    note: str = "",
    by: Person,
    at: datetime,
) -> int | None:
    """State a fact as a person types it: a number ("1,800"), not-known, or a text; `sponsor` states the relation."""
    if name == kinds.Sponsor.kind:
        return say(body, cells.read(kinds.Sponsor, {"name": value, "scheme_note": note}), from_=from_, by=by, at=at)
    number = re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", value.strip())
    said = {"value": int(number[0].replace(",", ""))} if number else {"text": value} if value != cells.NOT_KNOWN else {}
    row = {"name": name, **said, "unit": unit, "approximate": approximate, "note": note}
    return say(body, cells.read(kinds.Fact, row), from_=from_, by=by, at=at)


@dataclass(frozen=True)
class Report:
    """What a load did, row by row: `problems` are rows that were held back, each with the reason."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    problems: tuple[str, ...]


@transaction.atomic
def load(body: Body, plan: toml.Plan, *, files_dir: Path | None = None, by: Person, at: datetime) -> Report:
    """Do every row of a plan that is not done yet, each as one deed; repeating adds nothing.

    `files_dir` is the folder that the named files lie in. A row that is refused is held back and named in the report;
    somebody who may not state anything is refused at once (NotAllowed).
    """
    people.require(by, Deed.STATE, at, body)
    last = {row.about: row for row in sorted(plan.rows, key=lambda row: row.held_from)}
    deeds = [(f"person {one.name}", partial(_load_person, body, one, by=by, at=at)) for one in plan.persons]
    for row in plan.rows:
        is_last = last[row.about] is row
        deeds.append((row.where, partial(_load_row, body, row, files_dir, is_last=is_last, by=by, at=at)))
    done: dict[bool, list[str]] = {True: [], False: []}
    problems = []
    for where, deed in deeds:
        try:
            with transaction.atomic():
                done[deed()].append(where)
        except Refusal as fault:
            problems.append(f"{where}: {fault}")
    return Report(tuple(done[True]), tuple(done[False]), tuple(problems))


def _load_person(body: Body, newcomer: toml.Newcomer, *, by: Person, at: datetime) -> bool:
    match = {"email": newcomer.email.lower()} if newcomer.email else {"name": newcomer.name}
    found = list(Person.objects.filter(body=body, **match)[:2])
    if len(found) > 1:
        raise Conflict("several people have this name; say which by their e-mail address")
    if not found:
        add_person(body, name=newcomer.name, roles=newcomer.roles, email=newcomer.email or None, by=by, at=at)
        return True
    missing = [role for role in newcomer.roles if role not in people.roles(found[0], years.london_day(at))]
    for role in missing:
        give_role(found[0], role, by=by, at=at)
    return bool(missing)


def _load_row(body: Body, row: toml.Row, files_dir: Path | None, *, is_last: bool, by: Person, at: datetime) -> bool:
    """State a row; the last row about a thing also ends it on its last day, where it was thought to go on."""
    stated = _with_file(row.stated, files_dir)
    number = say(body, stated, from_=row.held_from, until=row.held_until, by=by, at=at)
    if not is_last or row.held_until is None or not _goes_on(body, stated, row.held_until):
        return number is not None
    end(body, stated.kind, stated.key, from_=row.held_until, by=by, at=at)
    return True


def _goes_on(body: Body, stated: Stated, day: date) -> bool:
    rows = [row for row in _present(body, stated.kind, stated.key) if row.held_from <= day < row.held_until]
    return any(row.content == cells.content(stated) for row in rows)


def _with_file(stated: Stated, folder: Path | None) -> Stated:
    if not isinstance(stated, kinds.Sponsor | kinds.Policy | kinds.Document) or stated.file is None:
        return stated
    return replace(stated, file=_stored(stated.file.name, folder))


def _stored(name: str, folder: Path | None) -> kinds.File:
    """Store a file that a plan names; only what lies in the plan's folder, so that a plan cannot reach elsewhere."""
    path = (folder / name).resolve() if folder else None
    if folder is None or path is None or not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise WrongInput(f"there is no file {name} beside the file that names it")
    if path.stat().st_size > files.LARGEST:
        raise WrongInput(f"{name} is larger than {files.LARGEST // 1024 // 1024} MB")
    return files.keep(path.read_bytes(), path.name)


def head(body: Body) -> Head:
    """Return the head of a body's chain, for doors that print it."""
    return queries.head(body.pk)
