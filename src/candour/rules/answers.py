"""The states of a cell or of a part of an answer: what each says in words, how they travel as JSON, how they add up."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, replace
from datetime import date
from typing import Any, ClassVar

from candour.rules.refusals import WrongInput
from candour.rules.years import spoken

Value = int | float | str
_COMMON = ("value", "since", "until", "note")
_DATES = ("since", "until", "on")


@dataclass(frozen=True)
class Answer(ABC):
    """One state; `note` is printed under the table, `source` names the document a quoted figure stands in."""

    status: ClassVar[str]
    value: Value | None = field(default=None, init=False)
    note: str | None = field(default=None, kw_only=True)
    source: Mapping[str, str] | None = field(default=None, kw_only=True, hash=False)

    @abstractmethod
    def words(self) -> str:
        """Say it as printed in a table's cell, or after the name of a period."""

    def as_json(self) -> dict[str, Any]:
        """Give status, value, since, until and note; a source, and what only this state carries, where there is any."""
        held = {row.name: _plain(getattr(self, row.name)) for row in fields(self)}
        common = {name: held.pop(name, None) for name in _COMMON}
        return {"status": self.status, **common, **{name: value for name, value in held.items() if value is not None}}


@dataclass(frozen=True)
class Held(Answer):
    """A number or a text; zero is a value like any other."""

    status = "held"
    value: Value = field()

    def words(self) -> str:
        return _written(self.value)


@dataclass(frozen=True)
class HeldSince(Answer):
    """A number that covers its period only from a day on, or until one (both inclusive)."""

    status = "held_since"
    value: Value = field()
    since: date | None = None
    until: date | None = None

    def words(self) -> str:
        return f"held only {self.extent()}: {_written(self.value)}"

    def extent(self) -> str:
        """Say from when and until when: "from 1 April 2015"."""
        if self.since and self.until:
            return f"from {spoken(self.since)} to {spoken(self.until)}"
        if self.until:
            return f"until {spoken(self.until)}"
        return f"from {spoken(self.since)}" if self.since else "for part of this time"


@dataclass(frozen=True)
class Approximate(Answer):
    """About so many, where about was asked for or is all that is known."""

    status = "approximate"
    value: Value = field()

    def words(self) -> str:
        return f"about {_written(self.value)}"


@dataclass(frozen=True)
class NotInRegister(Answer):
    """This register has nothing for that time, and nobody has searched elsewhere yet; `since` is where it begins."""

    status = "not_in_register"
    since: date | None = None

    def words(self) -> str:
        begins = f"; it begins on {spoken(self.since)}" if self.since else ""
        return f"this register has no record for this time{begins}"


@dataclass(frozen=True)
class NotHeld(Answer):
    """Searched for and not found: the body does not hold it; `search` says where and when somebody looked."""

    status = "not_held"
    search: str | None = None

    def words(self) -> str:
        return "not held"


@dataclass(frozen=True)
class NoLongerHeld(Answer):
    """Was held, and destroyed under the retention schedule on a day."""

    status = "no_longer_held"
    on: date | None = None

    def words(self) -> str:
        when = f" on {spoken(self.on)}" if self.on else ""
        return f"no longer held: destroyed{when} under the retention schedule"


@dataclass(frozen=True)
class NotApplicable(Answer):
    """The body, or the thing, did not exist then."""

    status = "not_applicable"

    def words(self) -> str:
        return "not applicable"


@dataclass(frozen=True)
class Elsewhere(Answer):
    """Already published, with its link (FOIA s.21), or held by another who is named."""

    status = "elsewhere"
    where: str
    link: str | None = None

    def words(self) -> str:
        return f"available elsewhere: {self.where}" + (f" ({self.link})" if self.link else "")


@dataclass(frozen=True)
class Withheld(Answer):
    """An exemption applies; `section` as it is cited, "31(1)(a)"."""

    status = "withheld"
    section: str

    def words(self) -> str:
        return f"withheld under section {self.section}"


@dataclass(frozen=True)
class Cost(Answer):
    """Finding it would cost more than the appropriate limit (FOIA s.12)."""

    status = "cost"

    def words(self) -> str:
        return "not given: over the cost limit (section 12)"


@dataclass(frozen=True)
class Ncnd(Answer):
    """Neither confirmed nor denied."""

    status = "ncnd"

    def words(self) -> str:
        return "neither confirmed nor denied"


@dataclass(frozen=True)
class Suppressed(Answer):
    """Hidden because the number is small, or because another hidden one could be worked out from it."""

    status = "suppressed"
    rule: str
    mark: str = "*"

    def words(self) -> str:
        return f"suppressed ({self.rule})"


@dataclass(frozen=True)
class Rounded(Answer):
    """Rounded under a rule of disclosure control."""

    status = "rounded"
    value: Value = field()
    rule: str = ""

    def words(self) -> str:
        return f"{_written(self.value)} ({self.rule or 'rounded'})"


KINDS: tuple[type[Answer], ...] = (
    Held,
    HeldSince,
    Approximate,
    NotInRegister,
    NotHeld,
    NoLongerHeld,
    NotApplicable,
    Elsewhere,
    Withheld,
    Cost,
    Ncnd,
    Suppressed,
    Rounded,
)
STATUSES = tuple(kind.status for kind in KINDS)
_BY_STATUS = {kind.status: kind for kind in KINDS}
# Of several states without a number, the first of these speaks for the total: what a person can still mend comes first.
_SPEAKS = (
    NotInRegister,
    Withheld,
    Suppressed,
    Ncnd,
    Cost,
    Elsewhere,
    NotHeld,
    NoLongerHeld,
    NotApplicable,
)


def from_json(row: Mapping[str, Any]) -> Answer:
    """Read back what `as_json` wrote; WrongInput for an unknown status or a part that is missing."""
    kind = _BY_STATUS.get(str(row.get("status")))
    if kind is None:
        raise WrongInput(f"“{row.get('status')}” is not a status of an answer; use one of {', '.join(STATUSES)}.")
    given = {part.name: row[part.name] for part in fields(kind) if part.init and row.get(part.name) is not None}
    missing = [part.name for part in fields(kind) if _needed(part) and part.name not in given]
    if missing:
        raise WrongInput(f"An answer that is {kind.status} needs {', '.join(missing)}.")
    parts: dict[str, Any] = {name: _day(value) if name in _DATES else value for name, value in given.items()}
    return kind(**parts)


def total(answers: Iterable[Answer], names: Sequence[str] = ()) -> Answer:
    """Add up what is held, and name in the note each part that is not wholly held; `names` run beside the answers.

    Where no part has a number, the total has none. TypeError for a text among the numbers: a text does not add up.
    """
    parts = list(answers)
    called = [*names, *("a part" for _ in parts[len(names) :])]
    numbers = [part for part in parts if part.value is not None]
    if parts and not numbers:
        return _none_held(parts, called)
    note = _joined(remark for part, name in zip(parts, called, strict=False) for remark in _remarks(part, name))
    return _summed(numbers, sum(_number(part) for part in numbers), note, whole=len(numbers) == len(parts))


def _summed(numbers: list[Answer], value: int, note: str | None, *, whole: bool) -> Answer:
    if any(isinstance(part, Approximate | Rounded) for part in numbers):
        return Approximate(value, note=note)
    first = numbers[0] if numbers else None
    if whole and isinstance(first, HeldSince) and all(_same_extent(first, part) for part in numbers):
        return replace(first, value=value, note=_joined(part.note for part in numbers), source=None)
    return Held(value, note=note)


def _same_extent(first: HeldSince, part: Answer) -> bool:
    return isinstance(part, HeldSince) and (part.since, part.until) == (first.since, first.until)


def _none_held(parts: list[Answer], called: list[str]) -> Answer:
    speaker = min(parts, key=lambda part: _SPEAKS.index(type(part)))
    if all(part.words() == speaker.words() for part in parts):
        return replace(speaker, note=_joined(part.note for part in parts))
    return replace(speaker, note=_joined(f"{name}: {part.words()}" for part, name in zip(parts, called, strict=False)))


def _remarks(part: Answer, name: str) -> list[str]:
    if part.value is None:
        return [f"without {name}: {part.words()}"]
    said = [] if part.note is None else [part.note if name == "a part" else f"{name}: {part.note}"]
    if isinstance(part, HeldSince):
        return [f"{name}: held only {part.extent()}", *said]
    if isinstance(part, Rounded):
        return [f"{name}: {part.rule or 'rounded'}", *said]
    return said


def _number(part: Answer) -> int:
    if not isinstance(part.value, int):
        raise TypeError(f"“{part.value}” is a text; only numbers add up")
    return part.value


def _joined(remarks: Iterable[str | None]) -> str | None:
    return "; ".join(dict.fromkeys(remark for remark in remarks if remark)) or None


def _written(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:,}"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def _needed(part: "Field[Any]") -> bool:
    return part.init and not part.kw_only and part.default is not None and part.name not in {"rule", "note"}


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise WrongInput(f"“{value}” is not a day; write it as 2015-04-01.") from None
