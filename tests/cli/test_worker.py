"""`candour worker` sends by a real mail server, rings a real web server, and loses nothing when it is killed."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

import notice_board as board
import post_office
from candour.cli import worker
from candour.incidents.actions import notices, reporting, triage
from candour.incidents.models import Notice
from candour.ledger import turns
from candour.organisation import kinds_of_notices, kinds_of_work
from candour.organisation.kinds_of_notices import Notices

FRIDAY = board.FRIDAY
MONDAY = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
CALM = {"immediate_risk": "no"}
TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def mailbox(settings):
    with post_office.mail_server() as box:
        settings.SMTP = {"host": "127.0.0.1", "port": box.port, "timeout": 5}
        settings.SITE_URL = "https://register.example.org"
        yield box


@pytest.fixture
def bell():
    with post_office.web_server() as bell:
        yield bell


@pytest.fixture
def office(candour):
    return board.body()


def once(at):
    return next(iter(worker.once(at)))


def test_an_urgent_report_is_mailed_and_rings_and_is_asked_about_until_it_is_acknowledged(office, mailbox, bell):
    board.say(office, Notices(webhook=bell.url, sender="register@sample-body.example"))
    _, reference = board.report(office)
    first = once(FRIDAY)
    assert (first.sent, first.failed, first.problems) == (2 + 2, 0, ())  # the team is at work until eight
    mail = mailbox.to("duty")[0]
    assert mail["Subject"] == f"OFFICIAL: Urgent: {reference} needs you now"
    assert (mail["From"], mail["Auto-Submitted"]) == ("register@sample-body.example", "auto-generated")
    assert mail.get_content_type() == "multipart/alternative"
    link = post_office.link(mail)
    assert link.startswith("https://register.example.org/notices/")
    assert f'<a href="{link}">' in post_office.words(mail, "html")
    assert "wrong house" not in mail.as_string() + json.dumps(bell.calls)
    _, _, content = bell.calls[0]
    said = f"OFFICIAL: Urgent: {reference} needs you now. Duty officer is asked: https://register.example.org/notices/"
    assert [*content] == ["text"]
    assert content["text"].startswith(said)
    assert [once(FRIDAY + timedelta(minutes=minutes)).sent for minutes in (1, 14)] == [0, 0]
    assert once(FRIDAY + timedelta(minutes=15)).asked == 1
    assert len(mailbox.to("deputy")) == 1 + 1  # the report, and the question who has it
    at = FRIDAY + timedelta(minutes=16)
    notices.acknowledge(office, board.waiting(office), by=board.person(office, "deputy"), at=at)
    before = len(mailbox.mails), len(bell.calls)
    once(FRIDAY + timedelta(minutes=31))
    assert (len(mailbox.mails), len(bell.calls)) == before


def test_a_mail_quotes_the_incident_where_the_body_says_so_and_escapes_it(office, mailbox):
    board.say(office, Notices(content=True, marking="OFFICIAL-SENSITIVE"), at=MONDAY)
    board.report(office, at=MONDAY, description="<script>alert(1)</script>\nBcc: everybody", **CALM)
    once(MONDAY)
    mail = mailbox.to("handler")[0]
    assert mail["Subject"].startswith("OFFICIAL-SENSITIVE: New report")
    assert "<script>" in post_office.words(mail)
    assert "&lt;script&gt;" in post_office.words(mail, "html")
    assert "<script>" not in post_office.words(mail, "html")
    assert mail["Bcc"] is None


def test_a_body_for_practice_says_so_in_every_subject(office, mailbox):
    board.say(office, kinds_of_work.Practice("for new handlers"), at=MONDAY)
    board.report(office, at=MONDAY, **CALM)
    once(MONDAY)
    assert all(mail["Subject"].startswith("TRAINING – OFFICIAL: ") for mail in mailbox.mails)


def test_a_reporter_reads_nothing_but_where_to_look_in_their_language(office, mailbox):
    way = reporting.Way(language="cy")
    _, reference = board.report(office, at=MONDAY, contact="anna@example.org", way=way, **CALM)
    handler = board.person(office, "handler")
    triage.accept(office, reference, by=handler, at=MONDAY)
    reporting.ask(office, reference, "Which street was it?", by=handler, at=MONDAY)
    once(MONDAY)
    mail = mailbox.to("anna")[0]
    assert mail["Subject"] == "OFFICIAL: Cwestiwn am eich adroddiad"
    assert post_office.link(mail) == "https://register.example.org/report/sample-body/follow-up/"
    assert '<html lang="cy">' in post_office.words(mail, "html")
    assert reference not in mail.as_string()
    assert "street" not in mail.as_string()


def test_a_digest_is_one_mail_with_a_part_for_each(office, mailbox):
    notices.prefer(board.person(office, "handler"), {"report": "digest"})
    references = [board.report(office, at=MONDAY, **CALM)[1] for _ in range(3)]
    once(MONDAY)
    assert mailbox.to("handler") == []
    once(MONDAY.replace(day=8, hour=8))
    mail = mailbox.to("handler")[0]
    assert mail["Subject"] == "OFFICIAL: 3 things in the incident register"
    assert all(f"New report {reference}" in post_office.words(mail) for reference in references)


def test_what_the_mail_server_refuses_is_tried_again_with_the_same_identity(office, mailbox):
    board.report(office, at=MONDAY)
    mailbox.answers = ["451 later", "451 later", "451 later"]
    refused = once(MONDAY)
    assert (refused.sent, refused.failed) == (0, 3)
    assert "451" in refused.problems[0]
    assert "@" not in str(refused.problems)
    assert once(MONDAY + timedelta(seconds=30)).sent == 0
    assert once(MONDAY + timedelta(minutes=2)).sent == 3
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 3


def test_a_mail_server_that_is_away_does_not_keep_the_bell_from_ringing(office, bell, settings):
    settings.SMTP = {"host": "127.0.0.1", "port": post_office.free_port(), "timeout": 5}
    board.say(office, Notices(webhook=bell.url))
    board.report(office)
    done = once(FRIDAY)
    assert (done.sent, len(bell.calls)) == (1, 1)
    assert "the mail server cannot be used" in done.problems[0]
    with post_office.mail_server() as box:
        settings.SMTP["port"] = box.port
        once(FRIDAY + timedelta(minutes=2))
        assert len(box.to("duty")) == 1


def test_without_a_mail_server_the_worker_says_so(office, settings):
    settings.SMTP = {}
    board.report(office)
    assert once(FRIDAY).problems == ("CANDOUR_SMTP_URL is not set, so no mail can be sent",)


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_only_a_plain_yes_counts_and_nobody_is_led_elsewhere(office, mailbox, bell, status):
    board.say(office, Notices(webhook=bell.url))
    bell.status = status
    board.report(office)
    done = once(FRIDAY)
    assert len(bell.calls) == 1
    assert f"127.0.0.1 answered {status}" in done.problems
    assert Notice.objects.get(channel="webhook").sent_at is None


def test_a_text_message_goes_to_a_telephone_with_the_secret_of_its_gateway(office, mailbox, bell, settings, tmp_path):
    settings.NOTICE_SECRETS_FILE = tmp_path / "secrets"
    settings.NOTICE_SECRETS_FILE.write_text("other.example.org theirs\n127.0.0.1 ours\n", encoding="utf-8")
    board.say(office, Notices(sms=bell.url, sms_sender="Sample Body"))
    board.say(office, kinds_of_notices.Reachable("first", board.address("duty"), "+44 7700 900000"))
    board.report(office)
    once(FRIDAY)
    _, headers, content = bell.calls[0]
    assert headers["Authorization"] == "Bearer ours"
    assert (content["to"], content["from"]) == ("+44 7700 900000", "Sample Body")


def test_a_secret_may_stand_in_the_address_and_is_never_in_the_record(office, mailbox, bell, settings, tmp_path):
    settings.NOTICE_SECRETS_FILE = tmp_path / "secrets"
    settings.NOTICE_SECRETS_FILE.write_text("127.0.0.1 a/b\n", encoding="utf-8")
    board.say(office, Notices(webhook=bell.url + "/{secret}"))
    board.report(office)
    once(FRIDAY)
    path, headers, _ = bell.calls[0]
    assert path == "/ring/a%2Fb"
    assert "Authorization" not in headers


def test_a_secret_is_for_its_host_alone(office, mailbox, bell, settings, tmp_path):
    settings.NOTICE_SECRETS_FILE = tmp_path / "secrets"
    settings.NOTICE_SECRETS_FILE.write_text("other.example.org theirs\n", encoding="utf-8")
    board.say(office, Notices(webhook=bell.url))
    board.report(office)
    once(FRIDAY)
    assert "Authorization" not in bell.calls[0][1]


@contextmanager
def _somebody_else(of, what, line):
    """Somebody with a connection of their own has the turn."""
    begun, ended = threading.Event(), threading.Event()

    def hold():
        with turns.one_at_a_time(of.pk, what, line=line):
            begun.set()
            ended.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert begun.wait(20)
    yield
    ended.set()
    holder.join()


def test_a_second_worker_leaves_a_body_to_the_first(office, mailbox):
    board.report(office)
    with _somebody_else(office, "load", ""):
        assert once(FRIDAY).sent == 3  # a load is another line, and keeps nobody waiting
    _, reference = board.report(office, at=FRIDAY)
    with _somebody_else(office, "worker", "worker-"):
        assert once(FRIDAY) == worker.Round("sample-body")
    assert reference not in str([mail["Subject"] for mail in mailbox.mails])


def test_the_command_does_one_round_and_says_what_it_did(candour, settings):
    settings.SMTP = {}
    board.body(at=FRIDAY - timedelta(days=365 * 2))
    done = candour("worker", "--once", "--format", "json")
    assert done.code == 0
    assert done.json["bodies"][0] == {
        "body": "sample-body", "read": 0, "asked": 0, "sent": 0, "failed": 0, "problems": [],
    }  # fmt: skip


MAKE = """
import django; django.setup()
from datetime import UTC, datetime
import notice_board as board
now = datetime.now(UTC)
body = board.body(at=now)
for _ in range(3):
    board.report(body, at=now)
"""


def test_killed_between_sending_and_recording_it_sends_again_and_loses_nothing(own_data):
    """The mail server takes each of the first mails, and kills the worker before it can write that down."""
    program = Path(sys.executable).with_name("candour")
    environment = {
        **own_data,
        "PYTHONPATH": os.pathsep.join([*filter(None, [os.environ.get("PYTHONPATH")]), str(TESTS)]),
        "DJANGO_SETTINGS_MODULE": "candour.settings",
    }
    subprocess.run([program, "init", "--name", "B", "--slug", "b"], env=environment, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True)
    with post_office.mail_server() as box:
        environment |= {"CANDOUR_SMTP_URL": f"smtp://127.0.0.1:{box.port}"}
        for number in range(2):
            running = subprocess.Popen([program, "worker"], env=environment, stdout=subprocess.DEVNULL)
            box.on_mail = running.kill
            assert running.wait(30) == -9
            assert len(box.mails) == number + 1
        box.on_mail = None
        for _ in range(2):
            subprocess.run([program, "worker", "--once"], env=environment, check=True, capture_output=True)
        identities = [mail["Message-ID"] for mail in box.mails]
        assert identities[0] in identities[1:]  # at least once
        assert len({(mail["To"], mail["Subject"]) for mail in box.mails}) == len(set(identities))
        urgent = [mail for mail in box.to("duty") if "Urgent" in mail["Subject"]]
        assert len({mail["Message-ID"] for mail in urgent}) == 3
        done = [
            json.loads(
                subprocess.run(
                    [program, "verify", "--body", slug, "--format", "json"],
                    env=environment,
                    check=True,
                    capture_output=True,
                ).stdout
            )
            for slug in ("b", "sample-body")
        ]
        assert all(one["ok"] for one in done)


def test_a_worker_that_is_told_to_stop_ends_in_peace(own_data):
    program = Path(sys.executable).with_name("candour")
    subprocess.run([program, "init", "--name", "B", "--slug", "b"], env=own_data, check=True, capture_output=True)
    running = subprocess.Popen([program, "worker"], env=own_data, stdout=subprocess.PIPE, text=True)
    assert "at work" in running.stdout.readline()
    running.terminate()
    assert running.wait(30) == 0
    running.stdout.close()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CANDOUR_SMTP_URL", "mail.example.org", "smtp://user@host:587"),
        ("CANDOUR_SMTP_URL", "smtp://user:" + "word@mail.example.org", "CANDOUR_SMTP_PASSWORD_FILE"),
        ("CANDOUR_SITE_URL", "register.example.org", "write https://register.example.org"),
        ("CANDOUR_TRUSTED_PROXIES", "10.0.0.5/8", "10.0.0.5,10.1.0.0/16"),
        ("CANDOUR_NOTICE_SECRETS_FILE", "no-such-file", "which is not there"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start_with_a_hint(own_data, name, value, says):
    program = Path(sys.executable).with_name("candour")
    done = subprocess.run(
        [program, "worker", "--once"], env={**own_data, name: value}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert says in done.stderr
