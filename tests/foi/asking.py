"""How tests of this room say what a body states, what came in, and what was answered."""

import textwrap
from datetime import date

import extracts
from candour.foi import actions as foi
from candour.organisation import actions, people, toml

RECEIVED, DATED = date(2016, 2, 28), date(2016, 3, 10)


def state(body, text, folder=None):
    """Load TOML about a body."""
    plan = toml.read(textwrap.dedent(text).encode())
    report = actions.load(body, plan, files_dir=folder, by=people.operator(body), at=extracts.NOW)
    assert not report.problems, report.problems
    return report


def arrived(text, name="request.txt", received=RECEIVED, **more):
    data = text if isinstance(text, bytes) else textwrap.dedent(text).encode()
    return foi.Arrived(data, name, received, **more)


def reply(body, request, *, as_at=DATED, dated=DATED, redraft=False, by=None, at=extracts.NOW):
    """Answer a request, given as its text or as it arrived."""
    came = request if isinstance(request, foi.Arrived) else arrived(request)
    by = by or people.operator(body)
    return foi.answer(body, came, as_at=as_at, dated=dated, redraft=redraft, by=by, at=at)


def answers(drafted):
    """The answers of a reply by the question's number."""
    return {question["number"]: question["answer"] for question in drafted.answers["questions"]}


def cells(answer):
    """The cells of the figures that answer a question, as status and value."""
    (group,) = answer["parts"][0]["figures"]["groups"]
    return [(cell["status"], cell["value"]) for cell in group["cells"]]
