"""What a reporter says, as the register holds it: facts with how sure they are, codes, and words that lie apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.reading import texts
from candour.reading.days import Moment
from candour.rules import vocabularies, years
from candour.rules.refusals import WrongInput

CHANNELS = ("web", "telephone", "mail", "paper", "in-person")
LANGUAGES = ("en", "cy")
GOT_BACK = ("yes", "partly", "no", "not-known")
LONGEST = 50_000
"""Characters of one text: some fifteen pages; what is longer belongs into a file."""

WORDS = {
    "description": "What happened",
    "information": "What information",
    "place": "Where",
    "done": "What was done about it",
    "wish": "What we should do",
    "reporter": "Reported by",
    "contact": "How to reach the reporter",
}
"""The words of a report by their names in an entry, with how a page calls them."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody told us, each part as far as it was told.

    `occurred` and `discovered` None: not known. `data_types` and `data_subjects` are slugs of rules.vocabularies.
    """

    immediate_risk: str | None = None
    near_miss: bool = False
    description: str = ""
    occurred: Moment | None = None
    occurred_until: date | None = None
    discovered: Moment | None = None
    data_types: tuple[str, ...] = ()
    data_subjects: tuple[str, ...] = ()
    people_affected: int | None = None
    information: str = ""
    place: str = ""
    got_back: str = ""
    done: str = ""
    wish: str = ""
    reporter: str = ""
    contact: str = ""

    @property
    def words(self) -> dict[str, str | None]:
        """What lies apart from the facts; every name and free text."""
        said = {name: getattr(self, name).strip() for name in WORDS}
        return {name: text for name, text in said.items() if text}

    @property
    def claims(self) -> dict[str, str]:
        """What the reporter claims and nobody has looked into: it settles no fact."""
        claimed = {"got_back": self.got_back, "near_miss": "yes" if self.near_miss else ""}
        return {name: value for name, value in claimed.items() if value}

    def facts(self, told_at: datetime) -> dict[str, Any]:
        """The columns of a version; the register was told at `told_at`, and noticed no later."""
        noticed = self.discovered.day if self.discovered else years.london_day(told_at)
        found = {
            "reported_on": years.london_day(told_at),
            "discovered_on": noticed,
            "occurred_on": self.occurred.day if self.occurred else None,
            "occurred_until": self.occurred_until,
            "immediate_risk": self.immediate_risk,
            "personal_data": self._personal_data(),
            "data_types": vocabularies.labels("data-types", self.data_types),
            "data_subjects": vocabularies.labels("data-subjects", self.data_subjects),
            "people_affected": self.people_affected,
        }
        return {name: value for name, value in found.items() if value is not None}

    @property
    def marks(self) -> dict[str, str]:
        """How sure each fact is, by its name, where it is not exact."""
        return dict(self._marks())

    def _marks(self) -> Iterator[tuple[str, str]]:
        if not self.discovered:
            yield "discovered_at", "taken from reported_on"
        for name, moment in (("occurred_on", self.occurred), ("discovered_at", self.discovered)):
            if moment and moment.precision != "exact":
                yield name, moment.precision
        if not self.occurred and self.description:
            yield "occurred_on", "unknown"
        if self.people_affected is not None:
            yield "people_affected", "approximate"

    def times(self, told_at: datetime) -> dict[str, str]:
        """The times of day that are known, by fact, as ISO moments in London."""
        told = told_at.astimezone(years.LONDON)
        noticed = self.discovered.at if self.discovered else told
        moments = {
            "reported_on": told,
            "discovered_at": noticed,
            "occurred_on": self.occurred.at if self.occurred else None,
        }
        return {name: moment.isoformat(timespec="minutes") for name, moment in moments.items() if moment}

    def _personal_data(self) -> str | None:
        if not self.data_types:
            return None
        personal = {term.slug for term in vocabularies.terms("data-types") if term.personal}
        return "suspected" if personal & set(self.data_types) else "no"


def of_mail(text: texts.Text) -> tuple[Said, datetime | None]:
    """Return what a mail says, for a person to look at before it is recorded, and when it was sent.

    Files that came with it are named and not kept: what happened is to be described, not sent again. Raises WrongInput
    for what is no mail.
    """
    if text.mail is None:
        raise WrongInput("this is not an e-mail; save the message as .eml and choose that file")
    lines = [text.mail.subject, "", *text.lines]
    if text.attachments:
        lines += ["", f"Came with the mail, not kept: {', '.join(text.attachments)}"]
    words = "\n".join(lines).replace("\f", "").strip()
    return Said(description=words, reporter=text.mail.name, contact=text.mail.email), text.mail.at


def check(said: Said, told_at: datetime, at: datetime) -> None:
    """Raise WrongInput for what cannot be: told or noticed in the future, an end before its start, too long a text."""
    today = years.london_day(told_at)
    if told_at > at:
        raise WrongInput("we cannot have been told in the future; give the moment at which we were told")
    for moment in (said.occurred, said.discovered):
        if moment and (moment.day > today or (moment.at and moment.at > told_at)):
            raise WrongInput("what was told had happened already; give a day and time up to when we were told")
    if said.occurred and said.discovered and said.discovered.day < said.occurred.day:
        raise WrongInput("it cannot have been noticed before it happened; look at both days again")
    if said.occurred_until and (not said.occurred or said.occurred_until < said.occurred.day):
        raise WrongInput("the last day comes before the first; look at both days again")
    if said.occurred_until and said.occurred_until > today:
        raise WrongInput("the last day lies in the future; leave it empty while it goes on")
    if any(len(text or "") > LONGEST for text in said.words.values()):
        raise WrongInput(f"a text may have {LONGEST:,} characters; leave out what we can ask you for later")
