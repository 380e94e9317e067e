"""Which function answers which topic: a table, and what answers every topic that is not in it."""

from collections.abc import Callable

from candour.foi import facts, papers
from candour.foi.context import Context
from candour.foi.parts import Part
from candour.reading.requests import Question

Answerer = Callable[[Context, Question], list[Part]]
TOPICS: dict[str, Answerer] = {
    "staff": facts.staff,
    "contractors-with-access": facts.contractors,
    "supplier": facts.suppliers,
    "sponsor": facts.sponsor,
    "policy": papers.policy,
    "policy-copy": papers.copies,
    "pro-forma": papers.pro_forma,
    "scheme": papers.scheme,
    "annual-report": papers.documents,
}


def answer(context: Context, question: Question) -> list[Part]:
    """Answer a question by its topic, else from a document, a fact or a standing answer under the topic's name."""
    if question.topic in TOPICS:
        return TOPICS[question.topic](context, question)
    return papers.documents(context, question) if question.kind == "document" else facts.any_fact(context, question)
