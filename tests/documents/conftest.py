"""The sample reply that every format is asked to set."""

from datetime import date

import pytest

from candour.documents.blocks import Bullets, Heading, Letter, Note, Paragraph, Question, Run, Table

YEARS = ("2011/12", "2012/13", "2013/14", "2014/15")
BASIS = (
    "Counted by the day on which the incident was logged, as the register stood at the end of 10 March 2016. "
    "This register has recorded these incidents since 1 April 2011."
)


def counted(number, text, sentence, caption, values):
    return (
        Question(number, text),
        Paragraph.of(sentence),
        Table(caption, YEARS, (values,)),
        Note(BASIS),
    )


BLOCKS = (
    Paragraph.of(
        "Thank you for your email of 28 February 2016. We have dealt with it under the Freedom of Information "
        "Act 2000. You made the following requests for information, and our answers follow each of them."
    ),
    Heading("Staff and contractors"),
    Question("1a.", "Approximately how many members of staff do you have?"),
    Paragraph.of("About 1,800, as at 31 December 2015."),
    Question("1b.", "Approximately how many contractors have routine access to your information?"),
    Paragraph.of(
        "All staff of the IT supplier who support our systems have access and are bound by confidentiality. "
        "We do not hold the number of these staff."
    ),
    Heading("Policy and classification"),
    Question(
        "2a.",
        "Do you have an information security incident or event reporting policy that includes categorisation or "
        "classification of such incidents?",
    ),
    Paragraph(
        (
            Run("Yes. ", bold=True),
            Run("Reporting is set out in the "),
            Run(
                "Information Assurance Policy",
                "https://www.sample-body.example/policies/information-assurance-policy-version-3-2.pdf",
            ),
            Run(", paragraphs 2.2 to 2.3. The Governance team puts each incident in one of these categories:"),
        )
    ),
    Table(
        "Category of breach",
        ("Category", "Meaning"),
        (
            ("I", "Loss of inadequately protected electronic equipment, devices or paper from secured premises"),
            ("II", "Loss of inadequately protected equipment, devices or paper from outside secured premises"),
            ("III", "Insecure disposal of inadequately protected electronic equipment, devices or paper documents"),
            ("IV", "Unauthorised disclosure"),
            ("V", "Other"),
        ),
        row_headers=True,
        numeric=False,
    ),
    Paragraph.of("Incidents are also reported to our sponsor department, which uses a more detailed scheme."),
    Question("2b.", "Can you provide me with a copy of the latest version of these documents?"),
    Paragraph.of("The pro-forma for reporting incidents to our sponsor is enclosed. We also rely on:"),
    Bullets(
        (
            Paragraph(
                (
                    Run("our annual report and accounts, already published: "),
                    Run(
                        "https://www.sample-body.example/about/publications/annual-reports/annual-report-and-accounts-2014-to-2015",
                        "https://www.sample-body.example/about/publications/annual-reports/annual-report-and-accounts-2014-to-2015",
                    ),
                )
            ),
            Paragraph.of("no internal document of our own sets out the categories; it is not held."),
        )
    ),
    Heading("Incidents by financial year"),
    Question("3a.", "Do you know how many data protection incidents your organisation has had since April 2011?"),
    Paragraph.of("Yes."),
    *counted(
        "3b.",
        "How many breaches occurred for each Financial Year the figures are available for?",
        "One incident was reported to the Information Commissioner in these four years.",
        "Incidents reported to the ICO, by financial year",
        ("0", "0", "0", "1"),
    ),
    *counted(
        "4b.",
        "How many incidents occurred for each Financial Year the figures are available for?",
        "There were 247 other information security incidents.",
        "Other information security incidents, by financial year",
        ("37", "54", "75", "81"),
    ),
    Question(
        "5b.",
        "How many events occurred for each Financial Year the figures are available for?\n"
        "Answer FY11-12: FY12-13: FY13-14: FY14-15:",
    ),
    Paragraph.of("The table sets the events beside the near misses, which were not collected in these years."),
    Table(
        "Events and near misses, by financial year",
        ("", *YEARS),
        (
            ("Events and anomalies", "4", "11", "39", "80"),
            ("Near misses", "not held", "not held", "not held", "not held"),
        ),
        row_headers=True,
    ),
    Note(
        "Near misses have been collected since 1 April 2015. The IT service desk and the shared mailbox were searched "
        "on 7 March 2016 for earlier ones; none were found."
    ),
    Heading("Enclosed"),
    Bullets.of(["Pro-forma for reporting security incidents to the sponsor (1 page, ODT)"]),
    Heading("If you are unhappy with this reply"),
    Paragraph.of(
        "You may ask for an internal review within 40 working days of this letter, by writing to the Governance team "
        "at the address above. If you are still dissatisfied, you may complain to the Information Commissioner's "
        "Office, Wycliffe House, Water Lane, Wilmslow, Cheshire SK9 5AF, telephone 0303 123 1113."
    ),
    Paragraph.of("Yours sincerely"),
)


@pytest.fixture
def reply():
    return Letter(
        title="Reply to your request for information, Gov/SB 16-28",
        language="en-GB",
        sender_name="Sample Body",
        letterhead=("National Office", "3rd Floor", "1 Sample Street", "London", "SW1A 0XX", "Telephone 020 7946 0000"),
        references=(("Our ref", "Gov/SB 16-28"), ("Your ref", "808543")),
        dated=date(2016, 3, 10),
        addressee=("The requester", "By email"),
        subject="Freedom of Information request: information security incidents since April 2011",
        blocks=BLOCKS,
        signature=("Governance team", "Sample Body", "governance@sample-body.example"),
        footer=("The chair of the board, Chair", "The chief executive, Chief Executive"),
        last_line="Figures as at 10 March 2016, record no. 418, digest "
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        marking="",
    )
