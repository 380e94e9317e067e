"""The form to print for when the service is down: what is entered from it later keeps the times written on it."""

from django.http import HttpResponse

from candour.documents import letter
from candour.documents.blocks import Block, Heading, Letter, Paragraph
from candour.incidents.said import GOT_BACK
from candour.organisation import queries as organisation
from candour.rules import vocabularies
from candour.rules.refusals import NotThere
from candour.web.reporting.pages import public
from candour.web.reporting.phrases import Phrases
from candour.web.reporting.reporter import Reporter

TYPES = {"pdf": (letter.pdf, "application/pdf"), "html": (letter.html, "text/html; charset=utf-8")}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What the printable page may do: be read and printed, in its own style."""
TAGS = {"en": "en-GB", "cy": "cy"}
BOX, LINE = "[   ]", "." * 150


@public
def blank(reporter: Reporter, kind: str) -> HttpResponse:
    """Return the form as a PDF, or as a page in the browser."""
    if kind not in TYPES:
        raise NotThere(f"the form is not written as {kind}")
    write, content_type = TYPES[kind]
    name = organisation.file_name(reporter.body.pk, f"report-{reporter.language}.{kind}")
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Content-Security-Policy": POLICY}
    return HttpResponse(write(made(reporter)), content_type=content_type, headers=headers)


def made(reporter: Reporter) -> Letter:
    """Return the form as blocks, in the reporter's language."""
    say, settings = reporter.say, reporter.settings
    lead = [Paragraph.of(say("form.lead")), Paragraph.of(say("start.danger", number=settings.police))]
    if settings.telephone:
        lead.append(Paragraph.of(say("start.telephone", number=settings.telephone)))
    return Letter(
        title=say("form.title"),
        language=TAGS[reporter.language],
        sender_name=reporter.body.name,
        letterhead=(),
        references=(),
        dated=reporter.today,
        addressee=(),
        subject=say("form.title"),
        blocks=(*lead, *_questions(say, named=not reporter.anonymous)),
        signature=(),
        footer=(),
        last_line="",
        marking=organisation.marking(reporter.body.pk),
    )


def _questions(say: Phrases, *, named: bool) -> tuple[Block, ...]:
    return (
        *_lines(say("form.told"), 1),
        *_boxes(say("harm.question"), (say("harm.yes"), say("harm.no"), say("harm.near"))),
        *_lines(f"{say('what.question')} {say('what.hint')}", 8),
        *_lines(say("where.question"), 1),
        *_lines(say("form.happened"), 1),
        *_lines(say("form.noticed"), 1),
        *_boxes(f"{say('information.question')} {say('form.tick')}", _terms(say, "data-types")),
        *_boxes(f"{say('form.people')} {say('form.tick')}", _terms(say, "data-subjects")),
        *_lines("", 1),
        *_boxes(say("got.question"), tuple(say(f"got.{value}") for value in GOT_BACK)),
        *_lines(say("got.done"), 3),
        *_lines(say("form.contact.named" if named else "form.contact"), 2),
        *_lines(say("form.office"), 2),
    )


def _terms(say: Phrases, name: str) -> tuple[str, ...]:
    return tuple(term.words(say.language) for term in vocabularies.terms(name))


def _lines(question: str, number: int) -> tuple[Block, ...]:
    heading = (Heading(question, 2),) if question else ()
    return (*heading, *(Paragraph.of(LINE) for _ in range(number)))


def _boxes(question: str, choices: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(question, 2), *(Paragraph.of(f"{BOX} {choice}") for choice in choices))
