"""The kind of particular that says how people report to a body, and what it tells them to do now."""

from dataclasses import dataclass

from candour.organisation.cells import Line, Ordinal, Words, Yes
from candour.organisation.stated import Stated


@dataclass(frozen=True)
class Reporting(Stated):
    """Who may report, with which numbers and words. Where a body states nothing, only its own people who sign in may.

    `anonymous`: a reporter may leave no name. `attachments`: a reporter may
    add files, which are sealed and kept for so many days. `telephone` rings the team,
    `safeguarding` whoever protects people, day and night. `do_now` is shown to who says that someone could come to
    harm, `next` to everybody who has reported; each in Welsh besides. Empty words: the pages' own stand.
    """

    kind = "reporting"
    table = "reporting"
    without_account: Yes = False
    anonymous: Yes = False
    attachments: Yes = False
    attachments_kept_days: Ordinal = 90
    telephone: Line = ""
    safeguarding: Line = ""
    police: Line = "999"
    do_now: Words = ""
    do_now_cy: Words = ""
    next: Words = ""
    next_cy: Words = ""
