"""The ground of the journeys: the service as it is really run, and people who walk through it with a browser.

The site is a process of its own with a data directory and a database of its own, made once for all journeys of a test
process. So the pages come from the real server with its static files and headers, nothing of the journeys is in the
database of the other tests, and nothing has to be emptied: the ledger is append-only, and a flush would not pass its
guards. Each page a journey looks at is held to the accessibility rules and to the width of its window, and its picture
is kept in build/screenshots/.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
WIDE, NARROW = 1280, 320


@dataclass
class Site:
    """The running service: its address, its people, and the cookies of those who are signed in."""

    url: str
    people: dict[str, dict[str, str]]
    environment: dict[str, str]
    states: dict[str, dict] = field(default_factory=dict)

    def candour(self, *words):
        """What a command answers, as JSON."""
        return candour(self.environment, *words)


def candour(environment, *words):
    command = [Path(sys.executable).with_name("candour"), *words, "--format", "json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def code_of(secret):
    """The code that an authenticator app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    environment = {**os.environ, "CANDOUR_DATA_DIR": str(tmp_path_factory.mktemp("site"))}
    environment.pop("CANDOUR_DATABASE_URL", None)
    candour(environment, "sample")
    port = free_port()
    command = [Path(sys.executable).with_name("candour"), "serve", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    wait_for(f"{url}/healthz")
    yield Site(url, sign_ins(Path(environment["CANDOUR_DATA_DIR"])), environment)
    server.terminate()
    server.wait()


def sign_ins(data):
    """The sample's people by the first word of their address, as its file for the newcomer lists them."""
    lines = [line.split() for line in (data / "sample-sign-ins.txt").read_text(encoding="utf-8").splitlines()[1:]]
    return {
        email.partition("@")[0]: {"email": email, "password": password, "secret": secret}
        for email, password, secret in lines
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, seconds=20):
    for _ in range(seconds * 20):
        try:
            return urllib.request.urlopen(url, timeout=1).status  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.05)
    return pytest.fail(f"nothing answers at {url}")


@dataclass
class Visitor:
    """Somebody at a browser window: what they do, in the words they would use."""

    page: object
    site: Site

    def opens(self, path):
        self.page.goto(path)
        return self

    def writes(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def chooses(self, label, option):
        self.page.get_by_label(label, exact=True).select_option(label=option)
        return self

    def presses(self, name):
        """Press a button and wait for the page that it brings; what is looked at next is never the page before."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        return self

    def follows(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()
        return self

    def sees(self, heading):
        self.page.get_by_role("heading", name=heading).first.wait_for()
        return self

    def signs_in(self, email, password, secret):
        self.opens("/").writes("Email address", email).writes("Password", password).presses("Continue")
        return self.sees("Enter the code from your app").writes("Code", code_of(secret)).presses("Continue")

    def sets_up_second_factor(self):
        """Type the key into an app, and the app's code into the page; the recovery codes that then are shown."""
        secret = self.page.locator(".candour-secret").inner_text().replace(" ", "")
        self.writes("Code", code_of(secret)).presses("Continue").sees("Write down your recovery codes")
        return self.page.locator(".candour-codes code").all_inner_texts()

    def fits_a_phone(self):
        """At the width of a phone nothing on the page, tables among it, lies beyond the edge of what holds it."""
        self.page.set_viewport_size({"width": NARROW, "height": 900})
        beyond = """[...document.querySelectorAll(".candour-scroll")]
            .filter(one => one.scrollWidth > one.clientWidth).map(one => one.getAttribute("aria-label"))"""
        assert self.page.evaluate(beyond) == []
        return self

    def looks(self, name):
        """Keep pictures of the page, wide and narrow, and hold it to the rules: accessible, and in its window."""
        self.page.wait_for_load_state()
        for width in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            found = Axe().run(self.page)
            assert found.violations_count == 0, found.generate_report()
            needed = self.page.evaluate("document.documentElement.scrollWidth")
            assert needed <= width, f"{name} needs {needed} of {width} px"
        return self


@pytest.fixture
def page_at(browser, site):
    """Open a window of a width, as one of the sample's people or as nobody; a fault in its console fails the test."""
    opened, faults = [], []
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def open_window(width=WIDE, who=None):
        cookies = signed_in(browser, site, who) if who else None
        window = {"viewport": {"width": width, "height": 900}, "base_url": site.url}
        context = browser.new_context(**window, storage_state=cookies, locale="en-GB", timezone_id="Europe/London")
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if is_fault(said, page) else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        return Visitor(page, site)

    yield open_window
    for context in opened:
        context.close()
    assert faults == []


def is_fault(said, page):
    """Whether the console says that something broke; that a page itself is an error page is none."""
    return said.type == "error" and said.location["url"] != page.url


def signed_in(browser, site, who):
    """The cookies of one of the sample's people; the first time they come in by the front door, with both factors."""
    if who not in site.states:
        context = browser.new_context(base_url=site.url)
        Visitor(context.new_page(), site).signs_in(**site.people[who]).sees("Sample Body")
        site.states[who] = context.storage_state()
        context.close()
    return site.states[who]
