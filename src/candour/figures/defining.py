"""Deeds about a body's own measures: defined, worded anew as a new version, retired."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from candour.figures import measures, models, questions, values
from candour.ledger import chain
from candour.ledger import queries as ledger
from candour.organisation import classification, people
from candour.organisation.models import Body, Person
from candour.rules import tiers as rules
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 60


@transaction.atomic
def define(
    body: Body,
    slug: str,
    *,
    title: str,
    says: str,
    by: Person,
    at: datetime,
    tiers: Sequence[str] = rules.TIERS,
    where: Mapping[str, str] | None = None,
    basis: str = "logged",
    value: str = "incidents",
) -> int | None:
    """Define a measure of the body's own, or word one anew as its next version; return the ledger number.

    `says` tells a requester what is counted; `where` is a filter that belongs to the definition. None where it is
    defined so already. Raises WrongInput for a name that is a standard measure's, or a definition that cannot be used.
    """
    only = dict(where or {})
    _check(body, slug, title, says, tiers, only, basis, value)
    row = models.Definition(
        body=body.pk, slug=slug, title=title.strip(), says=says.strip(), tiers=[*tiers], only=only, basis=basis,
        value=value,
    )  # fmt: skip
    actor = people.require(by, Deed.DEFINE_MEASURE, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        before = models.Definition.objects.filter(body=body.pk, slug=slug).order_by("opened").last()
        row.version = before.version + 1 if before else 1
        if before and before.closed is None and _same(before, row):
            return None
        facts = {
            "version": row.version, "tiers": row.tiers, "where": only, "basis": basis, "value": value,
        }  # fmt: skip
        number = end.enter(Deed.DEFINE_MEASURE, slug, facts, {"title": row.title, "says": row.says})
    models.Definition.objects.filter(body=body.pk, slug=slug, closed=None).update(closed=number)
    row.opened = number
    row.save(force_insert=True)
    return number


@transaction.atomic
def retire(body: Body, slug: str, *, reason: str, by: Person, at: datetime) -> int:
    """Retire a measure of the body's own: it answers old ledger numbers, and no new question. Returns the number.

    Raises NotThere where there is none in use; WrongInput for a standard one, or where no reason is given.
    """
    if slug in measures.BY_SLUG:
        raise WrongInput(f"{slug} is a standard measure; only the body's own are retired")
    if not reason.strip():
        raise WrongInput("say why the measure is retired")
    actor = people.require(by, Deed.RETIRE_MEASURE, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        rows = models.Definition.objects.filter(body=body.pk, slug=slug, closed=None)
        if not rows.exists():
            raise NotThere(f"the body has no measure {slug!r} in use")
        number = end.enter(Deed.RETIRE_MEASURE, slug, {}, {"reason": reason.strip()})
    rows.update(closed=number)
    return number


def _check(
    body: Body, slug: str, title: str, says: str, tiers: Sequence[str], only: Mapping[str, str], basis: str, value: str
) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST:
        raise WrongInput("name a measure with small letters, digits and hyphens, such as lost-devices")
    if slug in measures.BY_SLUG:
        raise WrongInput(f"{slug} is a standard measure; give your own another name")
    if not title.strip() or not says.strip():
        raise WrongInput("give the measure a title, and say in a sentence what it counts")
    unknown = [tier for tier in tiers if tier not in rules.TIERS]
    if unknown or not tiers or len(set(tiers)) != len(tiers):
        raise WrongInput(f"a measure counts one or more of the tiers {', '.join(rules.TIERS)}, each once")
    measures.basis(basis)
    values.value(value)
    questions.check_facts(only, classification.own_slugs(body, ledger.head(body.pk).number))


def _same(one: models.Definition, other: models.Definition) -> bool:
    names = ("title", "says", "tiers", "only", "basis", "value")
    return all(getattr(one, name) == getattr(other, name) for name in names)
