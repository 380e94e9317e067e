"""The furniture of a letter: every setting of the body that a letter of a day carries, in one value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from candour.ledger.coordinates import AsAt
from candour.organisation import kinds, references, toml
from candour.organisation.models import Body
from candour.organisation.queries import Kind, Particulars
from candour.organisation.stated import Stated
from candour.rules import years
from candour.rules.refusals import WrongInput

ACTS = {
    "foia": "Freedom of Information Act 2000",
    "foisa": "Freedom of Information (Scotland) Act 2002",
}
_WANTED = (kinds.Letter, kinds.OfficeHolder, kinds.Paragraph, kinds.Regulator, kinds.Law, kinds.Sponsor)


@dataclass(frozen=True)
class Furniture:
    """What a letter carries besides its answers; what the body never stated is empty.

    `paragraphs` and `laws` are by slug, `values` fill a paragraph's {placeholders}; `built_in` names, as "paragraph
    review", what is not the body's own.
    """

    sender: str
    letterhead: tuple[str, ...]
    telephone: str
    reference_pattern: str
    team: str
    mailbox: str
    signature: tuple[str, ...]
    office_holders: tuple[kinds.OfficeHolder, ...]
    regulator: kinds.Regulator | None
    paragraphs: Mapping[str, kinds.Paragraph]
    laws: Mapping[str, kinds.Law]
    values: Mapping[str, str]
    built_in: frozenset[str]

    @property
    def footer(self) -> tuple[str, ...]:
        """The office-holders, as every page's foot prints them."""
        return tuple(holder.words for holder in self.office_holders)

    @property
    def contacts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The regulator's ways of contact, its website first."""
        if self.regulator is None:
            return ()
        web = (("Website", (self.regulator.web,)),) if self.regulator.web else ()
        return (*web, *self.regulator.contacts)

    def says(self, slug: str, **more: str) -> str | None:
        """Return a standing paragraph with its placeholders filled, or None where there is none.

        Raises WrongInput where it names something that the body has not stated.
        """
        paragraph = self.paragraphs.get(slug)
        return filled(paragraph.words, {**self.values, **more}, f"paragraph {slug}") if paragraph else None

    def opening(self, channel: str, received: date) -> str | None:
        """Return the opening line, with how and when the request came ("email", 28 February 2016)."""
        return self.says("opening", channel=channel, received=years.spoken(received))

    def reference(self, *, received: date, serial: int) -> str:
        """Return our reference by the body's pattern; who calls counts the serial."""
        return references.next_reference(self.reference_pattern, received=received, serial=serial)


def filled(words: str, values: Mapping[str, str], where: str) -> str:
    """Fill {placeholders}; WrongInput names the first that has no value."""
    try:
        return words.format_map(values)
    except KeyError as fault:
        raise WrongInput(f"{where} asks for {{{fault.args[0]}}}, which is not stated for that day") from fault


def furniture(body: Body, as_at: AsAt) -> Furniture:
    """Return the furniture of a letter of the day; a built-in paragraph or law stands where the body states none."""
    found = Particulars(body, as_at, _WANTED)
    letter = found.one(kinds.Letter) or kinds.Letter(())
    own = {(stated.kind, stated.key): stated for kind in _WANTED for stated in found.all(kind)}
    all_ = _built_in(body.regime, as_at.day) | own
    regulator = next(iter(_by_key(all_, kinds.Regulator).values()), None)
    laws = _by_key(all_, kinds.Law)
    return Furniture(
        sender=body.name,
        letterhead=letter.letterhead,
        telephone=letter.telephone,
        reference_pattern=letter.reference_pattern,
        team=letter.team,
        mailbox=letter.mailbox,
        signature=letter.signature or tuple(line for line in (letter.team, body.name) if line),
        office_holders=tuple(sorted(found.all(kinds.OfficeHolder), key=lambda holder: (holder.order, holder.key))),
        regulator=regulator,
        paragraphs=_by_key(all_, kinds.Paragraph),
        laws=laws,
        values=_values(body, letter, regulator, found.one(kinds.Sponsor), laws),
        built_in=frozenset(f"{kind} {key}" for kind, key in all_.keys() - own.keys()),
    )


def _built_in(regime: str, day: date) -> dict[tuple[str, str], Stated]:
    """What stands on a day where the body states nothing; rows are in order, so that the last to begin wins."""
    rows = sorted(toml.built_in(regime).rows, key=lambda row: row.held_from)
    return {row.about: replace(row.stated, since=row.held_from) for row in rows if row.held_from <= day}


def _by_key(stated: Mapping[tuple[str, str], Stated], kind: type[Kind]) -> dict[str, Kind]:
    return {one.key: one for one in stated.values() if isinstance(one, kind)}


def _values(
    body: Body,
    letter: kinds.Letter,
    regulator: kinds.Regulator | None,
    sponsor: kinds.Sponsor | None,
    laws: Mapping[str, kinds.Law],
) -> dict[str, str]:
    """What fills {placeholders}; what is not stated is left out, so that no letter goes out with a gap."""
    said = {
        "act": ACTS[body.regime],
        "body": body.name,
        "mailbox": letter.mailbox,
        "team": letter.team,
        "telephone": letter.telephone,
        "regulator": regulator.name if regulator else "",
        "web": regulator.web if regulator else "",
        "sponsor": sponsor.name if sponsor else "",
        **{slug.replace("-", "_"): law.words for slug, law in laws.items()},
    }
    return {name: text for name, text in said.items() if text}
