"""Government security classifications since 2 April 2014: what may be kept here, and what has to go elsewhere."""

import re

from candour.rules.refusals import WrongInput

MARKINGS = ("OFFICIAL", "OFFICIAL-SENSITIVE")
"""What a page, a file or a mail here may carry; OFFICIAL-SENSITIVE is a handling marking, not a level of its own."""

_ABOVE = re.compile(r"(?m)^\W*(TOP\s+SECRET|SECRET|UK\s+SECRET|CONFIDENTIAL)(?:\s*[-–/].{0,40})?\W*$")
"""A marking as documents carry it: in capitals, on a line of its own."""


def check(marking: str) -> str:
    """Return a marking that may be kept here; WrongInput says where anything higher goes."""
    found = marking.strip().upper().replace(" ", "-")
    if found not in MARKINGS:
        raise WrongInput(
            f"{marking!r} cannot be kept here: this register holds up to OFFICIAL-SENSITIVE. Take anything higher to "
            "your security officer, by the means that are approved for it"
        )
    return found


def higher(*given: str | None) -> str:
    """Return the highest of some markings; None is none."""
    return max((marking for marking in given if marking), key=MARKINGS.index, default=MARKINGS[0])


def above(text: str) -> str | None:
    """Return the first marking above OFFICIAL-SENSITIVE that a text carries on a line of its own, or None."""
    found = _ABOVE.search(text)
    return " ".join(found[1].split()) if found else None
