"""The fields a register may have: their names, what a cell of each may say, and the headers that mean them.

This one table is what `candour load` and `amend` read by, what `export` writes by, and what the reference is printed
from. A synonym stands as `plain()` leaves a header: small letters and single spaces.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = {
    "reference": "a short text that is this incident's own",
    "text": "a short text of one line",
    "words": "free text",
    "day": "a day: 31/03/2012, 31 March 2012, 2012-03-31; about May 2014; not known",
    "moment": "a day, with its time of day where it is known: 31/03/2012 14:05",
    "told": "the day; or yes (told, day not known), no, not known",
    "count": "a whole number; about 40; up to 50; not known",
    "whole": "a whole number: 40, 1,200 or £1,200; not known",
    "choice": "one of the words listed",
    "code": "a code of the scheme, or its label",
}
"""What a cell of each kind may say."""

_LONGEST_HEADER = 200

YES = ("y", "true", "t", "1")
NO = ("n", "false", "f", "0")
NOT_KNOWN = ("not known", "unknown", "nk", "n k", "not yet known", "tbc", "to be confirmed", "dont know")
_YES_NO: Mapping[str, tuple[str, ...]] = {"yes": YES, "no": NO, "not-known": NOT_KNOWN}


@dataclass(frozen=True)
class Field:
    """One field of a register.

    `choices` are the words that a "choice" may hold, each with the words that mean the same; a "code" is one of
    `scheme`.
    """

    name: str
    kind: str
    label: str
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scheme: str = ""

    def headers(self) -> tuple[str, ...]:
        """Every header that means this field: its name, its label and their synonyms, as `plain()` leaves them."""
        return (plain(self.name), plain(self.label), *self.synonyms)


def plain(text: str) -> str:
    """A header or a word of a closed list without its dress: "ICO_Ref. No:" is "ico ref no"."""
    return " ".join(re.findall(r"[^\W_]+", re.sub("['’]", "", text.casefold())))


def meant(header: str) -> str | None:
    """Name the field that a header usually means: "Date reported (dd/mm/yyyy)*" is `reported_on`."""
    if len(header) > _LONGEST_HEADER:
        return None
    return _BY_HEADER.get(plain(header)) or _BY_HEADER.get(plain(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", header)))


def _said(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|")) if text else ()


def _days(name: str, label: str, synonyms: str) -> Field:
    return Field(name, "day", label, _said(synonyms))


def _text(name: str, label: str, synonyms: str) -> Field:
    return Field(name, "text", label, _said(synonyms))


def _yes_no(name: str, label: str, synonyms: str, **more: tuple[str, ...]) -> Field:
    return Field(name, "choice", label, _said(synonyms), {**_YES_NO, **more})


FIELDS: tuple[Field, ...] = (
    Field(
        "reference",
        "reference",
        "Reference",
        _said(
            "ref | ref no | ref number | reference no | reference number | incident ref | incident reference | "
            "incident no | "
            "incident number | incident id | id | case ref | case reference | case number | breach reference | "
            "breach number | log no | log number | log reference | unique reference | unique reference number | urn | "
            "our reference | register number | ticket | ticket number"
        ),
    ),
    _days(
        "occurred_on",
        "Occurred on",
        "occurred | date occurred | date of occurrence | occurrence date | date of incident | incident date | "
        "date of breach | "
        "breach date | date of event | event date | date of loss | date happened | date it happened | "
        "date incident occurred | date of the incident | date and time of incident | when did it happen | "
        "incident start date | start date | date from",
    ),
    _days("occurred_until", "Occurred until", "occurred to | incident end date | end date | date ended | date to"),
    Field(
        "discovered_at",
        "moment",
        "Discovered at",
        _said(
            "discovered | discovered on | date discovered | date of discovery | discovery date | "
            "date and time discovered | "
            "date detected | detected on | date identified | identified on | date found | date noticed | "
            "when discovered | "
            "date incident discovered | date breach discovered"
        ),
    ),
    Field(
        "aware_at",
        "moment",
        "Aware at",
        _said(
            "aware | aware on | date aware | became aware | date became aware | date we became aware | "
            "date of awareness | "
            "awareness date | date and time aware | date time aware | date and time became aware"
        ),
    ),
    _days(
        "reported_on",
        "Reported internally on",
        "reported on | date reported | date of report | report date | reported internally | date reported internally | "
        "internal report date | date notified internally | date reported to security | "
        "date reported to information governance | date reported to ig | date reported to dpo",
    ),
    _days(
        "logged_on",
        "Logged on",
        "logged | date logged | log date | date recorded | recorded on | date entered | entry date | date of entry | "
        "date added | date opened | opened on | date raised | raised on | created | created on | date created",
    ),
    Field(
        "told_ico_on",
        "told",
        "ICO told on",
        _said(
            "told ico | date told ico | date ico told | reported to ico | reported to the ico | date reported to ico | "
            "date reported to the ico | ico report date | reported to ico on | ico notified | date ico notified | "
            "notified to ico | "
            "date notified to ico | ico notification date | ico informed | date ico informed | ico reported | "
            "reported to information commissioner | reported to the information commissioner | told the ico on"
        ),
    ),
    _days(
        "told_people_on",
        "People told on",
        "date people told | date individuals notified | date individuals informed | date data subjects notified | "
        "date data subjects informed | date data subjects told | date affected people told | date people notified",
    ),
    _days(
        "told_sponsor_on",
        "Sponsor told on",
        "date sponsor told | date reported to sponsor | date reported to department | date department informed | "
        "date reported to parent department | date sponsor notified | date department told",
    ),
    _days("contained_on", "Contained on", "contained | date contained | containment date | date of containment"),
    _days(
        "recovered_on", "Recovered on", "date recovered | recovery date | date of recovery | date information recovered"
    ),
    _days(
        "closed_on",
        "Closed on",
        "date closed | closure date | closed date | date of closure | date completed | completed on | date resolved | "
        "resolved on | date case closed",
    ),
    _days(
        "ico_report_withdrawn_on",
        "ICO report withdrawn on",
        "ico report withdrawn | date ico report withdrawn | withdrawn from ico on | date withdrawn from ico",
    ),
    Field(
        "tier",
        "code",
        "Tier",
        _said("incident tier | tier of incident | incident level | reporting tier"),
        scheme="tiers",
    ),
    Field(
        "category",
        "code",
        "Category",
        _said(
            "cabinet office category | incident category | breach category | category of incident | "
            "category of breach | "
            "co category | hmg category | sponsor category"
        ),
        scheme="cabinet-office",
    ),
    _text(
        "incident_type",
        "Incident type",
        "type | type of incident | type of breach | breach type | nature of breach | nature of incident",
    ),
    _text("cause", "Cause", "root cause | cause of incident | cause of breach | reason for incident | how it happened"),
    Field(
        "description",
        "words",
        "Description",
        _said(
            "details | detail | summary | narrative | what happened | description of incident | incident description | "
            "description of breach | breach description | incident details | details of incident | details of breach | "
            "brief description | brief summary | summary of incident | incident summary | description of the incident"
        ),
    ),
    _text(
        "department",
        "Department",
        "dept | team | directorate | division | unit | section | service | service area | business area | "
        "business unit | "
        "office | department or team",
    ),
    _yes_no(
        "personal_data",
        "Personal data",
        "personal data involved | personal data breach | involves personal data | is personal data involved | "
        "contains personal data | personal information | personal information involved | pdb",
        suspected=("possible", "possibly", "suspected breach", "maybe"),
    ),
    Field(
        "people_affected",
        "count",
        "People affected",
        _said(
            "number of people affected | no of people affected | number of people | number affected | no affected | "
            "individuals affected | number of individuals | number of individuals affected | "
            "no of individuals affected | "
            "data subjects affected | number of data subjects | no of data subjects | "
            "number of data subjects affected | "
            "no of data subjects affected | how many people affected | how many people were affected | persons affected"
        ),
    ),
    Field(
        "people_affected_at_most",
        "count",
        "People affected at most",
        _said(
            "maximum people affected | max people affected | maximum number affected | "
            "maximum number of people affected"
        ),
    ),
    _text(
        "data_types",
        "Kinds of data",
        "data type | type of data | types of data | kind of data | type of personal data | types of personal data | "
        "categories of data | categories of personal data | data involved | information involved | data categories",
    ),
    _text(
        "medium",
        "Medium",
        "media | media type | type of media | format | data format | format of data | storage medium",
    ),
    Field(
        "lost_or_stolen",
        "choice",
        "Lost or stolen",
        _said("lost stolen | loss or theft | loss theft | was it lost or stolen"),
        {
            "lost": ("loss", "mislaid", "missing"),
            "stolen": ("theft", "stole", "burglary", "robbery"),
            "neither": ("no", "not lost or stolen", "none"),
            "not-known": NOT_KNOWN,
        },
    ),
    _yes_no(
        "encrypted", "Encrypted", "encryption | was it encrypted | data encrypted | device encrypted | is it encrypted"
    ),
    _yes_no("on_premises", "On premises", "on site | onsite | on our premises | on the premises | on secured premises"),
    _text(
        "supplier",
        "Supplier",
        "third party | third party involved | supplier involved | contractor | vendor | supplier name | data processor",
    ),
    Field(
        "our_role",
        "choice",
        "Our role",
        _said("role | controller or processor | data controller or processor | role of the body"),
        {
            "controller": ("data controller", "sole controller"),
            "joint-controller": ("joint data controller", "joint controllers"),
            "processor": ("data processor",),
            "recipient": ("received by us", "receiver"),
        },
    ),
    _text(
        "ico_reference",
        "ICO reference",
        "ico ref | ico reference number | ico case reference | ico case number | ico case ref | ico number",
    ),
    _text(
        "ico_outcome",
        "ICO outcome",
        "ico decision | ico response | ico action | outcome from ico | outcome of ico report",
    ),
    _yes_no(
        "information_lost",
        "Information lost",
        "data lost | was information lost | information lost or disclosed | information lost disclosed or altered | "
        "loss of information | data lost or disclosed",
    ),
    _yes_no(
        "resources_assigned",
        "Resources assigned",
        "resource assigned | people assigned | people put on it | resources deployed | were resources assigned",
    ),
    _text(
        "data_subjects",
        "Whose data",
        "data subject type | type of data subject | types of data subjects | categories of data subjects | "
        "whose data were affected",
    ),
    _text("staff_group", "Staff group", "staff type | type of staff | staff category | job group | role of staff"),
    _text(
        "disciplinary",
        "Disciplinary action",
        "discipline | disciplinary outcome | disciplinary action taken | was anyone disciplined",
    ),
    Field(
        "devices",
        "whole",
        "Devices",
        _said("number of devices | no of devices | devices lost | number of devices lost | how many devices"),
    ),
    Field(
        "cost_pounds",
        "whole",
        "Cost in pounds",
        _said("cost | cost of incident | cost of the incident | total cost | cost gbp | cost in gbp"),
    ),
    _yes_no("immediate_risk", "Immediate risk", "immediate threat | immediate risk to people | risk immediate"),
    _yes_no("exercise", "Exercise", "test | drill | exercise or test | is this an exercise"),
)

BY_NAME: Mapping[str, Field] = {one.name: one for one in FIELDS}
DATED: tuple[str, ...] = tuple(one.name for one in FIELDS if one.kind in {"day", "moment", "told"})
"""The fields of which an incident needs at least one."""
_BY_HEADER: Mapping[str, str] = {header: one.name for one in reversed(FIELDS) for header in one.headers()}
