"""A table as it was published: plain values with its own definition, from which the same table is made again."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from candour.figures import measures, merges, merging, models, protecting, tables
from candour.figures.earlier import Cell
from candour.figures.questions import Question
from candour.ledger import seal
from candour.ledger.coordinates import AsAt
from candour.rules import answers, years
from candour.rules.disclosure_control import control, rule

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


def asked_of(table: tables.Table) -> dict[str, Any]:
    """The question that a table answers, and which of its rows and periods were merged after it was counted."""
    if table.unmerged is None:
        return asked(table.question)
    return {**asked(table.unmerged.question), "merged": [str(merge) for merge in table.merged]}


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


def told(table: tables.Table) -> dict[str, Any]:
    """What a published table says: its question and definition, both coordinates, the digest, and every cell."""
    return _told(table.as_json(), asked_of(table))


def told_in(whole: Mapping[str, Any]) -> dict[str, Any]:
    """What a table says of which only its JSON was kept (interfaces `figures`), of a standard measure."""
    first = whole["groups"][0]
    periods = tuple(
        years.Period(
            date.fromisoformat(cell["start"]), date.fromisoformat(cell["end"]), cell["period"], "span",
            cell.get("part", False),
        )
        for cell in first["cells"]
    )  # fmt: skip
    measure = measures.measure(whole["measure"])
    question = Question(measure, periods, tuple(first["key"]), dict(whole["where"]), whole["basis"])
    return _told(whole, asked(question))


def _told(whole: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    groups = [{"key": group["key"], "cells": [_cell(cell) for cell in group["cells"]]} for group in whole["groups"]]
    return {
        "asked": dict(about),
        "as_at": whole["as_at"],
        "ledger_number": whole["ledger_number"],
        "digest": whole["digest"],
        "date_not_known": whole["date_not_known"],
        "completeness": whole["completeness"],
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


def again(row: models.Told) -> bytes:
    """Make a published table again from the record, at its own coordinates, and return its bytes.

    Which cells were hidden was decided once, against all that was public that day; the decision is taken as it stands,
    and every number that was printed is counted, and rounded, again.
    """
    made = told(shown(row, counted(row)))
    return written({name: made[name] for name in row.told})  # an earlier version of the program kept less


def shown(row: models.Told, made: tables.Table) -> tables.Table:
    """Return a table that was counted again as it left: what was hidden hidden, and the rest rounded, by its rule."""
    if row.rule is None:
        return made
    said = control.read(rule.from_json(row.rule), row.told["protection"])
    return protecting.printed(made, said, frozenset(hidden(row.told)))


def counted(row: models.Told) -> tables.Table:
    """Count a published table again, at its own coordinates, merged as it was and with nothing hidden."""
    kept = row.told
    as_at = AsAt(date.fromisoformat(kept["as_at"]), kept["ledger_number"])
    asked_merges = [merges.read(text) for text in kept["asked"].get("merged", ())]
    return merging.merged(tables.table(row.body, asked_again(kept["asked"]), as_at), asked_merges)


def hidden(kept: Mapping[str, Any]) -> Iterator[Cell]:
    """The cells that were hidden, by their names."""
    for group in kept["groups"]:
        for cell in group["cells"]:
            if cell["status"] == answers.Suppressed.status:
                key = tuple(group["key"].values())
                yield key, date.fromisoformat(cell["start"]), date.fromisoformat(cell["end"])
