"""Who asked us is found in a file that goes to somebody else, and is no finding in the one that goes to them."""

import pytest

import staff
from candour.foi import enclosing, papers_out, releasing
from candour.organisation import exits
from foi import asking

AT = asking.extracts.NOW
REQUEST = "From: {} <{}@post.example>\nSubject: a request\n\n1. How many staff do you employ?\n"


@pytest.fixture
def officer(body):
    return staff.hire(body, "foi-officer")


@pytest.fixture
def found_in_a_letter(body, officer):
    """What names are found in a letter that says `Dear Ms Requester`, sent to who asked under `name`."""

    def found(name, letter):
        request = asking.arrived(REQUEST.format(name, name.partition(" ")[0].lower()), name="request.eml")
        case = asking.reply(body, request, by=officer).case
        enclosing.enclose(body, case, content=letter, name="reply.txt", as_letter=True, by=officer, at=AT)
        releasing.screen(body, case, by=officer, at=AT)
        papers = papers_out.standing(body, case).papers
        report = exits.reports(body, papers, at=AT)[papers[0].sha256]
        return [one.code for one in report.findings]

    return found


def test_a_requester_is_named_only_to_themselves(found_in_a_letter):
    assert found_in_a_letter("Morfudd Probert", b"Dear Morfudd Probert\n\nThank you.\n") == []
    assert found_in_a_letter("Gwyneth Hopcyn", b"Dear Gwyneth Hopcyn\n\nAs Ms Probert asked too.\n") == [
        "identifier.known-name"
    ]


def test_the_same_file_is_looked_into_again_for_somebody_else(found_in_a_letter):
    letter = b"Dear Morfudd Probert\n\nThank you.\n"
    assert found_in_a_letter("Morfudd Probert", letter) == []
    assert found_in_a_letter("Gwyneth Hopcyn", letter) == ["identifier.known-name"]
