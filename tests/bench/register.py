"""How fast the register answers among 100,000 and 1,000,000 incidents: its list, filters, word search, one incident.

Run it with `python tests/bench/register.py [--plans]`. Four people ask at once, each a signed-in browser in a process
of its own, the whole page with session, rights and template; beside each stands how many times it takes what the
framework's own empty view takes, which says more than milliseconds on a machine that does other things besides. Then
one person records reports, one after another: ledger, versions, search and clock in one transaction. The incidents are
written into the tables directly, on random days, with some words common and some rare.
"""

import itertools
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import _ground

SIZES = (100_000, 1_000_000)
USERS = 4
TIMES = 60
WARM = 3
MEDIAN_MS, P95_MS, ONE_MS, REPORT_MS, GROWTH = 30, 100, 25, 40, 1.1
REPORTS = 60
OWN, ONE, REPORT = "the framework's own empty view", "one incident", "recording a report"
BATCH = 20_000
FIRST_DAY, DAYS = date(2005, 4, 1), 7_800
PASSED = 2 / 3
"""How far into the years the older register was kept; its incidents are all at the far end of the list."""

WORKED_ON, SELDOM = 100, 1_900
"""One in so many of the first incidents is worked on: as many, however large the register has become. What is rare
fills a page all the same, or the pages of the two sizes could not be compared."""

COMMON, LONG_AGO, RARE, NONE = "letter", "telegram", "zirconium", "zeppelin"
LAST_TELEGRAM = date(2011, 4, 1)
NOWHERE = "a word that is nowhere"
EMPTY = "/accessibility"


class Filling:
    """Incidents of a body, written as a load would leave them; digests are not made, for nothing here reads them."""

    def __init__(self, body: Any) -> None:
        self.body, self.chance = body.pk, random.Random(1)  # noqa: S311 - the same incidents each time
        self.vocabulary = [f"word{number}" for number in range(20_000)]
        self.often = list(itertools.accumulate(1 / (number + 1) for number in range(20_000)))

    def up_to(self, size: int, done: int, head: int) -> int:
        for start in range(done, size, BATCH):
            head = self._batch(start, min(BATCH, size - start), head)
        return head

    def _batch(self, start: int, many: int, head: int) -> int:
        from django.db import transaction  # noqa: PLC0415 - Django has to be started first

        from candour.incidents import models, writing  # noqa: PLC0415 - likewise
        from candour.ledger import chain, rows  # noqa: PLC0415 - likewise
        from candour.ledger import models as ledger  # noqa: PLC0415 - likewise

        facts = [self._facts(start + at) for at in range(many)]
        numbers = range(head + 1, head + many + 1)
        names = [f"I-{start + at:07}" for at in range(many)]
        texts = self._texts(start, facts)
        sheet = writing.Sheet(self.body, _ground.NOW.date())
        sheet._balance = lambda: None  # no page here reads balances, and days in no order are what they are slowest at
        for number, name, said, text in zip(numbers, names, facts, texts, strict=True):
            days = writing.open_ended(said["logged_on"])
            sheet.incident(number, name)
            sheet.version(number, said, number, days)
            sheet.describe(number, name, text, number)
            if number % 3:
                sheet.coding(number, "cabinet-office", "IV", number, days)
        at = str(_ground.NOW.replace(tzinfo=None)) if _sqlite() else _ground.NOW
        content = (json.dumps({"facts": {"codes": {}, "said": said}}) for said in facts)
        entries = (
            (self.body, number, at, 1, "operator", "incident.recorded", name, said, "0" * 64, f"{number:064}")
            for number, name, said in zip(numbers, names, content, strict=True)
        )
        words = ((self.body, number, "description", "s", text) for number, text in zip(numbers, texts, strict=True))
        work = [
            (self.body, number, "open" if number % 200 else "new", 2 if number % 1_000 == 0 else None, False,
             "OFFICIAL", said["logged_on"], number)
            for number, said in zip(numbers, facts, strict=True) if number % WORKED_ON == 0 and start < SIZES[0]
        ]  # fmt: skip
        with transaction.atomic():
            rows.insert(ledger.Entry, chain.ENTRY, entries)
            rows.insert(ledger.Words, chain.WORDS, words)
            columns = ("body", "incident", "state", "assigned_to", "confidential", "marking", "opened_on", "changed")
            rows.insert(models.Handling, columns, work)
            sheet.write()
        return head + many

    def _facts(self, at: int) -> dict[str, Any]:
        far = self.chance.random()
        tier = self.chance.choices(("near-miss", "event", "other-incident", "reported-to-ico"), (50, 30, 15, 5))[0]
        return {
            "standing": "void" if at % 500 == 0 else "counted",
            "tier": "undetermined" if at % SELDOM == 0 else tier,
            "tier_basis": "derived", "tier_derived": tier,
            "logged_on": (FIRST_DAY + timedelta(days=int(far * DAYS))).isoformat(),
            "source": "old sheet" if far < PASSED else "this-register",
            "department": f"Department {int(self.chance.expovariate(0.2))}", "personal_data": "yes",
        }  # fmt: skip

    def _texts(self, start: int, facts: list[dict[str, Any]]) -> list[str]:
        found = []
        for at, said in enumerate(facts, start):
            words = self.chance.choices(self.vocabulary, cum_weights=self.often, k=12)
            words += [COMMON] if at % 5 == 0 else []
            words += [LONG_AGO] if at % 3 == 0 and said["logged_on"] < LAST_TELEGRAM.isoformat() else []
            words += [RARE] if at % SELDOM == 1 else []
            found.append(" ".join(words))
        return found


def _sqlite() -> bool:
    from django.db import connection  # noqa: PLC0415 - likewise

    return connection.vendor == "sqlite"


def prepare() -> tuple[Any, str]:
    """Make the body and a handler; return the body, and the cookie of the handler's session."""
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415 - likewise
    from django.test import Client  # noqa: PLC0415 - likewise

    from candour.incidents import models  # noqa: PLC0415 - likewise
    from candour.organisation import actions, people  # noqa: PLC0415 - likewise

    body = _ground.body()
    models.Load.objects.create(body=body.pk, begun=0, source="old sheet", sha256="0" * 64, mapping={})
    person = actions.add_person(
        body, name="Handler", roles=["handler"], email="h@sample.example", by=people.operator(body), at=_ground.NOW
    )
    TOTP.activate(person, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(person, backend="candour.web.accounts.Passwords")
    return body, client.cookies["sessionid"].value


def asked(body: Any, size: int) -> dict[str, str]:
    """The pages that are asked for, by what they are."""
    from candour.incidents import models, search  # noqa: PLC0415 - likewise

    last = search.places(body.pk, search.Asked(), newer=True, beyond=0, limit=51)[-1]
    number = search.incident(last)
    day = models.Version.objects.get(body=body.pk, incident=number).logged_on
    found = {
        "first page": "", "last page": f"before={day}.{number}", "a common tier": "tier=near-miss",
        "a rare tier": "tier=undetermined", "a department": "department=Department+30",
        "an old source": "source=old+sheet", "a financial year": "period=2009/10", "in the works": "state=open",
        "mine": "mine=yes", "a common word": f"words={COMMON}",
        "a word of long ago": f"words={LONG_AGO}", "a rare word": f"words={RARE}",
        NOWHERE: f"words={NONE}", "word, tier and year": f"words={COMMON}&tier=event&period=2010/11",
    }  # fmt: skip
    pages = {f"register, {name}": f"/register/?{words}" for name, words in found.items()}
    return {OWN: EMPTY, **pages, ONE: f"/register/I-{size // 2:07}/"}


def user(cookie: str, pages: dict[str, str], turn: int) -> dict[str, list[float]]:
    """Ask for each page a number of times, each user beginning elsewhere; the milliseconds of each."""
    from django.test import Client  # noqa: PLC0415 - likewise

    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = cookie
    names = list(pages)[turn * 3 :] + list(pages)[: turn * 3]
    found: dict[str, list[float]] = {name: [] for name in pages}
    for times in range(TIMES + WARM):
        for name in names:
            began = time.perf_counter()
            answer = client.get(pages[name])
            took = (time.perf_counter() - began) * 1000
            assert answer.status_code == 200, (name, answer.status_code)
            assert name in (OWN, ONE) or (b"<td" in answer.content) != name.endswith(NOWHERE), (
                f"{name} shows something else"
            )
            if times >= WARM:
                found[name].append(took)
    return found


def users(cookie: str, pages: dict[str, str]) -> dict[str, list[float]]:
    """Let everybody ask at once, and gather what they waited."""
    words = [sys.executable, sys.argv[0], "--user", cookie, json.dumps(pages)]
    running = [subprocess.Popen([*words, str(turn)], stdout=subprocess.PIPE, text=True) for turn in range(USERS)]
    found: dict[str, list[float]] = {name: [] for name in pages}
    for one in running:
        said, _ = one.communicate()
        assert one.returncode == 0
        for name, took in json.loads(said.splitlines()[-1]).items():
            found[name] += took
    return found


def measure() -> dict[str, dict[str, list[float]]]:
    """Fill the tables to each size and ask; what everybody waited, by size and page."""
    _ground.django()
    from django.db import connection  # noqa: PLC0415 - likewise

    from candour.ledger import queries as ledger  # noqa: PLC0415 - likewise

    body, cookie = prepare()
    filling, done, head, found = Filling(body), 0, ledger.head(body.pk).number, {}
    for size in SIZES:
        began = time.perf_counter()
        head, done = filling.up_to(size, done, head), size
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        print(f"  ({size:,} incidents written in {time.perf_counter() - began:.0f} s)", file=sys.stderr, flush=True)
        pages = asked(body, size)
        connection.close()
        found[str(size)] = {**users(cookie, pages), REPORT: recorded(body)}
        head = ledger.head(body.pk).number
        if "--plans" in sys.argv:
            print("\n".join(plans(body)), file=sys.stderr)
    return found


def recorded(body: Any) -> list[float]:
    """Record reports, one after another, as a reporter's page does; the milliseconds of each."""
    from candour.incidents import codes, said  # noqa: PLC0415 - likewise
    from candour.incidents.actions import reporting  # noqa: PLC0415 - likewise
    from candour.reading import days  # noqa: PLC0415 - likewise

    found = []
    for turn in range(REPORTS + WARM):
        at = _ground.NOW + timedelta(seconds=turn)
        told = said.Said(
            description=f"A {COMMON} for one family went to their old house, number {turn}",
            discovered=days.read(at.date().isoformat()), data_types=("basic",), data_subjects=("children",),
            people_affected=2, got_back="no", reporter="Reporter", contact="020 7946 0123",
        )  # fmt: skip
        began = time.perf_counter()
        reporting.report(body, told, code=codes.new(), way=reporting.Way(), by=None, at=at)
        found.append((time.perf_counter() - began) * 1000)
    return found[WARM:]


def plans(body: Any) -> Iterator[str]:
    """How the database goes about the questions of the list."""
    from django.db import connection  # noqa: PLC0415 - likewise
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - likewise

    from candour.incidents import queries  # noqa: PLC0415 - likewise
    from candour.organisation import people  # noqa: PLC0415 - likewise

    explain = "explain query plan" if _sqlite() else "explain (analyze, costs off, timing off)"
    by = people.person(body, "Handler")
    for words in ("", COMMON, LONG_AGO, RARE):
        with CaptureQueriesContext(connection) as taken:
            queries.page(body, by=by, today=_ground.NOW.date(), words=words)
        for one in taken.captured_queries:
            if one["sql"].lower().startswith(("select", "with")):
                yield f"\n-- {one['sql'][:400]}"
                with connection.cursor() as cursor:
                    cursor.execute(f"{explain} {one['sql']}".replace("%", "%%"))
                    yield from (f"   {row[-1]}" for row in cursor.fetchall())


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def report(database: str, found: dict[str, dict[str, list[float]]]) -> None:
    small, large = (found[str(size)] for size in SIZES)
    empty = statistics.median(large[OWN])
    for name, took in large.items():
        median, late = statistics.median(took), percentile(took, 0.95)
        grown = median / statistics.median(small[name])
        aim = {ONE: ONE_MS, REPORT: REPORT_MS}.get(name, MEDIAN_MS)
        own = name == OWN
        _ground.line(
            f"{name}, {database}",
            f"p50 {median:.1f} ms, p95 {late:.1f} ms; × {grown:.2f} from a tenth; × {median / empty:.1f} of empty",
            "to compare" if own else f"{aim} and {P95_MS} ms, × {GROWTH}",
            met=own or (median < aim and late < P95_MS and grown < GROWTH),
        )


def main() -> None:
    if sys.argv[1:2] == ["--user"]:
        import django  # noqa: PLC0415 - only the processes that measure start it

        django.setup()
        print(json.dumps(user(sys.argv[2], json.loads(sys.argv[3]), int(sys.argv[4]))))
        return
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure()))
        return
    for database in _ground.databases():
        with _ground.own_data(database) as environment:
            words = [word for word in sys.argv[1:] if word == "--plans"]
            report(database, _ground.in_a_process(environment, "--one", *words))


if __name__ == "__main__":
    main()
