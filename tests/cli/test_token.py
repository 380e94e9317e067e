"""`candour token`: made once, listed without the secret, revoked."""

import pytest

from candour.cli import door
from candour.organisation import tokens


@pytest.fixture
def gateway(body):
    body("person", "add", "Mail gateway", "--role", "foi-officer", "--email", "gateway@example.org")
    return body


def test_a_token_is_made_listed_and_revoked(gateway):
    made = gateway("token", "add", "gateway@example.org", "--for", "mail gateway", "--format", "json")
    assert made.code == 0, made.err
    token = made.json["token"]
    assert tokens.person(token, at=door.now()).name == "Mail gateway"
    listed = gateway("token", "list", "--format", "json").json["tokens"]
    assert [(one["person"], one["for"]) for one in listed] == [("Mail gateway", "mail gateway")]
    assert token not in str(listed)
    assert gateway("token", "revoke", listed[0]["number"]).code == 0
    assert tokens.person(token, at=door.now()) is None
    assert gateway("token", "revoke", listed[0]["number"]).code == 2


def test_a_token_for_nobody_cannot_be_made(gateway):
    assert gateway("token", "add", "nobody@example.org", "--for", "x").code == 2
    assert gateway("token", "add", "gateway@example.org", "--for", " ").code == 2
