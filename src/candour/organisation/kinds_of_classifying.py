"""The kinds of particular by which incidents are classified and assessed: a body's own schemes, methods, templates."""

from dataclasses import dataclass
from typing import Annotated, Any

from candour.organisation import cells
from candour.organisation.cells import Line, Lines, Ordinal, Slug, Words
from candour.organisation.stated import Stated
from candour.rules import schemes, severity

CODE = r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}"

_slug = cells.of_form(r"[a-z0-9]{1,40}(-[a-z0-9]{1,40}){1,7}", "small letters and at least one hyphen: ministry-types")


def _own(value: Any) -> str:
    """Read the slug of a scheme of the body's own; its hyphen keeps it apart from the facts that figures group by."""
    slug = str(_slug(value))
    if slug in schemes.slugs():
        raise cells.Unlike(f"another slug; {slug} comes with Candour, and a wording gives its labels your words")
    return slug


OwnSlug = Annotated[str, _own]
Code = Annotated[str, cells.of_form(CODE, "letters, digits, points and hyphens, at most 40, such as 3.1")]


@dataclass(frozen=True)
class OwnScheme(Stated):
    """A classification scheme that the body, or its sponsor, made."""

    kind = "scheme"
    table = "schemes"
    key_field = "slug"
    slug: OwnSlug
    title: Line
    made_by: Annotated[str, cells.one_of("body", "sponsor")] = "body"
    source: Words = ""


@dataclass(frozen=True)
class OwnCategory(Stated):
    """A category of a scheme of the body's own, for as long as it is in force; stated again, it is worded anew.

    It is retired by ending it. An incident that carries its code keeps it, with the label of the day it was given.
    """

    kind = "category"
    table = "categories"
    scheme: OwnSlug
    code: Code
    label: Words
    definition: Words = ""

    @property
    def key(self) -> str:
        return f"{self.scheme} {self.code}"


@dataclass(frozen=True)
class RetiredScheme(Stated):
    """A scheme, of the body's own or one that comes with Candour, is not used any more, and why.

    None of its categories is offered while it holds; an incident that carries a code of it keeps it, and no code is
    given another meaning.
    """

    kind = "retired-scheme"
    table = "retired_schemes"
    key_field = "scheme"
    scheme: Slug
    reason: Words


@dataclass(frozen=True)
class Crosswalk(Stated):
    """How a code of one scheme often reads in another, as the body sees it: a proposal, read either way."""

    kind = "crosswalk"
    table = "crosswalks"
    scheme: Slug
    code: Code
    other: Slug
    other_codes: Lines
    why: Words = "the body's own crosswalk"

    @property
    def key(self) -> str:
        return f"{self.scheme} {self.code} {self.other}"


@dataclass(frozen=True)
class Assessing(Stated):
    """Which methods of scoring the body uses beside the ICO's self-assessment, which is always there."""

    kind = "assessing"
    table = "assessing"
    methods: Annotated[tuple[str, ...], cells.some_of(severity.ENISA, severity.GRID)]


@dataclass(frozen=True)
class ActionTemplate(Stated):
    """An action that is proposed for incidents that carry one of `codes` of `scheme`, or for every incident."""

    kind = "action-template"
    table = "action_templates"
    key_field = "slug"
    slug: Slug
    words: Line
    days: Ordinal = 14
    scheme: Slug = "ico-type"
    codes: Lines = ()

    def fits(self, carried: dict[str, str]) -> bool:
        """Say whether it is proposed to an incident that carries codes, by scheme."""
        return not self.codes or carried.get(self.scheme) in self.codes
