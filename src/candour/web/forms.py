"""What people fill in: each field says in one sentence what is wrong and how to put it right."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from candour.reading import days
from candour.rules.refusals import Refusal

Choices = Sequence[tuple[str, str]]


class Day(forms.CharField):
    """A day as people write it: 31 March 2016, 31/03/2016 or 2016-03-31."""

    def __init__(self, label: str, *, required: bool = False) -> None:
        super().__init__(label=label, required=required, max_length=40)
        self.error_messages["required"] = f"Enter {_inside(label)}, for example 31 March 2016"

    def clean(self, value: str | None) -> date | None:
        text = super().clean(value)
        try:
            return days.read(text).day if text else None
        except days.NotUnderstood as fault:
            raise ValidationError(str(fault)) from fault


class Text(forms.CharField):
    """A short text."""

    def __init__(self, label: str, *, required: bool = False, longest: int = 200) -> None:
        super().__init__(label=label, required=required, max_length=longest)
        self.error_messages["required"] = f"Enter {_inside(label)}"


class Whole(forms.IntegerField):
    """A whole number from 0."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, min_value=0)
        for key in ("invalid", "min_value"):
            self.error_messages[key] = f"{label} must be a whole number, for example 418"


class Choice(forms.ChoiceField):
    """One of a list."""

    def __init__(self, label: str, choices: Choices, *, required: bool = True) -> None:
        super().__init__(label=label, choices=choices, required=required)
        asked = f"an answer to “{label}”" if label.endswith("?") else f"{_inside(label)} from the list"
        for key in ("required", "invalid_choice"):
            self.error_messages[key] = f"Choose {asked}"


def sentence(fault: Exception) -> str:
    """Return what is wrong as a sentence that stands alone."""
    text = str(fault)
    return text[:1].upper() + text[1:]


def _inside(label: str) -> str:
    return label[:1].lower() + label[1:].rstrip("?")


class Asked(forms.Form):
    """A form that asks and changes nothing: it comes in the address, and what is left out has a default."""

    def __init__(self, given: Mapping[str, Any], defaults: Mapping[str, str]) -> None:
        super().__init__({**defaults, **{name: given[name] for name in given}})

    def refuse(self, refusal: Refusal, field: str | None = None) -> None:
        """Say a refusal at a field, or over the form."""
        text = str(refusal)
        self.add_error(field, text[:1].upper() + text[1:])

    @property
    def problems(self) -> str:
        """Everything that is wrong, in one line, for whoever does not see the form."""
        return "; ".join(str(sentence) for sentences in self.errors.values() for sentence in sentences)
