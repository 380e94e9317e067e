"""Bands into which numbers of people, days and hours are put when a table is made by them.

People and hours are the ICO's own bands, as its incident-trend workbook prints them (Open Government Licence v3.0).
"""

PEOPLE_FROM = (
    (0, "None"),
    (1, "1 to 9"),
    (10, "10 to 99"),
    (100, "100 to 1k"),
    (1_000, "1k to 10k"),
    (10_000, "10k to 100k"),
    (100_000, "100k and above"),
)
"""From how many people each band begins; each ends where the next begins."""
PEOPLE = tuple(label for _, label in PEOPLE_FROM)

DAYS_FROM = ((0, "Same day"), (1, "1 to 3 days"), (4, "4 to 7 days"), (8, "More than 7 days"))
DAYS = tuple(label for _, label in DAYS_FROM)

UNDER_A_DAY, TO_72_HOURS, TO_A_WEEK, OVER_A_WEEK = (
    "Less than 24 hours",
    "24 hours to 72 hours",
    "72 hours to 1 week",
    "More than 1 week",
)
NOT_TOLD = "not told"
"""What is said of an incident of which the ICO was not told, where others are grouped by how soon it was."""
TIME = (UNDER_A_DAY, TO_72_HOURS, TO_A_WEEK, OVER_A_WEEK, NOT_TOLD)
WITHIN = ("yes", "no", NOT_TOLD)

HOUR = 3600
A_DAY, HOURS_72, A_WEEK = 24 * HOUR, 72 * HOUR, 168 * HOUR
"""Seconds by the clock, over weekends and changes of the clock: UK GDPR Art. 33(1) counts hours."""
