"""A table as it was published: plain values with its own definition, from which the same table is made again."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from candour.figures import measures, tables
from candour.figures.questions import Question
from candour.ledger import seal
from candour.ledger.coordinates import AsAt
from candour.rules import years

CELL = ("status", "value", "since", "until")
"""What a published cell says; notes are wording, which a later version of the program may say better."""


def asked(question: Question) -> dict[str, Any]:
    """The whole question with its measure's definition as it was, so that no later definition is put in its place."""
    return {
        "measure": {name: _plain(value) for name, value in asdict(question.measure).items()},
        "counting_rule": measures.COUNTING_RULE_VERSION,
        "periods": [_period(period) for period in question.periods],
        "group": list(question.group),
        "where": dict(question.where),
        "basis": question.basis,
    }


def asked_again(kept: Mapping[str, Any]) -> Question:
    """Make the question again from what was kept of it."""
    known = {field.name for field in fields(measures.Measure)}
    definition = {name: _fixed(value) for name, value in kept["measure"].items() if name in known}
    periods = tuple(
        years.Period(**{**one, "start": date.fromisoformat(one["start"]), "end": date.fromisoformat(one["end"])})
        for one in kept["periods"]
    )
    return Question(measures.Measure(**definition), periods, tuple(kept["group"]), dict(kept["where"]), kept["basis"])


def _period(period: years.Period) -> dict[str, Any]:
    return {**asdict(period), "start": period.start.isoformat(), "end": period.end.isoformat()}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


PROTECTED = frozenset({"suppressed", "rounded"})
"""States of a cell that disclosure control made, and that stay as they were made."""


def told(table: tables.Table) -> dict[str, Any]:
    """What a published table says: its question and definition, both coordinates, the digest, and every cell."""
    whole = table.as_json()
    groups = [{"key": group["key"], "cells": [_cell(cell) for cell in group["cells"]]} for group in whole["groups"]]
    return {
        "asked": asked(table.question),
        "as_at": whole["as_at"],
        "ledger_number": whole["ledger_number"],
        "digest": whole["digest"],
        "date_not_known": whole["date_not_known"],
        "groups": groups,
        "protection": whole.get("disclosure_control"),
    }


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cell[name] for name in ("period", "start", "end", *CELL)}


def written(said: Mapping[str, Any]) -> bytes:
    """The bytes of what a table says: sorted keys, so that the same table gives the same bytes for ever."""
    return (seal.canonical(said) + "\n").encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def again(body: int, kept: Mapping[str, Any]) -> bytes:
    """Make a published table again from the record, at its own coordinates, and return its bytes.

    Which cells were hidden or rounded was decided once, against all that was public that day; the decision is taken
    as it stands, and every number that was printed is counted again.
    """
    as_at = AsAt(date.fromisoformat(kept["as_at"]), kept["ledger_number"])
    made = told(tables.table(body, asked_again(kept["asked"]), as_at))
    return written(_protected(made, kept) if kept["protection"] else made)


def _protected(made: dict[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Put what disclosure control decided over a table that was made again; with other rows it stays bare."""
    if [group["key"] for group in made["groups"]] != [group["key"] for group in kept["groups"]]:
        return made
    groups = [
        {"key": now["key"], "cells": [_decided(*pair) for pair in zip(now["cells"], then["cells"], strict=True)]}
        for now, then in zip(made["groups"], kept["groups"], strict=True)
    ]
    return {**made, "groups": groups, "protection": kept["protection"], "date_not_known": kept["date_not_known"]}


def _decided(now: Mapping[str, Any], then: Mapping[str, Any]) -> Mapping[str, Any]:
    return then if then["status"] in PROTECTED else now
