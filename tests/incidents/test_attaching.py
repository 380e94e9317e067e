"""Files are kept outside the database by their digest, and given back only to who may see the incident."""

import io

import pytest
from PIL import Image

import extracts
from candour.incidents import history
from candour.incidents.actions import attaching, recording
from candour.incidents.queries import files
from candour.ledger import models as ledger
from candour.ledger import verification
from candour.organisation import actions as organisation
from candour.rules.refusals import Conflict, NotThere, WrongInput

TODAY = extracts.NOW.date()
NOTE = attaching.Offered(b"The letter went to Mill Lane", "../Mill Lane.txt")


@pytest.fixture
def incident(body, operator):
    reference, _ = recording.record(body, {"information_lost": "yes"}, words={}, by=operator, at=extracts.NOW)
    return reference


def keep(body, operator, reference, offered=NOTE):
    return attaching.attach(body, reference, offered, by=operator, at=extracts.NOW)


def test_a_file_is_kept_and_given_back_as_it_was(body, operator, incident):
    number = keep(body, operator, incident)
    (row,) = files.files(body, incident, by=operator, today=TODAY)
    assert (row.name, row.kind, row.marking) == ("Mill Lane.txt", "text", "OFFICIAL")
    assert files.content(body, incident, number, by=operator, today=TODAY).content == NOTE.content
    assert verification.verify(body.pk).ok


def test_its_name_is_not_in_the_clear_in_the_chain(body, operator, incident):
    keep(body, operator, incident)
    assert not ledger.Entry.objects.filter(content__contains="Mill Lane").exists()


def test_the_same_bytes_are_kept_once(body, operator, incident):
    keep(body, operator, incident)
    with pytest.raises(Conflict, match="already"):
        keep(body, operator, incident)


def test_a_file_taken_away_is_there_no_more_and_takes_a_reason(body, operator, incident):
    number = keep(body, operator, incident)
    with pytest.raises(WrongInput, match="say why"):
        attaching.detach(body, incident, number, reason=" ", by=operator, at=extracts.NOW)
    attaching.detach(body, incident, number, reason="wrong file", by=operator, at=extracts.NOW)
    assert files.files(body, incident, by=operator, today=TODAY) == []
    with pytest.raises(NotThere):
        files.content(body, incident, number, by=operator, today=TODAY)
    with pytest.raises(NotThere):
        attaching.detach(body, incident, number, reason="again", by=operator, at=extracts.NOW)


def test_what_is_marked_higher_goes_elsewhere(body, operator, incident):
    with pytest.raises(WrongInput, match="security officer"):
        keep(body, operator, incident, attaching.Offered(b"x", "a.txt", "SECRET"))
    with pytest.raises(WrongInput, match="marked SECRET"):
        keep(body, operator, incident, attaching.Offered(b"SECRET\n\nA laptop", "a.txt"))
    assert files.files(body, incident, by=operator, today=TODAY) == []


def test_somebody_who_may_not_see_incidents_is_told_nothing(body, operator, incident):
    number = keep(body, operator, incident)
    clerk = organisation.add_person(
        body, name="Administrator", roles=["administrator"], email=None, by=operator, at=extracts.NOW
    )
    for ask in (
        lambda: files.files(body, incident, by=clerk, today=TODAY),
        lambda: files.content(body, incident, number, by=clerk, today=TODAY),
    ):
        with pytest.raises(NotThere):
            ask()


def test_a_file_of_another_incident_is_not_given(body, operator, incident):
    number = keep(body, operator, incident)
    other, _ = recording.record(body, {}, words={}, by=operator, at=extracts.NOW)
    with pytest.raises(NotThere):
        files.content(body, other, number, by=operator, today=TODAY)


def test_a_photo_that_says_where_it_was_taken_is_kept_as_it_came_and_what_was_found_is_recorded(
    body, operator, incident
):
    exif, taken = Image.Exif(), io.BytesIO()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
    Image.new("RGB", (40, 30), "red").save(taken, "JPEG", exif=exif)
    number = keep(body, operator, incident, attaching.Offered(taken.getvalue(), "photo.jpg"))
    (row,) = files.files(body, incident, by=operator, today=TODAY)
    assert row.screened == "block"
    assert any("gps" in code or "place" in code or "location" in code for code in row.found), row.found
    assert files.content(body, incident, number, by=operator, today=TODAY).content == taken.getvalue()
    assert ledger.Entry.objects.filter(number=number, content__contains='"screened"').exists()


def test_a_sealed_file_is_opened_only_by_who_says_why_and_the_history_tells(body, operator, incident):
    number = keep(body, operator, incident, attaching.Offered(NOTE.content, "note.txt", sealed=True))
    with pytest.raises(NotThere):
        files.content(body, incident, number, by=operator, today=TODAY)
    with pytest.raises(WrongInput, match="say why"):
        attaching.open_sealed(body, incident, number, reason=" ", by=operator, at=extracts.NOW)
    found = attaching.open_sealed(body, incident, number, reason="is it the list?", by=operator, at=extracts.NOW)
    assert found.content == NOTE.content
    told = [(one.words, one.reason) for one in history.sentences(body, incident)]
    assert (f"The sealed file of entry {number} was opened.", "is it the list?") in told
    assert ("File kept: note.txt.", "") in told
    assert verification.verify(body.pk).ok


def test_what_is_not_sealed_is_not_opened_with_a_reason(body, operator, incident):
    number = keep(body, operator, incident)
    with pytest.raises(NotThere):
        attaching.open_sealed(body, incident, number, reason="to see", by=operator, at=extracts.NOW)
