"""The form that the sample's sponsor asks for: it is enclosed with a reply that is asked for it."""

from datetime import date

from candour.documents import letter
from candour.documents.blocks import Letter, Paragraph, Table

SINCE = date(2014, 4, 1)
ROOM = "…" * 20
"""Where somebody writes."""
ASKED = {
    "Who reports": (
        "Reporting body and its reference",
        "Reporter's role and telephone number",
        "Date and time of this report",
    ),
    "What happened": (
        "Occurred, discovered and reported internally (date and time of each)",
        "Where: secured premises, elsewhere, in transit, at home, at a supplier",
        "What happened, without names",
        "The Ministry's category and the Cabinet Office category (I to V)",
        "Cause, as far as it is known",
    ),
    "The information": (
        "What information, in which form, with which marking",
        "How it was protected: encrypted, locked, neither",
        "How many people are affected, and who they are in general",
        "Got back? From whom, when",
    ),
    "What was done": (
        "Contained how, by whom",
        "People told? Information Commissioner told? Police told? (with reference)",
        "Suppliers concerned",
        "What will be done so that it does not happen again, by whom, by when",
    ),
}


def pdf() -> bytes:
    """Return the form as a tagged PDF; always the same bytes."""
    tables = (
        Table(heading, ("To be stated", "Answer"), tuple((line, ROOM) for line in lines), numeric=False)
        for heading, lines in ASKED.items()
    )
    intro = Paragraph.of("Send this form to the Ministry's security team within one working day of the discovery.")
    form = Letter(
        title="Security incident report to the Ministry of Samples",
        language="en-GB",
        sender_name="Ministry of Samples",
        letterhead=("Departmental security",),
        references=(("Form", "MoS/SIR 1"),),
        dated=SINCE,
        addressee=(),
        subject="Security incident report",
        blocks=(intro, *tables),
        signature=(),
        footer=("Ministry of Samples: made up for this sample",),
        last_line="",
    )
    return letter.pdf(form)
