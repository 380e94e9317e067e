"""A report is taken up, categorised, assessed, decided, acted on, learnt from, closed and opened again."""

import re
from datetime import date, timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def ticks(visitor, label):
    visitor.page.get_by_label(label, exact=False).first.check()
    return visitor


def taken_up(page_at):
    """A handler's window, and the reference of an incident of its own: other journeys share the site."""
    handler = page_at(who="governance.officer").opens("/told-us/")
    handler.page.get_by_label("No", exact=True).first.check()
    handler.writes("What happened?", "A letter was posted to a former address.").presses("Record the report")
    reference = re.search(r"\d{4}-\d{4}", handler.sees("Report recorded").page.locator("main").inner_text())[0]
    handler.opens(f"/register/{reference}/risk/").sees("Risk and decisions").looks("risk-new")
    ticks(handler.opens(f"/register/{reference}/triage/"), "An incident: take it up").presses("Save").sees(reference)
    return handler, reference


def test_report_categorise_assess_decide_act_close_and_open_again(page_at):
    handler, reference = taken_up(page_at)
    own = f"/register/{reference}"
    handler.opens(f"{own}/close/").sees("Close the incident").looks("close-missing")

    handler.opens(f"{own}/categories/ico-type/").looks("category")
    handler.presses("Save").sees("There is a problem").looks("category-error")
    ticks(handler, "Data posted or faxed to incorrect recipient").presses("Save").sees("What it counts as")
    handler.looks("categories")
    handler.opens(f"{own}/categories/cabinet-office/").looks("category-suggested")
    handler.opens(f"{own}/tier/").sees("Decide the tier").looks("tier")

    handler.opens(f"{own}/risk/").looks("risk-nothing").follows("Assess by the ICO's self-assessment")
    handler.presses("Continue").sees("There is a problem").looks("self-assessment-error")
    ticks(handler, "Yes").presses("Continue").looks("self-assessment-likelihood")
    handler.page.get_by_label("Likely", exact=True).check()
    handler.presses("Continue").looks("self-assessment-high-risk")
    handler.page.get_by_label("No", exact=True).check()
    handler.presses("Continue").sees("What it comes to").looks("self-assessment-outcome")
    handler.presses("Keep this assessment").sees("Risk and decisions")
    handler.opens(f"{own}/risk/enisa-2013/").looks("enisa")

    dpo = page_at(who="dpo").opens(f"{own}/advice/ico/").looks("advice")
    ticks(dpo, "Tell them").writes("Advice, and what it rests on", "The letter names an illness.")
    dpo.presses("Give this advice").sees("Risk and decisions")
    siro = page_at(who="siro").opens(f"{own}/decision/ico/").looks("decision")
    ticks(siro, "Tell them").writes("Grounds", "The letter names an illness.").presses("Decide")
    siro.sees("Risk and decisions").looks("risk")
    handler.opens(f"{own}/").sees("Facts").looks("incident")
    handler.opens(f"{own}/told/ico/").writes("Told on", date.today().isoformat()).looks("told")  # noqa: DTZ011
    handler.presses("Record it").sees("Risk and decisions")

    handler.opens(f"{own}/actions/add/").looks("action-add")
    handler.writes("What has to be done?", "Move the printer out of the corridor")
    handler.page.get_by_label("Who does it?").select_option(index=1)
    due = date.today() + timedelta(days=5)  # noqa: DTZ011
    handler.writes("By when?", due.isoformat()).presses("Plan it").sees("Actions and lessons").looks("actions")
    handler.follows("End").sees("End an action").looks("action-end")
    ticks(handler, "It is done").presses("Save").sees("Actions and lessons")
    handler.opens(f"{own}/lessons/").looks("lessons")
    ticks(handler, "A process that is missing").writes("Why could it happen?", "Two letters lay on one desk.")
    handler.presses("Save").sees("Root cause and lesson").looks("actions-and-lessons")
    handler.opens("/actions/?of=everybody").sees("Open actions of everybody").looks("actions-due")

    handler.opens(f"{own}/close/").looks("close")
    handler.writes("What whoever reported it reads with their receipt code (no names)", "Thank you: we have it back.")
    handler.writes("What came of it", "The recipient returned the letter.").presses("Close it")
    handler.opens(f"{own}/categories/").follows("Open it again").sees("Open it again")
    handler.looks("reopen").writes("Why", "a second letter turned up").presses("Open it").sees(reference)


def test_an_administrator_looks_after_the_schemes(page_at):
    administrator = page_at(who="administrator").opens("/schemes/").looks("schemes")
    administrator.follows("Incident types of the Ministry of Samples").looks("scheme")
    administrator.follows("Add a category").looks("category-add")
    administrator.opens("/schemes/add/").presses("Save").sees("There is a problem").looks("scheme-add-error")
