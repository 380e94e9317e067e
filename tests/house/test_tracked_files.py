"""What may not stand in any tracked file: the host of a package registry, a path of somebody's machine, a password."""

import re

import pytest

# built from pieces, so that this file does not hold what it looks for
DOT = r"\."
HOSTS = [
    ("py" + "pi", "org"),
    ("files", "python" + "hosted", "org"),
    ("registry", "npm" + "js", "org"),
    ("registry", "yarn" + "pkg", "com"),
    ("deb", "deb" + "ian", "org"),
    ("proxy", "go" + "lang", "org"),
    ("static", "crates", "i" + "o"),
]
REGISTRY = re.compile("|".join(DOT.join(parts) for parts in HOSTS))
FOLDERS = ("wo" + "rk", "ro" + "ot", "fa" + "rm", "ho" + r"me/\w+", "Us" + r"ers/\w+")
MACHINE = re.compile(r"(?<![\w.~/-])/(?:" + "|".join(FOLDERS) + r")(?![\w-])")
PASSWORD_IN_ADDRESS = re.compile(r"[a-z]+://[^\s:/@\"'{}<]+:(?!PASSWORD|secret\b|\.\.\.|…)[^\s/@\"'{}<]+@")


@pytest.fixture(scope="session")
def texts(tracked, root):
    """Every tracked file that is text, by its name."""
    return {str(path.relative_to(root)): text for path in tracked if (text := as_text(path)) is not None}


def as_text(path):
    content = path.read_bytes()
    return None if b"\0" in content[:8192] else content.decode("utf-8", errors="replace")


def places(texts, pattern):
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry(texts):
    assert "pyproject.toml" in texts
    assert places(texts, REGISTRY) == []


def test_no_file_names_a_path_of_somebodys_machine(texts):
    assert places(texts, MACHINE) == []


def test_no_address_holds_a_password(texts):
    assert places(texts, PASSWORD_IN_ADDRESS) == []


def test_what_is_fetched_or_made_is_not_tracked(tracked, root):
    made = ("src/candour/web/static/govuk", "var", "build", "node_modules", ".venv")
    assert [
        path for path in tracked if str(path.relative_to(root)).startswith(tuple(f"{name}/" for name in made))
    ] == []


@pytest.mark.parametrize("line", ["https://py·pi.org/simple", "see /wo·rk/main", '"/ro·ot/.cache"', "/ho·me/ann/x"])
def test_the_patterns_find_what_they_look_for(line):
    line = line.replace("·", "")
    assert REGISTRY.search(line) or MACHINE.search(line)


@pytest.mark.parametrize("line", ["a/wo·rk/b", "home/", "/ho·me/", "the wo·rking day", "/wo·rking-days", "/ro·oted"])
def test_the_patterns_leave_ordinary_words_alone(line):
    assert not MACHINE.search(line.replace("·", ""))
