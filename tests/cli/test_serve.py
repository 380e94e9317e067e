"""`candour serve`: the pages answer, and what stands in the way is said before anything is served."""

import socket
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError

import pytest

PROGRAM = [sys.executable, "-c", "import sys; from candour.cli import main; sys.exit(main())"]


@pytest.fixture
def taken():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_address_that_is_taken_or_none_is_refused(body, taken):
    assert "cannot be served on" in body("serve", "--bind", f"127.0.0.1:{taken}").err
    assert "is not HOST:PORT" in body("serve", "--bind", "here").err


def test_a_database_that_was_never_made_is_not_served(own_data):
    done = subprocess.run([*PROGRAM, "serve"], env=own_data, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run `candour init`" in done.stderr


@pytest.mark.slow
def test_the_pages_are_served_and_stop_when_told(own_data):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    made = [*PROGRAM, "init", "--name", "Test Body", "--slug", "test"]
    subprocess.run(made, env=own_data, check=True, capture_output=True)
    with subprocess.Popen([*PROGRAM, "serve", "--bind", address], env=own_data, stdout=subprocess.PIPE) as server:
        assert address.encode() in server.stdout.readline()
        assert fetched(f"http://{address}/healthz") == 200
        server.terminate()
        assert server.wait(timeout=30) == 0


def fetched(address):
    for _ in range(100):
        try:
            return urllib.request.urlopen(address, timeout=10).status  # noqa: S310 - our own server
        except URLError:
            time.sleep(0.1)
    return None
