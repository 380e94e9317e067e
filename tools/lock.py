"""Makes the hashed locks in requirements/ from pyproject.toml; none of them names the host a package comes from."""

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from machine import BIN, ROOT, say, stop

LOCKS = ROOT / "requirements"
HEADER = "# Made by `make lock` from pyproject.toml. Do not edit by hand.\n"
OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--python-version=3.11",
)


def wishes() -> dict[str, list[str]]:
    """What each lock has to hold, in the order they are made; the installer's own version follows the dev lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run = project["dependencies"] + extras["build"]
    return {
        "dev": run + extras["exact"] + extras["dev"],
        "run": run,
        "bootstrap": [wish for wish in extras["dev"] if wish.startswith("uv>")],
        "assets": extras["assets"],
        "postgres": extras["postgres"],
    }


def lock(name: str, wish: Sequence[str], options: Sequence[str]) -> None:
    """Write one lock; versions already locked are kept unless the options say --upgrade."""
    path = LOCKS / f"{name}.txt"
    follow = () if name == "dev" else ("--constraints", str(LOCKS / "dev.txt"))
    command = [str(BIN / "uv"), "pip", "compile", "--quiet", *OPTIONS, *follow, *options, "-o", str(path), "-"]
    subprocess.run(command, input="\n".join(wish), text=True, check=True, stdout=subprocess.DEVNULL)
    path.write_text(HEADER + path.read_text(encoding="utf-8"), encoding="utf-8")


def refuse_hosts(path: Path) -> None:
    """A lock that names a host would not install behind another one."""
    if "://" in path.read_text(encoding="utf-8"):
        raise stop(f"{path.relative_to(ROOT)} names a host; look at the uv settings of this machine.")


def main() -> None:
    for name, wish in wishes().items():
        lock(name, wish, sys.argv[1:])
        refuse_hosts(LOCKS / f"{name}.txt")
        say(f"requirements/{name}.txt is made.")


if __name__ == "__main__":
    main()
