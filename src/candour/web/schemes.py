"""Classification schemes: those that come with Candour in the body's own words, and those the body makes itself."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from candour.organisation import actions, cells, classification
from candour.organisation.classification import Classification
from candour.organisation.kinds import Wording
from candour.organisation.kinds_of_classifying import OwnCategory, OwnScheme, RetiredScheme
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed
from candour.rules.schemes import Category, Scheme
from candour.web import deciding, forms, visits
from candour.web.deciding import Decision, OneOf, Words

UNPROCESSABLE = 422


class Stating(Decision):
    """Something that an administrator states of the body's schemes, from a day on."""

    def __init__(self, visit: visits.Visit, data: Any, **initial: Any) -> None:
        self.visit = visit
        super().__init__(visit, data, **initial)

    @property
    def day(self) -> date:
        """From which day it holds; today where none was given."""
        return self.cleaned_data.get("since") or self.visit.today

    def say(self, kind: type[Any], row: dict[str, Any]) -> object:
        """State a particular of a kind."""
        stated = cells.read(kind, row)
        return actions.say(self.visit.body, stated, from_=self.day, by=self.visit.person, at=self.visit.at)

    def carry_out(self) -> object:
        """Do what was decided; each form says what that is."""


class NewScheme(Stating):
    """A scheme of the body's own."""

    title = forms.Text("Title", required=True)
    slug = forms.Text("Short name, with a hyphen, such as ministry-types", required=True)
    made_by = OneOf("Who made it?", [("body", "We did"), ("sponsor", "Our sponsor did")])

    def carry_out(self) -> object:
        said = self.cleaned_data
        return self.say(OwnScheme, {name: said[name] for name in ("slug", "title", "made_by")})


class NewCategory(Stating):
    """A category of a scheme of the body's own."""

    code = forms.Text("Code", required=True, longest=40)
    label = Words("Label", required=True)
    definition = Words("Definition")
    since = forms.Day("In force from, if not today")

    def __init__(self, visit: visits.Visit, data: Any, scheme: Scheme) -> None:
        self.scheme = scheme
        super().__init__(visit, data)

    def carry_out(self) -> object:
        said = {name: self.cleaned_data[name] for name in ("code", "label", "definition")}
        return self.say(OwnCategory, {"scheme": self.scheme.slug, **said})


class Anew(Stating):
    """Other words for a category, from a day on."""

    label = Words("Label", required=True)
    since = forms.Day("From, if not today")

    def __init__(self, visit: visits.Visit, data: Any, scheme: Scheme, category: Category, *, own: bool) -> None:
        self.scheme, self.category, self.own = scheme, category, own
        super().__init__(visit, data, label=category.label)

    def carry_out(self) -> object:
        row = {"scheme": self.scheme.slug, "code": self.category.code, "label": self.cleaned_data["label"]}
        if not self.own:
            return self.say(Wording, row)
        return self.say(OwnCategory, {**row, "definition": self.category.definition})


class Retire(Stating):
    """The end of a category of the body's own."""

    since = forms.Day("No longer in force from, if not today")

    def __init__(self, visit: visits.Visit, data: Any, scheme: Scheme, category: Category) -> None:
        self.scheme, self.category = scheme, category
        super().__init__(visit, data)

    def carry_out(self) -> object:
        key = f"{self.scheme.slug} {self.category.code}"
        body, who = self.visit.body, self.visit.person
        return actions.end(body, OwnCategory.kind, key, from_=self.day, by=who, at=self.visit.at)


class RetireScheme(Stating):
    """The end of a whole scheme, with why."""

    since = forms.Day("No longer used from, if not today")
    reason = Words("Why", required=True)

    def __init__(self, visit: visits.Visit, data: Any, scheme: Scheme) -> None:
        self.scheme = scheme
        super().__init__(visit, data)

    def carry_out(self) -> object:
        return self.say(RetiredScheme, {"scheme": self.scheme.slug, "reason": self.cleaned_data["reason"]})


class BringBack(Stating):
    """That a retired scheme is used again."""

    since = forms.Day("Used again from, if not today")

    def __init__(self, visit: visits.Visit, data: Any, scheme: Scheme) -> None:
        self.scheme = scheme
        super().__init__(visit, data)

    def carry_out(self) -> object:
        body, who = self.visit.body, self.visit.person
        return actions.end(body, RetiredScheme.kind, self.scheme.slug, from_=self.day, by=who, at=self.visit.at)


@visits.may(Deed.SEE_ORGANISATION)
def schemes(request: HttpRequest) -> HttpResponse:
    """Show every scheme in which incidents are coded."""
    found = _known(visits.of(request))
    shown = {"schemes": found.for_categorising(), "own": found.own, "retired": found.retired}
    return render(request, "schemes/schemes.html", {**shown, "today": visits.of(request).today})


@visits.may(Deed.SEE_ORGANISATION)
def scheme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one scheme: every category with the days it is in force."""
    found, today = _known(visits.of(request)), visits.of(request).today
    gone = found.retired.get(slug, ())
    ends = next((one for one in gone if one.until is None or one.until >= today), None)
    shown = {"scheme": found.scheme(slug), "own": slug in found.own, "today": today, "gone": gone, "ends": ends}
    return render(request, "schemes/scheme.html", shown)


@visits.may(Deed.STATE)
def add_scheme(request: HttpRequest) -> HttpResponse:
    """Make a scheme."""
    form = NewScheme(visits.of(request), _data(request))
    return _answer(request, form, "Make a scheme", reverse("schemes"))


@visits.may(Deed.STATE)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a category to a scheme of the body's own."""
    visit = visits.of(request)
    form = NewCategory(visit, _data(request), _own(visit, slug))
    return _answer(request, form, "Add a category", _address(slug))


@visits.may(Deed.STATE)
def word(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Give a category other words, from a day on; incidents coded before keep the words of their day."""
    visit = visits.of(request)
    found = _known(visit)
    category = _category(found.scheme(slug), code, visit.today)
    form = Anew(visit, _data(request), found.scheme(slug), category, own=slug in found.own)
    return _answer(request, form, f"Word {code} anew", _address(slug))


@visits.may(Deed.STATE)
def retire(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """End a category of the body's own; incidents that carry it keep it."""
    visit = visits.of(request)
    chosen = _own(visit, slug)
    form = Retire(visit, _data(request), chosen, _category(chosen, code, visit.today))
    return _answer(request, form, f"Retire {code}", _address(slug))


@visits.may(Deed.STATE)
def retire_scheme(request: HttpRequest, slug: str) -> HttpResponse:
    """End a whole scheme, whoever made it; incidents that carry its codes keep them."""
    visit = visits.of(request)
    chosen = _categorising(visit, slug)
    return _answer(request, RetireScheme(visit, _data(request), chosen), f"Retire {chosen.title}", _address(slug))


@visits.may(Deed.STATE)
def bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Use a retired scheme again, from a day on."""
    visit = visits.of(request)
    chosen = _categorising(visit, slug)
    return _answer(request, BringBack(visit, _data(request), chosen), f"Use {chosen.title} again", _address(slug))


def _address(slug: str) -> str:
    return reverse("scheme", kwargs={"slug": slug})


def _categorising(visit: visits.Visit, slug: str) -> Scheme:
    """A scheme in which people give codes; tiers and root causes are not theirs to retire."""
    found = next((one for one in _known(visit).for_categorising() if one.slug == slug), None)
    if found is None:
        raise NotThere("there is no scheme of that name that can be retired")
    return found


def _known(visit: visits.Visit) -> Classification:
    return classification.classification(visit.body, visit.now.number)


def _own(visit: visits.Visit, slug: str) -> Scheme:
    found = _known(visit)
    if slug not in found.own:
        raise NotThere("there is no scheme of your own by that name")
    return found.scheme(slug)


def _category(chosen: Scheme, code: str, day: date) -> Category:
    found = next((row for row in chosen.on(day) if row.code == code), None)
    if found is None:
        raise NotThere(f"{chosen.title} has no category {code} in force")
    return found


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(request: HttpRequest, form: Stating, title: str, then: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        done = deciding.decide(request, form, None, form.carry_out, then)
        if done is not None:
            return done
    shown = {"form": form, "title": title, "back": then}
    return render(request, "schemes/form.html", shown, status=UNPROCESSABLE if form.errors else 200)


def paths() -> list[URLPattern]:
    """The addresses of these pages."""
    return [
        path("schemes/", schemes, name="schemes"),
        path("schemes/add/", add_scheme, name="scheme-add"),
        path("schemes/<slug:slug>/", scheme, name="scheme"),
        path("schemes/<slug:slug>/retire/", retire_scheme, name="scheme-retire"),
        path("schemes/<slug:slug>/bring-back/", bring_back, name="scheme-back"),
        path("schemes/<slug:slug>/add/", add, name="category-add"),
        path("schemes/<slug:slug>/<str:code>/word/", word, name="category-word"),
        path("schemes/<slug:slug>/<str:code>/retire/", retire, name="category-retire"),
    ]
