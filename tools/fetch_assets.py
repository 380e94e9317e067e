"""Fetches the page assets (GOV.UK Frontend, MIT) and copies what the pages need into the web room.

The repository holds no third-party code. Nothing is done where the assets of the locked version are already there;
else npm is used where the machine has one, else npm out of a locked Python package, kept in build/. The crown, the
royal crest, the gov.uk icons and the GDS Transport typeface may be shown on gov.uk only: every image of the package is
one of these, so only the style sheet and the script are copied, and no rule in the style sheet asks for the rest.
"""

import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from machine import BIN, BUILD, ROOT, first_on_path, run, say, stop

STATIC = ROOT / "src" / "candour" / "web" / "static" / "govuk"
STAMP = STATIC / "version.txt"
PARTS = (
    "govuk-frontend.min.css",
    "govuk-frontend.min.css.map",
    "govuk-frontend.min.js",
    "govuk-frontend.min.js.map",
)
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
CREST = re.compile(r"[a-z-]+:url\(/assets/images/[^;}]*;?")
TYPEFACE = re.compile(r"GDS Transport,\s*arial,\s*sans-serif", re.IGNORECASE)
NODE = BUILD / "node"


def locked_version() -> str:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    version: str = lock["packages"]["node_modules/govuk-frontend"]["version"]
    return version


def there() -> bool:
    """Whether the assets of the locked version have been put in place."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8").strip() == locked_version()


def npm() -> tuple[list[str], dict[str, str]]:
    """The command that is npm here, and what its environment needs."""
    on_path = first_on_path("npm")
    if on_path and first_on_path("node"):
        return [str(on_path)], {}
    say("There is no npm on this machine; fetching one for this checkout only (about 200 MB, once) …")
    lock = ROOT / "requirements" / "assets.txt"
    run(BIN / "uv", "pip", "install", "--quiet", "--require-hashes", "--target", NODE, "-r", lock)
    node, script = _node_program(), _npm_script()
    if node is None or script is None:
        raise stop("no npm was found, and none could be fetched. Install Node.js 20 or newer and call make again.")
    return [str(node), str(script)], {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _node_program() -> Path | None:
    return next((path for path in NODE.rglob("node*") if path.name in {"node", "node.exe"} and path.is_file()), None)


def _npm_script() -> Path | None:
    return next(NODE.rglob("npm/bin/npm-cli.js"), None)


def fetch(folder: Path) -> Path:
    """Install the locked package into a folder outside the checkout; the path of its built files."""
    command, environment = npm()
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, folder / name)
    # npm warns about settings of the machine that are not ours; errors still show
    run(*command, "ci", "--prefix", folder, "--loglevel=error", **environment)
    return folder / "node_modules" / "govuk-frontend" / "dist" / "govuk"


def off_gov_uk(css: str) -> str:
    """The style sheet without the crest and without the gov.uk typeface, in its faces and in every list of families."""
    return TYPEFACE.sub("Arial,Helvetica,sans-serif", CREST.sub("", FONT_FACE.sub("", css)))


def place(built: Path) -> None:
    """Copy what the pages need; the stamp comes last, so that a copy that broke off is made again."""
    shutil.rmtree(STATIC, ignore_errors=True)
    STATIC.mkdir(parents=True)
    for name in PARTS:
        shutil.copy(built / name, STATIC / name)
    style = STATIC / "govuk-frontend.min.css"
    style.write_text(off_gov_uk(style.read_text(encoding="utf-8")), encoding="utf-8")
    STAMP.write_text(locked_version() + "\n", encoding="utf-8")


def main() -> None:
    if there():
        return
    say(f"Fetching the page assets (govuk-frontend {locked_version()}) …")
    with tempfile.TemporaryDirectory(prefix="candour-assets-") as folder:
        place(fetch(Path(folder)))


if __name__ == "__main__":
    main()
