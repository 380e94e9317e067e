"""How soon Candour is there, and what it weighs: `candour due` cold, the first migration, the sample, the web process.

Run it with `python tests/bench/starts.py`. Every command runs in a process of its own, as a person would call it.
"""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import _ground

DUE, MIGRATION, AGAIN, WEB_MB = 0.6, 20, 5, 130
TIMES = 7
CANDOUR = str(_ground.BIN / "candour")
TOOLS = Path(__file__).resolve().parents[2] / "tools"
BARE = (sys.executable, "-c", "import argparse, zoneinfo")
COUNT = (CANDOUR, "due", "--regime", "foia", "--received", "2016-02-28")
SEES_DJANGO = "import sys; from candour import cli; cli.main(sys.argv[1:]); sys.exit('django' in sys.modules)"


def run(*command: str, environment: Mapping[str, str] | None = None) -> int:
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode


def due() -> None:
    took, bare = (_ground.median(lambda command=command: run(*command), TIMES) for command in (COUNT, BARE))
    light = run(sys.executable, "-c", SEES_DJANGO, *COUNT[1:]) == 0
    _ground.line(
        "candour due, cold",
        f"{took * 1e3:.0f} ms; bare Python with argparse and zoneinfo {bare * 1e3:.0f} ms",
        f"under {DUE} s, without Django",
        met=took < DUE and light,
    )


def migration(database: str) -> None:
    with _ground.own_data(database) as environment:
        words = ("init", "--name", "Sample Body", "--slug", "sample")
        took = _ground.seconds(lambda: run(CANDOUR, *words, environment=environment))
        again = _ground.seconds(lambda: run(CANDOUR, *words, environment=environment))
    _ground.line(
        f"first migration, {database}",
        f"{took:.1f} s (again: {again:.1f} s)",
        f"under {MIGRATION} s",
        met=took < MIGRATION,
    )


def second_start(environment: Mapping[str, str]) -> None:
    """What `make run` does, up to the first page; the first time makes the sample."""
    first, again = (_ground.seconds(lambda: _start(environment)) for _ in range(2))
    _ground.line(
        "make run, the second time, to the first page",
        f"{again:.1f} s (the first time, with all packages there: {first:.1f} s)",
        f"under {AGAIN} s",
        met=again < AGAIN,
    )


def _start(environment: Mapping[str, str]) -> None:
    """Look at the set-up and the assets, make the sample where it is not there, and serve until a page comes."""
    for command in ((str(TOOLS / "set_up.py"), "run"), (str(TOOLS / "fetch_assets.py"),)):
        run(sys.executable, *command, environment=environment)
    run(CANDOUR, "sample", environment=environment)
    bind = f"127.0.0.1:{_free_port()}"
    serving = subprocess.Popen((CANDOUR, "serve", "--bind", bind), env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{bind}/sign-in/", serving)
    finally:
        serving.terminate()
        serving.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _wait_for(page: str, serving: "subprocess.Popen[bytes]") -> None:
    while serving.poll() is None:
        try:
            urllib.request.urlopen(page, timeout=30).close()  # noqa: S310 - our own address
        except urllib.error.URLError:
            time.sleep(0.02)
        else:
            return
    sys.exit("candour serve ended before it served a page")


def web_process(environment: Mapping[str, str]) -> None:
    said = _ground.in_a_process(environment, "--web")
    _ground.line(
        "a web process after its first letter, at its peak",
        f"{said['letter']:.0f} MB ({said['page']:.0f} MB after its first page)",
        f"under {WEB_MB} MB",
        met=said["letter"] < WEB_MB,
    )


def weigh() -> dict[str, float]:
    """Be a process of the web server: answer with a page, then draft a reply and write it in all formats."""
    import django  # noqa: PLC0415 - the process that is weighed loads what the web server loads, and nothing else

    django.setup()
    from candour import wsgi  # noqa: PLC0415 - likewise
    from candour.foi import actions  # noqa: PLC0415 - likewise
    from candour.organisation import bodies, people  # noqa: PLC0415 - likewise

    request = {"PATH_INFO": "/sign-in/", "HTTP_HOST": "localhost"}
    setup_testing_defaults(request)
    b"".join(wsgi.application(request, lambda *_: None))
    page = _ground.peak()
    body = bodies.body("sample")
    asked = (
        b"Dear Sir or Madam,\n\n1. How many near misses did you record in 2014/15?\n2. How many events in 2013/14?\n"
    )
    arrived = actions.Arrived(asked, "request.txt", date(2016, 3, 1), "email")
    actions.answer(
        body,
        arrived,
        as_at=None,
        dated=date(2016, 3, 10),
        redraft=False,
        by=people.operator(body),
        at=datetime.now(UTC),
    )
    return {"page": page, "letter": _ground.peak()}


def main() -> None:
    if "--web" in sys.argv:
        print(json.dumps(weigh()))
        return
    due()
    for database in _ground.databases():
        migration(database)
    with _ground.own_data("SQLite") as environment:
        second_start(environment)
        web_process(environment)


if __name__ == "__main__":
    main()
