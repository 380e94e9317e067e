"""Questions about documents: what governs reporting, copies of it, the categories in use, what is published."""

import re
from collections.abc import Collection, Iterable

from candour.foi import facts, phrases
from candour.foi.context import Context
from candour.foi.parts import Part
from candour.organisation import furniture, kinds
from candour.organisation import queries as organisation
from candour.reading.requests import Question
from candour.rules import schemes

SCHEME = "cabinet-office"
ACCESSIBLE = {"foia": "21", "foisa": "25"}
"""The section under which what anybody can have already need not be sent again: FOIA s.21, FOISA s.25."""

_CLASSIFIES = re.compile(r"categor|classif", re.IGNORECASE)


def policy(context: Context, question: Question) -> list[Part]:
    """What governs reporting: the policy with its paragraphs, the categories, and the sponsor's own."""
    found = organisation.policies(context.body, context.as_at, "policy")
    parts = [_policy(context, question, one, first=one is found[0]) for one in found]
    if _is_about_categories(context, question):
        parts += [*scheme(context, question), *facts.sponsors_scheme(context)]
    return parts if found else [*facts.nothing(context, question), *parts]


def copies(context: Context, question: Question) -> list[Part]:
    """Copies asked for: the sponsor's form, our policies, and about categories our own document or what is published.

    That we hold no document of our own is said only where policies are on record and none is about categories.
    """
    policies = organisation.policies(context.body, context.as_at)
    parts = [*_policy_copies(context, question, policies)]
    topics = {"policy-copy"}
    if _is_about_categories(context, question):
        parts = [*_pro_forma(context), *parts]
        if policies and not any("scheme" in one.topics for one in policies):
            parts.append(_none_of_our_own(context, policies))
        topics |= {"scheme", "annual-report"}
    return [*parts, *_published(context, question, topics)] or facts.nothing(context, question)


def pro_forma(context: Context, question: Question) -> list[Part]:
    """The form on which incidents are reported to the sponsor."""
    return list(_pro_forma(context)) or documents(context, question)


def scheme(context: Context, _question: Question) -> list[Part]:
    """The categories as a table, in force that day, with the body's own labels."""
    found = schemes.scheme(SCHEME)
    worded = organisation.wordings(context.body, SCHEME, context.as_at)
    categories = [
        {"code": one.code, "label": one.label, "own": one.code in worded} for one in found.on(context.day, worded)
    ]
    said = {"scheme": SCHEME, "title": found.title, "on": context.day.isoformat(), "categories": categories}
    words = "Each incident that is reported is put in one of these categories:"
    return [Part("held", words, "the question asks for categories or classification", scheme=said)]


def documents(context: Context, question: Question) -> list[Part]:
    """Documents under the topic asked about, else the standing answer."""
    return _published(context, question, {question.topic or ""}) or facts.standing(context, question)


def _is_about_categories(context: Context, question: Question) -> bool:
    """Whether a question, or the one that it refers to, speaks of categories."""
    said = [question.heading, question.text]
    if question.refers_to in context.earlier:
        said.append(context.earlier[question.refers_to].text)
    return any(_CLASSIFIES.search(text) for text in said)


def _policy(context: Context, question: Question, found: kinds.Policy, *, first: bool) -> Part:
    where = f", paragraphs {found.paragraphs}" if found.paragraphs else ""
    named = f"our {found.title}, version {found.version}{where}"
    yes = f"{phrases.offered(question, 'Yes')}. The requirement to report is set out in {named}"
    words = yes if first else f"It is also set out in {named}"
    said = {**_about(found), "version": found.version, "paragraphs": found.paragraphs}
    context.linked[found.slug] = question.number
    if found.link:
        return Part("held", f"{words}: {found.link}", question.why, document=said)
    if found.file:
        enclosed = context.enclosed(found.file)
        return Part("held", f"{words}. A copy is enclosed.", question.why, document=said, enclosed=enclosed)
    return Part("held", f"{words}.", question.why, document=said)


def _about(found: kinds.Policy | kinds.Document) -> dict[str, str | None]:
    return {"slug": found.slug, "title": found.title, "link": found.link or None}


def _pro_forma(context: Context) -> Iterable[Part]:
    """The sponsor's form, enclosed; where only its title is on record, a person has to add the file."""
    sponsor = organisation.sponsor(context.body, context.as_at)
    if sponsor is None or not sponsor.pro_forma:
        return
    said = {"slug": "pro-forma", "title": sponsor.pro_forma, "link": None}
    why = "the sponsor's form is on record"
    to = phrases.the(sponsor.name)
    if sponsor.file:
        words = f"We enclose the form on which we report incidents to {to}: {sponsor.pro_forma}."
        yield Part("held", words, why, document=said, enclosed=context.enclosed(sponsor.file))
    else:
        words = f"We report incidents to {to} on its own form, {sponsor.pro_forma}."
        yield Part("held", words, why, document=said, needs=f"add the file of {sponsor.pro_forma}, to be enclosed")


def _policy_copies(context: Context, question: Question, policies: Collection[kinds.Policy]) -> Iterable[Part]:
    """The policies asked about, unless the letter gave them a question before."""
    for found in policies:
        if "policy" in found.topics and found.slug not in context.linked:
            words = f"Our {found.title} (version {found.version})"
            yield _given(context, question, found, words) or Part(
                "held", f"{words}.", question.why, document=_about(found), needs=f"add the file of our {found.title}"
            )


def _none_of_our_own(context: Context, policies: Collection[kinds.Policy]) -> Part:
    """That no document of our own sets out the categories, apart from the policy that was named further up."""
    given = [one for one in policies if one.slug in context.linked]
    besides = f"Apart from the {given[0].title} named under {context.linked[given[0].slug]}, we" if given else "We"
    words = f"{besides} hold no document of our own that sets out the categories."
    return Part("not_held", words, "none of the policies on record is about the categories")


def _published(context: Context, question: Question, topics: Collection[str]) -> list[Part]:
    found = organisation.documents(context.body, context.as_at)
    wanted = [one for one in found if set(topics) & set(one.topics)]
    return [part for one in wanted if (part := _given(context, question, one, _introduced(one)))]


def _introduced(found: kinds.Document) -> str:
    """What a document is for, then its title."""
    return f"{phrases.sentence(found.note)} {found.title}".strip()


def _given(context: Context, question: Question, found: kinds.Policy | kinds.Document, words: str) -> Part | None:
    """A document given away: enclosed where we have the file, else by its link; None where we have neither."""
    said = _about(found)
    if found.file:
        enclosed = context.enclosed(found.file)
        return Part("held", f"{words}: a copy is enclosed.", question.why, document=said, enclosed=enclosed)
    if not found.link:
        return None
    section = ACCESSIBLE[context.body.regime]
    act = furniture.ACTS[context.body.regime]
    note = f"It is already available to you at that address (section {section} of the {act})."
    words = f"{words} is published at {found.link}"
    return Part("elsewhere", words, question.why, document=said, section=section, notes=(note,))
