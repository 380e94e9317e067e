"""The tier of an incident: which of the questionnaire's four questions it counts under follows from its facts."""

from candour.rules.refusals import WrongInput

REPORTED, OTHER, EVENT, NEAR_MISS, UNDETERMINED = TIERS = (
    "reported-to-ico",
    "other-incident",
    "event",
    "near-miss",
    "undetermined",
)
WORDS = {
    REPORTED: "Reported to the ICO",
    OTHER: "Other incident",
    EVENT: "Event",
    NEAR_MISS: "Near miss",
    UNDETERMINED: "Undetermined",
}
"""Each tier as a person reads it."""
BASES = ("derived", "stated", "overridden")
SAID = ("yes", "no", "suspected", "not-known", "")
_OPEN = ("suspected", "not-known", "")


def derive(
    *,
    told_ico: str,
    personal_data: str,
    information_lost: str,
    resources_assigned: str,
    triaged: bool = True,
) -> tuple[str, str]:
    """Give the tier and one sentence that says why, from the four-tier questionnaire's definitions.

    Facts are "yes", "no", "suspected", "not-known" or "" (not stated, which is not known). WrongInput for another word.
    `information_lost` covers lost, disclosed, altered or made unavailable, also where it was got back.
    """
    for said in (told_ico, personal_data, information_lost, resources_assigned):
        _require_said(said)
    if not triaged:
        return UNDETERMINED, "Nobody has triaged the report yet."
    if told_ico == "yes" and personal_data != "no":
        return REPORTED, "The Information Commissioner was told of a personal data breach."
    if told_ico in _OPEN:
        return UNDETERMINED, "It is not known whether the Information Commissioner was told."
    return _without_report(information_lost, resources_assigned)


def _without_report(information_lost: str, resources_assigned: str) -> tuple[str, str]:
    if information_lost == "yes":
        return OTHER, "Information was lost, disclosed, altered or made unavailable."
    if information_lost in _OPEN:
        return UNDETERMINED, "It is not known whether information was lost, disclosed, altered or made unavailable."
    if resources_assigned in _OPEN:
        return UNDETERMINED, "No information was lost; it is not known whether people were put on it."
    if resources_assigned == "yes":
        return EVENT, "No information was lost, and people were put on it to investigate or recover."
    return NEAR_MISS, "No information was lost and nobody had to be put on it; it points to a possible weakness."


def _require_said(said: str) -> None:
    if said not in SAID:
        raise WrongInput(f"“{said}” is not an answer to a yes-or-no fact; write yes, no, suspected or not-known.")
