"""Files go with their incident, unless something else keeps them."""

import extracts
from candour.incidents import models, replay
from candour.incidents.actions import attaching, holding
from candour.incidents.actions.holding import Scope
from candour.ledger import queries as ledger
from candour.organisation import actions as organisation
from candour.organisation import files, kinds
from retained import ALWAYS, NAME, TODAY, dispose, held, on_the_list, texts


def test_every_table_that_names_a_file_of_an_incident_is_erased_from():
    tables = models.Incident._meta.app_config.get_models()
    named = [model for model in tables if "sha256" in {field.name for field in model._meta.concrete_fields}]
    assert set(named) == {models.Load, models.Attachment}


LETTER = b"Dear Zebedee Quill, this was meant for somebody else.\n" * 40


def attach(body, reference, *, by, **sealed):
    offered = attaching.Offered(LETTER, "Letter to Zebedee Quill.txt", **sealed)
    return attaching.attach(body, reference, offered, by=by, at=extracts.NOW)


def on_disk(settings):
    return [path.read_bytes() for path in settings.FILES_DIR.rglob("*") if path.is_file()]


def test_files_go_with_their_incident(register, operator, manager, second, settings):
    attach(register, "2012-1", by=operator)
    dispose(register, manager, second)
    assert on_disk(settings) == []
    assert not any("Letter" in text for text in texts(register))
    assert ledger.event(register.pk, ledger.head(register.pk).number).facts["files"] == 1


def test_a_file_that_another_incident_has_stays_until_that_goes_too(register, operator, manager, second, settings):
    attach(register, "2012-1", by=operator)
    attach(register, "2019-1", by=operator)
    dispose(register, manager, second)
    assert on_disk(settings) == [LETTER]
    dispose(register, manager, second, at=extracts.NOW.replace(year=2028))
    assert on_disk(settings) == []


def test_a_file_that_the_body_states_as_its_own_stays(register, operator, manager, second, settings):
    attach(register, "2012-1", by=operator)
    kept = files.store(LETTER, "letter.txt")
    policy = kinds.Policy(slug="policy", title="Policy", version="1", file=kept)
    organisation.say(register, policy, from_=ALWAYS, by=operator, at=extracts.NOW)
    dispose(register, manager, second)
    assert on_disk(settings) == [LETTER]


def test_a_file_that_is_kept_until_a_day_is_due_by_itself(register, operator, manager, second, settings):
    attach(register, "2026-1", by=operator, sealed=True, dispose_on=TODAY)
    assert on_the_list(register, manager)[-1] == "a file of 2026-1"
    dispose(register, manager, second)
    assert on_disk(settings) == []
    assert on_the_list(register, manager) == []
    assert f"{NAME} of late" in texts(register)
    assert replay.compare(register.pk) is None


def test_a_file_of_a_held_incident_is_held(register, operator, manager):
    attach(register, "2026-1", by=operator, dispose_on=TODAY)
    holding.place_hold(register, Scope("2026-1"), kind="other", reason="wait", by=manager, at=extracts.NOW)
    assert held(register, manager) == ["a file of 2026-1"]
