"""Behind a proxy a limit counts who asks, not the proxy; and nobody passes a limit by making up addresses."""

from ipaddress import ip_network

import pytest
from django.test import Client
from django.utils import timezone

from candour.organisation import actions as organisation
from candour.organisation import kinds, people
from candour.rules import years
from candour.web import proxies

OURS = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
FOLLOW = "/report/sample-body/follow-up/"
TOO_MANY = 429


@pytest.mark.parametrize(
    ("connected", "forwarded", "asks"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "192.0.2.1", "192.0.2.1"),
        ("10.0.0.5", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
        ("10.0.0.5", "198.51.100.7, 192.0.2.1, 10.0.0.9", "192.0.2.1"),
        ("10.0.0.5", "nonsense", "10.0.0.5"),
        ("10.0.0.5", "198.51.100.7, unknown, 10.0.0.9", "10.0.0.9"),
        ("fd00::5", "2001:db8::1", "2001:db8::1"),
        ("", "192.0.2.1", ""),
    ],
)
def test_the_address_is_the_first_from_the_right_that_is_no_proxy_of_ours(connected, forwarded, asks):
    assert proxies.address(connected, forwarded, OURS) == asks


@pytest.fixture
def guess(body):
    now = timezone.now()
    stated = kinds.Reporting(without_account=True)
    organisation.say(body, stated, from_=years.london_day(now), by=people.operator(body), at=now)

    def send(forwarded, connected="10.0.0.5"):
        headers = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": connected}
        return Client().post(FOLLOW, {"code": "2222-2222-2222"}, **headers).status_code

    return send


def test_whoever_guesses_behind_our_proxy_is_stopped_and_the_others_are_not(guess, settings):
    settings.TRUSTED_PROXIES = OURS
    assert [guess("192.0.2.1") for _ in range(11)][-1] == TOO_MANY
    assert guess("192.0.2.2") != TOO_MANY


def test_nobody_passes_the_limit_by_addresses_of_their_own_making(guess, settings):
    settings.TRUSTED_PROXIES = OURS
    answers = [guess(f"198.51.100.{number}, 192.0.2.1") for number in range(11)]
    assert answers[-1] == TOO_MANY
    settings.TRUSTED_PROXIES = ()
    assert [guess(f"198.51.100.{number}", "203.0.113.9") for number in range(11)][-1] == TOO_MANY
