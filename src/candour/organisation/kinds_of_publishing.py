"""The kind of particular that says how a body counts for its Annual Report, printed under the tables there."""

from dataclasses import dataclass

from candour.organisation.cells import Words
from candour.organisation.stated import Stated


@dataclass(frozen=True)
class AnnualReport(Stated):
    """What stands beside the tables of personal data incidents; what is empty is left out.

    `counting_policy` says what is recorded centrally, `small_incidents` that small, localised incidents are not, and
    `further_action` is the last row of Table 1: what else is done about information risk.
    """

    kind = "annual-report"
    table = "annual_report"
    counting_policy: Words = ""
    small_incidents: Words = ""
    further_action: Words = ""
