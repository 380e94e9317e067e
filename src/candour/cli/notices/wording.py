"""What a message says: its subject, its paragraphs and its link; nothing of an incident but its reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from candour.rules import years
from candour.rules.notices import Kind
from candour.rules.plurals import plural

if TYPE_CHECKING:
    from candour.incidents.queries.notices import Item, Outbox, Parcel

LONGEST_QUOTE = 2_000
FOOT = "You get this because of your role in the incident register. When and how you are told: {site}/notices/"

HEADLINES: Mapping[Kind, str] = {
    Kind.URGENT: "Urgent: {reference} needs you now",
    Kind.CLOCK: "The 72 hours of {reference} are running out",
    Kind.REPORT: "New report {reference}",
    Kind.ANSWER: "The reporter of {reference} wrote to us",
    Kind.QUESTION: "A question about your report",
    Kind.ASSIGNED: "{reference} was given to you",
    Kind.OVERDUE: "An action on {reference} is overdue",
    Kind.OUTCOME: "What came of your report",
    Kind.DISPOSAL: "A disposal waits for a second person",
    Kind.HOLDERS: "Who still holds what: the look of this month",
}
SAYS: Mapping[Kind, str] = {
    Kind.URGENT: "An urgent report is in the register. Open it, and press “I have it”.",
    Kind.CLOCK: "Decide whether the ICO is told, while there is time.",
    Kind.REPORT: "Somebody reported an incident, and nobody has looked at it yet.",
    Kind.ANSWER: "There is something new to read.",
    Kind.QUESTION: "We have a question about what you reported. Follow up your report to read and answer it.",
    Kind.ASSIGNED: "There is something for you to do on it.",
    Kind.OVERDUE: "It was to be done by {day}, and is not done yet.",
    Kind.OUTCOME: "We have finished looking into what you reported. Follow up your report to see what came of it.",
    Kind.DISPOSAL: "Somebody proposes to dispose of records. Another person has to look at the list and approve it.",
    Kind.HOLDERS: "Look through who holds roles, work, open actions and names for incidents; take back what is over.",
}
WELSH: Mapping[Kind, tuple[str, str]] = {
    Kind.QUESTION: (
        "Cwestiwn am eich adroddiad",
        "Mae gennym gwestiwn am yr hyn a adroddwyd gennych. Dilynwch eich adroddiad i'w ddarllen a'i ateb.",
    ),
    Kind.OUTCOME: (
        "Canlyniad eich adroddiad",
        "Rydym wedi gorffen edrych ar yr hyn a adroddwyd gennych. Dilynwch eich adroddiad i weld y canlyniad.",
    ),
}
CODE = {"en": "You need the receipt code that you were given.", "cy": "Bydd angen y cod derbynneb a roddwyd i chi."}


@dataclass(frozen=True)
class Part:
    """What is said of one notice: a headline, paragraphs, and where to go."""

    headline: str
    paragraphs: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class Message:
    """A whole message; `subject` bears the marking."""

    subject: str
    parts: tuple[Part, ...]
    foot: str
    language: str = "en"


def message(parcel: "Parcel", outbox: "Outbox", site: "Site") -> Message:
    """Say a parcel in words; nothing of an incident but its reference, unless the body lets mails quote it."""
    parts = tuple(_part(item, parcel, outbox, site) for item in parcel.items)
    said = parts[0].headline
    if parcel.is_digest:
        said = f"{len(parts)} {'thing' if len(parts) == 1 else 'things'} in the incident register"
    foot = CODE[parcel.language] if parcel.is_reporter else FOOT.format(site=site.url)
    return Message(f"{_marked(outbox)}{said}", parts, foot, parcel.language)


def line(parcel: "Parcel", outbox: "Outbox", site: "Site") -> str:
    """Say an urgent parcel in one line, for a chat or a telephone; never a word of the incident."""
    part = _part(parcel.items[0], parcel, outbox, site, quote=False)
    return f"{_marked(outbox)}{part.headline}. {parcel.name} is asked: {part.link}"


def _marked(outbox: "Outbox") -> str:
    marking = f"{outbox.settings.marking}: " if outbox.settings.marking else ""
    return f"TRAINING – {marking}" if outbox.practice else marking


@dataclass(frozen=True)
class Site:
    """Where the pages are: the address of the site without a last stroke, and the body that people report to."""

    url: str
    slug: str

    def link(self, item: "Item", *, is_reporter: bool) -> str:
        """Where a notice leads: to its own page if somebody has to acknowledge it, else to what it is about."""
        from django.urls import reverse

        if is_reporter:
            return self.url + reverse("report-follow", args=[self.slug])
        if item.insists:
            return self.url + reverse("notice-link", args=[item.number, item.token])
        if item.kind is Kind.HOLDERS:
            return self.url + reverse("holders")
        if item.reference:
            return self.url + reverse("incident", args=[item.reference])
        return self.url + reverse("home")


def _part(item: "Item", parcel: "Parcel", outbox: "Outbox", site: Site, *, quote: bool = True) -> Part:
    link = site.link(item, is_reporter=parcel.is_reporter)
    if parcel.is_reporter and parcel.language == "cy" and item.kind in WELSH:
        return Part(WELSH[item.kind][0], (WELSH[item.kind][1],), link)
    day = years.spoken(date.fromordinal(item.mark)) if item.kind is Kind.OVERDUE else ""
    said = [SAYS[item.kind].format(day=day)]
    if item.due:
        said.insert(0, f"They end on {_moment(item.due)}.")
    if item.insists:
        every = plural(outbox.settings.escalate_after, "minute")
        said.append(f"Until somebody says so, the next person is asked every {every}.")
    if item.words and quote:
        said.append(f"“{item.words[:LONGEST_QUOTE]}”")
    return Part(HEADLINES[item.kind].format(reference=item.reference), tuple(said), link)


def _moment(at: datetime) -> str:
    here = at.astimezone(years.LONDON)
    return f"{years.spoken_with_weekday(here.date())} at {here:%H:%M}"
