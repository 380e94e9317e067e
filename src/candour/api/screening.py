"""The call that says whether files may leave; nothing of them is kept."""

import base64
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from candour.organisation import known, people
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.screening import apart, looking

if TYPE_CHECKING:
    from candour.organisation.models import Person

router = Router(tags=["screening"])

MOST = 20
"""Files of one call."""


class Finding(Schema):
    """What was found: the check's code, how it weighs, where it is, and what it is and what to do, masked."""

    code: str
    severity: Literal["block", "warn"]
    where: str
    what: str


class Clean(Schema):
    """A clean rendition, screened again; `content` is its bytes in base64, `left_out` what of the file is not in it."""

    file: str
    sha256: str
    type: str
    verdict: Literal["clear", "warn", "block"]
    findings: list[Finding]
    content: str
    left_out: list[str]


class Screened(Schema):
    """What one file is and what was found in it."""

    file: str
    sha256: str
    type: str
    verdict: Literal["clear", "warn", "block"]
    findings: list[Finding]
    clean: Clean | None = None


class Answer(Schema):
    """Every file of the call, in its order."""

    files: list[Screened]


class Problem(Schema):
    """What could not be done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


@router.post(
    "screen", response={200: Answer, 401: Problem, 422: Problem, 429: Problem}, summary="May these files leave?"
)
def screen(request: HttpRequest, file: File[list[UploadedFile]], clean: Form[bool] = False) -> Answer:  # noqa: FBT002 - a field of the form
    """Look into files (multipart, each as `file`) and say what they hold that the eye does not see.

    With `clean` each comes with its clean rendition, where it has one. Verdicts are `clear`, `warn` and `block`.
    """
    person: Person = request.auth  # type: ignore[attr-defined] # the framework sets it
    if len(file) > MOST:
        raise WrongInput(f"send {MOST} files in one call at most")
    today = years.london_day(timezone.now())
    about = known.of(person.body, today, sees=[deed for deed in known.TOLD if people.may(person, deed, today)])
    with apart.Lookers(min(2, len(file)), about) as lookers:
        return Answer(files=list(lookers.each(lambda one: _screened(lookers, one, clean=clean), file)))


def _screened(lookers: apart.Lookers, given: UploadedFile, *, clean: bool) -> Screened:
    content, name = given.read(), given.name or "file"
    told = _told(lookers.look(content, name))
    made = lookers.clean(content, name) if clean and content else None
    if made:
        again = _told(lookers.look(made.content, made.name))
        told["clean"] = Clean(**again, content=base64.b64encode(made.content).decode(), left_out=list(made.left_out))
    return Screened(**told)


def _told(report: looking.Report) -> dict[str, Any]:
    findings = [Finding(**vars(finding)) for finding in report.findings]
    return {
        "file": report.name, "sha256": report.sha256, "type": report.type, "verdict": report.verdict.value,
        "findings": findings,
    }  # fmt: skip
