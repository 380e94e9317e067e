"""Looks for files that end a reader: by random damage for some minutes, or guided by coverage with atheris.

    python tools/fuzz.py damage [MINUTES]      random damage to the corpus of the tests
    python tools/fuzz.py atheris [MINUTES]     the same, guided (needs `pip install atheris`)
    python tools/fuzz.py hypothesis [MINUTES]  bytes without sense behind the beginnings of every kind

What ends a reader is written into build/fuzz, and told at the end; the exit code is 1 where something was found.
"""

import hashlib
import importlib
import random
import resource
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from machine import ROOT, say

if TYPE_CHECKING:
    from candour.screening.apart import Lookers

sys.path.insert(0, str(ROOT / "tests"))

MEMORY = 4 << 30
FOUND = ROOT / "build" / "fuzz"
BEGINNINGS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\x89PNG\r\n\x1a\n")
TOKENS = (b"obj", b"<<", b">>", b"/Page", b"stream", b"<w:t>", b"</", b"\r\n", b"From:", b"\0\0", b"Content-Type:")
NAMES = (
    *("a.pdf", "a.xlsx", "a.docx", "a.eml", "a.csv", "a.png", "a.msg", "a.doc", "a.zip", "a.html"),
    *("a.ppt", "a.pptx", "a.odt", "a.ods", "a.odp"),
)


def look(content: bytes, name: str) -> str | None:
    """Look into a file and clean it, and return the fault's name where there is one.

    In this process, so that nothing hides a fault; what calamine reads in a child, which it ends at some damage.
    """
    from candour.screening import kinds, looking  # noqa: PLC0415 - after the path was set
    from candour.screening.cleaning import renditions  # noqa: PLC0415 - likewise
    from candour.screening.findings import Unreadable  # noqa: PLC0415 - likewise

    if kinds.seen(content, name) in (kinds.XLS, kinds.XLSB):
        return _apart(content, name)
    try:
        looking.look(content, name)
        renditions.clean(content, name)
    except Unreadable:
        return None
    except Exception as fault:  # noqa: BLE001 - faults are what is looked for, MemoryError too
        return _keep(content, name, fault)
    except BaseException as fault:
        if type(fault).__module__ != "pyo3_runtime":  # calamine's own panic, at a workbook inside another file
            raise
        return _apart(content, name)
    return None


def _apart(content: bytes, name: str) -> str | None:
    """Have a child look, so that this process goes on whatever becomes of it; then look here, but for the cells."""
    from candour.screening import families, kinds  # noqa: PLC0415 - after the path was set
    from candour.screening.findings import Unreadable  # noqa: PLC0415 - likewise
    from candour.screening.inside import Inside  # noqa: PLC0415 - likewise

    _lookers().look(content, name)
    _lookers().clean(content, name)
    kind = kinds.seen(content, name)
    if kind not in (kinds.XLS, kinds.XLSB) or (family := families.of(kind)) is None:
        return None
    try:
        opened = family.opens(content, Inside(name, kind))
        opened.tables = {}
        list(family.look(opened, name))
        list(family.texts(opened))
    except Unreadable:
        return None
    except Exception as fault:  # noqa: BLE001 - faults are what is looked for
        return _keep(content, name, fault)
    return None


@cache
def _lookers() -> "Lookers":
    from candour.screening import apart  # noqa: PLC0415 - after the path was set

    return apart.Lookers(1).__enter__()


def _keep(content: bytes, name: str, fault: Exception) -> str:
    place = "".join(
        f" at {one.filename.rpartition('/')[2]}:{one.lineno}" for one in traceback.extract_tb(fault.__traceback__)[-1:]
    )
    told = f"{type(fault).__name__}{place or f': {fault}'}"
    FOUND.mkdir(parents=True, exist_ok=True)
    stem = hashlib.sha256(told.encode()).hexdigest()[:12]
    (FOUND / f"{stem}-{name}").write_bytes(content)
    (FOUND / f"{stem}.txt").write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
    return told


def damage() -> Iterator[tuple[bytes, str]]:
    """Yield damaged files without end."""
    fuzzed = importlib.import_module("fuzzed")

    seeds = fuzzed.seeds()
    chance = random.Random()  # noqa: S311 - the longer it runs the more it tries
    while True:
        name, content = chance.choice(seeds)
        yield fuzzed.mutated(content, chance.randrange(1 << 60)), name


def hypothesis() -> Iterator[tuple[bytes, str]]:
    """Yield bytes without sense behind the beginnings of every kind, with whole tokens of the formats among them."""
    chance = random.Random()  # noqa: S311 - likewise
    while True:
        parts = [chance.choice((chance.choice(TOKENS), chance.randbytes(6))) for _ in range(chance.randrange(60))]
        yield chance.choice(BEGINNINGS) + b"".join(parts), chance.choice(NAMES)


def run(files: Iterator[tuple[bytes, str]], minutes: float) -> int:
    """Try files for some minutes, and tell how many were tried and what was found."""
    end, tried, found = time.monotonic() + minutes * 60, 0, dict[str, int]()
    with warnings.catch_warnings(action="ignore"):
        while time.monotonic() < end:
            tried += 1
            if told := look(*next(files)):
                found[told] = found.get(told, 0) + 1
    say(f"{tried:,} files in {minutes:g} minutes; {len(found)} kinds of faults")
    for told, times in sorted(found.items(), key=lambda one: -one[1]):
        say(f"{times:>7}  {told}")
    return 1 if found else 0


def atheris(minutes: float) -> int:
    """Let atheris guide the damage by what the readers' code does with it."""
    engine = importlib.import_module("atheris")

    with engine.instrument_imports(include=["candour.screening", "candour.documents"]):
        from candour.screening import families  # noqa: PLC0415 - so that it is instrumented

        families.every()
    found: set[str] = set()

    def one(content: bytes) -> None:
        if content and (told := look(content[1:], NAMES[content[0] % len(NAMES)])) and told not in found:
            found.add(told)
            say(told)

    corpus = ROOT / "build" / "fuzz-corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    _plant(corpus)
    words = (f"-max_total_time={int(minutes * 60)}", "-max_len=200000", "-rss_limit_mb=4000", str(corpus))
    engine.Setup([sys.argv[0], *words], one)
    engine.Fuzz()
    return 1 if found else 0


def _plant(corpus: Path) -> None:
    fuzzed = importlib.import_module("fuzzed")

    for number, (name, content) in enumerate(fuzzed.seeds(each=3)):
        ending = next((place for place, one in enumerate(NAMES) if one.endswith(name.rpartition(".")[2])), 0)
        (corpus / f"seed-{number}").write_bytes(bytes([ending]) + content)


WAYS: dict[str, Callable[[float], int]] = {
    "damage": lambda minutes: run(damage(), minutes),
    "hypothesis": lambda minutes: run(hypothesis(), minutes),
    "atheris": atheris,
}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # a file may ask for all there is
    way, minutes = [*sys.argv[1:], "damage"][0], float([*sys.argv[2:], "10"][0])
    sys.exit(WAYS[way](minutes))
