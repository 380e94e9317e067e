"""The kinds of particular, one frozen dataclass each: what a body says of itself, checked when it is made."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from candour.organisation import cells
from candour.organisation.cells import (
    Contacts,
    Count,
    Day,
    Line,
    Lines,
    Link,
    Mailbox,
    OptionalDay,
    Ordinal,
    Pattern,
    Slug,
    Slugs,
    Version,
    Words,
    Yes,
)
from candour.organisation.kinds_of_bodies import Shared
from candour.organisation.kinds_of_classifying import (
    ActionTemplate,
    Assessing,
    Crosswalk,
    OwnCategory,
    OwnScheme,
    RetiredScheme,
)
from candour.organisation.kinds_of_notices import Absence, Duty, Notices, Reachable
from candour.organisation.kinds_of_publishing import AnnualReport
from candour.organisation.kinds_of_records import Retention
from candour.organisation.kinds_of_reporting import Reporting
from candour.organisation.kinds_of_work import Department, Marked, Practice
from candour.organisation.stated import ERASED_NAME, Stated
from candour.rules import calendars, schemes, years

PLACEHOLDERS = frozenset({
    "act", "body", "mailbox", "regulator", "sponsor", "team", "telephone", "web",
    "appeal_within", "complaint_within", "review_asked", "review_done", "review_done_at_most",
})  # fmt: skip
"""What any standing paragraph may name between braces; the last five are laws, by slug."""

OWN_PLACEHOLDERS = {
    "opening": frozenset({"channel", "received"}),
    "subject": frozenset({"our_reference"}),
    "confidentiality": frozenset({"supplier", "bound_by"}),
}
"""What a paragraph may name besides, because only its place knows it."""


def _keyed(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


@dataclass(frozen=True)
class File:
    """A stored file, by the digest of its bytes; `name` is what a reader calls it. No digest: not stored yet."""

    sha256: Annotated[str, cells.of_form(r"[0-9a-f]{64}", "64 hexadecimal digits")]
    name: Line
    size: Ordinal


def _file(value: Any) -> File:
    if isinstance(value, str):
        return File("", value, 0)
    if not isinstance(value, dict):
        raise cells.Unlike("the name of a file beside this one")
    return cells.read(File, value)


OptionalFile = Annotated[File | None, _file]


@dataclass(frozen=True)
class Fact(Stated):
    """A number or a text as at a day, such as `staff`; value None and no text: not known."""

    kind = "fact"
    table = "facts"
    key_field = "name"
    name: Slug
    value: Count = None
    text: Words = ""
    unit: Annotated[str, cells.one_of("headcount", "fte", "")] = ""
    approximate: Yes = False
    note: Words = ""

    def __post_init__(self) -> None:
        if self.value is not None and self.text:
            raise ValueError("a fact is a value or a text, not both")
        if self.value is None and (self.approximate or self.unit):
            raise ValueError("only a value that is known is approximate or has a unit")


@dataclass(frozen=True)
class Supplier(Stated):
    """Somebody whose people work with the body's information; `people` None: how many is not known."""

    kind = "supplier"
    table = "suppliers"
    key_field = "slug"
    names = {"name": ERASED_NAME, "what": "", "bound_by": ""}
    slug: Slug
    name: Line
    what: Words = ""
    people: Count = None
    approximate: Yes = False
    bound_by: Words = ""
    routine_access: Yes = True

    def __post_init__(self) -> None:
        if self.people is None and self.approximate:
            raise ValueError("only a number that is known is approximate")


@dataclass(frozen=True)
class Sponsor(Stated):
    """The department the body answers to; `scheme`: how it classifies incidents; `pro_forma`: the title of its form.

    `body`: its slug where it is itself a body of this register, and may see what is shared with it.
    """

    kind = "sponsor"
    table = "sponsors"
    name: Line
    short: Line = ""
    scheme: Words = ""
    scheme_note: Words = ""
    pro_forma: Line = ""
    file: OptionalFile = None
    body: Slug = ""

    def __post_init__(self) -> None:
        if self.file and not self.pro_forma:
            raise ValueError("a file needs the title of the pro_forma it is")


@dataclass(frozen=True)
class Policy(Stated):
    """One version of one of the body's own documents; `paragraphs` are those that answer the topics."""

    kind = "policy"
    table = "policies"
    key_field = "slug"
    slug: Slug
    title: Line
    version: Version
    paragraphs: Line = ""
    link: Link = ""
    file: OptionalFile = None
    topics: Slugs = ()
    adopted: OptionalDay = None
    owner: Line = ""


@dataclass(frozen=True)
class Document(Stated):
    """Something to enclose, or published already and given by its link (FOIA s.21), such as annual reports."""

    kind = "document"
    table = "documents"
    key_field = "slug"
    slug: Slug
    title: Line
    link: Link = ""
    file: OptionalFile = None
    topics: Slugs = ()
    note: Words = ""

    def __post_init__(self) -> None:
        if not self.link and self.file is None:
            raise ValueError("a document has a link or a file")


def _check_placeholders(words: str, allowed: frozenset[str]) -> None:
    try:
        unknown = sorted(cells.placeholders(words) - allowed)
    except ValueError as fault:
        raise ValueError(
            "words hold braces that do not pair; a name stands between them, {{ and }} write a brace"
        ) from fault
    if unknown:
        raise ValueError(
            f"words name {{{unknown[0]}}}, which is not known here; known are {', '.join(sorted(allowed))}"
        )


@dataclass(frozen=True)
class Paragraph(Stated):
    """A standing paragraph: versioned, owned, with {placeholders} that are checked when it is stated."""

    kind = "paragraph"
    table = "paragraphs"
    key_field = "slug"
    slug: Slug
    words: Words
    version: Version
    owner: Line

    def __post_init__(self) -> None:
        _check_placeholders(self.words, PLACEHOLDERS | OWN_PLACEHOLDERS.get(self.slug, frozenset()))


@dataclass(frozen=True)
class StandingAnswer(Stated):
    """What the body answers when it is asked about a topic that no number, document or relation answers."""

    kind = "standing-answer"
    table = "standing_answers"
    key_field = "topic"
    topic: Slug
    words: Words
    version: Version
    owner: Line

    def __post_init__(self) -> None:
        _check_placeholders(self.words, PLACEHOLDERS)


@dataclass(frozen=True)
class Letter(Stated):
    """The letter's own settings; `letterhead` is the address, line by line."""

    kind = "letter"
    table = "letter"
    letterhead: Lines
    telephone: Line = ""
    reference_pattern: Pattern = ""
    team: Line = ""
    mailbox: Mailbox = ""
    signature: Lines = ()


@dataclass(frozen=True)
class OfficeHolder(Stated):
    """Who holds an office, in the order of the letter's footer; no name: the office alone is printed."""

    kind = "office-holder"
    table = "office_holders"
    names = {"name": ""}
    title: Line
    name: Line = ""
    order: Ordinal = 1

    @property
    def key(self) -> str:
        return _keyed(self.title)

    @property
    def words(self) -> str:
        """Name and office as the footer prints them."""
        return f"{self.name}, {self.title}" if self.name else self.title


@dataclass(frozen=True)
class Regulator(Stated):
    """To whom somebody may complain, with its ways of contact as an open list of labels and lines."""

    kind = "regulator"
    table = "regulators"
    name: Line
    web: Link = ""
    contacts: Contacts = ()


@dataclass(frozen=True)
class Law(Stated):
    """A time limit that a person may change on the day the law or the guidance changes."""

    kind = "law"
    table = "laws"
    key_field = "slug"
    slug: Slug
    value: Ordinal
    unit: Annotated[str, cells.one_of("working-days", "days", "weeks", "months")]
    source: Words

    @property
    def words(self) -> str:
        """The limit as a letter says it: "40 working days", "1 month"."""
        unit = self.unit.replace("-", " ")
        return f"{self.value} {unit.removesuffix('s') if self.value == 1 else unit}"


@dataclass(frozen=True)
class Wording(Stated):
    """The body's own label for a code of a classification scheme."""

    kind = "wording"
    table = "wordings"
    scheme: Annotated[str, cells.one_of(*schemes.slugs())]
    code: Line
    label: Words

    def __post_init__(self) -> None:
        code = schemes.read_code(self.scheme, self.code)
        if code != self.code:
            raise ValueError(f"{self.code} is no code of {self.scheme}" + (f"; write {code}" if code else ""))

    @property
    def key(self) -> str:
        return f"{self.scheme} {self.code}"


@dataclass(frozen=True)
class AccountingPeriod(Stated):
    """One of the body's own accounting periods, both days inclusive."""

    kind = "accounting-period"
    table = "accounting_periods"
    key_field = "label"
    undated = True
    label: Line
    start: Day
    end: Day

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("the period ends before it starts")

    def as_period(self) -> years.Period:
        """Give it as the rules count by it."""
        return years.Period(self.start, self.end, self.label, self.kind)


@dataclass(frozen=True)
class ClosedDay(Stated):
    """A day the shipped calendar does not have yet: a bank holiday proclaimed since, with its source.

    A closure of the body's own offices is a working day all the same (Banking and Financial Dealings Act 1971 s.1;
    FOIA s.10(6)), so each day names the proclamation or the Act that makes it one.
    """

    kind = "closed-day"
    table = "closed_days"
    undated = True
    day: Day
    name: Line
    nations: Annotated[tuple[str, ...], cells.some_of(*calendars.NATIONS)]
    source: Words
    made_by: Annotated[str, cells.one_of("statute", "proclamation")] = "proclamation"
    proclaimed: OptionalDay = None

    @property
    def key(self) -> str:
        return f"{self.day.isoformat()} {' '.join(self.nations)}"

    def as_holiday(self) -> calendars.Holiday:
        """Give it as the clocks skip it."""
        nations = frozenset(self.nations)
        return calendars.Holiday(self.day, nations, self.name, self.made_by, self.source, self.proclaimed)


@dataclass(frozen=True)
class AcademicYear(Stated):
    """On which day the body's academic year starts."""

    kind = "academic-year"
    table = "academic_years"
    month: Ordinal
    day: Ordinal

    def __post_init__(self) -> None:
        try:
            date(2001, self.month, self.day)
        except ValueError as fault:
            raise ValueError(f"no year has a day {self.day} of month {self.month} every year") from fault


KINDS: tuple[type[Stated], ...] = (
    Letter, OfficeHolder, Paragraph, Regulator, Law, Fact, Sponsor, Supplier, Policy, Document, StandingAnswer, Wording,
    AccountingPeriod, ClosedDay, AcademicYear, Department, Marked, Practice, Reporting, OwnScheme, OwnCategory,
    RetiredScheme, Crosswalk, Assessing, ActionTemplate, Retention, Duty, Absence,
    Reachable, Notices, Shared, AnnualReport,
)  # fmt: skip
BY_KIND = {kind.kind: kind for kind in KINDS}
BY_TABLE = {kind.table: kind for kind in KINDS}
