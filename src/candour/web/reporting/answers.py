"""The questions of a report, one form each: what is asked, what is wrong with an answer, and what it says."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict

from candour.incidents import said as sayings
from candour.reading.days import Moment
from candour.rules import vocabularies, years
from candour.web.reporting import moments
from candour.web.reporting.phrases import Phrases

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SHORT = 200
_REACHES = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}|(?:\d[\s().-]*){4}")
"""What is in an email address or a telephone number: an at with a name on both sides, or four digits in a row."""


@dataclass(frozen=True)
class Asking:
    """For whom a question is asked: the language, the London day of the answer, the moment it is looked at.

    `anonymous`: a name need not be given. `happened`: when it happened, once that was answered.
    """

    say: Phrases
    today: date
    now: datetime
    anonymous: bool = True
    happened: Moment | None = None


class Story(forms.CharField):
    """A long text, kept as it was written but for characters that nobody can see or type."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(required=required, max_length=sayings.LONGEST)

    def to_python(self, value: Any) -> str:
        return _CONTROLS.sub("", str(super().to_python(value) or "").replace("\r\n", "\n"))


class Line(forms.CharField):
    """A short text of one line."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, max_length=SHORT)

    def to_python(self, value: Any) -> str:
        return " ".join(_CONTROLS.sub(" ", str(super().to_python(value) or "")).split())


class Answer(forms.Form):
    """The answer to one question; its phrases begin with its name. `part` is what it adds to what was said."""

    name: ClassVar[str]
    given: Any

    def __init__(self, given: Any, asking: Asking, *, prefix: str | None = None, initial: Any = None) -> None:
        super().__init__(given, prefix=prefix, initial=initial)
        self.asking, self.say = asking, asking.say
        self.first = next(iter(self.fields))
        for name, one in self.fields.items():
            key = self.name if name == self.first else f"{self.name}.{name}"
            one.label = self.say.known(key) or self.say.known(f"{self.name}.question")
            one.error_messages |= {
                "required": self.say.known(f"{key}.missing"),
                "invalid_choice": self.say.known(f"{self.name}.missing"),
                "max_length": self.say("error.long" if isinstance(one, Story) else "error.line"),
            }

    @property
    def question(self) -> str:
        return self.say(f"{self.name}.question")

    @property
    def hint(self) -> str:
        return self.say.known(f"{self.name}.hint")

    def refuse(self, name: str, phrase: str, **values: object) -> None:
        self.add_error(name, self.say(phrase, **values))

    def part(self) -> dict[str, Any]:
        """What a valid answer says, by the fields of Said."""
        return {name: value for name, value in self.cleaned_data.items() if name in sayings.Said.__dataclass_fields__}

    def lines(self) -> list[str]:
        """What a valid answer says, for the page that shows it again."""
        return [str(value) for value in self.cleaned_data.values() if value not in {None, ""}]


def _choices(say: Phrases, page: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, say(f"{page}.{value}")) for value in values]


class One(forms.ChoiceField):
    """One of a few."""

    def __init__(self, *values: str) -> None:
        super().__init__(choices=[(value, value) for value in values])
        self.values = values


class Chosen(Answer):
    """An answer whose first field is a choice of a few, each with its phrase."""

    phrases: ClassVar[str] = ""

    def __init__(self, given: Any, asking: Asking, **more: Any) -> None:
        super().__init__(given, asking, **more)
        one = self.fields[self.first]
        if isinstance(one, One):
            one.choices = _choices(self.say, self.phrases or self.name, one.values)

    def chosen(self) -> str:
        return str(dict(self.fields[self.first].choices)[self.cleaned_data[self.first]])  # type: ignore[attr-defined]

    def lines(self) -> list[str]:
        rest = [str(value) for name, value in self.cleaned_data.items() if name != self.first and value]
        return [self.chosen(), *rest]


class Harm(Chosen):
    name = "harm"
    harm = One("yes", "no", "near")

    def part(self) -> dict[str, Any]:
        harm = self.cleaned_data["harm"]
        return {"immediate_risk": "yes" if harm == "yes" else "no", "near_miss": harm == "near"}


class What(Answer):
    name = "what"
    description = Story()


class When(Chosen):
    """When it happened: the day, exact or rough, and the time of day if it is known."""

    name = "when"
    phrases = "moment"
    when = One(*moments.CHOICES)
    day = Line()
    month = Line()
    year = Line()
    time = Line()
    moment: Moment | None = None

    def clean(self) -> dict[str, Any]:
        if "when" in self.cleaned_data and not self.errors:
            try:
                self.moment = moments.read(self.cleaned_data, self.asking.today)
                self._check()
            except moments.Unclear as fault:
                self.refuse(fault.field, fault.phrase)
        return self.cleaned_data

    def _check(self) -> None:
        if self.moment and self.moment.at and self.moment.at > self.asking.now:
            raise moments.Unclear("time", "moment.future")

    def part(self) -> dict[str, Any]:
        return {"occurred": self.moment}

    def lines(self) -> list[str]:
        return [self.say.moment(self.moment)]


class Noticed(When):
    """When it was noticed: no earlier than it happened."""

    name = "noticed"

    def _check(self) -> None:
        super()._check()
        happened = self.asking.happened
        if happened and self.moment and self.moment.day < happened.day and "approximate" not in {
            happened.precision, self.moment.precision,
        }:  # fmt: skip
            self.refuse("when", "noticed.before", day=self.say.day(happened.day))

    def part(self) -> dict[str, Any]:
        return {"discovered": self.moment}


class Many(forms.MultipleChoiceField):
    """Some of a vocabulary."""

    def __init__(self, vocabulary: str) -> None:
        self.terms = vocabularies.terms(vocabulary)
        super().__init__(choices=[(term.slug, term.label) for term in self.terms])


class Several(Answer):
    """An answer whose first field is a choice of several of a vocabulary."""

    def __init__(self, given: Any, asking: Asking, **more: Any) -> None:
        super().__init__(given, asking, **more)
        one = self.fields[self.first]
        if isinstance(one, Many):
            one.choices = [(term.slug, term.words(self.say.language)) for term in one.terms]

    def part(self) -> dict[str, Any]:
        return {**super().part(), self.first: tuple(self.cleaned_data[self.first])}

    def lines(self) -> list[str]:
        words = dict(self.fields[self.first].choices)  # type: ignore[attr-defined]
        rest = [str(value) for name, value in self.cleaned_data.items() if name != self.first and value]
        return [*(words[slug] for slug in self.cleaned_data[self.first]), *rest]


class Information(Several):
    name = "information"
    data_types = Many("data-types")
    information = Story(required=False)

    def clean_data_types(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["data_types"]
        if "none" in chosen and len(chosen) > 1:
            raise forms.ValidationError(self.say("information.both"))
        return chosen

    @property
    def about_people(self) -> bool:
        return self.cleaned_data.get("data_types") != ["none"]


class People(Several):
    name = "people"
    data_subjects = Many("data-subjects")
    people_affected = Line()

    def clean_people_affected(self) -> int | None:
        text = re.sub(r"[,\s]", "", self.cleaned_data["people_affected"])
        if text and not re.fullmatch(r"[0-9]{1,9}", text):
            raise forms.ValidationError(self.say("people.people_affected.wrong"))
        return int(text) if text else None

    def lines(self) -> list[str]:
        number = self.cleaned_data["people_affected"]
        words = dict(self.fields["data_subjects"].choices)  # type: ignore[attr-defined]
        told = [words[slug] for slug in self.cleaned_data["data_subjects"]]
        return told + ([self.say("people.people", number=f"{number:,}")] if number is not None else [])


class Got(Chosen):
    name = "got"
    got_back = One(*sayings.GOT_BACK)
    done = Story(required=False)


class Contact(Chosen):
    """How to reach the reporter; where a body takes no anonymous reports, whether is not asked."""

    name = "contact"
    contact = One("yes", "no")
    reporter = Line()
    reach = Line()

    def __init__(self, given: Any, asking: Asking, **more: Any) -> None:
        super().__init__(given, asking, **more)
        if not asking.anonymous:
            del self.fields["contact"]
            self.first = "reporter"
            for name, one in self.fields.items():
                one.label = self.say(f"contact.{name}.named")

    @property
    def question(self) -> str:
        return self.say("contact.question" if self.asking.anonymous else "contact.question.named")

    @property
    def named(self) -> bool:
        return bool(self.cleaned_data.get("contact", "yes") == "yes")

    def clean(self) -> dict[str, Any]:
        for name in ("reporter", "reach") if "contact" not in self.errors else ():
            if self.named and not self.cleaned_data.get(name) and name not in self.errors:
                self.refuse(name, f"contact.{name}.missing")
        if self.named and self.cleaned_data.get("reach") and not _REACHES.search(self.cleaned_data["reach"]):
            self.refuse("reach", "contact.reach.wrong")
        return self.cleaned_data

    def part(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"reporter": said["reporter"], "contact": said["reach"]} if self.named else {}

    def lines(self) -> list[str]:
        return [*self.part().values()] if self.named else [self.chosen()]


class Near(Answer):
    name = "near"
    description = Story()


class Where(Answer):
    name = "where"
    place = Line(required=True)


class Wish(Answer):
    name = "wish"
    wish = Story(required=False)


QUESTIONS: dict[str, type[Answer]] = {
    form.name: form
    for form in (Harm, What, When, Noticed, Information, People, Got, Contact, Near, Where, Wish)
}  # fmt: skip
"""Every question by its name, which is also its address."""


def route(harm: str | None, *, about_people: bool = True, named: bool = False) -> tuple[str, ...]:
    """Return the questions of a report in order; a near miss takes three, and is asked who tells it only if it must."""
    if harm == "near":
        return ("harm", "near", "where", "wish", *(("contact",) if named else ()))
    people = ("people",) if about_people else ()
    return ("harm", "what", "when", "noticed", "information", *people, "got", "contact")


@dataclass
class Filled:
    """The pages of an unfinished report as forms; each was answered on a London day of its own."""

    pages: Any
    asking: Asking
    _forms: dict[str, Answer] = field(default_factory=dict)

    def form(self, page: str) -> Answer | None:
        """Return an answered page, None where it was not answered."""
        if page not in self._forms and page in self.pages:
            self._forms[page] = self._made(page)
        return self._forms.get(page)

    def _made(self, page: str) -> Answer:
        kept = self.pages[page]
        return QUESTIONS[page](MultiValueDict(kept["answers"]), self.asked(page, date.fromisoformat(kept["on"])))

    def asked(self, page: str, today: date) -> Asking:
        """Return for whom a page is asked."""
        when = self.form("when") if page == "noticed" else None
        happened = when.moment if isinstance(when, When) and when.is_valid() else None
        return Asking(self.asking.say, today, self.asking.now, self.asking.anonymous, happened)

    @property
    def harm(self) -> str | None:
        form = self.form("harm")
        return form.cleaned_data["harm"] if form and form.is_valid() else None

    @property
    def route(self) -> tuple[str, ...]:
        form = self.form("information")
        about = not isinstance(form, Information) or not form.is_valid() or form.about_people
        return route(self.harm, about_people=about, named=not self.asking.anonymous)

    def after(self, page: str) -> str | None:
        """Return the question after a page; None where the answers are to be checked."""
        pages = self.route
        place = pages.index(page) + 1 if page in pages else len(pages)
        return pages[place] if place < len(pages) else None

    def before(self, page: str) -> str | None:
        pages = self.route
        return pages[pages.index(page) - 1] if page in pages[1:] else None

    @property
    def open(self) -> list[str]:
        """The questions that have no answer yet, or none that can be used."""
        return [page for page in self.route if not self._is_good(page)]

    def _is_good(self, page: str) -> bool:
        form = self.form(page)
        return form is not None and form.is_valid()

    @property
    def named(self) -> bool:
        """Whether the reporter says who they are."""
        form = self.form("contact")
        return isinstance(form, Contact) and form.is_valid() and form.named

    def said(self) -> sayings.Said:
        """Return everything that was said on the way; every page has to be answered."""
        pages = [*self.route, *(["contact"] if "contact" in self.pages else [])]
        parts: dict[str, Any] = {}
        for page in dict.fromkeys(pages):
            form = self.form(page)
            if form and form.is_valid():
                parts |= form.part()
        return sayings.Said(**parts)


def today(at: datetime) -> date:
    """Return the London day of a moment."""
    return years.london_day(at)
