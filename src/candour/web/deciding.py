"""A form by which somebody decides: held against what they saw, taken once, and nothing that was typed is lost."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from candour.incidents import moved
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.web import forms, visits

LONGEST = 20_000


class Words(forms.Text):
    """A text of several lines."""

    widget = django_forms.Textarea

    def __init__(self, label: str, *, required: bool = False) -> None:
        super().__init__(label, required=required, longest=LONGEST)


class OneOf(forms.Choice):
    """One of a few, all in sight."""

    widget = django_forms.RadioSelect


class SomeOf(django_forms.MultipleChoiceField):
    """Some of a list, all in sight."""

    widget = django_forms.CheckboxSelectMultiple

    def __init__(self, label: str, choices: forms.Choices = (), *, required: bool = False) -> None:
        super().__init__(label=label, choices=choices, required=required)
        self.error_messages["required"] = f"Choose {label[:1].lower()}{label[1:]}"


class Decision(django_forms.Form):
    """A form that changes something.

    `seen` is the number at which the record stood when the page was drawn, `once` a token of this one copy of the form.
    """

    seen = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    once = django_forms.CharField(required=False, max_length=40, widget=django_forms.HiddenInput)

    def __init__(self, visit: visits.Visit, data: Mapping[str, Any] | None, **initial: Any) -> None:
        drawn = {"seen": visit.now.number, "once": secrets.token_urlsafe(12)}
        super().__init__(data, initial={**drawn, **initial})

    @property
    def asked(self) -> list[django_forms.BoundField]:
        """The fields that a person fills in."""
        return self.visible_fields()

    def refuse(self, refusal: Exception) -> None:
        """Say a refusal over the form."""
        text = str(refusal)
        self.add_error(None, text[:1].upper() + text[1:])


def decide(
    request: HttpRequest, form: Decision, reference: str | None, deed: Callable[[], object], then: str
) -> HttpResponse | None:
    """Do what a valid form decided, and answer with the page `then`; None where it was refused, and the form says why.

    Where the incident moved since the page was drawn nothing is done: the answer shows what changed, and what was
    typed, and lets the person decide. The same copy of a form sent twice is one deed.
    """
    visit = visits.of(request)
    seen, once = form.cleaned_data["seen"], form.cleaned_data["once"]
    try:
        with moved.still(visit.body, reference, seen, by=visit.person, once=once):
            deed()
    except moved.SentBefore:
        return HttpResponseRedirect(then)
    except moved.Moved as fault:
        return _moved(request, form, fault)
    except (WrongInput, Conflict, NotThere) as refusal:
        form.refuse(refusal)
        return None
    return HttpResponseRedirect(then)


def _moved(request: HttpRequest, form: Decision, fault: moved.Moved) -> HttpResponse:
    visit = visits.of(request)
    account = moved.account(visit.body, fault.reference, fault.seen, by=visit.person, today=visit.today)
    shown = {
        "reference": fault.reference,
        "account": account,
        "typed": list(_typed(form)),
        "again": [("seen", str(account.head)), *_again(request)],
        "address": request.get_full_path(),
    }
    return render(request, "handling/moved.html", shown, status=Conflict.http)


def _again(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Everything that was sent, to be sent again."""
    for name, values in request.POST.lists():
        if name not in {"csrfmiddlewaretoken", "seen"}:
            yield from ((name, str(value)) for value in values)


def _typed(form: Decision) -> Iterator[tuple[str, str]]:
    """What was filled in, field by field, in words."""
    for bound in form.asked:
        value = bound.value()
        if value:
            yield str(bound.label), _said(bound.field, value)


def _said(field: django_forms.Field, value: Any) -> str:
    if isinstance(field, django_forms.ChoiceField):
        choices: Any = field.choices
        words = {str(key): str(said) for key, said in choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(words.get(str(one), str(one)) for one in chosen)
    return str(value)
