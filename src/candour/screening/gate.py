"""The rule of both public exits: what blocks, what a second person may let go, and in which format a thing leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from candour.rules.refusals import Conflict, WrongInput
from candour.screening import kinds
from candour.screening.findings import Verdict
from candour.screening.looking import Report

BY_DEFAULT = frozenset({kinds.PDF.slug, kinds.TEXT.slug})
"""Kinds that leave without a reason: PDF, and CSV or plain text."""


@dataclass(frozen=True)
class Let:
    """A file that a named person let go although screening blocks it: who, and the ledger number that says why."""

    by: int
    number: int


def check(reports: Sequence[Report], let: Mapping[str, Let], *, prepared_by: int) -> None:
    """Raise Conflict where a file may not leave: one that blocks, unless another person than `prepared_by` let it go.

    `let` is by the sha256 of the bytes: of a file that changed nothing was let go.
    """
    held = list(_held(reports, let, prepared_by))
    if held:
        raise Conflict(f"{held[0]}; send a clean rendition, take the file out, or have a second person let it go")


def _held(reports: Sequence[Report], let: Mapping[str, Let], prepared_by: int) -> Iterator[str]:
    for report in reports:
        if report.verdict is Verdict.BLOCK:
            found = let.get(report.sha256)
            if found is None or found.by == prepared_by:
                first = next(finding for finding in report.findings if finding.severity == "block")
                yield f"the file {report.name} may not leave as it is ({first.code})"


def check_formats(reports: Sequence[Report], reason: str) -> None:
    """Raise WrongInput where a file leaves as anything but PDF or CSV and no reason is given.

    Cabinet Office, "Communication by Spreadsheet" (December 2023): PDF or CSV, unless the requester asked otherwise.
    """
    others = sorted({report.type for report in reports} - BY_DEFAULT)
    if others and not reason.strip():
        raise WrongInput(
            f"a reply leaves as PDF or CSV; say who asked for {' and '.join(others)}, and why it is right to follow"
        )
