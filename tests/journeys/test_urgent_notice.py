"""Someone could come to harm, at 17:45 on the Friday before a bank-holiday Monday; the deputy takes it over.

The site of this journey stands at that moment; the mails come by a real mail server, and the chat is a real web server.
"""

import json
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp

import notice_board as board
import post_office

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "four-random-words-here"
HERE = Path(__file__).resolve().parent
PEOPLE = f"""
import sys
from datetime import date
from allauth.mfa.totp.internal.auth import TOTP
import notice_board as board
from candour.organisation import kinds
from candour.organisation.kinds_of_notices import Notices
body = board.body()
board.say(body, kinds.Reporting(without_account=True, safeguarding="020 7946 0999"))
board.say(body, Notices(webhook="WEBHOOK", sender="register@sample-body.example"))
for name in ("duty", "deputy", "siro"):
    person = board.person(body, name)
    person.set_password({PASSWORD!r})
    person.save()
    TOTP.activate(person, {SECRET!r})
"""


class Town:
    """The service at a moment of its own, its mail server and its chat."""

    def __init__(self, folder, box, bell):
        self.folder, self.box, self.bell, self.port = folder, box, bell, post_office.free_port()
        self.moment = folder / "moment"
        self.environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([*filter(None, [os.environ.get("PYTHONPATH")]), str(HERE.parent)]),
            "CANDOUR_DATA_DIR": str(folder / "data"),
            "CANDOUR_SMTP_URL": f"smtp://127.0.0.1:{box.port}",
            "CANDOUR_SITE_URL": f"http://127.0.0.1:{self.port}",
        }
        self.environment.pop("CANDOUR_DATABASE_URL", None)
        self.is_now(0)

    def is_now(self, minutes):
        """Move the clock so many minutes past a quarter to six."""
        (self.folder / "next").write_text((board.FRIDAY + timedelta(minutes=minutes)).isoformat(), encoding="utf-8")
        (self.folder / "next").replace(self.moment)
        return self

    def command(self, *words):
        return [sys.executable, str(HERE / "at_the_moment.py"), str(self.moment), *words]

    def runs(self, *words):
        done = subprocess.run(self.command(*words), env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def works(self, minutes):
        """One round of the worker, at that minute; what it did."""
        return json.loads(self.is_now(minutes).runs("candour", "worker", "--once", "--format", "json"))["bodies"][-1]


def _wait_until_there(port, seconds=20):
    for _ in range(seconds * 20):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing answers at {port}")


@pytest.fixture
def town(tmp_path):
    with post_office.mail_server() as box, post_office.web_server() as bell:
        town = Town(tmp_path, box, bell)
        town.runs("candour", "init", "--name", "Sample Body", "--slug", "sample-body")
        lines = tmp_path / "people.py"
        lines.write_text(PEOPLE.replace("WEBHOOK", bell.url), encoding="utf-8")
        town.runs("lines", str(lines))
        serve = town.command("candour", "serve", "--bind", f"127.0.0.1:{town.port}")
        server = subprocess.Popen(serve, env=town.environment, stdout=subprocess.DEVNULL)
        _wait_until_there(town.port)
        yield town
        server.terminate()
        server.wait()


@pytest.fixture
def site(town):
    """The site at which windows open in this journey."""
    return SimpleNamespace(url=town.environment["CANDOUR_SITE_URL"], states={})


def signs_in(visitor, name):
    """Go on from the sign-in page, to which a link has led."""
    visitor.sees("Sign in").writes("Email address", board.address(name)).writes("Password", PASSWORD).presses(
        "Continue"
    )
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))
    return visitor.sees("Enter the code from your app").writes("Code", code).presses("Continue")


def test_someone_could_come_to_harm_and_the_deputy_has_it(town, page_at):
    reporter = page_at(1280).opens("/report/sample-body/harm/")
    reporter.page.get_by_label("Yes", exact=True).check()
    reporter.presses("Continue").sees("What to do now")

    town.works(1)
    assert "needs you now" in town.box.to("duty")[0]["Subject"]
    assert len(town.bell.calls) == 1
    assert town.works(16)["asked"] == 1
    mail = next(mail for mail in town.box.to("deputy") if "needs you now" in mail["Subject"])
    assert len(town.bell.calls) == 2

    deputy = signs_in(page_at(320).opens(post_office.link(mail)), "deputy")
    deputy.sees("An urgent report").looks("notice-urgent")
    deputy.page.get_by_role("button", name="I have it").focus()
    deputy.page.keyboard.press("Enter")
    deputy.page.get_by_text("Deputy duty officer has it, since").wait_for()
    deputy.looks("notice-acknowledged")
    deputy.follows("My notices").sees("When I am told").looks("notices")

    before = len(town.box.mails), len(town.bell.calls)
    assert town.works(31)["sent"] == 0
    assert (len(town.box.mails), len(town.bell.calls)) == before
    tuesday = town.works(60 * (3 * 24 + 14))  # at 07:45 the team is back
    assert tuesday["problems"] == []
    record = json.loads(town.runs("candour", "verify", "--body", "sample-body", "--format", "json"))
    assert record["ok"]
