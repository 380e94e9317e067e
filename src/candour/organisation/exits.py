"""What the two public exits share: files are looked into, held or let go by a second person, and leave by a link.

An exit (`foi.actions.release`, `figures.actions.publish`) does this, and nothing else makes anything public:

    exits.screen(body, subject, papers, by=by, at=at)             # a deed of its own, so that what is found stays
    with transaction.atomic():
        passed = exits.check(body, papers, prepared_by=..., reason=...)     # raises Conflict where a file may not leave
        number = ledger.append(body.pk, Deed..., facts={..., **passed}, ...)
        exits.let_out(body, number, papers)                        # the same bytes: Paper carries their digest
"""

import hashlib
import json
import os
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from candour.ledger import actions as ledger
from candour.ledger.seal import canonical
from candour.organisation import files, known, people
from candour.organisation.models import Body, LetGo, Looked, Person, PublicFile
from candour.rules import years
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed
from candour.screening import apart, gate, versions
from candour.screening.findings import Finding, Known, Severity
from candour.screening.looking import Report

_CHILDREN = 2


@dataclass(frozen=True)
class Paper:
    """A file that is to leave, by the digest of its bytes; `to` is the name of who gets it, which may stand in it."""

    name: str
    sha256: str
    to: str = ""

    @property
    def content(self) -> bytes:
        """Its bytes, proved by their digest: NotThere where they are gone, Conflict where they were changed."""
        return files.read(self.sha256)


def screen(body: Body, subject: str, papers: Sequence[Paper], *, by: Person, at: datetime) -> int | None:
    """Look into those papers that were not looked into with today's tools, and keep what is found; return the number.

    None where there is nothing new to look into. Children look, outside any transaction. Raises NotAllowed.
    """
    actor = people.require(by, Deed.SCREEN, at, body)
    tools, to = _tools(body, papers, at), _to(papers)
    fresh = [paper for paper in papers if paper.sha256 not in _looked(body, papers, tools)]
    if not fresh:
        return None
    found = _look(fresh, known.of(body, years.london_day(at), but=to))
    told = [{"sha256": one.sha256, "verdict": one.verdict, "codes": _codes(one)} for one in found]
    facts = {"papers": told, "tools": versions.versions(), "with": tools}
    words = {f"file {place}": paper.name for place, paper in enumerate(fresh, 1)}
    with transaction.atomic():
        number = ledger.append(body.pk, Deed.SCREEN, subject=subject, facts=facts, words=words, by=actor, at=at)
        Looked.objects.bulk_create(
            Looked(body=body.pk, number=number, sha256=one.sha256, report=_as_json(one), tools=tools) for one in found
        )
    return number


def reports(body: Body, papers: Sequence[Paper], *, at: datetime) -> dict[str, Report]:
    """Return what was found in papers with today's tools, by their digest; those not looked into yet are missing."""
    return _looked(body, papers, _tools(body, papers, at))


def let(body: Body, papers: Sequence[Paper]) -> dict[str, gate.Let]:
    """Return by whom papers were let go, by their digest."""
    rows = LetGo.objects.filter(body=body.pk, sha256__in=[paper.sha256 for paper in papers]).order_by("number")
    return {row.sha256: gate.Let(row.person, row.number) for row in rows}


def check(body: Body, papers: Sequence[Paper], *, prepared_by: int, reason: str, at: datetime) -> dict[str, Any]:
    """Return what an entry says of papers that may leave, or raise Conflict for one that may not.

    `prepared_by` is the number of the person whose work leaves: what screening blocks, only another may let go.
    `reason` says why anything leaves in another format than PDF or CSV: WrongInput where it is missing.
    """
    found = reports(body, papers, at=at)
    if unseen := [paper.name for paper in papers if paper.sha256 not in found]:
        raise Conflict(f"{unseen[0]} has changed, or screening has, since it was looked into; screen it again")
    in_order = [found[paper.sha256] for paper in papers]
    by_second = let(body, papers)
    gate.check(in_order, by_second, prepared_by=prepared_by)
    gate.check_formats(in_order, reason)
    return {
        "papers": [
            {"sha256": one.sha256, "verdict": one.verdict, "let_go": by_second[one.sha256].number}
            if one.sha256 in by_second
            else {"sha256": one.sha256, "verdict": one.verdict}
            for one in in_order
        ],
        "rules": versions.versions()["rules"],
    }  # fmt: skip


@transaction.atomic
def let_go(body: Body, paper: Paper, *, reason: str, by: Person, at: datetime) -> int:
    """Let a file leave although screening blocks it, as a second person with a reason; return the ledger number.

    Counts only where another person prepares what leaves, and only for these bytes. Raises NotAllowed, WrongInput.
    """
    actor = people.require(by, Deed.LET_GO, at, body)
    if not reason.strip():
        raise WrongInput("say why the file may leave as it is")
    found = reports(body, [paper], at=at).get(paper.sha256)
    if found is None:
        raise Conflict(f"{paper.name} was not looked into yet; screen it first")
    facts = {"sha256": paper.sha256, "codes": _codes(found)}
    words = {"reason": reason.strip(), "file": paper.name}
    number = ledger.append(body.pk, Deed.LET_GO, subject=paper.sha256[:12], facts=facts, words=words, by=actor, at=at)
    LetGo.objects.create(body=body.pk, number=number, sha256=paper.sha256, person=by.number)
    return number


def let_out(body: Body, number: int, papers: Sequence[Paper]) -> str:
    """Make papers public under entry `number`, each proved by its digest, and return the secret part of their link."""
    for paper in papers:
        if hashlib.sha256(paper.content).hexdigest() != paper.sha256:  # pragma: no cover - files.read proves it too
            raise Conflict(f"{paper.name} is not what was approved")
    link = secrets.token_urlsafe(32)
    PublicFile.objects.bulk_create(
        PublicFile(body=body.pk, opened=number, link=link, name=paper.name, sha256=paper.sha256, place=place)
        for place, paper in enumerate(papers)
    )
    return link


def link_of(body: Body, number: int) -> str | None:
    """Return the secret part of the link that entry `number` opened; None where it is withdrawn."""
    rows = PublicFile.objects.filter(body=body.pk, opened=number, closed=None)
    return rows.values_list("link", flat=True).first()


def links(body: Body) -> dict[int, str]:
    """Return the secret part of every link that works still, by the entry that opened it; one query."""
    rows = PublicFile.objects.filter(body=body.pk, closed=None, place=0)
    return dict(rows.values_list("opened", "link"))


def public(link: str) -> list[Paper]:
    """Return the files behind a link, in order; NotThere where there are none (any more)."""
    rows = PublicFile.objects.filter(link=link, closed=None).order_by("place")
    if not rows:
        raise NotThere("there is nothing here; it may have been withdrawn")
    return [Paper(row.name, row.sha256) for row in rows]


def withdraw(body: Body, opened: int, closed: int, *, besides: Collection[type[Any]]) -> None:
    """Let the links of entry `opened` die with entry `closed`, and erase the bytes that nothing else names.

    `besides` are the exit's own tables that record what left: they do not keep the bytes alive.
    """
    rows = PublicFile.objects.filter(body=body.pk, opened=opened, closed=None)
    digests = set(rows.values_list("sha256", flat=True))
    if not rows.update(closed=closed):
        raise NotThere("that was withdrawn already")
    still_public = set(PublicFile.objects.filter(sha256__in=digests, closed=None).values_list("sha256", flat=True))
    kept = still_public | set(files.named(digests, besides={PublicFile, Looked, LetGo, *besides}))
    transaction.on_commit(lambda: [files.erase(sha256) for sha256 in digests - kept])


def _to(papers: Sequence[Paper]) -> list[str]:
    return sorted({paper.to for paper in papers if paper.to})


def _tools(body: Body, papers: Sequence[Paper], at: datetime) -> str:
    """Tell with what is looked: tools, rules, what is known of the body, who gets it; a change of any looks again."""
    about = {"tools": versions.versions(), "known": known.mark(body, years.london_day(at))}
    told = canonical({**about, "to": _to(papers)})
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _looked(body: Body, papers: Sequence[Paper], tools: str) -> dict[str, Report]:
    wanted = {paper.sha256: paper.name for paper in papers}
    rows = Looked.objects.filter(body=body.pk, sha256__in=list(wanted), tools=tools).order_by("number")
    return {row.sha256: _from_json(row.report) for row in rows if row.report["name"] == wanted[row.sha256]}


def _look(papers: Sequence[Paper], about: Known) -> list[Report]:
    with apart.Lookers(min(_CHILDREN, os.cpu_count() or 1, len(papers)), about) as lookers:
        return list(lookers.each(lambda paper: lookers.look(paper.content, paper.name), papers))


def _codes(report: Report) -> list[str]:
    return sorted({finding.code for finding in report.findings})


def _as_json(report: Report) -> dict[str, Any]:
    told = {"name": report.name, "sha256": report.sha256, "type": report.type}
    return json.loads(json.dumps({**told, "findings": [vars(finding) for finding in report.findings]}))  # type: ignore[no-any-return]


def _from_json(told: Mapping[str, Any]) -> Report:
    findings = tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in told["findings"])
    return Report(told["name"], told["sha256"], told["type"], findings)
