"""Questions that are no number from the register: staff, suppliers, policies and their copies, schemes, the sponsor."""

import re
from collections.abc import Callable, Iterable

from candour.foi.context import Context
from candour.foi.parts import Part
from candour.organisation import furniture, kinds
from candour.organisation import queries as organisation
from candour.reading.requests import Question
from candour.rules import schemes, years
from candour.rules.answers import Answer

SCHEME = "cabinet-office"
_CLASSIFIES = re.compile(r"categor|classif", re.IGNORECASE)
_UNITS = {"headcount": "by headcount", "fte": "full-time equivalent", "": ""}


def staff(context: Context, question: Question) -> list[Part]:
    """How many people work here, as stated for the day."""
    fact = organisation.staff(context.body, context.as_at)
    return [_fact(context, question, fact, "members of staff")] if fact else _unknown(context, question)


def any_fact(context: Context, question: Question) -> list[Part]:
    """A dated fact of the body under the name of the topic, else its standing answer."""
    fact = organisation.fact(context.body, question.topic or "", context.as_at)
    return [_fact(context, question, fact, "")] if fact else standing(context, question)


def _fact(context: Context, question: Question, fact: kinds.Fact, what: str) -> Part:
    answer = organisation.as_answer(fact)
    said = {
        "name": fact.name,
        "value": fact.value if fact.value is not None else fact.text or "not-known",
        "unit": fact.unit,
        "on": context.day.isoformat(),
        "status": answer.status if answer else "not_held",
        "note": fact.note or None,
    }
    if answer is None:
        return Part("not_held", "The number is not known.", question.why, fact=said, notes=_note(fact.note))
    return Part(answer.status, _counted(answer, what, fact.unit), question.why, fact=said, notes=_note(fact.note))


def _counted(answer: Answer, what: str, unit: str) -> str:
    words = answer.words()
    by = f", {_UNITS[unit]}" if unit else ""
    return f"{words[0].upper()}{words[1:]}{f' {what}' if what else ''}{by}."


def _note(note: str) -> tuple[str, ...]:
    return (f"{note[0].upper()}{note[1:]}.",) if note else ()


def contractors(context: Context, question: Question) -> list[Part]:
    """Who besides staff has routine access: each supplier in force, its number known or not."""
    found = organisation.contractors(context.body, context.as_at)
    if found is None:
        return _unknown(context, question)
    if found.stated:
        return [_fact(context, question, found.stated, "contractors")]
    return [_supplier(context, question, supplier) for supplier in found.suppliers]


def _supplier(context: Context, question: Question, supplier: kinds.Supplier) -> Part:
    """One supplier as a part: who, what for, bound by what, and the number where it is known."""
    known = supplier.people is not None
    status = ("approximate" if supplier.approximate else "held") if known else "not_held"
    about = "about " if supplier.approximate else ""
    people = f"{about}{supplier.people:,} people" if known else "The people"
    what = f" ({supplier.what})" if supplier.what else ""
    bound = f" and are bound by {supplier.bound_by}" if supplier.bound_by else ""
    unknown = "" if known else "; how many they are is not known"
    words = f"{people[0].upper()}{people[1:]} of {supplier.name}{what} have routine access{bound}{unknown}."
    fact = {
        "name": organisation.CONTRACTORS,
        "value": supplier.people if known else "not-known",
        "unit": "headcount",
        "on": context.day.isoformat(),
        "status": status,
        "note": supplier.name,
    }
    return Part(status, words, question.why, fact=fact)


def policy(context: Context, question: Question) -> list[Part]:
    """What governs reporting: the policy with its paragraphs, the scheme of categories, and the sponsor's own."""
    found = organisation.policies(context.body, context.as_at, "policy")
    parts = [_policy(context, question, one) for one in found]
    if _CLASSIFIES.search(question.text):
        parts += [*scheme(context, question), *_sponsors_scheme(context)]
    return parts or _unknown(context, question)


def _policy(context: Context, question: Question, found: kinds.Policy) -> Part:
    where = f", paragraphs {found.paragraphs}" if found.paragraphs else ""
    words = f"Yes. The requirement to report is set out in our {found.title}, version {found.version}{where}"
    context.linked.add(found.slug)
    return _document(question, found, words, found.link, found.file, version=found.version, paragraphs=found.paragraphs)


def _document(
    question: Question,
    found: kinds.Policy | kinds.Document,
    words: str,
    link: str,
    file: kinds.File | None,
    **more: str,
) -> Part:
    """A document as a part: enclosed where we have the file, by its link otherwise (FOIA s.21)."""
    said = {"slug": found.slug, "title": found.title, "link": link or None, **more}
    if file:
        return Part("held", f"{words}. A copy is enclosed.", question.why, document=said, enclosed=file)
    if link:
        return Part("elsewhere", f"{words}: {link}", question.why, document=said, section="21")
    return Part("held", f"{words}.", question.why, document=said)


def copies(context: Context, question: Question) -> list[Part]:
    """Copies asked for: the sponsor's form, our policies, our own scheme or that there is none, what is published."""
    parts = [*_pro_forma(context), *_policy_copies(context, question)]
    own = [one for one in organisation.policies(context.body, context.as_at) if "scheme" in one.topics]
    if not own:
        words = "We hold no document of our own that sets out the categories."
        parts.append(Part("not_held", words, "no policy of the body is about a scheme of categories"))
    return [*parts, *_published(context, question, ("policy-copy", "scheme", "annual-report"))]


def _pro_forma(context: Context) -> Iterable[Part]:
    sponsor = organisation.sponsor(context.body, context.as_at)
    if sponsor and sponsor.file:
        said = {"slug": "pro-forma", "title": sponsor.pro_forma, "link": None}
        words = f"We enclose the form on which incidents are reported to {_the(sponsor.name)}: {sponsor.pro_forma}."
        yield Part("held", words, "the sponsor's form is on record", document=said, enclosed=sponsor.file)


def _policy_copies(context: Context, question: Question) -> Iterable[Part]:
    """The policies asked about, unless the letter gave their link a question before."""
    for found in organisation.policies(context.body, context.as_at, "policy"):
        if found.file or found.slug not in context.linked:
            words = f"Our {found.title}, version {found.version}"
            yield _document(question, found, words, found.link, found.file, version=found.version)


def _published(context: Context, question: Question, topics: Iterable[str]) -> list[Part]:
    wanted = set(topics)
    found = [one for one in organisation.documents(context.body, context.as_at) if wanted & set(one.topics)]
    return [_published_one(question, one) for one in found]


def _published_one(question: Question, found: kinds.Document) -> Part:
    words = f"{found.note} {found.title} is published" if found.note and found.link else found.title
    return _document(question, found, words, found.link, found.file)


def documents(context: Context, question: Question) -> list[Part]:
    """Documents under the topic asked about, else the standing answer."""
    return _published(context, question, [question.topic or ""]) or standing(context, question)


def scheme(context: Context, _question: Question) -> list[Part]:
    """The categories as a table, in force that day, with the body's own labels."""
    found = schemes.scheme(SCHEME)
    worded = organisation.wordings(context.body, SCHEME, context.as_at)
    categories = [{"code": one.code, "label": one.label} for one in found.on(context.day, worded)]
    said = {"scheme": SCHEME, "title": found.title, "on": context.day.isoformat(), "categories": categories}
    words = f"Reported incidents are categorised according to {found.title}:"
    return [Part("held", words, "the question asks for categories or classification", scheme=said)]


def _sponsors_scheme(context: Context) -> Iterable[Part]:
    sponsor = organisation.sponsor(context.body, context.as_at)
    if sponsor and sponsor.scheme:
        yield _sponsor(context, sponsor, "the sponsor has a scheme of its own")


def sponsor(context: Context, question: Question) -> list[Part]:
    """The department the body answered to on the day."""
    found = organisation.sponsor(context.body, context.as_at)
    return [_sponsor(context, found, question.why)] if found else _unknown(context, question)


def _sponsor(context: Context, found: kinds.Sponsor, why: str) -> Part:
    scheme_ = f", according to {found.scheme}" if found.scheme else ""
    note = f"; {found.scheme_note}" if found.scheme_note else ""
    words = f"Incidents are also reported to our sponsor department, {_the(found.name)}{scheme_}{note}."
    since = found.since.isoformat() if found.since else None
    fact = {
        "name": "sponsor",
        "value": found.name,
        "unit": "",
        "on": context.day.isoformat(),
        "status": "held",
        "note": None,
    }
    return Part("held", words, why, fact=fact | {"since": since})


def _the(name: str) -> str:
    return (
        f"the {name}" if name.split(maxsplit=1)[0] in {"Department", "Ministry", "Office", "Home", "Cabinet"} else name
    )


def standing(context: Context, question: Question) -> list[Part]:
    """The body's own standing answer about the topic, versioned and owned."""
    found = organisation.standing_answer(context.body, question.topic or "", context.as_at)
    if found is None:
        return _unknown(context, question)
    values = furniture.furniture(context.body, context.as_at).values
    words = furniture.filled(found.words, values, f"standing answer {found.topic}")
    why = f"standing answer on {found.topic}, version {found.version}, owned by {found.owner}"
    return [Part("held", words, why)]


def _unknown(context: Context, question: Question) -> list[Part]:
    about = question.topic or "this"
    needs = f"nothing is stated about {about} as at {years.spoken(context.day)}"
    return [Part("not_in_register", "", question.why, needs=needs)]


Answerer = Callable[[Context, Question], list[Part]]
TOPICS: dict[str, Answerer] = {
    "staff": staff,
    "contractors-with-access": contractors,
    "supplier": contractors,
    "policy": policy,
    "policy-copy": copies,
    "pro-forma": copies,
    "scheme": scheme,
    "sponsor": sponsor,
    "annual-report": documents,
}
"""Which function answers which topic; any other is a fact, a document or a standing answer of that name."""


def answer(context: Context, question: Question) -> list[Part]:
    """Answer a question by its topic; what is not on record is left to a person."""
    if question.topic in TOPICS:
        return TOPICS[question.topic](context, question)
    return documents(context, question) if question.kind == "document" else any_fact(context, question)
