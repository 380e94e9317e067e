"""The methods by which an incident is judged: what each asks, and what an entry and a row keep of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candour.rules import self_assessment, severity
from candour.rules.refusals import WrongInput

TITLES = {
    self_assessment.METHOD: "The ICO's self-assessment",
    severity.ENISA: "ENISA 2013",
    severity.GRID: "Five by five grid",
}


@dataclass(frozen=True)
class Judged:
    """What an entry keeps in the clear (answers as given, what came out), and what the row keeps for lists."""

    entry: dict[str, Any]
    columns: dict[str, Any]
    why: str


def judge(method: str, answers: Mapping[str, Any]) -> Judged:
    """Judge by a method. WrongInput for a method that is none, or answers it does not take.

    The self-assessment takes its questions by name; ENISA `data` (kind to how far its base moves), `identification`,
    `confidentiality`, `integrity`, `availability`, `malicious`, `people`, `unintelligible`; the grid `likelihood`,
    `effect`, `vulnerable`, `contained`.
    """
    judges = {self_assessment.METHOD: _self_assessed, severity.ENISA: _enisa, severity.GRID: _grid}
    if method not in judges:
        raise WrongInput(f"the methods are {', '.join(TITLES)}")
    try:
        return judges[method](dict(answers))
    except TypeError as fault:
        raise WrongInput("these are not the answers that the method asks for") from fault


def why(method: str, answers: Mapping[str, Any]) -> str:
    """Say in a sentence what the answers come to, as it was worked out."""
    return judge(method, answers).why


def _self_assessed(answers: dict[str, Any]) -> Judged:
    found = self_assessment.outcome(answers)
    columns = {"ico": found.ico, "people": found.people}
    return Judged({"answers": answers, "outcome": columns}, columns, found.why)


def _enisa(answers: dict[str, Any]) -> Judged:
    _plain(answers, "malicious", "unintelligible")
    if not isinstance(answers.get("people"), int | None):
        raise WrongInput("the number of people is a whole number, or left out")
    found = severity.enisa(**answers)
    outcome = {"score": str(found.score), "band": found.band, "flags": list(found.flags)}
    columns = {"score": int(found.score * 100), "band": found.band}
    flags = f" Beside the score: {', '.join(found.flags)}." if found.flags else ""
    return Judged({"answers": answers, "outcome": outcome}, columns, f"{found.why}.{flags}")


def _plain(answers: Mapping[str, Any], *names: str) -> None:
    """Raise WrongInput where one of these is not yes or no: an entry keeps no free text in the clear."""
    if any(not isinstance(answers.get(name, False), bool) for name in names):
        raise WrongInput(f"{' and '.join(names)} are yes or no")


def _grid(answers: dict[str, Any]) -> Judged:
    _plain(answers, "vulnerable", "contained")
    found = severity.grid(**answers)
    outcome = {"score": str(found.score), "band": found.presumes}
    columns = {"score": found.score * 100, "band": found.presumes}
    return Judged({"answers": answers, "outcome": outcome}, columns, f"{found.why}.")
