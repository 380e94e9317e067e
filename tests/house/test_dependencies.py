"""Dependencies: each says what it is for, each that is imported is declared, each lock holds what was declared."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest


@pytest.fixture(scope="module")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def name_of(requirement):
    return re.sub(r"[._-]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement)[0]).lower()


def test_every_dependency_says_what_it_is_for(project, root):
    lines = (root / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    wanted = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    silent = [
        wish for wish in wanted if not any(line.strip().startswith(f'"{wish}"') and " # " in line for line in lines)
    ]
    assert silent == []


def test_what_the_product_imports_is_declared(project, product):
    optional = project["optional-dependencies"]["exact"]
    declared = {name_of(requirement) for requirement in [*project["dependencies"], *optional]}
    owners = packages_distributions()
    imported = {name for module in product for name in top_level_imports(module.tree)} - sys.stdlib_module_names
    strangers = {
        name
        for name in imported - {"candour"}
        if not declared.intersection(name_of(owner) for owner in owners.get(name, []))
    }
    assert strangers == set()


def test_an_optional_extra_is_imported_only_where_it_is_used(product):
    at_once = {name for module in product for name in top_level_imports(ast.Module(module.tree.body, []), deep=False)}
    assert "highspy" not in at_once


def top_level_imports(tree, *, deep=True):
    for node in ast.walk(tree) if deep else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize(
    ("lock", "extras"), [("run", ["build"]), ("dev", ["build", "exact", "dev"]), ("assets", ["assets"])]
)
def test_each_lock_holds_what_was_declared_with_digests(project, root, lock, extras):
    text = (root / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
    wanted = {name_of(one) for extra in extras for one in project["optional-dependencies"][extra]}
    assert wanted <= locked
    assert text.count("==") <= text.count("--hash=sha256:")
    assert "://" not in text


def test_the_lock_of_the_page_assets_names_no_address(root):
    text = (root / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert '"integrity": "sha512-' in text
