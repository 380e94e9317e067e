"""How somebody says which protection they want: `none`, `auto`, or a rule that ships, with parts of it changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from candour.rules.disclosure_control.rule import Rule, preset
from candour.rules.refusals import WrongInput

NONE, AUTO, STANDARD = "none", "auto", "standard"
TOTALS = "totals"


@dataclass(frozen=True)
class Choice:
    """What was asked for: the rule (None: no control), and whether totals will not be published either.

    `auto`: the rule applies only where the decision procedure says so.
    """

    said: str
    rule: Rule | None
    hide_totals: bool = False

    @property
    def auto(self) -> bool:
        return self.said.partition(",")[0] == AUTO


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(text)
    return text == "yes"


_PARTS: Mapping[str, Callable[[str], Any]] = {
    "threshold": int, "zeros": str, "base": int, "mark": str, "scope": str, "distinct": int, "strict": _yes,
}  # fmt: skip


def read(text: str) -> Choice:
    """Read PRESET[,NAME=VALUE...], such as "standard,threshold=10,totals=hide"; WrongInput says what does not fit."""
    slug, *changes = [part.strip() for part in text.split(",")]
    if slug == NONE:
        if changes:
            raise WrongInput("no control has no parts to change")
        return Choice(NONE, None)
    parts: dict[str, Any] = {}
    totals = "show"
    for change in changes:
        name, _, value = change.partition("=")
        if name == TOTALS and value in {"show", "hide"}:
            totals = value
        else:
            parts[name] = _part(name, value)
    rule = preset(STANDARD if slug == AUTO else slug)
    if parts:
        rule = replace(rule, **parts, title=f"{rule.title}, changed: {', '.join(changes)}")
    return Choice(text, rule, totals == "hide")


def _part(name: str, value: str) -> Any:
    if name not in _PARTS:
        raise WrongInput(f"“{name}” is no part of a rule; change {', '.join(_PARTS)} or {TOTALS}=hide")
    try:
        return _PARTS[name](value)
    except ValueError:
        raise WrongInput(f"“{value}” is no {name}") from None
