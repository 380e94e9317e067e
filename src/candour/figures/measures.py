"""What is counted: the standard measures, each with its definition in words, its version and its counting rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from candour.figures import values
from candour.incidents.facts import COUNTED, NOT_OURS
from candour.rules import tiers
from candour.rules.refusals import WrongInput

COUNTING_RULE = (
    "One incident is counted for one cause, however many letters, messages or people it touches. What was voided, "
    "linked as a duplicate, found to be no incident or another body's, or was an exercise is not counted."
)
COUNTING_RULE_VERSION = 1

BASES = {
    "occurred": ("occurred_on", "by the day it happened"),
    "discovered": ("discovered_on", "by the day it was discovered"),
    "aware": ("aware_on", "by the day we became aware that personal data were affected"),
    "reported": ("reported_on", "by the day it was reported inside the organisation"),
    "logged": ("logged_on", "by the day it was logged in the register"),
    "told-ico": ("told_ico_on", "by the day the Information Commissioner was told"),
    "closed": ("closed_on", "by the day it was closed"),
}
"""Which moment decides the period: the column of a version, and the sentence a letter says."""


@dataclass(frozen=True)
class Measure:
    """A named, versioned definition; `tiers` are those it counts, each under its own coverage, `only` its own filter.

    `value` says what its incidents give (see values.py). `standing` says where an incident stands that it counts;
    coverage of its own is needed where that is not "counted".
    """

    slug: str
    title: str
    says: str
    tiers: tuple[str, ...]
    version: int = 1
    value: str = "incidents"
    basis: str = "logged"
    standing: str = COUNTED
    only: Mapping[str, str] = field(default_factory=dict)

    @property
    def gives(self) -> values.Value:
        return values.VALUES[self.value]

    @property
    def unit(self) -> str:
        return self.gives.unit


STANDARD = (
    Measure(
        "incidents-reported-to-ico",
        "Incidents reported to the Information Commissioner",
        "Incidents of which the Information Commissioner was told as a breach of data protection law.",
        (tiers.REPORTED,),
    ),
    Measure(
        "other-incidents",
        "Other information security incidents",
        "Incidents in which information was lost, disclosed, altered or made unavailable, also where it was got back, "
        "and of which the Information Commissioner was not told.",
        (tiers.OTHER,),
    ),
    Measure(
        "events",
        "Events and anomalies",
        "Events in which no information was lost, but people were put on it to investigate or recover.",
        (tiers.EVENT,),
    ),
    Measure(
        "near-misses",
        "Near misses",
        "Problems reported that point to a possible weakness, in which no information was lost and nobody had to be "
        "put on it.",
        (tiers.NEAR_MISS,),
    ),
    Measure(
        "all-incidents",
        "All incidents",
        "Everything reported to the register, in all four tiers and, in a row of its own, what is undetermined.",
        tiers.TIERS,
    ),
    Measure(
        "people-affected",
        "People affected",
        "The number of people whose personal data were affected, added up over the incidents that state a number.",
        tiers.TIERS,
        value="people",
    ),
    Measure(
        "people-affected-at-most",
        "People affected at most",
        "The greatest number of people whose personal data may have been affected, added up: what each incident states "
        "as the most, or else the number that it states.",
        tiers.TIERS,
        value="people-at-most",
    ),
    Measure(
        "people-affected-median",
        "People affected by the middle incident",
        "The median of the number of people affected, over the incidents that state a number: as many incidents "
        "affected fewer people as affected more.",
        tiers.TIERS,
        value="people-median",
    ),
    Measure(
        "days-to-report",
        "Days from discovery to telling the Information Commissioner",
        "The median number of days from the day an incident was discovered to the day the Information Commissioner was "
        "told of it, over the incidents that give both days.",
        (tiers.REPORTED,),
        value="days-to-report",
    ),
    Measure(
        "told-within-72-hours",
        "Reported to the Information Commissioner within 72 hours",
        "Incidents of which the Information Commissioner was told no more than 72 hours, by the clock, after we became "
        "aware of them; where only the days are known, only if that holds at whatever time of day it was.",
        (tiers.REPORTED,),
        only={"told_within_72_hours": "yes"},
    ),
    Measure(
        "open-at-end",
        "Incidents open at the end of the period",
        "Incidents of a day up to the end of the period that were not closed by its last day. Whether one was closed "
        "is what the register said at the end of that day or, of an incident logged only later, what it says as at the "
        "day of the table. One that gives no day of closing counts as open.",
        tiers.TIERS,
        value="open",
    ),
    Measure(
        "devices",
        "Devices concerned",
        "The number of devices lost, stolen or otherwise concerned, added up over the incidents that state a number.",
        tiers.TIERS,
        value="devices",
    ),
    Measure(
        "cost",
        "Cost of incidents in pounds",
        "What incidents cost, in whole pounds, added up over those that state it.",
        tiers.TIERS,
        value="cost",
    ),
    Measure(
        "not-ours",
        "Incidents of other bodies whose data reached us",
        "Incidents in which another body's data reached us, and which we passed on to it. They are ours in no other "
        "measure.",
        tiers.TIERS,
        standing=NOT_OURS,
    ),
    Measure(
        "personal-data-reported-to-ico",
        "Personal data incidents reported to the Information Commissioner",
        "Incidents that concern personal data and of which the Information Commissioner was told; a year is that of "
        "the day it happened.",
        (tiers.REPORTED,),
        basis="occurred",
        only={"personal_data": "yes"},
    ),
    Measure(
        "other-personal-data-incidents",
        "Other personal data incidents",
        "Incidents in which personal data were lost, disclosed, altered or made unavailable, and of which the "
        "Information Commissioner was not told; a year is that of the day it happened.",
        (tiers.OTHER,),
        basis="occurred",
        only={"personal_data": "yes"},
    ),
)
COVERED_ALONE = frozenset(measure.slug for measure in STANDARD if measure.standing != COUNTED)
"""Measures that stand under coverage of their own only."""

BY_SLUG = {measure.slug: measure for measure in STANDARD}
OF_TIER = {one.tiers[0]: one.slug for one in STANDARD[:4]}
"""The measure under whose coverage a tier stands; undetermined has none of its own."""


def measure(slug: str) -> Measure:
    """Return a measure by its slug; WrongInput names those there are."""
    if slug not in BY_SLUG:
        raise WrongInput(f"{slug!r} is not a measure; the measures are {', '.join(BY_SLUG)}")
    return BY_SLUG[slug]


def basis(slug: str) -> tuple[str, str]:
    """Return the column and the sentence of a basis; WrongInput names those there are."""
    if slug not in BASES:
        raise WrongInput(f"{slug!r} is not a basis; it is one of {', '.join(BASES)}")
    return BASES[slug]
