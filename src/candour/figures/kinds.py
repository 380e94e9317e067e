"""The kinds of difference between two tables, and what each says of an incident."""

KINDS = {
    "recorded": "It was logged after the earlier day.",
    "recorded-late": "It was recorded after the earlier table was made.",
    "source-loaded": "It came with another register that was loaded since.",
    "told-ico": "The Information Commissioner was told of it.",
    "ico-report-withdrawn": "The report to the Information Commissioner was withdrawn.",
    "recovered": "What was lost was got back.",
    "re-tiered": "It counts under another tier.",
    "split": "It was split from, or into, another incident.",
    "joined": "It was joined with another incident.",
    "voided": "It was voided.",
    "restored": "It was brought back.",
    "duplicate-linked": "It was linked as a duplicate of another.",
    "duplicate-unlinked": "It is no longer linked as a duplicate.",
    "dismissed": "It was found to be no incident, another body's, or an exercise.",
    "date-corrected": "A day of it was changed.",
    "people-corrected": "The number of people was changed.",
    "facts-changed": "A fact by which the table is grouped, filtered or added up was changed.",
    "closed": "The work on it was closed.",
    "reopened": "The work on it was taken up again.",
    "coverage-changed": "Since when the register records such incidents was stated otherwise.",
    "definition-changed": "The definition of the measure was worded otherwise.",
    "body-merged": "It is of a body whose register was taken over.",
    "period-begun": "The period was still to come, or had not ended, on the earlier day.",
}
"""Each kind of difference, and what it says of an incident."""
