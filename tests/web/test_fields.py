"""Our fields are written out, and are what GOV.UK Frontend's own macros would make of them."""

import re

import pytest
from django.template import engines

from candour.web import forms

GIVEN = {"words": 'a "letter" & more', "tier": "event"}
TIERS = [("", "any"), ("event", "Event"), ("near-miss", "Near miss <not>")]


class Form(forms.Asked):
    words = forms.Text("Words")
    tier = forms.Choice("Tier", TIERS, required=False)


def rendered(source, form):
    found = engines["jinja2"].env.from_string(source).render(form=form)
    tight = re.sub(r"\s+", " ", found)
    return re.sub(r" ?(<|>) ?", r"\1", tight).strip()


OURS = '{% import "fields.html" as fields %}'
TEXT = OURS + (
    '{{ fields.text(form["words"], "Words or reference", hint=hint, classes="govuk-input--width-20", type="search",'
    ' inputmode="text", autocomplete="off", spellcheck=false, labelClasses="govuk-label--m") }}'
)
CHOICE = OURS + '{{ fields.choice(form["tier"], hint=hint, classes="candour-tier") }}'
THEIR_TEXT = """{% from "govuk_frontend_jinja/components/input/macro.html" import govukInput %}{{ govukInput({
  "id": "id_words", "name": "words", "type": "search",
  "classes": "govuk-input--width-20", "value": form["words"].value(),
  "label": {"text": "Words or reference", "classes": "govuk-label--m"}, "hint": {"text": hint} if hint else none,
  "errorMessage": {"text": form["words"].errors[0]} if form["words"].errors else none,
  "inputmode": "text", "autocomplete": "off", "spellcheck": false}) }}"""
THEIR_CHOICE = """{% from "govuk_frontend_jinja/components/select/macro.html" import govukSelect %}{% set items = [] %}
{% for value, words in form["tier"].field.choices %}
{% set _ = items.append({"value": value, "text": words, "selected": value == form["tier"].value()}) %}{% endfor %}
{{ govukSelect({"id": "id_tier", "name": "tier", "items": items, "classes": "candour-tier", "label": {"text": "Tier"},
  "hint": {"text": hint} if hint else none,
  "errorMessage": {"text": form["tier"].errors[0]} if form["tier"].errors else none}) }}"""


@pytest.mark.parametrize("hint", ["", "For example & so on"])
@pytest.mark.parametrize("given", [GIVEN, {"words": "x" * 300, "tier": "nowhere"}])
@pytest.mark.parametrize(("ours", "theirs"), [(TEXT, THEIR_TEXT), (CHOICE, THEIR_CHOICE)])
def test_a_field_is_what_the_design_system_makes_of_it(hint, given, ours, theirs):
    form = Form(given, {})
    said = "{% set hint = '" + hint + "' %}"
    assert attributes(rendered(said + ours, form)) == attributes(rendered(said + theirs, form))


def attributes(markup):
    """Markup with the attributes of each element in one order."""
    return re.sub(r'<(\w+)((?: [\w-]+(?:="[^"]*")?)+)>', lambda tag: f"<{tag[1]} {in_order(tag[2])}>", markup)


def in_order(text):
    return " ".join(sorted(re.findall(r'[\w-]+(?:="[^"]*")?', text)))
