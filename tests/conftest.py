"""The ground of all tests: data of their own, one of two databases, no network, and a real browser where one is found.

SQLite is the default. CANDOUR_TEST_DATABASE_URL chooses a PostgreSQL server, on which test databases are made and
dropped; `tools/with_postgres.py .venv/bin/pytest` starts one for the length of a run. Every test process has its own
data directory, so nothing that a developer keeps is read or written.
"""

import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import chromium
import libreoffice
import pytest
from hypothesis import HealthCheck, settings

TEST_DATABASE = "CANDOUR_TEST_DATABASE_URL"
KEPT = {TEST_DATABASE, "CANDOUR_CHROMIUM", "CANDOUR_LIBREOFFICE"}
DATABASE_FIXTURES = {"_django_db_helper", "django_db_setup", "own_data"}
FIGURE = "house figure"

# how fast a machine draws examples, and how busy it is, says nothing of what is tested
settings.register_profile("anywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("anywhere")

# before anything imports candour.settings
_folder = tempfile.TemporaryDirectory(prefix="candour-tests-")
for _name in [name for name in os.environ if name.startswith("CANDOUR_") and name not in KEPT]:
    del os.environ[_name]
os.environ["CANDOUR_DATA_DIR"] = _folder.name
os.environ["DJANGO_SETTINGS_MODULE"] = "candour.settings"
if TEST_DATABASE in os.environ:
    os.environ["CANDOUR_DATABASE_URL"] = os.environ[TEST_DATABASE]

# the pure rooms may be tested without Django (`-p no:django`); else models can be imported from here on
if "pytest_django" in sys.modules:
    import django

    django.setup()
    # pytest-django of another process of this run would read the settings before that process has a data directory
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="only tests that touch a database")
    if "pytest_django" not in sys.modules:
        parser.addini("DJANGO_SETTINGS_MODULE", "not used without Django; may be given empty")


def pytest_report_header():
    return f"database: {'PostgreSQL' if TEST_DATABASE in os.environ else 'SQLite'}"


def pytest_collection_modifyitems(config, items):
    """With --only-database, leave out every test that would only do again what it did on the other database."""
    if not config.getoption("--only-database"):
        return
    rest = [item for item in items if not touches_database(item)]
    config.hook.pytest_deselected(items=rest)
    items[:] = [item for item in items if touches_database(item)]


def touches_database(item):
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


def pytest_sessionfinish(session):
    """A choice of tests among which none touches a database has nothing to do again: that is no failure."""
    if session.config.getoption("--only-database") and session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter):
    """Print what the house tests counted, also where they ran in another process."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == FIGURE:
                terminalreporter.write_line(f"house: {value}")


def pytest_unconfigure():
    _folder.cleanup()


def need(tool, sentence):
    """The tool; without it the test is skipped, or fails where everything has to be there."""
    if tool is None and os.environ.get("CI") == "true":
        pytest.fail(sentence)
    return tool or pytest.skip(sentence)


@pytest.fixture(scope="session")
def office():
    """The program of a LibreOffice."""
    return need(libreoffice.find(), libreoffice.MISSING)


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """A real Chromium, driven by Playwright; its pages may load from this machine only."""
    program = need(chromium.find(), chromium.MISSING)
    # Playwright keeps an event loop in this thread, in which Django would refuse to reach the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only browser tests pay for it

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A fresh page without cookies, in London."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()


@pytest.fixture
def own_data(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a child process: a data directory and an empty database of its own, of the kind under test."""
    environment = {**os.environ, "CANDOUR_DATA_DIR": str(tmp_path / "data")}
    environment.pop("CANDOUR_DATABASE_URL", None)
    if TEST_DATABASE not in os.environ:
        yield environment
        return
    server, _, _ = os.environ[TEST_DATABASE].rpartition("/")
    name = f"candour_{uuid.uuid4().hex}"
    _on_server(f'CREATE DATABASE "{name}"')
    yield {**environment, "CANDOUR_DATABASE_URL": f"{server}/{name}"}
    _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement):
    import dj_database_url  # noqa: PLC0415 - pure rooms do without
    import psycopg  # noqa: PLC0415 - likewise

    address = dj_database_url.parse(os.environ[TEST_DATABASE])
    words = {name: address[name.upper()] for name in ("host", "port", "user", "password") if address[name.upper()]}
    with psycopg.connect(**words, dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)
