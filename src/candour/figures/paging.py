"""Rows page by page, by key: what stands in the last row, and how many of the same were shown; nothing is numbered.

So a key tells no more than the row itself, and a page costs no more than the first.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from candour.rules.refusals import WrongInput


@dataclass(frozen=True)
class Page:
    """Some rows, and the key after which the next begin; "" at the end."""

    rows: Sequence[Sequence[Any]]
    next: str


def page(found: "QuerySet[Any]", names: Sequence[str], after: str, many: int) -> Page:
    """Return `many` of the rows, which are ordered by all their columns, what is not stated last; after a key.

    Raises WrongInput for what is no key of such rows.
    """
    last, shown = _read(after, len(names))
    try:
        some = found.filter(_from(names, last)) if last else found
        rows = list(some[shown : shown + many + 1])
    except (ValidationError, ValueError, TypeError) as fault:
        raise WrongInput(NO_KEY) from fault
    if len(rows) <= many:
        return Page(rows, "")
    rows = rows[:many]
    same = sum(row == rows[-1] for row in rows)
    before = shown if same == many and [_plain(one) for one in rows[-1]] == last else 0
    return Page(rows, json.dumps([*map(_plain, rows[-1]), before + same]))


NO_KEY = "there is no such page; begin with the first"


def _read(after: str, many: int) -> tuple[list[Any], int]:
    if not after:
        return [], 0
    try:
        *last, shown = json.loads(after)
    except (ValueError, TypeError) as fault:
        raise WrongInput(NO_KEY) from fault
    if len(last) != many or type(shown) is not int or not 0 < shown < MOST:
        raise WrongInput(NO_KEY)
    return last, shown


MOST = 1_000_000


def _from(names: Sequence[str], last: Sequence[Any]) -> Q:
    """What is not before a row: the same in the first columns and more in the next, or the same in all."""
    same, found = Q(), Q(pk__in=[])
    for name, value in zip(names, last, strict=True):
        if value is not None:
            found |= same & (Q(**{f"{name}__gt": value}) | Q(**{f"{name}__isnull": True}))
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return found | same


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
