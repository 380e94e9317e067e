"""The documents name all that people script against, each setting and command; and their pictures can be read."""

import re
from xml.etree import ElementTree as ET

import check_docs
import pictures

from candour import settings
from candour.cli import commands

SETTING = re.compile(r"\bCANDOUR_[A-Z_]+[A-Z]\b")
COMMAND = re.compile(r"^## `candour (?P<name>[a-z-]+)", re.MULTILINE)
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)")
LARGEST_PICTURE = 120 * 1024
SVG = "{http://www.w3.org/2000/svg}"


def test_every_setting_is_documented_and_every_documented_setting_is_one(root):
    documented = set(SETTING.findall((root / "docs/reference/settings.md").read_text(encoding="utf-8")))
    assert documented == set(settings.KNOWN)


def test_settings_that_the_code_reads_are_known(product):
    read = {name for module in product for name in SETTING.findall(module.text)}
    assert read <= set(settings.KNOWN)


def test_every_command_is_documented_and_every_documented_command_is_one(root):
    documented = COMMAND.findall((root / "docs/reference/commands.md").read_text(encoding="utf-8"))
    assert sorted(documented) == sorted(commands.COMMANDS)


def test_every_document_is_true():
    assert check_docs.faults() == []


def test_every_document_is_reached_from_the_index(root):
    index = (root / "docs/README.md").read_text(encoding="utf-8")
    linked = {(root / "docs" / found["target"]).resolve() for found in check_docs.LINK.finditer(index)}
    documents = {path for path in (root / "docs").rglob("*.md") if "decisions" not in path.parts}
    assert documents - linked - {root / "docs/README.md"} == set()
    assert (root / "docs/decisions/README.md") in linked


def test_every_decision_says_context_decision_and_consequences(root):
    records = sorted((root / "docs/decisions").glob("0*.md"))
    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for record in records:
        headings = re.findall(r"^## (.*)$", record.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], record.name


def test_every_screenshot_is_small_and_a_document_says_what_it_shows(root):
    shown = {
        (path.parent / target).resolve(): words
        for path in (root / "docs").rglob("*.md")
        for words, target in IMAGE.findall(path.read_text(encoding="utf-8"))
    }
    kept = set((root / "docs/pictures").glob("*.png"))
    assert {path.stem for path in kept} == set(pictures.CHOSEN)
    assert [path.name for path in kept if not shown.get(path.resolve())] == []
    assert [path.name for path in kept if path.stat().st_size > LARGEST_PICTURE] == []


def test_every_screenshot_is_taken_by_a_journey(root):
    journeys = "".join(path.read_text(encoding="utf-8") for path in (root / "tests/journeys").glob("test_*.py"))
    taken = set(re.findall(r'looks\("([a-z-]+)"\)', journeys))
    assert {name.rpartition("-")[0] for name in pictures.CHOSEN} - taken == set()


def test_every_picture_has_a_title_and_a_description(root):
    pictures = list((root / "docs/pictures").glob("*.svg"))
    assert pictures
    for picture in pictures:
        drawing = ET.parse(picture).getroot()  # noqa: S314 - our own file
        assert drawing.get("role") == "img", picture.name
        assert drawing.findtext(f"{SVG}title"), picture.name
        assert drawing.findtext(f"{SVG}desc"), picture.name
